"""A small proxy in front of the program, as at many homes: what it says for a program that has stopped."""

from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

ONE_HOP = {"connection", "transfer-encoding", "keep-alive"}


class Proxy(ThreadingHTTPServer):
    """Hands every request on. While `answers` is a number, it says only that."""

    daemon_threads = True

    def __init__(self, behind):
        super().__init__(("localhost", 0), _OneRequest)
        self.behind = urlsplit(behind).netloc
        self.answers = None
        self.url = f"http://localhost:{self.server_port}"


@contextmanager
def before(behind):
    proxy = Proxy(behind)
    Thread(target=proxy.serve_forever, daemon=True).start()
    yield proxy
    proxy.shutdown()
    proxy.server_close()


class _OneRequest(BaseHTTPRequestHandler):
    def do_GET(self):
        self._answer()

    def do_POST(self):
        self._answer()

    def _answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.server.answers:
            self._say(self.server.answers, [("Content-Type", "text/html")], b"<h1>Bad Gateway</h1>")
            return
        asked = HTTPConnection(self.server.behind)
        asked.request(self.command, self.path, body, dict(self.headers))
        reply = asked.getresponse()
        headers = [
            (name, value) for name, value in reply.getheaders() if name.lower() not in ONE_HOP
        ]
        self._say(reply.status, headers, reply.read())
        asked.close()

    def _say(self, status, headers, body):
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() != "content-length":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """A test has nothing to log."""
