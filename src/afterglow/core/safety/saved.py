"""Whether words that were just saved bring the help panel. Nothing of the answer is kept."""

from afterglow.core.safety.language import look
from afterglow.core.themes.meaning import the_safety_model

# Reading by meaning takes time; a longer text is read by its words.
LONGEST_BY_MEANING = 20_000


def shows_help(text: str) -> bool:
    """By words and meaning where the model is installed, else by words."""
    return look(text, meaning=the_safety_model() if len(text) <= LONGEST_BY_MEANING else None).show
