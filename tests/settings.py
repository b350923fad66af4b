"""Settings for tests: a throw-away data folder and a database in a file (unless DATABASE_URL names one), everything else as it ships."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("AFTERGLOW_HOME", tempfile.mkdtemp(prefix="afterglow-test-"))
# Playwright's synchronous interface runs an event loop in the test's thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from afterglow.config.settings import *  # noqa: F403
from afterglow.config.settings import AFTER_CHANGE, DATABASES

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(Path(tempfile.mkdtemp()) / "test.sqlite3")}

# A thread beside a test would meet its open transaction; tests of vectors ask for them by name.
AFTER_CHANGE.remove("afterglow.insights.services.vectors.after_change")
