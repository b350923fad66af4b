"""What came while the door was shut: looked at, kept or let go."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from afterglow.vault import waiting
from afterglow.vault.http import VaultRequest, before_recovery_code, id_or_none


def waiting_words(request: VaultRequest) -> HttpResponse:
    """What came while the door was shut, to be kept now or let go."""
    items = waiting.items(request.vault)
    if not items:
        return redirect("companion:today")
    return render(request, "accounts/waiting.html", {"items": items})


@require_POST
@before_recovery_code
def let_go(request: VaultRequest) -> HttpResponse:
    item = id_or_none(request.POST.get("item", ""))
    if item is None:
        raise Http404
    waiting.let_go(request.vault, item)
    return redirect("accounts:waiting")
