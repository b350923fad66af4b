"""Real handshakes with the HTTPS listener."""

import contextlib
import socket
import ssl
import time
from pathlib import Path

import pytest

from afterglow.serving import listener, reach
from tests.serving.conftest import call, put_certificate, trusting


def test_a_client_that_trusts_the_authority_gets_an_answer_over_tls(serving):
    answer, _ = call(serving.port, trusting(serving.home))
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"wsgi.url_scheme=https" in answer
    assert b"afterglow.listener=home" in answer


def test_another_name_fails(serving):
    with pytest.raises(ssl.SSLCertVerificationError, match="mismatch"):
        call(serving.port, trusting(serving.home), name="bank.test")


def test_a_certificate_of_the_authority_for_another_name_is_refused_by_its_constraints(serving):
    authority = put_certificate(serving.home)
    put_certificate(serving.home, host="bank.test", authority=authority)
    files = reach.certificate_files(serving.home, reach.Reach(way="authority"))
    serving.listener.use(listener.context_of(*files))
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree"):
        call(serving.port, trusting(serving.home), name="bank.test")


def test_a_client_that_does_not_trust_the_authority_refuses(serving):
    with pytest.raises(ssl.SSLCertVerificationError):
        call(serving.port, ssl.create_default_context())


def test_tls_before_1_2_is_refused(serving):
    old = trusting(serving.home)
    old.set_ciphers("DEFAULT:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    with pytest.raises(OSError):
        call(serving.port, old)


def test_plain_http_gets_a_short_word(serving):
    with socket.create_connection(("127.0.0.1", serving.port), timeout=10) as plain:
        plain.sendall(b"GET /secret HTTP/1.1\r\nHost: afterglow.test\r\n\r\n")
        answer = plain.recv(4096)
    assert answer.startswith(b"HTTP/1.1 400")
    assert b"https://" in answer
    assert b"secret" not in answer


def test_silent_callers_do_not_keep_others_waiting(serving):
    silent = [socket.create_connection(("127.0.0.1", serving.port)) for _ in range(30)]
    begun = time.monotonic()
    answer, _ = call(serving.port, trusting(serving.home))
    assert b"200 OK" in answer
    assert time.monotonic() - begun < listener.SECONDS_FOR_HANDSHAKE
    for each in silent:
        each.close()


def test_a_body_is_passed_on_as_it_comes_and_never_through_a_file(serving):
    request = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 500000\r\n\r\n"
    answer, _ = call(serving.port, trusting(serving.home), request=request + b"x" * 500_000)
    assert b"body=500000" in answer
    assert b"input=KnownLengthRFile" in answer


def test_a_body_beyond_the_limit_is_refused(serving):
    request = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n"
    answer, _ = call(serving.port, trusting(serving.home), request=request)
    assert answer.startswith(b"HTTP/1.1 413")


def test_headers_beyond_the_limit_are_refused(serving):
    long = (
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: "
        + b"x" * listener.LARGEST_HEADER_BYTES
        + b"\r\n\r\n"
    )
    answer, _ = call(serving.port, trusting(serving.home), request=long)
    assert answer.startswith(b"HTTP/1.1 413")


def test_a_header_with_an_underscore_cannot_stand_in_for_one_with_a_hyphen(serving):
    request = b"GET / HTTP/1.1\r\nHost: x\r\nX_Forwarded_Proto: https\r\nConnection: close\r\n\r\n"
    answer, _ = call(serving.port, trusting(serving.home), request=request)
    assert b"HTTP_X_FORWARDED_PROTO=-" in answer


def test_several_requests_go_over_one_connection(serving):
    with (
        socket.create_connection(("127.0.0.1", serving.port), timeout=10) as plain,
        trusting(serving.home).wrap_socket(plain, server_hostname="afterglow.test") as wrapped,
    ):
        for _ in range(3):
            wrapped.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            answer = b""
            while b"input=" not in answer:
                answer += wrapped.recv(4096)
            assert answer.startswith(b"HTTP/1.1 200")


def deleted_files():
    """Files without a name that this process holds open: where a server would spill what it cannot send yet."""
    found = set()
    for link in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            target = str(link.readlink())
            if "(deleted)" in target:
                found.add(target)
    return found


def test_a_slow_reader_leaves_nothing_of_what_waits_in_a_file(home):
    put_certificate(home)
    files = reach.certificate_files(home, reach.Reach(way="authority"))
    sent = []

    def long_answer(environ, start_response):
        start_response("200 OK", [("Content-Type", "application/octet-stream")])
        for piece in range(200):
            sent.append(piece)
            yield b"w" * 100_000

    running = listener.Listener(
        long_answer,
        context=listener.context_of(*files),
        host="127.0.0.1",
        port=0,
        largest_body_bytes=1 << 20,
    )
    before = deleted_files()
    port = running.start()
    with (
        socket.create_connection(("127.0.0.1", port), timeout=10) as plain,
        trusting(home).wrap_socket(plain, server_hostname="afterglow.test") as wrapped,
    ):
        wrapped.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        wrapped.recv(1000)
        time.sleep(0.5)
        assert deleted_files() == before
        assert len(sent) < 200, "everything was taken in before it was read"
    running.stop()
