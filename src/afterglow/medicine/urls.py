"""Addresses of sittings."""

from django.urls import path

from afterglow.medicine import views

app_name = "medicine"
urlpatterns = [
    path("sittings/", views.sittings, name="sittings"),
    path("sittings/plan/", views.plan, name="plan"),
    path("sittings/hand-over/", views.hand_over, name="hand_over"),
    path("sittings/<uuid:sitting_id>/", views.sitting, name="sitting"),
    path("sittings/<uuid:sitting_id>/before/", views.before, name="before"),
    path("sittings/<uuid:sitting_id>/after/", views.after, name="after"),
    path("sittings/<uuid:sitting_id>/edit/", views.edit, name="edit"),
    path("sittings/<uuid:sitting_id>/felt/", views.felt, name="felt"),
    path("sittings/<uuid:sitting_id>/done/", views.done, name="done"),
    path("sittings/<uuid:sitting_id>/remove/", views.remove, name="remove"),
]
