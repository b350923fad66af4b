"""The journal capability as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "afterglow.journal"
    label = "journal"

    def ready(self) -> None:
        import_module("afterglow.journal.documents")
