"""An if-then plan written as one line, taken apart at its *then*. The words stay as they were typed."""

import re

IF = re.compile(r"^\s*(?:if|when|wenn|falls|sobald)\b[\s,:]*", re.IGNORECASE)
THEN = re.compile(r"[\s,;.…]*\b(?:then|dann)\b[\s,:]*", re.IGNORECASE)


def split_if_then(line: str) -> tuple[str, str]:
    """What comes before and after the first *then*; all of it is the second part where there is none."""
    found = THEN.search(line)
    if found is None:
        return "", line.strip()
    before, after = line[: found.start()], line[found.end() :]
    return IF.sub("", before).strip(), after.strip()
