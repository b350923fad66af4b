"""Content that builds on what a person kept of a sitting: questions afterwards, and ways to begin with an image."""

from typing import Literal

from afterglow.core.content.kinds import Content

About = Literal[
    "voice",
    "drawing",
    "images",
    "words",
    "photo",
    "poem",
    "music",
    "movement",
    "messages",
    "people",
    "feelings",
    "body",
]


class LookBackQuestion(Content, frozen=True, kw_only=True):
    """A question for the morning after a sitting, or days 3 and 7.

    `point` is an id of the check-ins with oneself. `about` says which kept things it may stand under; none means any.
    What answers a question that is `small` becomes a small goal.
    """

    text: str
    point: Literal["24h", "72h", "1w"]
    about: tuple[About, ...] = ()
    hint: str = ""
    small: bool = False


class Beginning(Content, frozen=True, kw_only=True):
    """A way to begin to make something from an image of one's own; `exercise` is the id of an exercise."""

    exercise: Literal["art", "music", "poetry", "dance"]
    text: str
