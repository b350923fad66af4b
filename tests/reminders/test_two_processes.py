"""Two real processes over one database file: each row is claimed by exactly one of them, also after a restart."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROWS = 40
BEGIN = """
import sys
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from afterglow.accounts.models import Account
from afterglow.reminders.models import Channel, Due
from afterglow.reminders.services import sending
"""
FILL = f"""{BEGIN}
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
way = Channel.objects.create(account=Account.objects.create(name_hash=b"x"), kind="mail", secret=b"x")
now = timezone.now()
Due.objects.bulk_create(Due(channel=way, at=now - timedelta(seconds=n), sentence=n) for n in range({ROWS}))
"""
CLAIM = f"""{BEGIN}
rows = list(Due.objects.filter(state="waiting").order_by("pk"))
print("ready", flush=True)
sys.stdin.readline()
print(*(row.pk for row in rows if sending.claim(row)))
"""


@pytest.fixture
def started(tmp_path):
    running = []
    surroundings = {
        **os.environ,
        "AFTERGLOW_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "afterglow.config.settings",
        "PYTHONPATH": str(Path(__file__).parents[2] / "src"),
    }
    surroundings.pop("DATABASE_URL", None)

    def start(script):
        process = subprocess.Popen(
            [sys.executable, "-c", script],
            env=surroundings,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def test_each_row_is_claimed_by_one_process_and_by_none_after_a_restart(started):
    assert started(FILL).wait() == 0
    both = [started(CLAIM), started(CLAIM)]
    assert [process.stdout.readline() for process in both] == ["ready\n"] * 2
    for process in both:
        process.stdin.write("go\n")
        process.stdin.flush()
    claimed = [process.communicate()[0].split() for process in both]
    assert len(claimed[0]) + len(claimed[1]) == ROWS
    assert len({*claimed[0], *claimed[1]}) == ROWS
    later = started(CLAIM)
    assert later.communicate("go\n")[0].split() == ["ready"]
