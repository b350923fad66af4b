"""The plan on paper, and the page for an appointment."""

import io
from datetime import UTC, date, datetime, timedelta

import pypdf
import pytest
from django.urls import reverse

from afterglow.core.days import moment
from afterglow.core.paper import press
from afterglow.measures.documents import Answers, CheckIn
from afterglow.medicine.documents import Sitting
from afterglow.plans import services
from afterglow.plans.documents import (
    Appointment,
    Goal,
    Habit,
    Insight,
    Obstacle,
    Person,
    Purpose,
    SelfCare,
    Why,
)

TODAY = date.today()
TYPED = "#quote $5 [and] *stars* <tag>"
ALL = (
    "why",
    "came_up",
    "in_the_way",
    "strengthen",
    "purpose",
    "care",
    "goals",
    "habits",
    "people",
    "appointments",
)


def kept(vault, part):
    return services.keep_part(vault=vault, part=part)


def text(answer):
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(page.extract_text() for page in pages)


def paper(client, *parts, **extra):
    return client.post(reverse("plans:paper"), {"parts": parts}, **extra)


@pytest.fixture
def planned(alice):
    for part in (
        Why(why=f"Breakfast {TYPED}"),
        Insight(insight="Rest is work", means="at home too", strengthen=True, practise="say it"),
        Obstacle(obstacle="The phone", if_words="I lie down", then_words="it stays outside"),
        Obstacle(obstacle="He shouts", harm=True),
        Obstacle(way="slow", noticed="Tired for a day", less="until four"),
        Purpose(purpose="To sing", steps=("Hum", "Ask"), steps_done=("Hum",)),
        SelfCare(text="Tea outside", clock="16:00", weekdays=(0, 2)),
        Goal(text="Ring Mo", day=TODAY, clock="10:00", repeats="daily"),
        Habit(text="Shoes on", tiny="look at them"),
        Person(name="Ana", phone="0123 456"),
        Appointment(day=TODAY + timedelta(days=3), who="Dr Oyelaran", place="upstairs"),
    ):
        kept(alice.vault, part)
    return alice


def test_the_pdf_holds_every_part_in_the_words_that_were_typed(planned):
    answer = paper(planned, *ALL)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    found = " ".join(text(answer).split())
    for words in (
        f"Breakfast {TYPED}",
        "at home too",
        "it stays outside",
        "until four",
        "Ask",
        "16:00",
        "every day",
        "look at them",
        "0123 456",
        "upstairs",
        "What is in the way, and the plan for it",
        "My plan",
    ):
        assert words in found


def test_what_does_harm_never_goes_on_paper(planned):
    assert "He shouts" not in text(paper(planned, *ALL))


def test_only_the_chosen_parts_are_on_it(planned):
    found = text(paper(planned, "why"))
    assert "Breakfast" in found
    assert "Ana" not in found


def test_without_a_chosen_part_the_page_asks_again(planned):
    answer = planned.post(reverse("plans:paper"), {}, follow=True)
    assert "Please choose at least one part." in answer.content.decode()


def test_the_paper_speaks_german(planned):
    made = paper(planned, *ALL, headers={"accept-language": "de"})
    assert pypdf.PdfReader(io.BytesIO(made.content)).trailer["/Root"]["/Lang"] == "de"


def test_a_stranger_gets_no_paper(planned, stranger):
    assert paper(stranger, *ALL).status_code == 423


@pytest.fixture
def meeting(alice):
    vault = alice.vault
    kept(vault, Appointment(day=TODAY - timedelta(days=20), who="Dr Oyelaran", held=True))
    met = kept(vault, Appointment(day=TODAY, who="Dr Oyelaran", prepare="About sleep"))
    kept(vault, Insight(insight="Rest is work", on=TODAY - timedelta(days=3)))
    kept(vault, Insight(insight="Long before", on=TODAY - timedelta(days=50)))
    services.add_win(vault=vault, text="Rang Mo", on=TODAY - timedelta(days=2))
    at = moment(datetime.now(UTC), "UTC")
    vault.put(Answers(at=at, instrument="phq-9", total=9))
    alice.page = reverse("plans:summary", args=[met.id])
    alice.pdf = reverse("plans:summary_pdf", args=[met.id])
    return alice


def test_the_page_for_an_appointment_begins_with_what_was_kept_since_the_last_one(meeting):
    shown = meeting.get(meeting.page).content.decode()
    for words in ("Rest is work", "Rang Mo", "PHQ-9: 9 (", "About sleep"):
        assert words in shown
    assert "Long before" not in shown


def test_the_person_has_the_last_word_on_it(meeting):
    meeting.post(meeting.page, {"came_up": "Only this", "to_ask": "Less often?"})
    shown = meeting.get(meeting.page).content.decode()
    assert "Only this" in shown
    assert "Rang Mo" not in shown
    found = text(meeting.post(meeting.pdf))
    assert "Only this" in found
    assert "Less often?" in found
    assert "PHQ-9" not in found


def test_what_was_agreed_last_time_says_what_became_of_it(meeting):
    vault = meeting.vault
    (last,) = [each for each in vault.heads(Appointment) if each.document.held]
    rang, sang = services.agree(
        vault=vault, appointment=last.id, lines=["Ring Mo", "Sing once"], on=TODAY
    )
    services.do_goal(vault=vault, goal=rang.id, on=TODAY)
    services.let_go_goal(vault=vault, goal=sang.id)
    kept(vault, Sitting(day=TODAY - timedelta(days=4), done=True))
    vault.put(CheckIn(at=moment(datetime.now(UTC), "UTC"), level=3))
    shown = meeting.get(meeting.page).content.decode()
    for words in (
        "We agreed: Ring Mo (done)",
        "We agreed: Sing once (let go)",
        "Last time: ",
        "Sittings: ",
        "Check-ins: low 1",
    ):
        assert words in shown


def test_once_kept_it_is_a_page_to_read_and_still_to_change(meeting):
    meeting.post(meeting.page, {"came_up": "Only this", "to_ask": "Less often?"})
    shown = meeting.get(meeting.page).content.decode()
    assert "<textarea" not in shown
    assert "This page as PDF" in shown
    form = meeting.get(f"{meeting.page}?change").content.decode()
    assert "<textarea" in form
    assert "Only this" in form


def test_after_the_appointment_the_page_leads_on_to_what_was_agreed(alice):
    past = kept(alice.vault, Appointment(day=TODAY - timedelta(days=2), who="Ana", to_ask="Sleep"))
    coming = kept(alice.vault, Appointment(day=TODAY + timedelta(days=2), to_ask="Sleep"))
    pages = [
        alice.get(reverse("plans:summary", args=[each.id])).content.decode()
        for each in (past, coming)
    ]
    assert ["What we agreed" in page for page in pages] == [True, False]


def test_a_long_page_is_set_smaller_so_that_it_stays_one(meeting):
    lines = "\n".join(f"Line {number} of some length, as people write them" for number in range(8))
    names = ("since_last", "came_up", "what_changed", "measured", "to_mention", "to_ask")
    meeting.post(meeting.page, dict.fromkeys(names, lines))
    made = meeting.post(meeting.pdf).content
    assert len(pypdf.PdfReader(io.BytesIO(made)).pages) == 1


def test_an_appointment_of_somebody_else_is_not_here(meeting, bob):
    assert bob.get(meeting.page).status_code == 404
    assert bob.post(meeting.pdf).status_code == 404


def test_without_a_typesetter_the_page_says_what_still_works(planned, monkeypatch):
    monkeypatch.setattr(press, "__file__", "/nowhere/press.py")
    shown = planned.post(reverse("plans:paper"), {"parts": ["why"]}, follow=True)
    assert "print the plan page" in shown.content.decode()
