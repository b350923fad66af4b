"""What a person decided about a theme, as plain frozen values. Leaves out all computing, and numpy."""

import hashlib
from dataclasses import dataclass

from afterglow.core.themes.themes import Kind, Theme


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of an entry."""

    entry: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Held:
    """All that was decided about one theme. `label` names its marks and never changes; `name` is the person's.

    `places` were in it when it was last decided on; `away` was split off; `into` is the id of the theme it
    was merged into; `started` says that the person made it.
    """

    id: str
    label: str
    kind: Kind = "theme"
    name: str = ""
    places: tuple[Place, ...] = ()
    yes: tuple[Place, ...] = ()
    no: tuple[Place, ...] = ()
    away: tuple[Place, ...] = ()
    into: str = ""
    pinned: bool = False
    dismissed: bool = False
    started: bool = False


@dataclass(frozen=True, slots=True)
class Shaped:
    """Themes to show, most telling first; those put away; and those merged, each with the id it went into.

    `alone` are themes that others went into, as they are without them.
    """

    themes: tuple[Theme, ...]
    put_away: tuple[Theme, ...] = ()
    merged: tuple[tuple[Theme, str], ...] = ()
    alone: tuple[Theme, ...] = ()

    def theme(self, theme_id: str) -> Theme | None:
        """The theme with this id, shown or put away."""
        known = (*self.themes, *self.put_away)
        return next((theme for theme in known if theme.id == theme_id), None)

    def theme_alone(self, theme_id: str) -> Theme | None:
        """The theme with this id by itself, a merged one too."""
        known = (*self.alone, *(source for source, _ in self.merged), *self.themes, *self.put_away)
        return next((theme for theme in known if theme.id == theme_id), None)


def id_of_label(label: str) -> str:
    """The id of a theme that is known only by its marks."""
    return hashlib.sha256(f"taught:{label}".encode()).hexdigest()[:12]
