"""Writing down what a recording says, on this computer, with a model the person supplied; in one thread beside the requests.

What was heard is a draft of the entry until the person keeps it. Leaves out which sentences are right: only they know.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Literal
from uuid import UUID

from django.db import connections

from afterglow.journal.documents import Entry
from afterglow.journal.queries import hearing
from afterglow.journal.queries.making import shown
from afterglow.vault.media.queries import read_media
from afterglow.vault.open_vault import OpenVault

Reference = Callable[[], OpenVault | None]
State = Literal["waits", "hears", "done", "nothing", "stopped", "failed"]
log = logging.getLogger("afterglow.journal")


@dataclass(slots=True)
class Work:
    """How far one recording is; it holds none of its words."""

    state: State = "waits"
    share: float = 0.0
    stop: bool = False

    @property
    def is_under_way(self) -> bool:
        return self.state in {"waits", "hears"}

    @property
    def percent(self) -> int:
        return round(100 * min(1.0, self.share))


_works: dict[tuple[UUID, UUID], Work] = {}


def work_on(vault: OpenVault, entry: UUID) -> Work | None:
    """What is known of the work on this entry since the program began."""
    return _works.get((vault.owner, entry))


def begin(*, vault: OpenVault, entry: UUID) -> Work | None:
    """Begin, unless that is under way; None where no model is there. Raises NotHere."""
    vault.head(Entry, entry)
    if not hearing.is_there():
        return None
    known = work_on(vault, entry)
    if known is not None and known.is_under_way:
        return known
    work = Work()
    _works[vault.owner, entry] = work
    _thread().submit(_in_thread, vault.reference(), entry, work)
    return work


def stop(*, vault: OpenVault, entry: UUID) -> None:
    """Stop after the sentence that is being heard; what was heard so far is let go."""
    work = work_on(vault, entry)
    if work is not None and work.is_under_way:
        work.stop = True


def hear(reference: Reference, entry: UUID, work: Work) -> None:
    """Hear every recording of the entry. Between sentences it lets the vault go, so that a lock finds nothing held."""
    sounds = _sounds(reference, entry)
    if sounds is None or work.stop:
        work.state = "stopped"
        return
    work.state = "hears"
    words: list[str] = []
    for number, sound in enumerate(sounds):
        for piece in hearing.listener()(sound):
            if work.stop or reference() is None:
                work.state = "stopped"
                return
            words.append(piece.text.strip())
            work.share = (number + piece.share) / len(sounds)
    _keep(reference, entry, " ".join(word for word in words if word), work)


def _sounds(reference: Reference, entry: UUID) -> list[bytes] | None:
    vault = reference()
    if vault is None:
        return None
    heard = shown(vault, vault.get(Entry, entry).document)
    return [read_media(vault, each.id) for each in heard if each.media.is_sound]


def _keep(reference: Reference, entry: UUID, text: str, work: Work) -> None:
    """As a draft of the entry, below words that stand there already."""
    vault = reference()
    if vault is None:
        work.state = "stopped"
        return
    form = f"entry.{entry}"
    kept = vault.get(Entry, entry).document
    draft = vault.draft(form) or {"text": kept.text} | ({"tender": "on"} if kept.tender else {})
    if text:
        before = draft.get("text", "").strip()
        vault.keep_draft(form, draft | {"text": f"{before}\n\n{text}" if before else text})
    work.share = 1.0
    work.state = "done" if text else "nothing"


@cache
def _thread() -> ThreadPoolExecutor:
    """One thread in each process, started when first needed."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="hearing")


def _in_thread(reference: Reference, entry: UUID, work: Work) -> None:
    try:
        hear(reference, entry, work)
    except Exception as error:  # noqa: BLE001 - the recording stays, and the person may try again
        work.state = "failed"
        log.warning("a recording was not written down", extra={"error": type(error).__name__})
    finally:
        connections.close_all()
