"""What the answers of guided pages become: an obstacle with its plan, a slow path, a small goal, a review."""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from afterglow.core.plan.if_then import split_if_then
from afterglow.plans.documents import BecameOf, Goal, Obstacle, Review
from afterglow.plans.services.parts import keep_part
from afterglow.vault.documents import Document, Stored
from afterglow.vault.open_vault import OpenVault

Answers = Mapping[str, str]
BECAME = "became."
BEHIND = "behind"


def draft_name(name: str) -> str:
    """The draft in which the answers of one guided page gather until they are kept."""
    return f"guided.{name}"


def note_answer(*, vault: OpenVault, name: str, key: str, words: str) -> None:
    """Remember one answer on the way, and forget the draft of its screen."""
    form = draft_name(name)
    with vault.together():
        vault.keep_draft(form, vault.draft(form) | {key: words})
        vault.drop_draft(f"{form}.{key}")


def begin_guided(*, vault: OpenVault, name: str, behind: str) -> None:
    """Remember which insight it comes from; answers from before stay."""
    form = draft_name(name)
    vault.keep_draft(form, vault.draft(form) | {BEHIND: behind})


def keep_guided(*, vault: OpenVault, name: str, on: date) -> Stored[Document] | None:
    """Keep what was answered as one document; None where nothing was. Raises KeyError for an unknown page."""
    make = KEEPERS[name]
    form = draft_name(name)
    answers = {key: words.strip() for key, words in vault.draft(form).items()}
    if not any(words for key, words in answers.items() if key != BEHIND):
        vault.drop_draft(form)
        return None
    return keep_part(vault=vault, part=make(answers, on), draft=form)


def _obstacle(answers: Answers, on: date) -> Obstacle:
    if_words, then_words = split_if_then(answers.get("if-then", ""))
    return Obstacle(
        wish=answers.get("wish", ""),
        outcome=answers.get("outcome", ""),
        obstacle=answers.get("obstacle", ""),
        if_words=if_words,
        then_words=then_words,
        insight=_behind(answers),
        on=on,
    )


def _slow_path(answers: Answers, on: date) -> Obstacle:
    return Obstacle(
        way="slow",
        noticed=answers.get("notice", ""),
        would_miss=answers.get("keep", ""),
        less=answers.get("less", ""),
        instead=answers.get("more", ""),
        who_knows=answers.get("who", ""),
        insight=_behind(answers),
        on=on,
    )


def _goal(answers: Answers, on: date) -> Goal:
    return Goal(
        text=answers.get("what", "") or answers.get("tiny", ""),
        what_for=answers.get("for-what", ""),
        tiny=answers.get("tiny", ""),
        place=answers.get("when-where", ""),
        if_not=answers.get("if-not", ""),
        comes_from=_behind(answers),
        on=on,
    )


def _review(answers: Answers, on: date) -> Review:
    return Review(
        on=on,
        helped=answers.get("helped", ""),
        in_the_way=answers.get("in_the_way", ""),
        change=answers.get("change", ""),
    )


def _month(answers: Answers, on: date) -> Review:
    became = tuple(
        BecameOf(insight=UUID(key.removeprefix(BECAME)), words=words)
        for key, words in answers.items()
        if key.startswith(BECAME) and words
    )
    return Review(
        on=on,
        span="month",
        became=became,
        progress=answers.get("progress", ""),
        realised=answers.get("realised", ""),
        before=answers.get("before", ""),
        after=answers.get("after", ""),
        helped=answers.get("helped", ""),
        in_the_way=answers.get("in_the_way", ""),
        change=answers.get("change", ""),
    )


def _behind(answers: Answers) -> UUID | None:
    try:
        return UUID(answers.get(BEHIND, ""))
    except ValueError:
        return None


KEEPERS: dict[str, Callable[[Answers, date], Document]] = {
    "obstacle-to-plan": _obstacle,
    "slow-path": _slow_path,
    "small-goal": _goal,
    "weekly-review": _review,
    "monthly-look-back": _month,
}
