"""Which answers and which words bring the help panel. Opens it; never judges, keeps or tells anyone."""

from afterglow.core.safety.language import Signs, look
from afterglow.core.safety.signs import Panel, panel_for_item9

__all__ = ["Panel", "Signs", "look", "panel_for_item9"]
