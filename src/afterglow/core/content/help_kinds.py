"""Help lines and emergency numbers of a country, as values. Calls nobody."""

import msgspec


class EmergencyNumber(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A number for danger right now, and what answers there."""

    number: str
    what: str


class HelpLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One line. Numbers are as a person reads them; `dial` and `text_to` are as a phone needs them.

    `checked` is the date of the last check (ISO) and `checked_by` who made it; empty means not checked by us.
    """

    id: str
    name: str
    what: str
    source: str
    licence: str
    number: str = ""
    text_number: str = ""
    text_word: str = ""
    website: str = ""
    hours: str = ""
    languages: tuple[str, ...] = ()
    free: bool | None = None
    checked: str = ""
    checked_by: str = ""

    @property
    def dial(self) -> str:
        return dialled(self.number)

    @property
    def text_to(self) -> str:
        return dialled(self.text_number)


class Country(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A country (ISO 3166 code), its emergency numbers, the most general first, and its lines."""

    code: str
    name: str
    source: str
    licence: str
    emergency: tuple[EmergencyNumber, ...]
    lines: tuple[HelpLine, ...]
    note: str = ""


def dialled(number: str) -> str:
    """Digits and a leading plus only, for a `tel:` or `sms:` link."""
    digits = "".join(sign for sign in number if sign.isdigit())
    return f"+{digits}" if number.startswith("+") else digits
