"""Pages for machines: take a file in piece by piece, and give a kept one back, whole or in part."""

from uuid import UUID

import msgspec
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_GET, require_POST, require_safe

from afterglow.vault.documents import Stored
from afterglow.vault.http import VaultRequest, not_kept_when_locked
from afterglow.vault.media import answering, queries, services
from afterglow.vault.media.documents import Media
from afterglow.vault.media.files import Damaged
from afterglow.vault.media.refusals import Refused
from afterglow.vault.open_vault import NotHere

STATUS = {
    "too_large": 413,
    "not_all": 409,
    "odd_piece": 409,
    "too_many": 429,
    "no_room": 507,
    "not_written": 507,
}


class Beginning(msgspec.Struct, frozen=True):
    name: str
    type: str
    length: int | None  # unknown while it is being recorded


class Ending(msgspec.Struct, frozen=True):
    seconds: float = 0.0
    waveform: list[int] = []


@require_POST
@not_kept_when_locked
def begin(request: VaultRequest) -> HttpResponse:
    """A new upload: its id, and how large each piece is."""
    try:
        said = msgspec.json.decode(request.body, type=Beginning)
        upload = services.begin_upload(
            request.vault, name=said.name, content_type=said.type, length=said.length
        )
    except msgspec.DecodeError:
        return HttpResponse(status=400)
    except Refused as refused:
        return _refusal(refused)
    return JsonResponse({"upload": str(upload), "piece_bytes": services.PIECE_BYTES})


@require_POST
@not_kept_when_locked
def piece(request: VaultRequest, upload: UUID, index: int) -> HttpResponse:
    """One piece; the answer says that it is on the disk."""
    if int(request.headers.get("Content-Length") or 0) > services.PIECE_BYTES:
        return _refusal(Refused("odd_piece"))
    try:
        services.take_piece(request.vault, upload, index, request.body)
    except NotHere as error:
        raise Http404 from error
    except Refused as refused:
        return _refusal(refused)
    return JsonResponse({"kept": index})


@require_GET
def state(request: VaultRequest, upload: UUID) -> HttpResponse:
    """Which pieces have arrived, so that an upload can go on later."""
    try:
        return JsonResponse({"kept": services.kept_pieces(request.vault, upload)})
    except NotHere as error:
        raise Http404 from error


@require_POST
@not_kept_when_locked
def finish(request: VaultRequest, upload: UUID) -> HttpResponse:
    """Keep the file; asked again after a lost answer, the same file is named again."""
    try:
        said = _ending(request)
        stored = services.finish_upload(
            request.vault, upload, seconds=said.seconds, waveform=said.waveform
        )
    except msgspec.DecodeError:
        return HttpResponse(status=400)
    except NotHere as error:
        raise Http404 from error
    except Damaged:
        return _refusal(Refused("not_all"))
    except Refused as refused:
        return _refusal(refused)
    return JsonResponse({"media": str(stored.id)})


def _ending(request: VaultRequest) -> Ending:
    """What a recorder knows of its sound; nothing needs to be said."""
    if request.content_type != "application/json":
        return Ending()
    return msgspec.json.decode(request.body or b"{}", type=Ending)


def _refusal(refused: Refused) -> HttpResponse:
    text = {"refused": refused.why, "sentence": refused.sentence}
    return JsonResponse(text, status=STATUS.get(refused.why, 415))


@require_safe
def show(request: VaultRequest, media: UUID) -> HttpResponseBase:
    """A kept file, whole or the stretch that was asked for."""
    return _answer(request, _found(request, media))


@require_safe
def small(request: VaultRequest, media: UUID) -> HttpResponseBase:
    """The small picture of a kept one, or the kept one where it is small itself."""
    found = _found(request, media)
    return _answer(request, queries.thumbnail_of(request.vault, media) or found)


def _found(request: VaultRequest, media: UUID) -> Stored[Media]:
    found = queries.media_or_none(request.vault, media)
    if found is None:
        raise Http404
    return found


def _answer(request: VaultRequest, found: Stored[Media]) -> HttpResponseBase:
    return answering.answer(
        request, found, lambda start, end: queries.open_range(request.vault, found.id, start, end)
    )
