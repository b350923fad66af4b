"""The doctor's look at serving: each trouble by its name, and nothing where all is well."""

import re
import socket
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from afterglow.core.content import library
from afterglow.serving import asking, look, reach
from afterglow.serving.reach import Reach
from tests.serving.conftest import HOST, free_port, put_certificate

NOW = datetime.now(UTC)
ON = Reach(way="authority", host=HOST, port=8760)


def found(home, chosen=ON, now=NOW):
    return [each.id for each in look.at_files(home, chosen, now)]


def test_nothing_is_wrong_with_a_fresh_certificate(home):
    put_certificate(home)
    assert found(home) == []
    assert found(home, Reach()) == []


def test_a_missing_file_is_named(home):
    (trouble,) = look.at_files(home, ON, NOW)
    assert trouble.id == "certificate-missing"
    assert trouble.facts["path"].endswith("certificate.pem")


def test_an_unreadable_choice_is_named(home):
    assert found(home, None) == ["choice-unreadable"]


def test_a_file_that_is_no_certificate_is_named(home):
    put_certificate(home)
    reach.certificate_files(home, ON)[0].write_text("no certificate")
    assert found(home) == ["certificate-unreadable"]


def test_the_key_of_another_certificate_is_named(home):
    put_certificate(home)
    kept = reach.certificate_files(home, ON)[1].read_bytes()
    put_certificate(home)
    reach.certificate_files(home, ON)[1].write_bytes(kept)
    assert found(home) == ["key-of-another"]


def test_a_key_that_others_may_read_is_named(home):
    put_certificate(home)
    reach.certificate_files(home, ON)[1].chmod(0o644)
    assert found(home) == ["key-open-to-others"]


def test_a_file_without_permission_is_named(home, monkeypatch):
    put_certificate(home)
    monkeypatch.setattr(look.os, "access", lambda file, mode: False)
    assert found(home) == ["certificate-not-allowed"]


@pytest.mark.parametrize(
    ("made_days_ago", "expected"),
    [(0, []), (340, ["certificate-ends-soon"]), (400, ["certificate-expired"])],
)
def test_an_ending_certificate_is_named_in_time(home, made_days_ago, expected):
    put_certificate(home, now=NOW - timedelta(days=made_days_ago))
    assert found(home) == expected


def test_a_clock_that_is_behind_is_named(home):
    put_certificate(home)
    reach.write(home, ON)
    names = found(home, now=NOW - timedelta(days=30))
    assert names == ["clock-behind", "certificate-not-yet"]


def test_a_certificate_for_another_name_is_named(home):
    put_certificate(home)
    assert found(home, Reach(way="authority", host="other.test")) == ["certificate-other-name"]


def test_an_authority_that_ends_is_named(home):
    put_certificate(home, now=NOW - timedelta(days=3640))
    assert "authority-ends-soon" in found(home)


def asked(home, chosen):
    return [each.id for each in look.by_asking(home, chosen)]


@pytest.fixture
def leads(monkeypatch):
    """Lets names lead where the test says, without asking anybody."""
    places = {}
    really = socket.getaddrinfo

    def answer(host, port, *more, **named):
        if host[0].isdigit():
            return really(host, port, *more, **named)
        if host not in places:
            raise socket.gaierror
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (places[host], port))]

    monkeypatch.setattr(look.socket, "getaddrinfo", answer)
    return places


def test_a_running_listener_at_a_name_that_leads_here_is_well(serving, leads):
    leads[HOST] = "127.0.0.1"
    assert asked(serving.home, Reach(way="authority", host=HOST, port=serving.port)) == []


def test_a_name_that_leads_nowhere_and_a_silent_port_are_named(home, leads):
    put_certificate(home)
    chosen = Reach(way="authority", host=HOST, port=free_port())
    assert asked(home, chosen) == ["name-leads-nowhere", "nothing-answers"]


def test_a_name_that_leads_to_another_computer_is_named(serving, leads):
    leads[HOST] = "192.0.2.7"
    chosen = Reach(way="authority", host=HOST, port=serving.port)
    assert asked(serving.home, chosen) == ["name-leads-elsewhere"]


def test_another_certificate_at_the_port_is_named(serving, leads):
    leads[HOST] = "127.0.0.1"
    put_certificate(serving.home)
    chosen = Reach(way="authority", host=HOST, port=serving.port)
    assert asked(serving.home, chosen) == ["older-certificate-answers"]


def test_a_program_that_speaks_no_tls_is_named(home, leads):
    leads[HOST] = "127.0.0.1"
    put_certificate(home)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        chosen = Reach(way="authority", host=HOST, port=other.getsockname()[1])
        saying = threading.Thread(target=_say, args=(other, b"SSH-2.0-other\r\n"), daemon=True)
        saying.start()
        assert asked(home, chosen) == ["something-else-answers"]
        saying.join(5)


def _say(listening, words):
    """One thing to the first who comes."""
    caller, _ = listening.accept()
    with caller:
        caller.sendall(words)
        caller.recv(4096)


PROXY = Reach(way="proxy", host="glow.example.test", port=443, proxies=("127.0.0.1",))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ((200, ""), []),
        ((421, "not among the proxies"), ["proxy-refused"]),
        (OSError(), ["proxy-silent"]),
        (asking.ssl.SSLError(), ["proxy-certificate"]),
    ],
)
def test_what_the_proxy_answers_is_said(home, leads, monkeypatch, answer, expected):
    leads[PROXY.host] = "203.0.113.9"

    def asks(host, port):
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(look, "answer_of_proxy", asks)
    assert asked(home, PROXY) == expected


def test_every_trouble_that_is_found_has_words_that_can_be_filled_in():
    code = Path(look.__file__).read_text("utf-8")
    for language in ("en", "de"):
        for trouble in library.connection_troubles(language):
            facts = dict.fromkeys(
                ("path", "day", "names", "host", "port", "address", "origin", "answer", "sender"),
                "X",
            )
            assert "{" not in (trouble.text + trouble.helps).format(**facts)
    named = {trouble.id for trouble in library.connection_troubles()}
    assert set(re.findall(r'Found\("([a-z-]+)"', code)) <= named
