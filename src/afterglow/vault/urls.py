"""The vault has no pages of its own: only the address that takes in what was kept on a phone."""

from django.urls import path

from afterglow.vault import intake

app_name = "vault"
urlpatterns = [path("outbox/", intake.intake, name="intake")]
