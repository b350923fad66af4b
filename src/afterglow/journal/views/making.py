"""Capture: one page that offers every way of keeping something, and a page for each way."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from afterglow.core.days import at_local
from afterglow.core.drawing.pictures import as_svg
from afterglow.core.drawing.strokes import read
from afterglow.journal.documents import Entry
from afterglow.journal.forms import making as forms
from afterglow.journal.forms.photos import PhotoForm
from afterglow.journal.queries import making as queries
from afterglow.journal.services import making as services
from afterglow.journal.services import photos
from afterglow.journal.views.finding import entry_or_404
from afterglow.medicine import queries as medicine
from afterglow.ui.clock import now, today
from afterglow.vault.documents import Stored
from afterglow.vault.http import VaultRequest
from afterglow.vault.media.refusals import Refused
from afterglow.vault.open_vault import Conflict, NotHere

DRAWING_DRAFT = "drawing.new"
TYPED = ("text", "title", "artist", "link", "described", "minutes")
RECORDING = frozenset({"upload", "lasted_seconds", "waveform"})
Keep = Callable[[VaultRequest, Any], Any]


def capture(request: VaultRequest) -> HttpResponse:
    """All ways, one tap each; nothing is asked."""
    context = {
        "sitting_id": request.GET.get("sitting", ""),
        "unfinished": queries.unfinished(request.vault),
        "held": _held(request),
    }
    return render(request, "journal/capture.html", context)


def voice(request: VaultRequest) -> HttpResponse:
    return _made(request, forms.VoiceForm, "voice", _keep_voice)


def photo(request: VaultRequest) -> HttpResponse:
    return _made(request, PhotoForm, "photo", _keep_photos)


def poem(request: VaultRequest) -> HttpResponse:
    return _made(request, forms.PoemForm, "poem", _keep_poem)


def music(request: VaultRequest) -> HttpResponse:
    return _made(request, forms.MusicForm, "music", _keep_music)


def movement(request: VaultRequest) -> HttpResponse:
    return _made(request, forms.MovementForm, "movement", _keep_movement)


def draw(request: VaultRequest) -> HttpResponse:
    draft = request.vault.draft(DRAWING_DRAFT)
    form = _form(request, forms.DrawingForm, draft)
    if request.method == "POST" and form.is_valid():
        try:
            return _kept(_keep_drawing(request, form.cleaned_data))
        except Refused as refused:
            form.add_error(None, refused.sentence)
    context = {"form": form, "draft_key": DRAWING_DRAFT, "has_draft": bool(draft)}
    return render(request, "journal/make_drawing.html", context)


def draw_on(request: VaultRequest, entry_id: UUID) -> HttpResponse:
    """Take a drawing up again."""
    stored, key = entry_or_404(request.vault, entry_id), f"drawing.{entry_id}"
    entry = stored.document
    begun = {
        "strokes": queries.strokes_of(request.vault, entry),
        "described": entry.described,
        "text": entry.text,
        "day": entry.written.day,
        "sitting": str(entry.sitting or ""),
        "tender": entry.tender,
        "base_rev": stored.rev,
    } | request.vault.draft(key)
    form = _form(request, forms.DrawingForm, begun)
    if request.method == "POST" and form.is_valid():
        try:
            kept = _keep_changed_drawing(request, stored, form.cleaned_data, key)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            both = isinstance(kept, Conflict)
            return redirect("journal:both", entry_id, kept.other.rev) if both else _kept(stored)
    return render(
        request, "journal/make_drawing.html", {"form": form, "draft_key": key, "again": stored}
    )


@require_safe
def drawing_file(request: VaultRequest, entry_id: UUID) -> HttpResponse:
    """The drawing as SVG to take away: a file with a name that says nothing, never a page of its own."""
    stored = entry_or_404(request.vault, entry_id)
    strokes = queries.strokes_of(request.vault, stored.document)
    if not strokes:
        raise Http404
    response = HttpResponse(as_svg(read(strokes)), content_type="image/svg+xml")
    response["Content-Disposition"] = f'attachment; filename="{entry_id.hex[:8]}.svg"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def gallery(request: VaultRequest) -> HttpResponse:
    """What was made, by sitting."""
    return render(request, "journal/gallery.html", {"groups": queries.gallery(request.vault)})


@require_POST
def let_go_unfinished(request: VaultRequest, upload: UUID) -> HttpResponse:
    """A recording that broke off and is not wanted."""
    try:
        services.let_go(vault=request.vault, upload=upload, now=now(request))
    except NotHere as gone:
        raise Http404 from gone
    return redirect("journal:capture")


def _made(request: VaultRequest, kind: type[forms.Made], name: str, keep: Keep) -> HttpResponse:
    key = f"{name}.new"
    draft = request.vault.draft(key)
    form = _form(request, kind, _begun(request, draft))
    if request.method == "POST" and form.is_valid():
        try:
            with request.vault.together():
                kept = keep(request, form.cleaned_data | {"form": form})
                request.vault.drop_draft(key)
            return _kept(*kept) if isinstance(kept, tuple) else _kept(kept)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        except NotHere:
            form.add_error(None, queries.GONE)
    context = {
        "form": form,
        "draft_key": key,
        "has_draft": any(draft.get(each, "").strip() for each in TYPED),
        "unfinished": queries.unfinished(request.vault) if name == "voice" else (),
        "held": (held := _held(request)),
        "may_let_go": not held,
    }
    return render(request, f"journal/make_{name}.html", context)


def _begun(request: VaultRequest, draft: dict[str, str]) -> dict[str, str]:
    """The words of a draft. A recording has its own way back, and a sitting that the address names comes chosen."""
    not_brought = RECORDING | ({"sitting"} if request.GET.get("sitting") else frozenset())
    return {name: value for name, value in draft.items() if name not in not_brought}


def _held(request: VaultRequest) -> bool:
    """Near a sitting nothing is let go for good."""
    return medicine.held_until(request.vault, now(request)) is not None


def _form(request: VaultRequest, kind: type[forms.Made], begun: dict[str, Any]) -> Any:
    initial = {
        "day": today(request),
        "sitting": request.GET.get("sitting", ""),
        "upload": request.GET.get("upload"),
    }
    return kind(
        request.POST or None,
        request.FILES or None,
        initial=initial | begun,
        vault=request.vault,
        today=today(request),
    )


def _placed(
    request: VaultRequest, cleaned: dict[str, Any], entry: Entry | None = None
) -> services.Placed:
    written, day = entry.written if entry else now(request), cleaned["day"]
    if day != written.day:
        local = written.local()
        written = at_local(day, local.hour, local.minute, written.zone)
    return services.Placed(written=written, sitting=cleaned["sitting"], tender=cleaned["tender"])


def _kept(stored: Any, refused: Sequence[str] = ()) -> HttpResponse:
    page = reverse("journal:entry", args=[stored.id])
    return redirect(page + photos.kept_query(refused))


def _keep_voice(request: VaultRequest, cleaned: dict[str, Any]) -> Any:
    return services.keep_recording(
        vault=request.vault,
        upload=cleaned["form"].recorded,
        recording=cleaned["recording_id"],
        arrived=cleaned["instead_of"],
        placed=_placed(request, cleaned),
        text=cleaned["text"],
        lasted_seconds=cleaned["lasted_seconds"] or 0,
        waveform=cleaned["waveform"],
    )


def _keep_music(request: VaultRequest, cleaned: dict[str, Any]) -> Any:
    return services.keep_recording(
        vault=request.vault,
        upload=cleaned["form"].recorded,
        recording=cleaned["recording_id"],
        arrived=cleaned["instead_of"],
        placed=_placed(request, cleaned),
        kind_of="music",
        text=cleaned["text"],
        listened=cleaned["form"].listened,
        lasted_seconds=cleaned["lasted_seconds"] or 0,
        waveform=cleaned["waveform"],
    )


def _keep_photos(request: VaultRequest, cleaned: dict[str, Any]) -> Any:
    return photos.keep_photos(
        vault=request.vault,
        photos=cleaned["form"].photos,
        placed=_placed(request, cleaned),
        text=cleaned["text"],
        described=cleaned["described"],
    )


def _keep_drawing(request: VaultRequest, cleaned: dict[str, Any]) -> Any:
    return services.keep_drawing(
        vault=request.vault,
        drawing=cleaned["strokes"],
        placed=_placed(request, cleaned),
        text=cleaned["text"],
        described=cleaned["described"],
        draft=DRAWING_DRAFT,
    )


def _keep_changed_drawing(
    request: VaultRequest, stored: Stored[Entry], cleaned: dict[str, Any], draft: str
) -> Any:
    return services.draw_on(
        vault=request.vault,
        entry=stored.id,
        drawing=cleaned["strokes"],
        placed=_placed(request, cleaned, stored.document),
        text=cleaned["text"],
        described=cleaned["described"],
        base_rev=cleaned["base_rev"],
        draft=draft,
    )


def _keep_poem(request: VaultRequest, cleaned: dict[str, Any]) -> Any:
    return services.keep_poem(
        vault=request.vault,
        placed=_placed(request, cleaned),
        text=cleaned["text"],
        title=cleaned["title"],
    )


def _keep_movement(request: VaultRequest, cleaned: dict[str, Any]) -> Any:
    return services.keep_movement(
        vault=request.vault,
        placed=_placed(request, cleaned),
        text=cleaned["text"],
        minutes=cleaned["minutes"],
    )
