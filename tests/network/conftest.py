"""A data folder of its own for each test, in which a way in may be chosen."""

import dataclasses

import pytest

from afterglow.serving import names, reach


@pytest.fixture
def home(settings, tmp_path):
    """As a running program has it: the choice is read from this folder at each request."""
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, home=tmp_path)
    settings.REACH = reach.Current(tmp_path)
    settings.ALLOWED_HOSTS = names.OurNames(settings.REACH)
    return tmp_path
