"""A self-experiment from set-up to reading: fair, seen a block ahead, stopped without a word, never a verdict."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from afterglow.core.experiment.design import sittings_per_block
from afterglow.insights.documents import Experiment, ExperimentDay
from afterglow.insights.queries import experiments as queries
from afterglow.insights.services import experiments as services
from afterglow.medicine.documents import Sitting
from afterglow.medicine.services import HeldForNow
from afterglow.vault.open_vault import NotHere
from tests.insights import lives

NEW = reverse("insights:experiment_new")
LIST = reverse("insights:experiments")
BLOCKS = (True, False, False, True, True, False, True, False, False, True, False, True)


@pytest.fixture
def today():
    return lives.this_day()


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def begun(vault, today, *, ago=9, **more):
    return vault.put(
        Experiment(
            name="Ten minutes outside",
            first_day=today - timedelta(days=ago),
            block_days=7,
            weeks=12,
            seed=4,
            blocks=BLOCKS,
            begun_on=today - timedelta(days=ago + 3),
            **more,
        )
    )


def page_of(client, stored, name="experiment"):
    return text_of(client.get(reverse(f"insights:{name}", args=[stored.id])))


def sent(today, **changes):
    return {
        "name": "Ten minutes outside",
        "weeks": "12",
        "block_days": "7",
        "first_day": (today + timedelta(days=3)).isoformat(),
    } | changes


def test_what_it_can_find_is_said_before_anything_is_drawn(alice, today):
    shown = text_of(alice.post(NEW, sent(today), follow=True))
    assert "Before you begin" in shown
    assert re.search(r"about \d+ points lower in weeks with it .* four times in five", shown)
    assert "Twelve weeks can only find large effects" in shown
    assert alice.vault.heads(Experiment) == []


def test_beginning_draws_half_the_blocks_and_keeps_the_seed(alice, today):
    alice.vault.keep_draft("experiment", {"name": "half a thought"})
    answer = alice.post(NEW, sent(today, word="begin"))
    (stored,) = alice.vault.heads(Experiment)
    assert answer["Location"] == reverse("insights:experiment", args=[stored.id])
    assert sum(stored.document.blocks) == len(stored.document.blocks) / 2 == 6
    again = services.design(
        stored.document.first_day, block_days=7, weeks=12, seed=stored.document.seed
    )
    assert tuple(block.practise for block in again.blocks) == stored.document.blocks
    assert alice.vault.draft("experiment") == {}


def test_known_sittings_are_shared_out_evenly_and_remembered(vault, today):
    first = today + timedelta(days=3)
    days = [first + timedelta(days=7 * n + 1) for n in range(0, 12, 2)]
    for day in days:
        vault.put(Sitting(day=day))
    stored = services.begin_experiment(
        vault=vault, name="x", first_day=first, block_days=7, weeks=12, today=today, seed=3
    )
    assert stored.document.sittings == tuple(days)
    plan = queries.plan_of(stored.document)
    held = sittings_per_block([b.start for b in plan.blocks], 7, days)
    with_it = sum(n for n, block in zip(held, plan.blocks, strict=True) if block.practise)
    assert with_it == 3


def test_only_one_is_open_at_a_time(alice, today):
    stored = begun(alice.vault, today)
    assert alice.get(NEW)["Location"] == reverse("insights:experiment", args=[stored.id])
    with pytest.raises(services.OneAtATime):
        services.begin_experiment(
            vault=alice.vault, name="x", first_day=today, block_days=7, weeks=12, today=today
        )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Say in a few words"),
        ({"first_day": "soon"}, "soon"),
        ({"first_day": "2020-01-01"}, "from tomorrow on"),
        ({"block_days": "14"}, "twenty-four weeks to tell anything"),
        ({"weeks": "3"}, "3 is not one of the available choices"),
        ({"name": "y" * 81}, "at most 80"),
    ],
)
def test_an_incomplete_form_comes_back_with_what_was_typed(alice, today, changes, words):
    answer = alice.post(NEW, sent(today, word="begin", **changes), follow=True)
    page = answer.content.decode()
    assert words in page
    assert changes.get("name", "Ten minutes outside") in page
    assert alice.vault.heads(Experiment) == []


def test_something_noted_in_the_plan_can_be_tried_and_its_days_count(alice, today):
    goal = lives.practised(alice.vault, "Walk", [today, today - timedelta(days=1)])
    alice.post(NEW, sent(today, word="begin", name="", practice=str(goal.id)))
    (stored,) = alice.vault.heads(Experiment)
    assert (stored.document.name, stored.document.practice) == ("Walk", goal.id)
    running = begun(alice.vault, today, practice=goal.id)
    assert queries.done_days(alice.vault, running) == {today, today - timedelta(days=1)}
    services.note_day(vault=alice.vault, experiment=running.id, day=today, done=False)
    assert queries.done_days(alice.vault, running) == {today - timedelta(days=1)}


def test_this_block_and_the_next_are_shown_and_nothing_beyond(alice, today):
    stored = begun(alice.vault, today)
    shown = page_of(alice, stored)
    assert "Without it: leave it for now" in shown
    assert "on: without it" in shown
    standing = queries.standing(alice.vault, stored, today)
    assert [row.number for row in standing.blocks] == [1, 2]
    assert all(row.mean is None for row in standing.blocks)


def test_before_it_begins_only_the_first_block_is_known(alice, today):
    stored = begun(alice.vault, today, ago=-5)
    assert "The first block is with it" in page_of(alice, stored)


def test_a_day_is_noted_and_taken_back_without_any_count_of_what_was_missed(alice, today):
    stored = begun(alice.vault, today, ago=3)
    path = reverse("insights:experiment_day", args=[stored.id])
    assert "Done today" in page_of(alice, stored)
    assert alice.post(path, {"done": "yes"}).status_code == 302
    shown = page_of(alice, stored)
    assert "Noted for today" in shown
    assert "Noted on 1 day so far" in shown
    assert not re.search(r"missed|only|out of|\d+ of \d+", shown)
    alice.post(path, {"done": "no"})
    assert "Done today" in page_of(alice, stored)
    assert len(alice.vault.heads(ExperimentDay)) == 1


def test_noting_can_lead_back_to_a_page_of_ours_and_nowhere_else(alice, today):
    stored = begun(alice.vault, today, ago=3)
    path = reverse("insights:experiment_day", args=[stored.id])
    assert alice.post(path, {"next": "/today/"})["Location"] == "/today/"
    for elsewhere in ("https://example.org/", "//example.org/", "/\\example.org"):
        assert "example.org" not in alice.post(path, {"next": elsewhere})["Location"]


def test_it_can_be_stopped_on_any_day_and_no_reason_is_asked(alice, today):
    stored = begun(alice.vault, today)
    path = reverse("insights:experiment_stop", args=[stored.id])
    assert "none is asked" in text_of(alice.get(path))
    alice.post(path)
    shown = page_of(alice, stored)
    assert "That is fine" in shown
    assert "cannot be read fairly" in shown
    assert alice.get(NEW).status_code == 200


def test_nothing_is_read_before_the_end(alice, today):
    stored = begun(alice.vault, today, ago=60)
    lives.scored(alice.vault, [(today - timedelta(days=7 * n), 9) for n in range(8)])
    shown = page_of(alice, stored)
    assert "Not enough yet to read" in shown
    assert "point" not in shown


def _lived(vault, today, *, effect):
    """A score every third day and a tap every second, lower by `effect` on days drawn for it."""
    stored = begun(vault, today, ago=90)
    plan = queries.plan_of(stored.document)
    for n in range(84):
        day = today - timedelta(days=90 - n)
        lower = effect * plan.block_on(day).practise
        if n % 3 == 0:
            lives.scored(vault, [(day, 14 - lower + n % 2)])
        if n % 2 == 0:
            lives.tapped(vault, [day], level=5 + (2 if lower > 0 else -2 if lower < 0 else 0))
    return stored


@pytest.mark.parametrize(
    ("effect", "words"),
    [
        (
            7,
            r"In the weeks with it, scores were about \d+ points lower \(the lots allow \d+ to \d+\)",
        ),
        (-7, r"In the weeks with it, scores were about \d+ points higher \(the lots allow \d+ to"),
        (
            0,
            r"cannot tell a difference\. In the weeks .* higher to \d+ points lower\. One of about \d+ points",
        ),
    ],
)
def test_a_finished_experiment_says_what_the_lots_allow(alice, today, effect, words):
    stored = _lived(alice.vault, today, effect=effect)
    shown = page_of(alice, stored)
    assert re.search(words, shown)
    assert "The result counts the weeks as they were drawn" in shown
    assert "drawn with the number 4" in shown
    assert "because of" not in shown
    page = alice.get(reverse("insights:experiment", args=[stored.id])).content.decode()
    assert page.count("<svg") == 2
    assert page.count('class="with"') == page.count('class="without"') == 6
    assert page.count("<table") == 2
    assert re.search(r"about \d+ (lower|higher) the lots allow, from \d+ (lower|higher) the", shown)
    assert "likely" not in shown


def test_a_finished_experiment_with_too_few_scores_says_so(alice, today):
    stored = begun(alice.vault, today, ago=90)
    lives.scored(alice.vault, [(today - timedelta(days=30), 9)])
    shown = page_of(alice, stored)
    assert "Not enough to read: 1 score fell" in shown


def test_the_same_days_are_read_the_same_way_twice(vault, today):
    stored = _lived(vault, today, effect=3)
    first = queries.reading(vault, stored)
    vault.hold(f"insights.reading {stored.id}", None)
    assert queries.reading(vault, stored) == first


def test_removing_takes_its_days_along_and_waits_near_a_sitting(alice, today):
    stored = begun(alice.vault, today)
    services.note_day(vault=alice.vault, experiment=stored.id, day=today, done=True)
    path = reverse("insights:experiment_remove", args=[stored.id])
    near = alice.vault.put(Sitting(day=today, done=True))
    assert "waits until you have slept on it" in text_of(alice.get(path))
    alice.post(path)
    assert alice.vault.heads(Experiment)
    with pytest.raises(HeldForNow):
        services.remove_experiment(vault=alice.vault, experiment=stored.id, now=lives.at(today))
    alice.vault.delete(near.id)
    assert alice.post(path)["Location"] == LIST
    assert alice.vault.heads(Experiment) == alice.vault.heads(ExperimentDay) == []


def test_today_learns_of_the_running_one_only(vault, today):
    assert queries.on_today(vault, today) is None
    stored = begun(vault, today)
    assert queries.on_today(vault, today).stored.id == stored.id
    services.stop_experiment(vault=vault, experiment=stored.id, on=today)
    assert queries.on_today(vault, today) is None


def test_an_experiment_of_somebody_else_is_not_here(alice, bob, today):
    stored = begun(alice.vault, today)
    for name in ("experiment", "experiment_stop", "experiment_remove"):
        assert bob.get(reverse(f"insights:{name}", args=[stored.id])).status_code == 404
    assert bob.post(reverse("insights:experiment_day", args=[stored.id])).status_code == 404
    assert "Ten minutes outside" not in text_of(bob.get(LIST))
    with pytest.raises(NotHere):
        services.stop_experiment(vault=bob.vault, experiment=stored.id, on=today)


def test_all_experiments_are_listed_with_where_they_stand(alice, today):
    begun(alice.vault, today, ago=300, stopped_on=today - timedelta(days=280))
    begun(alice.vault, today)
    shown = text_of(alice.get(LIST))
    assert "Running" in shown
    assert "Stopped on" in shown
    assert "Set one up" not in shown


def test_today_shows_the_block_and_takes_a_day_back_to_today(alice, today):
    here = reverse("companion:today")
    assert "Your experiment" not in text_of(alice.get(here))
    stored = begun(alice.vault, today, ago=3)
    shown = alice.get(here)
    assert "These days are with it" in text_of(shown)
    assert 'name="next" value="/today/"' in shown.content.decode()
    services.note_day(vault=alice.vault, experiment=stored.id, day=today, done=True)
    assert "Noted for today" in text_of(alice.get(here))


def test_on_a_hard_day_today_says_nothing_of_an_experiment(alice, today):
    begun(alice.vault, today, ago=3)
    lives.tapped(alice.vault, [today], level=1)
    assert "Your experiment" not in text_of(alice.get(reverse("companion:today")))
