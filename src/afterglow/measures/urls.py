"""Addresses of mood and measures."""

from django.urls import path

from afterglow.measures import views

app_name = "measures"
urlpatterns = [
    path("check-in/", views.check_in, name="check_in"),
    path("check-in/<uuid:record>/", views.feelings, name="feelings"),
    path("measures/", views.measures, name="measures"),
    path("measures/take/<slug:instrument>/", views.take, name="take"),
    path("measures/history/<slug:instrument>/", views.history, name="history"),
    path("measures/<uuid:record>/help/", views.before_score, name="before_score"),
    path("measures/<uuid:record>/", views.result, name="result"),
    path("measures/<uuid:record>/remove/", views.remove, name="remove"),
]
