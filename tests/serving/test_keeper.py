"""The listener follows the choice and the files: on, off, another port, a renewed certificate, a broken one."""

import socket
import ssl

import pytest

from afterglow.core import certificates
from afterglow.serving import reach
from afterglow.serving.keeper import Keeper
from tests.serving.conftest import HOST, call, echo, free_port, put_certificate, trusting


@pytest.fixture
def keeper(home):
    keeping = Keeper(
        echo,
        home=home,
        source=reach.Current(home),
        host="127.0.0.1",
        largest_body_bytes=1 << 20,
    )
    yield keeping
    keeping.stop()


def switch_on(home, port, **more):
    reach.write(home, reach.Reach(way="authority", host=HOST, port=port, **more))


def test_nothing_listens_until_it_is_switched_on(home, keeper):
    port = free_port()
    put_certificate(home)
    keeper.look()
    with pytest.raises(ConnectionRefusedError):
        call(port, trusting(home))
    switch_on(home, port)
    keeper.look()
    assert b"200 OK" in call(port, trusting(home))[0]
    reach.write(home, reach.Reach())
    keeper.look()
    with pytest.raises(ConnectionRefusedError):
        call(port, trusting(home))


def test_a_renewed_certificate_is_shown_without_a_restart(home, keeper):
    port = free_port()
    authority = put_certificate(home)
    switch_on(home, port)
    keeper.look()
    _, before = call(port, trusting(home))
    put_certificate(home, authority=authority)
    keeper.look()
    _, after = call(port, trusting(home))
    assert before != after


def test_a_changed_certificate_of_ones_own_is_taken_in_through_a_link(home, keeper, tmp_path):
    port = free_port()
    folders = [tmp_path / name for name in ("first", "second")]
    for folder in folders:
        folder.mkdir()
        authority = put_certificate(folder)
    for name in ("certificate.pem", "certificate.key"):
        (tmp_path / name).symlink_to(folders[0] / "https" / name)
    paths = {
        "certificate": str(tmp_path / "certificate.pem"),
        "key": str(tmp_path / "certificate.key"),
    }
    reach.write(home, reach.Reach(way="certificate", host=HOST, port=port, **paths))
    keeper.look()
    assert b"200 OK" in call(port, trusting(folders[0]))[0]
    for name in ("certificate.pem", "certificate.key"):
        (tmp_path / "new").symlink_to(folders[1] / "https" / name)
        (tmp_path / "new").replace(tmp_path / name)
    keeper.look()
    answer, shown = call(port, trusting(folders[1]))
    assert b"200 OK" in answer
    assert shown == certificates.as_der((folders[1] / "https" / "certificate.pem").read_bytes())
    assert authority.certificate == reach.authority_file(folders[1]).read_bytes()


def test_a_broken_certificate_leaves_the_one_before_in_use(home, keeper):
    port = free_port()
    put_certificate(home)
    switch_on(home, port)
    keeper.look()
    certificate, _ = reach.certificate_files(home, reach.Reach(way="authority"))
    certificate.write_bytes(b"half a fi")
    keeper.look()
    assert b"200 OK" in call(port, trusting(home))[0]


def test_a_taken_port_is_said_once_and_tried_again(home, keeper, caplog):
    put_certificate(home)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        switch_on(home, port)
        keeper.look()
        keeper.look()
        assert len(caplog.records) == 1
    keeper.look()
    assert b"200 OK" in call(port, trusting(home))[0]


def test_another_port_moves_the_listener(home, keeper):
    first, second = free_port(), free_port()
    put_certificate(home)
    switch_on(home, first)
    keeper.look()
    switch_on(home, second)
    keeper.look()
    assert b"200 OK" in call(second, trusting(home))[0]
    with pytest.raises((ConnectionRefusedError, ssl.SSLError)):
        call(first, trusting(home))


def test_a_damaged_choice_is_as_none(home, keeper):
    (home / reach.FILE).write_text("{")
    keeper.look()
    assert reach.read(home) is None
    assert reach.Current(home)() == reach.Reach()


def test_what_is_written_is_for_its_owner_only(home):
    put_certificate(home)
    switch_on(home, 8760)
    for file in (home / reach.FILE, *reach.certificate_files(home, reach.Reach(way="authority"))):
        assert file.stat().st_mode & 0o777 == 0o600
    assert (home / "https").stat().st_mode & 0o777 == 0o700
