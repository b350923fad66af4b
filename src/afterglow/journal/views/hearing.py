"""Letting a recording be written down: begin, watch, stop. What was heard is then looked at on the page for changing."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from afterglow.journal.services import hearing
from afterglow.journal.views.finding import entry_or_404
from afterglow.vault.http import VaultRequest


def hear(request: VaultRequest, entry_id: UUID) -> HttpResponse:
    """How far it is; done, it goes on to the draft."""
    stored = entry_or_404(request.vault, entry_id)
    if request.method == "POST":
        if request.POST.get("word") == "stop":
            hearing.stop(vault=request.vault, entry=entry_id)
            return redirect("journal:entry", entry_id)
        hearing.begin(vault=request.vault, entry=entry_id)
        return redirect("journal:hear", entry_id)
    work = hearing.work_on(request.vault, entry_id)
    if work is None:
        return redirect("journal:entry", entry_id)
    if work.state == "done":
        hearing.settled(vault=request.vault, entry=entry_id)
        return redirect("journal:edit", entry_id)
    return render(request, "journal/hearing.html", {"stored": stored, "work": work})
