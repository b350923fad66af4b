"""What is said on Today in one tap: done, not now, never again, it helped, enough, hard; and what becomes of a goal."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from afterglow.companion import services
from afterglow.core.content import library
from afterglow.plans.services import let_go_goal, move_goal, rhythm
from afterglow.ui import clock
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import NotHere, OpenVault

LATER_DAYS = 7


@require_POST
def say(request: VaultRequest) -> HttpResponse:
    """Of the day: hard, a little better, enough, a question please. Of a thing: not now, left out,
    never again, or again.
    """
    vault, day = request.vault, clock.today(request)
    thing = request.POST.get("thing", "")
    match request.POST.get("word", ""):
        case "hard":
            services.say_hard(vault=vault, day=day)
        case "not-hard":
            services.say_hard(vault=vault, day=day, hard="no")
        case "enough":
            services.say_enough(vault=vault, day=day)
        case "ask-me":
            services.ask_for_questions(vault=vault, day=day)
        case "not-now":
            services.put_off(vault=vault, day=day, thing=thing)
        case "leave-out":
            services.skip_own_check(vault=vault, day=day, point=thing)
        case "never":
            _never(vault, thing, day)
        case "again":
            _never(vault, thing, None)
    return redirect("companion:today")


@require_POST
def done(request: VaultRequest) -> HttpResponse:
    """Done, and back to Today."""
    kind, _, name = request.POST.get("thing", "").partition(":")
    day = clock.today(request)
    try:
        title = _title(name, request.LANGUAGE_CODE) if kind == "practice" else ""
        services.do_thing(vault=request.vault, day=day, kind=kind, name=name, title=title)
    except (NotHere, LookupError, ValueError) as error:
        raise Http404 from error
    return redirect("companion:today")


def _title(name: str, language: str) -> str:
    """Raises LookupError for no such practice."""
    for known in library.practices(language):
        if known.id == name:
            return known.title
    raise LookupError(name)


@require_POST
def helped(request: VaultRequest) -> HttpResponse:
    """Whether a practice helped, in one tap; or that one would rather not say."""
    name, day = request.POST.get("practice", ""), clock.today(request)
    _known(name, request.LANGUAGE_CODE)
    word = request.POST.get("word", "")
    if word in {"yes", "no"}:
        rhythm.say_it_helped(vault=request.vault, practice=name, on=day, helped=word == "yes")
    else:
        services.put_off(vault=request.vault, day=day, thing=f"helped:{name}")
    return redirect("companion:today")


@require_POST
def still_fits(request: VaultRequest, record: UUID) -> HttpResponse:
    """A goal that lay still: keep it, make it smaller, or let it go."""
    day = clock.today(request)
    try:
        match request.POST.get("word", ""):
            case "keep":
                _keep(request.vault, record, day)
            case "smaller":
                return redirect("plans:edit", kind="goal", record=record)
            case "let-go":
                let_go_goal(vault=request.vault, goal=record)
    except NotHere as error:
        raise Http404 from error
    services.put_off(vault=request.vault, day=day, thing=f"stale:{record}")
    return redirect("companion:today")


def _keep(vault: OpenVault, record: UUID, day: date) -> None:
    """One with a day gets a new one, a week from now; any other stays as it is."""
    goal = rhythm.keep_goal_as_it_is(vault=vault, goal=record, on=day)
    if goal.day is not None and not goal.repeats:
        move_goal(vault=vault, goal=record, day=day + timedelta(days=LATER_DAYS))


def _never(vault: OpenVault, thing: str, day: date | None) -> None:
    """From this day on; None takes it back."""
    kind, _, name = thing.partition(":")
    known: dict[str, Callable[[], None]] = {
        "practice": lambda: rhythm.never_offer_practice(vault=vault, practice=name, since=day),
        "question": lambda: rhythm.never_ask_question(vault=vault, question=name, since=day),
    }
    if kind in known and name:
        known[kind]()


def _known(name: str, language: str) -> None:
    try:
        _title(name, language)
    except LookupError as error:
        raise Http404 from error
