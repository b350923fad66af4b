"""Check-ins with oneself: a question or two, a kind word, and those that were kept."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from afterglow.companion import services
from afterglow.companion.forms import OwnCheckForm
from afterglow.core.content import library
from afterglow.core.content.kinds import OwnCheck
from afterglow.core.safety.saved import shows_help
from afterglow.plans.documents import OwnCheckIn
from afterglow.plans.queries import rhythm
from afterglow.ui import clock
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import NotHere


def own_check(request: VaultRequest, point: str) -> HttpResponse:
    """The questions of one point; what is typed waits as a draft."""
    check, key = _check(point, request.LANGUAGE_CODE), f"own-check.{point}"
    form = OwnCheckForm(
        request.POST or None, initial=request.vault.draft(key), questions=check.questions
    )
    if request.method == "POST" and form.is_valid():
        kept = services.keep_own_check(
            vault=request.vault,
            day=clock.today(request),
            point=point,
            answers=form.answers(),
            draft=key,
        )
        return redirect("companion:own_check_kept", record=kept.id)
    context = {"check": check, "form": form, "draft_key": key}
    return render(request, "companion/own_check.html", context)


def own_check_kept(request: VaultRequest, record: UUID) -> HttpResponse:
    """What was said, and a kind word. Its words may bring the help panel; nothing of that is stored."""
    try:
        kept = request.vault.get(OwnCheckIn, record).document
    except NotHere as error:
        raise Http404 from error
    check = _check(kept.point, request.LANGUAGE_CODE)
    context = {
        "check": check,
        "kept": kept,
        "lines": [pair for pair in zip(check.questions, kept.answers, strict=False) if pair[1]],
        "show_help": shows_help("\n\n".join(kept.answers)),
    }
    return render(request, "companion/own_check_kept.html", context)


def own_checks(request: VaultRequest) -> HttpResponse:
    """Those that were answered, newest first."""
    titles = {each.id: each.title for each in library.own_checks(request.LANGUAGE_CODE)}
    rows = [
        (stored, titles.get(stored.document.point, ""))
        for stored in rhythm.own_check_ins(request.vault)
        if not stored.document.skipped
    ]
    return render(request, "companion/own_checks.html", {"rows": rows})


def _check(point: str, language: str) -> OwnCheck:
    for known in library.own_checks(language):
        if known.id == point:
            return known
    raise Http404
