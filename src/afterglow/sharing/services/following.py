"""What a grant covers follows the vault: new revisions are wrapped, what left a scope is taken out and gets new keys."""

from collections.abc import Sequence
from uuid import UUID

from afterglow.journal.documents import Entry
from afterglow.sharing.documents import Terms
from afterglow.sharing.queries.people import read_terms
from afterglow.sharing.queries.scopes import FORMS, RULES, covered
from afterglow.sharing.services import arrivals, projecting
from afterglow.vault.grants import giving, people, rekeying
from afterglow.vault.grants.documents import projection_id
from afterglow.vault.open_vault import Change, NotHere, OpenVault

# Beyond so many changes at once it is quicker to look at everything.
MOST_ONE_BY_ONE = 200
# A second or less of work.
RECORDS_IN_A_REQUEST = 2000
DONE = "sharing.new-keys"
TAKING_IN = "sharing.taking-in"
# What some scope can cover; and what was deleted, of which the kind is no longer known.
FOLLOWED = frozenset({kind.kind for kind in RULES} | {None})


def after_change(vault: OpenVault, changes: Sequence[Change]) -> None:
    """Called after every change, and at unlock with what was missed or nothing."""
    _take_in(vault)
    if not changes:
        rekeying.rekey_some(vault)
        return
    told = [change for change in changes if change.kind in FOLLOWED]
    if told:
        _follow(vault, told)


def _take_in(vault: OpenVault) -> None:
    """What came from others; keeping it is a change, too, which must not begin this again."""
    if vault.held(TAKING_IN):
        return
    vault.hold(TAKING_IN, value=True)
    try:
        arrivals.receive(vault)
    finally:
        vault.hold(TAKING_IN, value=False)


def _follow(vault: OpenVault, changes: Sequence[Change]) -> None:
    deleted = {change.id for change in changes if change.kind is None}
    hidden = deleted | {c.id for c in changes if c.kind == Entry.kind and _is_tender(vault, c.id)}
    with vault.together():
        if deleted:
            projecting.drop_projections(vault, deleted)
        if hidden:
            projecting.take_quotes_out(vault, hidden)
        changed = {change.id for change in changes}
        _bring_in_line(vault, changed)
    rekeying.rekey_some(vault)


def _is_tender(vault: OpenVault, entry: UUID) -> bool:
    try:
        return vault.head(Entry, entry).document.tender
    except NotHere:
        return True


def _bring_in_line(vault: OpenVault, changed: set[UUID]) -> None:
    for row in giving.given(vault):
        if _may_follow(vault, row.partner):
            terms = read_terms(row.terms)
            # An entry may have gained or lost a photo, which is a record of its own.
            if len(changed) > MOST_ONE_BY_ONE or changed & set(terms.entries):
                _all_of(vault, row.id, terms)
            else:
                _some_of(vault, row.id, terms, changed)


def _may_follow(vault: OpenVault, partner: UUID) -> bool:
    """Nothing new goes to a person whose keys are not the known ones."""
    try:
        people.known(vault, partner)
    except (people.NotMet, people.KeyChanged):
        return False
    return True


def _some_of(vault: OpenVault, grant: UUID, terms: Terms, changed: set[UUID]) -> None:
    found = covered(vault, terms, only=changed)
    records = projecting.project(vault, found)
    could_be = changed | {projection_id(of, form) for of in changed for form in FORMS}
    giving.take_out(vault, grant, could_be - records)
    if records:
        giving.cover_also(vault, grant, records)


def _all_of(vault: OpenVault, grant: UUID, terms: Terms) -> None:
    giving.cover(vault, grant, projecting.project(vault, covered(vault, terms)))


def new_keys(*, vault: OpenVault) -> rekeying.Left:
    """The next step of giving new keys; `done` counts from the first step on, until all is done."""
    before = vault.held(DONE)
    step = rekeying.rekey_some(vault, most=RECORDS_IN_A_REQUEST)
    done = step.done + (before if isinstance(before, int) else 0)
    vault.hold(DONE, done if step.left else 0)
    return rekeying.Left(done, step.left)
