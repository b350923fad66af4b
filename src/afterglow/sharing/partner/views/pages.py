"""Send the page for an appointment to somebody, after looking at exactly what leaves."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from afterglow.plans.documents import Appointment
from afterglow.sharing.partner import services
from afterglow.sharing.partner.forms import HEADINGS, PageForm
from afterglow.sharing.partner.queries.names import name_of
from afterglow.sharing.partner.queries.pages import kept_page, kept_pages
from afterglow.sharing.partner.views.finding import known_or_404, tried
from afterglow.sharing.partner.wire import Sent
from afterglow.ui import clock
from afterglow.ui.templatetags.ui import short_day
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import NotHere


def choose(request: VaultRequest, other: UUID) -> HttpResponse:
    """The pages that were kept, newest first."""
    known_or_404(request, other)
    context = {
        "other": other,
        "name": name_of(request.vault, other),
        "pages": kept_pages(request.vault),
    }
    return render(request, "sharing/partner/choose_page.html", context)


def send(request: VaultRequest, other: UUID, record: UUID) -> HttpResponse:
    """Exactly what would be read, to change and to send."""
    known_or_404(request, other)
    try:
        page = kept_page(request.vault, record)
    except NotHere as error:
        raise Http404 from error
    form, trouble = PageForm(request.POST or None, initial={"text": _as_text(page)}), ""
    if request.method == "POST" and form.is_valid():
        sent = Sent(what="message", text=form.cleaned_data["text"])
        trouble = tried(
            lambda: services.say(vault=request.vault, to=other, sent=sent, at=clock.now(request))
        )
        if not trouble:
            return redirect("partner:thread", other=other)
    context = {
        "other": other,
        "name": name_of(request.vault, other),
        "form": form,
        "trouble": trouble,
    }
    return render(request, "sharing/partner/send_page.html", context)


def _as_text(page: Appointment) -> str:
    found = [(str(heading), str(getattr(page, name)).strip()) for name, heading in HEADINGS]
    parts = [f"{heading}\n{words}" for heading, words in found if words]
    return "\n\n".join([f"{page.who}, {short_day(page.day)}", *parts])
