"""A questionnaire one item a page, gaps, and help before the score."""

import pytest

from afterglow.measures import queries
from afterglow.vault.models import Draft


def answer_all(client, values):
    for number, value in enumerate(values, start=1):
        answer = client.post("/measures/take/phq-9/", {"item": number, "answer": value})
    return answer


def test_nine_answers_make_a_total_with_its_band(alice):
    answer = answer_all(alice, ["1"] * 8 + ["0"])
    page = alice.get(answer["Location"]).content.decode()
    assert "8 of 27" in page
    assert queries.latest(alice.vault, "phq-9").document.total == 8


def test_item_nine_above_zero_brings_help_before_the_score(alice):
    answer = answer_all(alice, ["0"] * 8 + ["1"])
    assert answer["Location"].endswith("/help/")
    page = alice.get(answer["Location"]).content.decode()
    assert "Open Help" in page
    assert "1 of 27" not in page


def test_leaving_half_way_loses_nothing(alice):
    alice.post("/measures/take/phq-9/", {"item": 1, "answer": "3"})
    alice.post("/measures/take/phq-9/", {"item": 2, "answer": "2"})
    assert "Question 3 of 9" in alice.get("/measures/take/phq-9/").content.decode()
    assert Draft.objects.count() == 1


@pytest.mark.parametrize(("missing", "total"), [(2, 9), (3, None)])
def test_up_to_two_gaps_are_filled_in_and_more_give_no_total(alice, missing, total):
    answer_all(alice, ["-"] * missing + ["1"] * (9 - missing - 1) + ["1"])
    assert queries.latest(alice.vault, "phq-9").document.total == total


def test_another_person_cannot_open_the_result(alice, bob):
    answer_all(alice, ["1"] * 8 + ["0"])
    record = queries.latest(alice.vault, "phq-9").id
    assert bob.get(f"/measures/{record}/").status_code == 404


def test_removing_asks_first(alice):
    answer_all(alice, ["1"] * 8 + ["0"])
    record = queries.latest(alice.vault, "phq-9").id
    alice.get(f"/measures/{record}/remove/")
    assert queries.latest(alice.vault, "phq-9") is not None
    alice.post(f"/measures/{record}/remove/")
    assert queries.latest(alice.vault, "phq-9") is None


def test_questions_and_band_are_in_the_language_of_the_page(alice):
    german = {"headers": {"accept-language": "de"}}
    page = alice.get("/measures/take/phq-9/", **german).content.decode()
    assert "Wenig Interesse oder Freude an Ihren Tätigkeiten" in page
    assert "An einzelnen Tagen" in page
    answer = answer_all(alice, ["1"] * 8 + ["0"])
    result = alice.get(answer["Location"], **german).content.decode()
    assert "leicht" in result
    assert "veröffentlichte Bereiche, keine Diagnose" in result
