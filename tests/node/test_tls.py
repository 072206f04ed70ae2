"""The local authority and its certificate, and the merchant's own."""

import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from trastienda.node import tls
from trastienda.settings import Settings, WrongSetting

FILES = ("ca.pem", "ca.key", "server.pem", "server.key")


def shop(data: Path, **settings: Any) -> Settings:  # noqa: ANN401 - of all kinds
    return Settings(data=data, **settings)


def contents(data: Path) -> list[bytes]:
    return [(data / "tls" / name).read_bytes() for name in FILES]


def shown(material: tls.Material, name: str) -> str | None:
    """Shake hands in memory with somebody who trusts the authority alone; return the version."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(material.certificate, material.key)
    client = ssl.create_default_context(cafile=material.authority)
    to_client, to_server = ssl.MemoryBIO(), ssl.MemoryBIO()
    theirs = server.wrap_bio(to_server, to_client, server_side=True)
    ours = client.wrap_bio(to_client, to_server, server_hostname=name)
    for end in (ours, theirs, ours, theirs):
        try:
            end.do_handshake()
        except ssl.SSLWantReadError:
            continue
    return ours.version()


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "::1", "10.1.2.3", "shop.example"])
def test_browsers_that_trust_the_authority_trust_every_name(tmp_path: Path, name: str) -> None:
    settings = shop(tmp_path, host="10.1.2.3", public_url="https://Shop.Example:8443")

    assert shown(tls.ready(settings), name) == "TLSv1.3"


def test_a_name_that_is_not_ours_is_not_trusted(tmp_path: Path) -> None:
    material = tls.ready(shop(tmp_path))

    with pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"):
        shown(material, "bank.example")


def test_it_is_made_once_with_secret_keys(tmp_path: Path) -> None:
    tls.ready(shop(tmp_path))
    first = contents(tmp_path)
    tls.ready(shop(tmp_path))

    assert contents(tmp_path) == first
    assert [stat.S_IMODE((tmp_path / "tls" / it).stat().st_mode) for it in FILES] == [
        0o644,
        0o600,
        0o644,
        0o600,
    ]
    leaf = x509.load_pem_x509_certificate(first[2])
    assert leaf.not_valid_after_utc - leaf.not_valid_before_utc < timedelta(days=366)


@pytest.mark.parametrize(("days", "kept"), [(-2, False), (300, True), (340, False), (800, False)])
def test_it_is_renewed_before_it_runs_out(tmp_path: Path, days: int, *, kept: bool) -> None:
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    tls.ready(shop(tmp_path), now)
    authority, its_key, certificate, _ = contents(tmp_path)

    tls.ready(shop(tmp_path), now + timedelta(days=days))

    assert contents(tmp_path)[:2] == [authority, its_key]
    assert (contents(tmp_path)[2] == certificate) is kept


def test_it_is_renewed_when_the_shop_gets_another_name(tmp_path: Path) -> None:
    tls.ready(shop(tmp_path))
    renamed = tls.ready(shop(tmp_path, public_url="https://otra.example"))

    assert shown(renamed, "otra.example") == "TLSv1.3"


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", ["", "-----BEGIN RUBBISH-----"])
def test_a_damaged_file_is_made_again(tmp_path: Path, name: str, damage: str) -> None:
    tls.ready(shop(tmp_path))
    (tmp_path / "tls" / name).write_text(damage)

    assert shown(tls.ready(shop(tmp_path)), "localhost") == "TLSv1.3"


def test_a_certificate_of_ones_own_is_taken_as_it_is(tmp_path: Path) -> None:
    made = tls.ready(shop(tmp_path))

    given = tls.ready(shop(tmp_path / "none", tls_cert=made.certificate, tls_key=made.key))

    assert given == tls.Material(made.certificate, made.key)
    assert not (tmp_path / "none").exists()


def test_what_cannot_be_used_is_one_line_that_names_the_variable(tmp_path: Path) -> None:
    made = tls.ready(shop(tmp_path))
    wrong_key, missing = tmp_path / "tls/ca.key", tmp_path / "missing.pem"

    with pytest.raises(WrongSetting, match=r"^TRASTIENDA_TLS_CERT: .*missing.pem cannot be read"):
        tls.ready(shop(tmp_path, tls_cert=missing, tls_key=made.key))
    with pytest.raises(WrongSetting, match=r"^TRASTIENDA_TLS_KEY: .* key values mismatch$"):
        tls.ready(shop(tmp_path, tls_cert=made.certificate, tls_key=wrong_key))
    with pytest.raises(WrongSetting, match=r"^TRASTIENDA_PUBLIC_URL"):
        tls.ready(shop(tmp_path, public_url="https://a..b"))
