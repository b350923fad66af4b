"""The insights capability as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "afterglow.insights"
    label = "insights"

    def ready(self) -> None:
        import_module("afterglow.insights.documents")
