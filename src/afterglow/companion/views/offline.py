"""What makes the program installable and useful without connection: manifest, worker, kept pages, and what waits."""

import json
from itertools import groupby
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language_bidi
from django.views.decorators.http import require_POST, require_safe

from afterglow.companion import services
from afterglow.companion.forms import PressureForm, SaidForm, SideEffectForm
from afterglow.companion.queries import arrived as arrived_things
from afterglow.companion.queries import shells
from afterglow.companion.views.exercises import TIMER_MINUTES
from afterglow.companion.views.safety import lines_for_everybody
from afterglow.core.content import library
from afterglow.core.content.kinds import Practice
from afterglow.core.drawing.strokes import COLOURS
from afterglow.journal.queries.making import NAMED_COLOURS, PHOTO_LIMITS
from afterglow.medicine.queries import held_until
from afterglow.medicine.services import CARDS
from afterglow.reminders.queries import words
from afterglow.ui import clock
from afterglow.vault import outbox
from afterglow.vault.http import VaultRequest, open_to_all, vault_of
from afterglow.vault.open_vault import NotHere

ICONS = ((192, "any"), (512, "any"), (512, "maskable"))
GROUND = "#17151c"
TIMER: dict[str, Any] = {"minutes": TIMER_MINUTES, "chosen": 5}


@open_to_all
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """The name and the picture on a phone's screen: neither says what it is for."""
    icons = [
        {
            "src": static(f"ui/icon-{'maskable-' if use == 'maskable' else ''}{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": use,
        }
        for size, use in ICONS
    ]
    return JsonResponse(
        {
            "id": "/",
            "name": "Afterglow",
            "short_name": "Afterglow",
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "lang": request.LANGUAGE_CODE,
            "dir": "rtl" if get_language_bidi() else "ltr",
            "background_color": GROUND,
            "theme_color": GROUND,
            "icons": icons,
        },
        content_type="application/manifest+json",
    )


@open_to_all
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The browser's worker. It keeps pages without a word of a person, and shows one fixed sentence for a push."""
    files = [static(name) for name in shells.files()]
    pages = {known.name: reverse("companion:shell", args=[known.name]) for known in shells.SHELLS}
    answers = [(start, pages[known.name]) for start, known in shells.answers()]
    known = {
        "version": shells.version_of([*files, *pages.values(), request.LANGUAGE_CODE]),
        "files": files,
        "pages": [*pages.values(), reverse("accounts:left")],
        "answers": answers,
        "start": pages["check-in"],
        "away": pages["away"],
        "files_under": settings.STATIC_URL,
        "leave": reverse("accounts:leave"),
        "left": reverse("accounts:left"),
        "says": words("push", request.LANGUAGE_CODE),
    }
    code = json.dumps(static("companion/worker.js"))
    text = f"self.KNOWN = {json.dumps(known, ensure_ascii=False)};\nimportScripts({code});\n"
    response = HttpResponse(text, content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = "/"
    return response


@open_to_all
@require_safe
def shell(request: HttpRequest, name: str) -> HttpResponse:
    """One page as a browser keeps it: whoever is in here, it is made as for nobody."""
    known = shells.shell(name)
    if known is None:
        raise Http404
    context = _content(request, name) | {"vault": None, "shell": name}
    return render(request, known.template, context)


def _content(request: HttpRequest, name: str) -> dict[str, Any]:
    language: str = request.LANGUAGE_CODE
    match name:
        case "help":
            return lines_for_everybody(request, language)
        case "draw":
            return {"colours": NAMED_COLOURS, "colours_json": json.dumps(COLOURS)}
        case "photo":
            return {"limits": PHOTO_LIMITS}
        case "practices":
            known = sorted(library.practices(language), key=_group)
            return {"groups": [(group, list(rows)) for group, rows in groupby(known, key=_group)]}
        case "grounding":
            return {"grounding": library.grounding(language)}
        case "timer" | "breathing":
            exercise = next(each for each in library.exercises(language) if each.id == name)
            return {"exercise": exercise} | TIMER
    return _of_a_sitting(name)


def _of_a_sitting(name: str) -> dict[str, Any]:
    """What the pages of the day of a sitting need, and of what is made then."""
    match name:
        case "before":
            return {"cards": ("why", *CARDS)}
        case "now" | "settled":
            return {"form": SaidForm()}
        case "pressure":
            return {"form": PressureForm(), "back": reverse("companion:now")}
        case "body":
            return {"form": SideEffectForm(), "back": reverse("companion:now")}
        case "movement":
            return TIMER
    return {}


def _group(practice: Practice) -> str:
    return practice.group


@open_to_all
@require_safe
def waiting_to_send(request: HttpRequest) -> HttpResponse:
    """What waits in this browser, by time and kind; and, once open, what arrived and asks for the person."""
    vault = vault_of(request)
    held = vault is not None and held_until(vault, clock.now(request)) is not None
    asks = [(ask, _read_out(ask)) for ask in outbox.to_look_at(vault)] if vault else []
    context = {"asks": asks, "held": held, "noted_kinds": arrived_things.NOTED_OF_A_SITTING}
    return render(request, "companion/offline/waiting.html", context)


def _read_out(ask: outbox.ToLookAt) -> list[str]:
    return arrived_things.lines_of(ask.sent) if ask.sent else []


@require_POST
def arrived(request: VaultRequest, item: UUID) -> HttpResponse:
    """An item that could not be kept as what it was: tried once more, kept as an entry, or let go."""
    try:
        word = request.POST.get("word")
        if word == "write":
            entry = services.write_down(vault=request.vault, item=item)
            return redirect("journal:entry", entry_id=entry)
        if word == "again":
            placed = services.place_again(vault=request.vault, item=item)
            return _shown(placed) if placed else redirect("companion:waiting_to_send")
        services.let_go(vault=request.vault, item=item, now=clock.now(request))
    except NotHere as error:
        raise Http404 from error
    return redirect("companion:waiting_to_send")


def _shown(placed: outbox.Received) -> HttpResponse:
    """The page on which it now stands."""
    return redirect(reverse(placed.page, args=placed.arguments) + placed.query)


@require_safe
def sealed_copy(request: VaultRequest, item: UUID) -> HttpResponse:
    """The item as it came, with its files; the page of what waits takes it in again, here or elsewhere."""
    try:
        blob = outbox.sealed_copy(request.vault, item)
    except NotHere as error:
        raise Http404 from error
    return _download(blob, f"afterglow-{str(item)[:8]}.sealed")


@require_safe
def file_with(request: VaultRequest, item: UUID, number: int) -> HttpResponse:
    """A file that came with an item and could not be kept."""
    try:
        content = outbox.file_with(request.vault, item, number)
    except NotHere as error:
        raise Http404 from error
    return _download(content, f"afterglow-{str(item)[:8]}-{number}")


def _download(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
