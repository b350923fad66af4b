"""Two browsers: a link, eight words, a grant, a page that is read, a check-in and its answer, and nothing after the stop."""

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.conftest import new_person
from tests.e2e.looking import findings_in_every_look, opened

from afterglow.core.days import day_of, moment
from afterglow.journal.documents import Entry
from afterglow.measures.documents import CheckIn
from afterglow.plans.documents import Goal, Obstacle, Win
from afterglow.sharing.queries import reach
from afterglow.ui import clock

pytestmark = pytest.mark.django_db(transaction=True)
MAIN = "main form button.main"
SECRET = "Nobody but me reads this line"


@pytest.fixture
def two(new_page, sign_in, live_server, monkeypatch):
    """Alice and, in another browser, Bea; the program is reachable for both."""
    monkeypatch.setattr(reach, "address", lambda: live_server.url)

    def open_both(**options):
        alice, bea = new_page(**options), new_page(**options)
        alice.vault, bea.vault = sign_in(alice), sign_in(bea, new_person("bea"))
        return alice, bea

    return open_both


def lived(vault):
    today = day_of(timezone.now(), clock.system_zone())
    vault.put(Win(text="Rang the neighbour", on=today))
    vault.put(Goal(text="Walk to the pier", on=today))
    vault.put(Obstacle(obstacle="The phone at night", then_words="look away"))
    vault.put(CheckIn(at=moment(timezone.now(), "UTC"), level=5))
    vault.put(Entry(written=moment(timezone.now(), "UTC"), text=SECRET, snippet=SECRET))


def send(page, selector=MAIN):
    with page.expect_event("framenavigated"):
        page.locator(selector).first.click()
    page.wait_for_load_state()


def met(alice, bea):
    """By a link that was handed over, and the same eight words on both screens."""
    alice.goto(reverse("sharing:invite"))
    alice.fill("[name=name]", "Bea")
    alice.fill("[name=shown_name]", "A.")
    send(alice)
    bea.goto(alice.locator("#link").inner_text())
    bea.fill("[name=name]", "Alice")
    send(bea)
    alice.goto(reverse("sharing:helpers"))
    alice.locator("main a[href^='/sharing/with/']").first.click()
    alice.locator("main a.main").click()
    words = alice.locator("ol.words").inner_text()
    assert bea.locator("ol.words").inner_text() == words
    send(alice, "main form button[value=same]")


def given(alice, *scopes):
    alice.locator("main a.main").click()
    for scope in scopes:
        alice.check(f"[name=scopes][value={scope}]")
    send(alice, "main button[value=look]")
    assert "Walk to the pier" in alice.content()
    send(alice, "main button[value=give]")


@pytest.mark.parametrize("language", ["en", "de"])
def test_from_a_link_to_nothing_shared(two, language):
    alice, bea = two(locale=language)
    lived(alice.vault)
    met(alice, bea)
    given(alice, "plan", "mood")
    here = alice.url
    bea.goto(reverse("partner:people"))
    bea.locator("main section h2 a").first.click()
    bea.wait_for_load_state()
    read = bea.content()
    assert "Rang the neighbour" in read
    assert SECRET not in read
    agreed(alice, bea)
    answered(alice, bea)
    alice.goto(here)
    send(alice, "main form button.main")
    bea.reload()
    assert "Rang the neighbour" not in bea.content()
    assert "The bread was warm" in bea.content()


def agreed(alice, bea):
    """Bea suggests times, Alice adds a day of her own: today."""
    bea.goto(reverse("partner:propose", args=[alice.vault.owner]))
    bea.check("[name=points][value='1w']")
    send(bea)
    alice.goto(reverse("companion:today"))
    alice.locator(f"main a[href='{reverse('partner:check_ins', args=[bea.vault.owner])}']").click()
    assert alice.is_checked("[name=points][value='1w']")
    alice.locator("main summary").first.click()
    alice.fill("[name=day1]", str(day_of(timezone.now(), clock.system_zone())))
    send(alice)


def answered(alice, bea):
    alice.goto(reverse("companion:today"))
    alice.locator(f"main a[href='{reverse('partner:answer', args=[bea.vault.owner])}']").click()
    alice.fill("[name=answer0]", "The bread was warm")
    send(alice)
    assert "The bread was warm" in alice.content()
    bea.goto(reverse("companion:today"))
    bea.locator(f"main a[href='{reverse('partner:person', args=[alice.vault.owner])}']").click()
    assert "The bread was warm" in bea.content()


def test_every_page_between_two_people_is_accessible_in_three_looks(two):
    alice, bea = two()
    lived(alice.vault)
    met(alice, bea)
    given(alice, "plan", "mood", "sittings")
    owner, partner = alice.vault.owner, bea.vault.owner
    obstacle, win = alice.vault.heads(Obstacle)[0].id, alice.vault.heads(Win)[0].id
    hers = [
        reverse("partner:people"),
        reverse("partner:person", args=[owner]),
        reverse("partner:propose", args=[owner]),
        reverse("partner:question", args=[owner]),
        reverse("partner:practice", args=[owner]),
        reverse("partner:notes", args=[owner]),
        reverse("partner:obstacle", args=[owner, obstacle]),
        reverse("partner:win", args=[owner, win]),
    ]
    mine = [
        reverse("partner:messages"),
        reverse("partner:thread", args=[partner]),
        reverse("partner:everybody"),
        reverse("partner:check_ins", args=[partner]),
        reverse("partner:help_partner"),
        reverse("plans:safety"),
        reverse("companion:mention"),
    ]
    for page, paths in ((bea, hers), (alice, mine)):
        assert [each for _ in opened(page, paths) for each in findings_in_every_look(page)] == []
