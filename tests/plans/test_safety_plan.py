"""A plan for hard hours: written a part at a time, read on Help, shown at the door only as far as chosen."""

import io
from datetime import date

import pypdf
import pytest
from django.urls import reverse

from afterglow.accounts.models import OpenHelp
from afterglow.plans import services
from afterglow.plans.documents import Person, SafetyPlan
from afterglow.plans.queries.safety import safety_plan
from afterglow.transfer.own_places import ONE_OF_THESE

PAGE, DOOR = reverse("plans:safety"), reverse("plans:safety_door")
HELP = reverse("companion:help")


def part(name):
    return reverse("plans:safety_part", args=[name])


def write(client, name, words):
    stored = safety_plan(client.vault)
    rev = stored.rev if stored else ""
    return client.post(part(name), {"words": words, "rev": rev})


def html(client, page=PAGE):
    return client.get(page).content.decode()


def test_a_part_that_is_kept_leads_to_the_next_and_stands_on_the_page(alice):
    assert write(alice, "signs", "I stop answering")["Location"] == part("helps")
    assert write(alice, "reasons", "The dog")["Location"] == PAGE
    shown = html(alice)
    assert "I stop answering" in shown
    assert "The dog" in shown
    assert len(alice.vault.heads(SafetyPlan)) == 1


def test_help_names_the_plan_first_once_there_is_one(alice):
    assert html(alice, HELP).index("Write a plan for hard hours") > html(alice, HELP).index("Lines")
    write(alice, "helps", "A hot shower")
    shown = html(alice, HELP)
    assert shown.index("My plan for hard hours") < shown.index("Lines in")
    assert "Write a plan for hard hours" not in shown


def test_a_hard_day_names_it_too(alice):
    write(alice, "helps", "A hot shower")
    alice.post(reverse("companion:say"), {"word": "hard"})
    assert PAGE in html(alice, reverse("companion:today"))


def test_without_a_tick_nothing_of_it_is_readable_before_unlocking(alice, stranger):
    write(alice, "helps", "A hot shower")
    assert "A hot shower" not in html(stranger, HELP)
    assert not OpenHelp.objects.exists()


def test_only_the_ticked_parts_stand_at_the_door_and_follow_what_is_written(alice, stranger):
    write(alice, "helps", "A hot shower")
    write(alice, "safer", "Mo keeps the box")
    alice.post(DOOR, {"parts": ["helps"]})
    shown = html(stranger, HELP)
    assert "What helps me" in shown
    assert "A hot shower" in shown
    assert "Mo keeps" not in shown
    write(alice, "helps", "The long song")
    assert "The long song" in html(stranger, HELP)
    assert "A hot shower" not in html(stranger, HELP)
    alice.post(DOOR, {})
    assert "The long song" not in html(stranger, HELP)
    assert not OpenHelp.objects.exists()


def test_own_lines_and_parts_at_the_door_do_not_take_each_other_away(alice, stranger):
    alice.post(reverse("accounts:at_the_door"), {"text": "Ring Ana"})
    write(alice, "helps", "A hot shower")
    alice.post(DOOR, {"parts": ["helps"]})
    alice.post(reverse("accounts:at_the_door"), {"text": ""})
    assert "A hot shower" in html(stranger, HELP)
    assert "Ring Ana" not in html(stranger, HELP)


def test_the_door_speaks_the_language_of_the_page(alice, stranger):
    write(alice, "helps", "A hot shower")
    alice.post(DOOR, {"parts": ["helps"]})
    shown = stranger.get(HELP, headers={"accept-language": "de"}).content.decode()
    assert "Was mir hilft" in shown


def test_deleting_everything_takes_it_from_the_door(alice):
    write(alice, "helps", "A hot shower")
    alice.post(DOOR, {"parts": ["helps"]})
    OpenHelp.objects.filter(owner=alice.vault.owner).delete()
    assert "A hot shower" not in html(alice, DOOR)


def test_whom_to_ask_begins_with_the_people_of_the_plan(alice):
    services.keep_part(vault=alice.vault, part=Person(name="Ana", phone="0123 456"))
    assert "Ana, 0123 456" in html(alice, part("ask"))
    assert safety_plan(alice.vault) is None


def test_words_that_were_changed_meanwhile_are_shown_before_they_are_overwritten(alice):
    write(alice, "helps", "A hot shower")
    old = safety_plan(alice.vault).rev
    services.keep_safety_part(
        vault=alice.vault, part="helps", words="From the phone", on=date(2026, 5, 14)
    )
    shown = alice.post(part("helps"), {"words": "From here", "rev": old})
    page = shown.content.decode()
    assert "From the phone" in page
    assert "From here" in page
    assert safety_plan(alice.vault).document.helps == "From the phone"
    write(alice, "helps", "From here")
    assert safety_plan(alice.vault).document.helps == "From here"


def test_a_change_of_another_part_is_no_reason_to_ask(alice):
    write(alice, "helps", "A hot shower")
    old = safety_plan(alice.vault).rev
    write(alice, "signs", "I stop answering")
    alice.post(part("helps"), {"words": "The long song", "rev": old})
    kept = safety_plan(alice.vault).document
    assert (kept.helps, kept.signs) == ("The long song", "I stop answering")


def test_it_prints_on_one_page(alice):
    for name in ("signs", "helps", "places", "ask", "professionals", "safer", "reasons"):
        write(alice, name, "\n".join(f"{name} line {n} and some words to it" for n in range(7)))
    answer = alice.post(reverse("plans:safety_pdf"))
    (page,) = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    found = page.extract_text()
    assert "reasons line 6" in found
    assert "What I stay for" in found


def test_an_empty_plan_has_nothing_to_print(alice):
    assert alice.post(reverse("plans:safety_pdf"))["Location"] == PAGE


def test_somebody_else_sees_nothing_of_it(alice, bob):
    write(alice, "helps", "A hot shower")
    assert "A hot shower" not in html(bob)
    assert "A hot shower" not in html(bob, HELP)


def test_an_export_brought_in_again_is_still_one_plan(alice):
    write(alice, "helps", "A hot shower")
    assert ONE_OF_THESE["safety-plan"](alice.vault) == safety_plan(alice.vault).id


@pytest.mark.parametrize("name", ["nothing", "on", "kind"])
def test_a_part_that_is_none_is_not_here(alice, name):
    assert alice.get(part(name)).status_code == 404
    assert alice.post(part(name), {"words": "x"}).status_code == 404


def test_the_help_panel_names_the_plan_where_there_is_one(alice):
    def panel():
        kept = services.keep_mentions(
            vault=alice.vault, on=date(2026, 5, 14), topics=["dark-thoughts"]
        )
        return html(alice, reverse("companion:mention_kept", args=[kept.id]))

    assert "Open Help" in panel()
    assert "My plan for hard hours" not in panel()
    write(alice, "helps", "A hot shower")
    assert "My plan for hard hours" in panel()
