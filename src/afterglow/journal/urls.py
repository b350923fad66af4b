"""Addresses of the journal."""

from django.urls import path

from afterglow.journal.views import hearing, looking, making, photos, reading, writing

app_name = "journal"
urlpatterns = [
    path("write/", writing.write, name="write"),
    path("capture/", making.capture, name="capture"),
    path("capture/voice/", making.voice, name="voice"),
    path("capture/photo/", making.photo, name="photo"),
    path("capture/draw/", making.draw, name="draw"),
    path("capture/draw/<uuid:entry_id>/", making.draw_on, name="draw_on"),
    path("capture/draw/<uuid:entry_id>/file/", making.drawing_file, name="drawing_file"),
    path("capture/poem/", making.poem, name="poem"),
    path("capture/music/", making.music, name="music"),
    path("capture/movement/", making.movement, name="movement"),
    path(
        "capture/unfinished/<uuid:upload>/let-go/",
        making.let_go_unfinished,
        name="let_go_unfinished",
    ),
    path("gallery/", making.gallery, name="gallery"),
    path("entries/", looking.entries, name="entries"),
    path("entries/search/", looking.search, name="search"),
    path("entries/tags/", looking.tag, name="tag"),
    path("entries/on-this-day/", looking.on_this_day, name="on_this_day"),
    path("entries/reread/", looking.reread, name="reread"),
    path("entries/<uuid:entry_id>/", reading.entry, name="entry"),
    path("entries/<uuid:entry_id>/edit/", writing.edit, name="edit"),
    path("entries/<uuid:entry_id>/tender/", reading.tender, name="tender"),
    path("entries/<uuid:entry_id>/words/", reading.add_words, name="add_words"),
    path("entries/<uuid:entry_id>/photos/", photos.describe, name="photos"),
    path("entries/<uuid:entry_id>/photos/add/", photos.add, name="add_photos"),
    path("entries/<uuid:entry_id>/photos/<uuid:media>/take-out/", photos.take_out, name="take_out"),
    path("entries/<uuid:entry_id>/hear/", hearing.hear, name="hear"),
    path("entries/<uuid:entry_id>/history/", reading.history, name="history"),
    path("entries/<uuid:entry_id>/history/clear/", reading.clear_history, name="clear_history"),
    path("entries/<uuid:entry_id>/history/back/", reading.bring_back, name="bring_back"),
    path("entries/<uuid:entry_id>/both/<int:rev>/", reading.both, name="both"),
    path("entries/<uuid:entry_id>/delete/", reading.delete, name="delete"),
    path("entries/<uuid:entry_id>/keep/", reading.call_off, name="call_off"),
]
