"""What a command says where it cannot go on; above all when a file it was given cannot be read: where, and why."""


class CannotGoOn(Exception):
    """A command ends here, with nothing half done; the text says the way out in one line."""


class BadInput(CannotGoOn):
    """Names the source, the line (from 1) and the field, so that a person can mend the file."""

    def __init__(self, source: str, line: int | None, field: str | None, why: str) -> None:
        super().__init__(source, line, field, why)
        self.source = source
        self.line = line
        self.field = field
        self.why = why

    def __str__(self) -> str:
        place = self.source if self.line is None else f"{self.source}, line {self.line}"
        return (
            f"{place}: {self.why}" if self.field is None else f"{place}, {self.field}: {self.why}"
        )
