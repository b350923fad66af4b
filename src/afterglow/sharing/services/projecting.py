"""Writes what a scope shows and no document says by itself: narrowed copies, and themes as they may be shown."""

from collections.abc import Iterable
from uuid import UUID, uuid5

import msgspec

from afterglow.core.themes.themes import Theme
from afterglow.insights.queries import decided, finding, sources
from afterglow.insights.queries.themes import why
from afterglow.insights.services.finding import prepare
from afterglow.sharing.documents import Quote, Terms, ThemeShown
from afterglow.sharing.queries.scopes import FORMS, WHOLE, Covered
from afterglow.vault.grants.documents import Projection, projection, projection_id
from afterglow.vault.open_vault import OpenVault

SHOWN = UUID("0a1f6f2e-3c6b-4d5f-9a57-6f0f1c2d7b31")
MOST_QUOTES = 12


def project(vault: OpenVault, found: Iterable[Covered]) -> set[UUID]:
    """Write the narrowed copies that are missing or stale; gives the records whose keys are to be given."""
    found = list(found)
    wanted = {
        each.record: projection(each.of, each.form, each.shown.document)
        for each in found
        if each.form != WHOLE
    }
    heads = [stored for stored in vault.heads(Projection) if stored.id in wanted]
    known = {stored.id: stored.document for stored in vault.whole(heads)}
    for record, document in known.items():
        if document != wanted[record]:
            vault.put(wanted[record], record=record)
    fresh = [(record, each) for record, each in wanted.items() if record not in known]
    if fresh:
        vault.put_all(fresh)
    return {each.record for each in found}


def drop_projections(vault: OpenVault, deleted: Iterable[UUID]) -> None:
    """What was narrowed from a deleted document goes with it."""
    known = {stored.id for stored in vault.heads(Projection)}
    for of in deleted:
        for form in FORMS:
            if (record := projection_id(of, form)) in known:
                vault.delete(record)


def refresh_themes(vault: OpenVault, terms: Terms) -> None:
    """Themes as they may be shown, where they are asked for and what returns has been found."""
    if "themes" not in terms.scopes or not finding.enough_entries(vault):
        return
    if prepare(vault, patient=True) is None:
        write_themes(vault, with_quotes="quotes" in terms.scopes)


def write_themes(vault: OpenVault, *, with_quotes: bool) -> None:
    """Every theme that is neither put away nor tender; those that are no longer there go."""
    wanted = {}
    for theme in finding.shaped(vault).themes:
        held = decided.head(vault, theme.id)
        if held is None or not (held.document.tender or held.document.dismissed):
            pinned = bool(held and held.document.pinned)
            wanted[_id(theme.id, with_quotes=with_quotes)] = _shown(
                vault, theme, pinned=pinned, with_quotes=with_quotes
            )
    known = {s.id: s for s in vault.heads(ThemeShown) if s.document.with_quotes == with_quotes}
    for record in known.keys() - wanted.keys():
        vault.delete(record)
    for record, document in wanted.items():
        if record not in known or known[record].document != document:
            vault.put(document, record=record)


def _id(theme: str, *, with_quotes: bool) -> UUID:
    return uuid5(SHOWN, f"{theme} {with_quotes}")


def _shown(vault: OpenVault, theme: Theme, *, pinned: bool, with_quotes: bool) -> ThemeShown:
    known = sources.sources(vault)
    days = sorted(known[UUID(entry)].day for entry in theme.entries if UUID(entry) in known)
    reasons = why(vault, theme)
    return ThemeShown(
        theme=theme.id,
        name=theme.label,
        kind_of=theme.type,
        entries=reasons.entries,
        sittings=reasons.sittings,
        course=reasons.course,
        first=days[0] if days else None,
        latest=days[-1] if days else None,
        pinned=pinned,
        with_quotes=with_quotes,
        quotes=_quotes(vault, theme) if with_quotes else (),
    )


def _quotes(vault: OpenVault, theme: Theme) -> tuple[Quote, ...]:
    known = sources.sources(vault)
    found = [
        Quote(entry=UUID(each.entry), day=known[UUID(each.entry)].day, words=each.quote)
        for each in theme.mentions
        if UUID(each.entry) in known
    ]
    return tuple(sorted(found, key=lambda quote: quote.day, reverse=True)[:MOST_QUOTES])


def take_quotes_out(vault: OpenVault, entries: set[UUID]) -> None:
    """No quote of an entry that was deleted or marked tender stays on a theme that someone may read."""
    for stored in vault.heads(ThemeShown):
        kept = tuple(q for q in stored.document.quotes if q.entry not in entries)
        if kept != stored.document.quotes:
            vault.put(msgspec.structs.replace(stored.document, quotes=kept), record=stored.id)
