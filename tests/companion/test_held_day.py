"""For a day after a sitting nothing is removed for good, wherever one looks; afterwards everything can be."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from afterglow.core.days import moment
from afterglow.journal.services.making import let_go
from afterglow.measures.documents import Answers
from afterglow.measures.services import keep_answers
from afterglow.medicine import services as sittings
from afterglow.medicine.documents import Sitting
from afterglow.medicine.services import HeldForNow
from afterglow.plans.documents import Goal
from afterglow.plans.services import keep_part, remove_part
from afterglow.vault.media.services import begin_upload, kept_pieces, take_piece

WAITS = "nothing is removed for good"


def now():
    return moment(timezone.now(), "UTC")


@pytest.fixture
def sat(alice):
    """A sitting that began an hour ago."""
    at = moment(timezone.now() - timedelta(hours=1), "UTC")
    kept = sittings.plan_sitting(vault=alice.vault, day=at.day, zone="UTC")
    sittings.begin_sitting(vault=alice.vault, sitting=kept.id, now=at)
    return kept.id


def a_day_later(client, sitting):
    """As if the sitting had begun a day earlier."""
    sittings.cancel_sitting(vault=client.vault, sitting=sitting)


def goal_page(client):
    goal = keep_part(vault=client.vault, part=Goal(text="Walk to the pier", on=now().day))
    return reverse("plans:remove", args=["goal", goal.id])


def answers_page(client):
    kept = keep_answers(vault=client.vault, at=now(), instrument="phq-9", answers=[0] * 9)
    return reverse("measures:remove", args=[kept.id])


@pytest.mark.parametrize(("page_of", "kind"), [(goal_page, Goal), (answers_page, Answers)])
def test_what_is_to_be_removed_stays_until_the_day_is_over(alice, sat, page_of, kind):
    page = page_of(alice)
    assert WAITS in alice.get(page).content.decode()
    assert WAITS in alice.post(page).content.decode()
    assert len(alice.vault.heads(kind)) == 1
    a_day_later(alice, sat)
    assert WAITS not in alice.get(page).content.decode()
    alice.post(page)
    assert alice.vault.heads(kind) == []


def test_a_part_of_the_plan_cannot_be_removed_past_the_page_either(alice, sat):
    goal = keep_part(vault=alice.vault, part=Goal(text="Walk", on=now().day))
    with pytest.raises(HeldForNow):
        remove_part(vault=alice.vault, record=goal.id, now=now())


def test_a_recording_that_broke_off_is_not_let_go(alice, sat, settings, tmp_path):
    settings.MEDIA_FOLDER = tmp_path / "media"
    upload = begin_upload(alice.vault, name="recording", content_type="audio/webm", length=None)
    take_piece(alice.vault, upload, 0, b"sound")
    page = alice.get(reverse("journal:capture")).content.decode()
    assert "a recording that was not finished" in page
    assert "Let it go" not in page
    let_go(vault=alice.vault, upload=upload, now=now())
    assert kept_pieces(alice.vault, upload) == [0]
    a_day_later(alice, sat)
    assert "Let it go" in alice.get(reverse("journal:capture")).content.decode()


def test_not_even_everything_is_deleted(alice, sat):
    page = reverse("accounts:delete_everything")
    answer = alice.post(page, {"passphrase": "otter lantern quiet marble seven plum"})
    assert WAITS in answer.content.decode()
    assert 'type="password"' not in answer.content.decode()
    assert len(alice.vault.heads(Sitting)) == 1
