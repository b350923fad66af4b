"""How a drill starts a process of the program: its command, and surroundings that carry nothing over from the tests."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CARRIED_OVER = ("DATABASE_URL", "AFTERGLOW_", "PYTEST_", "DJANGO_")


def command(name, folder, *more):
    return [sys.executable, "-m", f"tests.drills.{name}", str(folder), *more]


def surroundings(settings="afterglow.config.settings"):
    own = {name: text for name, text in os.environ.items() if not name.startswith(CARRIED_OVER)}
    return own | {
        "DJANGO_SETTINGS_MODULE": settings,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
