"""Addresses of what returns."""

from django.urls import path

from afterglow.insights.views import themes

app_name = "insights"
urlpatterns = [
    path("themes/", themes.themes, name="themes"),
    path("themes/<str:name>/", themes.theme, name="theme"),
    path("themes/<str:name>/rename/", themes.rename, name="rename"),
    path("themes/<str:name>/decide/", themes.decide, name="decide"),
    path("themes/<str:name>/mark/", themes.mark, name="mark"),
]
