"""Pages of the people who help: the list, a link for someone new, the eight words, and ending it."""

from uuid import UUID

import segno
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afterglow.sharing import services
from afterglow.sharing.forms import InviteForm
from afterglow.sharing.queries import people as queries
from afterglow.sharing.queries import reach
from afterglow.ui import clock
from afterglow.vault.grants import people, rekeying
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import NotHere


def helpers(request: VaultRequest) -> HttpResponse:
    """Everyone who helps, how each stands, and what each may read."""
    services.take_up(vault=request.vault, today=clock.today(request))
    services.receive(request.vault)
    context = {
        "helpers": queries.helpers(request.vault),
        "helped": queries.helped(request.vault),
        "past": queries.past_shares(request.vault)[:10],
        "waiting": rekeying.waiting(request.vault),
        "reachable": reach.address() is not None,
    }
    return render(request, "sharing/helpers.html", context)


def invite(request: VaultRequest) -> HttpResponse:
    """One link for one person; it is shown once."""
    address = reach.address()
    if address is None:
        return render(request, "sharing/no_address.html")
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        record, token = services.invite(
            vault=request.vault,
            name=form.cleaned_data["name"],
            shown_name=form.cleaned_data["shown_name"],
            today=clock.today(request),
        )
        link = address + reverse("sharing:invited", args=[token])
        context = {
            "link": link,
            "code": qr(link),
            "record": record,
            "asks_for_trust": reach.asks_for_trust(),
        }
        return render(request, "sharing/link.html", context)
    return render(request, "sharing/invite.html", {"form": form})


def qr(text: str) -> str:
    """A picture of the text as a data address, drawn here; dark on a light ground, as cameras want it."""
    return str(
        segno.make(text, error="m").svg_data_uri(scale=4, border=4, dark="#000", light="#fff")
    )


def _helper(request: VaultRequest, record: UUID) -> queries.Helper:
    try:
        return queries.helper(request.vault, record, zone=clock.zone_of(request))
    except NotHere:
        raise Http404 from None


def helper(request: VaultRequest, record: UUID) -> HttpResponse:
    """One person who helps: what they may read, when they looked, and how to stop."""
    services.take_up(vault=request.vault, today=clock.today(request))
    services.receive(request.vault)
    return render(request, "sharing/helper.html", {"helper": _helper(request, record)})


@require_POST
def call_off(request: VaultRequest, record: UUID) -> HttpResponse:
    """The link is void from here on."""
    found = _helper(request, record)
    if found.partner.person is None:
        services.call_off(vault=request.vault, record=record)
    return redirect("sharing:helpers")


def compare(request: VaultRequest, record: UUID) -> HttpResponse:
    """The eight words, to be read out to each other."""
    found = _helper(request, record)
    person = found.partner.person
    if person is None or found.stands not in {"to_compare", "ready"}:
        return redirect("sharing:helper", record)
    if request.method == "POST":
        if request.POST.get("word") == "same":
            services.say_the_words_match(
                vault=request.vault, person=person, today=clock.today(request)
            )
            return redirect("sharing:helper", record)
        services.say_the_words_differ(vault=request.vault, record=record)
        return render(request, "sharing/words_differ.html")
    words = people.words(request.vault, person)
    context = {"helper": found, "words": words, "code": qr(" ".join(words))}
    return render(request, "sharing/compare.html", context)


def end_with(request: VaultRequest, record: UUID) -> HttpResponse:
    """Stop everything with one person, after one page that says what that means."""
    found = _helper(request, record)
    if request.method == "POST":
        services.end_with(vault=request.vault, record=record, today=clock.today(request))
        return redirect("sharing:stopped")
    return render(request, "sharing/end_with.html", {"helper": found})
