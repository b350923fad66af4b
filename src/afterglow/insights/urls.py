"""Addresses of what returns."""

from django.urls import path

from afterglow.insights.views import looking, reading, shaping, sittings, themes

app_name = "insights"
urlpatterns = [
    path("themes/", themes.themes, name="themes"),
    path("themes/people/", themes.people, name="people"),
    path("themes/images/", themes.images, name="images"),
    path("themes/put-away/", themes.put_away, name="put_away"),
    path("themes/across/", sittings.across, name="across"),
    path("themes/sitting/<uuid:sitting_id>/", sittings.of_sitting, name="sitting"),
    path("themes/search/", looking.search, name="search"),
    path("themes/reading/", reading.reading, name="reading"),
    path("themes/start/", looking.start, name="start"),
    path("themes/entry/<uuid:entry_id>/", looking.sentences, name="sentences"),
    path("themes/entry/<uuid:entry_id>/<int:start>/<int:end>/", looking.like, name="like"),
    path("themes/<str:name>/", themes.theme, name="theme"),
    path("themes/<str:name>/rename/", shaping.rename, name="rename"),
    path("themes/<str:name>/decide/", shaping.decide, name="decide"),
    path("themes/<str:name>/mark/", shaping.mark, name="mark"),
    path("themes/<str:name>/merge/", shaping.merge, name="merge"),
    path("themes/<str:name>/split/", shaping.split, name="split"),
    path("themes/<str:name>/make/", shaping.make, name="make"),
]
