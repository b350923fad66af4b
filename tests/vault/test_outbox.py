"""What was kept on a phone arrives open or locked, becomes what it was meant to be, and each comes once."""

import errno
import io
import json
import wave
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests.conftest import PASSPHRASE
from tests.vault.outgoing import sealed, sealed_bytes, send

from afterglow.accounts import services as accounts
from afterglow.core.content.library import practices
from afterglow.core.crypto import v1
from afterglow.core.days import moment
from afterglow.core.drawing import strokes
from afterglow.journal.documents import Entry
from afterglow.journal.services import keep_entry
from afterglow.measures.documents import CheckIn
from afterglow.plans.documents import Win
from afterglow.vault import devices, doors, outbox, unlock
from afterglow.vault.media import files
from afterglow.vault.media.documents import Media
from afterglow.vault.media.queries import read_media
from afterglow.vault.models import OutboxItem
from afterglow.vault.outbox import taking

WRITTEN = moment(datetime(2031, 2, 3, 20, 15, tzinfo=UTC), "Europe/Berlin")


@pytest.fixture(autouse=True)
def _some_days_later():
    with time_machine.travel(datetime(2031, 2, 6, 9, 0, tzinfo=UTC), tick=True):
        yield


@pytest.fixture
def phone(alice):
    """Alice's browser after a lock: it has the name of her session and nothing that opens."""
    doors.lock(alice.vault)
    return alice


def texts(vault):
    return sorted(stored.document.text for stored in vault.all(Entry))


def reopened(owner_keys):
    return doors.open_door(owner_keys)[1]


def test_words_kept_on_a_phone_become_an_entry_with_the_moment_of_writing(alice):
    item, blob = sealed(alice.vault.owner, "entry", [["text", "The river was warm."]])
    answer = send(alice, alice.vault.owner, item, blob)
    assert answer.json() == {
        "kept": "open",
        "page": reverse("journal:entry", args=[item]) + "?kept=1",
    }
    kept = alice.vault.get(Entry, item).document
    assert (kept.text, kept.written) == ("The river was warm.", WRITTEN)


def test_the_same_item_sent_again_gives_the_same_answer_and_no_second_entry(alice):
    item, blob = sealed(alice.vault.owner, "entry", [["text", "Once."]])
    for _ in range(3):
        assert send(alice, alice.vault.owner, item, blob).status_code == 200
    assert texts(alice.vault) == ["Once."]


def test_an_item_that_comes_while_locked_waits_sealed_and_goes_in_by_itself(phone):
    owner, keys = phone.vault.owner, phone.vault.keys
    item, blob = sealed(owner, "entry", [["text", "In the dark."]])
    assert send(phone, owner, item, blob).json()["kept"] == "sealed"
    assert bytes(OutboxItem.objects.get(item=item).blob) == blob
    vault = reopened(keys)
    assert outbox.open_all(vault) == 1
    assert texts(vault) == ["In the dark."]
    assert outbox.open_all(vault) == 0
    assert bytes(OutboxItem.objects.get(item=item).blob) == b""


def test_signing_in_takes_in_what_waits(db):
    entered = accounts.begin(name="alice", passphrase=PASSPHRASE)
    unlock.set_recovery_code(entered.vault.keys, v1.new_recovery_code())
    item, blob = sealed(entered.vault.owner, "check-in", [["level", "3"], ["words", "flat"]])
    outbox.take_in(entered.vault.owner, item, blob)
    doors.lock(entered.vault)
    again = accounts.open_by_passphrase(name="alice", passphrase=PASSPHRASE, address="here")
    (tap,) = again.vault.all(CheckIn)
    assert (tap.document.level, tap.document.words, tap.document.at) == (3, "flat", WRITTEN)


def test_one_bad_item_asks_to_be_looked_at_and_never_blocks_the_rest(phone):
    owner = phone.vault.owner
    items = [
        sealed(owner, "entry", [["text", "First."]]),
        sealed(owner, "check-in", [["level", "4"], ["words", "no such level"]]),
        (uuid4(), b"these bytes open to nobody"),
        sealed(owner, "a kind of later", [["text", "From a newer page."]]),
        sealed(owner, "entry", [["text", "Last."]]),
    ]
    for item, blob in items:
        assert send(phone, owner, item, blob).status_code == 200
    vault = reopened(phone.vault.keys)
    assert outbox.open_all(vault) == 2
    assert texts(vault) == ["First.", "Last."]
    assert [ask.id for ask in outbox.to_look_at(vault)] == [items[1][0], items[2][0], items[3][0]]


def test_the_words_of_a_bad_item_can_be_kept_as_an_entry_or_let_go(alice):
    owner = alice.vault.owner
    item, blob = sealed(owner, "a kind of later", [["text", "From a newer page."], ["n", "1"]])
    other, damaged = uuid4(), b"these bytes open to nobody"
    send(alice, owner, item, blob)
    send(alice, owner, other, damaged)
    page = alice.get(reverse("companion:waiting_to_send")).content.decode()
    assert "From a newer page." in page
    copy = alice.get(reverse("companion:sealed_copy", args=[other])).content
    assert copy.endswith(b"\n" + damaged)
    alice.post(reverse("companion:arrived", args=[item]), {"word": "write"})
    alice.post(reverse("companion:arrived", args=[other]), {"word": "let-go"})
    assert texts(alice.vault) == ["From a newer page."]
    assert outbox.to_look_at(alice.vault) == []
    send(alice, owner, item, blob)
    assert texts(alice.vault) == ["From a newer page."]


def test_a_form_that_is_still_on_the_screen_gets_its_remarks_and_nothing_is_set_aside(alice):
    item, blob = sealed(alice.vault.owner, "entry", [["text", "x"], ["day", "2999-01-01"]])
    answer = send(alice, alice.vault.owner, item, blob, Form="yes")
    assert (answer.status_code, answer.json()["kept"]) == (422, "remarks")
    assert not OutboxItem.objects.exists()


def test_a_practice_done_without_connection_counts_on_its_own_day(alice):
    practice = practices("en")[0]
    fields = [["thing", f"practice:{practice.id}"]]
    send(alice, alice.vault.owner, *sealed(alice.vault.owner, "practice", fields))
    (win,) = [stored.document for stored in alice.vault.all(Win)]
    assert (win.text, win.on) == (practice.title, date(2031, 2, 3))


def test_an_entry_changed_on_two_devices_keeps_both_and_asks(phone):
    owner, keys = phone.vault.owner, phone.vault.keys
    vault = reopened(keys)
    entry = keep_entry(vault=vault, text="As it was.", written=WRITTEN)
    fields = [["entry", str(entry.id)], ["base_rev", "1"], ["text", "From the phone."]]
    item, blob = sealed(owner, "entry-edit", fields)
    changed = vault.get(Entry, entry.id).document
    vault.put(type(changed)(written=changed.written, text="From the computer."), record=entry.id)
    send(phone, owner, item, blob)
    outbox.open_all(vault)
    history = [stored.document.text for stored in vault.history(Entry, entry.id)]
    assert history == ["From the phone.", "From the computer.", "As it was."]
    (ask,) = outbox.to_look_at(vault)
    assert (ask.state, ask.changed) == (outbox.BOTH, entry.id)


def test_a_draft_goes_with_the_words_it_held_and_another_one_stays(alice):
    owner = alice.vault.owner
    alice.vault.keep_draft("entry.new", {"text": "Something else that was begun."})
    send(alice, owner, *sealed(owner, "entry", [["text", "From the phone."]]))
    assert alice.vault.draft("entry.new")["text"] == "Something else that was begun."
    words = [["text", "Something else that was begun. And ended."]]
    send(alice, owner, *sealed(owner, "entry", words))
    assert alice.vault.draft("entry.new") == {}


def test_words_begun_at_the_lock_come_back_as_a_draft_beside_what_is_there(alice):
    owner = alice.vault.owner
    alice.vault.keep_draft("entry.new", {"text": "Begun here."})
    fields = [["_form", "entry.new"], ["text", "Begun there."]]
    send(alice, owner, *sealed(owner, "draft", fields))
    assert alice.vault.draft("entry.new")["text"] == "Begun here.\n\nBegun there."


def drawn(*points):
    lines = [{"c": 1, "w": 10, "p": list(each)} for each in points]
    return json.dumps({"v": 1, "width": 720, "height": 900, "strokes": lines})


def test_a_drawing_begun_in_two_places_holds_the_strokes_of_both_once(alice):
    owner = alice.vault.owner
    alice.vault.keep_draft("drawing.new", {"strokes": drawn([9, 9, 50], [8, 8, 50])})
    fields = [["_form", "drawing.new"], ["strokes", drawn([9, 9, 50], [7, 7, 50])]]
    assert send(alice, owner, *sealed(owner, "draft", fields)).json()["kept"] == "open"
    begun = strokes.read(alice.vault.draft("drawing.new")["strokes"])
    assert [stroke.p for stroke in begun.strokes] == [(9, 9, 50), (8, 8, 50), (7, 7, 50)]


def test_strokes_that_do_not_go_together_break_neither_drawing(alice):
    owner, begun = alice.vault.owner, {"strokes": drawn([9, 9, 50])}
    alice.vault.keep_draft("drawing.new", begun)
    fields = [["_form", "drawing.new"], ["strokes", "of another kind"]]
    assert send(alice, owner, *sealed(owner, "draft", fields)).json()["kept"] == "look"
    assert alice.vault.draft("drawing.new") == begun


def test_a_clock_that_runs_ahead_is_brought_back_to_now(alice):
    owner = alice.vault.owner
    item, blob = sealed(owner, "entry", [["text", "x"]], at="2040-01-01T00:00:00Z", zone="Nowhere")
    send(alice, owner, item, blob)
    written = alice.vault.get(Entry, item).document.written
    assert (written.at.year, written.zone) == (2031, "UTC")


# Who may send


def test_without_a_session_the_answer_asks_to_open_first(alice):
    owner = alice.vault.owner
    item, blob = sealed(owner, "entry", [["text", "x"]])
    assert send(Client(SERVER_NAME="localhost"), owner, item, blob).status_code == 401
    assert not OutboxItem.objects.exists()


def paired(vault):
    """A browser without a session that is a device of this person."""
    _, cookie = devices.enrol(vault.keys, devices.Browser((), ""))
    client = Client(SERVER_NAME="localhost")
    client.cookies[devices.COOKIE] = cookie
    return client


def test_a_paired_device_may_bring_what_is_its_persons_while_everything_is_locked(alice):
    owner, vault = alice.vault.owner, alice.vault
    client = paired(vault)
    doors.lock(vault)
    assert send(client, owner, *sealed(owner, "entry", [["text", "x"]])).json()["kept"] == "sealed"


def test_a_browser_of_two_people_brings_each_what_is_theirs_whoever_is_in(alice, bob):
    _, cookie = devices.enrol(alice.vault.keys, devices.Browser((), ""))
    bob.cookies[devices.COOKIE] = cookie
    item, blob = sealed(alice.vault.owner, "entry", [["text", "Alice's."]])
    assert send(bob, alice.vault.owner, item, blob).json()["kept"] == "sealed"
    assert texts(bob.vault) == []
    assert outbox.open_all(alice.vault) == 1
    assert texts(alice.vault) == ["Alice's."]


def test_what_is_sealed_for_another_person_stays_on_the_phone(alice, bob):
    item, blob = sealed(alice.vault.owner, "entry", [["text", "x"]])
    assert send(bob, alice.vault.owner, item, blob).status_code == 409
    assert not OutboxItem.objects.exists()


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_another_site_cannot_send(alice, origin):
    item, blob = sealed(alice.vault.owner, "entry", [["text", "x"]])
    assert send(alice, alice.vault.owner, item, blob, origin=origin).status_code == 403


def test_a_plain_form_of_another_site_cannot_send(alice):
    answer = alice.post("/outbox/", {"text": "x"}, headers={"Origin": "http://localhost"})
    assert answer.status_code == 403


def test_bobs_item_sealed_with_the_id_of_alices_changes_nothing_of_hers(alice, bob):
    item, blob = sealed(alice.vault.owner, "entry", [["text", "Alice's."]])
    send(alice, alice.vault.owner, item, blob)
    _, bobs = sealed(bob.vault.owner, "entry", [["text", "Bob's."]], item=item)
    assert send(bob, bob.vault.owner, item, bobs).json()["kept"] == "open"
    assert (texts(alice.vault), texts(bob.vault)) == (["Alice's."], ["Bob's."])


# Limits


def test_too_much_waiting_is_answered_so_that_the_phone_keeps_its_copy(phone, monkeypatch):
    owner = phone.vault.owner
    monkeypatch.setattr(taking, "MOST_WAITING", 2)
    answers = [
        send(phone, owner, *sealed(owner, "entry", [["text", str(n)]])).status_code
        for n in range(3)
    ]
    assert answers == [200, 200, 507]
    monkeypatch.setattr(taking, "MOST_WAITING_BYTES", 100)
    monkeypatch.setattr(taking, "MOST_WAITING", 10)
    assert send(phone, owner, *sealed(owner, "entry", [["text", "y"]])).status_code == 507


def test_an_item_too_large_is_refused_by_name(alice, monkeypatch):
    monkeypatch.setattr(taking, "LARGEST_ITEM_BYTES", 10)
    owner = alice.vault.owner
    answer = send(alice, owner, *sealed(owner, "entry", [["text", "x"]]))
    assert (answer.status_code, answer.json()["kept"]) == (413, "too large")


def test_deleting_everything_takes_what_waits_along(phone):
    owner = phone.vault.owner
    send(phone, owner, *sealed(owner, "entry", [["text", "x"]]))
    unlock.destroy(owner)
    assert not OutboxItem.objects.exists()


def test_a_person_without_a_recovery_code_keeps_it_first_and_then_it_goes_in(db):
    entered = accounts.begin(name="carol", passphrase=PASSPHRASE)
    accounts.keep_preferences(vault=entered.vault, visits=2)
    owner = entered.vault.owner
    outbox.take_in(owner, *sealed(owner, "entry", [["text", "Before the code."]]))
    assert outbox.open_all(entered.vault) == 0
    code = accounts.pending_recovery_code(entered.vault).split("-")
    accounts.confirm_recovery_code(vault=entered.vault, second_group=code[1], last_group=code[-1])
    assert texts(entered.vault) == ["Before the code."]


def test_words_beside_a_check_in_a_made_thing_and_a_done_goal_arrive_too(alice):
    owner, vault = alice.vault.owner, alice.vault
    tap, blob = sealed(owner, "check-in", [["level", "5"]])
    send(alice, owner, tap, blob)
    more = [["check_in", str(tap)], ["feelings", "tired"], ["words", "quiet"]]
    send(alice, owner, *sealed(owner, "check-in-more", more))
    assert vault.get(CheckIn, tap).document.words == "quiet"
    made = [["text", "A poem."], ["title", "Poetry"], ["exercise", "poetry"]]
    send(alice, owner, *sealed(owner, "made", made))
    (entry,) = [stored.document for stored in vault.all(Entry)]
    assert (entry.kind_of, entry.title, entry.text) == ("made", "Poetry", "A poem.")
    assert send(alice, owner, *sealed(owner, "done", [["thing", "goal:nothing"]])).json() == {
        "kept": "look"
    }


# Files


def with_file(owner, content, *, kind="entry", pieces=2, name="wave.wav"):
    """An item and its sealed pieces, as a phone cuts them."""
    cut = -(-len(content) // pieces)
    parts = [(uuid4(), content[start : start + cut]) for start in range(0, len(content), cut)]
    media = [
        {
            "type": "audio/wav",
            "name": name,
            "length": len(content),
            "seconds": 2.5,
            "waveform": [1, 2],
            "pieces": [str(part) for part, _ in parts],
        }
    ]
    item, blob = sealed(owner, kind, [["text", ""], ["title", "Hummed"]], media=media)
    return item, blob, [(part, sealed_bytes(owner, part, text)) for part, text in parts]


def sound(samples):
    """A small recording as a program for sound writes it."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(samples)
    return made.getvalue()


WAVE = sound(bytes(range(256)) * 5)


def test_a_recording_arrives_piece_by_piece_while_locked_and_belongs_to_its_entry(phone):
    owner, keys = phone.vault.owner, phone.vault.keys
    item, blob, parts = with_file(owner, WAVE)
    for part, text in parts:
        assert send(phone, owner, part, text, Part_Of=item).json()["kept"] == "sealed"
    send(phone, owner, item, blob)
    vault = reopened(keys)
    assert outbox.open_all(vault) == 1
    entry = vault.get(Entry, item).document
    (media,) = entry.media
    assert read_media(vault, media) == WAVE
    assert entry.title == "Hummed"
    assert not OutboxItem.objects.exclude(state=outbox.KEPT).exists()


def test_a_piece_that_comes_again_after_its_item_leaves_nothing_behind(alice):
    owner = alice.vault.owner
    item, blob, parts = with_file(owner, WAVE)
    for part, text in parts:
        send(alice, owner, part, text, Part_Of=item)
    send(alice, owner, item, blob)
    for part, text in parts:
        assert send(alice, owner, part, text, Part_Of=item).status_code == 200
    assert OutboxItem.objects.count() == 1
    assert len(alice.vault.all(Media)) == 1


def test_an_item_without_all_of_its_pieces_asks_to_be_looked_at_and_keeps_no_half_file(alice):
    owner = alice.vault.owner
    item, blob, parts = with_file(owner, WAVE)
    send(alice, owner, parts[0][0], parts[0][1], Part_Of=item)
    assert send(alice, owner, item, blob).json()["kept"] == "look"
    assert alice.vault.all(Media) == []
    assert [ask.id for ask in outbox.to_look_at(alice.vault)] == [item]


def test_a_file_that_cannot_be_kept_as_what_it_is_can_be_saved(alice):
    owner = alice.vault.owner
    item, blob, parts = with_file(owner, b"neither a sound nor a picture")
    for part, text in parts:
        send(alice, owner, part, text, Part_Of=item)
    assert send(alice, owner, item, blob).json()["kept"] == "look"
    saved = alice.get(reverse("companion:file_with", args=[item, 0]))
    assert saved.content == b"neither a sound nor a picture"
    assert saved["Content-Disposition"].startswith("attachment")


def looked_at(person, content=b"neither a sound nor a picture", **how):
    """An item with a file that cannot be kept as what it is."""
    owner = person.vault.owner
    item, blob, parts = with_file(owner, content, **how)
    for part, text in parts:
        send(person, owner, part, text, Part_Of=item)
    assert send(person, owner, item, blob).json()["kept"] == "look"
    return item, blob, parts


def test_keeping_the_words_of_an_item_leaves_its_recording_where_it_is(alice):
    item, _blob, _parts = looked_at(alice)
    alice.post(reverse("companion:arrived", args=[item]), {"word": "write"})
    assert texts(alice.vault) == ["Hummed"]
    (ask,) = outbox.to_look_at(alice.vault)
    assert (ask.state, ask.files) == (outbox.WORDS, (0,))
    saved = alice.get(reverse("companion:file_with", args=[item, 0]))
    assert saved.content == b"neither a sound nor a picture"
    page = alice.get(reverse("companion:waiting_to_send")).content.decode()
    assert "The words are kept as an entry." in page
    assert 'value="write"' not in page
    again = alice.post(reverse("companion:arrived", args=[item]), {"word": "write"})
    assert (again.status_code, texts(alice.vault)) == (404, ["Hummed"])
    alice.post(reverse("companion:arrived", args=[item]), {"word": "let-go"})
    assert outbox.to_look_at(alice.vault) == []
    assert not OutboxItem.objects.filter(part_of=item).exists()


def test_what_is_shown_and_kept_of_an_item_are_a_persons_own_words_however_few(alice):
    fields = [
        ["text", "sad"],
        ["waveform", "[1,2,3]"],
        ["strokes", '{"v": 9, "strokes": []}'],
        ["sitting", str(uuid4())],
        ["day", "2031-02-03"],
        ["_colour", "00000"],
        ["later", "From a newer page."],
    ]
    item, blob = sealed(alice.vault.owner, "drawing", fields)
    assert send(alice, alice.vault.owner, item, blob).json()["kept"] == "look"
    page = alice.get(reverse("companion:waiting_to_send")).content.decode()
    assert page.count('<p class="own">') == 2
    alice.post(reverse("companion:arrived", args=[item]), {"word": "write"})
    assert texts(alice.vault) == ["sad\n\nFrom a newer page."]
    # The strokes are no words: they stay as they came.
    assert [ask.state for ask in outbox.to_look_at(alice.vault)] == [outbox.WORDS]


def test_where_there_are_no_words_none_are_offered_to_be_kept(alice):
    item, blob = sealed(alice.vault.owner, "voice", [["text", " "], ["lasted_seconds", "12345"]])
    send(alice, alice.vault.owner, item, blob)
    page = alice.get(reverse("companion:waiting_to_send")).content.decode()
    assert 'value="write"' not in page
    assert alice.post(f"/waiting-to-send/{item}/", {"word": "write"}).status_code == 404
    assert [ask.id for ask in outbox.to_look_at(alice.vault)] == [item]


def test_a_sealed_copy_holds_the_item_and_its_files_and_comes_back_after_it_was_let_go(alice):
    owner = alice.vault.owner
    item, blob, parts = looked_at(alice)
    copy = alice.get(reverse("companion:sealed_copy", args=[item])).content
    mark, head, rest = copy.split(b"\n", 2)
    said = json.loads(head)
    assert mark == b"afterglow sealed item 1"
    assert (said["id"], said["owner"], said["kind"]) == (str(item), str(owner), "entry")
    assert said["pieces"] == [str(part) for part, _ in parts]
    assert rest == b"".join([blob, *(text for _, text in parts)])
    assert said["sizes"] == [len(blob), *(len(text) for _, text in parts)]
    alice.post(reverse("companion:arrived", args=[item]), {"word": "let-go"})
    assert outbox.to_look_at(alice.vault) == []
    for part, text in parts:
        send(alice, owner, part, text, Part_Of=item)
    assert send(alice, owner, item, blob).json()["kept"] == "look"
    (ask,) = outbox.to_look_at(alice.vault)
    assert (ask.id, ask.files) == (item, (0,))


def a_full_disk(monkeypatch):
    def refuse(*args, **kwargs):
        raise files.not_written(OSError(errno.ENOSPC, "no space"))

    monkeypatch.setattr(files, "write_durably", refuse)


def test_what_comes_while_the_disk_is_full_waits_and_goes_in_later(alice, monkeypatch):
    owner = alice.vault.owner
    item, blob, parts = with_file(owner, WAVE)
    with monkeypatch.context() as full:
        a_full_disk(full)
        for part, text in parts:
            send(alice, owner, part, text, Part_Of=item)
        answer = send(alice, owner, item, blob)
        # The phone keeps its copy, too.
        assert (answer.status_code, answer.json()["kept"]) == (507, "trouble")
        assert outbox.open_all(alice.vault) == 0
        assert OutboxItem.objects.get(item=item).state == outbox.WAITS
    assert outbox.to_look_at(alice.vault) == []
    assert send(alice, owner, item, blob).json()["kept"] == "open"
    (media,) = alice.vault.get(Entry, item).document.media
    assert read_media(alice.vault, media) == WAVE


def test_a_drawing_that_comes_while_the_disk_is_full_waits_too(alice, monkeypatch):
    owner, line = alice.vault.owner, [{"c": 1, "w": 10, "p": [9, 9, 50, 99, 99, 80]}]
    text = json.dumps({"v": 1, "width": 720, "height": 900, "strokes": line})
    item, blob = sealed(owner, "drawing", [["strokes", text]])
    outbox.take_in(owner, item, blob)
    with monkeypatch.context() as full:
        a_full_disk(full)
        assert outbox.open_all(alice.vault) == 0
    assert outbox.open_all(alice.vault) == 1
    assert len(alice.vault.get(Entry, item).document.media) == 2
