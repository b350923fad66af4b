"""Questionnaires as data: schema, loading and scoring. No advice and no diagnosis."""

from afterglow.core.instruments.loading import instruments, load_instrument
from afterglow.core.instruments.schema import Band, Instrument, Item, Option, Subscale
from afterglow.core.instruments.scoring import Score, score

__all__ = [
    "Band",
    "Instrument",
    "Item",
    "Option",
    "Score",
    "Subscale",
    "instruments",
    "load_instrument",
    "score",
]
