"""Random tokens, how they are stored, and signatures that need no storage."""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from hmac import compare_digest
from hmac import digest as hmac_digest

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12  # bytes, as NIST SP 800-38D wants them
_keys: list[bytes] = []


def fresh() -> str:
    """Make a token of 256 random bits, safe in a URL and in a cookie."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> bytes:
    """Give what is stored of a token.

    A plain hash is enough for 256 random bits: there is nothing to guess, so nothing to slow down.
    """
    return sha256(token.encode()).digest()


def sign(purpose: str, text: str) -> str:
    """Sign `text` so that the signature is good for `purpose` only (HMAC-SHA-256, base64url)."""
    mac = hmac_digest(_keys[-1], f"{purpose}\0{text}".encode(), "sha256")
    return urlsafe_b64encode(mac).rstrip(b"=").decode()


def verify(purpose: str, text: str, signature: str) -> bool:
    """Say whether `sign` made the signature, in a time that does not tell how much is right."""
    return compare_digest(sign(purpose, text).encode(), signature.encode())


def seal(purpose: str, text: str, about: bytes) -> bytes:
    """Encrypt what has to be read again (AES-256-GCM): only together with `about`, its place."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + _cipher(purpose).encrypt(nonce, text.encode(), about)


def unseal(purpose: str, sealed: bytes, about: bytes) -> str | None:
    """Read what `seal` made; None if the shop's secret is another one by now."""
    try:
        return _cipher(purpose).decrypt(sealed[:NONCE], sealed[NONCE:], about).decode()
    except InvalidTag:
        return None


def _cipher(purpose: str) -> AESGCM:
    key = HKDF(SHA256(), length=32, salt=None, info=f"seal\0{purpose}".encode())
    return AESGCM(key.derive(_keys[-1]))


@contextmanager
def signing(secret: str) -> Iterator[None]:
    """Make `secret` the one that signatures are made with, until the block ends."""
    key = secret.encode()
    _keys.append(key)
    try:
        yield
    finally:
        _keys.remove(key)
