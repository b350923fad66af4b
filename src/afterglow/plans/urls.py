"""Addresses of plans."""

from django.urls import path

from afterglow.plans.views import (
    goals,
    guided,
    habits,
    insights,
    letters,
    paper,
    parts,
    plan,
    reviews,
    values,
    wins,
)

app_name = "plans"
urlpatterns = [
    path("plan/", plan.plan, name="plan"),
    path("plan/wins/", wins.wins, name="wins"),
    path("plan/goals/<uuid:record>/", goals.goal, name="goal"),
    path("plan/goals/<uuid:record>/done/", goals.done, name="done"),
    path("plan/goals/<uuid:record>/move/", goals.move, name="move"),
    path("plan/goals/<uuid:record>/let-go/", goals.let_go, name="let_go"),
    path("plan/steps/<uuid:record>/<int:step>/done/", goals.step_done, name="step_done"),
    path("plan/agreed/<uuid:record>/", goals.agreed, name="agreed"),
    path("plan/habits/", habits.habits, name="habits"),
    path("plan/habits/<uuid:record>/", habits.habit, name="habit"),
    path("plan/habits/<uuid:record>/done/", habits.done, name="habit_done"),
    path("plan/habits/<uuid:record>/rest/", habits.rest, name="habit_rest"),
    path("plan/insights/<uuid:record>/", insights.insight, name="insight"),
    path("plan/insights/<uuid:record>/practised/", habits.practised, name="practised"),
    path("plan/in-the-way/", guided.in_the_way, name="in_the_way"),
    path("plan/guided/<slug:guide>/", guided.begin, name="guided"),
    path("plan/guided/<slug:guide>/<int:step>/", guided.screen, name="guided_screen"),
    path("plan/guided/<slug:guide>/keep/", guided.keep, name="guided_keep"),
    path("plan/reviews/", reviews.reviews, name="reviews"),
    path("plan/reviews/before-and-now/", reviews.before_and_after, name="before_and_now"),
    path("plan/reviews/<uuid:record>/", reviews.review, name="review"),
    path("plan/values/", values.values, name="values"),
    path("plan/values/choose/", values.choose, name="choose_values"),
    path("plan/values/<int:place>/", values.value, name="value"),
    path("plan/values/<int:place>/move/", values.move, name="move_value"),
    path("plan/letters/", letters.letters, name="letters"),
    path("plan/letters/<uuid:record>/", letters.letter, name="letter"),
    path("plan/paper/", paper.paper, name="paper"),
    path("plan/appointments/<uuid:record>/summary/", paper.summary, name="summary"),
    path("plan/appointments/<uuid:record>/summary/pdf/", paper.summary_pdf, name="summary_pdf"),
    path("plan/<slug:kind>/add/", parts.add, name="add"),
    path("plan/<slug:kind>/<uuid:record>/", parts.edit, name="edit"),
    path("plan/<slug:kind>/<uuid:record>/remove/", parts.remove, name="remove"),
]
