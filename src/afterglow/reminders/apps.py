"""Reminders as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "afterglow.reminders"
    label = "reminders"

    def ready(self) -> None:
        import_module("afterglow.reminders.documents")
