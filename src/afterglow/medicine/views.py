"""Pages of sittings: the list, planning one, before, after, as recorded, one tap, removing."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afterglow.accounts.queries import preferences
from afterglow.core import content
from afterglow.core.safety.saved import shows_help
from afterglow.medicine import queries, services
from afterglow.medicine.documents import Sitting
from afterglow.medicine.forms import (
    AfterForm,
    BeforeForm,
    EditForm,
    PlanForm,
    language,
    points,
    reading,
    started,
)
from afterglow.ui.clock import now, today, zone_of
from afterglow.vault.documents import Stored
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import Conflict, NotHere, OpenVault

PLAN_DRAFT = "sitting.plan"


@dataclass(frozen=True, slots=True)
class NamedEffect:
    """A side effect in words; `tell` says that a clinic would want to hear of it."""

    name: str
    severity: int
    tell: bool


def sittings(request: VaultRequest) -> HttpResponse:
    """What is to come, then what was, newest first."""
    day = today(request)
    rows = queries.sittings(request.vault)
    context = {
        "coming": [each for each in rows if _is_coming(each.document) and each.document.day >= day],
        "unsaid": [each for each in rows if _is_coming(each.document) and each.document.day < day],
        "past": [each for each in reversed(rows) if not _is_coming(each.document)],
        "numbers": {each.id: queries.number_of(request.vault, each.id) for each in rows},
    }
    return render(request, "medicine/sittings.html", context)


def _is_coming(sitting: Sitting) -> bool:
    return not sitting.done and not sitting.cancelled


def plan(request: VaultRequest) -> HttpResponse:
    """Plan one, or note one that was: a day before today is taken as done."""
    initial = started(_planned_for(request), request.vault.draft(PLAN_DRAFT))
    form = PlanForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts, day = form.facts(), today(request)
        came_home = facts.pop("done") and facts["day"] == day
        kept = services.plan_sitting(
            vault=request.vault,
            zone=zone_of(request),
            done=came_home or facts["day"] < day,
            draft=PLAN_DRAFT,
            **facts,
        )
        return redirect("medicine:after" if came_home else "medicine:sitting", kept.id)
    return render(request, "medicine/plan.html", {"form": form, "draft_key": PLAN_DRAFT})


def _planned_for(request: VaultRequest) -> dict[str, object]:
    """Two of the four doors bring their day along: `?when=tomorrow` and `?when=home`."""
    when, day = request.GET.get("when", ""), today(request)
    if when == "tomorrow":
        return {"day": day + timedelta(days=1), "done": False}
    return {"day": day, "done": True} if when == "home" else {"done": False}


def sitting(request: VaultRequest, sitting_id: UUID) -> HttpResponse:
    """One sitting and what was written about it. Right after keeping, its words may bring the help panel."""
    stored = _get(request.vault, sitting_id)
    day = today(request)
    context = _facts(request, stored) | {
        "days": (day - stored.document.day).days,
        "ask_done": not stored.document.done and stored.document.day <= day,
        "ask_felt": _asks_felt(stored.document, request),
        "effects": _named_effects(stored.document),
        "prepared": _ticked(stored.document),
        "came_up": any(getattr(stored.document, name) for name in AfterForm.words),
        "pressures": [(reading(each), each) for each in stored.document.pressures],
        "show_help": "kept" in request.GET and shows_help(_all_words(stored.document)),
    }
    return render(request, "medicine/sitting.html", context)


def _all_words(kept: Sitting) -> str:
    return "\n\n".join(getattr(kept, name) for name in (*AfterForm.words, "intention"))


def _facts(request: VaultRequest, stored: Stored[Sitting]) -> dict[str, object]:
    routes = {route.id: route.name for route in content.routes(language())}
    return {
        "stored": stored,
        "sitting": stored.document,
        "number": queries.number_of(request.vault, stored.id),
        "route": routes.get(stored.document.route, stored.document.route),
    }


def _asks_felt(kept: Sitting, request: VaultRequest) -> bool:
    """Once it is done, and not again on a day that already heard *not now*."""
    return kept.done and not kept.felt and kept.felt_on != today(request)


def _named_effects(kept: Sitting) -> list[NamedEffect]:
    known = {effect.id: effect for effect in content.side_effects(language())}
    return [
        NamedEffect(known[each.name].name, each.severity, tell=known[each.name].ask_clinic)
        if each.name in known
        else NamedEffect(each.name, each.severity, tell=False)
        for each in kept.side_effects
    ]


def _ticked(kept: Sitting) -> list[str]:
    return [point.text for point in points() if point.id in kept.prepared]


def before(request: VaultRequest, sitting_id: UUID) -> HttpResponse:
    """Intention, lift home, who is there, and a list to tick off."""
    stored, key = _get(request.vault, sitting_id), f"sitting.before.{sitting_id}"
    initial = started(BeforeForm.of(stored.document, stored.rev), request.vault.draft(key))
    form = BeforeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        kept = services.keep_before(
            vault=request.vault,
            sitting=sitting_id,
            intention=cleaned["intention"],
            lift_home=cleaned["lift_home"],
            who=cleaned["who"],
            prepared=form.prepared(),
            base_rev=cleaned["base_rev"],
            draft=key,
        )
        return _after_keeping(request, kept, sitting_id)
    context = _facts(request, stored) | {
        "form": form,
        "draft_key": key,
        "to_ask": content.interactions(language()),
    }
    return render(request, "medicine/before.html", context)


def hand_over(request: VaultRequest) -> HttpResponse:
    """A page for the person who is there, to read or to print; nothing of one's own is on it."""
    pages = [each for each in content.checklists(language()) if each.hand_over]
    code = preferences(request.vault).country
    context = {"pages": pages, "country": content.country(code, language())}
    return render(request, "medicine/hand_over.html", context)


def after(request: VaultRequest, sitting_id: UUID) -> HttpResponse:
    """What came up, before it fades; every field may stay empty."""
    stored, key = _get(request.vault, sitting_id), f"sitting.after.{sitting_id}"
    initial = started(AfterForm.of(stored.document, stored.rev), request.vault.draft(key))
    form = AfterForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        kept = services.keep_after(
            vault=request.vault,
            sitting=sitting_id,
            side_effects=form.side_effects(stored.document.side_effects),
            pressures=form.pressures(stored.document.pressures),
            base_rev=form.cleaned_data["base_rev"],
            draft=key,
            **{name: form.cleaned_data[name] for name in AfterForm.words},
        )
        return _after_keeping(request, kept, sitting_id)
    context = _facts(request, stored) | {"form": form, "draft_key": key}
    return render(request, "medicine/after.html", context)


def edit(request: VaultRequest, sitting_id: UUID) -> HttpResponse:
    """As recorded: when, how, where, how much, and whether it took place."""
    stored, key = _get(request.vault, sitting_id), f"sitting.edit.{sitting_id}"
    initial = EditForm.of(stored.document, stored.rev) | request.vault.draft(key)
    form = EditForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = form.facts()
        state = facts.pop("state")
        kept = services.change_sitting(
            vault=request.vault,
            sitting=sitting_id,
            zone=stored.document.zone,
            done=state == "done",
            cancelled=state == "cancelled",
            draft=key,
            **facts,
        )
        return _after_keeping(request, kept, sitting_id)
    context = _facts(request, stored) | {"form": form, "draft_key": key}
    return render(request, "medicine/edit.html", context)


@require_POST
def felt(request: VaultRequest, sitting_id: UUID) -> HttpResponse:
    """One tap: hard, nothing much, good, not now. *Hard* leads to grounding instead of questions."""
    tap = request.POST.get("felt", "")
    _get(request.vault, sitting_id)
    services.keep_felt(vault=request.vault, sitting=sitting_id, felt=tap, today=today(request))
    return redirect("companion:hard") if tap == "hard" else redirect("medicine:sitting", sitting_id)


@require_POST
def done(request: VaultRequest, sitting_id: UUID) -> HttpResponse:
    """It took place, or it did not."""
    _get(request.vault, sitting_id)
    change = (
        services.cancel_sitting if request.POST.get("took_place") == "no" else services.record_done
    )
    change(vault=request.vault, sitting=sitting_id)
    return redirect("medicine:sitting", sitting_id)


def remove(request: VaultRequest, sitting_id: UUID) -> HttpResponse:
    """Ask first; near a sitting it waits until the next day."""
    stored = _get(request.vault, sitting_id)
    until = queries.held_until(request.vault, now(request))
    if request.method == "POST" and until is None:
        services.remove_sitting(vault=request.vault, sitting=sitting_id, now=now(request))
        return redirect("medicine:sittings")
    return render(request, "medicine/remove.html", _facts(request, stored) | {"until": until})


def _get(vault: OpenVault, sitting_id: UUID) -> Stored[Sitting]:
    try:
        return vault.get(Sitting, sitting_id)
    except NotHere as gone:
        raise Http404 from gone


def _after_keeping(request: VaultRequest, kept: services.Kept, sitting_id: UUID) -> HttpResponse:
    """Where something else was kept meanwhile, both are shown."""
    if isinstance(kept, Conflict):
        return render(request, "medicine/both_kept.html", {"sitting_id": sitting_id, "kept": kept})
    return redirect(f"{reverse('medicine:sitting', args=[sitting_id])}?kept=1")
