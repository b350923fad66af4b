"""Every address, for everyone who holds or held a grant: what was granted is there, and nothing else of its owner's."""

from datetime import timedelta

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from tests.conftest import new_person, open_client
from tests.house.test_rights import ADDRESSES, OPEN
from tests.sharing import lives
from tests.sharing.cast import befriend, give

from afterglow.sharing import services
from afterglow.vault import doors
from afterglow.vault.grants import giving
from afterglow.vault.models import Manifest

ROLES = (*lives.EXPECTED, "revoked", "expired", "another partner", "another owner")
# Who has the most, and who has the least, also send forms to every address.
SENDING = ("everything", "revoked", "another owner")
UUIDS = [
    (name, converters)
    for name, converters in ADDRESSES
    if any(type(each).__name__ == "UUIDConverter" for each in converters.values())
]
UNNAMED = [name for name, converters in ADDRESSES if not converters and name not in OPEN]
SLUGS = {"kind": "goal", "word": "home"}
# A second tap after all is done leads on, as it does for an id that nobody has.
LEADS_ON = {"transfer:keep", "companion:still_fits", "journal:let_go_unfinished"}


class Scene:
    """Alice's life, the helper's id at hers, the grant, and who looks."""

    def __init__(self, role, alice, looker, life, grant, helper, shown):
        self.role, self.alice, self.looker, self.life = role, alice, looker, life
        self.grant, self.helper, self.shown = grant, helper, shown


@pytest.fixture
def scene(request, alice, bob):
    role = request.param
    helper = befriend(alice.vault, bob.vault)
    life = lives.live(alice.vault)
    if role in lives.EXPECTED:
        grant = give(alice.vault, bob.vault, **lives.terms_of(role, life))
        return Scene(role, alice, bob, life, grant, helper, lives.EXPECTED[role])
    grant = give(alice.vault, bob.vault, **lives.terms_of("everything", life))
    if role == "revoked":
        services.stop(vault=alice.vault, grant=grant, today=None)
        return Scene(role, alice, bob, life, grant, helper, set())
    if role == "expired":
        giving.end_those_due(timezone.now() + timedelta(days=99))
        return Scene(role, alice, bob, life, grant, helper, set())
    carol = open_client(new_person("carol"))
    befriend(*(alice.vault, carol.vault) if role == "another partner" else (carol.vault, bob.vault))
    return Scene(role, alice, carol, life, grant, helper, set())


def ids(scene):
    """What an outsider may have seen of ids: documents, the grant, the helper."""
    chosen = [scene.life.ids[name] for name in ("entry", "tender", "goal", "sitting", "theme")]
    return [*chosen, scene.grant, scene.helper]


def paths(scene, name, converters):
    for each in ids(scene):
        arguments = {
            word: each if type(converter).__name__ == "UUIDConverter" else _other(word, converter)
            for word, converter in converters.items()
        }
        try:
            yield each, reverse(name, kwargs=arguments)
        except NoReverseMatch:
            continue


def _other(word, converter):
    return 1 if type(converter).__name__ == "IntConverter" else SLUGS.get(word, "home")


@pytest.mark.parametrize("scene", ROLES, indirect=True)
def test_of_all_named_addresses_only_the_granted_page_answers(scene):
    before = Manifest.objects.get(owner=scene.alice.vault.owner).counter
    wrong = []
    for name, converters in UUIDS:
        closed = {404, 405} | ({302} if name in LEADS_ON else set())
        for record, path in paths(scene, name, converters):
            may = bool(scene.shown) and record == scene.grant and name == "sharing:shared"
            answers = [scene.looker.get(path)]
            if scene.role in SENDING:
                answers.append(scene.looker.post(path, {"word": "x", "text": "x"}))
            for answer in answers:
                expected = {200} if may else closed
                wrong += [] if answer.status_code in expected else [(path, answer.status_code)]
    assert wrong == []
    assert Manifest.objects.get(owner=scene.alice.vault.owner).counter == before


@pytest.mark.parametrize("scene", ROLES, indirect=True)
def test_no_page_of_the_partner_holds_a_word_outside_the_scope(scene):
    pages = [scene.looker.get(reverse(name), follow=True) for name in UNNAMED]
    pages.append(scene.looker.get(reverse("sharing:shared", args=[scene.grant])))
    text = "".join(page.content.decode() for page in pages if not page.streaming)
    assert lives.found_in(text) <= scene.shown


def test_signed_out_and_locked_people_find_the_door(alice, bob, stranger):
    befriend(alice.vault, bob.vault)
    life = lives.live(alice.vault)
    grant = give(alice.vault, bob.vault, **lives.terms_of("everything", life))
    shared = reverse("sharing:shared", args=[grant])
    doors.lock(bob.vault)
    for client in (stranger, bob):
        answer = client.get(shared)
        assert answer.status_code == 423
        assert lives.MARK not in answer.content.decode()
