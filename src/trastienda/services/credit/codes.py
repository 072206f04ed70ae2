"""The codes of gift cards: random, shown once, and stored as a keyed hash.

Without the shop's secret, the hash and the characters that are kept do not give a code away.
"""

import secrets

from trastienda.database.models.credit.account import CODE_SHOWN
from trastienda.services.shared import tokens

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without characters that are easily confused: I, L, O, 0 and 1."""
LENGTH = 16
"""79 random bits."""
_GROUP = 4
_PURPOSE = "gift card"


def fresh() -> str:
    """Return a new code, in groups of four."""
    characters = "".join([secrets.choice(ALPHABET) for _ in range(LENGTH)])
    return "-".join(characters[at : at + _GROUP] for at in range(0, LENGTH, _GROUP))


def normalised(code: str) -> str:
    """Return a code as codes are compared: in capitals, without spaces and hyphens."""
    return "".join(code.split()).replace("-", "").upper()


def digest(code: str) -> bytes:
    """Return what is stored of a code (HMAC-SHA-256 with the shop's secret)."""
    return tokens.sign(_PURPOSE, normalised(code)).encode()


def shown(code: str) -> str:
    """Return the end of a code, by which people tell cards apart."""
    return normalised(code)[-CODE_SHOWN:]
