"""What the database sees of a person: owners, revisions, sizes and sealed bytes; never a word or a date of theirs."""

import uuid

from django.db import models


class Unlocker(models.Model):
    """One way to open a vault: the vault key, wrapped.

    A passkey has the last columns too. One that can only confirm, since its device gives no secret, wraps nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    owner = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=12)
    memory_kib = models.PositiveIntegerField(default=0)
    iterations = models.PositiveIntegerField(default=0)
    lanes = models.PositiveIntegerField(default=0)
    salt = models.BinaryField(default=bytes)
    sealed = models.BinaryField()
    commitment = models.BinaryField()
    epoch = models.PositiveIntegerField(default=1)
    device = models.UUIDField(null=True, db_index=True)
    credential = models.BinaryField(default=bytes)
    public_key = models.BinaryField(default=bytes)
    sign_count = models.PositiveBigIntegerField(default=0)
    site = models.CharField(max_length=255, default="")
    label = models.BinaryField(default=bytes)


class Device(models.Model):
    """A browser that a person lets in: known by the hash of the secret it holds; its name is sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    owner = models.UUIDField(db_index=True)
    token_hash = models.BinaryField(max_length=32, unique=True)
    name = models.BinaryField()
    epoch = models.PositiveIntegerField(default=1)
    lock_minutes = models.PositiveSmallIntegerField(default=0)
    added = models.DateField()
    last_seen = models.DateField()


class Challenge(models.Model):
    """A question that a passkey may answer once, within minutes. The question itself is kept as a hash."""

    id = models.BinaryField(primary_key=True, max_length=32)
    purpose = models.CharField(max_length=8)
    session = models.BinaryField(max_length=32, default=bytes)
    salt = models.BinaryField(default=bytes)
    until = models.DateTimeField()


class Pairing(models.Model):
    """A device about to join: minutes long, for one use. The box opens with the code, then with the device's half."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    owner = models.UUIDField(db_index=True)
    session = models.BinaryField(max_length=32)
    code_hash = models.BinaryField(max_length=32)
    until = models.DateTimeField()
    epoch = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=7, default="waits")
    box = models.BinaryField()
    numbers = models.CharField(max_length=8, default="")
    joining = models.BinaryField(max_length=32, default=bytes)
    token_hash = models.BinaryField(max_length=32, default=bytes)
    platform = models.CharField(max_length=8, default="")


class IdentityRow(models.Model):
    """Public keys of a person; the private halves are sealed under the vault key."""

    owner = models.UUIDField(primary_key=True)
    kem_public = models.BinaryField()
    sign_public = models.BinaryField()
    inbox_public = models.BinaryField()
    signature = models.BinaryField()
    sealed_private = models.BinaryField()


class Record(models.Model):
    """One revision of one document. A deleted document keeps a row without content or tags."""

    owner = models.UUIDField()
    record = models.UUIDField()
    rev = models.PositiveIntegerField()
    change = models.PositiveBigIntegerField()
    epoch = models.PositiveIntegerField()
    current = models.BooleanField(default=True)
    dek_wrap = models.BinaryField(default=bytes)
    head = models.BinaryField(default=bytes)
    body = models.BinaryField(default=bytes)
    tags = models.BinaryField(default=bytes)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "record", "rev"], name="one_row_per_revision"),
        ]
        indexes = [models.Index(fields=["owner", "change"], name="by_change")]


class Manifest(models.Model):
    """Sealed count and sum over a person's rows, changed in the same transaction as they are."""

    owner = models.UUIDField(primary_key=True)
    counter = models.PositiveBigIntegerField(default=0)
    epoch = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()


class Draft(models.Model):
    """The one sealed draft of one form, overwritten as it is typed."""

    owner = models.UUIDField()
    form = models.BinaryField(max_length=32)
    sealed = models.BinaryField()
    sealed_name = models.BinaryField(default=bytes)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "form"], name="one_draft_per_form"),
        ]


class SessionBox(models.Model):
    """An open door: the vault key sealed under two halves that are not in this database."""

    id = models.BinaryField(primary_key=True, max_length=32)
    owner = models.UUIDField(db_index=True)
    box = models.BinaryField(null=True)
    epoch = models.PositiveIntegerField(default=1)
    idle_seconds = models.PositiveIntegerField()
    last_seen = models.DateTimeField()
    ends = models.DateTimeField()
    device = models.UUIDField(null=True, db_index=True)
    confirmed_until = models.DateTimeField(null=True)


class ShownPage(models.Model):
    """A page that answered a form, sealed until it is shown; gone with its session."""

    token = models.UUIDField(unique=True)
    owner = models.UUIDField(db_index=True)
    session = models.BinaryField(max_length=32, db_index=True)
    sealed = models.BinaryField()


class PassingPage(models.Model):
    """A page that answered a form of a browser without an open vault: sealed under what only this process and its forks know,
    shown once, to that browser, within minutes.
    """

    token = models.UUIDField(unique=True)
    browser = models.BinaryField(max_length=32)
    ends = models.DateTimeField(db_index=True)
    sealed = models.BinaryField()


class Waiting(models.Model):
    """Something that came while its owner was locked, sealed to their hybrid key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    owner = models.UUIDField(db_index=True)
    blob = models.BinaryField()
    hour = models.DateTimeField()


class OutboxItem(models.Model):
    """Something kept on a phone, sealed there to the inbox key. Once it is in the vault only its id stays."""

    owner = models.UUIDField()
    item = models.UUIDField()
    part_of = models.UUIDField(null=True)
    state = models.CharField(max_length=5, default="waits")
    blob = models.BinaryField(default=bytes)
    hour = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "item"], name="each_item_once"),
        ]
        indexes = [models.Index(fields=["owner", "part_of"], name="pieces_of_item")]


class StagedRow(models.Model):
    """One row of an import that is being looked at before it is kept."""

    owner = models.UUIDField()
    batch = models.UUIDField(db_index=True)
    position = models.PositiveIntegerField()
    sealed = models.BinaryField()


class GrantRow(models.Model):
    """What one person lets one other read, until when; the keys in it are sealed to the two of them.

    Once it has ended, only the names and days are left. `serial` counts changes of what it covers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    owner = models.UUIDField(db_index=True)
    partner = models.UUIDField(db_index=True)
    version = models.PositiveIntegerField(default=1)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    epoch = models.PositiveIntegerField(default=1)
    serial = models.PositiveBigIntegerField(default=0)
    terms = models.BinaryField()
    to_partner = models.BinaryField()
    owner_sealed = models.BinaryField()
    owner_commitment = models.BinaryField()
    commitment = models.BinaryField()
    signature = models.BinaryField()


class GrantItem(models.Model):
    """The data key of one granted record under the grant's key. An empty one waits for new keys."""

    grant = models.UUIDField(db_column="grant_id")
    record = models.UUIDField(db_index=True)
    rev = models.PositiveIntegerField()
    epoch = models.PositiveIntegerField()
    sealed = models.BinaryField(default=bytes)
    serial = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grant", "record"], name="one_item_per_grant"),
        ]


class Parcel(models.Model):
    """Something from one person to another who may be locked, signed and sealed to their hybrid key."""

    id = models.UUIDField(primary_key=True)
    owner = models.UUIDField(db_index=True)
    sender = models.UUIDField(db_index=True)
    blob = models.BinaryField()
    hour = models.DateTimeField()


class MediaFile(models.Model):
    """Where the sealed file of a media document lies, and its key, sealed under that document's."""

    owner = models.UUIDField()
    record = models.UUIDField()
    file = models.CharField(max_length=32, unique=True)
    key = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "record"], name="one_file_per_media"),
        ]


class Upload(models.Model):
    """A file on its way: what was said of it, sealed. Its pieces lie in a folder of its own."""

    id = models.UUIDField(primary_key=True)
    owner = models.UUIDField(db_index=True)
    sealed = models.BinaryField()
    hour = models.DateTimeField()


class Cursor(models.Model):
    """How far work that follows a change has come, so that missed work resumes."""

    owner = models.UUIDField()
    work = models.CharField(max_length=80)
    change = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "work"], name="one_cursor_per_work"),
        ]


class Attempt(models.Model):
    """Failed tries at a door, kept under a keyed hash of name or address."""

    key = models.BinaryField(primary_key=True, max_length=32)
    failures = models.PositiveIntegerField(default=0)
    until = models.DateTimeField()
