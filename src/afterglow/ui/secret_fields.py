"""Names of form fields that show who somebody is: they never wait, not even sealed, and are never shown again."""

SECRET_FIELDS = frozenset(
    {"csrfmiddlewaretoken", "passphrase", "old", "again", "offered", "code", "second", "last"}
)
