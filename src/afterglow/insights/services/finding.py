"""Finding beside the requests: a long journal is read in the thread, with progress, and can be stopped.

What has been read is kept sealed, so reading goes on where a lock or the person stopped it.
"""

from concurrent.futures import Future, wait
from dataclasses import dataclass
from uuid import UUID

from afterglow.insights.queries import finding
from afterglow.insights.queries import vectors as queries
from afterglow.insights.services import vectors
from afterglow.vault.open_vault import OpenVault

# So much is done within the request that asks for it.
MISSING_AT_ONCE = 25
ENTRIES_AT_ONCE = 250
A_MOMENT_SECONDS = 0.8
A_WHILE_SECONDS = 25.0

_under_way: dict[UUID, Future[None]] = {}


@dataclass(frozen=True, slots=True)
class Progress:
    """How many entries are read, of how many; once all are read, what returns is being found."""

    read: int
    total: int

    @property
    def all_read(self) -> bool:
        return self.read == self.total


def progress(vault: OpenVault) -> Progress:
    missing, total = len(queries.missing(vault)), finding.entries_count(vault)
    return Progress(total - missing, total)


def prepare(vault: OpenVault, *, patient: bool = False) -> Progress | None:
    """None where the pages can be shown now; else the work is under way in the thread, and this is how far it is."""
    if finding.is_found(vault) or _is_short(vault):
        return None
    moment = 0.0 if _is_under_way(vault) else A_MOMENT_SECONDS
    wait([begin(vault)], timeout=A_WHILE_SECONDS if patient else moment)
    return None if finding.is_found(vault) else progress(vault)


def _is_short(vault: OpenVault) -> bool:
    return (
        finding.entries_count(vault) <= ENTRIES_AT_ONCE
        and len(queries.missing(vault)) <= MISSING_AT_ONCE
    )


def begin(vault: OpenVault) -> Future[None]:
    """Read and find in the thread, unless that is under way already."""
    if not _is_under_way(vault):
        _under_way[vault.owner] = vectors.beside(_read_and_find, vault)
    return _under_way[vault.owner]


def _is_under_way(vault: OpenVault) -> bool:
    known = _under_way.get(vault.owner)
    return known is not None and not known.done()


def _read_and_find(reference: vectors.Reference) -> None:
    """Between its steps it lets the vault go, so that a lock finds nothing held here."""
    gathered = _read(reference)
    found = finding.work_out(gathered) if gathered is not None else None
    vault = reference()
    if vault is not None and found is not None:
        finding.hold(vault, found)


def _read(reference: vectors.Reference) -> finding.Gathered | None:
    vault = reference()
    if vault is None:
        return None
    vectors.make_missing(vault)
    return finding.gather(vault) if vault.is_open else None


def stop(*, vault: OpenVault) -> None:
    """Stop after the entry that is being read; what was read stays."""
    vault.hold(queries.STOPPED, value=True)


def go_on(*, vault: OpenVault) -> None:
    """Read on where it was stopped."""
    vault.hold(queries.STOPPED, value=False)
    begin(vault)
