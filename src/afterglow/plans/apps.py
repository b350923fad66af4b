"""The plans capability as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "afterglow.plans"
    label = "plans"

    def ready(self) -> None:
        import_module("afterglow.plans.documents")
