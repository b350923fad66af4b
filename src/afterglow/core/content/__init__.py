"""Content as data: what people read, loaded from TOML and Markdown into frozen values. Writes nothing."""

from afterglow.core.content.folder import data_folder

__all__ = ["data_folder"]
