"""Check-ins on the person's side: agree, change, end, and answer one in a minute."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from afterglow.core.plan.check_ins import CheckInDay
from afterglow.core.safety.saved import shows_help
from afterglow.medicine.queries import held_until
from afterglow.sharing.partner import services
from afterglow.sharing.partner.documents import CheckInAnswer
from afterglow.sharing.partner.forms import AgreeForm, AnswerForm
from afterglow.sharing.partner.queries.check_ins import (
    OpenCheckIn,
    answers,
    check_ins_with,
    days_of,
    kind_word_of,
    open_check_in,
    title_of,
    went_by,
)
from afterglow.sharing.partner.queries.names import name_of
from afterglow.sharing.partner.queries.people import correspondents
from afterglow.sharing.partner.views.finding import known_or_404, tried
from afterglow.ui import clock
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import NotHere

MOST_ANSWERS = 60


def everybody(request: VaultRequest) -> HttpResponse:
    """With whom check-ins are or may be agreed."""
    services.receive(request.vault)
    rows = [
        (person, name, check_ins_with(request.vault, person, asking=False))
        for person, name in correspondents(request.vault)
    ]
    return render(request, "sharing/partner/everybody.html", {"rows": rows})


def agree(request: VaultRequest, other: UUID) -> HttpResponse:
    """The times with one person: proposed by them or not, agreed to, changed, or not wanted."""
    known_or_404(request, other)
    services.receive(request.vault)
    vault, today = request.vault, clock.today(request)
    kept = check_ins_with(vault, other, asking=False)
    initial: dict[str, object] = {}
    if kept is not None and kept.state != "ended":
        initial = AgreeForm.of(kept.points, kept.own_days, kept.questions)
        initial["tell_missed"] = kept.tell_missed
    form, trouble = AgreeForm(request.POST or None, initial=initial), ""
    # What is agreed may be changed and ended at any time; something new waits a day after a sitting.
    is_new = kept is None or kept.state != "agreed"
    waits = held_until(vault, clock.now(request)) if is_new else None
    if request.method == "POST" and not waits and form.is_valid():
        facts, tell = form.facts(), form.cleaned_data["tell_missed"]
        trouble = tried(
            lambda: services.agree(vault=vault, to=other, tell_missed=tell, today=today, **facts)
        )
        if not trouble:
            return redirect("partner:check_ins", other=other)
    said = answers(vault, other, asking=False)
    heard = {each.document.day for each in said}
    context = {
        "other": other,
        "name": name_of(vault, other),
        "form": form,
        "trouble": trouble,
        "waits": waits,
        "answered": [each for each in said if not each.document.skipped][:MOST_ANSWERS],
        "kept": kept,
        "coming": _coming(request, other, heard),
        "went_by": went_by(vault, other, today),
        "is_open": open_check_in(vault, other, today, request.LANGUAGE_CODE) is not None,
    }
    return render(request, "sharing/partner/agree.html", context)


def _coming(request: VaultRequest, other: UUID, heard: set[str]) -> list[CheckInDay]:
    kept, today = check_ins_with(request.vault, other, asking=False), clock.today(request)
    days = days_of(request.vault, kept) if kept else []
    return [day for day in days if day.closes >= today and day.id not in heard][:6]


@require_POST
def end(request: VaultRequest, other: UUID) -> HttpResponse:
    """No more check-ins with this person, quietly; a proposal is not taken up."""
    known_or_404(request, other)
    tried(lambda: services.end(vault=request.vault, other=other))
    return redirect("partner:everybody")


def answer(request: VaultRequest, other: UUID) -> HttpResponse:
    """A question or two. What is typed waits as a draft; left out is left out."""
    known_or_404(request, other)
    found = open_check_in(request.vault, other, clock.today(request), request.LANGUAGE_CODE)
    if found is None:
        return redirect("partner:check_ins", other=other)
    if request.POST.get("word") == "leave-out":
        services.leave_out(vault=request.vault, check_in=found, today=clock.today(request))
        return redirect("companion:today")
    key = f"check-in.{other}.{found.day.id}"
    form = AnswerForm(
        request.POST or None, initial=request.vault.draft(key), questions=found.questions
    )
    trouble = ""
    if request.method == "POST" and form.is_valid():
        kept, trouble = _kept(request, found, form, key)
        if kept is not None:
            return redirect("partner:answered", record=kept)
    context = {
        "other": other,
        "name": name_of(request.vault, other),
        "title": title_of(found.day.point, request.LANGUAGE_CODE),
        "form": form,
        "draft_key": key,
        "trouble": trouble,
    }
    return render(request, "sharing/partner/answer.html", context)


def _kept(
    request: VaultRequest, found: OpenCheckIn, form: AnswerForm, key: str
) -> tuple[UUID | None, str]:
    ids: list[UUID] = []
    trouble = tried(
        lambda: ids.append(
            services.answer(
                vault=request.vault,
                check_in=found,
                answers=form.answers(),
                today=clock.today(request),
                draft=key,
            ).id
        )
    )
    return (ids[0] if ids else None), trouble


def answered(request: VaultRequest, record: UUID) -> HttpResponse:
    """What was said, and a kind word. Its words may bring Help; nothing of that is told."""
    try:
        kept = request.vault.get(CheckInAnswer, record).document
    except NotHere as error:
        raise Http404 from error
    if kept.asking:
        raise Http404
    point = kept.day.partition(".")[0]
    context = {
        "kept": kept,
        "name": name_of(request.vault, kept.other),
        "title": title_of(point, request.LANGUAGE_CODE),
        "kind_word": kind_word_of(point, request.LANGUAGE_CODE),
        "lines": [each for each in zip(kept.questions, kept.answers, strict=False) if each[1]],
        "show_help": shows_help("\n\n".join(kept.answers)),
    }
    return render(request, "sharing/partner/answered.html", context)
