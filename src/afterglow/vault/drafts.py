"""One sealed draft for each form, overwritten as it is typed, without history."""

import hashlib
import hmac

import msgspec
from django.conf import settings

from afterglow.core.crypto import v1
from afterglow.vault.models import Draft
from afterglow.vault.records import Keys

_FIELDS = msgspec.msgpack.Decoder(dict[str, str])


def read(keys: Keys, form: str) -> dict[str, str]:
    row = Draft.objects.filter(owner=keys.owner, form=_name(keys, form)).first()
    if row is None:
        return {}
    sealed = bytes(row.sealed)
    if not settings.SEALING:
        return _FIELDS.decode(sealed)
    return _FIELDS.decode(v1.unpad(v1.open_sealed(_key(keys), sealed, _context(keys, form))))


def keep(keys: Keys, form: str, fields: dict[str, str]) -> None:
    text = msgspec.msgpack.encode(fields)
    sealed = v1.seal(_key(keys), v1.pad(text), _context(keys, form)) if settings.SEALING else text
    Draft.objects.update_or_create(
        owner=keys.owner, form=_name(keys, form), defaults={"sealed": sealed}
    )


def drop(keys: Keys, form: str) -> None:
    Draft.objects.filter(owner=keys.owner, form=_name(keys, form)).delete()


def _name(keys: Keys, form: str) -> bytes:
    """Which form it is stays private too: the database sees a keyed hash."""
    return hmac.digest(keys.tag, form.encode(), hashlib.sha256)


def _key(keys: Keys) -> bytes:
    return v1.expand(keys.wrap, "draft")


def _context(keys: Keys, form: str) -> bytes:
    return v1.bind("draft", keys.owner, form, keys.epoch)
