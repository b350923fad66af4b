"""The instrument files: wording, codes, licence, and what happens to a broken one."""

import pytest

from afterglow.core.bad_input import BadInput
from afterglow.core.content import data_folder
from afterglow.core.instruments import instruments, load_instrument
from afterglow.core.instruments.loading import read_instrument

# As the LOINC panels 44249-1 and 69737-5 list them.
PHQ_9_CODES = [
    "44250-9",
    "44255-8",
    "44259-0",
    "44254-1",
    "44251-7",
    "44258-2",
    "44252-5",
    "44253-3",
    "44260-8",
]
GAD_7_CODES = ["69725-0", "68509-9", "69733-4", "69734-2", "69735-9", "69689-8", "69736-7"]


def test_the_free_instruments_are_here():
    assert {"phq-9", "phq-2", "gad-7"} <= {instrument.id for instrument in instruments()}


@pytest.mark.parametrize("instrument", instruments(), ids=lambda instrument: instrument.id)
def test_every_instrument_says_its_licence_source_and_that_a_band_is_no_diagnosis(instrument):
    assert instrument.licence
    assert instrument.source
    assert instrument.citation
    assert instrument.missing.source
    assert instrument.bands_note == "published bands, not a diagnosis"


@pytest.mark.parametrize(("name", "codes"), [("phq-9", PHQ_9_CODES), ("gad-7", GAD_7_CODES)])
def test_items_carry_their_loinc_codes_in_order(name, codes):
    assert [item.loinc for item in load_instrument(name).items] == codes


def test_answers_carry_their_loinc_codes():
    for instrument in instruments():
        codes = {option.value: option.loinc for option in instrument.options}
        assert codes == {0: "LA6568-5", 1: "LA6569-3", 2: "LA6570-1", 3: "LA6571-9"}


def test_item_eight_of_the_phq_9_says_have_noticed():
    assert "could have noticed" in load_instrument("phq-9").items[7].text


def test_phq_2_uses_the_words_of_the_phq_9():
    short, long = load_instrument("phq-2"), load_instrument("phq-9")
    assert short.items == long.items[:2]
    assert short.recall == long.recall


def test_an_unknown_instrument_is_a_lookup_error():
    with pytest.raises(LookupError):
        load_instrument("none-such")


def broken(tmp_path, change):
    text = (load_text("phq-2")).replace(*change)
    file = tmp_path / "broken.toml"
    file.write_text(text, "utf-8")
    return file


def load_text(name):
    return (data_folder() / "instruments" / f"{name}.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("high = 2", "high = 1"), "overlap or leave a gap"),
        (("high = 6", "high = 5"), "cover the whole range"),
        (("number = 2", "number = 3"), "not numbered"),
        (("answers = [1, 1]", "answers = [1]"), "golden case"),
        (('version = "1"', "version = 1"), "version"),
        (('version = "1"', "version ="), "line 2"),
        (('version = "1"', 'version = "1"\nextra = 1'), "extra"),
        (('version = "1"', 'version = "1"\nsafety_item = 9'), "safety item"),
    ],
)
def test_a_broken_file_is_refused_with_its_name_and_the_reason(tmp_path, change, why):
    with pytest.raises(BadInput, match=why) as refusal:
        read_instrument(broken(tmp_path, change))
    assert refusal.value.source == "broken.toml"
