"""Help lines: numbers that a phone can dial, dates of the last check, and something for every country."""

import re

import pytest

from afterglow.core.content import countries, country, help_lines
from afterglow.core.content.help_kinds import dialled

ALL_LINES = [line for place in countries() for line in place.lines]


def lines_of(code):
    return {line.id: line for line in help_lines(code)}


def test_988_can_be_called_and_texted_by_its_short_number():
    line = lines_of("us")["us-988"]
    assert (line.dial, line.text_to) == ("988", "988")


def test_the_us_text_line_is_a_short_code_without_a_country_prefix():
    line = lines_of("us")["us-crisis-text-line"]
    assert (line.text_to, line.text_word, line.dial) == ("741741", "HOME", "")


def test_canada_has_its_own_988():
    assert lines_of("CA")["ca-988"].dial == "988"


@pytest.mark.parametrize("line", ALL_LINES, ids=lambda line: line.id)
def test_short_numbers_carry_no_country_prefix(line):
    for number in (line.dial, line.text_to):
        assert not number.startswith("+") or len(number) >= 11


@pytest.mark.parametrize("line", ALL_LINES, ids=lambda line: line.id)
def test_every_line_can_be_reached_and_says_when_and_in_which_language(line):
    assert line.dial or line.text_to
    assert line.hours
    assert line.languages
    assert line.what


@pytest.mark.parametrize("line", ALL_LINES, ids=lambda line: line.id)
def test_a_check_has_a_date_and_somebody_who_made_it_or_neither(line):
    assert bool(line.checked) == bool(line.checked_by)
    assert re.fullmatch(r"|\d{4}-\d{2}-\d{2}", line.checked)


@pytest.mark.parametrize("place", countries(), ids=lambda place: place.code)
def test_every_country_has_an_emergency_number(place):
    assert all(dialled(each.number) and each.what for each in place.emergency)
    assert place.emergency


def test_an_unknown_country_gets_the_fallback_and_an_emergency_number():
    assert country("zz").code == "XX"
    assert country("zz").emergency[0].number == "112"
    assert [line.id for line in help_lines("zz")] == ["findahelpline"]


def test_the_list_of_help_lines_of_the_world_ends_every_country():
    assert {help_lines(place.code)[-1].id for place in countries()} == {"findahelpline"}


def test_an_international_number_keeps_its_plus():
    assert dialled("+52 55 5259 8121") == "+525552598121"
