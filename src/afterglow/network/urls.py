"""Addresses of *Use on my phone*, and of the guide by which a phone learns to trust this computer."""

from django.urls import path

from afterglow.network import trust_views, views

app_name = "network"
urlpatterns = [
    path("settings/phone/", views.phone, name="phone"),
    path("settings/phone/look/", views.look, name="look"),
    path("settings/phone/off/", views.switch_off, name="off"),
    path("settings/phone/made-here/", views.by_authority, name="authority"),
    path("settings/phone/own-certificate/", views.by_certificate, name="certificate"),
    path("settings/phone/proxy/", views.by_proxy, name="proxy"),
    path("trust/", trust_views.trust, name="trust"),
    path("trust/afterglow.crt", trust_views.as_file, name="as_file"),
    path("trust/afterglow.mobileconfig", trust_views.as_profile, name="as_profile"),
]
