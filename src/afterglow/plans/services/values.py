"""Choose values, order them, say what they mean, open a letter."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from afterglow.core.content import Value
from afterglow.plans import queries
from afterglow.plans.documents import Letter, ValueCard, Values
from afterglow.vault.open_vault import OpenVault


def choose_values(
    *, vault: OpenVault, chosen: Sequence[str], own: str, cards: Sequence[Value], on: date
) -> None:
    """Those chosen before keep their place and words; new ones come after them, in the order of the cards."""
    before = queries.my_values(vault).cards
    stay = [card for card in before if not card.id or card.id in chosen]
    known = {card.id for card in stay}
    new = [
        ValueCard(id=card.id, word=card.word)
        for card in cards
        if card.id in chosen and card.id not in known
    ]
    mine = [ValueCard(word=own)] if own and own not in {card.word for card in stay} else []
    _keep(vault, [*stay, *new, *mine], on)


def raise_value(*, vault: OpenVault, place: int, on: date) -> None:
    """One place nearer to the top. Raises LookupError."""
    cards = list(queries.my_values(vault).cards)
    card = cards.pop(place)
    cards.insert(max(place - 1, 0), card)
    _keep(vault, cards, on)


def say_value(*, vault: OpenVault, place: int, words: str, on: date) -> None:
    """What it means to the person. Raises LookupError."""
    cards = list(queries.my_values(vault).cards)
    cards[place] = msgspec.structs.replace(cards[place], words=words)
    _keep(vault, cards, on)


def leave_value(*, vault: OpenVault, place: int, on: date) -> None:
    """It is no longer among the chosen ones. Raises LookupError."""
    cards = list(queries.my_values(vault).cards)
    del cards[place]
    _keep(vault, cards, on)


def _keep(vault: OpenVault, cards: Sequence[ValueCard], on: date) -> None:
    vault.put(Values(cards=tuple(cards), on=on), record=queries.values_id(vault))


def open_letter(*, vault: OpenVault, letter: UUID, on: date) -> None:
    """Opened early, because the person wants to. Raises NotHere."""
    kept = vault.get(Letter, letter).document
    vault.put(msgspec.structs.replace(kept, opened_on=on), record=letter)
