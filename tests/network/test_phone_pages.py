"""Settings › Use on my phone, and the page by which a phone learns to trust."""

import plistlib
import ssl
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from afterglow.accounts.services import delete_everything
from afterglow.core import certificates
from afterglow.network import queries, services
from afterglow.network.documents import HomeAuthority
from afterglow.serving import look, reach
from afterglow.transfer import archive
from afterglow.vault import hooks
from afterglow.vault.models import Record

MADE_HERE = {"host": "Desk.local.", "port": "8760", "addresses": "192.168.1.20, 10.0.0.4"}
PHONE = "/settings/phone/"


@pytest.fixture
def made_here(home, alice):
    answer = alice.post(f"{PHONE}made-here/", MADE_HERE)
    assert (answer.status_code, answer["Location"]) == (302, PHONE)
    return home


def chosen(home):
    return reach.read(home)


def leaf(home):
    return certificates.facts(reach.certificate_files(home, chosen(home))[0].read_bytes())


def test_at_first_only_this_computer_is_answered(home, alice):
    page = alice.get(PHONE).content.decode()
    assert "answers on this computer only" in page
    assert chosen(home).way == "off"


def test_a_certificate_made_here_lets_a_phone_in(made_here, alice):
    assert chosen(made_here).origin == "https://desk.local:8760"
    says = leaf(made_here)
    assert says.names == ("desk.local",)
    assert says.addresses == ("192.168.1.20", "10.0.0.4")
    page = alice.get(PHONE).content.decode()
    assert "https://desk.local:8760" in page
    assert "https://10.0.0.4:8760" in page
    assert '<svg class="qr"' in page


def test_the_key_of_the_authority_is_nowhere_but_sealed(made_here, alice):
    key = queries.authority_of(alice.vault).document.key
    assert "PRIVATE KEY" in key
    middle = key.splitlines()[1].encode()
    assert not [
        file for file in made_here.rglob("*") if file.is_file() and middle in file.read_bytes()
    ]
    rows = [bytes(row.body or b"") + bytes(row.head or b"") for row in Record.objects.all()]
    assert not [row for row in rows if middle in row]


def test_the_authority_is_no_part_of_an_export(made_here, alice):
    assert len(alice.vault.heads(HomeAuthority)) == 1
    kinds = {each.document.kind for each in archive.exported(alice.vault)}
    assert HomeAuthority.kind not in kinds


def test_switching_off_takes_the_key_away_and_keeps_the_trust_of_phones(made_here, alice):
    before = queries.authority_certificate()
    assert alice.post(f"{PHONE}off/").status_code == 302
    assert chosen(made_here).way == "off"
    assert not reach.certificate_files(made_here, reach.Reach(way="authority"))[1].exists()
    assert Client(SERVER_NAME="localhost").get("/trust/").status_code == 404
    alice.post(f"{PHONE}made-here/", MADE_HERE)
    assert queries.authority_certificate() == before


def test_a_new_authority_is_made_when_asked_for_or_for_another_name(made_here, alice):
    first = queries.authority_certificate()
    alice.post(f"{PHONE}made-here/", MADE_HERE | {"anew": "yes"})
    second = queries.authority_certificate()
    alice.post(f"{PHONE}made-here/", MADE_HERE | {"host": "other.local"})
    third = queries.authority_certificate()
    assert len({first, second, third}) == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"host": "two words"},
        {"host": "localhost"},
        {"host": "192.168.1.20"},
        {"port": "70000"},
        {"addresses": "desk"},
        {"addresses": "fd00::1"},
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(wrong, home, alice):
    page = alice.post(f"{PHONE}made-here/", MADE_HERE | wrong).content.decode()
    assert "Nothing you typed is lost" in page
    assert next(iter(wrong.values())) in page
    assert chosen(home).way == "off"


def test_a_certificate_of_ones_own_is_checked_before_it_is_used(home, alice, tmp_path):
    now = datetime.now(UTC)
    authority = certificates.new_authority(host="own.example.test", now=now)
    pair = certificates.new_leaf(authority, host="own.example.test", now=now)
    fields = {
        "host": "own.example.test",
        "port": "8760",
        "certificate": str(tmp_path / "own.pem"),
        "key": str(tmp_path / "own.key"),
    }
    page = alice.post(f"{PHONE}own-certificate/", fields).content.decode()
    assert "There is no file at" in page
    (tmp_path / "own.pem").write_bytes(pair.certificate)
    (tmp_path / "own.key").write_bytes(pair.key)
    other = alice.post(f"{PHONE}own-certificate/", fields | {"host": "other.test"})
    assert "not for other.test" in other.content.decode()
    assert alice.post(f"{PHONE}own-certificate/", fields).status_code == 302
    assert chosen(home).way == "certificate"
    assert "own.example.test:8760" in alice.get(PHONE).content.decode()


def test_a_proxy_is_named_with_its_addresses(home, alice):
    fields = {"host": "glow.example.test", "port": "443", "proxies": "127.0.0.1, ::1"}
    assert alice.post(f"{PHONE}proxy/", fields).status_code == 302
    assert chosen(home).proxies == ("127.0.0.1", "::1")
    assert "https://glow.example.test<" in alice.get(PHONE).content.decode()


def test_what_is_wrong_is_said_on_the_page(made_here, alice):
    with time_machine.travel(datetime.now(UTC) + timedelta(days=400)):
        page = str(queries.hitches(datetime.now(UTC), "en", asking=False))
    assert "ended on" in page
    reach.certificate_files(made_here, chosen(made_here))[0].unlink()
    assert "There is no file at" in alice.get(PHONE).content.decode()


def test_the_trust_page_is_open_and_says_what_to_compare(made_here):
    phone = Client(SERVER_NAME="localhost")
    page = phone.get("/trust/").content.decode()
    pem = queries.authority_certificate()
    assert " ".join(queries.fingerprint_groups(pem)) in page
    assert "desk.local" in page
    der = phone.get("/trust/afterglow.crt")
    assert der["Content-Type"] == "application/x-x509-ca-cert"
    assert der.content == ssl.PEM_cert_to_DER_cert(pem.decode())


def test_the_profile_for_an_iphone_holds_the_authority_and_says_its_name(made_here):
    answer = Client(SERVER_NAME="localhost").get("/trust/afterglow.mobileconfig")
    assert answer["Content-Type"] == "application/x-apple-aspen-config"
    profile = plistlib.loads(answer.content)
    (inner,) = profile["PayloadContent"]
    assert inner["PayloadType"] == "com.apple.security.root"
    assert inner["PayloadContent"] == certificates.as_der(queries.authority_certificate())
    assert "desk.local" in profile["PayloadDisplayName"]
    assert inner["PayloadUUID"] != profile["PayloadUUID"]


def test_without_an_authority_there_is_nothing_to_trust(home, db):
    phone = Client(SERVER_NAME="localhost")
    assert {phone.get(f"/trust/{name}").status_code for name in ("", "afterglow.crt")} == {404}


# Renewal, with a clock that stands where it is set


def later(days):
    return datetime.now(UTC) + timedelta(days=days)


@pytest.mark.parametrize(("days", "renewed"), [(1, False), (300, False), (306, True), (500, True)])
def test_an_unlock_renews_what_ends_within_two_months(days, renewed, made_here, alice):
    before, moment = leaf(made_here), later(days)
    with time_machine.travel(moment, tick=False):
        hooks.resume(alice.vault)
    after = leaf(made_here)
    assert (after.fingerprint != before.fingerprint) == renewed
    assert not renewed or after.ends.date() == (moment + timedelta(days=365)).date()


def test_a_renewed_certificate_is_given_by_the_same_authority(made_here, alice):
    authority = queries.authority_certificate()
    assert services.renew(alice.vault, later(320))
    certificate, key = reach.certificate_files(made_here, chosen(made_here))
    assert queries.authority_certificate() == authority
    assert certificate.read_bytes().endswith(authority)
    assert certificates.belong_together(
        certificates.Pair(certificate.read_bytes(), key.read_bytes())
    )
    assert key.stat().st_mode & 0o777 == 0o600


def test_a_lost_certificate_comes_back_at_the_next_unlock(made_here, alice):
    reach.certificate_files(made_here, chosen(made_here))[0].unlink()
    hooks.resume(alice.vault)
    assert leaf(made_here).names == ("desk.local",)


def test_another_person_cannot_renew_what_is_not_theirs(made_here, alice, bob):
    before = leaf(made_here)
    assert not services.renew(bob.vault, later(400))
    assert leaf(made_here) == before


# When whoever made the authority leaves


def leave(person, monkeypatch):
    monkeypatch.setattr("afterglow.vault.unlock.opens", lambda keys, passphrase: True)
    assert delete_everything(vault=person.vault, passphrase="x")


def hitches(home):
    return [each.id for each in look.at_files(home, chosen(home), datetime.now(UTC))]


def test_a_vault_that_vouches_says_so_before_it_is_deleted(made_here, alice, bob):
    word = "certificate that you made"
    assert word in alice.get("/settings/delete-everything/").content.decode()
    assert word not in bob.get("/settings/delete-everything/").content.decode()


def test_the_page_says_whose_opening_renews_the_certificate(made_here, alice, bob):
    assert "when you open your vault" in alice.get(PHONE).content.decode()
    page = bob.get(PHONE).content.decode()
    assert "when the person who made it opens their vault" in page
    assert "when you open your vault" not in page


def test_after_their_vault_is_gone_the_page_and_the_doctor_say_the_way_out(
    made_here, alice, bob, monkeypatch
):
    before = leaf(made_here)
    leave(alice, monkeypatch)
    assert hitches(made_here) == ["authority-left-behind"]
    page = bob.get(PHONE).content.decode()
    assert "deleted their vault" in page
    assert "Let my phone in" in page
    assert leaf(made_here) == before, "phones get in as before"
    assert chosen(made_here).origin == "https://desk.local:8760"


def test_another_person_makes_one_of_their_own_and_renews_it_from_then_on(
    made_here, alice, bob, monkeypatch
):
    leave(alice, monkeypatch)
    bob.post(f"{PHONE}made-here/", MADE_HERE)
    assert hitches(made_here) == []
    assert services.renew(bob.vault, later(320))


def test_whoever_does_not_vouch_leaves_nothing_behind(made_here, alice, bob, monkeypatch):
    leave(bob, monkeypatch)
    assert hitches(made_here) == []


def test_a_vault_that_came_back_with_its_authority_vouches_again(made_here, alice):
    services.leave_behind()
    hooks.resume(alice.vault)
    assert hitches(made_here) == []


def test_a_choice_that_was_written_earlier_is_read(home):
    (home / reach.FILE).write_text('{"v":1,"way":"authority","host":"desk.local","port":8760}')
    assert chosen(home).left_behind is False


def test_a_certificate_of_ones_own_is_never_written_over(made_here, alice):
    certificate, key = reach.certificate_files(made_here, chosen(made_here))
    own = {"certificate": str(certificate), "key": str(key)}
    reach.write(made_here, reach.Reach(way="certificate", host="desk.local", **own))
    assert not services.renew(alice.vault, later(400))


def test_a_way_set_by_whoever_starts_the_program_cannot_be_changed_here(home, alice, settings):
    import dataclasses

    settings.ENVIRONMENT = dataclasses.replace(
        settings.ENVIRONMENT, origin="https://glow.example.test", trusted_proxies=("127.0.0.1",)
    )
    fixed = reach.Reach(way="proxy", host="glow.example.test", port=443, proxies=("127.0.0.1",))
    settings.REACH = lambda: fixed
    assert "cannot be changed here" in alice.get(PHONE).content.decode()
    assert alice.post(f"{PHONE}made-here/", MADE_HERE)["Location"] == PHONE
    assert chosen(home).way == "off"
