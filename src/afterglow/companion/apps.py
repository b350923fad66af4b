"""The companion as a Django app."""

from django.apps import AppConfig


class CompanionConfig(AppConfig):
    name = "afterglow.companion"
    label = "companion"
