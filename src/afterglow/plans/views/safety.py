"""A plan for hard hours: read, written a part at a time, shown at the door as far as chosen, and printed."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from afterglow.accounts.queries import plan_parts_shown_of
from afterglow.core.content import SafetyPart, safety_parts
from afterglow.core.paper import Part, Piece
from afterglow.plans import queries, services
from afterglow.plans.documents import SafetyPlan
from afterglow.plans.forms.safety import DoorForm, SafetyPartForm
from afterglow.plans.queries.safety import safety_plan, safety_plan_id, safety_words
from afterglow.plans.views.printing import as_pdf
from afterglow.ui import clock
from afterglow.ui.templatetags.ui import short_day
from afterglow.vault.documents import Stored
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import OpenVault

ASK = "ask"


def safety(request: VaultRequest) -> HttpResponse:
    """The whole plan, in the order in which it is read on a hard evening."""
    parts = safety_words(request.vault, request.LANGUAGE_CODE)
    shown = plan_parts_shown_of(request.vault)
    context = {
        "written": [(part, words) for part, words in parts if words.strip()],
        "unwritten": [part for part, words in parts if not words.strip()],
        "shown": [part.title for part, _ in parts if part.id in shown],
    }
    return render(request, "plans/safety.html", context)


def safety_part(request: VaultRequest, part: str) -> HttpResponse:
    """One question; what is kept leads on to the next one."""
    parts = list(safety_parts(request.LANGUAGE_CODE))
    asked = next((each for each in parts if each.id == part), None)
    if asked is None:
        raise Http404
    stored, key = safety_plan(request.vault), f"plan.safety.{part}"
    now = str(getattr(stored.document, part)) if stored else ""
    after = parts[parts.index(asked) + 1].id if asked != parts[-1] else ""
    context = {"part": asked, "after": after, "draft_key": key}
    form = SafetyPartForm(request.POST or None, part=asked, initial=_initial(request, asked, now))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["words"]
        if now not in {typed, _words_at(request.vault, stored, form.cleaned_data["rev"], part)}:
            again = {"words": typed, "rev": stored.rev if stored else None}
            form = SafetyPartForm(part=asked, initial=again)
            return render(request, "plans/safety_part.html", context | {"form": form, "now": now})
        services.keep_safety_part(
            vault=request.vault, part=part, words=typed, on=clock.today(request), draft=key
        )
        return redirect("plans:safety_part", part=after) if after else redirect("plans:safety")
    return render(request, "plans/safety_part.html", context | {"form": form})


def _initial(request: VaultRequest, part: SafetyPart, now: str) -> dict[str, object]:
    """What stands there, a draft over it; whom to ask begins with the people of the plan."""
    stored = safety_plan(request.vault)
    initial: dict[str, object] = {"words": now, "rev": stored.rev if stored else None}
    if part.id == ASK and not now:
        known = [each.document for each in queries.people(request.vault)]
        lines = [", ".join(filter(None, (each.name, each.phone))) for each in known]
        initial["words"] = "\n".join(lines)
    return initial | request.vault.draft(f"plan.safety.{part.id}")


def _words_at(
    vault: OpenVault, stored: Stored[SafetyPlan] | None, rev: int | None, part: str
) -> str:
    """What stood in the part when the form was opened; nothing where there was no plan."""
    if stored is None or rev is None:
        return ""
    if stored.rev == rev:
        return str(getattr(stored.document, part))
    earlier = vault.history(SafetyPlan, safety_plan_id(vault))
    return next((str(getattr(each.document, part)) for each in earlier if each.rev == rev), "")


def safety_door(request: VaultRequest) -> HttpResponse:
    """Which parts are readable on this device without unlocking; off until chosen, after a word on others here."""
    parts = [part for part, words in _written(request)]
    shown = list(plan_parts_shown_of(request.vault))
    form = DoorForm(request.POST or None, parts=parts, initial={"parts": shown})
    if request.method == "POST":
        form = DoorForm(request.POST, parts=parts)
        if form.is_valid():
            services.show_safety_parts(vault=request.vault, parts=form.cleaned_data["parts"])
            return redirect("plans:safety")
    return render(request, "plans/safety_door.html", {"form": form, "any": bool(parts)})


@require_POST
def safety_pdf(request: VaultRequest) -> HttpResponse:
    """What is written, for a drawer, a wallet, or somebody who is trusted."""
    parts = tuple(
        Part(heading=part.title, pieces=(Piece(words=words),)) for part, words in _written(request)
    )
    if not parts:
        return redirect("plans:safety")
    title = render_to_string("plans/_safety_words.txt", request=request).strip()
    under = short_day(clock.today(request))
    return as_pdf(request, title=title, under=under, parts=parts, name="page.pdf", one_page=True)


def _written(request: VaultRequest) -> list[tuple[SafetyPart, str]]:
    parts = safety_words(request.vault, request.LANGUAGE_CODE)
    return [(part, words) for part, words in parts if words.strip()]
