"""Addresses of the pages that join capabilities."""

from django.urls import path

from afterglow.companion.views import (
    back,
    checks,
    exercises,
    front,
    practices,
    programmes,
    safety,
    said,
    suits,
    thread,
    today,
)

app_name = "companion"
urlpatterns = [
    path("", front.start, name="start"),
    path("know/", front.know, name="know"),
    path("doors/", front.doors, name="doors"),
    path("doors/<slug:name>/", front.door, name="door"),
    path("today/", today.today, name="today"),
    path("today/say/", said.say, name="say"),
    path("today/done/", said.done, name="thing_done"),
    path("today/helped/", said.helped, name="helped"),
    path("today/goal/<uuid:record>/", said.still_fits, name="still_fits"),
    path("today/why/", today.why, name="why"),
    path("today/checks/", checks.own_checks, name="own_checks"),
    path("today/checks/<uuid:record>/", checks.own_check_kept, name="own_check_kept"),
    path("today/check/<slug:point>/", checks.own_check, name="own_check"),
    path("suits/", suits.suits, name="suits"),
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/<slug:name>/", programmes.programme, name="programme"),
    path("programmes/<slug:name>/join/", programmes.join, name="join"),
    path("programmes/<slug:name>/pace/", programmes.pace, name="programme_pace"),
    path("practices/", practices.practices, name="practices"),
    path("exercises/", exercises.exercises, name="exercises"),
    path("exercises/kindness/", exercises.kindness, name="kindness"),
    path("exercises/kindness/look/", exercises.kindness_look, name="kindness_look"),
    path("exercises/make/<slug:name>/", exercises.make, name="make"),
    path("exercises/<slug:name>/", exercises.exercise, name="exercise"),
    path("help/", safety.help_now, name="help"),
    path("help/<slug:name>/", safety.safety_page, name="safety_page"),
    path("hard/", safety.hard, name="hard"),
    path("practice/<slug:name>/", practices.practice, name="practice"),
    path("more/", front.more, name="more"),
    path("back/", back.back, name="back"),
    path("timeline/", back.timeline, name="timeline"),
    path("thread/<slug:kind>/<str:record>/", thread.thread, name="thread"),
    path("pace/", today.pace, name="pace"),
]
