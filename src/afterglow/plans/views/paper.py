"""The plan on paper, and one page to take along to an appointment."""

from datetime import date
from pathlib import Path
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from afterglow import ui
from afterglow.accounts.queries import preferences
from afterglow.core.paper import Part, Piece, Sheet, pdf_of
from afterglow.core.paper.typeset import NotSet
from afterglow.plans import services
from afterglow.plans.documents import Appointment, Goal, SelfCare
from afterglow.plans.forms.meaning import ObstacleForm, SlowPathForm
from afterglow.plans.forms.paper import PARTS, PaperForm, SummaryForm
from afterglow.plans.queries.paper import parts_of_plan, summary_to_begin_with
from afterglow.ui import clock
from afterglow.ui.templatetags.ui import short_day
from afterglow.vault.documents import Stored
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import Conflict, NotHere

FONTS = Path(ui.__file__).parent / "static/ui/fonts"
LETTER_COUNTRIES = {"US", "CA", "MX", "PH"}
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
    return _pdf(request, title, short_day(today), parts, "plan.pdf")


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


def _pdf(
    request: VaultRequest, title: str, under: str, parts: tuple[Part, ...], name: str
) -> HttpResponse:
    letter = preferences(request.vault).country in LETTER_COUNTRIES
    sheet = Sheet(
        title=title,
        under=under,
        parts=parts,
        language=request.LANGUAGE_CODE.partition("-")[0],
        size="us-letter" if letter else "a4",
    )
    try:
        made = pdf_of(sheet, fonts=FONTS)
    except NotSet:
        return render(request, "plans/not_set.html", status=503)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def summary(request: VaultRequest, record: UUID) -> HttpResponse:
    """What came up, what changed, measures, what to ask: begun from what is there, and the person's to change."""
    stored = _appointment(request, record)
    key = f"plan.summary.{record}"
    initial = SummaryForm.of(stored.document, stored.rev)
    if not _is_begun(stored.document):
        initial |= summary_to_begin_with(request.vault, stored, clock.today(request), _said)
    form = SummaryForm(request.POST or None, initial=initial | request.vault.draft(key))
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
    context = {
        "form": form,
        "record": record,
        "appointment": stored.document,
        "draft_key": key,
        "begun": _is_begun(stored.document),
    }
    return render(request, "plans/summary.html", context)


@require_POST
def summary_pdf(request: VaultRequest, record: UUID) -> HttpResponse:
    """The kept page as PDF."""
    stored = _appointment(request, record)
    fields = SummaryForm.base_fields
    parts = tuple(
        Part(heading=str(fields[name].label), pieces=(Piece(words=words),))
        for name in fields
        if name != "rev" and (words := str(getattr(stored.document, name)))
    )
    under = " · ".join(filter(None, (stored.document.who, short_day(stored.document.day))))
    _, _, title = render_to_string("plans/_paper_words.txt", request=request).partition("\n")
    return _pdf(request, title.strip(), under, parts, "page.pdf")


def _is_begun(appointment: Appointment) -> bool:
    return any(
        (appointment.came_up, appointment.what_changed, appointment.measured, appointment.to_ask)
    )


def _appointment(request: VaultRequest, record: UUID) -> Stored[Appointment]:
    try:
        return request.vault.get(Appointment, record)
    except NotHere as error:
        raise Http404 from error
