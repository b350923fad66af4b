"""Value cards, and letters that wait."""

from datetime import date, timedelta

from django.urls import reverse

from afterglow.plans import queries, services
from afterglow.plans.documents import Letter, Purpose, ValueCard, Values


def choose(client, *ids, own=""):
    return client.post(reverse("plans:choose_values"), {"chosen": ids, "own": own})


def words(client):
    return [card.word for card in queries.my_values(client.vault).cards]


def test_cards_are_chosen_ordered_and_put_back(alice):
    choose(alice, "kindness", "calm", own="Bread")
    assert words(alice) == ["Kindness", "Calm", "Bread"]
    alice.post(reverse("plans:move_value", args=[2]), {"word": "up"})
    assert words(alice) == ["Kindness", "Bread", "Calm"]
    alice.post(reverse("plans:move_value", args=[0]), {"word": "leave"})
    assert words(alice) == ["Bread", "Calm"]


def test_choosing_again_keeps_order_and_own_words(alice):
    choose(alice, "kindness", "calm")
    alice.post(reverse("plans:move_value", args=[1]), {"word": "up"})
    alice.post(reverse("plans:value", args=[0]), {"words": "a day with room"})
    choose(alice, "calm", "family")
    cards = queries.my_values(alice.vault).cards
    assert [card.word for card in cards] == ["Calm", "Family"]
    assert cards[0].words == "a day with room"


def test_a_value_leads_to_a_purpose_that_keeps_its_name(alice):
    choose(alice, "calm")
    sent = {"prefill": "1", "value": "Calm", "text": "a day with room"}
    shown = alice.post(reverse("plans:add", args=["purpose"]), sent, follow=True).content.decode()
    assert "a day with room" in shown
    alice.post(reverse("plans:add", args=["purpose"]), {"purpose": "Fewer shifts", "value": "Calm"})
    assert alice.vault.heads(Purpose)[0].document.value == "Calm"
    assert "Calm" in alice.get(reverse("plans:plan")).content.decode()


def test_a_place_without_a_card_is_not_here(alice):
    assert alice.get(reverse("plans:value", args=[3])).status_code == 404
    assert alice.post(reverse("plans:move_value", args=[3])).status_code == 404


def test_an_idea_begins_a_letter_with_its_day(alice):
    sent = {"prefill": "1", "idea": "flat-day"}
    answer = alice.post(reverse("plans:add", args=["letter"]), sent, follow=True)
    shown = answer.content.decode()
    assert "it is probably a grey one" in shown
    assert "To me on a flat day" in shown


def test_a_closed_letter_says_so_and_opens_early_when_wanted(alice):
    later = date.today() + timedelta(days=40)
    part = Letter(open_on=later, title="In spring", text="dear me")
    letter = services.keep_part(vault=alice.vault, part=part)
    page = reverse("plans:letter", args=[letter.id])
    assert "dear me" not in alice.get(page).content.decode()
    assert (
        "dear me"
        not in alice.get(reverse("plans:remove", args=["letter", letter.id])).content.decode()
    )
    alice.post(page)
    assert "dear me" in alice.get(page).content.decode()


def test_the_list_of_letters_shows_no_text(alice):
    services.keep_part(
        vault=alice.vault, part=Letter(open_on=date(2026, 1, 1), title="Old", text="dear me")
    )
    shown = alice.get(reverse("plans:letters")).content.decode()
    assert "Ready to read" in shown
    assert "dear me" not in shown
    assert "That is a courtesy to you" in shown


def test_values_brought_in_from_another_vault_are_found_and_go_on(alice, some_id):
    brought = Values(cards=(ValueCard(id="calm", word="Calm"),), on=date(2026, 1, 1))
    alice.vault.put(brought, record=some_id)
    assert words(alice) == ["Calm"]
    choose(alice, "calm", "family")
    assert words(alice) == ["Calm", "Family"]
    assert len(alice.vault.heads(Values)) == 1
