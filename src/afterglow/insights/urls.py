"""Addresses of what returns, of how the days went, and of experiments."""

from django.urls import path

from afterglow.insights.views import experiments, lift, looking, reading, shaping, sittings, themes

app_name = "insights"
urlpatterns = [
    path("themes/", themes.themes, name="themes"),
    path("themes/people/", themes.people, name="people"),
    path("themes/images/", themes.images, name="images"),
    path("themes/about/", themes.about, name="about"),
    path("themes/put-away/", themes.put_away, name="put_away"),
    path("themes/across/", sittings.across, name="across"),
    path("themes/sitting/<uuid:sitting_id>/", sittings.of_sitting, name="sitting"),
    path("themes/search/", looking.search, name="search"),
    path("themes/reading/", reading.reading, name="reading"),
    path("themes/start/", looking.start, name="start"),
    path("themes/entry/<uuid:entry_id>/", looking.sentences, name="sentences"),
    path("themes/entry/<uuid:entry_id>/<int:start>/<int:end>/", looking.like, name="like"),
    path("themes/<str:name>/", themes.theme, name="theme"),
    path("themes/<str:name>/rename/", shaping.rename, name="rename"),
    path("themes/<str:name>/decide/", shaping.decide, name="decide"),
    path("themes/<str:name>/mark/", shaping.mark, name="mark"),
    path("themes/<str:name>/merge/", shaping.merge, name="merge"),
    path("themes/<str:name>/split/", shaping.split, name="split"),
    path("themes/<str:name>/make/", shaping.make, name="make"),
    path("lift/", lift.lift, name="lift"),
    path("lift/after/<uuid:record>/", lift.sitting, name="lift_sitting"),
    path("lift/ahead/", lift.ahead, name="ahead"),
    path("lift/better-days/", lift.better_days, name="better_days"),
    path("experiments/", experiments.experiments, name="experiments"),
    path("experiments/new/", experiments.new, name="experiment_new"),
    path("experiments/<uuid:record>/", experiments.experiment, name="experiment"),
    path("experiments/<uuid:record>/day/", experiments.day, name="experiment_day"),
    path("experiments/<uuid:record>/stop/", experiments.stop, name="experiment_stop"),
    path("experiments/<uuid:record>/remove/", experiments.remove, name="experiment_remove"),
]
