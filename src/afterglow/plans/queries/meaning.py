"""Why, insights, obstacles and purposes, and the words that something came from."""

from uuid import UUID

from afterglow.plans.documents import Insight, Obstacle, Purpose, Why
from afterglow.plans.queries.rows import newest_first
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import NotHere, OpenVault


def whys(vault: OpenVault) -> list[Stored[Why]]:
    return newest_first(vault, Why)


def my_why(vault: OpenVault) -> Stored[Why] | None:
    """The newest why, if one was written."""
    return next(iter(whys(vault)), None)


def insights(vault: OpenVault) -> list[Stored[Insight]]:
    """Newest first; those to strengthen stand before the others."""
    return sorted(newest_first(vault, Insight), key=lambda s: not s.document.strengthen)


def obstacles(vault: OpenVault) -> list[Stored[Obstacle]]:
    return newest_first(vault, Obstacle)


def purposes(vault: OpenVault) -> list[Stored[Purpose]]:
    return newest_first(vault, Purpose)


def words_behind(vault: OpenVault, source: UUID | None) -> str:
    """The person's own words that a goal or an obstacle comes from, or nothing where they are gone."""
    if source is None:
        return ""
    for kind, name in ((Insight, "insight"), (Purpose, "purpose"), (Obstacle, "obstacle")):
        try:
            return str(getattr(vault.head(kind, source).document, name))
        except NotHere:
            continue
    return ""
