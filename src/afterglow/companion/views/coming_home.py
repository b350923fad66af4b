"""After a sitting: home and settled, a few things one by one, each of which can be left, and then an evening of rest."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from afterglow.companion.forms import SaidForm, WordsForm
from afterglow.companion.views.just_kept import brings_help
from afterglow.companion.views.saying import keep_said, keep_words
from afterglow.journal.documents import Entry
from afterglow.measures import queries as moods
from afterglow.measures import services as measures
from afterglow.measures.documents import LEVELS
from afterglow.medicine import queries as medicine
from afterglow.medicine import services as sittings
from afterglow.medicine.documents import FELT, Sitting
from afterglow.ui import clock
from afterglow.ui.context import stay_dark
from afterglow.vault.documents import Stored
from afterglow.vault.http import VaultRequest

STEPS = ("check-in", "voice", "words", "drawing", "how")
WORDS_DRAFT = "session.words"


def home(request: VaultRequest) -> HttpResponse:
    """*I am home and settled*: said by a tap, never taken for granted."""
    now = clock.now(request)
    stored = medicine.sitting_today(request.vault, now)
    if stored is None and request.method == "POST":
        stored = sittings.plan_sitting(vault=request.vault, day=now.day, zone=now.zone)
    if stored and request.method == "POST":
        sittings.come_home(vault=request.vault, sitting=stored.id, now=now)
        return stay_dark(request, redirect("companion:home_step", step=STEPS[0]))
    if stored and medicine.is_settling(stored.document, now):
        return redirect("companion:home_step", step=STEPS[0])
    return render(request, "companion/session/home.html", {"stored": stored})


def step(request: VaultRequest, step: str) -> HttpResponse:
    """One thing at a time. What is kept stays kept, wherever one stops."""
    if step not in STEPS:
        raise Http404
    stored = _settled(request)
    if stored is None:
        return redirect("companion:home")
    form = _form(request, step)
    if request.method == "POST":
        answer = _answered(request, step, form, stored)
        if answer is not None:
            return answer
    context = {
        "step": step,
        "number": STEPS.index(step) + 1,
        "count": len(STEPS),
        "next": _after(step),
        "form": form,
        "draft_key": WORDS_DRAFT,
        "sitting_id": stored.id,
        "show_help": brings_help(request),
        "very_low": moods.is_hard_today(request.vault, clock.today(request)),
    }
    return render(request, "companion/session/home_step.html", context)


def _settled(request: VaultRequest) -> Stored[Sitting] | None:
    stored = medicine.sitting_today(request.vault, clock.now(request))
    return stored if stored and stored.document.home else None


def _form(request: VaultRequest, step: str) -> SaidForm | WordsForm:
    if step == "words":
        return WordsForm(request.POST or None, initial=request.vault.draft(WORDS_DRAFT))
    return SaidForm(request.POST or None, request.FILES or None)


def _answered(
    request: VaultRequest, step: str, form: SaidForm | WordsForm, stored: Stored[Sitting]
) -> HttpResponse | None:
    """Keep what was answered and go on; None where something needs a look first."""
    match step:
        case "check-in":
            _keep_level(request)
        case "voice" if isinstance(form, SaidForm):
            if not form.is_valid():
                return None
            if not form.is_empty:
                kept = keep_said(request, form)
                if kept is None:
                    return None
                return _go_on(step, kept)
        case "words" if isinstance(form, WordsForm):
            if not form.is_valid():
                return None
            if form.cleaned_data["text"].strip():
                kept = keep_words(request, form.cleaned_data["text"])
                request.vault.drop_draft(WORDS_DRAFT)
                return _go_on(step, kept)
        case "how":
            return _felt(request, stored)
    return redirect(_after(step))


def _keep_level(request: VaultRequest) -> None:
    level = request.POST.get("level", "")
    if level.isdigit() and int(level) in LEVELS:
        measures.keep_check_in(vault=request.vault, at=clock.now(request), level=int(level))


def _felt(request: VaultRequest, stored: Stored[Sitting]) -> HttpResponse:
    """The one tap: *hard* leads to grounding, anything else to an evening of rest."""
    felt = request.POST.get("felt", "")
    sittings.keep_felt(
        vault=request.vault,
        sitting=stored.id,
        felt=felt if felt in FELT else "",
        today=clock.today(request),
    )
    return redirect("companion:hard" if felt == "hard" else "companion:evening")


def _after(step: str) -> str:
    following = STEPS[STEPS.index(step) + 1 :]
    if not following:
        return reverse("companion:evening")
    return reverse("companion:home_step", args=[following[0]])


def _go_on(step: str, kept: Stored[Entry]) -> HttpResponse:
    return redirect(f"{_after(step)}?kept={kept.id}")


def evening(request: VaultRequest) -> HttpResponse:
    """Nothing is asked."""
    stored = _settled(request)
    return render(request, "companion/session/evening.html", {"stored": stored})
