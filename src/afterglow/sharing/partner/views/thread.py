"""Messages each way: everybody, one thread, and what becomes of a suggested plan."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from afterglow.core.content import library
from afterglow.core.safety.saved import shows_help
from afterglow.medicine.queries import held_until
from afterglow.plans.documents import Obstacle
from afterglow.sharing.partner import services
from afterglow.sharing.partner.documents import Message
from afterglow.sharing.partner.forms import MessageForm
from afterglow.sharing.partner.queries.check_ins import check_ins_with
from afterglow.sharing.partner.queries.names import name_of, people_known
from afterglow.sharing.partner.queries.pages import kept_pages
from afterglow.sharing.partner.queries.people import correspondents, past_correspondents
from afterglow.sharing.partner.queries.thread import last_with, thread, unseen
from afterglow.sharing.partner.views.finding import tried
from afterglow.sharing.partner.wire import Sent
from afterglow.ui import clock
from afterglow.vault.documents import Stored
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import NotHere

PAGE_SIZE = 30


def messages(request: VaultRequest) -> HttpResponse:
    """Everybody to whom something can be written."""
    services.receive(request.vault)
    rows = [
        (person, name, last_with(request.vault, person), bool(unseen(request.vault, person)))
        for person, name in correspondents(request.vault)
    ]
    past = past_correspondents(request.vault)
    return render(request, "sharing/partner/messages.html", {"rows": rows, "past": past})


def with_one(request: VaultRequest, other: UUID) -> HttpResponse:
    """The thread with one person, newest first, and a place to write; where it has ended, to read only."""
    services.receive(request.vault)
    can_write = other in people_known(request.vault)
    if not can_write and (request.method == "POST" or last_with(request.vault, other) is None):
        raise Http404
    key = f"message.{other}"
    form = MessageForm(request.POST or None, initial=request.vault.draft(key))
    trouble = ""
    if request.method == "POST" and form.is_valid():
        sent = Sent(what="message", text=form.cleaned_data["text"])
        trouble = tried(
            lambda: services.say(
                vault=request.vault, to=other, sent=sent, at=clock.now(request), draft=key
            )
        )
        if not trouble:
            return redirect("partner:thread", other=other)
    context = {
        "other": other,
        "name": name_of(request.vault, other),
        "form": form,
        "draft_key": key,
        "trouble": trouble,
        "can_write": can_write,
        "held": held_until(request.vault, clock.now(request)) is not None,
        "has_pages": can_write and bool(kept_pages(request.vault)),
        **_thread(request, other),
    }
    services.look_at(vault=request.vault, other=other)
    return render(request, "sharing/partner/thread.html", context)


def _thread(request: VaultRequest, other: UUID) -> dict[str, object]:
    """What stands in the thread; own words that sound dark bring Help, and nothing of that is told."""
    page = Paginator(thread(request.vault, other), PAGE_SIZE).get_page(request.GET.get("page"))
    shown = request.vault.whole(list(page))
    newest = shown[:1] if page.number == 1 else []
    mine = [each.document.text for each in newest if each.document.mine]
    proposed = check_ins_with(request.vault, other, asking=False)
    return {
        "messages": shown,
        "page": page,
        "titles": {each.id: each.title for each in library.practices(request.LANGUAGE_CODE)},
        "show_help": any(shows_help(text) for text in mine),
        "proposed": proposed is not None and proposed.state == "proposed",
        "plans": {each.id: _now(request, each) for each in shown if each.document.about},
    }


def _now(request: VaultRequest, message: Stored[Message]) -> Obstacle | None:
    """The obstacle that a suggested plan is for, as it stands here now."""
    about = message.document.about
    if message.document.what != "obstacle" or message.document.mine or about is None:
        return None
    try:
        return request.vault.get(Obstacle, about).document
    except NotHere:
        return None


@require_POST
def take_plan(request: VaultRequest, record: UUID) -> HttpResponse:
    """The suggested plan becomes the person's own; the one before stays in its history, the suggestion in the thread."""
    try:
        message = request.vault.get(Message, record).document
        services.take_plan(vault=request.vault, message=message)
    except NotHere as error:
        raise Http404 from error
    return redirect("partner:thread", other=message.other)


@require_POST
def remove(request: VaultRequest, record: UUID) -> HttpResponse:
    """One's own copy of one message; for a day after a sitting nothing is removed."""
    try:
        other = request.vault.head(Message, record).document.other
        if held_until(request.vault, clock.now(request)) is None:
            services.remove_message(vault=request.vault, record=record)
    except NotHere as error:
        raise Http404 from error
    if last_with(request.vault, other) is None and other not in people_known(request.vault):
        return redirect("partner:messages")
    return redirect("partner:thread", other=other)
