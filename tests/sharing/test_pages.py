"""The quiet pages: what if it ends, nobody answers, keys change, someone controls; and new keys in steps."""

import msgspec
import pytest
from django.urls import reverse

from afterglow.journal.documents import Entry
from afterglow.sharing import services
from afterglow.sharing.documents import Opening
from afterglow.sharing.queries.people import helped
from afterglow.sharing.services import following
from afterglow.sharing.services.arrivals import Opened
from afterglow.sharing.views.when import PAGES
from afterglow.vault import parcels, unlock
from afterglow.vault.grants import rekeying
from afterglow.vault.models import GrantItem, GrantRow, IdentityRow
from tests.sharing import lives
from tests.sharing.cast import befriend, give


@pytest.mark.parametrize("page", PAGES)
def test_each_page_for_a_change_is_there_and_shows_the_way_to_stop(alice, page):
    text = alice.get(reverse("sharing:when", args=[page])).content.decode()
    assert reverse("sharing:helpers") in text
    assert (
        reverse("sharing:when", args=[page])
        in alice.get(reverse("sharing:when_index")).content.decode()
    )


def test_the_page_about_control_leads_to_people_who_can_help(alice):
    text = alice.get(reverse("sharing:when", args=["control"])).content.decode()
    assert reverse("companion:help") in text
    assert "companion/safety" in text or "something-was-done" in text


def test_new_keys_are_given_in_steps_with_a_bar(alice, bob, monkeypatch):
    monkeypatch.setattr(following, "RECORDS_IN_A_REQUEST", 3)
    monkeypatch.setattr(rekeying, "RECORDS_AT_ONCE", 3)
    befriend(alice.vault, bob.vault)
    entries = [alice.vault.put(Entry(written=lives.NOW, text=str(n))).id for n in range(11)]
    grant = give(alice.vault, bob.vault, entries=tuple(entries))
    alice.post(reverse("sharing:stop", args=[grant]))
    looks = [alice.get(reverse("sharing:stopped")).content.decode() for _ in range(4)]
    assert ["<progress" in look for look in looks] == [True, True, False, False]
    assert rekeying.waiting(alice.vault) == 0
    assert len(alice.vault.all(Entry)) == 11


def test_changed_keys_are_said_on_both_sides_and_stop_what_is_new(alice, bob):
    record = befriend(alice.vault, bob.vault)
    grant = give(alice.vault, bob.vault, scopes=("plan",))
    row = IdentityRow.objects.get(owner=bob.vault.owner)
    IdentityRow.objects.filter(owner=bob.vault.owner).update(signature=bytes(64))
    page = alice.get(reverse("sharing:helper", args=[record])).content.decode()
    assert "Their keys are not the ones you compared" in page
    assert alice.get(reverse("sharing:choose", args=[record])).status_code == 404
    IdentityRow.objects.filter(owner=bob.vault.owner).update(signature=row.signature)
    IdentityRow.objects.filter(owner=alice.vault.owner).update(signature=bytes(64))
    page = bob.get(reverse("sharing:shared", args=[grant]))
    assert page.status_code == 404
    assert "not the ones you know" in page.content.decode()
    (person,) = helped(bob.vault)
    assert (
        "Nothing of theirs is opened"
        in bob.get(reverse("sharing:person", args=[person.id])).content.decode()
    )


def test_a_helper_who_deleted_their_vault_is_said_to_be_gone(alice, bob):
    record = befriend(alice.vault, bob.vault)
    give(alice.vault, bob.vault, scopes=("plan",))
    unlock.destroy(bob.vault.owner)
    page = alice.get(reverse("sharing:helper", args=[record])).content.decode()
    assert "deleted their vault" in page
    alice.post(reverse("sharing:end_with", args=[record]))
    assert rekeying.waiting(alice.vault) == 0


def test_a_badly_made_parcel_is_let_go_and_holds_up_nothing(alice, bob):
    befriend(alice.vault, bob.vault)
    grant = give(alice.vault, bob.vault, scopes=("plan",))
    services.deliver(alice.vault.owner, bob.vault, "opened", b"not a payload")
    services.deliver(alice.vault.owner, bob.vault, "never heard of", b"x")
    bob.get(reverse("sharing:shared", args=[grant]))
    assert alice.get(reverse("sharing:helpers")).status_code == 200
    assert [s.document.grant for s in alice.vault.heads(Opening)] == [grant]
    assert parcels.count(alice.vault) == 1


def test_many_parcels_are_taken_in_at_the_next_change(alice, bob):
    befriend(alice.vault, bob.vault)
    grant = give(alice.vault, bob.vault, scopes=("plan",))
    payload = msgspec.msgpack.encode(Opened(grant, ("plan",)))
    for _ in range(40):
        services.deliver(alice.vault.owner, bob.vault, "opened", payload)
    alice.vault.put(Entry(written=lives.NOW, text="anything"))
    assert len(alice.vault.heads(Opening)) == 40
    assert parcels.count(alice.vault) == 0


def test_a_home_address_is_said_to_be_one(alice, monkeypatch):
    monkeypatch.setattr("afterglow.sharing.queries.reach.address", lambda: "https://home.example")
    for asks in (True, False):
        monkeypatch.setattr("afterglow.sharing.queries.reach.asks_for_trust", lambda a=asks: a)
        page = alice.post(reverse("sharing:invite"), {"name": "Sam"}).content.decode()
        assert ("trust your computer" in page) == asks


def test_where_rows_were_tampered_with_both_sides_get_a_page_and_no_words(alice, bob):
    record = befriend(alice.vault, bob.vault)
    alice.vault.put(Entry(written=lives.NOW, text="x"))
    life = lives.live(alice.vault)
    grant = give(alice.vault, bob.vault, goal=life.ids["goal"])
    GrantRow.objects.update(owner_sealed=bytes(60))
    GrantItem.objects.update(sealed=bytes(60))
    page = bob.get(reverse("sharing:shared", args=[grant]))
    assert page.status_code == 404
    assert "not the ones you know" in page.content.decode()
    assert bob.get(reverse("sharing:helped")).status_code in {200, 302}
    page = alice.get(reverse("sharing:helper", args=[record]))
    assert reverse("sharing:stop", args=[grant]) in page.content.decode()
    assert alice.post(reverse("sharing:stop", args=[grant])).status_code == 302
