"""Addresses of plans."""

from django.urls import path

from afterglow.plans.views import goals, kept, parts, plan

app_name = "plans"
urlpatterns = [
    path("plan/", plan.plan, name="plan"),
    path("plan/wins/", kept.wins, name="wins"),
    path("plan/goals/<uuid:record>/", goals.goal, name="goal"),
    path("plan/goals/<uuid:record>/done/", goals.done, name="done"),
    path("plan/goals/<uuid:record>/move/", goals.move, name="move"),
    path("plan/goals/<uuid:record>/let-go/", goals.let_go, name="let_go"),
    path("plan/steps/<uuid:record>/<int:step>/done/", goals.step_done, name="step_done"),
    path("plan/agreed/<uuid:record>/", goals.agreed, name="agreed"),
    path("plan/letters/<uuid:record>/", kept.letter, name="letter"),
    path("plan/<slug:kind>/add/", parts.add, name="add"),
    path("plan/<slug:kind>/<uuid:record>/", parts.edit, name="edit"),
    path("plan/<slug:kind>/<uuid:record>/remove/", parts.remove, name="remove"),
]
