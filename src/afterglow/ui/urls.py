"""The look has no pages of its own; its error pages are named in config."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
