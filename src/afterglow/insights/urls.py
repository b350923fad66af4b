"""Addresses of what returns."""

from django.urls import path

from afterglow.insights import views

app_name = "insights"
urlpatterns = [
    path("themes/", views.themes, name="themes"),
    path("themes/<str:name>/", views.theme, name="theme"),
    path("themes/<str:name>/rename/", views.rename, name="rename"),
    path("themes/<str:name>/decide/", views.decide, name="decide"),
    path("themes/<str:name>/mark/", views.mark, name="mark"),
]
