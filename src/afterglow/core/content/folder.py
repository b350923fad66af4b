"""Where the content files lie. The only place that knows; nothing is read here."""

from pathlib import Path

import afterglow


def data_folder() -> Path:
    """The folder of content files, inside the installed package."""
    return Path(afterglow.__file__).parent / "data"
