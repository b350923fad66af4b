"""Carrying out and in without a browser: the same zip, after the passphrase was asked for."""

import zipfile

import pytest

from afterglow.accounts import services as accounts
from afterglow.core.bad_input import BadInput
from afterglow.core.crypto.age import lock
from afterglow.journal.documents import Entry
from afterglow.transfer.command import run_export, run_import
from tests.conftest import PASSPHRASE

pytestmark = pytest.mark.django_db


@pytest.fixture
def vault():
    return accounts.begin(name="ada", passphrase=PASSPHRASE).vault


def right(prompt):
    return PASSPHRASE


def test_a_folder_comes_in_and_goes_out_as_a_zip(vault, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "2026-02-03.md").write_text("The heron stood still.", "utf-8")
    (tmp_path / "in" / "phq.csv").write_text("date,score\n2026-01-01,99\n", "utf-8")
    said, left_out = run_import(tmp_path / "in", name="ada", ask=right)
    assert said == "Kept: 1. Left out: 1."
    assert left_out[0].startswith("phq.csv, line 2")
    run_export(tmp_path / "out.zip", name="ada", ask=right)
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert b"The heron stood still." in archive.read("afterglow.json")
    assert (tmp_path / "out.zip").stat().st_mode & 0o777 == 0o600


def test_the_wrong_words_open_nothing_and_leave_no_file(vault, tmp_path):
    with pytest.raises(BadInput, match="does not open it"):
        run_export(tmp_path / "out.zip", name="ada", ask=lambda prompt: "five other words here now")
    assert not (tmp_path / "out.zip").exists()


def test_a_file_that_is_there_is_not_written_over(vault, tmp_path):
    (tmp_path / "out.zip").write_text("precious", "utf-8")
    with pytest.raises(BadInput, match="already a file"):
        run_export(tmp_path / "out.zip", name="ada", ask=right)
    assert (tmp_path / "out.zip").read_text("utf-8") == "precious"


def test_nothing_is_asked_where_nobody_has_a_vault(db, tmp_path):
    with pytest.raises(BadInput, match="nothing has been kept"):
        run_export(tmp_path / "out.zip", name="", ask=lambda prompt: pytest.fail("asked"))


def test_importing_the_same_folder_twice_keeps_nothing_twice(vault, tmp_path):
    (tmp_path / "2026-02-03.md").write_text("The heron stood still.", "utf-8")
    run_import(tmp_path, name="ada", ask=right)
    said, _ = run_import(tmp_path, name="ada", ask=right)
    assert said == "Kept: 0. Left out: 0."
    assert len(vault.heads(Entry)) <= 1


def test_a_locked_export_comes_in_with_its_own_words(vault, tmp_path):
    words = "seven quiet otters"
    entry = "---\ndate: 2026-03-05T21:14:00+00:00\n---\n\nOne quiet line."
    (tmp_path / "in.md.age").write_bytes(b"".join(lock([entry.encode()], words, log2_rounds=10)))

    def asked(prompt):
        return words if "export" in prompt else right(prompt)

    said, _ = run_import(tmp_path / "in.md.age", name="ada", ask=asked)
    assert said == "Kept: 1. Left out: 0."
    with pytest.raises(BadInput, match="these words do not open it"):
        run_import(tmp_path / "in.md.age", name="ada", ask=right)
