"""Addresses of companion."""

from django.urls import URLPattern

app_name = "companion"
urlpatterns: list[URLPattern] = []
