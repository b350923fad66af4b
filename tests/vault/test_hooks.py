"""Work that follows changes sees each of them, in order, and what failed once more."""

from collections.abc import Sequence

import pytest
from tests.vault.test_open_vault import DAY, Note

from afterglow.vault import hooks
from afterglow.vault.models import Cursor
from afterglow.vault.open_vault import Change, OpenVault

seen: list[list[int]] = []
broken: list[bool] = []


def looks(vault: OpenVault, changes: Sequence[Change]) -> None:
    if broken:
        raise OSError("no room")
    seen.append([change.change for change in changes])


def adds(vault: OpenVault, changes: Sequence[Change]) -> None:
    """Work that changes the vault itself, once."""
    if changes and len(vault.heads(Note)) == 1:
        vault.put(Note(day=DAY, text="made from it"))


@pytest.fixture(autouse=True)
def listed(settings):
    settings.AFTER_CHANGE = [f"{__name__}.looks"]
    seen.clear()
    broken.clear()


def put(vault: OpenVault, text: str = "one") -> int:
    return vault.put(Note(day=DAY, text=text)).change


def cursor(vault: OpenVault) -> int:
    return Cursor.objects.get(owner=vault.owner, work=f"{__name__}.looks").change


def test_a_change_that_failed_is_told_at_the_next_unlock_although_later_ones_went_well(vault):
    hooks.resume(vault)
    first = put(vault)
    broken.append(True)
    failed = put(vault)
    broken.clear()
    later = put(vault)
    assert cursor(vault) == first
    seen.clear()
    hooks.resume(vault)
    assert seen == [[failed, later], []]
    assert cursor(vault) == later


def test_an_unlock_gives_what_was_missed_and_then_nothing(vault, settings):
    hooks.resume(vault)
    settings.AFTER_CHANGE = []
    missed = put(vault)
    settings.AFTER_CHANGE = [f"{__name__}.looks"]
    seen.clear()
    hooks.resume(vault)
    hooks.resume(vault)
    assert seen == [[missed], [], []]


def test_a_request_that_comes_late_does_not_move_the_cursor_back(vault):
    hooks.resume(vault)
    first, second = put(vault), put(vault)
    hooks.after_change(vault, [Change(vault.heads(Note)[0].id, Note.kind, first)])
    assert cursor(vault) == second


def test_what_work_changes_itself_is_told_afterwards_and_in_order(vault, settings):
    settings.AFTER_CHANGE = [f"{__name__}.adds", f"{__name__}.looks"]
    hooks.resume(vault)
    seen.clear()
    first = put(vault)
    assert seen == [[first], [first + 1]]
    assert cursor(vault) == first + 1
