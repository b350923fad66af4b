"""Addresses of the pages that join capabilities."""

from django.urls import path

from afterglow.companion import views

app_name = "companion"
urlpatterns = [
    path("", views.start, name="start"),
    path("know/", views.know, name="know"),
    path("doors/", views.doors, name="doors"),
    path("doors/<slug:name>/", views.door, name="door"),
    path("today/", views.today, name="today"),
    path("today/say/", views.say, name="say"),
    path("help/", views.help_now, name="help"),
    path("help/<slug:name>/", views.safety_page, name="safety_page"),
    path("hard/", views.hard, name="hard"),
    path("practice/<slug:name>/", views.practice, name="practice"),
    path("more/", views.more, name="more"),
    path("back/", views.back, name="back"),
    path("timeline/", views.timeline, name="timeline"),
    path("pace/", views.pace, name="pace"),
]
