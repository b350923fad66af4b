"""The vault as a Django app."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "afterglow.vault"
    label = "vault"
