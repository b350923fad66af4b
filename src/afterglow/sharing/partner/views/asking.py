"""*I asked for help*: the person's own press lets one chosen partner see it; nothing is automatic."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from afterglow.sharing.partner import services
from afterglow.sharing.partner.forms import HelpPartnerForm
from afterglow.sharing.partner.queries.names import name_of, people_known
from afterglow.sharing.partner.queries.people import correspondents
from afterglow.sharing.partner.queries.thread import help_partner
from afterglow.sharing.partner.views.finding import tried
from afterglow.ui import clock
from afterglow.vault.http import VaultRequest


def choose(request: VaultRequest) -> HttpResponse:
    """Who may see it: one person, or nobody."""
    people, chosen = correspondents(request.vault), help_partner(request.vault)
    form = HelpPartnerForm(
        request.POST or None, people=people, initial={"partner": str(chosen or "")}
    )
    if request.method == "POST" and form.is_valid():
        word = form.cleaned_data["partner"]
        services.choose_help_partner(vault=request.vault, partner=UUID(word) if word else None)
        return redirect("companion:help")
    context = {"form": form, "any": bool(people)}
    return render(request, "sharing/partner/choose_help.html", context)


@require_POST
def asked(request: VaultRequest) -> HttpResponse:
    """Pressed: it is sealed for that one person, and the page says that this may take time."""
    partner = help_partner(request.vault)
    if partner is None or partner not in people_known(request.vault):
        return redirect("partner:help_partner")
    trouble = tried(lambda: services.ask_for_help(vault=request.vault, at=clock.now(request)))
    context = {"name": name_of(request.vault, partner), "trouble": trouble}
    return render(request, "sharing/partner/help_asked.html", context)
