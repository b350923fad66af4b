"""Writing down what a recording says, on this computer, with a model the person supplied; in one thread beside the requests.

What was heard is a draft of the entry until the person keeps it. Leaves out which sentences are right: only they know.
"""

import logging
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Literal, cast
from uuid import UUID

from django.db import connections
from django.utils import timezone

from afterglow.journal.documents import Entry
from afterglow.journal.queries import hearing
from afterglow.journal.queries.making import shown
from afterglow.vault.media.queries import read_media
from afterglow.vault.open_vault import OpenVault

Reference = Callable[[], OpenVault | None]
State = Literal["waits", "hears", "done", "nothing", "stopped", "failed"]
# A slow computer hears half a minute of speech in minutes, and what waits is told of only when its turn comes.
SILENT_FOR = {"waits": timedelta(hours=2), "hears": timedelta(minutes=5)}
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
    """What is known of the work on this entry, whichever process of this program does it."""
    here = _works.get((vault.owner, entry))
    if here is not None and here.is_under_way:
        return here
    return _told(vault, entry) or here


def settled(*, vault: OpenVault, entry: UUID) -> None:
    """The person goes on to what was heard: nothing need be known of the work any more."""
    _works.pop((vault.owner, entry), None)
    vault.drop_draft(_place(entry))


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
    vault.drop_draft(_stop_place(entry))
    _tell(vault, entry, work)
    _thread().submit(_in_thread, vault.reference(), entry, work)
    return work


def stop(*, vault: OpenVault, entry: UUID) -> None:
    """Stop after the sentence that is being heard; what was heard so far is let go."""
    work = work_on(vault, entry)
    if work is not None and work.is_under_way:
        work.stop = True
        # It may be heard in another process.
        vault.keep_draft(_stop_place(entry), {"stop": "yes"})


def hear(reference: Reference, entry: UUID, work: Work) -> None:
    """Hear every recording of the entry. Between sentences it lets the vault go, so that a lock finds nothing held."""
    sounds = _sounds(reference, entry)
    if sounds is None or not _goes_on(reference, entry, work, "hears", 0.0):
        work.state = "stopped"
        return
    words: list[str] = []
    for number, sound in enumerate(sounds):
        for piece in hearing.listener()(sound):
            words.append(piece.text.strip())
            share = (number + piece.share) / len(sounds)
            if not _goes_on(reference, entry, work, "hears", share):
                return
    _keep(reference, entry, " ".join(word for word in words if word), work)


def _goes_on(reference: Reference, entry: UUID, work: Work, state: State, share: float) -> bool:
    """Says how far it is, unless the vault is locked or the person wants it to stop."""
    vault = reference()
    goes_on = vault is not None and not work.stop and not vault.draft(_stop_place(entry))
    work.state, work.share = (state, share) if goes_on else ("stopped", work.share)
    if vault is not None:
        _tell(vault, entry, work)
    return goes_on


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
    before = draft.get("text", "").strip()
    if text not in before:
        vault.keep_draft(form, draft | {"text": f"{before}\n\n{text}" if before else text})
    work.share = 1.0
    work.state = "done" if text else "nothing"
    _tell(vault, entry, work)


def _tell(vault: OpenVault, entry: UUID, work: Work) -> None:
    """How far it is, sealed where every process of this program finds it."""
    at, by = timezone.now().isoformat(), str(os.getpid())
    told = {"state": work.state, "share": f"{work.share:.3f}", "at": at, "by": by}
    vault.keep_draft(_place(entry), told)


def _told(vault: OpenVault, entry: UUID) -> Work | None:
    """What was told last. Work that nobody has told of for long, or that this very process does not know, has ended."""
    told = vault.draft(_place(entry))
    if not told:
        return None
    work = Work(cast("State", told["state"]), float(told["share"]))
    silent = timezone.now() - datetime.fromisoformat(told["at"])
    if work.is_under_way and (told["by"] == str(os.getpid()) or silent > SILENT_FOR[work.state]):
        work.state = "stopped"
    return work


def _place(entry: UUID) -> str:
    return f"hearing.{entry}"


def _stop_place(entry: UUID) -> str:
    return f"hearing.{entry}.stop"


@cache
def _thread() -> ThreadPoolExecutor:
    """One thread in each process, started when first needed."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="hearing")


def _in_thread(reference: Reference, entry: UUID, work: Work) -> None:
    try:
        hear(reference, entry, work)
    except Exception as error:  # noqa: BLE001 - the recording stays, and the person may try again
        work.state = "failed"
        if vault := reference():
            _tell(vault, entry, work)
        log.warning("a recording was not written down", extra={"error": type(error).__name__})
    finally:
        connections.close_all()
