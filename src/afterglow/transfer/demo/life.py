"""Sittings, entries, check-ins, measures and marks of the demo person."""

from afterglow.core.demo import parts
from afterglow.core.instruments.loading import load_instrument
from afterglow.core.instruments.scoring import score
from afterglow.core.themes.decided import id_of_label
from afterglow.insights.documents import Passage, ThemeDecision, ThemeMark
from afterglow.journal.documents import Entry
from afterglow.journal.services import snippet_of
from afterglow.measures.documents import Answers, CheckIn
from afterglow.medicine.documents import BloodPressure, SideEffect, Sitting
from afterglow.transfer.demo.places import Places, Rows

KINDS = {
    "free": "entry",
    "guided": "entry",
    "spoken": "dictated",
    "after": "sitting",
    "appointment": "note",
}


class Life(Places):
    """What happened and what was written."""

    def rows(self) -> Rows:
        return [*self._sittings(), *self._entries(), *self._days(), *self._marks()]

    def _sittings(self) -> Rows:
        return [(self._id(part.id), self._sitting(part)) for part in self.person.sittings]

    def _sitting(self, part: parts.Sitting) -> Sitting:
        return Sitting(
            day=self._day(part.day),
            clock=f"{part.at:%H:%M}",
            zone=self.zone,
            done=part.state == "done",
            series=part.series,
            route=part.route,
            place=part.place,
            dose_words=part.dose,
            who=", ".join(self.names.get(name, name) for name in part.with_me),
            intention=part.intention,
            felt=part.felt,
            felt_on=self._day(part.day) if part.felt else None,
            has_after=part.state == "done",
            images="\n".join(part.images),
            feelings=", ".join(part.feelings),
            body_felt=part.body,
            messages="\n".join(part.messages),
            people="\n".join(part.who_came),
            hard=part.hard,
            side_effects=tuple(
                SideEffect(name=e.what, severity=e.severity) for e in part.side_effects
            ),
            pressures=tuple(
                BloodPressure(at=f"{p.minute} min", systolic=p.upper_mmhg, diastolic=p.lower_mmhg)
                for p in part.pressure
            ),
        )

    def _entries(self) -> Rows:
        return [
            (
                self._id(part.id),
                Entry(
                    written=self._moment(part.day, part.at),
                    kind_of=KINDS.get(part.kind, part.kind),
                    sitting=self._link(part.sitting),
                    snippet=snippet_of(part.text),
                    tags=part.tags,
                    tender=part.tender,
                    question_text=part.question,
                    text=part.text,
                ),
            )
            for part in self.person.entries
        ]

    def _days(self) -> Rows:
        taps: Rows = [
            (
                self._id(f"tap {number}"),
                CheckIn(
                    at=self._moment(tap.day, tap.at),
                    level=tap.level,
                    feelings=tap.feelings,
                    words=tap.words,
                ),
            )
            for number, tap in enumerate(self.person.check_ins)
        ]
        taken = [
            (self._id(f"answers {number}"), self._answers(part))
            for number, part in enumerate(self.person.measures)
        ]
        return [*taps, *taken]

    def _answers(self, part: parts.Measure) -> Answers:
        known = load_instrument(part.instrument)
        result = score(known, part.answers)
        return Answers(
            at=self._moment(part.day, part.at),
            instrument=known.id,
            version=known.version,
            answers=part.answers,
            total=result.total,
            band=result.band or "",
            item9=result.item9,
        )

    def _marks(self) -> Rows:
        decided: Rows = [
            (self._id(f"theme {theme.id}"), self._decision(theme)) for theme in self.person.themes
        ]
        marks: Rows = [
            (self._id(f"mark {theme.id} {number}"), self._mark(theme.name or theme.found_as, mark))
            for theme in self.person.themes
            for number, mark in enumerate(theme.marks)
        ]
        return [*decided, *marks]

    def _decision(self, theme: parts.ThemeDecision) -> ThemeDecision:
        return ThemeDecision(
            theme=id_of_label(theme.name or theme.found_as),
            found_as=theme.name or theme.found_as,
            renamed=theme.name,
            kind_of=theme.kind,
            dismissed=theme.decision == "dismissed",
            pinned=theme.matters,
            started=True,
            meaning=theme.meaning,
            passages=tuple(self._passage(mark) for mark in theme.marks if mark.belongs),
        )

    def _passage(self, mark: parts.Mark) -> Passage:
        start = self.texts[mark.entry].index(mark.quote)
        end = start + len(mark.quote)
        return Passage(entry=self._id(mark.entry), start=start, end=end, quote=mark.quote)

    def _mark(self, label: str, mark: parts.Mark) -> ThemeMark:
        passage = self._passage(mark)
        return ThemeMark(
            label=label,
            entry=passage.entry,
            start=passage.start,
            end=passage.end,
            quote=passage.quote,
            belongs=mark.belongs,
        )
