"""Before there is anything to return: a calm page, and what the person started all the same."""

from datetime import UTC, datetime

from django.urls import reverse

from afterglow.core.days import moment
from afterglow.journal import services as journal

NOON = moment(datetime(2031, 3, 4, 12, tzinfo=UTC), "UTC")
WORDS = "A heron stood in the shallow water."


def test_an_empty_journal_reads_calmly_everywhere(alice):
    for name in ("themes", "people", "images", "put_away", "across", "search"):
        assert alice.get(reverse(f"insights:{name}")).status_code == 200
    assert "shows up after a few entries" in alice.get(reverse("insights:themes")).content.decode()


def test_one_entry_can_start_a_theme_already(alice):
    kept = journal.keep_entry(vault=alice.vault, text=WORDS, written=NOON)
    sent = {"entry": kept.id, "start": 0, "end": len(WORDS), "name": "The heron"}
    answer = alice.post(reverse("insights:start"), sent, follow=True)
    assert WORDS in answer.content.decode()
    assert "The heron" in alice.get(reverse("insights:themes")).content.decode()
