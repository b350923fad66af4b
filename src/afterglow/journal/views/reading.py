"""One entry: reading it, its earlier versions, marking it tender, removing it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afterglow.core.safety.saved import shows_help
from afterglow.journal import queries, services
from afterglow.journal.documents import Entry
from afterglow.journal.queries import hearing, making
from afterglow.journal.services.making import add_words as add_words_to
from afterglow.journal.views.finding import entry_or_404
from afterglow.medicine import queries as medicine
from afterglow.ui.clock import now
from afterglow.vault.http import VaultRequest
from afterglow.vault.media.refusals import WHY

LONGEST_WORDS = 100_000


def entry(request: VaultRequest, entry_id: UUID) -> HttpResponse:
    """The entry. Right after keeping it, its words may bring the help panel; nothing of that is stored."""
    services.carry_out_due_deletions(request.vault, now(request))
    stored = entry_or_404(request.vault, entry_id)
    just_kept = "kept" in request.GET
    shown = making.shown(request.vault, stored.document)
    context = {
        "stored": stored,
        "entry": stored.document,
        "sitting": _sitting(request, stored.document),
        "waiting": queries.waiting_deletion(request.vault, entry_id),
        "just_kept": just_kept,
        "not_kept": _not_kept(request) if just_kept else [],
        "has_pictures": any(each.media.is_picture for each in shown),
        "may_hold_photos": stored.document.kind_of != "drawing",
        "shown": shown,
        "may_be_heard": hearing.is_there() and any(each.media.is_sound for each in shown),
        "is_begun": bool(request.vault.draft(f"entry.{entry_id}")),
        "asks_for_words": stored.document.kind_of in {"voice", "music"},
        "show_help": just_kept and shows_help(stored.document.text),
        "settling": just_kept and _is_settling(request),
    }
    return render(request, "journal/entry.html", context)


def _not_kept(request: VaultRequest) -> list[str]:
    """Why photos that came with it were not kept, each reason once."""
    words = dict.fromkeys(request.GET.getlist("not"))
    return [str(WHY[word]) for word in words if word in WHY]


def _is_settling(request: VaultRequest) -> bool:
    """Whether the person is on the way through an evening after a sitting, and may want to go on there."""
    at = now(request)
    stored = medicine.sitting_today(request.vault, at)
    return stored is not None and medicine.is_settling(stored.document, at)


def _sitting(request: VaultRequest, kept: Entry) -> object:
    """The sitting it belongs to, unless that was removed."""
    for stored in medicine.sittings(request.vault):
        if stored.id == kept.sitting:
            return stored
    return None


@require_POST
def tender(request: VaultRequest, entry_id: UUID) -> HttpResponse:
    """Mark as tender, or take the mark away."""
    stored = entry_or_404(request.vault, entry_id)
    wanted = request.POST.get("tender", "") == "yes"
    if stored.document.tender != wanted:
        services.mark_tender(vault=request.vault, entry=entry_id, tender=wanted)
    return redirect("journal:entry", entry_id)


@require_POST
def add_words(request: VaultRequest, entry_id: UUID) -> HttpResponse:
    """A few words beside a recording, whenever they come."""
    entry_or_404(request.vault, entry_id)
    text = request.POST.get("text", "")[:LONGEST_WORDS]
    if text.strip():
        add_words_to(vault=request.vault, entry=entry_id, text=text)
        return redirect(f"{reverse('journal:entry', args=[entry_id])}?kept=1")
    return redirect("journal:entry", entry_id)


def history(request: VaultRequest, entry_id: UUID) -> HttpResponse:
    """All kept versions, newest first."""
    stored = entry_or_404(request.vault, entry_id)
    versions = request.vault.history(Entry, entry_id)
    context = {
        "stored": stored,
        "entry": stored.document,
        "now": versions[0],
        "earlier": versions[1:],
    }
    return render(request, "journal/history.html", context)


@require_POST
def bring_back(request: VaultRequest, entry_id: UUID) -> HttpResponse:
    """Make an earlier version the one that is shown; the present one becomes an earlier one."""
    entry_or_404(request.vault, entry_id)
    rev = request.POST.get("rev", "")
    if not rev.isdecimal() or not services.bring_back(
        vault=request.vault, entry=entry_id, rev=int(rev)
    ):
        raise Http404
    return redirect("journal:entry", entry_id)


def both(request: VaultRequest, entry_id: UUID, rev: int) -> HttpResponse:
    """Two versions that were written in two places, side by side; the person says which one is shown."""
    kept = entry_or_404(request.vault, entry_id)
    for other in request.vault.history(Entry, entry_id):
        if other.rev == rev:
            context = {
                "entry_id": entry_id,
                "both": {"kept": kept, "other": other},
                "show_help": shows_help(kept.document.text),
            }
            return render(request, "journal/both_kept.html", context)
    raise Http404


def clear_history(request: VaultRequest, entry_id: UUID) -> HttpResponse:
    """Ask, then remove the earlier versions for good."""
    stored = entry_or_404(request.vault, entry_id)
    until = medicine.held_until(request.vault, now(request))
    if request.method == "POST" and until is None:
        services.clear_history(vault=request.vault, entry=entry_id, now=now(request))
        return redirect("journal:entry", entry_id)
    context = {"stored": stored, "entry": stored.document, "until": until}
    return render(request, "journal/clear_history.html", context)


def delete(request: VaultRequest, entry_id: UUID) -> HttpResponse:
    """Ask, then remove every version; near a sitting the wish waits a day and can be called off."""
    stored = entry_or_404(request.vault, entry_id)
    if request.method == "POST":
        waits = services.delete_entry(vault=request.vault, entry=entry_id, now=now(request))
        return redirect("journal:entry", entry_id) if waits else redirect("journal:entries")
    context = {
        "stored": stored,
        "entry": stored.document,
        "until": medicine.held_until(request.vault, now(request)),
    }
    return render(request, "journal/delete.html", context)


@require_POST
def call_off(request: VaultRequest, entry_id: UUID) -> HttpResponse:
    """It stays after all."""
    entry_or_404(request.vault, entry_id)
    services.call_off_deletion(vault=request.vault, entry=entry_id)
    return redirect("journal:entry", entry_id)
