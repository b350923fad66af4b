"""The second listener of the program: HTTPS for the home network, in the same process as http://localhost.

Leaves out which certificate is used and why (`serving.reach`). Nothing a person sends is put into a file on the way.
"""

import logging
import socket
import ssl
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cheroot import server, wsgi
from cheroot.ssl.builtin import BuiltinSSLAdapter

from afterglow.serving.names import LISTENER_MARK

THREADS = 8
LARGEST_HEADER_BYTES = 32 * 1024
SECONDS_FOR_HANDSHAKE = 5
SECONDS_OF_SILENCE = 30
# Version 4 only: behind a router at home its addresses are private, while those of version 6 may be open to the world.
EVERY_ADDRESS_AT_HOME = "0.0.0.0"  # noqa: S104 - HTTPS at home is for other devices
MOST_WAITING_CONNECTIONS = 200
WAITING_AT_THE_DOOR = 64
TLS_HANDSHAKE = b"\x16"
PLAIN_WORDS = b"This address speaks HTTPS only. Please begin it with https://\n"
PLAIN_ANSWER = (
    b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"Cache-Control: no-store\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%b"
    % (len(PLAIN_WORDS), PLAIN_WORDS)
)
log = logging.getLogger("afterglow.serving")


def context_of(certificate: Path, key: Path) -> ssl.SSLContext:
    """TLS 1.2 or later with this certificate. Raises OSError or ssl.SSLError where it cannot be used."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    context.load_cert_chain(certificate, key)
    return context


class Listener:
    """Serves an application over TLS until stopped; the certificate may be exchanged while it runs."""

    def __init__(
        self,
        application: Callable[..., Any],
        *,
        context: ssl.SSLContext,
        host: str,
        port: int,
        largest_body_bytes: int,
    ) -> None:
        self._adapter = _Adapter(context)
        self._server = _Server(
            (host, port),
            application,
            numthreads=THREADS,
            max=THREADS,
            request_queue_size=WAITING_AT_THE_DOOR,
        )
        self._server.ssl_adapter = self._adapter
        self._server.server_name = "Afterglow"
        self._server.timeout = SECONDS_OF_SILENCE
        self._server.max_request_header_size = LARGEST_HEADER_BYTES
        self._server.max_request_body_size = largest_body_bytes
        self._server.keep_alive_conn_limit = MOST_WAITING_CONNECTIONS

    def start(self) -> int:
        """Listen, serve in a thread of its own, and give the port. Raises OSError where it is taken."""
        self._server.prepare()
        threading.Thread(target=self._server.serve, name="https", daemon=True).start()
        return int(self._server.bind_addr[1])

    def use(self, context: ssl.SSLContext) -> None:
        """From the next connection on, this certificate."""
        self._adapter.context = context

    def stop(self) -> None:
        self._server.stop()


class _Adapter(BuiltinSSLAdapter):
    """Takes a ready context, and leaves the handshake to a worker, so that a silent caller stops nobody else."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self.context = context

    def wrap(self, sock: socket.socket) -> tuple[ssl.SSLSocket, dict[str, str]]:
        sock.settimeout(SECONDS_FOR_HANDSHAKE)
        wrapped = self.context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
        return wrapped, {"wsgi.url_scheme": "https", "HTTPS": "on", LISTENER_MARK: "home"}


class _Connection(server.HTTPConnection):
    """Shakes hands when the first bytes come, and then waits for a request among the idle connections."""

    has_waited = False
    greeted = False

    def communicate(self) -> bool:
        if self.greeted:
            return bool(super().communicate())  # type: ignore[no-untyped-call]
        self.greeted = True
        return self._greet()

    def _greet(self) -> bool:
        self.socket.settimeout(SECONDS_FOR_HANDSHAKE)
        try:
            first = _first_byte(self.socket)
            if first != TLS_HANDSHAKE:
                _answer_plainly(self.socket, spoke=bool(first))
                return False
            self.socket.do_handshake()
        except OSError:
            return (
                False  # Gone, silent, or not trusting the certificate: nothing can be said to it.
            )
        self.socket.settimeout(SECONDS_OF_SILENCE)
        return True


def _first_byte(sock: ssl.SSLSocket) -> bytes:
    """What the caller begins with, left where it is."""
    with socket.socket(fileno=socket.dup(sock.fileno())) as plain:
        plain.settimeout(SECONDS_FOR_HANDSHAKE)
        return plain.recv(1, socket.MSG_PEEK)


def _answer_plainly(sock: ssl.SSLSocket, *, spoke: bool) -> None:
    """A short word for somebody who forgot the s of https; what they sent is read and dropped, so that they see it."""
    with socket.socket(fileno=socket.dup(sock.fileno())) as plain:
        plain.settimeout(SECONDS_FOR_HANDSHAKE)
        if spoke:
            plain.recv(LARGEST_HEADER_BYTES)
            plain.sendall(PLAIN_ANSWER)
        plain.shutdown(socket.SHUT_WR)


class _Headers(server.HeaderReader):
    """X_Forwarded_For and X-Forwarded-For would become one name; headers with an underscore are dropped."""

    def _allow_header(self, key_name: bytes) -> bool:
        return b"_" not in key_name


class _Request(server.HTTPRequest):
    header_reader = _Headers()


_Connection.RequestHandlerClass = _Request


class _Server(wsgi.Server):
    ConnectionClass = _Connection
    expiration_interval = 1

    @staticmethod
    def bind_socket(socket_: socket.socket, bind_addr: tuple[str, int]) -> socket.socket:
        try:
            socket_.bind(bind_addr)
        except OSError:
            socket_.close()
            raise
        return socket_

    def process_conn(self, conn: _Connection) -> None:
        """A new connection first waits for its first bytes, where waiting costs no thread."""
        if conn.has_waited:
            super().process_conn(conn)
            return
        conn.has_waited = True
        if self.can_add_keepalive_connection:
            self.put_conn(conn)
        else:
            conn.close()

    def error_log(self, msg: str = "", level: int = 20, traceback: bool = False) -> None:  # noqa: FBT001, FBT002 - cheroot's signature
        """Never cheroot's own text: it may quote what somebody sent."""
        if level >= logging.WARNING:
            log.warning("an HTTPS connection failed")
