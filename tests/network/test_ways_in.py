"""The whole program behind each way in: names, forwarded headers, forms, cookies."""

import pytest
from django.test import Client

from afterglow.serving import reach
from tests.conftest import PASSPHRASE, new_person
from tests.house.test_rights import ADDRESSES, OPEN, path_of

BY_PROXY = {
    "HTTP_HOST": "glow.example.test",
    "REMOTE_ADDR": "10.0.0.2",
    "HTTP_X_FORWARDED_PROTO": "https",
}
BY_HTTPS = {
    "HTTP_HOST": "desk.local:8760",
    "REMOTE_ADDR": "192.168.1.77",
    "afterglow.listener": "home",
    "wsgi.url_scheme": "https",
}


@pytest.fixture
def by_proxy(home):
    chosen = reach.Reach(way="proxy", host="glow.example.test", port=443, proxies=("10.0.0.2",))
    reach.write(home, chosen)


@pytest.fixture
def by_https(home):
    reach.write(home, reach.Reach(way="authority", host="desk.local"))


def get(path="/help/", **how):
    return Client().get(path, **how)


def test_on_this_computer_the_program_answers_at_localhost(home, db):
    assert get(SERVER_NAME="localhost").status_code == 200
    answer = get(SERVER_NAME="127.0.0.1", SERVER_PORT="8750")
    assert (answer.status_code, answer["Location"]) == (301, "http://localhost:8750/help/")


def test_plain_http_from_another_device_is_refused_with_the_way_out(home, db):
    answer = get(SERVER_NAME="localhost", REMOTE_ADDR="192.168.1.77")
    assert answer.status_code == 421
    assert "https://" in answer.content.decode()


def test_the_refusal_speaks_the_language_of_the_browser(home, db):
    answer = get(SERVER_NAME="localhost", REMOTE_ADDR="192.168.1.77", HTTP_ACCEPT_LANGUAGE="de")
    assert "Einem anderen Gerät" in answer.content.decode()


def test_a_name_that_is_not_ours_is_refused(home, db):
    assert get(SERVER_NAME="evil.test").status_code == 400


def test_the_home_name_is_answered_over_https_only(by_https, db):
    assert get(**BY_HTTPS).status_code == 200
    plain = {"SERVER_NAME": "desk.local", "REMOTE_ADDR": "192.168.1.77"}
    assert get(**plain).status_code == 421


def test_localhost_goes_on_beside_https(by_https, db):
    assert get(SERVER_NAME="localhost").status_code == 200


def test_a_listed_proxy_is_believed(by_proxy, db):
    assert get(**BY_PROXY).status_code == 200


def test_behind_a_proxy_wrong_tries_are_counted_by_who_was_before_it(by_proxy, db):
    seen = get(**BY_PROXY | {"HTTP_X_FORWARDED_FOR": "127.0.0.1, 203.0.113.9"}).wsgi_request
    assert seen.META["REMOTE_ADDR"] == "203.0.113.9"
    own = get(SERVER_NAME="localhost", HTTP_X_FORWARDED_FOR="203.0.113.9").wsgi_request
    assert own.META["REMOTE_ADDR"] == "127.0.0.1"


def test_a_proxy_that_is_not_listed_is_told_so(by_proxy, db):
    answer = get(**BY_PROXY | {"REMOTE_ADDR": "10.0.0.66"})
    assert answer.status_code == 421
    assert "10.0.0.66" in answer.content.decode()


def test_a_proxy_that_does_not_say_https_is_told_so(by_proxy, db):
    assert get(**BY_PROXY | {"HTTP_X_FORWARDED_PROTO": "http"}).status_code == 421


@pytest.mark.parametrize("by", ["home", "listener"])
def test_forwarded_headers_of_others_change_nothing(by, home, db):
    """Somebody who says of themselves that they came by a proxy is where they are."""
    reach.write(home, reach.Reach(way="authority", host="desk.local", proxies=("10.0.0.2",)))
    how = BY_HTTPS if by == "listener" else {"SERVER_NAME": "localhost"}
    claims = {
        "HTTP_X_FORWARDED_PROTO": "http" if by == "listener" else "https",
        "HTTP_X_FORWARDED_HOST": "evil.test",
        "HTTP_X_FORWARDED_FOR": "127.0.0.1",
        "HTTP_FORWARDED": "proto=https;host=evil.test",
    }
    seen = get(**how | claims).wsgi_request
    assert seen.is_secure() == (by == "listener")
    assert not [name for name in claims if name in seen.META]


@pytest.mark.parametrize(
    ("way", "how", "origin"),
    [
        ("by_https", BY_HTTPS, "https://desk.local:8760"),
        ("by_proxy", BY_PROXY, "https://glow.example.test"),
        ("home", {"SERVER_NAME": "localhost", "SERVER_PORT": "8750"}, "http://localhost:8750"),
    ],
)
def test_a_form_is_taken_from_its_own_page_and_from_no_other(way, how, origin, request, db):
    request.getfixturevalue(way)
    new_person("alice")
    client = Client(enforce_csrf_checks=True)
    client.get("/open/", **how)
    token = client.cookies[next(name for name in client.cookies if name.endswith("-form"))].value
    form = {"passphrase": PASSPHRASE, "csrfmiddlewaretoken": token}
    assert client.post("/open/", form, HTTP_ORIGIN=origin, **how).status_code in {302, 303}
    for other in ("https://evil.test", "http://desk.local:8760", "https://localhost:8750", "null"):
        answer = client.post("/open/", form, HTTP_ORIGIN=other, **how)
        assert answer.status_code == 403


def test_cookies_belong_to_one_host_and_travel_over_tls_only(by_https, alice):
    answer = alice.post(
        "/settings/", {"theme": "night", "language": "en", "lock_minutes": "15"}, **BY_HTTPS
    )
    for name, cookie in answer.cookies.items():
        assert name.startswith("__Host-")
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Strict"
        assert not cookie["domain"]


def test_no_answer_asks_browsers_to_remember_https_for_the_whole_name(by_https, db):
    """Other programs of this computer, such as its printer page, may answer plainly at the same name."""
    assert "Strict-Transport-Security" not in get(**BY_HTTPS)


@pytest.mark.parametrize("way", ["by_https", "by_proxy"])
def test_a_device_that_is_not_signed_in_meets_the_shut_door_everywhere(way, request, alice):
    """The rights matrix again, as a phone in the house has it: open pages open, all others shut."""
    request.getfixturevalue(way)
    how = BY_HTTPS if way == "by_https" else BY_PROXY
    phone, wrong = Client(), []
    for name, converters in ADDRESSES:
        if name not in OPEN:
            path = path_of(name, converters)
            answers = (phone.get(path, **how), _posted(phone, path, how))
            wrong += [(name, each.status_code) for each in answers if each.status_code != 423]
    assert wrong == []


def _posted(phone, path, how):
    """The answer as a browser gets it: a page that answers a form is shown by an address of its own."""
    answer = phone.post(path, **how)
    return phone.get(answer["Location"], **how) if answer.status_code == 303 else answer


def test_plain_http_from_another_device_opens_not_even_what_is_open_to_all(by_https, db):
    phone = Client()
    for name, converters in ADDRESSES:
        if name in OPEN:
            path = path_of(name, converters)
            for host in ("localhost", "desk.local:8760"):
                answer = phone.get(path, HTTP_HOST=host, REMOTE_ADDR="192.168.1.77")
                assert answer.status_code == 421, name
