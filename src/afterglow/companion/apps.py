"""The companion capability as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class CompanionConfig(AppConfig):
    name = "afterglow.companion"
    label = "companion"

    def ready(self) -> None:
        import_module("afterglow.companion.documents")
