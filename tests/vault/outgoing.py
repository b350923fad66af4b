"""What a phone does before it sends, for tests: seal an item to the inbox key and post it as the page would."""

import json
from uuid import uuid4

from afterglow.core.crypto import v1
from afterglow.vault.models import IdentityRow

AT = "2031-02-03T20:15:00.000Z"


def sealed(owner, kind, fields, *, item=None, at=AT, zone="Europe/Berlin", media=()):
    """An id and the sealed bytes of a form."""
    item = item or uuid4()
    text = json.dumps(
        {
            "v": 1,
            "kind": kind,
            "at": at,
            "zone": zone,
            "language": "en",
            "fields": fields,
            "media": list(media),
        }
    )
    return item, sealed_bytes(owner, item, text.encode())


def sealed_bytes(owner, item, plaintext):
    key = bytes(IdentityRow.objects.get(owner=owner).inbox_public)
    return v1.seal_to_inbox(key, plaintext, owner=owner, item=item)


def send(client, owner, item, blob, *, origin="http://localhost", **headers):
    named = {f"X-Outbox-{name.replace('_', '-')}": str(value) for name, value in headers.items()}
    return client.post(
        "/outbox/",
        data=blob,
        content_type="application/octet-stream",
        headers={"Origin": origin, "X-Outbox-Item": str(item), "X-Outbox-Owner": str(owner)}
        | named,
    )
