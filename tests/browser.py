"""Find the system's Chromium for browser tests, and what lets it trust a test's own authority; install them where that is allowed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "google-chrome", "chromium-browser", "google-chrome-stable")


def path() -> str | None:
    """The browser named by AFTERGLOW_CHROMIUM, else the first on the path."""
    named = os.environ.get("AFTERGLOW_CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


def certutil() -> str | None:
    """The tool that writes Chromium's list of trusted authorities (in Debian's libnss3-tools)."""
    return shutil.which("certutil")


def missing() -> list[str]:
    """The Debian packages that are still to be installed."""
    return [
        package
        for package, found in (("chromium", path()), ("libnss3-tools", certutil()))
        if not found
    ]


def main() -> int:
    if missing() and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", *missing()], check=False)
    if not missing():
        return 0
    line = f"sudo apt-get install {' '.join(missing())}"
    print(f"The browser tests need more than is here. On Debian or Ubuntu: {line}")
    return 1


def trust(home: str, certificate: str) -> None:
    """Let a Chromium that runs with this HOME trust one more authority, as its owner would in its settings."""
    tool = certutil()
    assert tool, "These tests need certutil: sudo apt-get install libnss3-tools"
    folder = Path(home) / ".pki" / "nssdb"
    folder.mkdir(parents=True)
    database = ["-d", f"sql:{folder}"]
    subprocess.run([tool, *database, "-N", "--empty-password"], check=True)
    added = ["-A", "-t", "C,,", "-n", "Afterglow", "-i", certificate]
    subprocess.run([tool, *database, *added], check=True)


if __name__ == "__main__":
    sys.exit(main())
