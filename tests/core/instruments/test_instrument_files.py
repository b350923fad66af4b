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


def test_german_asks_in_the_published_words():
    german = load_instrument("phq-9", "de")
    assert german.recall.startswith("Wie oft fühlten Sie sich im Verlauf der letzten 2 Wochen")
    assert [option.text for option in german.options][-1] == "Beinahe jeden Tag"
    assert german.items[0].text == "Wenig Interesse oder Freude an Ihren Tätigkeiten"
    assert load_instrument("phq-2", "de").items == german.items[:2]


def test_a_tag_of_a_country_is_read_as_its_language():
    assert load_instrument("gad-7", "de-at") == load_instrument("gad-7", "de")
    assert load_instrument("gad-7", "fr") == load_instrument("gad-7")


@pytest.mark.parametrize(
    "change",
    [
        ('title = "', 'safety_item = 1\ntitle = "'),
        ("[[items]]", "[[items]]\nnumber = 2"),
        ("[[options]]", "[[options]]\nvalue = 3"),
        ("[[bands]]", "[[bands]]\nlow = 0"),
    ],
)
def test_words_that_bring_a_fact_of_scoring_are_refused(tmp_path, change):
    words = tmp_path / "words.toml"
    german = (data_folder() / "de" / "instruments" / "phq-9.toml").read_text("utf-8")
    words.write_text(german.replace(*change, 1), "utf-8")
    with pytest.raises(BadInput, match="unknown field"):
        read_instrument(data_folder() / "instruments" / "phq-9.toml", words)


def test_words_with_an_item_too_few_are_refused(tmp_path):
    words = tmp_path / "words.toml"
    german = (data_folder() / "de" / "instruments" / "phq-9.toml").read_text("utf-8")
    words.write_text(
        german.replace('[[items]]\ntext = "Müdigkeit oder Gefühl, keine Energie zu haben"', ""),
        "utf-8",
    )
    with pytest.raises(BadInput):
        read_instrument(data_folder() / "instruments" / "phq-9.toml", words)
