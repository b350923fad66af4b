"""What becomes of a plan that a care partner suggested."""

import msgspec

from afterglow.plans.documents import Obstacle
from afterglow.sharing.partner.documents import Message
from afterglow.vault.open_vault import NotHere, OpenVault


def take_plan(*, vault: OpenVault, message: Message) -> None:
    """The suggested words become the plan; those before stay in its history. Raises NotHere."""
    if message.what != "obstacle" or message.mine or message.about is None:
        raise NotHere
    stored = vault.get(Obstacle, message.about)
    changed = msgspec.structs.replace(
        stored.document, if_words=message.if_words, then_words=message.then_words
    )
    vault.put(changed, record=message.about)
