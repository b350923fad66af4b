"""Two small questions over TLS for `serving.look`: which certificate is shown here, and what a proxy answers."""

import http.client
import socket
import ssl

SECONDS = 5
PAGE_FOR_ALL = "/help/"
MOST_WORDS = 400


def certificate_at(address: str, port: int, *, name: str) -> bytes:
    """The certificate (DER) that is shown there under this name. Raises ssl.SSLError where no TLS is spoken, else OSError."""
    # Who answers is told by comparing the certificate itself, so nothing has to be trusted to look at it.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with (
        socket.create_connection((address, port), timeout=SECONDS) as plain,
        context.wrap_socket(plain, server_hostname=name) as wrapped,
    ):
        return wrapped.getpeercert(binary_form=True) or b""


def answer_of_proxy(host: str, port: int) -> tuple[int, str]:
    """Status of the page that is open to all, and the words of a refusal. Raises ssl.SSLError or OSError."""
    connection = http.client.HTTPSConnection(
        host, port, timeout=SECONDS, context=ssl.create_default_context()
    )
    try:
        connection.request("GET", PAGE_FOR_ALL)
        answer = connection.getresponse()
        plain = answer.headers.get_content_type() == "text/plain"
        text = answer.read(MOST_WORDS).decode("utf-8", "replace").strip() if plain else ""
    except http.client.HTTPException as error:
        raise OSError from error
    finally:
        connection.close()
    return answer.status, text
