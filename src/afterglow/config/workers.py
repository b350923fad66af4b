"""Several worker processes behind a proxy, on Linux: `gunicorn -c python:afterglow.config.workers`.

The program is loaded before the workers are forked, so all share one memory half: a recycled or reloaded worker signs
nobody out, and a restart locks everybody. Reminders and copies run in one worker at a time, locking on time in each.
"""

import sys
from importlib import import_module
from typing import Any

from django.core.management import call_command
from django.db import connections

from afterglow.config import env, process

try:
    _surroundings = env.environment()
except env.Refused as refused:
    sys.exit(str(refused))

wsgi_app = "afterglow.config.wsgi:application"
bind = f"{_surroundings.bind}:{_surroundings.port}"
workers = _surroundings.workers
worker_class = "gthread"
threads = 4
preload_app = True
max_requests = 2000
max_requests_jitter = 200
timeout = 120
# Headers of proxies are judged in one place, `ui.middleware.one_address`; gunicorn believes nobody.
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}
# The access log would hold addresses of pages.
accesslog = None


def on_starting(server: Any) -> None:
    """Tables first; and a start of the program locks everything."""
    from afterglow.vault import doors  # needs the loaded program

    process.keep_memory_private()
    # Every page is loaded before the fork, so that its code is in memory once.
    import_module("afterglow.config.urls")
    call_command("migrate", verbosity=0, interactive=False)
    doors.lock_everything()
    # No connection may be shared by forks.
    connections.close_all()


def post_fork(server: Any, worker: Any) -> None:
    """What runs beside the requests belongs to each worker, since threads do not pass a fork."""
    from afterglow.config import background  # needs the loaded program

    background.start()
