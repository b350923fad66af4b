"""The transfer capability as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class TransferConfig(AppConfig):
    name = "afterglow.transfer"
    label = "transfer"

    def ready(self) -> None:
        import_module("afterglow.transfer.documents")
