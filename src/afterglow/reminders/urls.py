"""Addresses of reminders."""

from django.urls import path

from afterglow.reminders import views

app_name = "reminders"
urlpatterns = [
    path("settings/reminders/", views.reminders, name="reminders"),
    path("settings/reminders/mail/", views.mail, name="mail"),
    path("settings/reminders/calendar/", views.calendar, name="calendar"),
    path("settings/reminders/push/", views.push, name="push"),
    path("settings/reminders/stop-all/", views.stop_all, name="stop_all"),
    path("settings/reminders/off/<slug:kind>/", views.switch_off, name="switch_off"),
    path("note/stop/<str:token>/", views.stop, name="stop"),
    path("note/stopped/", views.stopped, name="stopped"),
    path("note/<str:secret>.ics", views.feed, name="feed"),
]
