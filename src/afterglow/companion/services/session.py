"""What is kept around a sitting: something said, the answers of a morning, what stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from afterglow.core.days import Moment
from afterglow.journal.documents import Entry
from afterglow.journal.services import keep_entry
from afterglow.journal.services.making import Placed, keep_recording
from afterglow.plans.documents import Goal
from afterglow.plans.services import keep_part
from afterglow.vault.documents import Stored
from afterglow.vault.open_vault import OpenVault


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, with the question as it was asked."""

    key: str
    question: str
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """What was said in the middle of a sitting, as a recording or in words."""

    upload: UUID | None = None
    text: str = ""
    lasted_seconds: int = 0
    waveform: Sequence[int] = ()


def keep_said(*, vault: OpenVault, said: Said, sitting: UUID | None, at: Moment) -> Stored[Entry]:
    """A voice note where there is a recording, else an entry. Raises Refused and NotHere."""
    if said.upload is None:
        return keep_entry(
            vault=vault, text=said.text, written=at, kind_of="sitting", sitting=sitting
        )
    return keep_recording(
        vault=vault,
        upload=said.upload,
        placed=Placed(written=at, sitting=sitting),
        text=said.text,
        lasted_seconds=said.lasted_seconds,
        waveform=said.waveform,
    )


def keep_answers(
    *, vault: OpenVault, sitting: UUID, prefix: str, answers: Sequence[Answer], at: Moment
) -> list[Stored[Entry]]:
    """An entry for each question that was answered; none where nothing was."""
    with vault.together():
        return [
            keep_entry(
                vault=vault,
                text=answer.text,
                written=at,
                kind_of="sitting",
                sitting=sitting,
                question=f"{prefix}{answer.key}",
                question_text=answer.question,
            )
            for answer in answers
            if answer.text.strip()
        ]


def keep_what_stays(
    *,
    vault: OpenVault,
    sitting: UUID,
    answer: Answer,
    prefix: str,
    small: str,
    at: Moment,
) -> list[Stored[Entry]]:
    """The words, and one small thing as a goal that comes from them."""
    with vault.together():
        kept = keep_answers(vault=vault, sitting=sitting, prefix=prefix, answers=[answer], at=at)
        if small.strip():
            goal: Any = Goal(text=small.strip(), comes_from=kept[0].id if kept else sitting)
            keep_part(vault=vault, part=goal)
    return kept
