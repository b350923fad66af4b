"""What the feelings head counts in a passage: words, pairs of words, signs and emoji.

The trainer counts with the same function, so that a weight always means what it was trained on.
"""

import re
import unicodedata
from itertools import pairwise

_TOKEN = re.compile(r"[a-z0-9']+|[!?]+|[^\w\s]")
CHARACTERS_READ = 4000


def terms_of(passage: str) -> list[str]:
    """Single terms and neighbours, lower case, without accents."""
    text = passage[:CHARACTERS_READ].replace("’", "'").lower()
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    words: list[str] = _TOKEN.findall(text)
    return words + [f"{first} {second}" for first, second in pairwise(words)]
