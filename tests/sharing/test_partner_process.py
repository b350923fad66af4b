"""Where the partner is the only one signed in, the whole memory of the program holds no word outside the scope."""

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from afterglow.vault import opened
from tests.conftest import new_person, open_client
from tests.drills.outside import ROOT, surroundings
from tests.sharing import lives
from tests.sharing.cast import befriend, give

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.drill]
PAGES = ("partner:people", "sharing:helpers", "companion:today", "journal:entries", "plans:plan")


def copy_of_everything(folder):
    """Database and server key, as somebody who runs the program has them."""
    with (
        closing(connect(connection.settings_dict["NAME"])) as here,
        closing(connect(folder / "afterglow.sqlite3")) as there,
    ):
        here.backup(there)
    key = Path(settings.ENVIRONMENT.home) / "server.key"
    (folder / "server.key").write_bytes(key.read_bytes())


@pytest.mark.parametrize("scope", ["goal", "mood", "sittings", "everything"])
def test_the_partners_process_holds_no_word_outside_the_scope(tmp_path, scope):
    alice, bob_keys = open_client(new_person("alice")).vault, new_person("bob")
    bob = open_client(bob_keys).vault
    befriend(alice, bob)
    life = lives.live(alice)
    grant = give(alice, bob, **lives.terms_of(scope, life))
    paths = [reverse(name) for name in PAGES]
    paths += [
        reverse("sharing:shared", args=[grant]),
        reverse("partner:person", args=[alice.owner]),
    ]
    opened.drop_all()
    copy_of_everything(tmp_path)
    told = {"owner": str(bob.owner), "vault_key": bob_keys.vault_key.hex(), "paths": paths}
    ran = subprocess.run(
        [sys.executable, "-m", "tests.sharing.partner_process", str(tmp_path)],
        cwd=ROOT,
        env=surroundings(),
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert found["answers"] == [200] * len(paths)
    assert set(found["memory"]) <= lives.EXPECTED[scope]
    # The search sees what is there: what was read is found.
    assert found["memory"]
