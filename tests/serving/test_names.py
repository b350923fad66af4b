"""Which request comes in: by its name, its sender, and what a listed proxy says."""

import pytest

from afterglow.serving.names import Caller, OurNames, verdict
from afterglow.serving.reach import Reach

OFF = Reach()
HOME = Reach(way="authority", host="desk.local", addresses=("192.168.1.20",))
PROXY = Reach(way="proxy", host="glow.example.test", port=443, proxies=("127.0.0.1", "10.0.0.2"))
OWN = Reach(way="certificate", host="own.example.test")
PHONE, HERE = "192.168.1.77", "127.0.0.1"


@pytest.mark.parametrize(
    ("caller", "reach", "expected"),
    [
        (Caller("localhost", HERE), OFF, "come in"),
        (Caller("localhost", "::1"), OFF, "come in"),
        (Caller("localhost", ""), OFF, "come in"),
        (Caller("127.0.0.1", HERE), OFF, "go to localhost"),
        (Caller("[::1]", "::1"), OFF, "go to localhost"),
        # A page of somebody else that lets its own name lead here.
        (Caller("evil.test", HERE), OFF, "wrong-name"),
        # Plain HTTP from elsewhere, whatever it calls itself.
        (Caller("localhost", PHONE), OFF, "not-by-https"),
        (Caller("desk.local", HERE), OFF, "wrong-name"),
        (Caller("localhost", HERE), HOME, "come in"),
        (Caller("desk.local", PHONE, by_listener=True), HOME, "come in"),
        (Caller("192.168.1.20", PHONE, by_listener=True), HOME, "come in"),
        (Caller("localhost", HERE, by_listener=True), HOME, "wrong-name"),
        # A certificate made here is for the home; Tailscale's shared addresses are as good as home.
        (Caller("desk.local", "203.0.114.9", by_listener=True), HOME, "not-at-home"),
        (Caller("desk.local", "100.64.0.7", by_listener=True), HOME, "come in"),
        (Caller("own.example.test", "203.0.114.9", by_listener=True), OWN, "come in"),
        (Caller("evil.test", PHONE, by_listener=True), HOME, "wrong-name"),
        (Caller("desk.local", PHONE), HOME, "wrong-name"),
        (Caller("glow.example.test", HERE, forwarded_proto="https"), PROXY, "come in"),
        (Caller("glow.example.test", "10.0.0.2", forwarded_proto="https"), PROXY, "come in"),
        (Caller("glow.example.test", HERE, forwarded_proto="http"), PROXY, "not-by-https"),
        (Caller("glow.example.test", HERE), PROXY, "not-by-https"),
        (Caller("glow.example.test", PHONE, forwarded_proto="https"), PROXY, "proxy-not-listed"),
        (Caller("glow.example.test", "not an address"), PROXY, "proxy-not-listed"),
        (Caller("localhost", HERE, forwarded_proto="https"), PROXY, "wrong-name"),
        (Caller("localhost", HERE), PROXY, "come in"),
        (Caller("localhost", PHONE), PROXY, "not-by-https"),
        (Caller("glow.example.test", HERE, forwarded_proto="https"), OFF, "wrong-name"),
    ],
)
def test_a_request_comes_in_by_an_open_way_only(caller, reach, expected):
    assert verdict(caller, reach) == expected


def test_the_names_for_djangos_check_follow_the_choice():
    chosen = [OFF]
    ours = OurNames(lambda: chosen[0])
    assert "desk.local" not in list(ours)
    chosen[0] = HOME
    assert {"localhost", "desk.local", "192.168.1.20"} <= set(ours)


def test_an_address_of_version_six_is_written_in_brackets():
    reach = Reach(way="authority", host="desk.local", port=443, addresses=("fd00::1",))
    assert reach.origin == "https://desk.local"
    assert reach.numeric_origins == ["https://[fd00::1]"]
    assert "[fd00::1]" in reach.names
