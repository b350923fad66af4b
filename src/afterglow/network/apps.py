"""The way in for other devices as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "afterglow.network"
    label = "network"

    def ready(self) -> None:
        import_module("afterglow.network.documents")
