"""The credentials of providers: encrypted for one row, and never shown again."""

from collections.abc import Mapping
from uuid import UUID

import msgspec

from trastienda.services.shared.keyring import Keyring, Sealed

PURPOSE = "credentials of payment providers"
SHOWN = 4
"""Characters of a credential that staff see again, of one that is long enough to stay secret."""
LONG_ENOUGH = 16
_read = msgspec.json.Decoder(dict[str, str])


def seal(ring: Keyring, row: UUID, credentials: Mapping[str, str]) -> Sealed:
    """Encrypt credentials so that they can be opened for this row only."""
    return ring.seal(msgspec.json.encode(credentials).decode(), row.bytes)


def unseal(ring: Keyring, row: UUID, sealed: Sealed) -> dict[str, str] | None:
    """Decrypt credentials; None if the shop has lost their key, or they are another row's."""
    text = ring.unseal(sealed, row.bytes)
    return None if text is None else _read.decode(text)


def hints(credentials: Mapping[str, str]) -> dict[str, str]:
    """Say which credentials are set, each with its last characters at most."""
    return {
        name: f"…{text[-SHOWN:]}" if len(text) >= LONG_ENOUGH else "…"
        for name, text in sorted(credentials.items())
    }
