"""Pages of mood and measures: one item a page, help before the score, history as picture and table."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from afterglow.core.instruments.loading import instruments, load_instrument
from afterglow.core.instruments.schema import Instrument
from afterglow.core.safety.signs import panel_for_item9
from afterglow.measures import queries, services
from afterglow.measures.charts import chart
from afterglow.measures.documents import LEVELS, Answers, CheckIn
from afterglow.measures.forms import FeelingsForm
from afterglow.medicine import queries as medicine
from afterglow.ui import clock
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import NotHere

SKIPPED = "-"


@require_POST
def check_in(request: VaultRequest) -> HttpResponse:
    """One tap keeps the level; feelings and words can follow."""
    level = request.POST.get("level", "")
    if not level.isdigit() or int(level) not in LEVELS:
        return redirect("companion:today")
    kept = services.keep_check_in(vault=request.vault, at=clock.now(request), level=int(level))
    return redirect("measures:feelings", record=kept.id)


def feelings(request: VaultRequest, record: UUID) -> HttpResponse:
    """Feelings beside the level, each skippable with the same weight."""
    try:
        stored = request.vault.get(CheckIn, record)
    except NotHere as error:
        raise Http404 from error
    initial = {"feelings": list(stored.document.feelings), "words": stored.document.words}
    form = FeelingsForm(request.POST or None, initial=initial, language=request.LANGUAGE_CODE)
    if request.method == "POST" and form.is_valid():
        services.add_to_check_in(
            vault=request.vault,
            check_in=record,
            feelings=form.cleaned_data["feelings"],
            words=form.cleaned_data["words"],
        )
        return redirect("companion:today")
    return render(request, "measures/feelings.html", {"form": form, "stored": stored})


def measures(request: VaultRequest) -> HttpResponse:
    rows = [
        (known, queries.latest(request.vault, known.id))
        for known in instruments(request.LANGUAGE_CODE)
    ]
    return render(request, "measures/measures.html", {"rows": rows})


def take(request: VaultRequest, instrument: str) -> HttpResponse:
    """One item a page. Answers so far wait sealed in the draft, so that leaving loses nothing."""
    known = _known(request, instrument)
    form_key = f"take:{known.id}"
    answers = request.vault.draft(form_key)
    number = _number(request, known, answers)
    if request.method == "POST":
        return _answered(request, known, form_key, answers, number)
    item = known.items[number - 1]
    context = {
        "known": known,
        "item": item,
        "number": number,
        "chosen": answers.get(str(number), ""),
        "back": number - 1,
    }
    return render(request, "measures/item.html", context)


def _known(request: VaultRequest, instrument: str) -> Instrument:
    try:
        return load_instrument(instrument, request.LANGUAGE_CODE)
    except LookupError as error:
        raise Http404 from error


def _number(request: VaultRequest, known: Instrument, answers: dict[str, str]) -> int:
    asked = request.POST.get("item") or request.GET.get("item") or ""
    wanted = int(asked) if asked.isdigit() else len(answers) + 1
    return min(max(wanted, 1), len(known.items))


def _answered(
    request: VaultRequest, known: Instrument, form_key: str, answers: dict[str, str], number: int
) -> HttpResponse:
    allowed = {str(option.value) for option in known.options} | {SKIPPED}
    given = request.POST.get("answer", SKIPPED)
    answers = answers | {str(number): given if given in allowed else SKIPPED}
    request.vault.keep_draft(form_key, answers)
    if number < len(known.items):
        response = redirect("measures:take", instrument=known.id)
        response["Location"] += f"?item={number + 1}"
        return response
    return _finish(request, known, form_key, answers)


def _finish(
    request: VaultRequest, known: Instrument, form_key: str, answers: dict[str, str]
) -> HttpResponse:
    texts = [answers.get(str(item.number), SKIPPED) for item in known.items]
    values = [None if text == SKIPPED else int(text) for text in texts]
    kept = services.keep_answers(
        vault=request.vault,
        at=clock.now(request),
        instrument=known.id,
        answers=values,
        draft=form_key,
    )
    shows = panel_for_item9(kept.document.item9).show
    return redirect("measures:before_score" if shows else "measures:result", record=kept.id)


def before_score(request: VaultRequest, record: UUID) -> HttpResponse:
    """Help stands before the number."""
    stored = _answers(request, record)
    panel = panel_for_item9(stored.item9)
    context = {"record": record, "tell_clinic_today": panel.tell_clinic_today}
    return render(request, "measures/before_score.html", context)


def result(request: VaultRequest, record: UUID) -> HttpResponse:
    document = _answers(request, record)
    known = _known(request, document.instrument)
    band = known.band_named(document.band) if document.band else None
    panel = panel_for_item9(document.item9)
    context = {"record": record, "document": document, "known": known, "band": band, "panel": panel}
    return render(request, "measures/result.html", context)


def _answers(request: VaultRequest, record: UUID) -> Answers:
    try:
        return request.vault.get(Answers, record).document
    except NotHere as error:
        raise Http404 from error


def history(request: VaultRequest, instrument: str) -> HttpResponse:
    known = _known(request, instrument)
    taken = queries.answers_of(request.vault, known.id)
    context: dict[str, Any] = {"known": known, "taken": taken[::-1]}
    points = [
        (a.document.at.day, float(a.document.total)) for a in taken if a.document.total is not None
    ]
    sittings = [stored.document.day for stored in medicine.done_sittings(request.vault)]
    context["chart"] = chart(
        points,
        top=known.highest_total,
        rulers=known.cut_offs,
        sittings=sittings,
    )
    context["first"], context["last"] = (points[0], points[-1]) if points else (None, None)
    return render(request, "measures/history.html", context)


def remove(request: VaultRequest, record: UUID) -> HttpResponse:
    document = _answers(request, record)
    now = clock.now(request)
    until = medicine.held_until(request.vault, now)
    if request.method == "POST" and until is None:
        services.remove(vault=request.vault, record=record, now=now)
        return redirect("measures:history", instrument=document.instrument)
    return render(
        request,
        "measures/remove.html",
        {"document": document, "known": _known(request, document.instrument), "until": until},
    )
