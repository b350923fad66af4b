"""Whether a request came by a way that is open: pure rules over name, sender and what a listed proxy says.

Plain HTTP is for this computer by the name localhost; HTTPS for the chosen name; a proxy is believed only if it is listed.
"""

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from afterglow.serving.reach import Reach, Source

LISTENER_MARK = "afterglow.listener"
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
FORWARDED = (
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_FORWARDED",
)
Verdict = Literal[
    "come in", "go to localhost", "wrong-name", "not-by-https", "not-at-home", "proxy-not-listed"
]


@dataclass(frozen=True, slots=True)
class Caller:
    """How a request came: `name` as the browser called the program, without port and in lower case."""

    name: str
    sender: str
    by_listener: bool = False
    forwarded_proto: str = ""


def verdict(caller: Caller, reach: Reach) -> Verdict:
    """Come in, go to the one name that cookies belong to, or why not."""
    if caller.by_listener:
        return _by_listener(caller, reach)
    if caller.forwarded_proto and caller.sender in reach.proxies:
        return _by_proxy(caller, reach)
    if caller.name in LOOPBACK_NAMES:
        if not is_this_computer(caller.sender):
            return "not-by-https"
        return "come in" if caller.name == "localhost" else "go to localhost"
    if reach.way == "proxy" and caller.name in reach.names:
        return "not-by-https" if caller.sender in reach.proxies else "proxy-not-listed"
    return "wrong-name"


def _by_listener(caller: Caller, reach: Reach) -> Verdict:
    """A certificate made here is for the home; with one of their own, a person may mean the world."""
    if caller.name not in reach.names:
        return "wrong-name"
    from_afar = reach.way == "authority" and not is_at_home(caller.sender)
    return "not-at-home" if from_afar else "come in"


def _by_proxy(caller: Caller, reach: Reach) -> Verdict:
    if reach.way != "proxy" or caller.name not in reach.names:
        return "wrong-name"
    return "come in" if caller.forwarded_proto == "https" else "not-by-https"


def is_this_computer(sender: str) -> bool:
    """A loopback address, or none at all: a socket in the file system."""
    if not sender:
        return True
    try:
        return ipaddress.ip_address(sender.partition("%")[0]).is_loopback
    except ValueError:
        return False


def is_at_home(sender: str) -> bool:
    """An address that is not routed through the internet: private, link-local, or shared as Tailscale has it."""
    try:
        return not ipaddress.ip_address(sender.partition("%")[0]).is_global
    except ValueError:
        return False


class OurNames(list[str]):
    """The names of this program for Django's own check, as they stand at each request."""

    def __init__(self, source: Source) -> None:
        super().__init__(sorted(LOOPBACK_NAMES))
        self._source = source

    def __iter__(self) -> Iterator[str]:
        yield from super().__iter__()
        yield from sorted(self._source().names)
