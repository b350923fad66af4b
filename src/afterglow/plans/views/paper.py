"""The plan on paper, and one page to take along to an appointment."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from afterglow.core.paper import Part, Piece
from afterglow.plans import services
from afterglow.plans.documents import Appointment, Goal, SelfCare
from afterglow.plans.forms.meaning import ObstacleForm, SlowPathForm
from afterglow.plans.forms.paper import PARTS, SUMMARY_PARTS, PaperForm, SummaryForm
from afterglow.plans.queries.paper import parts_of_plan
from afterglow.plans.queries.summary import SummaryWords, summary_to_begin_with
from afterglow.plans.views.printing import as_pdf
from afterglow.ui import clock
from afterglow.ui.templatetags.ui import short_day
from afterglow.vault.documents import Stored
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import Conflict, NotHere

OBSTACLE_LINES = ("wish", "outcome", "if_words", "then_words")
SLOW_LINES = ("noticed", "would_miss", "less", "instead", "who_knows")
TEMPLATES: dict[type, str] = {Goal: "plans/_when.html", SelfCare: "plans/_care_when.html"}


def paper(request: VaultRequest) -> HttpResponse:
    """Choose the parts; a POST gives the PDF, made in memory and kept nowhere."""
    form = PaperForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "plans/paper.html", {"form": form})
    headings = {name: str(label) for name, label in PARTS}
    wanted = {name: headings[name] for name in headings if name in form.cleaned_data["parts"]}
    today = clock.today(request)
    parts = parts_of_plan(request.vault, wanted, _names(), _said, today)
    title, _, _ = render_to_string("plans/_paper_words.txt", request=request).partition("\n")
    return as_pdf(request, title=title, under=short_day(today), parts=parts, name="plan.pdf")


def _names() -> dict[str, str]:
    """What the lines of an obstacle are called, from the forms that ask for them."""
    fields = ((ObstacleForm, OBSTACLE_LINES), (SlowPathForm, SLOW_LINES))
    return {name: str(form.base_fields[name].label) for form, names in fields for name in names}


def _said(thing: object) -> str:
    """A day, or when a part of the plan is for, as the pages say it."""
    if isinstance(thing, date):
        return short_day(thing)
    if isinstance(thing, Appointment):
        where = (short_day(thing.day), thing.clock, thing.place)
        return " · ".join(filter(None, where))
    return render_to_string(TEMPLATES[type(thing)], {"goal": thing, "care": thing}).strip()


def summary(request: VaultRequest, record: UUID) -> HttpResponse:
    """One page to take along: as it was kept, or, to begin with or on request, as a form."""
    stored = _appointment(request, record)
    key = f"plan.summary.{record}"
    changing = request.method == "POST" or "change" in request.GET or request.vault.draft(key)
    if _is_begun(stored.document) and not changing:
        return _as_kept(request, stored)
    form = SummaryForm(request.POST or None, initial=_initial(request, stored, key))
    if request.method == "POST" and form.is_valid():
        kept = services.change_part(
            vault=request.vault,
            record=record,
            part=form.changed(stored.document, clock.now(request)),
            base_rev=form.cleaned_data["rev"],
            draft=key,
        )
        other = kept.other.document if isinstance(kept, Conflict) else None
        if other is None:
            return redirect("plans:summary", record=record)
        lines = [(field.label, getattr(other, field.name)) for field in form.visible_fields()]
        context = {"texts": lines, "kind": "appointment", "record": record}
        return render(request, "plans/both_kept.html", context)
    begun = _is_begun(stored.document)
    context = {"form": form, "record": record, "draft_key": key, "begun": begun}
    return render(request, "plans/summary.html", context | {"appointment": stored.document})


def _initial(request: VaultRequest, stored: Stored[Appointment], key: str) -> dict[str, object]:
    """What was kept, or what the page can begin with; a draft goes over both."""
    initial = SummaryForm.of(stored.document, stored.rev)
    if not _is_begun(stored.document):
        names = render_to_string("plans/_since_words.txt", request=request).strip().splitlines()
        words = SummaryWords(_said, request.LANGUAGE_CODE, *names)
        initial |= summary_to_begin_with(request.vault, stored, clock.today(request), words)
    return initial | request.vault.draft(key)


def _as_kept(request: VaultRequest, stored: Stored[Appointment]) -> HttpResponse:
    context = {
        "record": stored.id,
        "appointment": stored.document,
        "parts": _parts(stored.document),
        "has_come": stored.document.day <= clock.today(request),
    }
    return render(request, "plans/summary_kept.html", context)


@require_POST
def summary_pdf(request: VaultRequest, record: UUID) -> HttpResponse:
    """The kept page as PDF, on one page as far as it goes."""
    stored = _appointment(request, record)
    parts = tuple(
        Part(heading=heading, pieces=(Piece(words=words),))
        for heading, words in _parts(stored.document)
    )
    under = " · ".join(filter(None, (stored.document.who, short_day(stored.document.day))))
    _, _, title = render_to_string("plans/_paper_words.txt", request=request).partition("\n")
    return as_pdf(
        request, title=title.strip(), under=under, parts=parts, name="page.pdf", one_page=True
    )


def _parts(appointment: Appointment) -> list[tuple[str, str]]:
    """Every part that holds words, under the label of its field."""
    fields = SummaryForm.base_fields
    named = [(str(fields[name].label), str(getattr(appointment, name))) for name in SUMMARY_PARTS]
    return [(heading, words) for heading, words in named if words.strip()]


def _is_begun(appointment: Appointment) -> bool:
    return any(str(getattr(appointment, name)) for name in SUMMARY_PARTS)


def _appointment(request: VaultRequest, record: UUID) -> Stored[Appointment]:
    try:
        return request.vault.get(Appointment, record)
    except NotHere as error:
        raise Http404 from error
