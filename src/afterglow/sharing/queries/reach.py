"""Whether someone elsewhere can reach this program at all, and under which address."""

from afterglow.network import queries as network


def address() -> str | None:
    """The address to put before a link for someone else; None where only this computer is answered."""
    return network.address_for_phones() or None


def asks_for_trust() -> bool:
    """Whether other devices must first be told to trust a certificate that was made here."""
    return network.current().way == "authority"
