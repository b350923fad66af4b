"""Addresses of media."""

from django.urls import path

from afterglow.vault.media import views

app_name = "media"
urlpatterns = [
    path("begin/", views.begin, name="begin"),
    path("<uuid:upload>/<int:index>/", views.piece, name="piece"),
    path("<uuid:upload>/state/", views.state, name="state"),
    path("<uuid:upload>/finish/", views.finish, name="finish"),
    path("<uuid:media>/", views.show, name="show"),
    path("<uuid:media>/small/", views.small, name="small"),
]
