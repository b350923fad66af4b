"""Addresses of the pages that join capabilities."""

from django.urls import path

from afterglow.companion.views import back, front, practices, safety, thread, today

app_name = "companion"
urlpatterns = [
    path("", front.start, name="start"),
    path("know/", front.know, name="know"),
    path("doors/", front.doors, name="doors"),
    path("doors/<slug:name>/", front.door, name="door"),
    path("today/", today.today, name="today"),
    path("today/say/", today.say, name="say"),
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
