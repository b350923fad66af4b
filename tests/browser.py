"""Find the system's Chromium for browser tests, installing it where that is allowed."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "google-chrome", "chromium-browser", "google-chrome-stable")


def path() -> str | None:
    """The browser named by AFTERGLOW_CHROMIUM, else the first on the path."""
    named = os.environ.get("AFTERGLOW_CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


def main() -> int:
    if path():
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False)
    if path():
        return 0
    print("The browser tests need Chromium. On Debian or Ubuntu: sudo apt-get install chromium")
    return 1


if __name__ == "__main__":
    sys.exit(main())
