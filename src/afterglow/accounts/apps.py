"""Accounts as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "afterglow.accounts"
    label = "accounts"

    def ready(self) -> None:
        import_module("afterglow.accounts.documents")
