"""Prints what opening by passkey costs the server: the question, the answer, and the vault behind it. Asserts nothing.

`python -m tests.bench.bench_passkey [ENTRIES]`
"""

import os
import sys
import time
from statistics import median
from uuid import uuid4

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django

django.setup()

from django.core.management import call_command
from django.utils import timezone
from tests.conftest import new_person
from tests.devices.conftest import DeviceBrowser

from afterglow.core.days import moment
from afterglow.journal.documents import Entry
from afterglow.vault import opened

TIMES = 15


def main():
    call_command("migrate", verbosity=0)
    for entries in [int(each) for each in sys.argv[1:]] or [0, 1_000, 10_000]:
        phone = DeviceBrowser(SERVER_NAME="localhost").let_in(new_person(f"bench {entries}"))
        fill(phone.vault, entries)
        passkey = phone.add_passkey()
        spent = median(opening(phone, passkey) for _ in range(TIMES))
        print(f"open by passkey, {entries:>6} entries, ms CPU {spent:>8.1f}   target 300")


def fill(vault, entries):
    written = moment(timezone.now(), "UTC")
    for _ in range(entries // 500):
        vault.put_all(
            [(uuid4(), Entry(written=written, snippet="…", text="word " * 300)) for _ in range(500)]
        )


def opening(phone, passkey):
    """CPU milliseconds of both requests, without the work of the phone, in a process that holds nothing of it."""
    phone.ask("/lock/")
    opened.drop_all()
    start = time.process_time()
    options = phone.ask("/passkey/ask-to-open/").json()
    asked = time.process_time() - start
    answer = passkey.get(options)
    start = time.process_time()
    assert phone.ask("/passkey/open/", answer).status_code == 200
    return (time.process_time() - start + asked) * 1000


if __name__ == "__main__":
    main()
