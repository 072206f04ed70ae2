"""Where the next page starts: opaque to clients, and checked when it comes back."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence

import msgspec

from trastienda.errors import Malformed

_texts = msgspec.json.Decoder(list[str])


def encode(parts: Sequence[str | None]) -> str:
    return urlsafe_b64encode(msgspec.json.encode(parts)).rstrip(b"=").decode()


def decode(cursor: str) -> list[str]:
    """Raise ValueError when it was not made by `encode`."""
    parts = _texts.decode(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    if any("\0" in part for part in parts):
        raise ValueError(cursor)
    return parts


class CursorUnusable(Malformed):
    """This cursor was not made for this list with this sort and these filters."""
