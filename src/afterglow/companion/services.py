"""What is said on Today about this one day: hard, enough, not now."""

from datetime import date

from afterglow.companion.queries.today import DAY_FORM, day_state
from afterglow.vault.open_vault import OpenVault


def say_hard(*, vault: OpenVault, day: date, hard: bool = True) -> None:
    _keep(vault, day, hard="yes" if hard else "")


def say_enough(*, vault: OpenVault, day: date) -> None:
    _keep(vault, day, enough="yes")


def put_off(*, vault: OpenVault, day: date, thing: str) -> None:
    """Not now: it is not offered again today."""
    state = day_state(vault, day)
    if thing and " " not in thing and len(thing) < 120:
        _keep(vault, day, not_now=" ".join(sorted(state.not_now | {thing})))


def _keep(vault: OpenVault, day: date, **changes: str) -> None:
    state = day_state(vault, day)
    kept = {
        "day": day.isoformat(),
        "hard": "yes" if state.hard else "",
        "enough": "yes" if state.enough else "",
        "not_now": " ".join(sorted(state.not_now)),
    }
    vault.keep_draft(DAY_FORM, kept | changes)
