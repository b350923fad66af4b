"""The care partner's pages: a calm list, one person's shared page, what can be said there, and own notes."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from afterglow.core.content import library
from afterglow.sharing.partner import services
from afterglow.sharing.partner.forms import CheckInsForm, NoteForm
from afterglow.sharing.partner.queries import people as listed
from afterglow.sharing.partner.queries.check_ins import answers, asked, check_ins_with
from afterglow.sharing.partner.queries.names import name_of, record_of
from afterglow.sharing.partner.queries.shared import (
    changed_parts,
    last_day,
    last_look,
    shared_page,
    shared_with_me,
)
from afterglow.sharing.partner.queries.thread import notes_on, unseen
from afterglow.sharing.partner.views.finding import known_or_404, tried
from afterglow.ui import clock
from afterglow.vault.grants import people
from afterglow.vault.grants.granted import Refused
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import NotHere

MOST_ANSWERS = 60


def rows(request: VaultRequest) -> HttpResponse:
    """Everybody who shares something, by name."""
    services.receive(request.vault)
    today = clock.today(request)
    found = listed.rows(request.vault, now=timezone.now(), today=today)
    return render(request, "sharing/partner/people.html", {"rows": found, "today": today})


def person(request: VaultRequest, person: UUID) -> HttpResponse:
    """What one person shares, in the order in which one would ask: where they are, how it was, what they plan."""
    known_or_404(request, person)
    services.receive(request.vault)
    vault, today = request.vault, clock.today(request)
    now = timezone.now()
    context = {
        "person": person,
        "name": name_of(vault, person),
        "record": record_of(vault, person),
        "feelings": {each.id: each.name for each in library.feelings(request.LANGUAGE_CODE)},
        "today": today,
    }
    try:
        given = shared_with_me(vault, person, now=now)
    except (people.NotMet, people.KeyChanged, Refused):
        return render(request, "sharing/partner/not_read.html", context)
    heard = [each for each in answers(vault, person, asking=True) if not each.document.skipped]
    look = last_look(vault, person)
    context |= {
        "page": shared_page(given, today) if given else None,
        "changed": changed_parts(given, look) if given else [],
        "since": look,
        "check_ins": asked(vault, person, today),
        "answers": vault.whole(heard[:MOST_ANSWERS]),
        "came": unseen(vault, person),
        "ends": last_day(vault, person, now=now) if given else None,
    }
    services.hear(vault=vault, other=person)
    if given is not None:
        services.remember_look(vault=vault, given=given, on=today)
        services.say_it_was_opened(vault=vault, person=person, now=now)
    return render(request, "sharing/partner/person.html", context)


def propose(request: VaultRequest, person: UUID) -> HttpResponse:
    """Ask whether check-ins at these times suit. What is agreed is the person's to change."""
    known_or_404(request, person)
    kept = check_ins_with(request.vault, person, asking=True)
    if kept is not None and kept.state == "agreed":
        return render(request, "sharing/partner/agreed.html", {"person": person})
    initial = CheckInsForm.of(kept.points, kept.own_days, kept.questions) if kept else {}
    form, trouble = CheckInsForm(request.POST or None, initial=initial), ""
    if request.method == "POST" and form.is_valid():
        facts = form.facts()
        trouble = tried(lambda: services.propose(vault=request.vault, to=person, **facts))
        if not trouble:
            return redirect("partner:person", person=person)
    context = {
        "person": person,
        "name": name_of(request.vault, person),
        "form": form,
        "trouble": trouble,
        "kept": kept,
    }
    return render(request, "sharing/partner/propose.html", context)


def notes(request: VaultRequest, person: UUID) -> HttpResponse:
    """Own notes on one person. They stay in this vault."""
    known_or_404(request, person)
    key = f"note.{person}"
    form = NoteForm(request.POST or None, initial=request.vault.draft(key))
    if request.method == "POST" and form.is_valid():
        services.note(
            vault=request.vault,
            person=person,
            text=form.cleaned_data["text"],
            on=clock.today(request),
            draft=key,
        )
        return redirect("partner:notes", person=person)
    context = {
        "person": person,
        "name": name_of(request.vault, person),
        "form": form,
        "draft_key": key,
        "notes": notes_on(request.vault, person),
    }
    return render(request, "sharing/partner/notes.html", context)


@require_POST
def remove_note(request: VaultRequest, person: UUID, record: UUID) -> HttpResponse:
    try:
        services.remove_note(vault=request.vault, record=record)
    except NotHere as error:
        raise Http404 from error
    return redirect("partner:notes", person=person)
