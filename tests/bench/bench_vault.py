"""Prints what listing, saving, searching and unlocking cost at 10,000 entries. CPU time, medians; asserts nothing.

`python -m tests.bench.bench_vault [ENTRIES]`
"""

import os
import random
import statistics
import sys
import time
from pathlib import Path
from uuid import uuid4

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django

django.setup()

from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from tests.conftest import new_person

from afterglow.core.days import moment
from afterglow.journal.documents import Entry
from afterglow.journal.services import keep_entry
from afterglow.vault import doors, opened
from afterglow.vault.middleware import HALF_COOKIE, SESSION_COOKIE
from afterglow.vault.open_vault import OpenVault

WORDS = [f"w{number:04d}" for number in range(4000)]


def cpu(work, times=20):
    """Median CPU milliseconds of one call."""
    spent = []
    for _ in range(times):
        start = time.process_time()
        work()
        spent.append((time.process_time() - start) * 1000)
    return statistics.median(spent)


def resident_mb():
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def show(name, value, target):
    print(f"{name:<44}{value:>9.1f}   target {target}")


def main():
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    call_command("migrate", verbosity=0)
    rng = random.Random(1)
    print(f"idle memory, MB: {resident_mb():.0f}   target 120")
    keys = new_person("bench")
    door, vault = doors.open_door(keys)
    text = lambda: " ".join(rng.choices(WORDS, k=300))  # noqa: E731
    written = moment(timezone.now(), "UTC")
    few = cpu(lambda: keep_entry(vault=vault, text=text(), written=written))
    for _ in range(entries // 500):
        vault.put_all(
            [(uuid4(), Entry(written=written, snippet="…", text=text())) for _ in range(500)]
        )
    keep_entry(vault=vault, text=text() + " xylophone", written=written)
    client = Client(SERVER_NAME="localhost")
    client.cookies[SESSION_COOKIE], client.cookies[HALF_COOKIE] = door.session_id, door.cookie_half
    show(
        f"save, {entries} entries, ms CPU",
        cpu(lambda: keep_entry(vault=vault, text=text(), written=written)),
        "5",
    )
    show("save, empty vault, ms CPU", few, "same as above")
    client.get("/entries/")
    show("list newest 20, ms CPU a request", cpu(lambda: client.get("/entries/")), "6")
    show(
        "first search after unlock, ms CPU",
        cpu(lambda: client.post("/entries/search/", {"words": "xylophone"}), 1),
        "400",
    )
    show(
        "search a rare word, warm, ms CPU",
        cpu(lambda: client.post("/entries/search/", {"words": "xylophone"})),
        "40",
    )

    def unlock():
        opened.drop_all()
        doors.open_door(keys)

    show("unlock without Argon2id, ms CPU", cpu(unlock, 3), "1000 with it (about 200)")
    assert isinstance(vault, OpenVault)


if __name__ == "__main__":
    main()
