"""Addresses of the door and of settings."""

from django.urls import path

from afterglow.accounts import (
    device_views,
    pairing_views,
    passkey_views,
    settings_views,
    views,
    waiting_views,
)

app_name = "accounts"
urlpatterns = [
    path("begin/", views.begin, name="begin"),
    path("open/", views.unlock, name="unlock"),
    path("lock/", views.lock, name="lock"),
    path("leave/", views.leave, name="leave"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("left/", views.left, name="left"),
    path("language/", settings_views.speak, name="speak"),
    path("draft/", views.draft, name="draft"),
    path("recovery/", views.recovery, name="recovery"),
    path("recovery/new/", views.new_recovery, name="new_recovery"),
    path("recovery/have/", views.have_recovery, name="have_recovery"),
    path("recover/", views.recover, name="recover"),
    path("waiting/", waiting_views.waiting_words, name="waiting"),
    path("waiting/let-go/", waiting_views.let_go, name="let_go"),
    path("settings/", settings_views.preferences, name="settings"),
    path("settings/passphrase/", settings_views.passphrase, name="passphrase"),
    path("settings/new-keys/", settings_views.new_keys, name="new_keys"),
    path("settings/at-the-door/", settings_views.at_the_door, name="at_the_door"),
    path("settings/delete-everything/", settings_views.delete_everything, name="delete_everything"),
    path("settings/devices/", device_views.listed, name="devices"),
    path("settings/devices/add/", pairing_views.add, name="add_device"),
    path("settings/devices/joining/", pairing_views.joining, name="joining"),
    path("settings/devices/joining/state/", pairing_views.joining_state, name="joining_state"),
    path("settings/devices/joining/stop/", pairing_views.stop, name="stop_pairing"),
    path("settings/devices/this/", pairing_views.this_device, name="this_device"),
    path("settings/devices/<uuid:device>/", device_views.device, name="device"),
    path("settings/devices/<uuid:device>/remove/", device_views.remove, name="remove_device"),
    path(
        "settings/passkeys/<uuid:passkey>/remove/",
        device_views.remove_passkey,
        name="remove_passkey",
    ),
    path("pair/", pairing_views.pair, name="pair"),
    path("pair/state/", pairing_views.pair_state, name="pair_state"),
    path("passkey/ask-to-open/", passkey_views.ask_to_open, name="ask_to_open"),
    path("passkey/open/", passkey_views.open_vault, name="open_by_passkey"),
    path("passkey/ask-to-add/", passkey_views.ask_to_add, name="ask_to_add"),
    path("passkey/add/", passkey_views.add, name="add_passkey"),
    path("passkey/ask-to-confirm/", passkey_views.ask_to_confirm, name="ask_to_confirm"),
    path("passkey/confirm/", passkey_views.confirm, name="confirm_by_passkey"),
    path("still-here/", views.still_here, name="still_here"),
]
