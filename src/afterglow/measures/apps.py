"""The measures capability as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "afterglow.measures"
    label = "measures"

    def ready(self) -> None:
        import_module("afterglow.measures.documents")
