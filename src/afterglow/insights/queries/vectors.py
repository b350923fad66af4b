"""Vectors of entries as they are kept, sealed: which still fit, and which are missing."""

from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from afterglow.core.themes.themes import PassageVectors
from afterglow.insights.documents import EntryVectors
from afterglow.journal.documents import Entry
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import OpenVault

if TYPE_CHECKING:
    from afterglow.core.themes.meaning import Meaning

STOPPED = "themes.stopped"
VECTORS = UUID("5e0a3f0c-3c0e-4f0e-9d0b-6c1c7a0a6c55")


def meaning() -> "Meaning | None":
    """The model of meaning, loaded once in a process and only when it is first asked for."""
    from afterglow.core.themes.meaning import the_model  # heavy: not before it is needed

    return the_model()


@cache
def model_name() -> str | None:
    """The name of the model that is installed, without loading it."""
    from afterglow.core.themes.meaning import installed_model  # heavy: numpy, as above

    return installed_model()


def is_stopped(vault: OpenVault) -> bool:
    """Whether the person stopped the reading; it begins again when they say so, or with the next unlock."""
    return bool(vault.held(STOPPED))


def vectors_id(entry: UUID) -> UUID:
    """Where the vectors of an entry are kept."""
    return uuid5(VECTORS, entry.hex)


def missing(vault: OpenVault) -> list[Stored[Entry]]:
    """Heads of the entries without vectors of this revision and this model; none without a model."""
    if model_name() is None:
        return []
    fitting = _fitting(vault)
    return [head for head in vault.heads(Entry) if head.id not in fitting]


def kept_vectors(vault: OpenVault) -> dict[str, PassageVectors]:
    """The vectors that still fit, by entry; entries without them are simply not there."""
    stored = vault.whole(list(_fitting(vault).values()))
    return {str(kept.document.entry): _opened(kept.document) for kept in stored}


def left_behind(vault: OpenVault) -> list[UUID]:
    """Vectors whose entry has gone."""
    entries = {head.id for head in vault.heads(Entry)}
    return [kept.id for kept in vault.heads(EntryVectors) if kept.document.entry not in entries]


def _fitting(vault: OpenVault) -> dict[UUID, Stored[EntryVectors]]:
    revisions = {head.id: head.rev for head in vault.heads(Entry)}
    return {
        kept.document.entry: kept
        for kept in vault.heads(EntryVectors)
        if kept.document.model == model_name()
        and revisions.get(kept.document.entry) == kept.document.entry_rev
    }


def _opened(document: EntryVectors) -> PassageVectors:
    import numpy as np  # heavy: not before it is needed

    from afterglow.core.themes.meaning import WIDTH  # heavy: as above

    bounds = document.spans
    spans = tuple(zip(bounds[::2], bounds[1::2], strict=True))
    # An entry without words has no passages; its no rows are as wide as all others.
    rows = np.frombuffer(document.rows, dtype=np.float16).reshape(len(spans), WIDTH)
    return PassageVectors(spans, rows, document.model)
