"""Sending: once, never twice, never late, in neutral words, and to nobody who was not asked for."""

import re
import threading
from datetime import UTC, datetime, timedelta
from urllib.error import HTTPError

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from django.core import mail
from django.db import connections
from django.test import Client

from afterglow.accounts.models import Account
from afterglow.config.env import Refused, read
from afterglow.reminders import queries
from afterglow.reminders.models import Channel, Due
from afterglow.reminders.services import push, scheduler, sending, ways
from afterglow.vault import server_box
from tests.conftest import new_person

NOW = datetime(2026, 5, 10, 10, 5, tzinfo=UTC)
MAIL = read(
    {"AFTERGLOW_MAIL_URL": "smtps://u:p@mail.example", "AFTERGLOW_MAIL_FROM": "n@example.org"}
).mail
ENDPOINT = "https://fcm.googleapis.com/fcm/send/abc"


@pytest.fixture(autouse=True)
def _mail_is_set_up(settings):
    settings.MAIL = MAIL


def a_way(kind="mail", address="alice@example.org"):
    account = Account.objects.create(name_hash=kind.encode() + address.encode())
    sealed = server_box.seal(address, purpose=ways.PURPOSE, owner=account.id)
    secret = (kind + address).encode()[:32]
    return Channel.objects.create(account=account, kind=kind, sealed=sealed, secret=secret)


def due(channel, minutes=5, state="waiting"):
    return Due.objects.create(
        channel=channel, at=NOW - timedelta(minutes=minutes), sentence=3, state=state
    )


def test_a_due_row_becomes_one_neutral_mail(db):
    due(a_way())
    assert sending.send_due(NOW) == 1
    (message,) = mail.outbox
    assert message.to == ["alice@example.org"]
    assert message.subject == queries.words("subject", "en")
    assert message.body.startswith(queries.sentence(3, "en"))
    assert not re.search(
        "afterglow|ketamine|session|mood", message.subject + message.body, re.IGNORECASE
    )
    assert sending.send_due(NOW) == 0
    assert len(mail.outbox) == 1


def test_a_mail_speaks_the_language_that_was_chosen(db):
    channel = a_way()
    Channel.objects.filter(pk=channel.pk).update(language="de")
    due(channel)
    sending.send_due(NOW)
    assert mail.outbox[0].body.startswith(queries.sentence(3, "de"))


def test_what_is_late_is_dropped_and_never_comes_in_a_heap(db):
    channel = a_way()
    for minutes in (31, 60, 24 * 60):
        due(channel, minutes)
    assert sending.send_due(NOW) == 0
    assert mail.outbox == []
    assert not Due.objects.filter(state="waiting").exists()


def test_what_is_to_come_waits_through_a_restart(db):
    due(a_way(), minutes=-15)
    assert sending.send_due(NOW) == 0
    assert sending.send_due(NOW + timedelta(minutes=20)) == 1


def test_a_row_claimed_by_a_process_that_died_is_not_sent_again(db):
    due(a_way(), state="claimed")
    assert sending.send_due(NOW) == 0
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_of_two_senders_at_once_exactly_one_gets_each_row():
    for number in range(6):
        due(a_way(address=f"{number}@example.org"))
    start, sent = threading.Barrier(2), []

    def run():
        start.wait()
        for _ in range(3):
            sent.append(sending.send_due(NOW))
        connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(sent) == 6
    assert sorted(message.to[0] for message in mail.outbox) == [
        f"{n}@example.org" for n in range(6)
    ]


@pytest.mark.django_db(transaction=True)
def test_two_senders_that_saw_the_same_row_cannot_both_claim_it():
    row = due(a_way())
    twice = [Due.objects.get(pk=row.pk), Due.objects.get(pk=row.pk)]
    assert [sending.claim(each) for each in twice] == [True, False]


def test_the_loop_survives_trouble(db, monkeypatch):
    def fail(now):
        raise OSError

    monkeypatch.setattr(sending, "send_due", fail)
    monkeypatch.setattr(scheduler.connections, "close_all", lambda: None)
    assert scheduler.once() == 0


def test_without_a_mail_server_nothing_is_sent(db, settings):
    settings.MAIL = None
    due(a_way())
    assert sending.send_due(NOW) == 0
    assert mail.outbox == []


def test_a_calendar_is_never_sent(db):
    due(a_way("calendar", "x"))
    assert sending.send_due(NOW) == 0


def test_one_that_fails_does_not_hold_up_the_others(db, monkeypatch):
    due(a_way("push", ENDPOINT))
    due(a_way())

    def fail(endpoint):
        raise OSError

    monkeypatch.setattr(push, "send", fail)
    assert sending.send_due(NOW) == 1


def test_push_carries_no_content_and_names_no_person(settings):
    asked = []
    assert push.send(ENDPOINT, open_request=asked.append)
    (request,) = asked
    assert request.data == b""
    assert request.full_url == ENDPOINT
    assert request.get_header("Ttl") == "1800"


def test_the_push_token_is_signed_by_the_key_the_browser_was_given():
    head, claims, signature = push.token(ENDPOINT, 1_000_000).split(".")
    raw = _bytes(signature)
    der = utils.encode_dss_signature(
        int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    )
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(push.public_key()))
    key.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
    assert b'"aud":"https://fcm.googleapis.com"' in _bytes(claims)
    assert b'"exp":1043200' in _bytes(claims)


def _bytes(text):
    import base64

    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evil-push.apple.com.example/x",
        "https://push.apple.com.evil/x",
        "https://localhost/x",
        "https://fcm.googleapis.com:8750/x",
        "https://a@fcm.googleapis.com/x",
        "file:///etc/passwd",
    ],
)
def test_no_other_address_is_called_through_push(endpoint):
    asked = []
    assert push.send(endpoint, open_request=asked.append) is False
    assert asked == []


def test_a_device_that_is_gone_is_forgotten(db, monkeypatch):
    def gone(request):
        raise HTTPError(ENDPOINT, 410, "gone", {}, None)

    monkeypatch.setattr(push, "_open", gone)
    due(a_way("push", ENDPOINT))
    assert sending.send_due(NOW) == 0
    assert not Channel.objects.exists()


@pytest.mark.parametrize(
    ("url", "sender"), [("http://x", "a@b"), ("smtps://", "a@b"), ("smtps://mail.example", "")]
)
def test_a_half_set_up_mail_server_is_refused_at_start(url, sender):
    with pytest.raises(Refused):
        read({"AFTERGLOW_MAIL_URL": url, "AFTERGLOW_MAIL_FROM": sender})


def test_mail_leaves_this_computer_under_tls_only():
    assert MAIL.by_ssl
    far = read({"AFTERGLOW_MAIL_URL": "smtp://mail.example", "AFTERGLOW_MAIL_FROM": "a@b.c"}).mail
    here = read({"AFTERGLOW_MAIL_URL": "smtp://localhost:25", "AFTERGLOW_MAIL_FROM": "a@b.c"}).mail
    assert (far.by_starttls, far.port) == (True, 587)
    assert here.by_starttls is False


@pytest.mark.django_db
def test_the_link_in_a_mail_stops_it_without_sign_in():
    new_person("alice")
    due(a_way())
    sending.send_due(NOW)
    link = re.search(r"/note/stop/\S+", mail.outbox[0].body).group()
    stranger = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    shown = stranger.get(link)
    assert shown.status_code == 200
    assert "alice" not in shown.content.decode()
    assert Channel.objects.exists(), "looking at the link stops nothing"
    assert stranger.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 302
    assert not Channel.objects.exists()
    assert stranger.post(link).status_code == 302
    assert stranger.get(link[:-3] + "x/").status_code == 404
