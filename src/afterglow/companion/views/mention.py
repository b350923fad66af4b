"""Once a month: what a prescriber may want to hear of. Words for the next appointment, and no advice."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from afterglow.companion.forms import MentionForm
from afterglow.core.content import library
from afterglow.core.safety.saved import shows_help
from afterglow.medicine.queries import held_until
from afterglow.plans import queries as plans
from afterglow.plans import services
from afterglow.plans.documents import WorthMentioning
from afterglow.plans.queries.safety import mentions
from afterglow.ui import clock
from afterglow.vault.documents import Stored
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import NotHere

DRAFT = "mention"
# Topics after which something else is near at hand than a later appointment.
DARK, ENERGY, AT_HOME = "dark-thoughts", "energy", "safe-at-home"


def mention(request: VaultRequest) -> HttpResponse:
    """All topics on one page, to tick; left out is asked again in a month."""
    language, today = request.LANGUAGE_CODE, clock.today(request)
    if request.POST.get("word") == "leave-out":
        services.skip_mentions(vault=request.vault, on=today)
        return redirect("companion:today")
    draft = {"words": request.vault.draft(DRAFT).get("words", "")}
    form = MentionForm(request.POST or None, language=language, initial=draft)
    if request.method == "POST":
        form = MentionForm(request.POST, language=language)
        if form.is_valid():
            kept = services.keep_mentions(
                vault=request.vault,
                on=today,
                topics=form.cleaned_data["topics"],
                words=form.cleaned_data["words"],
                draft=DRAFT,
            )
            return redirect("companion:mention_kept", record=kept.id)
    return render(request, "companion/mention.html", {"form": form, "draft_key": DRAFT})


def mention_kept(request: VaultRequest, record: UUID) -> HttpResponse:
    """What was noted, where it may go, and help where that is nearer."""
    kept = _mention(request, record).document
    topics = library.worth_mentioning(request.LANGUAGE_CODE)
    coming = plans.coming_appointments(request.vault, clock.today(request))
    context = {
        "record": record,
        "held": held_until(request.vault, clock.now(request)) is not None,
        "kept": kept,
        "topics": [each for each in topics if each.id in kept.topics],
        "show_help": DARK in kept.topics or shows_help(kept.words),
        "much_energy": ENERGY in kept.topics,
        "not_safe": AT_HOME in kept.topics,
        "meeting": coming[0] if coming else None,
    }
    return render(request, "companion/mention_kept.html", context)


def mentioned(request: VaultRequest) -> HttpResponse:
    """Earlier months, newest first."""
    kept = [each for each in mentions(request.vault) if not each.document.skipped]
    return render(request, "companion/mentioned.html", {"kept": kept})


@require_POST
def mention_remove(request: VaultRequest, record: UUID) -> HttpResponse:
    """For a day after a sitting nothing is removed."""
    found = _mention(request, record)
    if held_until(request.vault, clock.now(request)) is None:
        services.remove_part(vault=request.vault, record=found.id, now=clock.now(request))
    return redirect("companion:mentioned")


def _mention(request: VaultRequest, record: UUID) -> Stored[WorthMentioning]:
    try:
        return request.vault.get(WorthMentioning, record)
    except NotHere as error:
        raise Http404 from error
