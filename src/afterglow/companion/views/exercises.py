"""Exercises on the page: breathing, timer, body scan, things to make, and two kind minutes. Each is whole as text."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from afterglow.companion.forms import KindnessForm, MadeForm
from afterglow.core.content import library
from afterglow.core.content.kinds import Exercise
from afterglow.core.content.session_kinds import Beginning
from afterglow.journal import queries as journal
from afterglow.journal.documents import OwnKindness
from afterglow.journal.queries.making import own_photos
from afterglow.journal.services import keep_entry, keep_own_kindness
from afterglow.medicine import queries as medicine
from afterglow.medicine.documents import Sitting
from afterglow.ui import clock
from afterglow.vault.documents import Stored
from afterglow.vault.http import VaultRequest

ON_THE_PAGE = ("breathing", "timer", "body-scan")
TO_MAKE = ("art", "music", "poetry", "dance")
KINDNESS_DRAFT = "kindness"
TIMER_MINUTES = (1, 2, 3, 5, 10, 15, 20, 30)
TIMED_SECONDS = 120


def exercises(request: VaultRequest) -> HttpResponse:
    """All of them, with how long each takes."""
    known = {each.id: each for each in library.exercises(request.LANGUAGE_CODE)}
    context = {
        "on_the_page": [known[name] for name in ON_THE_PAGE],
        "to_make": [known[name] for name in TO_MAKE],
        "kindness": known["kindness"],
    }
    return render(request, "companion/exercises/exercises.html", context)


def exercise(request: VaultRequest, name: str) -> HttpResponse:
    """Breathing, the timer, the body scan; grounding, which is on other pages too."""
    if name == "grounding":
        ways = library.grounding(request.LANGUAGE_CODE)
        return render(request, "companion/exercises/grounding.html", {"grounding": ways})
    if name not in ON_THE_PAGE:
        raise Http404
    context = {
        "exercise": _known(name, request),
        "minutes": TIMER_MINUTES,
        "chosen": _minutes(request, 5),
    }
    return render(request, f"companion/exercises/{name}.html", context)


def make(request: VaultRequest, name: str) -> HttpResponse:
    """A timer, a start from own images if asked for, and a place for words about what was made."""
    if name not in TO_MAKE:
        raise Http404
    known, draft_key = _known(name, request), f"made.{name}"
    last = _last_with_images(request)
    draft = request.vault.draft(draft_key)
    form = MadeForm(request.POST or None, initial=draft)
    if request.method == "POST" and form.is_valid():
        kept = keep_entry(
            vault=request.vault,
            text=form.cleaned_data["text"],
            written=clock.now(request),
            kind_of="made",
            sitting=last.id if last and form.cleaned_data["from_images"] else None,
            title=known.title,
            draft=draft_key,
        )
        return redirect(f"{reverse('journal:entry', args=[kept.id])}?kept=1")
    asked = "images" in request.GET or form["from_images"].value() == "yes"
    images = _images(request, last) if asked and last else []
    context = {
        "exercise": known,
        "form": form,
        "draft_key": draft_key,
        "images": images,
        "beginning": _beginning(request, name) if images else None,
        "query": f"?sitting={last.id}" if images and last else "",
        "has_images": last is not None,
        "minutes": TIMER_MINUTES,
        "chosen": _minutes(request, known.minutes),
    }
    return render(request, "companion/exercises/make.html", context)


def kindness(request: VaultRequest) -> HttpResponse:
    """Own sentences and memories, to write and to begin with."""
    own = journal.own_kindness(request.vault)
    draft = request.vault.draft(KINDNESS_DRAFT)
    start = {"sentences": "\n".join(own.sentences), "memories": "\n".join(own.memories)} | draft
    form = KindnessForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        keep_own_kindness(vault=request.vault, draft=KINDNESS_DRAFT, **form.lines())
        return redirect("companion:kindness")
    context = {
        "exercise": _known("kindness", request),
        "form": form,
        "draft_key": KINDNESS_DRAFT,
        "own": _in_turn(own),
    }
    return render(request, "companion/exercises/kindness.html", context)


def kindness_look(request: VaultRequest) -> HttpResponse:
    """One line at a time, at one's own pace; with JavaScript also timed. Nothing is kept of it."""
    lines = _in_turn(journal.own_kindness(request.vault))
    if not lines:
        return redirect("companion:kindness")
    at = _number(request.GET.get("at", ""), 0)
    photos = own_photos(request.vault)
    context = {
        "lines": lines,
        "line": lines[at] if at < len(lines) else "",
        "next": at + 1,
        "has_photos": bool(photos),
        "photo": photos[at % len(photos)] if photos and "photos" in request.GET else None,
        "seconds": TIMED_SECONDS,
    }
    return render(request, "companion/exercises/kindness_look.html", context)


def _in_turn(own: OwnKindness) -> list[str]:
    """A sentence, a memory, a sentence, and so on until both have run out."""
    longest = max(len(own.sentences), len(own.memories))
    pairs = [(own.sentences[n : n + 1], own.memories[n : n + 1]) for n in range(longest)]
    return [line for pair in pairs for part in pair for line in part]


def _known(name: str, request: VaultRequest) -> Exercise:
    return next(each for each in library.exercises(request.LANGUAGE_CODE) if each.id == name)


def _beginning(request: VaultRequest, name: str) -> Beginning | None:
    """A way to begin with an image of one's own; another one each day."""
    fitting = [each for each in library.beginnings(request.LANGUAGE_CODE) if each.exercise == name]
    return fitting[clock.today(request).toordinal() % len(fitting)] if fitting else None


def _last_with_images(request: VaultRequest) -> Stored[Sitting] | None:
    """The latest sitting, if images of it were written down and it was not a hard one."""
    last = medicine.last_sitting(request.vault, clock.today(request))
    if last is None or last.document.felt == "hard":
        return None
    whole = request.vault.get(Sitting, last.id)
    return whole if whole.document.images.strip() else None


def _images(request: VaultRequest, last: Stored[Sitting]) -> list[str]:
    return [line.strip() for line in last.document.images.splitlines() if line.strip()]


def _minutes(request: VaultRequest, otherwise: int) -> int:
    asked = _number(request.GET.get("minutes", ""), otherwise)
    return min(TIMER_MINUTES, key=lambda each: abs(each - asked))


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else otherwise
