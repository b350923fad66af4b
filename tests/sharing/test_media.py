"""Photos and recordings of a shared entry: opened by the grant, and by nothing once it has ended."""

from io import BytesIO

import msgspec
import pytest
from django.urls import reverse
from PIL import Image

from afterglow.journal.documents import Entry
from afterglow.sharing import services
from afterglow.vault.grants import rekeying
from afterglow.vault.media import queries
from afterglow.vault.media import services as media
from afterglow.vault.media.documents import Media
from afterglow.vault.models import MediaFile
from tests.sharing import lives
from tests.sharing.cast import befriend, give, look


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_FOLDER = tmp_path / "media"


def photo(colour="green"):
    made = BytesIO()
    Image.new("RGB", (900, 600), colour).save(made, "JPEG")
    return made.getvalue()


@pytest.fixture
def entry(alice, bob):
    befriend(alice.vault, bob.vault)
    kept = media.keep_media(alice.vault, photo(), name="door.jpg", content_type="image/jpeg")
    return alice.vault.put(Entry(written=lives.NOW, text="the door", media=(kept.id,)))


def address(vault, record):
    return reverse("sharing:media", args=[vault.owner, record])


def test_a_photo_of_a_shared_entry_opens_for_the_partner_and_no_other_does(entry, alice, bob):
    other = media.keep_media(alice.vault, photo("red"), name="", content_type="image/jpeg")
    grant = give(alice.vault, bob.vault, entries=(entry.id,))
    shown = entry.document.media[0]
    answer = bob.get(address(alice.vault, shown))
    assert b"".join(answer.streaming_content) == queries.read_media(alice.vault, shown)
    assert bob.get(address(alice.vault, other.id)).status_code == 404
    assert len(look(bob.vault, grant).heads(Media)) == 2
    page = bob.get(reverse("sharing:shared", args=[grant])).content.decode()
    assert address(alice.vault, shown) in page


def test_after_the_end_the_photo_is_gone_for_the_partner_and_sealed_anew(entry, alice, bob):
    grant = give(alice.vault, bob.vault, entries=(entry.id,))
    shown = entry.document.media[0]
    before = MediaFile.objects.get(record=shown)
    content = queries.read_media(alice.vault, shown)
    services.stop(vault=alice.vault, grant=grant, today=None)
    assert bob.get(address(alice.vault, shown)).status_code == 404
    assert rekeying.waiting(alice.vault) == 0
    after = MediaFile.objects.get(record=shown)
    assert (after.file, bytes(after.key)) != (before.file, bytes(before.key))
    assert queries.read_media(alice.vault, shown) == content
    assert b"".join(alice.get(address(alice.vault, shown)).streaming_content) == content


def test_a_photo_taken_from_the_entry_leaves_the_grant(entry, alice, bob):
    give(alice.vault, bob.vault, entries=(entry.id,))
    without = msgspec.structs.replace(entry.document, media=())
    alice.vault.put(without, record=entry.id, base_rev=entry.rev)
    assert bob.get(address(alice.vault, entry.document.media[0])).status_code == 404


def test_in_a_preview_the_owner_sees_their_own_photo(entry, alice, bob, stranger):
    shown = entry.document.media[0]
    assert alice.get(address(alice.vault, shown)).status_code == 200
    assert bob.get(address(alice.vault, shown)).status_code == 404
    assert stranger.get(address(alice.vault, shown)).status_code == 423
