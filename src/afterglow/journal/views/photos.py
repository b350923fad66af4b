"""The photos of an entry that is there: described, added to, and one of them taken out."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from afterglow.journal.documents import MOST_PHOTOS, Entry
from afterglow.journal.forms.photos import MorePhotosForm, SeenForm
from afterglow.journal.queries import making as queries
from afterglow.journal.services import Kept
from afterglow.journal.services import photos as services
from afterglow.journal.views.finding import entry_or_404
from afterglow.vault.documents import Stored
from afterglow.vault.http import VaultRequest
from afterglow.vault.media.refusals import Refused
from afterglow.vault.open_vault import Conflict, NotHere


def describe(request: VaultRequest, entry_id: UUID) -> HttpResponse:
    """What is to be seen in each photo; from here more are added, and one is taken out."""
    stored, key = _with_photos(request, entry_id), f"photos.{entry_id}"
    for_all, words = services.said_of(stored.document)
    pictures = queries.pictures(request.vault, stored.document)
    form = SeenForm(
        request.POST or None,
        initial=SeenForm.begun(words, for_all, stored.rev, request.vault.draft(key)),
        pictures=pictures,
        for_all=for_all,
    )
    if request.method == "POST" and form.is_valid():
        kept = services.describe_photos(
            vault=request.vault,
            entry=entry_id,
            words=form.words(),
            for_all=form.cleaned_data.get("for_all", ""),
            base_rev=form.cleaned_data["base_rev"],
            draft=key,
        )
        return _shown(entry_id, kept)
    has_room = len(pictures) < MOST_PHOTOS
    context = {"stored": stored, "form": form, "has_room": has_room, "draft_key": key}
    return render(request, "journal/photos.html", context)


def add(request: VaultRequest, entry_id: UUID) -> HttpResponse:
    """One more photo, or several."""
    stored = _with_photos(request, entry_id)
    form = MorePhotosForm(
        request.POST or None, request.FILES or None, initial={"base_rev": stored.rev}
    )
    if request.method == "POST" and form.is_valid():
        try:
            kept, refused = services.add_photos(
                vault=request.vault,
                entry=entry_id,
                photos=form.photos,
                described=form.cleaned_data["described"],
                base_rev=form.cleaned_data["base_rev"],
            )
        except Refused as why:
            form.add_error("photo", why.sentence)
        else:
            return _shown(entry_id, kept, services.kept_query(refused))
    return render(request, "journal/add_photos.html", {"stored": stored, "form": form})


def take_out(request: VaultRequest, entry_id: UUID, media: UUID) -> HttpResponse:
    """Ask, then take one photo out. It stays with the earlier version, so nothing goes for good by this."""
    stored = _with_photos(request, entry_id)
    photo = next(
        (each for each in queries.pictures(request.vault, stored.document) if each.id == media),
        None,
    )
    if photo is None:
        raise Http404
    context = {"stored": stored, "photo": photo, "all_of_it": False}
    if request.method == "POST":
        rev = request.POST.get("base_rev", "")
        try:
            kept = services.take_out(
                vault=request.vault,
                entry=entry_id,
                photo=media,
                base_rev=int(rev) if rev.isdecimal() else None,
            )
        except services.NothingLeft:
            context["all_of_it"] = True
        except NotHere as gone:
            raise Http404 from gone
        else:
            return _shown(entry_id, kept, "")
    return render(request, "journal/take_out.html", context)


def _with_photos(request: VaultRequest, entry_id: UUID) -> Stored[Entry]:
    """Any entry may hold photos but a drawing: its picture is made of its strokes."""
    stored = entry_or_404(request.vault, entry_id)
    if stored.document.kind_of == "drawing":
        raise Http404
    return stored


def _shown(entry_id: UUID, kept: Kept, query: str = "?kept=1") -> HttpResponse:
    if isinstance(kept, Conflict):
        return redirect("journal:both", entry_id, kept.other.rev)
    return redirect(reverse("journal:entry", args=[entry_id]) + query)
