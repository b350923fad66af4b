"""Value cards: choose, order, say in own words, and let a purpose come of one."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from afterglow.core import content
from afterglow.plans import queries, services
from afterglow.plans.forms import ChooseForm, ValueWordsForm
from afterglow.ui import clock
from afterglow.vault.http import VaultRequest


def values(request: VaultRequest) -> HttpResponse:
    """Those that were chosen, dearest first; or the cards, where none was."""
    cards = queries.my_values(request.vault).cards
    if not cards:
        return redirect("plans:choose_values")
    lines = {card.id: card.line for card in content.values(request.LANGUAGE_CODE)}
    return render(request, "plans/values.html", {"cards": cards, "lines": lines})


def choose(request: VaultRequest) -> HttpResponse:
    cards = content.values(request.LANGUAGE_CODE)
    before = queries.my_values(request.vault).cards
    initial = {"chosen": [card.id for card in before if card.id]}
    form = ChooseForm(request.POST or None, cards=cards, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.choose_values(
            vault=request.vault,
            chosen=form.cleaned_data["chosen"],
            own=form.cleaned_data["own"],
            cards=cards,
            on=clock.today(request),
        )
        return redirect("plans:plan" if not _any(request) else "plans:values")
    return render(request, "plans/choose_values.html", {"form": form})


def _any(request: VaultRequest) -> bool:
    return bool(queries.my_values(request.vault).cards)


def value(request: VaultRequest, place: int) -> HttpResponse:
    """One value, in own words."""
    cards = queries.my_values(request.vault).cards
    if place >= len(cards):
        raise Http404
    form = ValueWordsForm(request.POST or None, initial={"words": cards[place].words})
    if request.method == "POST" and form.is_valid():
        services.say_value(
            vault=request.vault,
            place=place,
            words=form.cleaned_data["words"],
            on=clock.today(request),
        )
        return redirect("plans:values")
    context = {"card": cards[place], "place": place, "form": form}
    return render(request, "plans/value.html", context)


@require_POST
def move(request: VaultRequest, place: int) -> HttpResponse:
    """Nearer to the top, or out of the chosen ones."""
    act = services.leave_value if request.POST.get("word") == "leave" else services.raise_value
    try:
        act(vault=request.vault, place=place, on=clock.today(request))
    except LookupError as error:
        raise Http404 from error
    return redirect("plans:values")
