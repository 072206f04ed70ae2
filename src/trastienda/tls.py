"""Certificates: the merchant's own, or one from a local authority made at the first start."""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from trustme import CA

from trastienda import folder
from trastienda.names import names
from trastienda.settings import Settings, WrongSetting

VALID = timedelta(days=365)  # browsers refuse certificates for longer than 398 days, tools 366
RENEW = timedelta(days=30)  # before the end
SKEW = timedelta(days=1)  # clocks that are behind ours
PUBLIC = 0o644


@dataclass(frozen=True)
class Material:
    """What the server shows. `authority` is the local one, when it is ours."""

    certificate: Path
    key: Path
    authority: Path | None = None


def ready(settings: Settings, now: datetime | None = None) -> Material:
    """Return usable material; make or renew the local certificate when it is needed."""
    if settings.tls_cert and settings.tls_key:
        return _own(settings.tls_cert, settings.tls_key)
    place = settings.data / "tls"
    place.mkdir(mode=0o700, exist_ok=True)
    with folder.alone(place / ".making"):  # nodes that share the folder share the authority
        now = now or datetime.now(UTC)
        authority = _authority(place, now)
        _leaf(place, authority, names(settings), now)
    return local(settings)


def local(settings: Settings) -> Material:
    place = settings.data / "tls"
    return Material(place / "server.pem", place / "server.key", place / "ca.pem")


def _own(certificate: Path, key: Path) -> Material:
    for path, name in ((certificate, "TRASTIENDA_TLS_CERT"), (key, "TRASTIENDA_TLS_KEY")):
        try:
            path.read_bytes()
        except OSError as error:
            raise WrongSetting(f"{name}: {path} cannot be read: {error.strerror}") from None
    try:  # a key behind a password would make OpenSSL ask for it on the terminal
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password="")
    except ssl.SSLError as error:
        reason = (error.reason or "not usable").lower().replace("_", " ")
        raise WrongSetting(
            f"TRASTIENDA_TLS_KEY: {certificate} and {key} do not work together: {reason}"
        ) from None
    return Material(certificate, key)


def _authority(place: Path, now: datetime) -> CA:
    certificate, key = place / "ca.pem", place / "ca.key"
    if _match(certificate, key) and _fresh(certificate, now):
        return CA.from_pem(certificate.read_bytes(), key.read_bytes())
    made = CA(path_length=0, organization_name="Trastienda", organization_unit_name="Local CA")
    folder.write(key, made.private_key_pem.bytes())
    folder.write(certificate, made.cert_pem.bytes(), PUBLIC)
    return made


def _leaf(place: Path, authority: CA, wanted: set[str], now: datetime) -> None:
    certificate, key = place / "server.pem", place / "server.key"
    if _serves(certificate, key, wanted, now) and _signed(certificate, authority):
        return
    try:
        leaf = authority.issue_cert(
            *sorted(wanted),
            organization_name="Trastienda",
            organization_unit_name="Local certificate",
            not_before=now - SKEW,
            not_after=now - SKEW + VALID,
        )
    except UnicodeError as error:
        raise WrongSetting(f"TRASTIENDA_PUBLIC_URL, TRASTIENDA_HOST: {error}") from None
    folder.write(key, leaf.private_key_pem.bytes())
    folder.write(certificate, b"".join(blob.bytes() for blob in leaf.cert_chain_pems), PUBLIC)


def _serves(certificate: Path, key: Path, wanted: set[str], now: datetime) -> bool:
    if not (_match(certificate, key) and _fresh(certificate, now)):
        return False
    leaf = x509.load_pem_x509_certificate(certificate.read_bytes())
    alternative = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    held = {*alternative.get_values_for_type(x509.DNSName)}
    held |= {str(address) for address in alternative.get_values_for_type(x509.IPAddress)}
    return wanted <= held


def _fresh(certificate: Path, now: datetime) -> bool:
    made = x509.load_pem_x509_certificate(certificate.read_bytes())
    return made.not_valid_before_utc <= now < made.not_valid_after_utc - RENEW


def _match(certificate: Path, key: Path) -> bool:
    """Say whether both are there and the key is that of the certificate."""
    try:
        public = x509.load_pem_x509_certificate(certificate.read_bytes()).public_key()
        return load_pem_private_key(key.read_bytes(), None).public_key() == public
    except (FileNotFoundError, ValueError, TypeError):
        return False


def _signed(certificate: Path, authority: CA) -> bool:
    signer = x509.load_pem_x509_certificate(authority.cert_pem.bytes())
    try:
        x509.load_pem_x509_certificate(certificate.read_bytes()).verify_directly_issued_by(signer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
