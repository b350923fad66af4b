"""Where no link can lead: a closed PDF that any program opens with the words, and answers that come back sealed."""

import base64
import re
from io import BytesIO
from uuid import uuid4

import pytest
from django.urls import reverse
from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError

from afterglow.core.crypto import v1
from afterglow.journal.documents import Entry
from afterglow.sharing.services import replies
from afterglow.vault.grants import people
from tests.sharing import lives


@pytest.fixture
def life(vault):
    return lives.live(vault)


def words_offered(alice):
    page = alice.get(reverse("sharing:by_file")).content.decode()
    return re.search(r'name="offered" value="([^"]+)"', page)[1]


def get_file(alice, **chosen):
    words = words_offered(alice)
    answer = alice.post(reverse("sharing:by_file"), {"offered": words, **chosen})
    assert answer["Content-Type"] == "application/pdf"
    return words, answer.content


def test_the_file_opens_with_its_words_and_with_nothing_else(life, alice):
    words, content = get_file(alice, scopes=["plan"])
    assert len(words.split()) == 6
    assert lives.MARK.encode() not in content
    closed = PdfReader(BytesIO(content))
    assert closed.is_encrypted
    rules = closed.trailer["/Encrypt"].get_object()
    assert (rules["/V"], rules["/R"], rules["/Length"]) == (5, 6, 256)
    with pytest.raises(FileNotDecryptedError):
        closed.pages[0].extract_text()
    assert not closed.decrypt("six other words that are not it")
    assert closed.decrypt(words)


@pytest.mark.parametrize(
    "scope", ["plan", "mood", "sittings", "effects", "measures", "appointments"]
)
def test_the_file_holds_what_was_chosen_and_nothing_else(life, alice, scope):
    words, content = get_file(alice, scopes=[scope])
    reader = PdfReader(BytesIO(content))
    reader.decrypt(words)
    text = "".join("".join(page.extract_text() for page in reader.pages).split()).lower()
    found = lives.found_in(text)
    assert found <= lives.EXPECTED[scope]
    assert found or scope == "mood"


def test_each_file_has_words_of_its_own(alice):
    assert words_offered(alice) != words_offered(alice)


def sealed_answer(vault, words):
    """What the empty page does in another browser."""
    item = uuid4()
    key = people.own_public(vault).inbox_public
    blob = v1.seal_to_inbox(key, words.encode(), owner=vault.owner, item=item)
    return f"{replies.FORM}:{item}:{base64.b64encode(blob).decode()}"


def test_an_answer_is_read_and_kept_as_a_note(alice):
    text = sealed_answer(alice.vault, "I think of you. Saturday?")
    page = alice.post(reverse("sharing:reply"), {"sealed": f"\n {text[:50]}\n{text[50:]} "})
    assert "Saturday?" in page.content.decode()
    assert "nobody signed it" in page.content.decode()
    alice.post(reverse("sharing:keep_reply"), {"words": "I think of you. Saturday?"})
    assert [e.document.text for e in alice.vault.all(Entry)] == ["I think of you. Saturday?"]


@pytest.mark.parametrize("change", [lambda t: t[:-8], lambda t: "x" + t, lambda t: t + "AA"])
def test_a_broken_answer_is_said_to_be_one(alice, change):
    text = change(sealed_answer(alice.vault, "hello"))
    page = alice.post(reverse("sharing:reply"), {"sealed": text})
    assert "could not be read" in page.content.decode()


def test_an_answer_for_somebody_else_is_not_read(alice, bob):
    text = sealed_answer(bob.vault, "for bob")
    with pytest.raises(replies.NotAReply):
        replies.read(vault=alice.vault, text=text)


def test_the_empty_page_needs_nothing_from_elsewhere_and_holds_no_word_of_mine(life, alice):
    page = alice.get(reverse("sharing:reply_page"))
    assert "attachment" in page["Content-Disposition"]
    text = page.content.decode()
    assert people.own_public(alice.vault).inbox_public.hex() in text
    assert lives.MARK not in text
    assert not re.findall(r"(?:src|href)=|https?://|import\s", text)
    assert "[[" not in text
