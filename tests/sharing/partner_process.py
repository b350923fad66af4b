"""A process of its own in which only the partner is signed in: opens all that was granted, visits every page, and then
looks through its own memory. `python -m tests.sharing.partner_process FOLDER`, with the keys on standard input.
"""

import json
import os
import re
import sys
from pathlib import Path
from uuid import UUID

import django

FOLDER = Path(sys.argv[1])
os.environ["AFTERGLOW_HOME"] = str(FOLDER)
os.environ["DJANGO_SETTINGS_MODULE"] = "afterglow.config.settings"
django.setup()

from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

import afterglow.config.urls  # noqa: E402, F401  every kind of document is known before a vault is opened
from afterglow.vault import doors  # noqa: E402
from afterglow.vault.grants import granted  # noqa: E402
from afterglow.vault.middleware import HALF_COOKIE, SESSION_COOKIE  # noqa: E402
from afterglow.vault.records import Keys  # noqa: E402

MARK = re.compile(rb"canary([a-z]{2,30})yranac")


def main() -> None:
    told = json.loads(sys.stdin.read())
    keys = Keys.of(UUID(told["owner"]), 1, bytes.fromhex(told["vault_key"]))
    door, vault = doors.open_door(keys)
    read = []
    for row in granted.granted_to(vault, now=timezone.now()):
        view = granted.open_granted(vault, row.id, now=timezone.now())
        read.append(view.whole(view.everything()))
    client = Client(SERVER_NAME="localhost")
    client.cookies[SESSION_COOKIE], client.cookies[HALF_COOKIE] = door.session_id, door.cookie_half
    answers = [client.get(path).status_code for path in told["paths"]]
    print(json.dumps({"memory": sorted(words_in_memory()), "answers": answers, "read": len(read)}))


def words_in_memory() -> set[str]:
    """Every marked word in what this process may write to: its heap, its stacks, its buffers."""
    found: set[str] = set()
    lines = Path("/proc/self/maps").read_text().splitlines()
    with Path("/proc/self/mem").open("rb", buffering=0) as memory:
        for line in lines:
            where, rights = line.split()[:2]
            start, end = (int(part, 16) for part in where.split("-"))
            if rights.startswith("rw"):
                found |= words_between(memory, start, end)
    return found


def words_between(memory, start: int, end: int) -> set[str]:
    try:
        memory.seek(start)
        text = memory.read(end - start)
    except (OSError, ValueError, OverflowError):
        return set()
    return {match.decode() for match in MARK.findall(text)}


main()
