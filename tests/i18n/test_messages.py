"""The catalogues: what is read from templates and Python, and what a translation must keep of it."""

import re
from pathlib import Path

import django
import pytest
from tools.messages import catalogue
from tools.messages.extract import in_python, in_template, messages
from tools.messages.from_django import FROM_DJANGO
from tools.messages.message import Message

from afterglow.core.claims import forbidden_claims

HOLDERS = re.compile(r"%\(\w+\)[sd]")
LANGUAGES = [pytest.param(file, id=file.parts[-3]) for file in catalogue.files()]


def found(pairs):
    return [message for _, message in pairs]


def test_every_way_to_mark_a_text_in_a_template_is_read():
    template = """
      {% translate "One" %} {% translate 'Two' as two %} {{ _("Three") }}
        {% blocktranslate trimmed count days=n with day=x|day %}
          {{ days }} day
          since {{ day }}
        {% plural %}
          {{ days }} days since {{ day }}
      {% endblocktranslate %}
    {% translate "May" context "month" %} {# {% translate "Gone" %} #}
    """
    assert found(in_template(template)) == [
        Message("One"),
        Message("Two"),
        Message("Three"),
        Message("%(days)s day since %(day)s", plural="%(days)s days since %(day)s"),
        Message("May", context="month"),
    ]


def test_every_way_to_mark_a_text_in_python_is_read():
    source = """
_("One"), gettext_lazy("Two"), ngettext("a day", "%(n)s days", n), pgettext("month", "May"), str("Four")
label = _(
    "Words on "
    "two lines"
)
"""
    assert found(in_python(source)) == [
        Message("One"),
        Message("Two"),
        Message("a day", plural="%(n)s days"),
        Message("May", context="month"),
        Message("Words on two lines"),
    ]


@pytest.mark.parametrize("file", LANGUAGES)
def test_every_text_of_the_program_has_its_words_in_every_language(file):
    known = catalogue.read(file)
    missing = [
        f"{places[0]}: {message.text}"
        for message, places in messages().items()
        if not is_said(known.get(message.text, message.context or None), message)
    ]
    how = "Without words (make messages adds them to the catalogue, CONTRIBUTING.md says how):"
    assert not missing, "\n".join((how, *missing))


def is_said(entry, message):
    if entry is None or entry.fuzzy or not all(both(entry.string)):
        return False
    return not message.plural or both(entry.id) == [message.text, message.plural]


@pytest.mark.parametrize("file", LANGUAGES)
def test_a_translation_names_the_same_things_as_the_text(file):
    wrong = [
        (text, form)
        for each in catalogue.read(file)
        if each.id
        for text, form in zip(both(each.id), both(each.string), strict=True)
        if form and set(HOLDERS.findall(text)) != set(HOLDERS.findall(form))
    ]
    assert wrong == []


def both(words):
    return list(words) if isinstance(words, list | tuple) else [words]


def test_what_is_said_again_is_what_django_says():
    theirs = Path(django.__file__).parent / "conf/locale/de/LC_MESSAGES/django.po"
    known = catalogue.read(theirs)
    assert [each.text for each in FROM_DJANGO if each.text not in known] == []


@pytest.mark.parametrize("file", LANGUAGES)
def test_a_translation_promises_nothing_and_does_not_shout(file):
    forms = [form for each in catalogue.read(file) if each.id for form in both(each.string)]
    wrong = [form for form in forms if forbidden_claims(form) or "!" in form]
    assert wrong == []


@pytest.mark.parametrize("file", LANGUAGES)
def test_a_catalogue_stands_in_the_order_in_which_it_is_written(file, tmp_path):
    copy = tmp_path / "de/LC_MESSAGES/django.po"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(file.read_bytes())
    known = set(messages())
    assert len(known) > 1000
    catalogue._write_po(copy, catalogue.read(copy))
    assert copy.read_text("utf-8") == file.read_text("utf-8")


def test_templates_of_every_kind_are_read():
    places = {place.split(":")[0] for each in messages().values() for place in each}
    assert "afterglow/plans/templates/plans/_paper_words.txt" in places


def test_a_new_text_waits_without_a_guess_and_an_old_one_goes(tmp_path, monkeypatch):
    file = tmp_path / "de/LC_MESSAGES/django.po"
    file.parent.mkdir(parents=True)
    file.write_text('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
                    'msgid "Old one"\nmsgstr "Alt"\n\nmsgid "Kept"\nmsgstr "Bleibt"\n')  # fmt: skip
    wanted = {Message("Kept"): [], Message("Old ones"): [], Message("a day", plural="days"): []}
    monkeypatch.setattr(catalogue, "messages", lambda: wanted)
    assert catalogue.update(file) == (2, 1)
    kept = catalogue.read(file)
    assert kept["Kept"].string == "Bleibt"
    assert catalogue.untranslated(kept) == ["Old ones", "a day"]


def test_a_catalogue_is_compiled_when_it_has_changed_and_only_then(tmp_path, monkeypatch):
    file = tmp_path / "de/LC_MESSAGES/django.po"
    file.parent.mkdir(parents=True)
    file.write_bytes(catalogue.files()[0].read_bytes())
    monkeypatch.setattr(catalogue, "LOCALE", tmp_path)
    assert catalogue.compile_stale() == [file.with_suffix(".mo")]
    assert catalogue.compile_stale() == []
    assert b"Sitzung" in file.with_suffix(".mo").read_bytes()
