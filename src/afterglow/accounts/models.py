"""The one row by which a person is found: a keyed hash of the name they chose, and the day's count of nothing else."""

import uuid

from django.db import models


class Account(models.Model):
    """A person's place. The name itself is never kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name_hash = models.BinaryField(max_length=32, unique=True)


class OpenHelp(models.Model):
    """What a person chose to show without unlocking: readable on this device, and the page says so.

    `plan` holds parts of the safety plan as JSON, by the id of the part.
    """

    owner = models.UUIDField(primary_key=True)
    text = models.TextField(default="")
    plan = models.TextField(default="")
