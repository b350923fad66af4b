"""Where the demo's own names and days lie in a vault."""

from datetime import date, time, timedelta
from uuid import UUID, uuid5

from afterglow.core import demo
from afterglow.core.days import Moment, at_local
from afterglow.vault.documents import Document

IDS = UUID("0f4b5c1e-6f0c-4d4b-9a55-6a2d0d3b6e10")
Rows = list[tuple[UUID, Document]]


class Places:
    """One pass from the demo's parts to documents; ids are made from the demo's own names."""

    def __init__(self, person: demo.DemoPerson, today: date) -> None:
        self.person = person
        self.today = today
        self.zone = person.person.zone
        self.names = {someone.id: someone.name for someone in person.people}
        self.themes = {theme.id: theme.name for theme in person.themes}
        self.texts = {entry.id: entry.text for entry in person.entries}

    def _id(self, name: str) -> UUID:
        return uuid5(IDS, name)

    def _link(self, name: str) -> UUID | None:
        return self._id(name) if name else None

    def _day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def _moment(self, offset: int, at: time) -> Moment:
        return at_local(self._day(offset), at.hour, at.minute, self.zone)
