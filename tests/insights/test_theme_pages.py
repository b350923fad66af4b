"""What returns, as a person meets it: the list, one theme, and everything they may decide about it."""

import msgspec
import pytest
from django.urls import reverse

from afterglow.insights.documents import ThemeDecision, ThemeMark
from afterglow.insights.queries import decided, finding, themes, topics
from afterglow.insights.queries.vectors import meaning
from afterglow.journal import services as journal
from afterglow.journal.documents import Entry
from afterglow.plans.documents import Insight
from afterglow.transfer import archive
from afterglow.transfer import services as transfer
from afterglow.vault import opened
from tests.conftest import new_person, open_client

pytestmark = pytest.mark.usefixtures("entries")
RIVER = "In the sitting there was a dark river under the kitchen floor."


def text_of(answer):
    return answer.content.decode()


def page(name, *arguments):
    return reverse(f"insights:{name}", args=arguments)


def shown(client):
    return finding.shaped(client.vault).themes


def person(client):
    return next(theme for theme in shown(client) if theme.type == "person")


def other_than_person(client):
    return next(theme for theme in shown(client) if theme.type != "person")


def tap(client, theme, mention, word):
    sent = {"entry": mention.entry, "start": mention.start, "end": mention.end, "belongs": word}
    return client.post(page("mark", theme.id), sent)


def say(client, theme, word):
    return client.post(page("decide", theme.id), {"word": word})


def started(client, entry, quote=RIVER, name="The river"):
    start = client.vault.get(Entry, entry.id).document.text.index(quote)
    sent = {"entry": entry.id, "start": start, "end": start + len(quote), "name": name}
    return client.post(page("start"), sent)["Location"].rstrip("/").rpartition("/")[2]


def test_the_list_shows_each_theme_with_a_quote_when_it_came_and_why(alice):
    answer = text_of(alice.get(page("themes")))
    theme = person(alice)
    assert theme.label in answer
    assert theme.mentions[0].quote[:40] in answer
    assert f"In {len(theme.entries)} entries" in answer
    assert "at or soon after a sitting" in answer


def test_people_stand_before_the_other_kinds(alice):
    kinds = [group.kind for group in themes.groups(alice.vault)]
    assert kinds[0] == "person"
    assert kinds == [kind for kind in themes.KINDS if kind in kinds]


def test_people_have_a_page_of_their_own_and_images_too(alice):
    people = text_of(alice.get(page("people")))
    assert person(alice).label in people
    assert person(alice).label not in text_of(alice.get(page("images")))


def test_without_the_model_the_page_says_so_and_still_shows_words(alice, monkeypatch):
    monkeypatch.setattr(finding, "meaning", lambda: None)
    answer = text_of(alice.get(page("themes")))
    assert "only words were compared" in answer
    assert "Oriel" in answer


def test_one_theme_shows_first_and_latest_with_their_sittings_a_picture_and_a_table(alice):
    answer = text_of(alice.get(page("theme", person(alice).id)))
    assert answer.index("First") < answer.index("Latest")
    assert "<title" in answer
    assert "<table>" in answer
    assert "Sitting 2," in answer


def test_one_theme_keeps_the_look_that_was_chosen(alice, settings):
    alice.cookies[f"{settings.COOKIE_PREFIX}-theme"] = "night"
    assert 'data-theme="night"' in text_of(alice.get(page("theme", person(alice).id)))


def test_a_tender_entry_is_quoted_nowhere(alice, entries):
    journal.mark_tender(vault=alice.vault, entry=entries[5].id, tender=True)
    quote = "it was slower and it carried me"
    paths = [page("themes"), *(page("theme", theme.id) for theme in shown(alice))]
    assert all(quote not in text_of(alice.get(path)) for path in paths)
    assert quote not in text_of(
        alice.post(page("search"), {"words": "a slow black river carried me"}, follow=True)
    )


def test_own_words_on_what_it_means_are_kept_and_shown(alice):
    theme = other_than_person(alice)
    alice.post(page("theme", theme.id), {"meaning": "I think it is about resting."})
    assert "I think it is about resting." in text_of(alice.get(page("theme", theme.id)))


def test_a_name_of_ones_own_replaces_the_label(alice):
    theme = other_than_person(alice)
    alice.post(page("rename", theme.id), {"name": "Saying no"})
    assert "Saying no" in text_of(alice.get(page("themes")))
    assert theme.id in {each.id for each in shown(alice)}


def test_a_theme_put_away_is_gone_from_the_list_and_can_come_back(alice):
    theme = other_than_person(alice)
    say(alice, theme, "dismiss")
    assert theme.id not in text_of(alice.get(page("themes")))
    away = text_of(alice.get(page("put_away")))
    assert theme.label.lower() in away.lower()
    assert theme.mentions[0].quote not in away
    say(alice, theme, "back")
    assert theme.id in text_of(alice.get(page("themes")))


def test_what_matters_stands_first_among_its_kind(alice, entries):
    started(alice, entries[0])
    last = started(alice, entries[1], "Oriel called in the morning.", "The morning")
    theme = finding.shaped(alice.vault).theme(last)
    assert rows_of(alice, "theme")[0] != last
    say(alice, theme, "pin")
    assert rows_of(alice, "theme")[0] == last
    say(alice, theme, "unpin")
    assert rows_of(alice, "theme")[0] != last


def rows_of(client, kind):
    group = next(group for group in themes.groups(client.vault) if group.kind == kind)
    return [row.theme.id for row in group.rows]


def test_a_tender_theme_shows_its_label_and_not_its_words(alice):
    theme = person(alice)
    say(alice, theme, "tender")
    answer = text_of(alice.get(page("people")))
    assert theme.label in answer
    assert theme.mentions[0].quote not in answer
    say(alice, theme, "not-tender")
    assert theme.mentions[0].quote[:40] in text_of(alice.get(page("people")))


def test_a_quote_that_is_not_it_goes_and_stays_away(alice):
    theme = person(alice)
    gone = theme.mentions[0]
    tap(alice, theme, gone, "no")
    opened.drop_all()
    client = reopened(alice)
    left = finding.shaped(client.vault).theme(theme.id)
    assert gone.quote not in {mention.quote for mention in left.mentions}
    assert len(left.mentions) == len(theme.mentions) - 1


def test_a_tap_too_many_is_taken_back(alice):
    theme = person(alice)
    gone = theme.mentions[0]
    tap(alice, theme, gone, "no")
    assert "What you said is not this" in text_of(alice.get(page("theme", theme.id)))
    tap(alice, finding.shaped(alice.vault).theme(theme.id), gone, "back")
    assert finding.shaped(alice.vault).theme(theme.id).mentions == theme.mentions
    assert not alice.vault.heads(ThemeMark)


def reopened(client):
    """The same person after a restart: nothing of what was found is in memory."""
    return open_client(client.vault.keys)


def test_part_of_this_brings_the_passage_in_and_asks_another(alice, entries):
    theme = started(alice, entries[0])
    asked = themes.whole(alice.vault, theme, entries[0].document.written.day).asked
    tap(alice, finding.shaped(alice.vault).theme(theme), asked.mention, "yes")
    after = themes.whole(alice.vault, theme, entries[0].document.written.day)
    assert asked.mention.quote in {quoted.mention.quote for quoted in after.quotes}
    assert after.asked is None or after.asked.mention != asked.mention


def test_not_now_asks_another_one_and_teaches_nothing(alice, entries):
    name = started(alice, entries[0])
    theme = finding.shaped(alice.vault).theme(name)
    first = alice.get(page("theme", theme.id)).context["found"].asked.mention
    marks = len(alice.vault.heads(ThemeMark))
    tap(alice, theme, first, "later")
    second = alice.get(page("theme", theme.id)).context["found"].asked
    assert second is None or second.mention != first
    assert len(alice.vault.heads(ThemeMark)) == marks
    assert finding.shaped(alice.vault).theme(theme.id).mentions == theme.mentions


def test_a_theme_is_started_from_a_sentence_of_an_entry(alice, entries):
    sentences = text_of(alice.get(page("sentences", entries[0].id)))
    assert RIVER in sentences
    like = alice.get(page("like", entries[0].id, 0, len(RIVER)))
    assert "The river again, black water" in text_of(like)
    assert not alice.vault.heads(ThemeDecision)
    theme = started(alice, entries[0])
    answer = text_of(alice.get(page("theme", theme)))
    assert RIVER in answer
    assert "You started it." in answer


def test_the_entry_leads_to_what_else_is_like_it(alice, entries):
    entry = text_of(alice.get(reverse("journal:entry", args=[entries[0].id])))
    assert page("sentences", entries[0].id) in entry


def test_a_theme_without_a_name_is_asked_for_one_and_the_quotes_stay(alice, entries):
    sent = {"entry": entries[0].id, "start": 0, "end": len(RIVER), "name": ""}
    answer = alice.post(page("start"), sent, follow=True)
    assert "One word is enough." in text_of(answer)
    assert RIVER in text_of(answer)


def test_two_themes_are_put_together_and_taken_apart_again(alice):
    one, other = shown(alice)[:2]
    alice.post(page("merge", one.id), {"into": other.id})
    joined = finding.shaped(alice.vault).theme(other.id)
    assert {m.quote for m in joined.mentions} == {m.quote for m in (*one.mentions, *other.mentions)}
    assert alice.get(page("theme", one.id))["Location"] == page("theme", other.id)
    say(alice, one, "apart")
    assert finding.shaped(alice.vault).theme(one.id).mentions == one.mentions
    assert finding.shaped(alice.vault).theme(other.id).mentions == other.mentions


def test_a_theme_that_is_two_things_becomes_two(alice):
    theme = person(alice)
    quotes = [str(place) for place in (0, 1)]
    answer = alice.post(page("split", theme.id), {"passages": quotes, "name": "Soup days"})
    new = finding.shaped(alice.vault).theme(answer["Location"].rstrip("/").rpartition("/")[2])
    left = finding.shaped(alice.vault).theme(theme.id)
    assert new.label == "Soup days"
    assert not {m.quote for m in new.mentions} & {m.quote for m in left.mentions}
    assert len(left.mentions) == len(theme.mentions) - 2


def test_a_split_without_a_name_or_a_tick_asks_again_and_changes_nothing(alice):
    theme = person(alice)
    answer = alice.post(page("split", theme.id), {"passages": ["0"], "name": ""}, follow=True)
    assert "One word is enough." in text_of(answer)
    assert shown(alice) == finding.shaped(alice.vault).themes
    assert not alice.vault.heads(ThemeDecision)


@pytest.mark.parametrize("kind", ["insight", "obstacle", "goal"])
def test_a_theme_is_handed_on_to_the_plan_with_its_link(alice, kind):
    theme = other_than_person(alice)
    sent = {"kind": kind, "prefill": "1", "theme": theme.id, "text": "Rest is allowed."}
    onward = alice.post(page("make", theme.id), sent)
    assert onward.status_code == 307
    form = alice.post(onward["Location"], sent, follow=True)
    assert "Rest is allowed." in text_of(form)
    assert f'value="{theme.id}"' in text_of(form)
    assert decided.head(alice.vault, theme.id) is not None


def test_what_came_of_a_theme_is_linked_from_it(alice):
    theme = other_than_person(alice)
    alice.vault.put(Insight(insight="I may rest.", theme=theme.id))
    assert "I may rest." in text_of(alice.get(page("theme", theme.id)))


def test_a_part_of_the_plan_finds_its_theme_by_label_too(alice):
    theme = person(alice)
    assert alice.get(page("theme", theme.label))["Location"] == page("theme", theme.id)


def test_everything_decided_holds_after_a_restart_with_more_entries(alice, entries):
    named, away, pinned = shown(alice)[:3]
    alice.post(page("rename", named.id), {"name": "Mine"})
    say(alice, away, "dismiss")
    say(alice, pinned, "pin")
    river = started(alice, entries[0])
    journal.keep_entry(
        vault=alice.vault,
        text="Oriel rang. The garden wall is standing again.",
        written=entries[-1].document.written,
    )
    client = reopened(alice)
    shaped = finding.shaped(client.vault)
    assert shaped.theme(named.id).label == "Mine"
    assert away.id in {theme.id for theme in shaped.put_away}
    assert shaped.themes[0].id == pinned.id
    assert shaped.theme(river).label == "The river"


def test_marks_hold_when_their_entry_is_edited_around_them(alice, entries):
    river = started(alice, entries[0])
    stored = alice.vault.get(Entry, entries[0].id)
    longer = msgspec.structs.replace(stored.document, text=f"One more line. {stored.document.text}")
    alice.vault.put(longer, record=stored.id)
    theme = finding.shaped(reopened(alice).vault).theme(river)
    assert RIVER in {mention.quote for mention in theme.mentions}


def test_decisions_and_marks_go_out_and_come_in_again_to_another_vault(alice, entries):
    named, joined, into = shown(alice)[:3]
    alice.post(page("rename", named.id), {"name": "Mine"})
    alice.post(page("merge", joined.id), {"into": into.id})
    river = started(alice, entries[0])
    whole = b"".join(archive.stream(alice.vault, language="en"))
    other = open_client(new_person("elsewhere"))
    now = entries[0].document.written
    transfer.import_file(vault=other.vault, content=whole, name="export.zip", now=now)
    before, after = finding.shaped(alice.vault), finding.shaped(other.vault)
    assert after.theme(named.id).label == "Mine"
    assert after.theme(river) == before.theme(river)
    assert [(s.id, target) for s, target in after.merged] == [(joined.id, into.id)]


def test_marks_that_came_alone_make_a_theme_under_their_label(alice, entries):
    alice.vault.put(
        ThemeMark(label="Kept words", entry=entries[0].id, start=0, end=len(RIVER), belongs=True)
    )
    assert "Kept words" in {theme.label for theme in shown(alice)}


def test_marks_of_two_themes_with_one_label_are_kept_apart(alice, entries):
    theme = person(alice)
    started(alice, entries[0], name=theme.label)
    tap(alice, theme, theme.mentions[0], "no")
    labels = [stored.document.found_as for stored in alice.vault.heads(ThemeDecision)]
    assert len(set(labels)) == 2
    assert len(finding.shaped(alice.vault).theme(theme.id).mentions) == len(theme.mentions) - 1


def test_a_long_row_of_quotes_shows_the_latest_first_and_all_when_asked(alice, monkeypatch):
    monkeypatch.setattr("afterglow.insights.views.themes.MOST_QUOTES", 2)
    theme = person(alice)
    assert len(alice.get(page("theme", theme.id)).context["shown"]) == 2
    whole = alice.get(page("theme", theme.id) + "?all=1").context["shown"]
    assert len(whole) == len(theme.mentions)


def test_another_person_meets_nothing_of_it(alice, bob):
    theme = shown(alice)[0]
    assert bob.get(page("theme", theme.id)).status_code == 404
    assert say(bob, theme, "dismiss").status_code == 404
    assert tap(bob, theme, theme.mentions[0], "yes").status_code == 404
    mention = theme.mentions[0]
    assert bob.get(page("like", mention.entry, mention.start, mention.end)).status_code == 404
    assert bob.get(page("sentences", mention.entry)).status_code == 404


def test_a_stretch_that_does_not_exist_is_not_marked(alice):
    theme = shown(alice)[0]
    sent = {"entry": theme.mentions[0].entry, "start": 1, "end": 999_999, "belongs": "yes"}
    assert alice.post(page("mark", theme.id), sent).status_code == 404
    assert not alice.vault.heads(ThemeMark)


def test_search_by_meaning_finds_other_words_and_quotes_them(alice):
    search = text_of(alice.get(reverse("journal:search")))
    assert page("search") in search
    answer = alice.post(page("search"), {"words": "I can never refuse at work"}, follow=True)
    assert "I could not say no" in text_of(answer)


def test_search_by_meaning_says_when_it_cannot(alice, monkeypatch):
    monkeypatch.setattr(finding, "meaning", lambda: None)
    assert "this cannot be done here" in text_of(alice.get(page("search")))
    assert meaning() is not None


def test_what_the_entries_are_about_stands_on_a_page_of_its_own(alice):
    assert page("about") in text_of(alice.get(page("themes")))
    answer = text_of(alice.get(page("about")))
    counts = [about.count for about in topics.groups(alice.vault)]
    assert sum(counts) == len(alice.vault.heads(Entry))
    assert all(about.label.capitalize()[:8] in answer for about in topics.groups(alice.vault))


def test_a_tender_entry_is_in_no_group_of_what_entries_are_about(alice, entries):
    journal.mark_tender(vault=alice.vault, entry=entries[0].id, tender=True)
    quoted = [q.mention.entry for about in topics.groups(alice.vault) for q in about.latest]
    assert str(entries[0].id) not in quoted
    assert quoted
