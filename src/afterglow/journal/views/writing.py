"""Writing: a new entry, free or with a question, and changing one."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from afterglow.core.days import Moment, at_local
from afterglow.core.safety.saved import shows_help
from afterglow.journal import queries, services
from afterglow.journal.documents import KINDS_OF_ENTRY
from afterglow.journal.forms import EntryForm, started
from afterglow.journal.queries import making
from afterglow.journal.views.finding import entry_or_404
from afterglow.medicine import queries as medicine
from afterglow.ui.clock import now, today
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import Conflict

NEW_DRAFT = "entry.new"


def write(request: VaultRequest) -> HttpResponse:
    """Free, or with one question; `?question=`, `?sitting=` and `?kind=` come chosen, `?ask=` asks for a question."""
    draft = request.vault.draft(NEW_DRAFT)
    initial = started(_blank(request), draft) | _asked_for(request)
    form = EntryForm(
        request.POST or None, initial=initial, vault=request.vault, today=today(request)
    )
    if request.method == "POST" and form.is_valid():
        kept = _keep_new(request, form.cleaned_data)
        return redirect(f"{reverse('journal:entry', args=[kept.id])}?kept=1")
    asked = form["question"].value() or ""
    context = {
        "form": form,
        "draft_key": NEW_DRAFT,
        "question": queries.question(asked, _language(request)),
        "has_draft": bool(draft.get("text")),
        "sitting_id": form["sitting"].value() or "",
    }
    return render(request, "journal/write.html", context)


def _blank(request: VaultRequest) -> dict[str, Any]:
    return {"day": today(request), "kind_of": "entry", "tender": False}


def _asked_for(request: VaultRequest) -> dict[str, str]:
    """What the address names comes chosen, over a draft too: the words of the draft stay."""
    asked: dict[str, str] = {}
    if "ask" in request.GET or "question" in request.GET:
        asked["question"] = _chosen_question(request)
    if request.GET.get("kind") in KINDS_OF_ENTRY:
        asked["kind_of"] = request.GET["kind"]
    sitting = _known_sitting(request, request.GET.get("sitting", ""))
    return asked | ({"sitting": sitting} if sitting else {})


def _known_sitting(request: VaultRequest, asked: str) -> str:
    known = {str(stored.id) for stored in medicine.sittings(request.vault)}
    return asked if asked in known else ""


def _chosen_question(request: VaultRequest) -> str:
    """The id that was asked for, or, with `?ask=`, one that fits the day; `?ask=<id>` gives another one."""
    if "ask" not in request.GET:
        return request.GET.get("question", "")
    offered = queries.question_to_offer(
        request.vault, today(request), _language(request), after=request.GET["ask"]
    )
    return offered.id if offered else ""


def _keep_new(request: VaultRequest, cleaned: dict[str, Any]) -> Any:
    question = queries.question(cleaned["question"], _language(request))
    return services.keep_entry(
        vault=request.vault,
        text=cleaned["text"],
        written=_written(cleaned["day"], now(request)),
        kind_of=cleaned["kind_of"],
        sitting=cleaned["sitting"],
        tags=cleaned["tags"],
        tender=cleaned["tender"],
        question=question.id if question else "",
        question_text=question.text if question else "",
        draft=NEW_DRAFT,
    )


def edit(request: VaultRequest, entry_id: UUID) -> HttpResponse:
    """Change an entry; the earlier revision is kept."""
    stored, key = entry_or_404(request.vault, entry_id), f"entry.{entry_id}"
    initial = started(EntryForm.of(stored.document, stored.rev), request.vault.draft(key))
    form = EntryForm(
        request.POST or None, initial=initial, vault=request.vault, today=today(request)
    )
    form.fields["text"].required = not making.holds_more(stored.document)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        kept = services.change_entry(
            vault=request.vault,
            entry=entry_id,
            text=cleaned["text"],
            written=_written(cleaned["day"], stored.document.written),
            kind_of=cleaned["kind_of"],
            sitting=cleaned["sitting"],
            tags=cleaned["tags"],
            tender=cleaned["tender"],
            base_rev=cleaned["base_rev"],
            draft=key,
        )
        if isinstance(kept, Conflict):
            context = {
                "entry_id": entry_id,
                "both": kept,
                "show_help": shows_help(cleaned["text"]),
            }
            return render(request, "journal/both_kept.html", context)
        return redirect(f"{reverse('journal:entry', args=[entry_id])}?kept=1")
    context = {
        "form": form,
        "draft_key": key,
        "stored": stored,
        "entry": stored.document,
        "shown": making.shown(request.vault, stored.document),
        "has_draft": bool(request.vault.draft(key)),
    }
    return render(request, "journal/edit.html", context)


def _written(day: date, base: Moment) -> Moment:
    """The moment itself on its own day; on another day the same hour there."""
    if day == base.day:
        return base
    local = base.local()
    return at_local(day, local.hour, local.minute, base.zone)


def _language(request: VaultRequest) -> str:
    return getattr(request, "LANGUAGE_CODE", "en")
