"""A plan for hard hours, and what is worth mentioning to whoever prescribes."""

from datetime import date
from typing import ClassVar

from afterglow.vault.documents import Document, register


class SafetyPlan(Document, frozen=True, kw_only=True):
    """What helps when it gets hard, in the person's words. There is one such document for each person.

    The fields are the ids of the parts in the content files. Which parts are shown without unlocking stands with
    what is shown, not here.
    """

    kind: ClassVar[str] = "safety-plan"
    in_body: ClassVar[frozenset[str]] = frozenset(
        {"signs", "helps", "places", "ask", "professionals", "safer", "reasons"}
    )

    on: date | None = None

    signs: str = ""
    helps: str = ""
    places: str = ""
    ask: str = ""
    professionals: str = ""
    safer: str = ""
    reasons: str = ""

    def when(self) -> date | None:
        return self.on


class WorthMentioning(Document, frozen=True, kw_only=True):
    """What a month held that a prescriber may want to hear of: ids of topics of the content files, and own words.

    A `skipped` one only says that the month was left out.
    """

    kind: ClassVar[str] = "worth-mentioning"
    in_body: ClassVar[frozenset[str]] = frozenset({"topics", "words"})

    on: date
    skipped: bool = False

    topics: tuple[str, ...] = ()
    words: str = ""

    def when(self) -> date | None:
        return self.on


register(SafetyPlan, WorthMentioning)
