"""Addresses of transfer."""

from django.urls import path

from afterglow.transfer import arriving_views as arriving
from afterglow.transfer import views

app_name = "transfer"
urlpatterns = [
    path("transfer/export/", views.export, name="export"),
    path("transfer/import/", views.bring_in, name="import"),
    path("transfer/copies/", views.copies, name="copies"),
    path("transfer/arrive/", arriving.arrive, name="arrive"),
    path("transfer/import/done/", views.done, name="done"),
    path("transfer/import/cancel/", views.cancel, name="cancel"),
    path("transfer/import/<uuid:batch>/", views.preview, name="preview"),
    path("transfer/import/<uuid:batch>/keep/", views.keep, name="keep"),
]
