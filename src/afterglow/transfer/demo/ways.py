"""Practices, check-ins with oneself, values, a guided way and a self-experiment of the demo person."""

from datetime import date

from afterglow.core import demo
from afterglow.core.experiment.design import design
from afterglow.insights.documents import Experiment, ExperimentDay
from afterglow.journal.documents import OwnKindness
from afterglow.journal.queries import own_kindness_id
from afterglow.plans import queries as plans
from afterglow.plans.documents import (
    JoinedProgramme,
    OwnCheckIn,
    PracticeNote,
    ValueCard,
    Values,
)
from afterglow.plans.queries import rhythm
from afterglow.transfer.demo.places import Places, Rows
from afterglow.vault.open_vault import OpenVault


class Ways(Places):
    """What is done again and again. Some of it has one place in each vault, so the vault is asked."""

    def __init__(self, person: demo.DemoPerson, today: date, vault: OpenVault) -> None:
        super().__init__(person, today)
        self.vault = vault

    def rows(self) -> Rows:
        return [
            *self._practices(),
            *self._checks(),
            (plans.values_id(self.vault), self._values()),
            (own_kindness_id(self.vault), self._kindness()),
            *self._programmes(),
            *self._experiment(),
        ]

    def _practices(self) -> Rows:
        return [
            (
                rhythm.note_id(self.vault, part.practice),
                PracticeNote(
                    practice=part.practice,
                    done_on=self._days_of(part.done_on),
                    helped_on=self._days_of(part.helped_on),
                    no_help_on=self._days_of(part.no_help_on),
                ),
            )
            for part in self.person.practice_notes
        ]

    def _days_of(self, offsets: tuple[int, ...]) -> tuple[date, ...]:
        return tuple(self._day(offset) for offset in offsets)

    def _checks(self) -> Rows:
        return [
            (
                self._id(f"own-check-{part.sitting}-{part.point}"),
                OwnCheckIn(
                    point=part.point,
                    sitting=self._link(part.sitting),
                    on=self._day(part.day),
                    answers=part.answers,
                ),
            )
            for part in self.person.own_checks
        ]

    def _values(self) -> Values:
        cards = (ValueCard(id=p.id, word=p.word, words=p.words) for p in self.person.values)
        return Values(cards=tuple(cards), on=self._day(-30))

    def _kindness(self) -> OwnKindness:
        return OwnKindness(sentences=self.person.true_enough, memories=self.person.memories)

    def _programmes(self) -> Rows:
        return [
            (
                self._id(f"joined-{part.programme}"),
                JoinedProgramme(
                    programme=part.programme,
                    joined_on=self._day(part.day),
                    since=self._day(part.day),
                    at_day=part.at_day,
                ),
            )
            for part in self.person.programmes
        ]

    def _experiment(self) -> Rows:
        """Drawn as the program draws it, with the sittings known then."""
        part = self.person.experiment
        first = self._day(part.first_day)
        frame = design(first, block_days=part.block_days, weeks=part.weeks, seed=part.seed)
        planned = [self._day(sitting.day) for sitting in self.person.sittings]
        sittings = tuple(day for day in planned if first <= day <= frame.last_day)
        plan = design(
            first,
            block_days=part.block_days,
            weeks=part.weeks,
            seed=part.seed,
            sittings=sittings,
        )
        drawn = Experiment(
            name=part.name,
            first_day=first,
            block_days=part.block_days,
            weeks=part.weeks,
            seed=part.seed,
            blocks=tuple(block.practise for block in plan.blocks),
            sittings=sittings,
            begun_on=first,
        )
        name = self._id("experiment")
        days = [
            (
                self._id(f"experiment-{offset}"),
                ExperimentDay(experiment=name, day=self._day(offset)),
            )
            for offset in part.done_on
        ]
        return [(name, drawn), *days]
