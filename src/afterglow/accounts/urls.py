"""Addresses of the door and of settings."""

from django.urls import path

from afterglow.accounts import settings_views, views

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
    path("waiting/", views.waiting_words, name="waiting"),
    path("waiting/let-go/", views.let_go, name="let_go"),
    path("settings/", settings_views.preferences, name="settings"),
    path("settings/passphrase/", settings_views.passphrase, name="passphrase"),
    path("settings/new-keys/", settings_views.new_keys, name="new_keys"),
    path("settings/at-the-door/", settings_views.at_the_door, name="at_the_door"),
    path("settings/delete-everything/", settings_views.delete_everything, name="delete_everything"),
]
