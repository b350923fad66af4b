"""The other side, thin: taking up an invitation, the people one helps, and what one was granted."""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from afterglow.sharing import services
from afterglow.sharing.documents import HelpedPerson
from afterglow.sharing.forms import AcceptForm
from afterglow.sharing.partner.queries.shared import shared_page
from afterglow.sharing.queries import people as queries
from afterglow.sharing.queries import shown as showing
from afterglow.sharing.views.choices import feeling_names
from afterglow.sharing.views.inviting import qr
from afterglow.ui import clock
from afterglow.vault.grants import granted, people
from afterglow.vault.http import VaultRequest, open_to_all, vault_of
from afterglow.vault.media import queries as files
from afterglow.vault.media.answering import answer
from afterglow.vault.media.documents import Media
from afterglow.vault.open_vault import NotHere


@open_to_all
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """A link that someone was given. It names nobody."""
    vault = vault_of(request)
    row = queries.invitation_of(token)
    if row is None or (vault is not None and row.owner == vault.owner):
        own = row is not None
        return render(request, "sharing/not_invited.html", {"own": own}, status=200 if own else 404)
    form = AcceptForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and vault is not None and form.is_valid():
        try:
            record = services.accept(
                vault=vault,
                token=token,
                name=form.cleaned_data["name"],
                today=clock.today(request),
            )
        except services.NotInvited:
            return render(request, "sharing/not_invited.html", status=404)
        return redirect("sharing:person", record)
    return render(request, "sharing/invited.html", {"form": form, "token": token})


def helped(request: VaultRequest) -> HttpResponse:
    """The people whom the holder of this vault helps have a list of their own."""
    return redirect("partner:people")


def _person(request: VaultRequest, record: UUID) -> queries.Helped:
    for each in queries.helped(request.vault):
        if each.id == record:
            return each
    raise Http404


def person(request: VaultRequest, record: UUID) -> HttpResponse:
    """One person: the eight words to read out, and what they let one read."""
    found = _person(request, record)
    words = () if found.changed else people.words(request.vault, found.person.person)
    context = {"person": found, "words": words, "code": qr(" ".join(words)) if words else ""}
    return render(request, "sharing/person.html", context)


def leave(request: VaultRequest, record: UUID) -> HttpResponse:
    """Put down what was granted."""
    found = _person(request, record)
    if request.method == "POST":
        services.forget_person(vault=request.vault, record=record, today=clock.today(request))
        return redirect("sharing:helped")
    return render(request, "sharing/leave.html", {"person": found})


def shared(request: VaultRequest, grant: UUID) -> HttpResponse:
    """What one grant lets its holder read."""
    now = timezone.now()
    try:
        view = granted.open_granted(request.vault, grant, now=now)
    except granted.NotGranted:
        return render(request, "sharing/not_shared.html", status=404)
    except (granted.Refused, people.NotMet, people.KeyChanged):
        return render(request, "sharing/keys_changed.html", status=404)
    terms = queries.read_terms(view.terms)
    services.note_opening(
        vault=request.vault, owner=view.owner, grant=grant, parts=showing.parts(terms), now=now
    )
    context = {
        "page": shared_page(view, clock.today(request)),
        "feelings": feeling_names(request),
        "terms": terms,
        "name": _name_of(request, view, terms.name),
        "ends": view.ends,
    }
    return render(request, "sharing/shared.html", context)


def _name_of(request: VaultRequest, view: granted.GrantedVault, own: str) -> str:
    """The holder's own word for this person, or what they call themselves."""
    found = (s.document for s in request.vault.heads(HelpedPerson))
    return next((p.name for p in found if p.person == view.owner and p.name), own)


@require_safe
def media(request: VaultRequest, owner: UUID, media: UUID) -> HttpResponseBase:
    """A photo or recording of a shared entry: one's own in a preview, or one that was granted."""
    vault = request.vault
    if owner == vault.owner:
        found = files.media_or_none(vault, media)
        if found is None:
            raise Http404
        return answer(request, found, lambda start, end: files.open_range(vault, media, start, end))
    for view in _granted_by(request, owner):
        try:
            found = view.head(Media, media)
        except NotHere:
            continue
        return answer(request, found, partial(view.media_range, media))
    raise Http404


def _granted_by(request: VaultRequest, owner: UUID) -> Iterator[granted.GrantedVault]:
    now = timezone.now()
    for row in granted.granted_to(request.vault, now=now):
        if row.owner == owner:
            try:
                yield granted.open_granted(request.vault, row.id, now=now)
            except (granted.NotGranted, granted.Refused, people.NotMet, people.KeyChanged):
                continue
