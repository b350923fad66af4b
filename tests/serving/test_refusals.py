"""What a start refuses, each with the way out, and what it takes."""

import pytest

from afterglow.config import env
from afterglow.serving import reach

SAFE_ORIGIN = {
    "AFTERGLOW_ORIGIN": "https://glow.example.test",
    "AFTERGLOW_TRUSTED_PROXY": "10.0.0.2",
}


@pytest.mark.parametrize(
    ("surroundings", "way_out"),
    [
        ({"AFTERGLOW_BIND": "0.0.0.0"}, "Use on my phone"),
        ({"AFTERGLOW_BIND": "::"}, "Use on my phone"),
        ({"AFTERGLOW_BIND": "192.168.1.20"}, "AFTERGLOW_ORIGIN"),
        ({"AFTERGLOW_ORIGIN": "http://glow.example.test"}, "https://"),
        ({"AFTERGLOW_ORIGIN": "https://glow.example.test"}, "AFTERGLOW_TRUSTED_PROXY"),
        ({"AFTERGLOW_TRUSTED_PROXY": "10.0.0.2", "AFTERGLOW_BIND": "0.0.0.0"}, "AFTERGLOW_ORIGIN"),
        ({"AFTERGLOW_PORT": "none"}, "1 to 65535"),
        ({"AFTERGLOW_PORT": "70000"}, "1 to 65535"),
        ({"AFTERGLOW_WORKERS": "0"}, "1 to 64"),
        ({"DATABASE_URL": "mysql://x"}, "postgresql://"),
        ({"DATABASE_URL": "postgresql://x", "AFTERGLOW_COPIES": "/copies"}, "pg_dump"),
        ({"AFTERGLOW_MAIL_URL": "http://mail.test"}, "smtps://"),
        ({"AFTERGLOW_MAIL_URL": "smtps://mail.test"}, "AFTERGLOW_MAIL_FROM"),
    ],
)
def test_an_unsafe_start_is_refused_with_the_way_out(surroundings, way_out, tmp_path):
    with pytest.raises(env.Refused, match=way_out):
        env.database(env.read(surroundings | {"AFTERGLOW_HOME": str(tmp_path)}))


@pytest.mark.parametrize(
    "surroundings",
    [
        {},
        {"AFTERGLOW_BIND": "::1"},
        {"AFTERGLOW_BIND": "localhost"},
        SAFE_ORIGIN,
        SAFE_ORIGIN | {"AFTERGLOW_BIND": "0.0.0.0"},
    ],
)
def test_a_safe_start_is_taken(surroundings, tmp_path):
    assert env.read(surroundings | {"AFTERGLOW_HOME": str(tmp_path)}).port == 8750


@pytest.mark.parametrize(("way", "taken"), [("proxy", True), ("authority", False), ("off", False)])
def test_only_a_proxy_chosen_on_the_page_lets_plain_http_beyond_this_computer(way, taken, tmp_path):
    """A proxy on another computer has to reach it; `serving.names` still answers nobody else there."""
    reach.write(tmp_path, reach.Reach(way=way, host="glow.example.test", proxies=("10.0.0.2",)))
    surroundings = {"AFTERGLOW_HOME": str(tmp_path), "AFTERGLOW_BIND": "0.0.0.0"}
    if taken:
        assert env.read(surroundings).bind == "0.0.0.0"
    else:
        with pytest.raises(env.Refused):
            env.read(surroundings)


def test_the_environment_goes_before_the_page(tmp_path):
    reach.write(tmp_path, reach.Reach(way="authority", host="desk.local"))
    surroundings = env.read(SAFE_ORIGIN | {"AFTERGLOW_HOME": str(tmp_path)})
    chosen = env.reach_of(surroundings)()
    assert (chosen.way, chosen.origin) == ("proxy", "https://glow.example.test")
    assert chosen.proxies == ("10.0.0.2",)
