"""What suits me: what not to offer, which part of the day is hardest, quiet hours."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from afterglow.accounts.queries import preferences
from afterglow.accounts.services import keep_preferences
from afterglow.companion.forms import SuitsForm
from afterglow.core.content import library
from afterglow.vault.http import VaultRequest


def suits(request: VaultRequest) -> HttpResponse:
    language = request.LANGUAGE_CODE
    initial = SuitsForm.of(preferences(request.vault))
    form = SuitsForm(request.POST or None, initial=initial, language=language)
    if request.method == "POST" and form.is_valid():
        keep_preferences(vault=request.vault, **form.changes())
        return redirect("companion:today")
    context = {"form": form, "cautions": library.cautions(language)}
    return render(request, "companion/suits.html", context)
