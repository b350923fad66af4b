"""Everything of the demo person's plan."""

from afterglow.core.demo import parts
from afterglow.plans import documents as plans
from afterglow.transfer.demo.places import Places, Rows

REPEATS: dict[str, plans.Repeats] = {"once": "", "day": "daily", "week": "weekly"}
STATES: dict[str, plans.GoalState] = {
    "done": "done",
    "open": "open",
    "moved": "moved",
    "let go": "let_go",
}
AREAS = {"alcohol and drugs": "substances"}


class Plan(Places):
    """Why, insights, goals, habits, people and letters."""

    def rows(self) -> Rows:
        return [*self._meanings(), *self._goals(), *self._people()]

    def _meanings(self) -> Rows:
        latest = self.person.why[-1]
        why = plans.Why(why=latest.text, since=self._day(latest.day))
        return [
            (self._id("why"), why),
            *((self._id(part.id), self._insight(part)) for part in self.person.insights),
            *((self._id(part.id), self._obstacle(part)) for part in self.person.obstacles),
            *((self._id(part.id), self._purpose(part)) for part in self.person.purposes),
        ]

    def _insight(self, part: parts.Insight) -> plans.Insight:
        return plans.Insight(
            insight=part.text,
            means=part.means,
            sitting=self._link(part.sitting),
            entry=self._link(part.entry),
            theme=self.themes.get(part.theme, ""),
            strengthen=part.strengthen,
            on=self._day(part.day),
        )

    def _obstacle(self, part: parts.Obstacle) -> plans.Obstacle:
        return plans.Obstacle(
            obstacle=part.text,
            wish=part.wish,
            if_words=part.if_this,
            then_words=part.then_that,
            on=self._day(part.day),
            insight=self._link(part.insight),
        )

    def _purpose(self, part: parts.Purpose) -> plans.Purpose:
        return plans.Purpose(
            purpose=part.text,
            insight=self._link(part.insight),
            steps=tuple(step.text for step in part.steps),
            steps_done=tuple(step.text for step in part.steps if step.done_on is not None),
            on=self._day(part.day),
        )

    def _goals(self) -> Rows:
        goals: Rows = [(self._id(part.id), self._goal(part)) for part in self.person.goals]
        wins: Rows = [
            (
                self._id(part.id),
                plans.Win(text=part.text, on=self._day(part.day), comes_from=self._link(part.goal)),
            )
            for part in self.person.wins
        ]
        cares: Rows = [
            (self._id(part.id), plans.SelfCare(text=part.text, clock=f"{part.at:%H:%M}"))
            for part in self.person.self_care
        ]
        habits: Rows = [(self._id(part.id), self._habit(part)) for part in self.person.habits]
        reviews: Rows = [(self._id(part.id), self._review(part)) for part in self.person.reviews]
        return [*goals, *wins, *cares, *habits, *reviews]

    def _habit(self, part: parts.Habit) -> plans.Habit:
        return plans.Habit(
            text=part.text,
            tiny=part.first_tiny,
            area=AREAS.get(part.area, part.area),
            since=self._day(part.since),
            done_on=tuple(self._day(day) for day in part.done_on),
        )

    def _review(self, part: parts.Review) -> plans.Review:
        return plans.Review(
            on=self._day(part.day),
            helped=part.helped,
            in_the_way=part.got_in_the_way,
            change=part.change_one_thing,
        )

    def _goal(self, part: parts.Goal) -> plans.Goal:
        day = part.moved_to if part.moved_to is not None else part.on_day
        return plans.Goal(
            text=part.text,
            day=self._day(day),
            clock=f"{part.at:%H:%M}",
            place=part.place,
            repeats=REPEATS[part.every],
            state=STATES[part.state],
            comes_from=self._link(part.comes_from),
            done_on=tuple(self._day(day) for day in part.done_on),
            on=self._day(part.day),
        )

    def _people(self) -> Rows:
        people: Rows = [
            (
                self._id(part.id),
                plans.Person(
                    name=part.name,
                    role=part.role,
                    phone=part.phone,
                    may_be_told=bool(part.may_be_told),
                    helps=part.may_be_told,
                ),
            )
            for part in self.person.people
            if part.in_plan
        ]
        meetings: Rows = [
            (
                self._id(part.id),
                plans.Appointment(
                    day=self._day(part.day),
                    clock=f"{part.at:%H:%M}",
                    who=self.names.get(part.who, part.who),
                    place=part.place,
                    agreed=part.agreed,
                    held=part.day < 0,
                    came_up=part.came_up,
                    what_changed=part.changed,
                    to_ask="\n".join(part.to_ask),
                    notes=part.notes,
                ),
            )
            for part in self.person.appointments
        ]
        letters: Rows = [
            (self._id(part.id), plans.Letter(open_on=self._day(part.opens_on), text=part.text))
            for part in self.person.letters
        ]
        return [*people, *meetings, *letters]
