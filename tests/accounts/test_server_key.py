"""A new server key: names, addresses and this instance's cookies are found again with the keys before."""

import pytest
from tests.conftest import PASSPHRASE

from afterglow.accounts import queries, services
from afterglow.accounts.models import Account
from afterglow.config import env
from afterglow.vault import server_box
from afterglow.vault.unlock import WrongKey


@pytest.fixture
def newer(settings):
    """What the settings are after a renewal and a restart."""

    def renew():
        settings.SERVER_KEYS = (bytes(range(32)), *settings.SERVER_KEYS)
        settings.SERVER_KEY = settings.SERVER_KEYS[0]

    return renew


def opened(name):
    return services.open_by_passphrase(name=name, passphrase=PASSPHRASE, address="here")


def test_a_vault_is_found_under_its_name_after_a_new_server_key(db, newer):
    services.begin(name="blue stone", passphrase=PASSPHRASE)
    newer()
    assert opened("Blue  Stone").vault.owner == Account.objects.get().id
    assert bytes(Account.objects.get().name_hash) == queries.name_hash("blue stone")


def test_the_same_name_is_not_given_twice_after_a_new_server_key(db, newer):
    services.begin(name="blue stone", passphrase=PASSPHRASE)
    newer()
    with pytest.raises(services.NameTaken):
        services.begin(name="blue stone", passphrase=PASSPHRASE)


def test_another_name_still_opens_nothing(db, newer):
    services.begin(name="blue stone", passphrase=PASSPHRASE)
    newer()
    with pytest.raises(WrongKey):
        opened("green stone")


def test_an_address_sealed_before_is_still_read(some_id, newer):
    sealed = server_box.seal("someone@example.org", purpose="mail", owner=some_id)
    newer()
    assert server_box.unseal(sealed, purpose="mail", owner=some_id) == "someone@example.org"
    assert server_box.unseal(sealed, purpose="push", owner=some_id) is None


def test_a_renewal_keeps_the_earlier_keys_behind_the_new_one(tmp_path):
    before = env.prepare_home(tmp_path)
    assert env.renew_server_key(tmp_path) == 2
    after = env.prepare_home(tmp_path)
    assert after[1:] == before
    assert after[0] not in before
    assert (tmp_path / "server.key").stat().st_mode & 0o777 == 0o600


def test_a_key_file_of_a_wrong_length_is_refused_by_name(tmp_path):
    env.prepare_home(tmp_path)
    (tmp_path / "server.key").write_bytes(b"k" * 40)
    with pytest.raises(env.Refused, match=r"server\.key is damaged"):
        env.prepare_home(tmp_path)
