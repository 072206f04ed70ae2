"""Certificates: the merchant's own, or one from a local authority that the first start creates."""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from trustme import CA

from trastienda.node.names import names
from trastienda.settings import Settings, WrongSetting
from trastienda.system import files

VALID = timedelta(days=365)  # browsers accept 398 days at most, some tools 366
RENEW = timedelta(days=30)  # before the certificate expires
SKEW = timedelta(days=1)  # for clocks that are behind ours
PUBLIC = 0o644


@dataclass(frozen=True)
class Material:
    """The server's certificate and key; `authority` is the local one, if we use it."""

    certificate: Path
    key: Path
    authority: Path | None = None


def ready(settings: Settings, now: datetime | None = None) -> Material:
    """Return usable material, creating or renewing the local certificate if needed."""
    if settings.tls_cert and settings.tls_key:
        return _own(settings.tls_cert, settings.tls_key)
    folder = settings.data / "tls"
    if not folder.exists():
        folder.mkdir(mode=0o700, exist_ok=True)
        files.sync(settings.data)
    with files.alone(folder / ".making"):  # nodes that share the folder share the authority
        now = now or datetime.now(UTC)
        authority = _authority(folder, now)
        _leaf(folder, authority, names(settings), now)
    return local(settings)


def local(settings: Settings) -> Material:
    folder = settings.data / "tls"
    return Material(folder / "server.pem", folder / "server.key", folder / "ca.pem")


def _own(certificate: Path, key: Path) -> Material:
    for path, name in ((certificate, "TRASTIENDA_TLS_CERT"), (key, "TRASTIENDA_TLS_KEY")):
        try:
            path.read_bytes()
        except OSError as error:
            raise WrongSetting(f"{name}: {path} cannot be read: {error.strerror}") from None
    try:  # OpenSSL would ask for the password of an encrypted key on the terminal
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password="")
    except ssl.SSLError as error:
        reason = (error.reason or "not usable").lower().replace("_", " ")
        raise WrongSetting(
            f"TRASTIENDA_TLS_KEY: {certificate} and {key} do not work together: {reason}"
        ) from None
    return Material(certificate, key)


def _authority(folder: Path, now: datetime) -> CA:
    certificate, key = folder / "ca.pem", folder / "ca.key"
    if _match(certificate, key) and _fresh(certificate, now):
        return CA.from_pem(certificate.read_bytes(), key.read_bytes())
    made = CA(path_length=0, organization_name="Trastienda", organization_unit_name="Local CA")
    files.write(key, made.private_key_pem.bytes())
    files.write(certificate, made.cert_pem.bytes(), PUBLIC)
    return made


def _leaf(folder: Path, authority: CA, wanted: set[str], now: datetime) -> None:
    certificate, key = folder / "server.pem", folder / "server.key"
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
    files.write(key, leaf.private_key_pem.bytes())
    files.write(certificate, b"".join(blob.bytes() for blob in leaf.cert_chain_pems), PUBLIC)


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
    """Say whether both files exist and the key belongs to the certificate."""
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
