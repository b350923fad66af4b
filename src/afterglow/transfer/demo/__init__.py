"""Fills a new vault with the fictional person of the demo. Leaves out where that person comes from (`core.demo`)."""

from datetime import date

from django.utils import timezone

from afterglow.accounts import services as accounts
from afterglow.core import demo
from afterglow.core.content import data_folder
from afterglow.core.days import day_of
from afterglow.transfer.demo.life import Life
from afterglow.transfer.demo.places import Rows
from afterglow.transfer.demo.plan import Plan
from afterglow.transfer.demo.shown import keep_shown
from afterglow.transfer.demo.ways import Ways
from afterglow.vault import door_words, unlock
from afterglow.vault.open_vault import OpenVault


def fill(today: date | None = None) -> str:
    """Make the vault, fill it, and give its passphrase."""
    passphrase = door_words.six_words()
    entered = accounts.begin(name="", passphrase=passphrase)
    unlock.set_recovery_code(entered.vault.keys, door_words.new_recovery_code())
    accounts.keep_preferences(vault=entered.vault, country="GB")
    put_person(entered.vault, today or day_of(timezone.now(), "Europe/London"))
    return passphrase


def rows_of(person: demo.DemoPerson, today: date, vault: OpenVault) -> Rows:
    """Every document of the person, each under the place that it has in this vault."""
    return [
        *Life(person, today).rows(),
        *Plan(person, today).rows(),
        *Ways(person, today, vault).rows(),
    ]


def put_person(vault: OpenVault, today: date) -> int:
    """Keep every document of the demo person, day 0 being `today`; gives how many."""
    person = demo.load_demo(data_folder() / "demo")
    rows = rows_of(person, today, vault)
    vault.put_all(rows)
    keep_shown(vault)
    return len(rows)
