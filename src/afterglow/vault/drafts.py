"""One sealed draft for each form, overwritten as it is typed, without history."""

import hashlib
import hmac

import msgspec

from afterglow.core.crypto import v1
from afterglow.vault.models import Draft
from afterglow.vault.records import Keys

_FIELDS = msgspec.msgpack.Decoder(dict[str, str])


def read(keys: Keys, form: str) -> dict[str, str]:
    row = Draft.objects.filter(owner=keys.owner, form=_name(keys, form)).first()
    if row is None:
        return {}
    sealed = bytes(row.sealed)
    return _FIELDS.decode(v1.unpad(v1.open_sealed(_key(keys), sealed, _context(keys, form))))


def keep(keys: Keys, form: str, fields: dict[str, str]) -> None:
    text = msgspec.msgpack.encode(fields)
    sealed = v1.seal(_key(keys), v1.pad(text), _context(keys, form))
    Draft.objects.update_or_create(
        owner=keys.owner,
        form=_name(keys, form),
        defaults={"sealed": sealed, "sealed_name": _seal_name(keys, form)},
    )


def drop(keys: Keys, form: str) -> None:
    Draft.objects.filter(owner=keys.owner, form=_name(keys, form)).delete()


def seal_anew(keys: Keys, new: Keys) -> None:
    """Every draft of this vault under new keys. One from before names were kept cannot be known again, and goes."""
    rows = list(Draft.objects.filter(owner=keys.owner))
    kept = [(form, read(keys, form)) for row in rows if (form := _open_name(keys, row))]
    Draft.objects.filter(owner=keys.owner).delete()
    for form, fields in kept:
        keep(new, form, fields)


def _seal_name(keys: Keys, form: str) -> bytes:
    """The form's own name, so that new keys can find it again; the keyed hash alone tells nobody."""
    return v1.seal(_key(keys), v1.pad(form.encode()), _name_context(keys, _name(keys, form)))


def _open_name(keys: Keys, row: Draft) -> str:
    sealed = bytes(row.sealed_name)
    if not sealed:
        return ""
    context = _name_context(keys, bytes(row.form))
    return v1.unpad(v1.open_sealed(_key(keys), sealed, context)).decode()


def _name_context(keys: Keys, hashed: bytes) -> bytes:
    return v1.bind("draft name", keys.owner, hashed, keys.epoch)


def _name(keys: Keys, form: str) -> bytes:
    """Which form it is stays private too: the database sees a keyed hash."""
    return hmac.digest(keys.tag, form.encode(), hashlib.sha256)


def _key(keys: Keys) -> bytes:
    return v1.expand(keys.wrap, "draft")


def _context(keys: Keys, form: str) -> bytes:
    return v1.bind("draft", keys.owner, form, keys.epoch)
