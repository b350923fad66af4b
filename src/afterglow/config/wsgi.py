"""The door for a web server."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afterglow.config.settings")
application = get_wsgi_application()
# A vault is opened before an address is looked up; by then every kind of document must be known, in each worker.
import_module("afterglow.config.urls")
