"""The medicine capability as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class MedicineConfig(AppConfig):
    name = "afterglow.medicine"
    label = "medicine"

    def ready(self) -> None:
        import_module("afterglow.medicine.documents")
