"""What waits to be sent: a moment, a way, the number of a fixed sentence. Never a word of the person."""

import uuid

from django.db import models


class Channel(models.Model):
    """One way that is switched on; `sealed` holds the address under the server key, `secret` a hash to find it by.

    `device` is the browser that a push goes to, so that it ends with it; empty where the browser is not listed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8)
    language = models.CharField(max_length=8, default="en")
    sealed = models.BinaryField(default=bytes)
    secret = models.BinaryField(max_length=32, unique=True)
    device = models.UUIDField(null=True)


class Due(models.Model):
    """One reminder to come, on the quarter of an hour. `state` is waiting, claimed or sent."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="dues")
    at = models.DateTimeField(db_index=True)
    sentence = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, default="waiting")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "at"], name="one_reminder_at_a_time"),
        ]
