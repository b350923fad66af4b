"""The morning after, and days 3 and 7: a few questions that build on what was kept, each of which can be left."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from afterglow.companion.forms import BackForm
from afterglow.companion.queries.looking_back import answers_so_far, questions_back
from afterglow.companion.services import session as services
from afterglow.companion.views.just_kept import brings_help
from afterglow.core.plan.looking_back import AskedBack
from afterglow.journal.documents import Entry
from afterglow.medicine import queries as medicine
from afterglow.medicine.documents import Sitting
from afterglow.plans.documents import Goal
from afterglow.ui import clock
from afterglow.vault.documents import Stored
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import NotHere, OpenVault


def begin(request: VaultRequest, point: str) -> HttpResponse:
    """To the first question that is still open; a POST ends the run, wherever it stands."""
    sitting, asked = _run(request, point)
    if request.method == "POST":
        services.end_back(
            vault=request.vault, sitting=sitting.id, point=point, on=clock.today(request)
        )
        return redirect("companion:today")
    answered = answers_so_far(request.vault, sitting.id, point)
    open_ones = [number for number, each in enumerate(asked) if each.key not in answered]
    return redirect("companion:look_back", point=point, step=(open_ones or [len(asked)])[0])


def screen(request: VaultRequest, point: str, step: int) -> HttpResponse:
    """One question; beyond the last, what was kept."""
    sitting, asked = _run(request, point)
    answered = answers_so_far(request.vault, sitting.id, point)
    if step >= len(asked):
        return _end(request, point, asked, answered)
    each, key = asked[step], f"back.{sitting.id}.{asked[step].key}"
    begun = request.vault.draft(key)
    form = BackForm(
        request.POST or None, initial=begun, question=each.question.text, hint=each.question.hint
    )
    if request.method == "POST" and form.is_valid():
        kept = _keep(request, sitting, point, each, form.cleaned_data["words"])
        request.vault.drop_draft(key)
        to = reverse("companion:look_back", args=[point, step + 1])
        return redirect(f"{to}?kept={kept}" if kept else to)
    context = {
        "point": point,
        "asked": each,
        "form": form,
        "draft_key": key,
        "step": step,
        "number": step + 1,
        "count": len(asked),
        "answer": _answer(request.vault, answered.get(each.key)),
        "show_help": brings_help(request),
    }
    return render(request, "companion/session/look_back.html", context)


def _run(request: VaultRequest, point: str) -> tuple[Stored[Sitting], tuple[AskedBack, ...]]:
    """The last sitting and its questions; not there where nothing was kept."""
    last = medicine.last_sitting(request.vault, clock.today(request))
    asked = questions_back(request.vault, last, point, request.LANGUAGE_CODE) if last else ()
    if last is None or not asked:
        raise Http404
    return last, asked


def _keep(
    request: VaultRequest, sitting: Stored[Sitting], point: str, each: AskedBack, words: str
) -> UUID | None:
    if not words.strip():
        return None
    return services.answer_back(
        vault=request.vault,
        sitting=sitting.id,
        point=point,
        question=each.question,
        words=words,
        now=clock.now(request),
    )


def _answer(vault: OpenVault, record: UUID | None) -> Stored[Entry] | Stored[Goal] | None:
    """What was answered before, unless it was removed meanwhile."""
    if record is None:
        return None
    try:
        return vault.get(Entry, record)
    except NotHere:
        pass
    try:
        return vault.get(Goal, record)
    except NotHere:
        return None


def _end(
    request: VaultRequest, point: str, asked: tuple[AskedBack, ...], answered: dict[str, UUID]
) -> HttpResponse:
    kept = [(each, _answer(request.vault, answered.get(each.key))) for each in asked]
    context = {
        "point": point,
        "kept": [pair for pair in kept if pair[1] is not None],
        "last": len(asked) - 1,
        "show_help": brings_help(request),
    }
    return render(request, "companion/session/look_back_end.html", context)
