"""Decisions about themes: name, put away, keep in front, say what it means, teach."""

from uuid import UUID

import msgspec

from afterglow.insights.documents import ThemeMark
from afterglow.insights.queries import themes as queries
from afterglow.journal.documents import Entry
from afterglow.vault.open_vault import OpenVault


def decide(*, vault: OpenVault, theme: str, **changes: object) -> None:
    """Change one thing about a theme and keep what was decided before."""
    changed = msgspec.structs.replace(queries.decision(vault, theme), **changes)
    vault.put(changed, record=queries.decision_id(vault, theme))


def mark(*, vault: OpenVault, label: str, entry: UUID, start: int, end: int, belongs: bool) -> None:
    """Part of this, or not this. Raises NotHere for an entry that is not this person's."""
    vault.head(Entry, entry)
    vault.put(ThemeMark(label=label, entry=entry, start=start, end=end, belongs=belongs))
