"""While a long journal is being read: how far it is, and a way to stop it and to go on."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from afterglow.insights.queries.vectors import is_stopped
from afterglow.insights.services import finding as services
from afterglow.vault.http import VaultRequest


def once_read(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Show the page when what returns is found, and until then how far the reading is.

    A form waits for the end of it, so that nothing that was sent is lost.
    """

    @wraps(view)
    def when_ready(request: VaultRequest, *args: object, **kwargs: object) -> HttpResponse:
        sent = request.method == "POST"
        progress = services.prepare(request.vault, patient=sent)
        if progress is None or sent:
            return view(request, *args, **kwargs)
        context = {"progress": progress, "stopped": is_stopped(request.vault)}
        return render(request, "insights/reading.html", context)

    return when_ready


@require_POST
def reading(request: VaultRequest) -> HttpResponse:
    """Stop, or go on."""
    if request.POST.get("word") == "on":
        services.go_on(vault=request.vault)
    else:
        services.stop(vault=request.vault)
    return redirect("insights:themes")
