"""What a care partner can say to something shared: a question, a practice, a plan beside the one there is, a kind word."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from afterglow.core.content import library
from afterglow.plans.documents import Goal, Obstacle, Win
from afterglow.sharing.partner import services
from afterglow.sharing.partner.forms import MessageForm, ObstacleForm, PracticeForm, QuestionForm
from afterglow.sharing.partner.queries.names import name_of
from afterglow.sharing.partner.views.finding import given_or_404, known_or_404, tried
from afterglow.sharing.partner.wire import Sent
from afterglow.ui import clock
from afterglow.ui.forms import PrivateForm
from afterglow.vault.grants.granted import GrantedVault
from afterglow.vault.http import VaultRequest
from afterglow.vault.open_vault import NotHere


def question(request: VaultRequest, person: UUID) -> HttpResponse:
    """One question to think about."""
    known_or_404(request, person)
    key = f"suggest.question.{person}"
    form = QuestionForm(request.POST or None, initial=request.vault.draft(key))
    sent = None
    if request.method == "POST" and form.is_valid():
        sent = Sent(what="question", text=form.cleaned_data["text"])
    return _said(request, person, form, sent, key, "question")


def practice(request: VaultRequest, person: UUID) -> HttpResponse:
    """One of the practices, with a few words."""
    known_or_404(request, person)
    key = f"suggest.practice.{person}"
    form = PracticeForm(
        request.POST or None,
        initial=request.vault.draft(key),
        practices=library.practices(request.LANGUAGE_CODE),
    )
    sent = None
    if request.method == "POST" and form.is_valid():
        sent = Sent(what="practice", **form.cleaned_data)
    return _said(request, person, form, sent, key, "practice")


def obstacle(request: VaultRequest, person: UUID, record: UUID) -> HttpResponse:
    """A plan for an obstacle that is shared, begun from the one that is there."""
    try:
        there = given_or_404(request, person).get(Obstacle, record).document
    except NotHere as error:
        raise Http404 from error
    if there.harm:
        raise Http404
    key = f"suggest.obstacle.{record}"
    initial = {"if_words": there.if_words, "then_words": there.then_words}
    form = ObstacleForm(request.POST or None, initial=initial | request.vault.draft(key))
    sent = None
    if request.method == "POST" and form.is_valid():
        sent = Sent(
            what="obstacle",
            about=record,
            quote=there.obstacle,
            quote_if=there.if_words,
            quote_then=there.then_words,
            **form.cleaned_data,
        )
    return _said(request, person, form, sent, key, "obstacle", there.obstacle)


def win(request: VaultRequest, person: UUID, record: UUID) -> HttpResponse:
    """A kind word on something that was done."""
    quote, key = _done(request, person, record), f"suggest.win.{record}"
    form = MessageForm(request.POST or None, initial=request.vault.draft(key))
    sent = None
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        sent = Sent(what="encouragement", about=record, quote=quote, text=text)
    return _said(request, person, form, sent, key, "win", quote)


def _done(request: VaultRequest, person: UUID, record: UUID) -> str:
    given = given_or_404(request, person)
    try:
        return given.get(Win, record).document.text
    except NotHere:
        return _goal_done(given, record)


def _goal_done(given: GrantedVault, record: UUID) -> str:
    try:
        goal = given.get(Goal, record).document
    except NotHere as error:
        raise Http404 from error
    if not goal.done_on:
        raise Http404
    return goal.text


def _said(
    request: VaultRequest,
    person: UUID,
    form: PrivateForm,
    sent: Sent | None,
    key: str,
    what: str,
    quote: str = "",
) -> HttpResponse:
    """Send it and go back to the person; or show the form, with what is in the way."""
    trouble = ""
    if sent is not None:
        trouble = tried(
            lambda: services.say(
                vault=request.vault, to=person, sent=sent, at=clock.now(request), draft=key
            )
        )
        if not trouble:
            return redirect("partner:thread", other=person)
    context = {
        "person": person,
        "name": name_of(request.vault, person),
        "form": form,
        "draft_key": key,
        "what": what,
        "quote": quote,
        "trouble": trouble,
    }
    return render(request, "sharing/partner/say.html", context)
