# SPDX-License-Identifier: EUPL-1.2
"""A certificate that a site makes for its own server, and what is written in one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

DAYS = 825
"""The longest that browsers accept of a certificate that somebody chose to trust."""
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Made:
    """A certificate and its key (PEM), and the fingerprint by which people recognise it."""

    certificate: bytes
    private_key: bytes
    fingerprint: str
    until: datetime


def make(site: str, names: Iterable[str], now: datetime) -> Made:
    """A certificate, signed by itself, for these host names and addresses."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Pas à pas, {site}"[:64])])
    until = now + timedelta(days=DAYS)
    usage = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "crl_sign"), False
    )
    extensions: tuple[tuple[x509.ExtensionType, bool], ...] = (
        (x509.SubjectAlternativeName([_general(name) for name in names]), False),
        # Whoever trusts it trusts it as an authority: it can sign nobody else's.
        (x509.BasicConstraints(ca=True, path_length=0), True),
        (
            x509.KeyUsage(
                digital_signature=True, key_cert_sign=True, encipher_only=False, decipher_only=False, **usage
            ),
            True,
        ),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
        (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
        (x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), False),
    )
    builder = x509.CertificateBuilder().subject_name(called).issuer_name(called).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now - _HOUR).not_valid_after(until)
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    certificate = builder.sign(key, SHA256())
    private_key = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return Made(certificate.public_bytes(Encoding.PEM), private_key, _fingerprint(certificate), until)


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name.encode("idna").decode())


def _fingerprint(certificate: x509.Certificate) -> str:
    return certificate.fingerprint(SHA256()).hex(":").upper()


def names_in(certificate: bytes) -> tuple[str, ...]:
    """The host names and addresses that a certificate (PEM) is for. Raises ValueError when it is none."""
    try:
        named = x509.load_pem_x509_certificate(certificate).extensions.get_extension_for_class(
            x509.SubjectAlternativeName
        )
    except x509.ExtensionNotFound:
        return ()
    addresses = [str(address) for address in named.value.get_values_for_type(x509.IPAddress)]
    return (*named.value.get_values_for_type(x509.DNSName), *addresses)


def ends(certificate: bytes) -> datetime:
    """Until when it is good. Raises ValueError when it is none."""
    return x509.load_pem_x509_certificate(certificate).not_valid_after_utc
