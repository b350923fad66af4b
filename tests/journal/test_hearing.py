"""Writing down what was said: on this computer, as a draft to confirm, stopped by the person or by a lock."""

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from afterglow.cli import main
from afterglow.config import env
from afterglow.core import voice_model
from afterglow.core.bad_input import BadInput
from afterglow.core.days import moment
from afterglow.journal import queries
from afterglow.journal.documents import Entry
from afterglow.journal.queries import hearing as model
from afterglow.journal.services import hearing, keep_entry
from afterglow.vault import doors
from afterglow.vault.media.services import keep_media
from tests.vault.sounds import wav

WRITTEN = moment(datetime(2026, 2, 3, 20, 15, tzinfo=UTC), "Europe/Berlin")


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_FOLDER = tmp_path / "media"
    settings.VOICE_FOLDER = tmp_path / "voice"


def kept_voice(person, text=""):
    sound = keep_media(person.vault, wav(9_000), name="recording", content_type="audio/wav")
    return keep_entry(
        vault=person.vault, text=text, written=WRITTEN, kind_of="voice", media=[sound.id]
    )


@pytest.fixture
def listening(monkeypatch):
    """A model at the one place where a model is used; it hears what the test says."""
    said = ["The river was warm.", " I let go of the rope."]
    asked = []

    def listen(sound):
        asked.append(sound[:4])
        for number, text in enumerate(said, start=1):
            yield model.Piece(text, number / len(said))

    monkeypatch.setattr(model, "is_there", lambda: True)
    monkeypatch.setattr(model, "listener", lambda: listen)
    monkeypatch.setattr(hearing, "_thread", _AtOnce)
    listen.said, listen.asked = said, asked
    return listen


class _AtOnce:
    """Work that is given to the thread is done here and now."""

    def submit(self, work, *arguments):
        work(*arguments)


@pytest.fixture(autouse=True)
def _keeps_the_database(monkeypatch):
    monkeypatch.setattr(hearing.connections, "close_all", lambda: None)


def test_what_was_heard_is_a_draft_until_it_is_kept(alice, listening):
    stored = kept_voice(alice)
    answer = alice.post(reverse("journal:hear", args=[stored.id]), {"word": "begin"}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("journal:edit", args=[stored.id])
    page = answer.content.decode()
    assert "The river was warm. I let go of the rope." in page
    assert "It is a draft until you keep it." in page
    assert alice.vault.get(Entry, stored.id).document.text == ""
    assert listening.asked == [b"RIFF"]


def test_once_confirmed_the_words_are_found_by_search(alice, listening):
    stored = kept_voice(alice)
    hearing.begin(vault=alice.vault, entry=stored.id)
    draft = alice.vault.draft(f"entry.{stored.id}")
    assert queries.search(alice.vault, "rope").count == 0
    form = {"day": "2026-02-03", "kind_of": "voice", "base_rev": str(stored.rev)} | draft
    alice.post(reverse("journal:edit", args=[stored.id]), form)
    assert queries.search(alice.vault, "rope").count == 1
    kept = alice.vault.get(Entry, stored.id).document
    assert (kept.kind_of, len(kept.media)) == ("voice", 1)


def test_words_that_stand_there_already_stay_above(alice, listening):
    stored = kept_voice(alice, text="By the river.")
    hearing.begin(vault=alice.vault, entry=stored.id)
    assert alice.vault.draft(f"entry.{stored.id}")["text"].startswith("By the river.\n\nThe river")


def test_a_tender_mark_is_not_lost_on_the_way(alice, listening):
    stored = kept_voice(alice)
    alice.post(reverse("journal:tender", args=[stored.id]), {"tender": "yes"})
    hearing.begin(vault=alice.vault, entry=stored.id)
    assert alice.vault.draft(f"entry.{stored.id}")["tender"] == "on"


def test_it_stops_where_the_person_says_so_and_keeps_nothing(alice, listening, monkeypatch):
    stored = kept_voice(alice)
    work = hearing.Work()

    def interrupted(sound):
        yield model.Piece("The river", 0.5)
        hearing._works[alice.vault.owner, stored.id] = work
        hearing.stop(vault=alice.vault, entry=stored.id)
        yield model.Piece("was warm", 1.0)

    monkeypatch.setattr(model, "listener", lambda: interrupted)
    hearing.hear(alice.vault.reference(), stored.id, work)
    assert work.state == "stopped"
    assert alice.vault.draft(f"entry.{stored.id}") == {}


def test_a_lock_ends_it_and_nothing_of_it_stays(alice, listening, monkeypatch):
    stored, keys = kept_voice(alice), alice.vault.keys
    work = hearing.Work()

    def locked(sound):
        yield model.Piece("The river", 0.5)
        doors.lock(alice.vault)
        yield model.Piece("was warm", 1.0)

    monkeypatch.setattr(model, "listener", lambda: locked)
    hearing.hear(alice.vault.reference(), stored.id, work)
    assert work.state == "stopped"
    assert doors.open_door(keys)[1].draft(f"entry.{stored.id}") == {}


def test_a_model_that_fails_leaves_the_recording_as_it_was(alice, listening, monkeypatch):
    stored = kept_voice(alice)

    def broken(sound):
        raise RuntimeError("no memory")
        yield

    monkeypatch.setattr(model, "listener", lambda: broken)
    alice.post(reverse("journal:hear", args=[stored.id]), {"word": "begin"})
    page = alice.get(reverse("journal:hear", args=[stored.id])).content.decode()
    assert "This did not work. The recording is as it was" in page


def test_a_recording_without_words_in_it_says_so(alice, listening):
    listening.said[:] = [" "]
    stored = kept_voice(alice)
    alice.post(reverse("journal:hear", args=[stored.id]), {"word": "begin"})
    page = alice.get(reverse("journal:hear", args=[stored.id])).content.decode()
    assert "No words were heard" in page
    assert alice.vault.draft(f"entry.{stored.id}") == {}


def test_the_page_shows_how_much_is_heard_and_offers_to_stop(alice, listening):
    stored = kept_voice(alice)
    hearing._works[alice.vault.owner, stored.id] = hearing.Work("hears", 0.4)
    page = alice.get(reverse("journal:hear", args=[stored.id])).content.decode()
    assert "40 percent is heard." in page
    assert 'value="stop"' in page


def test_a_model_hears_only_what_sounds_like_speech(monkeypatch, tmp_path):
    """Given silence, a Whisper model makes words up; `tests/bench/bench_voice.py` shows it on a real one."""
    asked = {}

    class Model:
        def __init__(self, folder, **how):
            asked.update(how, folder=folder)

        def transcribe(self, sound, **how):
            asked.update(how)
            piece = SimpleNamespace(text=" The river.", end=3.0)
            return iter([piece]), SimpleNamespace(duration=4.0)

    monkeypatch.setitem(sys.modules, "faster_whisper", SimpleNamespace(WhisperModel=Model))
    (piece,) = model.listening_with(tmp_path)(b"sound")
    assert piece == model.Piece(" The river.", 0.75)
    assert asked["vad_filter"]
    assert asked["local_files_only"]


def in_another_process(monkeypatch):
    """From now on this process is a worker that began nothing."""
    monkeypatch.setattr(hearing, "_works", {})
    monkeypatch.setattr(hearing.os, "getpid", lambda: 1)


def test_another_worker_knows_how_far_it_is(alice, listening, monkeypatch):
    stored, seen = kept_voice(alice), []

    def looked_at(sound):
        yield model.Piece("The river", 0.4)
        with monkeypatch.context() as other:
            in_another_process(other)
            seen.append(alice.get(reverse("journal:hear", args=[stored.id])).content.decode())
            # Asked to begin there, it does not begin a second time.
            seen.append(hearing.begin(vault=alice.vault, entry=stored.id).percent)
        yield model.Piece("was warm.", 1.0)

    monkeypatch.setattr(model, "listener", lambda: looked_at)
    hearing.begin(vault=alice.vault, entry=stored.id)
    assert "40 percent is heard." in seen[0]
    assert seen[1] == 40
    in_another_process(monkeypatch)
    answer = alice.get(reverse("journal:hear", args=[stored.id]))
    assert answer["Location"] == reverse("journal:edit", args=[stored.id])
    assert alice.vault.draft(f"entry.{stored.id}")["text"] == "The river was warm."


def test_another_worker_can_stop_it(alice, listening, monkeypatch):
    stored = kept_voice(alice)

    def stopped(sound):
        yield model.Piece("The river", 0.4)
        with monkeypatch.context() as other:
            in_another_process(other)
            alice.post(reverse("journal:hear", args=[stored.id]), {"word": "stop"})
        yield model.Piece("was warm.", 1.0)

    monkeypatch.setattr(model, "listener", lambda: stopped)
    hearing.begin(vault=alice.vault, entry=stored.id)
    assert hearing.work_on(alice.vault, stored.id).state == "stopped"
    assert alice.vault.draft(f"entry.{stored.id}") == {}
    # Asked once more, it begins anew.
    monkeypatch.setattr(model, "listener", lambda: listening)
    hearing.begin(vault=alice.vault, entry=stored.id)
    assert "rope" in alice.vault.draft(f"entry.{stored.id}")["text"]


def test_work_of_a_process_that_is_gone_is_said_to_have_stopped(alice, listening, monkeypatch):
    stored = kept_voice(alice)
    monkeypatch.setattr(hearing, "hear", lambda *_: None)
    hearing.begin(vault=alice.vault, entry=stored.id)
    in_another_process(monkeypatch)
    address = reverse("journal:hear", args=[stored.id])
    assert "It begins in a moment." in alice.get(address).content.decode()
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        assert hearing.work_on(alice.vault, stored.id).state == "stopped"


def test_words_that_were_heard_twice_stand_there_once(alice, listening):
    stored = kept_voice(alice)
    for _ in range(2):
        hearing.begin(vault=alice.vault, entry=stored.id)
    assert alice.vault.draft(f"entry.{stored.id}")["text"].count("rope") == 1


def test_without_a_model_nothing_of_it_is_offered_and_all_else_works(alice):
    stored = kept_voice(alice)
    page = alice.get(reverse("journal:entry", args=[stored.id])).content.decode()
    assert "Write down what I said" not in page
    assert "What was it about?" in page
    alice.post(reverse("journal:hear", args=[stored.id]), {"word": "begin"})
    assert hearing.work_on(alice.vault, stored.id) is None


def test_with_a_model_it_is_offered_beside_the_recording(alice, listening):
    stored = kept_voice(alice)
    page = alice.get(reverse("journal:entry", args=[stored.id])).content.decode()
    assert "Write down what I said" in page


def test_another_person_begins_nothing(alice, bob, listening):
    stored = kept_voice(alice)
    assert bob.post(reverse("journal:hear", args=[stored.id])).status_code == 404
    assert alice.post(reverse("journal:hear", args=[uuid4()])).status_code == 404


# The command


def a_model(folder, *, kind=b"WhisperSpec", config=None):
    folder.mkdir()
    (folder / "model.bin").write_bytes(b"\x06\x00\x00\x00\x0c\x00" + kind + b"\x00" * 2048)
    config = {"lang_ids": [1, 2, 3]} if config is None else config
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    (folder / "tokenizer.json").write_text("{}", "utf-8")
    return folder


def test_a_model_is_copied_for_its_owner_only_and_named(tmp_path, monkeypatch, capsys):
    surroundings = replace(env.environment(), home=tmp_path / "home")
    monkeypatch.setattr(env, "environment", lambda: surroundings)
    assert main(["voice", "install", str(a_model(tmp_path / "tiny"))]) == 0
    assert "0 MiB, 3 languages" in capsys.readouterr().out
    place = tmp_path / "home" / "voice"
    assert voice_model.is_usable(place)
    assert place.stat().st_mode & 0o777 == 0o700
    assert (place / "model.bin").stat().st_mode & 0o777 == 0o600


def test_another_model_takes_the_place_of_the_first(tmp_path):
    place = tmp_path / "voice"
    voice_model.install(a_model(tmp_path / "one"), place)
    voice_model.install(a_model(tmp_path / "two", config={"lang_ids": [7]}), place)
    assert voice_model.look_at(place).in_words == "0 MiB, English only"
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".voice")] == []


@pytest.mark.parametrize("missing", ["model.bin", "config.json", "tokenizer.json"])
def test_a_folder_that_is_not_whole_is_refused_by_name(tmp_path, missing):
    folder = a_model(tmp_path / "half")
    (folder / missing).unlink()
    with pytest.raises(BadInput, match=missing):
        voice_model.install(folder, tmp_path / "voice")
    assert not (tmp_path / "voice").exists()


def test_another_kind_of_model_is_refused(tmp_path):
    with pytest.raises(BadInput, match="not a Whisper model"):
        voice_model.look_at(a_model(tmp_path / "other", kind=b"TransformerSpec"))


def test_a_config_that_is_not_one_is_refused(tmp_path):
    with pytest.raises(BadInput, match="cannot be read"):
        voice_model.look_at(a_model(tmp_path / "odd", config=[1]))
