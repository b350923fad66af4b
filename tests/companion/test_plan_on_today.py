"""Self-care, insights to strengthen and looks back come to Today, each in its time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from afterglow.core.days import moment
from afterglow.medicine.documents import Sitting
from afterglow.plans import queries, services
from afterglow.plans.documents import Insight, Review, SelfCare

DAY = timedelta(days=1)


@pytest.fixture
def today():
    return moment(timezone.now(), "UTC").day


def page(client):
    return client.get("/today/").content.decode()


def done(client, thing):
    return client.post("/today/done/", {"thing": thing})


def kept(vault, part):
    return services.keep_part(vault=vault, part=part)


def test_self_care_is_offered_once_a_day(alice):
    care = kept(alice.vault, SelfCare(text="Tea outside", clock="16:00"))
    assert "Tea outside" in page(alice)
    assert "Self-care, at 16:00." in page(alice)
    done(alice, f"self-care:{care.id}")
    assert "Tea outside" not in page(alice)


def test_an_insight_comes_back_for_practice_and_then_rests_some_days(alice, today):
    insight = kept(alice.vault, Insight(insight="Rest is work", strengthen=True, on=today))
    alice.post("/today/say/", {"word": "not-now", "thing": "measure:phq-9"})
    assert "Rest is work" in page(alice)
    done(alice, f"insight:{insight.id}")
    assert "Rest is work" not in page(alice)
    assert queries.to_practise(alice.vault, today + 2 * DAY) is None
    assert queries.to_practise(alice.vault, today + 3 * DAY).id == insight.id


def test_of_two_insights_the_one_left_longer_comes_first(vault, today):
    kept(vault, Insight(insight="new", strengthen=True, practised_on=(today - 5 * DAY,)))
    kept(vault, Insight(insight="old", strengthen=True, practised_on=(today - 9 * DAY,)))
    assert queries.to_practise(vault, today).document.insight == "old"


def test_in_the_first_days_after_a_sitting_neither_is_offered(alice, today):
    alice.vault.put(Sitting(day=today - 2 * DAY, done=True, felt="good"))
    kept(alice.vault, Insight(insight="Rest is work", strengthen=True, on=today))
    services.add_win(vault=alice.vault, text="Rang Mo", on=today - 8 * DAY)
    assert "Something you want to strengthen" not in page(alice)
    assert "Ten minutes for the week" not in page(alice)


def test_a_look_at_the_week_is_offered_after_a_week_and_not_every_day(alice, today):
    assert queries.review_due(alice.vault, today) is None
    services.add_win(vault=alice.vault, text="Rang Mo", on=today - 7 * DAY)
    assert "Ten minutes for the week" in page(alice)
    offered = [n for n in range(14) if queries.review_due(alice.vault, today + n * DAY)]
    assert offered == [0, 1, 7, 8]


def test_a_look_back_that_was_made_is_not_offered_again_that_week(vault, today):
    services.add_win(vault=vault, text="Rang Mo", on=today - 7 * DAY)
    kept(vault, Review(on=today))
    assert queries.review_due(vault, today) is None
    assert queries.review_due(vault, today + 7 * DAY) == "week"


def test_after_a_month_the_month_comes_first(vault, today):
    services.add_win(vault=vault, text="Rang Mo", on=today - 30 * DAY)
    assert queries.review_due(vault, today) == "month"
