"""Pages that add, change and remove any part of the plan."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from afterglow.medicine.queries import held_until
from afterglow.plans import queries, services
from afterglow.plans.documents import Goal, Letter, Obstacle
from afterglow.plans.forms import FORMS, PartForm, form_of
from afterglow.ui import clock
from afterglow.vault.documents import Document, Stored
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import Conflict, NotHere

PAGE_AFTER = {"win": "plans:wins", "habit": "plans:habits", "letter": "plans:letters"}


def add(request: VaultRequest, kind: str) -> HttpResponse:
    """A new part. A POST with `prefill` shows the form with words that another page sent."""
    cls = _form_of(kind)
    sent = request.POST if request.POST.get("prefill") else None
    key = _draft_key(request, kind) if sent is None else f"plan.{kind}.from"
    if request.method == "POST" and sent is None:
        form = cls(request.POST)
        if form.is_valid():
            part = form.new(clock.now(request))
            return _after(request, services.keep_part(vault=request.vault, part=part, draft=key))
    else:
        initial = cls.prefilled(sent or {}, clock.today(request))
        form = cls(initial=_started(request, cls, initial, key) if sent is None else initial)
    return _show(request, form, kind, key, None)


def _started(
    request: VaultRequest, cls: type[PartForm], initial: dict[str, Any], key: str
) -> dict[str, Any]:
    """A draft goes over what is kept; a box missing from the draft was not ticked."""
    draft = request.vault.draft(key)
    if not draft:
        return initial
    boxes = {name: False for name, value in initial.items() if isinstance(value, bool)}
    # A draft has one value for each name, so of several ticked days it would forget all but one.
    single = {name: value for name, value in draft.items() if name not in cls.many}
    return initial | boxes | single


def _draft_key(request: VaultRequest, kind: str) -> str:
    """A form that began with words from elsewhere has a draft of its own."""
    prefilled = f"plan.{kind}.from"
    return prefilled if request.POST.get("draft_key") == prefilled else f"plan.{kind}"


def edit(request: VaultRequest, kind: str, record: UUID) -> HttpResponse:
    stored = _part(request, _form_of(kind), record)
    cls = form_of(stored.document)
    key = f"plan.{kind}.{record}"
    initial = _started(request, cls, cls.of(stored.document, stored.rev), key)
    form = cls(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        kept = services.change_part(
            vault=request.vault,
            record=record,
            part=form.changed(stored.document, clock.now(request)),
            base_rev=form.cleaned_data["rev"],
            draft=key,
        )
        if isinstance(kept, Conflict):
            return _both_kept(request, cls, kind, kept)
        return _after(request, kept)
    return _show(request, form, kind, key, record)


def _after(request: VaultRequest, kept: Stored[Document]) -> HttpResponse:
    """Back to where the part is listed; a goal on a full day shows what else is there, harm shows who can help."""
    if isinstance(kept.document, Obstacle) and kept.document.harm:
        return redirect("plans:in_the_way")
    goal = kept.document
    once = isinstance(goal, Goal) and not goal.repeats and goal.day
    if once and queries.same_day(request.vault, once, but=kept.id).is_full:
        return redirect("plans:goal", record=kept.id)
    return redirect(PAGE_AFTER.get(goal.kind, "plans:plan"))


def _show(
    request: VaultRequest, form: PartForm, kind: str, key: str, record: UUID | None
) -> HttpResponse:
    context = {
        "form": form,
        "kind": kind,
        "record": record,
        "draft_key": key,
        "back": PAGE_AFTER.get(kind, "plans:plan"),
        "behind": queries.words_behind(request.vault, form.source_id()),
    }
    return render(request, "plans/part.html", context)


def _both_kept(
    request: VaultRequest, cls: type[PartForm], kind: str, kept: Conflict
) -> HttpResponse:
    other = cls(initial=cls.of(kept.other.document, kept.other.rev))
    fields = [(field.label, field.value()) for field in other.visible_fields()]
    texts = [(label, value) for label, value in fields if value and not isinstance(value, bool)]
    context = {"texts": texts, "kind": kind, "record": kept.kept.id}
    return render(request, "plans/both_kept.html", context)


def remove(request: VaultRequest, kind: str, record: UUID) -> HttpResponse:
    """Asks first; what was made from the part stays."""
    cls = _form_of(kind)
    stored = _part(request, cls, record)
    now = clock.now(request)
    until = held_until(request.vault, now)
    if request.method == "POST" and until is None:
        drafts = (f"plan.{kind}.{record}", f"plan.agreed.{record}")
        services.remove_part(vault=request.vault, record=record, now=now, drafts=drafts)
        return redirect(PAGE_AFTER.get(kind, "plans:plan"))
    words = getattr(stored.document, cls.words)
    if isinstance(stored.document, Letter) and stored.document.open_on > clock.today(request):
        words = ""
    context = {"kind": kind, "record": record, "words": words, "until": until}
    return render(request, "plans/remove.html", context)


def _form_of(kind: str) -> type[PartForm]:
    try:
        return FORMS[kind]
    except KeyError as error:
        raise Http404 from error


def _part(request: VaultRequest, cls: type[PartForm], record: UUID) -> Stored[Document]:
    try:
        return request.vault.get(cls.document, record)
    except NotHere as error:
        raise Http404 from error
