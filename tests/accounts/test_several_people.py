"""Several vaults at one computer: nobody learns of the others, and from the network only who was invited begins one."""

import pytest
from django.utils import timezone
from tests.conftest import PASSPHRASE, Browser, new_person

from afterglow.accounts.models import Account
from afterglow.core.days import day_of
from afterglow.serving import names, reach
from afterglow.sharing import services as sharing

BEGIN = {"passphrase": PASSPHRASE, "kept": "on", "name": "blue stone"}


@pytest.fixture
def from_afar(settings):
    """A browser of the home network, as it comes in over the program's own HTTPS."""
    settings.REACH = lambda: reach.Reach(way="authority", host="afterglow.test")
    settings.ALLOWED_HOSTS = names.OurNames(settings.REACH)
    over_https = {"wsgi.url_scheme": "https", names.LISTENER_MARK: "1"}
    return Browser(SERVER_NAME="afterglow.test", **over_https)


def test_at_the_computer_another_person_begins_a_vault_of_their_own(alice, stranger):
    answer = stranger.get("/begin/").content.decode()
    assert "Two words that say nothing of you are best" in answer
    stranger.post("/begin/", BEGIN)
    assert Account.objects.count() == 2


def test_a_name_that_is_taken_is_said_and_another_is_asked_for(db, stranger):
    new_person("blue stone")
    answer = stranger.post("/begin/", BEGIN).content.decode()
    assert "There is already a vault with this name" in answer
    assert Account.objects.count() == 1


def test_a_page_before_opening_names_nobody(db, stranger):
    new_person("alice")
    new_person("bob")
    for page in ("/open/", "/begin/", "/recover/", "/help/", "/know/"):
        answer = stranger.get(page).content.decode().lower()
        assert "alice" not in answer
        assert "bob" not in answer


def test_from_the_network_no_vault_is_begun_unasked(alice, from_afar):
    answer = from_afar.get("/begin/")
    assert answer.status_code == 403
    assert "begun at the computer" in answer.content.decode()
    from_afar.post("/begin/", BEGIN)
    assert Account.objects.count() == 1
    assert "Begin another vault" not in from_afar.get("/open/").content.decode()


def test_the_first_person_may_begin_from_anywhere(db, from_afar):
    from_afar.post("/begin/", BEGIN)
    assert Account.objects.count() == 1


def test_who_was_invited_begins_from_the_network_and_a_made_up_link_does_not(alice, from_afar):
    _, token = sharing.invite(
        vault=alice.vault, name="Ines", shown_name="A.", today=day_of(timezone.now(), "UTC")
    )
    good, bad = f"/sharing/invited/{token}/", "/sharing/invited/made-up/"
    assert from_afar.get(f"/begin/?next={bad}").status_code == 403
    assert from_afar.get(f"/begin/?next={good}").status_code == 200
    from_afar.post("/begin/", BEGIN | {"next": bad})
    assert Account.objects.count() == 1
    from_afar.post("/begin/", BEGIN | {"next": good})
    assert Account.objects.count() == 2


def test_a_server_may_let_anyone_begin(alice, from_afar, settings):
    settings.NEW_VAULTS_BY_ANYONE = True
    assert from_afar.get("/begin/").status_code == 200
