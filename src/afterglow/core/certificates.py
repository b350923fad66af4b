"""A small certificate authority for one name at home, and the certificates it gives.

The authority can vouch for that name and those addresses only: its name constraints are critical (RFC 5280, 4.2.1.10).
Leaves out where keys are kept, and every decision when to renew.
"""

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_DAYS = 3650
LEAF_DAYS = 365
# Clocks at home differ a little; a certificate made just now must already hold on a phone that lags.
STARTS_BEFORE = timedelta(days=1)
LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
EVERY_ADDRESS = ("0.0.0.0/0", "::/0")


class NotACertificate(ValueError):
    """The text is no certificate or key in PEM, or the two do not belong together."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate (with its chain, if any) and its private key, both PEM."""

    certificate: bytes
    key: bytes


@dataclass(frozen=True, slots=True)
class Facts:
    """What a certificate says of itself."""

    names: tuple[str, ...]
    addresses: tuple[str, ...]
    starts: datetime
    ends: datetime
    fingerprint: str

    def covers(self, host: str) -> bool:
        """Whether this name or address may be called by it; `*.` stands for one label."""
        if host in self.names or host in self.addresses:
            return True
        return f"*.{host.partition('.')[2]}" in self.names


def is_host_name(text: str) -> bool:
    """Whether this is a lower-case DNS name of at most 253 letters, each label as RFC 1123 has it."""
    labels = text.split(".")
    return len(text) <= 253 and all(LABEL.fullmatch(label) for label in labels)


def new_authority(*, host: str, addresses: Sequence[str] = (), now: datetime) -> Pair:
    """A key and a self-signed certificate that may vouch for this name (and these addresses) only."""
    key = ec.generate_private_key(ec.SECP256R1())
    own_id = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    name = _named(f"Afterglow {host}"[:59] + f" {own_id.digest.hex()[:4]}")
    builder = (
        _builder(name, name, key, now, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(_constraints(host, addresses), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(own_id, critical=False)
    )
    return _pair(builder.sign(key, hashes.SHA256()), key)


def new_leaf(authority: Pair, *, host: str, addresses: Sequence[str] = (), now: datetime) -> Pair:
    """A certificate of one year for the server, given by the authority; the authority's own follows it in the file."""
    issuer = x509.load_pem_x509_certificate(authority.certificate)
    issuer_key = _private(authority.key)
    key = ec.generate_private_key(ec.SECP256R1())
    names = [x509.DNSName(host), *(x509.IPAddress(_address(each)) for each in addresses)]
    issuer_id = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    own_id = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    from_issuer = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer_id)
    builder = (
        _builder(_named(host[:64]), issuer.subject, key, now, LEAF_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(own_id, critical=False)
        .add_extension(from_issuer, critical=False)
    )
    pair = _pair(builder.sign(issuer_key, hashes.SHA256()), key)
    return Pair(pair.certificate + authority.certificate, pair.key)


def facts(pem: bytes) -> Facts:
    """What the first certificate in this PEM says. Raises NotACertificate."""
    try:
        certificate = x509.load_pem_x509_certificate(pem)
    except ValueError as error:
        raise NotACertificate from error
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        names = x509.SubjectAlternativeName([])
    return Facts(
        names=tuple(name.lower() for name in names.get_values_for_type(x509.DNSName)),
        addresses=tuple(str(each) for each in names.get_values_for_type(x509.IPAddress)),
        starts=certificate.not_valid_before_utc,
        ends=certificate.not_valid_after_utc,
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
    )


def belong_together(pair: Pair) -> bool:
    """Whether the key is the certificate's. Raises NotACertificate where either cannot be read."""
    try:
        certificate = x509.load_pem_x509_certificate(pair.certificate)
        key = serialization.load_pem_private_key(pair.key, password=None)
    except (ValueError, TypeError) as error:
        raise NotACertificate from error
    return _public_bytes(certificate.public_key()) == _public_bytes(key.public_key())


def as_der(pem: bytes) -> bytes:
    """The same certificate in the form that phones take in."""
    certificate = x509.load_pem_x509_certificate(pem)
    return certificate.public_bytes(serialization.Encoding.DER)


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    now: datetime,
    days: int,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - STARTS_BEFORE)
        .not_valid_after(now + timedelta(days=days))
    )


def _constraints(host: str, addresses: Sequence[str]) -> x509.NameConstraints:
    """Only this name; of addresses only those named, and none of a kind of which none is named."""
    chosen = [_address(each) for each in addresses]
    versions = {each.version for each in chosen}
    every = [ipaddress.ip_network(each) for each in EVERY_ADDRESS]
    # Naming one address permits only it, among all of its version (RFC 5280); naming none would permit every one.
    none_of = [x509.IPAddress(each) for each in every if each.version not in versions]
    return x509.NameConstraints(
        permitted_subtrees=[
            x509.DNSName(host),
            *(x509.IPAddress(ipaddress.ip_network(each)) for each in chosen),
        ],
        excluded_subtrees=none_of or None,
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _named(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    return ipaddress.ip_address(text)


def _private(pem: bytes) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(pem, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise NotACertificate
    return key


def _public_bytes(key: object) -> bytes:
    encoded: bytes = key.public_bytes(  # type: ignore[attr-defined]
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return encoded


def _pair(certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> Pair:
    return Pair(
        certificate.public_bytes(serialization.Encoding.PEM),
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
    )
