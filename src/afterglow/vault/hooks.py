"""Work that follows a change: functions named once in the settings, called after commit, with a kept cursor."""

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

from afterglow.vault.models import Cursor

if TYPE_CHECKING:
    from afterglow.vault.open_vault import Change, OpenVault

Named = Callable[["OpenVault", "Sequence[Change]"], None]
log = logging.getLogger("afterglow.vault")


class Work:
    """What follows the changes of one open vault."""

    def __init__(self) -> None:
        self._untold: list[Sequence[Change]] = []

    def follows(self, vault: "OpenVault", changes: "Sequence[Change]") -> None:
        """What the work itself changes is told once it is done, so that every work sees changes in their order."""
        self._untold.append(changes)
        if len(self._untold) > 1:
            return
        try:
            while self._untold:
                after_change(vault, self._untold[0])
                self._untold.pop(0)
        finally:
            self._untold.clear()


def after_change(vault: "OpenVault", changes: "Sequence[Change]") -> None:
    """Let the listed work see the changes; a failure is logged by name and tried again at the next unlock."""
    if not changes:
        return
    done = [name for name in settings.AFTER_CHANGE if _run(name, vault, changes)]
    _note(done, vault, changes)


def resume(vault: "OpenVault") -> None:
    """At unlock: give each work what it has missed, and then nothing, so that it may go on with its own."""
    for name in settings.AFTER_CHANGE:
        missed = vault.changes_since(_cursor(name, vault))
        if missed and _run(name, vault, missed):
            _move(name, vault, missed)
        _run(name, vault, [])


def _run(name: str, vault: "OpenVault", changes: "Sequence[Change]") -> bool:
    work: Named = import_string(name)
    try:
        work(vault, changes)
    except Exception as error:  # noqa: BLE001 - saving must never fail because later work did
        log.warning(
            "work after a change failed", extra={"work": name, "error": type(error).__name__}
        )
        return False
    return True


def _note(names: list[str], vault: "OpenVault", changes: "Sequence[Change]") -> None:
    """A cursor never passes a change that its work has not seen: what failed before waits for the next unlock."""
    numbers = [change.change for change in changes]
    oldest, newest = min(numbers), max(numbers)
    cursors = Cursor.objects.filter(owner=vault.owner, work__in=names)
    moved = cursors.filter(change__gte=oldest - 1, change__lt=newest).update(change=newest)
    if moved < len(names) and oldest == 1:
        begun = [Cursor(owner=vault.owner, work=name, change=newest) for name in names]
        Cursor.objects.bulk_create(begun, ignore_conflicts=True)


def _cursor(name: str, vault: "OpenVault") -> int:
    found = Cursor.objects.filter(owner=vault.owner, work=name).values_list("change", flat=True)
    return found.first() or 0


def _move(name: str, vault: "OpenVault", changes: "Sequence[Change]") -> None:
    """Only ever forward, since requests overtake one another."""
    newest = max(change.change for change in changes)
    row, _ = Cursor.objects.get_or_create(owner=vault.owner, work=name)
    Cursor.objects.filter(pk=row.pk, change__lt=newest).update(change=newest)
