"""Every address, visited as owner, other person, signed out and locked; an address without a row fails."""

from uuid import uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.conftest import Browser

from afterglow.accounts.pairing_views import COOKIE as PAIRING_COOKIE
from afterglow.vault import devices, doors, pairing
from afterglow.vault.middleware import HALF_COOKIE, SESSION_COOKIE
from afterglow.vault.models import Device

# What everybody may see: nothing of a person, or only what they chose to show.
OPEN = {
    "transfer:arrive",
    "companion:start",
    "companion:know",
    "companion:help",
    "companion:safety_page",
    "accounts:begin",
    "accounts:unlock",
    "accounts:recover",
    "accounts:lock",
    "accounts:leave",
    "accounts:left",
    # Whoever holds the secret address may read times and fixed sentences; the link in a mail stops it without sign-in.
    "reminders:feed",
    "reminders:stop",
    "reminders:stopped",
    # The same for every browser: the worker, and the pages it keeps, without a word of anybody.
    "companion:worker",
    "companion:manifest",
    "companion:shell",
    "companion:waiting_to_send",
    # Two buttons and no word of anybody: nobody should meet a shut door in the middle of a sitting.
    "companion:now",
    # Takes in sealed bytes for the owner that the browser's cookie names, and says nothing of them.
    "vault:intake",
    "accounts:speak",
    # Whoever holds the link sees that someone asks for company, and no name.
    "sharing:invited",
    # A phone is not signed in while it learns to trust this computer; the certificate is no secret.
    "network:trust",
    "network:as_file",
    "network:as_profile",
    # A phone that waits to be let in, and a browser that is asked to open by passkey: they learn nothing of a person.
    "accounts:pair",
    "accounts:pair_state",
    "accounts:ask_to_open",
    "accounts:open_by_passkey",
}
WORDS = {
    "instrument": "phq-9",
    "name": "home",
    "kind": "goal",
    "page": 1,
    "rev": 1,
    "door": "home",
    "guide": "weekly-review",
    "token": "not-a-link",
    "part": "signs",
    "step": "words",
    "point": "24h",
}


def addresses(patterns=None, namespace=""):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield namespace + str(pattern.name), pattern.pattern.converters


ADDRESSES = sorted(addresses(), key=lambda pair: pair[0])


def argument(word, converter):
    kind = type(converter).__name__
    if kind == "UUIDConverter":
        return uuid4()
    return 0 if kind == "IntConverter" else WORDS.get(word, "home")


def path_of(name, converters):
    arguments = {word: argument(word, converter) for word, converter in converters.items()}
    return reverse(name, kwargs=arguments)


def test_every_address_has_a_name_of_its_own():
    names = [name for name, _ in ADDRESSES]
    assert len(names) == len(set(names))
    assert not [name for name in names if name.endswith("None")]
    assert set(names) >= OPEN


@pytest.mark.parametrize(("name", "converters"), ADDRESSES, ids=[name for name, _ in ADDRESSES])
def test_a_closed_page_answers_strangers_with_the_shut_door(name, converters, alice, stranger):
    path = path_of(name, converters)
    for answer in (stranger.get(path), stranger.post(path)):
        if name in OPEN:
            assert answer.status_code in {200, 302, 403, 404, 405}
        else:
            assert answer.status_code == 423, (name, answer.status_code)


@pytest.mark.parametrize(("name", "converters"), ADDRESSES, ids=[name for name, _ in ADDRESSES])
def test_a_locked_session_gets_the_shut_door(name, converters, alice):
    doors.lock(alice.vault)
    if name not in OPEN:
        assert alice.get(path_of(name, converters)).status_code == 423


@pytest.mark.parametrize(("name", "converters"), ADDRESSES, ids=[name for name, _ in ADDRESSES])
def test_the_owner_never_meets_a_broken_page(name, converters, alice):
    answer = alice.get(path_of(name, converters))
    assert answer.status_code in {200, 302, 404, 405}, name


@pytest.fixture
def phones(alice):
    """By what they are to Alice: one she let in, one she removed, one that waits for her yes."""
    made = {name: Browser(SERVER_NAME="localhost") for name in ("paired", "removed", "unpaired")}
    for name in ("paired", "removed"):
        let_in(made[name], alice.vault.keys)
    gone = made["removed"].cookies[devices.COOKIE].value
    devices.remove(alice.vault, Device.objects.get(token_hash=devices.hash_of(gone)).id)
    waits = pairing.join(pairing.begin(alice.vault), browser=devices.Browser(), address="here")
    made["unpaired"].cookies[PAIRING_COOKIE] = waits.cookie()
    made["unpaired"].cookies[SESSION_COOKIE] = waits.door.session_id
    made["unpaired"].cookies[HALF_COOKIE] = waits.door.cookie_half
    return made


def let_in(browser, keys):
    device, cookie = devices.enrol(keys, devices.Browser())
    door, _vault = doors.open_door(keys, device=device.id)
    browser.cookies[devices.COOKIE] = cookie
    browser.cookies[SESSION_COOKIE] = door.session_id
    browser.cookies[HALF_COOKIE] = door.cookie_half


def test_a_paired_phone_comes_in_and_a_removed_or_waiting_one_does_not(phones):
    """All addresses in one test: making the phones costs more than visiting."""
    held = {who: dict(phone.cookies) for who, phone in phones.items()}
    wrong = []
    for name, converters in ADDRESSES:
        path = path_of(name, converters)
        came_in = phones["paired"].get(path).status_code
        wrong += [] if came_in in {200, 302, 404, 405} else [("paired", name, came_in)]
        for who in ("removed", "unpaired"):
            for ask in (phones[who].get, phones[who].post):
                phones[who].cookies.update(held[who])
                answer = ask(path).status_code
                right = {200, 302, 403, 404, 405} if name in OPEN else {423}
                wrong += [] if answer in right else [(who, name, answer)]
    assert wrong == []
    assert len(ADDRESSES) > 200


def test_every_page_is_kept_out_of_caches_and_under_the_strict_policy(alice):
    answer = alice.get(reverse("companion:today"))
    assert answer["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
