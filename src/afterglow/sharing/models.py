"""Invitations as rows: found by a keyed hash of their link, without a name on them."""

import uuid

from django.db import models


class Invitation(models.Model):
    """A link that one person may use once. `partner` is who took it up."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    owner = models.UUIDField(db_index=True)
    token_hash = models.BinaryField(max_length=32, unique=True)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)
    partner = models.UUIDField(null=True)
