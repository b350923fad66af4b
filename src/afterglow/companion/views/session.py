"""The day of a sitting: before, now, home; then the next morning, and what stays. Every step may be left out."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afterglow.companion import services
from afterglow.companion.forms import CardForm, MorningForm, PressureForm, SaidForm, StaysForm
from afterglow.companion.queries import session as queries
from afterglow.companion.services import session as changes
from afterglow.core.safety.saved import shows_help
from afterglow.journal.queries.making import GONE
from afterglow.medicine import services as medicine
from afterglow.medicine.documents import Sitting
from afterglow.plans import queries as plans
from afterglow.plans.documents import Why
from afterglow.plans.services import keep_part
from afterglow.ui.clock import now, today, zone_of
from afterglow.vault.documents import Stored
from afterglow.vault.http import VaultRequest
from afterglow.vault.media.refusals import Refused
from afterglow.vault.open_vault import NotHere

LEVELS = (1, 3, 5, 7, 9)


def start(request: VaultRequest) -> HttpResponse:
    """Where the day is now; a sitting that nobody planned is noted in one tap."""
    current = queries.sitting_of_today(request.vault, today(request))
    if request.method == "POST":
        current = current or medicine.plan_sitting(
            vault=request.vault, day=today(request), zone=zone_of(request)
        )
        return redirect("companion:session_before", current.id)
    if current is None:
        return render(request, "companion/session/start.html")
    if current.document.done:
        return redirect("companion:session_home")
    return redirect(
        "companion:session_now" if current.document.began else "companion:session_before",
        *([] if current.document.began else [current.id]),
    )


def before(request: VaultRequest, sitting_id: UUID) -> HttpResponse:
    """Three cards: why, the lift home, who is with me. Each can be filled here."""
    stored = _sitting(request, sitting_id)
    card = request.POST.get("card", "")
    form = CardForm(request.POST or None)
    if request.method == "POST" and card in {"why", "lift_home", "who"} and form.is_valid():
        words = form.cleaned_data["words"].strip()
        if words and card == "why":
            keep_part(vault=request.vault, part=Why(why=words, since=today(request)))
        elif words:
            medicine.keep_card(vault=request.vault, sitting=sitting_id, name=card, words=words)
        return redirect("companion:session_before", sitting_id)
    context = {"stored": stored, "sitting": stored.document, "why": plans.my_why(request.vault)}
    return render(request, "companion/session/before.html", context)


@require_POST
def there(request: VaultRequest, sitting_id: UUID) -> HttpResponse:
    """I am there."""
    _sitting(request, sitting_id)
    medicine.begin_sitting(vault=request.vault, sitting=sitting_id, now=now(request))
    return redirect("companion:session_now")


def during(request: VaultRequest) -> HttpResponse:
    """Black, two large buttons. How long it has been is shown only to who asks."""
    current = queries.sitting_of_today(request.vault, today(request))
    form = SaidForm(request.POST or None, request.FILES or None)
    kept = "kept" in request.GET
    if request.method == "POST" and form.is_valid() and _keep_said(request, form, current):
        return redirect(f"{reverse('companion:session_now')}?kept=1")
    minutes = queries.minutes_since(current.document, now(request)) if current else None
    context = {
        "form": form,
        "current": current,
        "kept": kept,
        "minutes": minutes if "how-long" in request.GET else None,
        "can_say_how_long": minutes is not None,
        "pressure_form": PressureForm(
            initial={"at": "40 min" if minutes and minutes >= 25 else "before"}
        ),
    }
    return render(request, "companion/session/now.html", context)


@require_POST
def pressure(request: VaultRequest, sitting_id: UUID) -> HttpResponse:
    """A reading from the cuff, before or at 40 minutes."""
    _sitting(request, sitting_id)
    form = PressureForm(request.POST)
    if not form.is_valid():
        return render(
            request,
            "companion/session/pressure.html",
            {"pressure_form": form, "sitting_id": sitting_id},
        )
    medicine.keep_pressure(vault=request.vault, sitting=sitting_id, pressure=form.reading())
    return redirect(f"{reverse('companion:session_now')}?kept=1")


def home(request: VaultRequest) -> HttpResponse:
    """I am home and settled: how it is, then what is easiest; each step may be left out with the same weight."""
    current = queries.sitting_of_today(request.vault, today(request))
    if request.method == "POST" and current is not None:
        medicine.record_done(vault=request.vault, sitting=current.id)
        return redirect("companion:session_home")
    context = {
        "current": current,
        "levels": LEVELS,
        "ask_felt": current is not None
        and not current.document.felt
        and current.document.felt_on != today(request),
    }
    return render(request, "companion/session/home.html", context)


def morning(request: VaultRequest, sitting_id: UUID) -> HttpResponse:
    """Four questions built on what was kept; any may stay empty."""
    stored = _sitting(request, sitting_id)
    asks = queries.morning_asks(request.vault, stored)
    form = MorningForm(request.POST or None, asks=asks)
    if request.method == "POST" and form.is_valid():
        kept = changes.keep_answers(
            vault=request.vault,
            sitting=sitting_id,
            prefix=queries.MORNING_PREFIX,
            answers=[changes.Answer(*each) for each in form.answers()],
            at=now(request),
        )
        return _thanks(request, kept)
    return render(request, "companion/session/morning.html", {"form": form, "stored": stored})


def stays(request: VaultRequest, sitting_id: UUID) -> HttpResponse:
    """Day 3 and day 7: what stays, and perhaps one small thing."""
    stored = _sitting(request, sitting_id)
    first = queries.which_stays(request.vault, stored, today(request))
    form = StaysForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kept = changes.keep_what_stays(
            vault=request.vault,
            sitting=sitting_id,
            prefix=queries.STAYS_PREFIX,
            answer=changes.Answer(str(first), form.question, form.cleaned_data["text"]),
            small=form.cleaned_data["small"],
            at=now(request),
        )
        return _thanks(request, kept)
    return render(
        request, "companion/session/stays.html", {"form": form, "stored": stored, "first": first}
    )


@require_POST
def not_now(request: VaultRequest) -> HttpResponse:
    """It is not offered again today."""
    services.put_off(vault=request.vault, day=today(request), thing=request.POST.get("thing", ""))
    return redirect("companion:today")


def _keep_said(request: VaultRequest, form: SaidForm, current: Stored[Sitting] | None) -> bool:
    """Whether it was kept; where not, the form says why and the words stay."""
    try:
        said = changes.Said(**form.said())
        sitting = current.id if current else None
        changes.keep_said(vault=request.vault, said=said, sitting=sitting, at=now(request))
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return False
    except NotHere:
        form.add_error(None, GONE)
        return False
    return True


def _thanks(request: VaultRequest, kept: list[Any]) -> HttpResponse:
    show_help = any(shows_help(stored.document.text) for stored in kept)
    return render(request, "companion/session/kept.html", {"kept": kept, "show_help": show_help})


def _sitting(request: VaultRequest, sitting_id: UUID) -> Stored[Sitting]:
    try:
        return request.vault.get(Sitting, sitting_id)
    except NotHere as gone:
        raise Http404 from gone
