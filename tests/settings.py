"""Settings for tests: a throw-away data folder, everything else as it ships."""

import os
import tempfile

os.environ.setdefault("AFTERGLOW_HOME", tempfile.mkdtemp(prefix="afterglow-test-"))

from afterglow.config.settings import *  # noqa: F403
