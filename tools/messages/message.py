"""One text to translate."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Message:
    """One text to translate. `plural` is empty for one that counts nothing, `context` for one that stands alone."""

    text: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What gettext finds it by."""
        return (self.context, self.text)
