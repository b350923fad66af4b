"""Addresses of plans."""

from django.urls import path

from afterglow.plans import goal_views, views

app_name = "plans"
urlpatterns = [
    path("plan/", views.plan, name="plan"),
    path("plan/wins/", views.wins, name="wins"),
    path("plan/goals/<uuid:record>/", goal_views.goal, name="goal"),
    path("plan/goals/<uuid:record>/done/", goal_views.done, name="done"),
    path("plan/goals/<uuid:record>/move/", goal_views.move, name="move"),
    path("plan/goals/<uuid:record>/let-go/", goal_views.let_go, name="let_go"),
    path("plan/steps/<uuid:record>/<int:step>/done/", goal_views.step_done, name="step_done"),
    path("plan/agreed/<uuid:record>/", goal_views.agreed, name="agreed"),
    path("plan/letters/<uuid:record>/", views.letter, name="letter"),
    path("plan/<slug:kind>/add/", views.add, name="add"),
    path("plan/<slug:kind>/<uuid:record>/", views.edit, name="edit"),
    path("plan/<slug:kind>/<uuid:record>/remove/", views.remove, name="remove"),
]
