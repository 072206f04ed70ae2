"""Encryption whose keys can be replaced: each ciphertext says which key it needs.

The newest key encrypts, and all of them decrypt, so that a secret is replaced without a pause: add
the new one, encrypt everything anew, and take the old one away.
"""

import secrets
from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12  # bytes, as NIST SP 800-38D requires
ID_LENGTH = 16


class Sealed(NamedTuple):
    """An encrypted text."""

    key_id: str
    data: bytes


class Keyring:
    """The keys for one purpose, derived from the shop's secrets, the newest first."""

    def __init__(self, purpose: str, secrets_: Sequence[bytes]) -> None:
        """Derive a key from each secret (HKDF with SHA-256)."""
        info = f"keyring\0{purpose}".encode()
        keys = [HKDF(SHA256(), length=32, salt=None, info=info).derive(it) for it in secrets_]
        self._ciphers = {_name(key): AESGCM(key) for key in keys}
        self.newest = _name(keys[0])
        """The id of the key that encrypts."""

    def seal(self, text: str, about: bytes) -> Sealed:
        """Encrypt a text (AES-256-GCM), bound to `about`, which names what it belongs to."""
        nonce = secrets.token_bytes(NONCE)
        cipher = self._ciphers[self.newest]
        return Sealed(self.newest, nonce + cipher.encrypt(nonce, text.encode(), about))

    def unseal(self, sealed: Sealed, about: bytes) -> str | None:
        """Decrypt a text; None if the shop no longer has its key, or it is of something else."""
        cipher = self._ciphers.get(sealed.key_id)
        if cipher is None:
            return None
        try:
            text = cipher.decrypt(sealed.data[:NONCE], sealed.data[NONCE:], about)
        except InvalidTag:
            return None
        return text.decode()


def _name(key: bytes) -> str:
    """Return the id of a key, from which nothing of the key can be computed."""
    return sha256(b"id of a key\0" + key).hexdigest()[:ID_LENGTH]
