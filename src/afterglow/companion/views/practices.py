"""All practices to look through, and the page of one with why and how it was chosen."""

from itertools import groupby

from django.http import Http404, HttpResponse
from django.shortcuts import render

from afterglow.accounts.queries import preferences
from afterglow.companion.queries.choice import Asked, place_on, sum_of
from afterglow.companion.queries.day import day_state
from afterglow.core.content import library
from afterglow.core.content.kinds import Practice
from afterglow.core.plan.score import total
from afterglow.plans.queries import rhythm
from afterglow.ui import clock
from afterglow.vault.http import VaultRequest


def practices(request: VaultRequest) -> HttpResponse:
    """Everything, group by group; what was marked unsuitable stands apart and says so."""
    marked = set(preferences(request.vault).unsuitable)
    known = library.practices(request.LANGUAGE_CODE)
    groups = [
        (group, [(each, bool(marked & set(each.cautions))) for each in rows])
        for group, rows in groupby(sorted(known, key=_group), key=_group)
    ]
    return render(request, "companion/practices.html", {"groups": groups})


def _group(practice: Practice) -> str:
    return practice.group


def practice(request: VaultRequest, name: str) -> HttpResponse:
    known = _known(name, request.LANGUAGE_CODE)
    now, language = clock.now(request), request.LANGUAGE_CODE
    likes, state = preferences(request.vault), day_state(request.vault, now.day)
    asked = Asked(request.vault, now.day, now.local().hour, language, likes, state)
    parts = sum_of(asked, place_on(request.vault, now.day), known)
    note = rhythm.practice_note(request.vault, known.id)
    context = {
        "practice": known,
        "parts": parts,
        "total": total(parts),
        "note": note,
        "done_today": now.day in note.done_on,
        "marked": [
            each
            for each in library.cautions(language)
            if each.id in known.cautions and each.id in likes.unsuitable
        ],
        "cautions": [each for each in library.cautions(language) if each.id in known.cautions],
    }
    return render(request, "companion/practice.html", context)


def _known(name: str, language: str) -> Practice:
    for known in library.practices(language):
        if known.id == name:
            return known
    raise Http404
