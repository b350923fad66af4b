"""Addresses of medicine."""

from django.urls import URLPattern

app_name = "medicine"
urlpatterns: list[URLPattern] = []
