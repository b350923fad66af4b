"""The front door, Know first, the four doors, and where to find everything else."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from afterglow.accounts.queries import how_many_people
from afterglow.core.content import library
from afterglow.vault.http import VaultRequest, open_to_all, vault_of

DOORS = ("tomorrow", "home", "series", "while-ago")


@open_to_all
def start(request: HttpRequest) -> HttpResponse:
    """The front door: Today for whoever is in, Know first for a new person, else the lock."""
    if vault_of(request) is not None:
        return redirect("companion:today")
    return redirect("accounts:unlock" if how_many_people() else "companion:know")


@open_to_all
def know(request: HttpRequest) -> HttpResponse:
    pages = [page for page in library.know_first(request.LANGUAGE_CODE) if not page.door]
    context = {"pages": pages, "nobody_yet": how_many_people() == 0}
    return render(request, "companion/know.html", context)


def doors(request: VaultRequest) -> HttpResponse:
    """Four ways in; each leads to something useful within two minutes."""
    return render(request, "companion/doors.html")


def door(request: VaultRequest, name: str) -> HttpResponse:
    if name not in DOORS:
        raise Http404
    guide = library.door_guide(name, request.LANGUAGE_CODE)  # type: ignore[arg-type]
    return render(request, "companion/door.html", {"guide": guide, "name": name})


def more(request: VaultRequest) -> HttpResponse:
    return render(request, "companion/more.html")
