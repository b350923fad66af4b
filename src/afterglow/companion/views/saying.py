"""Keeps what was said in or after a sitting, as a recording or in words, with the sitting that it belongs to."""

from uuid import UUID

from afterglow.companion.forms import SaidForm
from afterglow.core.days import Moment
from afterglow.journal.documents import Entry
from afterglow.journal.queries.making import GONE
from afterglow.journal.services import keep_entry
from afterglow.journal.services.making import Placed, keep_recording
from afterglow.medicine import queries as medicine
from afterglow.ui import clock
from afterglow.vault.documents import Stored
from afterglow.vault.http import VaultRequest
from afterglow.vault.media.services import Refused
from afterglow.vault.open_vault import NotHere


def keep_said(request: VaultRequest, form: SaidForm) -> Stored[Entry] | None:
    """None where the recording was not taken in: the form says why, and the words are still in it."""
    upload, at = form.recorded, clock.now(request)
    text = form.cleaned_data["text"]
    if upload is None:
        return keep_words(request, text)
    try:
        return keep_recording(
            vault=request.vault,
            upload=upload,
            recording=form.cleaned_data["recording_id"],
            arrived=form.cleaned_data["instead_of"],
            placed=Placed(written=at, sitting=_sitting(request, at)),
            text=text,
            lasted_seconds=form.cleaned_data["lasted_seconds"] or 0,
            waveform=form.cleaned_data["waveform"],
        )
    except Refused as refused:
        form.add_error("recording", refused.sentence)
    except NotHere:
        form.add_error("recording", GONE)
    return None


def keep_words(request: VaultRequest, text: str) -> Stored[Entry]:
    at = clock.now(request)
    return keep_entry(
        vault=request.vault,
        text=text,
        written=at,
        kind_of="sitting",
        sitting=_sitting(request, at),
    )


def _sitting(request: VaultRequest, at: Moment) -> UUID | None:
    found = medicine.sitting_at(request.vault, at)
    return found.id if found else None
