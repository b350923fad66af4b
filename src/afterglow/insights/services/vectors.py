"""Makes and drops the vectors of entries: in one thread beside the requests, while the person is unlocked."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from uuid import UUID

from django.db import connections

from afterglow.insights.documents import EntryVectors
from afterglow.insights.queries import sources
from afterglow.insights.queries import vectors as queries
from afterglow.journal.documents import Entry
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import Change, NotHere, OpenVault

Reference = Callable[[], OpenVault | None]

log = logging.getLogger("afterglow.insights")
OF_INTEREST = frozenset({Entry.kind, None})


def after_change(vault: OpenVault, changes: Sequence[Change]) -> None:
    """Drop what belongs to deleted entries now; make what is missing in the thread.

    Without changes, at unlock, it goes on with what an earlier lock left undone.
    """
    if changes and not any(change.kind in OF_INTEREST for change in changes):
        return
    for orphan in queries.left_behind(vault):
        vault.delete(orphan)
    if queries.missing(vault):
        begin(vault)


def begin(vault: OpenVault) -> Future[None]:
    """Make what is missing, in the thread."""
    return beside(_make_for, vault)


def beside(work: Callable[[Reference], object], vault: OpenVault) -> Future[None]:
    """Do this work in the one thread beside the requests, after what it has been given before.

    The work is given a reference: while it waits it keeps nothing open, and after a lock it gets nothing.
    """
    return _thread().submit(_in_thread, work, vault.reference())


def _make_for(reference: Reference) -> None:
    vault = reference()
    if vault is not None:
        make_missing(vault)


def make_missing(vault: OpenVault) -> int:
    """Make the vectors that are missing, entry by entry, until done, stopped or locked; gives how many were made."""
    made = 0
    for head in queries.missing(vault):
        if not vault.is_open or queries.is_stopped(vault):
            break
        made += make(vault, head.id)
    return made


def make(vault: OpenVault, entry: UUID) -> bool:
    """Make and keep the vectors of one entry; False where it has gone or there is no model."""
    meaning = queries.meaning()
    if meaning is None:
        return False
    from afterglow.core.themes.ground import vectors_of  # heavy: numpy, not before it is needed

    try:
        stored: Stored[Entry] = vault.get(Entry, entry)
    except NotHere:
        return False
    made = vectors_of(sources.words_of(stored.document), meaning)
    document = EntryVectors(
        entry=entry,
        entry_rev=stored.rev,
        model=made.model,
        spans=tuple(bound for span in made.spans for bound in span),
        rows=made.rows.tobytes(),
    )
    record = queries.vectors_id(entry)
    vault.put(document, record=record)
    if _has_gone(vault, entry):
        vault.delete(record)  # the entry was deleted while its vectors were made
    return True


def _has_gone(vault: OpenVault, entry: UUID) -> bool:
    try:
        vault.head(Entry, entry)
    except NotHere:
        return True
    return False


@cache
def _thread() -> ThreadPoolExecutor:
    """One thread in each process, started when first needed."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="vectors")


def _in_thread(work: Callable[[Reference], object], reference: Reference) -> None:
    try:
        work(reference)
    except Exception as error:  # noqa: BLE001 - what was not made is made when it is next asked for
        log.warning("vectors were not made", extra={"error": type(error).__name__})
    finally:
        connections.close_all()
