"""The transfer capability as a Django app."""

from django.apps import AppConfig


class TransferConfig(AppConfig):
    name = "afterglow.transfer"
    label = "transfer"
