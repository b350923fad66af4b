"""The words and codes people keep: chosen evenly, read kindly, and the too common ones turned away."""

import hashlib
import tomllib
from importlib.resources import files

import pytest

from afterglow.core.crypto import v1

CODE = "1368-85XJ-T36H-YD63-8CJZ-TW21-D09J-DQ6Z"


def counting_up():
    """A random source that gives 0, 1, 2 … as numbers of whatever size is asked for."""
    state = iter(range(10**6))
    return lambda count: (next(state) % 256**count).to_bytes(count, "big")


def test_a_new_code_has_eight_groups_of_four():
    groups = v1.new_recovery_code().split("-")
    assert [len(group) for group in groups] == [4] * 8


@pytest.mark.parametrize(
    ("typed", "group", "reason"),
    [
        (CODE.replace("YD63", "YD6"), 4, "Group 4 is too short: it has 3 of 4 signs."),
        (CODE.replace("85XJ", "85UJ"), 2, "Group 2 has the sign “U”"),
        ("1368-85XJ", 0, "here are 2"),
        ("", 0, "here are 0"),
        (CODE + "-0000", 0, "here are more"),
        (CODE.replace("-", "")[:30], 8, "Group 8 is too short: it has 2 of 4 signs."),
    ],
)
def test_a_code_that_is_not_whole_says_where_to_look(typed, group, reason):
    with pytest.raises(v1.CodeNotRead, match=reason) as refusal:
        v1.read_recovery_code(typed)
    assert refusal.value.group == group


@pytest.mark.parametrize(
    "typed", [f"  {CODE.lower()} ", CODE.replace("-", "–"), CODE.replace("0", "O")]
)
def test_a_code_is_read_as_people_type_it(typed):
    assert v1.read_recovery_code(typed) == v1.read_recovery_code(CODE)


def test_the_word_list_is_the_one_its_paper_names():
    folder = files("afterglow").joinpath("data/words")
    paper = tomllib.loads(folder.joinpath("passphrase.toml").read_text("utf-8"))
    listed = folder.joinpath("passphrase.txt").read_bytes()
    assert hashlib.sha256(listed).hexdigest() == paper["sha256"]
    assert len(set(v1.passphrase_words())) == paper["words"] == 7776
    assert paper["licence"] == "CC-BY-3.0-US"


def test_six_words_come_from_the_list():
    offered = v1.six_words(v1.passphrase_words()).split()
    assert len(offered) == 6
    assert set(offered) <= set(v1.passphrase_words())


def test_every_word_is_as_likely():
    """Over all draws of one byte each of five words comes equally often: none is favoured."""
    random = counting_up()
    offered = " ".join(v1.six_words("abcde", random) for _ in range(200)).split()
    counts = [offered.count(word) for word in "abcde"]
    assert max(counts) - min(counts) <= 1


def test_words_cannot_be_chosen_from_nothing():
    with pytest.raises(ValueError, match="choose"):
        v1.six_words([])


def test_words_offered_by_the_program_pass_its_own_hurdle():
    offered = [v1.six_words(v1.passphrase_words()) for _ in range(20)]
    assert not any(map(v1.too_common, offered))


@pytest.mark.parametrize(
    "passphrase",
    [
        "fourteen signs",
        "               ",
        "aaaaaaaaaaaaaaaaaaaa",
        "abababababababababab",
        "lantern lantern lantern",
        "Lantern lantern1 ",
        "password password1",
        "31415926535897932384",
        "1234 5678 9012 3456",
        "qwertyuiop asdfghjkl",
        "lkjhgfdsa poiuytrewq",
        "abcdefghijklmnop",
        "correct horse battery staple",
        "to be or not to be",
    ],
)
def test_a_passphrase_many_would_choose_is_turned_away(passphrase):
    assert v1.too_common(passphrase)


@pytest.mark.parametrize(
    "passphrase",
    ["my garden in late october", "Drei Birnen am Zaun 1987", "the blue kettle hums at six"],
)
def test_a_passphrase_of_ones_own_is_welcome(passphrase):
    assert not v1.too_common(passphrase)


def test_a_passphrase_opens_however_it_is_spaced_and_composed():
    assert v1.normalise_passphrase(" cafe\u0301  gate\u00a0") == "café gate".encode()


def test_the_case_of_a_passphrase_counts():
    assert v1.normalise_passphrase("Gate") != v1.normalise_passphrase("gate")
