"""A data folder with an authority's certificate in it, and clients as a phone is one."""

import socket
import ssl
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from afterglow.core import certificates
from afterglow.serving import listener, reach

HOST = "afterglow.test"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def put_certificate(home, host=HOST, now=None, authority=None, name=HOST):
    """As *made here* leaves a folder; gives the authority."""
    now = now or datetime.now(UTC)
    authority = authority or certificates.new_authority(host=name, now=now)
    leaf = certificates.new_leaf(authority, host=host, now=now)
    certificate, key = reach.certificate_files(home, reach.Reach(way="authority"))
    reach.write_private(key, leaf.key)
    reach.write_private(certificate, leaf.certificate)
    reach.write_private(reach.authority_file(home), authority.certificate)
    return authority


def trusting(home):
    """What a phone holds that trusts this folder's authority and nobody else."""
    return ssl.create_default_context(cafile=str(reach.authority_file(home)))


def call(port, context, name=HOST, request=b"", minimum=None):
    """One request over TLS, as bytes; the certificate's bytes with it."""
    with (
        socket.create_connection(("127.0.0.1", port), timeout=10) as plain,
        context.wrap_socket(plain, server_hostname=name) as wrapped,
    ):
        shown = wrapped.getpeercert(binary_form=True)
        wrapped.sendall(request or b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        pieces = []
        while piece := wrapped.recv(65536):
            pieces.append(piece)
    return b"".join(pieces), shown


def echo(environ, start_response):
    """Says how the request came, and how much body there was."""
    body = environ["wsgi.input"].read()
    names = ("wsgi.url_scheme", "REMOTE_ADDR", "afterglow.listener", "HTTP_X_FORWARDED_PROTO")
    words = " ".join(f"{name}={environ.get(name, '-')}" for name in names)
    answer = f"{words} body={len(body)} input={type(environ['wsgi.input']).__name__}".encode()
    start_response("200 OK", [("Content-Length", str(len(answer)))])
    return [answer]


@pytest.fixture
def home(tmp_path):
    return tmp_path


@pytest.fixture
def serving(home):
    """A listener in front of `echo`, with its port."""
    put_certificate(home)
    files = reach.certificate_files(home, reach.Reach(way="authority"))
    running = listener.Listener(
        echo,
        context=listener.context_of(*files),
        host="127.0.0.1",
        port=0,
        largest_body_bytes=1 << 20,
    )
    yield SimpleNamespace(port=running.start(), listener=running, home=Path(home))
    running.stop()
