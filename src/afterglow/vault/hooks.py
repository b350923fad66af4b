"""Work that follows a change: functions named once in the settings, called after commit, with a kept cursor."""

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

from afterglow.vault.models import Cursor

if TYPE_CHECKING:
    from afterglow.vault.open_vault import Change, OpenVault

Work = Callable[["OpenVault", "Sequence[Change]"], None]
log = logging.getLogger("afterglow.vault")


def after_change(vault: "OpenVault", changes: "Sequence[Change]") -> None:
    """Let the listed work see the changes; a failure is logged by name and tried again at the next unlock."""
    if not changes:
        return
    for name in settings.AFTER_CHANGE:
        _run(name, vault, changes)


def resume(vault: "OpenVault") -> None:
    """At unlock: give each work what it has missed, or nothing, so that it may go on with its own."""
    for name in settings.AFTER_CHANGE:
        cursor = Cursor.objects.filter(owner=vault.owner, work=name).first()
        _run(name, vault, vault.changes_since(cursor.change if cursor else 0))


def _run(name: str, vault: "OpenVault", changes: "Sequence[Change]") -> None:
    work: Work = import_string(name)
    try:
        work(vault, changes)
    except Exception as error:  # noqa: BLE001 - saving must never fail because later work did
        log.warning(
            "work after a change failed", extra={"work": name, "error": type(error).__name__}
        )
        return
    if not changes:
        return
    newest = max(change.change for change in changes)
    Cursor.objects.update_or_create(owner=vault.owner, work=name, defaults={"change": newest})
