"""All addresses: one include for each capability, in the order of the layers."""

from django.urls import include, path

CAPABILITIES = (
    "ui",
    "vault",
    "network",
    "accounts",
    "medicine",
    "journal",
    "measures",
    "plans",
    "insights",
    "reminders",
    "sharing",
    "sharing.partner",
    "companion",
    "transfer",
)

urlpatterns = [
    *[path("", include(f"afterglow.{name}.urls")) for name in CAPABILITIES],
    path("media/", include("afterglow.vault.media.urls")),
]

handler400 = "afterglow.ui.views.not_understood"
handler403 = "afterglow.ui.views.not_allowed"
handler404 = "afterglow.ui.views.not_here"
handler500 = "afterglow.ui.views.went_wrong"
