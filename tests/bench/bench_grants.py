"""How long sharing takes with many records: opening as a partner, and new keys after stopping.

Run: pytest -q -s tests/bench/bench_grants.py. It prints figures and asserts none of them.
"""

import time
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from tests.conftest import new_person, open_client
from tests.sharing.cast import befriend

from afterglow.core.days import moment
from afterglow.journal.documents import Entry
from afterglow.vault.grants import giving, granted, rekeying

pytestmark = pytest.mark.bench
RECORDS = 10_000
TEXT = "The green door stood open in the light, and I walked on. " * 35


@pytest.fixture
def shared(db):
    one, other = open_client(new_person("alice")).vault, open_client(new_person("bob")).vault
    befriend(one, other)
    at = moment(timezone.now(), "UTC")
    stored = one.put_all(
        [(_id(number), Entry(written=at, snippet="s", text=TEXT)) for number in range(RECORDS)]
    )
    return one, other, {each.id for each in stored}


def _id(number):
    return UUID(int=number + 1, version=4)


def timed(name, work):
    begun = time.perf_counter()
    result = work()
    print(f"{name}: {time.perf_counter() - begun:.2f} s")
    return result


def test_sharing_ten_thousand_records(shared):
    one, other, records = shared
    now = timezone.now()
    print(f"\n{RECORDS} entries of {len(TEXT)} characters")
    grant = timed(
        "give",
        lambda: giving.give(
            one,
            other.owner,
            terms=b"",
            starts=now - timedelta(seconds=9),
            ends=now + timedelta(days=9),
            records=records,
        ),
    )
    opened = timed("open as a partner, heads", lambda: granted.open_granted(other, grant, now=now))
    timed("open again in the same session", lambda: granted.open_granted(other, grant, now=now))
    timed("read all bodies", lambda: opened.all(Entry))
    timed("stop, until nothing opens", lambda: giving.end(one, grant))
    timed("new keys for all of it", lambda: rekeying.rekey_all(one))
