"""The small authority: it vouches for one name, and what it gives is what phones ask for."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.x509 import verification
from cryptography.x509.oid import ExtendedKeyUsageOID

from afterglow.core import certificates as given

NOW = datetime(2031, 2, 3, 20, 0, tzinfo=UTC)
HOST = "desk.local"


@pytest.fixture(scope="module")
def authority():
    return given.new_authority(host=HOST, now=NOW)


def leaf_of(authority, host=HOST, addresses=(), now=NOW):
    return given.new_leaf(authority, host=host, addresses=addresses, now=now)


def verify(authority, leaf, name, at=NOW):
    """As a strict client does it: chain, dates, purpose, names and constraints."""
    store = verification.Store([x509.load_pem_x509_certificate(authority.certificate)])
    builder = verification.PolicyBuilder().store(store).time(at)
    certificate = x509.load_pem_x509_certificate(leaf.certificate)
    return builder.build_server_verifier(x509.DNSName(name)).verify(certificate, [])


def test_the_certificate_holds_for_its_name(authority):
    assert verify(authority, leaf_of(authority), HOST)


def test_it_does_not_hold_for_another_name(authority):
    with pytest.raises(verification.VerificationError):
        verify(authority, leaf_of(authority), "bank.test")


@pytest.mark.parametrize("other", ["bank.test", "local", "mydesk.local"])
def test_the_authority_cannot_vouch_for_another_name(authority, other):
    with pytest.raises(verification.VerificationError):
        verify(authority, leaf_of(authority, host=other), other)


def test_it_ends_after_one_year_and_allows_a_phone_whose_clock_lags(authority):
    leaf = leaf_of(authority)
    assert verify(authority, leaf, HOST, at=NOW + timedelta(days=364))
    assert verify(authority, leaf, HOST, at=NOW - timedelta(hours=20))
    with pytest.raises(verification.VerificationError):
        verify(authority, leaf, HOST, at=NOW + timedelta(days=366))


def extension(pem, kind):
    return x509.load_pem_x509_certificate(pem).extensions.get_extension_for_class(kind)


def test_the_authority_is_one_for_servers_with_nothing_below_it(authority):
    basic = extension(authority.certificate, x509.BasicConstraints)
    assert (basic.critical, basic.value.ca, basic.value.path_length) == (True, True, 0)
    usage = extension(authority.certificate, x509.KeyUsage)
    assert usage.critical
    assert usage.value.key_cert_sign
    assert not usage.value.digital_signature
    purposes = extension(authority.certificate, x509.ExtendedKeyUsage).value
    assert list(purposes) == [ExtendedKeyUsageOID.SERVER_AUTH]


def test_without_a_number_the_authority_vouches_for_no_address_at_all(authority):
    limits = extension(authority.certificate, x509.NameConstraints)
    assert limits.critical
    assert [each.value for each in limits.value.permitted_subtrees] == [HOST]
    assert {str(each.value) for each in limits.value.excluded_subtrees} == {"0.0.0.0/0", "::/0"}


def test_with_a_number_it_vouches_for_that_one_and_for_no_other_kind():
    authority = given.new_authority(host=HOST, addresses=["192.168.1.20"], now=NOW)
    limits = extension(authority.certificate, x509.NameConstraints).value
    permitted = {str(each.value) for each in limits.permitted_subtrees}
    assert permitted == {HOST, "192.168.1.20/32"}
    assert [str(each.value) for each in limits.excluded_subtrees] == ["::/0"]


def test_the_certificate_names_name_and_number_and_its_issuer(authority):
    leaf = leaf_of(authority, addresses=["192.168.1.20"])
    says = given.facts(leaf.certificate)
    assert (says.names, says.addresses) == ((HOST,), ("192.168.1.20",))
    issuer = extension(leaf.certificate, x509.AuthorityKeyIdentifier).value.key_identifier
    assert issuer == extension(authority.certificate, x509.SubjectKeyIdentifier).value.digest
    assert leaf.certificate.endswith(authority.certificate)


def test_a_key_is_told_from_the_key_of_another(authority):
    one, other = leaf_of(authority), leaf_of(authority)
    assert given.belong_together(one)
    assert not given.belong_together(given.Pair(one.certificate, other.key))
    with pytest.raises(given.NotACertificate):
        given.belong_together(given.Pair(b"no certificate", one.key))


@pytest.mark.parametrize("name", ["desk.local", "a", "x-1.example.test"])
def test_a_name_is_one(name):
    assert given.is_host_name(name)


@pytest.mark.parametrize("name", ["", "-a", "a_b", "desk..local", "Desk.local", "a b", "a" * 64])
def test_what_is_no_name_is_refused(name):
    assert not given.is_host_name(name)


def test_a_star_stands_for_one_label():
    says = given.Facts(("*.example.test",), (), NOW, NOW, "")
    assert says.covers("desk.example.test")
    assert not says.covers("a.desk.example.test")
    assert not says.covers("example.test")
