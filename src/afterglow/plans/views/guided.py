"""Guided pages: one question a screen, each of which can be skipped; at the end one thing is kept."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from afterglow.core.content import Worksheet
from afterglow.plans import queries, services
from afterglow.plans.documents import Goal, Review
from afterglow.plans.forms import AnswerForm
from afterglow.plans.forms.parts import LONGEST_LINE, LONGEST_TEXT
from afterglow.plans.queries.guided import Screen, screens, worksheet
from afterglow.plans.services.guided import KEEPERS, draft_name
from afterglow.ui import clock
from afterglow.vault.http import VaultRequest

ONE_LINE = {"small-goal"}


def begin(request: VaultRequest, guide: str) -> HttpResponse:
    """What it is and how long it takes. It may come from an insight."""
    sheet = _sheet(request, guide)
    if request.method == "POST":
        sent = request.POST.get("comes_from", "")
        services.begin_guided(vault=request.vault, name=guide, behind=sent)
        return redirect("plans:guided_screen", guide=guide, step=0)
    begun = bool(request.vault.draft(draft_name(guide)))
    behind = _id_or_none(request.GET.get("insight", ""))
    context = {
        "sheet": sheet,
        "begun": begun,
        "comes_from": behind or "",
        "behind": queries.words_behind(request.vault, behind),
        "count": len(screens(request.vault, sheet, clock.today(request))),
    }
    return render(request, "plans/guided_begin.html", context)


def screen(request: VaultRequest, guide: str, step: int) -> HttpResponse:
    """One question; beyond the last, everything that was answered."""
    sheet = _sheet(request, guide)
    asked = screens(request.vault, sheet, clock.today(request))
    if step >= len(asked):
        return _end(request, sheet, asked)
    shown = asked[step]
    kept = request.vault.draft(draft_name(guide))
    draft_key = f"{draft_name(guide)}.{shown.key}"
    typed = request.vault.draft(draft_key).get("words", kept.get(shown.key, ""))
    form = AnswerForm(
        request.POST or None,
        question=shown.question,
        hint=shown.hint,
        longest=LONGEST_LINE if guide in ONE_LINE else LONGEST_TEXT,
        initial={"words": typed},
    )
    if request.method == "POST" and form.is_valid():
        services.note_answer(
            vault=request.vault, name=guide, key=shown.key, words=form.cleaned_data["words"]
        )
        return redirect("plans:guided_screen", guide=guide, step=step + 1)
    context = {
        "sheet": sheet,
        "screen": shown,
        "form": form,
        "draft_key": draft_key,
        "step": step,
        "number": step + 1,
        "count": len(asked),
    }
    return render(request, "plans/guided_screen.html", context)


def _end(request: VaultRequest, sheet: Worksheet, asked: list[Screen]) -> HttpResponse:
    kept = request.vault.draft(draft_name(sheet.id))
    answered = [
        (number, each, kept[each.key]) for number, each in enumerate(asked) if kept.get(each.key)
    ]
    context = {"sheet": sheet, "answered": answered, "last": len(asked) - 1}
    return render(request, "plans/guided_end.html", context)


@require_POST
def keep(request: VaultRequest, guide: str) -> HttpResponse:
    _sheet(request, guide)
    kept = services.keep_guided(vault=request.vault, name=guide, on=clock.today(request))
    if kept is not None and isinstance(kept.document, Goal):
        return redirect("plans:edit", kind="goal", record=kept.id)
    if kept is not None and isinstance(kept.document, Review):
        return redirect("plans:review", record=kept.id)
    return redirect("plans:plan")


def in_the_way(request: VaultRequest) -> HttpResponse:
    """What kind of thing is in the way decides the path: a plan, a slow path, or people who can help."""
    behind = _id_or_none(request.GET.get("insight", ""))
    words = queries.words_behind(request.vault, behind)
    return render(request, "plans/in_the_way.html", {"comes_from": behind or "", "behind": words})


def _sheet(request: VaultRequest, guide: str) -> Worksheet:
    sheet = worksheet(guide, request.LANGUAGE_CODE)
    if sheet is None or guide not in KEEPERS:
        raise Http404
    return sheet


def _id_or_none(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
