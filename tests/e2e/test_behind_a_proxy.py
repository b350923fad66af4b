"""Behind a proxy a stopped program answers 502: pages and what was kept are then as without a connection."""

import pytest
from playwright.sync_api import expect
from tests.e2e import proxy
from tests.e2e.conftest import give_open_door
from tests.e2e.looking import served_by_the_worker
from tests.e2e.test_offline import entries, held, said, write
from tests.patience import eventually

from afterglow.core.paper.typeset import NotSet

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def gate(live_server):
    with proxy.before(live_server.url) as gate:
        yield gate


@pytest.fixture
def phone(new_page, gate):
    """A browser that knows the program only through the proxy."""
    page = new_page(base_url=gate.url)
    page.vault = give_open_door(page, gate.url, None)
    page.goto("/write/")
    served_by_the_worker(page)
    return page


@pytest.mark.parametrize("status", [502, 503, 504])
def test_while_the_program_is_stopped_pages_open_and_words_wait(phone, gate, status):
    gate.answers = status
    write(phone, "The computer is off.")
    expect(said(phone)).to_contain_text("as soon as Afterglow can be reached")
    assert [item["state"] for item in held(phone)] == ["waits"]
    for path, shows in (
        ("/help/", "Lines in"),
        ("/today/", "How is it right now?"),
        ("/timeline/", "This page needs a connection"),
    ):
        phone.goto(path)
        expect(phone.locator("main")).to_contain_text(shows)
    phone.goto("/waiting-to-send/")
    phone.get_by_role("button", name="Send now").click()
    expect(phone.locator("[data-waiting-state]")).to_contain_text("cannot be reached right now")
    gate.answers = None
    phone.get_by_role("button", name="Send now").click()
    eventually(lambda: entries(phone) == ["The computer is off."])


def test_the_program_s_own_word_of_trouble_is_shown(phone, monkeypatch):
    def not_set(*_, **__):
        raise NotSet("no press")

    monkeypatch.setattr("afterglow.plans.views.printing.pdf_of", not_set)
    phone.goto("/plan/paper/")
    phone.get_by_role("button", name="PDF").first.click()
    expect(phone.locator("h1")).to_have_text("The PDF could not be made just now")
