"""The day of a sitting: before, now, and what can be noted on the way. *Now* opens also while the vault is shut."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from afterglow.companion.forms import CardForm, PressureForm, SaidForm, SideEffectForm, WhyCardForm
from afterglow.companion.queries.severity import severity_word
from afterglow.companion.views.saying import keep_said
from afterglow.core.content import library
from afterglow.medicine import queries as medicine
from afterglow.medicine import services as sittings
from afterglow.medicine.documents import Sitting
from afterglow.plans import queries as plans
from afterglow.plans import services as plan
from afterglow.plans.documents import Why
from afterglow.ui import clock
from afterglow.ui.context import stay_dark
from afterglow.vault.documents import Stored
from afterglow.vault.http import VaultRequest, open_to_all, vault_of


def session(request: VaultRequest) -> HttpResponse:
    """Three cards, each of which can be filled on the spot, and one button."""
    stored = _coming(request)
    card = request.POST.get("card", "")
    form = (WhyCardForm if card == "why" else CardForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _keep_card(request, stored, card, form.cleaned_data["words"])
        return redirect("companion:session")
    why = plans.my_why(request.vault)
    sitting = stored.document if stored else Sitting(day=clock.today(request))
    context = {
        "stored": stored,
        "is_today": sitting.day == clock.today(request),
        "under_way": medicine.is_under_way(sitting, clock.now(request)),
        "card": card,
        "typed": request.POST.get("words", ""),
        "errors": form.errors.get("words", []) if card else [],
        "cards": [
            ("why", why.document.why if why else ""),
            ("lift_home", sitting.lift_home),
            ("who", sitting.who),
        ],
    }
    return render(request, "companion/session/before.html", context)


def _coming(request: VaultRequest) -> Stored[Sitting] | None:
    """The sitting of today, else the next one."""
    now = clock.now(request)
    found = medicine.sitting_today(request.vault, now)
    return found or medicine.next_sitting(request.vault, now.day)


def _keep_card(
    request: VaultRequest, stored: Stored[Sitting] | None, card: str, words: str
) -> None:
    day = clock.today(request)
    if card == "why":
        _keep_why(request, words)
    elif card in sittings.CARDS:
        sitting = stored or sittings.plan_sitting(
            vault=request.vault, day=day, zone=clock.zone_of(request)
        )
        sittings.keep_card(vault=request.vault, sitting=sitting.id, card=card, words=words)


def _keep_why(request: VaultRequest, words: str) -> None:
    """New words take the place of the old ones, which stay in the history."""
    if not words:
        return
    before = plans.my_why(request.vault)
    if before is None:
        new = Why(why=words, since=clock.today(request))
        plan.keep_part(vault=request.vault, part=new)
    else:
        changed = Why(why=words, since=before.document.since)
        plan.change_part(vault=request.vault, record=before.id, part=changed, base_rev=before.rev)


@require_POST
def there(request: VaultRequest) -> HttpResponse:
    """*I am there.* Without a planned sitting of today one is noted."""
    now = clock.now(request)
    stored = medicine.sitting_today(request.vault, now)
    if stored is None or stored.document.home is not None:
        stored = sittings.plan_sitting(vault=request.vault, day=now.day, zone=now.zone)
    sittings.begin_sitting(vault=request.vault, sitting=stored.id, now=now)
    return stay_dark(request, redirect("companion:now"))


@open_to_all
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """Two large buttons on black. No word of a person stands here, so that a browser may keep it."""
    context = {"form": SaidForm(), "kept": "kept" in request.GET} | _time(request)
    return render(request, "companion/session/now.html", context)


def _time(request: HttpRequest) -> dict[str, object]:
    """How long it has been, shown only when asked for."""
    vault, at = vault_of(request), clock.now(request)
    stored = medicine.sitting_today(vault, at) if vault else None
    if stored is None or not medicine.is_under_way(stored.document, at):
        return {"began": None, "minutes": None}
    began = stored.document.began
    minutes = int((at.at - began.at).total_seconds()) // 60 if began else None
    return {"began": began, "minutes": minutes if "time" in request.GET else None}


def say(request: VaultRequest) -> HttpResponse:
    """Something said, or a few words; then back to the two buttons."""
    form = SaidForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        if form.is_empty:
            return redirect("companion:now")
        kept = keep_said(request, form)
        if kept is not None:
            return redirect(f"{reverse('companion:now')}?kept={kept.id}")
    return render(request, "companion/session/say.html", {"form": form})


def pressure(request: VaultRequest) -> HttpResponse:
    """Blood pressure before and at 40 minutes, if it was taken."""
    stored = _recent(request)
    if stored is None:
        return redirect("companion:session")
    form = PressureForm(request.POST or None, initial=_readings(stored.document))
    if request.method == "POST" and form.is_valid():
        for at, high, low in form.readings():
            sittings.keep_pressure(
                vault=request.vault, sitting=stored.id, at=at, systolic=high, diastolic=low
            )
        return redirect(_back(request, stored))
    return render(
        request,
        "companion/session/pressure.html",
        {"form": form, "back": _back(request, stored), "stored": stored},
    )


def _readings(sitting: Sitting) -> dict[str, int]:
    kept = {each.at: each for each in sitting.pressures}
    return {
        name: value
        for at, high, low in PressureForm.pairs
        if at in kept
        for name, value in ((high, kept[at].systolic), (low, kept[at].diastolic))
    }


def body(request: VaultRequest) -> HttpResponse:
    """A side effect in own plain words, and those that were noted of this sitting."""
    stored = _recent(request)
    if stored is None:
        return redirect("companion:session")
    form = SideEffectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sittings.keep_side_effect(vault=request.vault, sitting=stored.id, **form.cleaned_data)
        return redirect("companion:session_body")
    context = {
        "form": form,
        "back": _back(request, stored),
        "effects": _named(request, stored.document),
    }
    return render(request, "companion/session/body.html", context)


def body_over_time(request: VaultRequest) -> HttpResponse:
    """Side effects of all sittings as they were noted, newest first."""
    rows = [
        (stored, _named(request, stored.document))
        for stored in medicine.with_side_effects(request.vault)
    ]
    return render(request, "companion/session/body_over_time.html", {"rows": rows})


def _named(request: VaultRequest, sitting: Sitting) -> list[tuple[str, str, bool]]:
    """Words, how strong in a word, and whether a clinic would want to hear of it."""
    known = {each.id: each for each in library.side_effects(request.LANGUAGE_CODE)}
    return [
        (known[each.name].name, severity_word(each.severity), known[each.name].ask_clinic)
        if each.name in known
        else (each.name, severity_word(each.severity), False)
        for each in sitting.side_effects
    ]


def _recent(request: VaultRequest) -> Stored[Sitting] | None:
    """The sitting of today, or one of the days before, with what was noted."""
    found = medicine.sitting_of_note(request.vault, clock.now(request))
    return request.vault.get(Sitting, found.id) if found else None


def _back(request: VaultRequest, stored: Stored[Sitting]) -> str:
    if medicine.is_under_way(stored.document, clock.now(request)):
        return reverse("companion:now")
    return reverse("medicine:sitting", args=[stored.id])
