"""Moving in from another computer: the file is looked at, the passphrase is tried, and only an empty house takes it."""

import sqlite3
import zipfile
from contextlib import closing

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from afterglow.config import process
from afterglow.serving import names, reach
from afterglow.transfer import arriving, moving_in
from afterglow.transfer.data_folder import DATABASE, SERVER_KEY
from tests.conftest import Browser, new_person
from tests.formats.make import BACKUP, PASSPHRASE
from tests.formats.test_earlier_files import RELEASES

WHOLE = RELEASES[-1] / BACKUP


@pytest.fixture
def home(settings, tmp_path):
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    settings.ENVIRONMENT = type("Env", (), {"home": home, "keeps_a_file": True})()
    settings.FILE_UPLOAD_TEMP_DIR = home
    return home


def bring(client, content, passphrase=PASSPHRASE):
    file = SimpleUploadedFile("afterglow.afterglow-backup", content)
    return client.post("/transfer/arrive/", {"file": file, "passphrase": passphrase})


def left_in(home):
    return sorted(each.name for each in home.iterdir())


def test_the_first_page_offers_to_move_in_until_somebody_lives_here(db, stranger):
    assert "/transfer/arrive/" in stranger.get("/know/").content.decode()
    assert "/transfer/arrive/" in stranger.get("/begin/").content.decode()
    new_person("alice")
    assert "/transfer/arrive/" not in stranger.get("/know/").content.decode()
    assert stranger.get("/transfer/arrive/")["Location"] == "/open/"
    assert bring(stranger, WHOLE.read_bytes())["Location"] == "/open/"


def test_a_whole_copy_waits_beside_and_its_own_file_goes(db, stranger, home):
    answer = bring(stranger, WHOLE.read_bytes()).content.decode()
    assert "It is here, and whole" in answer
    assert "stop Afterglow and start it again" in answer
    assert left_in(home) == [arriving.ARRIVING]
    assert {DATABASE, SERVER_KEY} <= set(left_in(home / arriving.ARRIVING))


def test_where_a_server_keeps_the_data_no_copy_moves_in(db, stranger, home, settings):
    settings.ENVIRONMENT = type("Env", (), {"home": home, "keeps_a_file": False})()
    answer = bring(stranger, WHOLE.read_bytes()).content.decode()
    assert "An export can" in answer
    assert "afterglow restore" not in answer
    assert left_in(home) == []


def test_a_passphrase_that_opens_nothing_keeps_nothing(db, stranger, home):
    answer = bring(stranger, WHOLE.read_bytes(), "not the right words at all").content.decode()
    assert "opens no vault in that file" in answer
    assert left_in(home) == []


@pytest.mark.parametrize("broken", [b"nothing of ours", WHOLE.read_bytes()[:-400]])
def test_a_file_that_is_not_whole_keeps_nothing(db, stranger, home, broken):
    assert "not a whole copy" in bring(stranger, broken).content.decode()
    assert left_in(home) == []


def test_from_the_home_network_nobody_moves_anybody_in(db, home, settings):
    settings.REACH = lambda: reach.Reach(way="authority", host="afterglow.test")
    settings.ALLOWED_HOSTS = names.OurNames(settings.REACH)
    over_https = {"wsgi.url_scheme": "https", names.LISTENER_MARK: "1"}
    from_afar = Browser(SERVER_NAME="afterglow.test", **over_https)
    assert from_afar.get("/transfer/arrive/").status_code == 302
    bring(from_afar, WHOLE.read_bytes())
    assert left_in(home) == []


def arrived(home):
    """What is there after a copy was taken in."""
    with zipfile.ZipFile(WHOLE) as archive:
        (home / arriving.ARRIVING).mkdir(parents=True)
        for name in (DATABASE, SERVER_KEY):
            (home / arriving.ARRIVING / name).write_bytes(archive.read(name))


def test_at_the_next_start_it_takes_its_place(tmp_path):
    arrived(tmp_path)
    (tmp_path / SERVER_KEY).write_bytes(b"k" * 32)
    with closing(sqlite3.connect(tmp_path / DATABASE)) as empty:
        empty.execute("CREATE TABLE accounts_account (id)")
    assert moving_in.settle(tmp_path)
    assert left_in(tmp_path) == [DATABASE, SERVER_KEY]
    assert (tmp_path / SERVER_KEY).read_bytes() != b"k" * 32
    assert not moving_in.settle(tmp_path)


def test_where_somebody_lives_meanwhile_it_does_not(tmp_path):
    arrived(tmp_path)
    with closing(sqlite3.connect(tmp_path / DATABASE)) as lived_in:
        lived_in.execute("CREATE TABLE accounts_account (id)")
        lived_in.execute("INSERT INTO accounts_account VALUES ('somebody')")
        lived_in.commit()
    before = (tmp_path / DATABASE).read_bytes()
    assert not moving_in.settle(tmp_path)
    assert (tmp_path / DATABASE).read_bytes() == before


def test_only_the_program_of_one_person_starts_itself_again():
    assert not process.starts_again_by_itself.is_set()
    assert process.start_again() is False
