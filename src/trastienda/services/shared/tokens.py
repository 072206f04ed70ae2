"""Random tokens, how they are stored, and signatures that need no storage."""

import secrets
from base64 import urlsafe_b64encode
from contextvars import ContextVar
from hashlib import sha256
from hmac import compare_digest
from hmac import digest as hmac_digest

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12  # bytes, as NIST SP 800-38D requires
key_in_use: ContextVar[bytes] = ContextVar("key in use")
"""The key of `sign` and `seal`."""


def fresh() -> str:
    """Return a token of 256 random bits, safe in a URL and in a cookie."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> bytes:
    """Return what is stored of a token.

    A plain hash is enough for 256 random bits: they cannot be guessed, so it need not be slow.
    """
    return sha256(token.encode()).digest()


def sign(purpose: str, text: str) -> str:
    """Sign `text`; the signature is valid for `purpose` only (HMAC-SHA-256, base64url)."""
    mac = hmac_digest(key_in_use.get(), f"{purpose}\0{text}".encode(), "sha256")
    return urlsafe_b64encode(mac).rstrip(b"=").decode()


def verify(purpose: str, text: str, signature: str) -> bool:
    """Say whether `sign` made the signature, in constant time."""
    return compare_digest(sign(purpose, text).encode(), signature.encode())


def seal(purpose: str, text: str, about: bytes) -> bytes:
    """Encrypt a text (AES-256-GCM), bound to `about`, which names what it belongs to."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + _cipher(purpose).encrypt(nonce, text.encode(), about)


def unseal(purpose: str, sealed: bytes, about: bytes) -> str | None:
    """Decrypt a text of `seal`; return None if the shop's secret has changed."""
    try:
        return _cipher(purpose).decrypt(sealed[:NONCE], sealed[NONCE:], about).decode()
    except InvalidTag:
        return None


def _cipher(purpose: str) -> AESGCM:
    key = HKDF(SHA256(), length=32, salt=None, info=f"seal\0{purpose}".encode())
    return AESGCM(key.derive(key_in_use.get()))
