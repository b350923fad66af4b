"""Sharing as a Django app."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "afterglow.sharing"
    label = "sharing"
