"""One hash over all static files: the folder name under which they are served for ever."""

import hashlib
from pathlib import Path


def tree_hash(package: Path) -> str:
    """Twelve hex digits over name and content of every file in the capabilities' static folders."""
    digest = hashlib.sha256()
    for file in sorted(package.glob("*/static/**/*")):
        if file.is_file():
            digest.update(file.relative_to(package).as_posix().encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]
