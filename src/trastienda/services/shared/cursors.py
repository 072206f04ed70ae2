"""Cursors: the start of the next page, opaque to clients and checked when they return.

A cursor contains its list, sort order and filters (its `shape`), and the key and id of the last
row.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import msgspec

from trastienda.errors import Malformed

K = TypeVar("K")
_texts = msgspec.json.Decoder(list[str])


def after(shape: Sequence[str], key: str, id_: UUID | str) -> str:
    """Return the cursor of the page after this row."""
    parts = msgspec.json.encode([*shape, key, str(id_)])
    return urlsafe_b64encode(parts).rstrip(b"=").decode()


def read(cursor: str, shape: Sequence[str], parse: Callable[[str], K]) -> tuple[K, UUID]:
    """Return the key and id of the last row seen. Raise CursorUnusable."""
    try:
        text = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        *made_for, key, id_ = _texts.decode(text)
        last = parse(key), UUID(id_)
    except (ValueError, OverflowError) as error:
        raise CursorUnusable from error
    if made_for != list(shape) or "\0" in key:
        raise CursorUnusable
    return last


def moment(text: str) -> datetime:
    """Parse a key that is a time."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(text)
    return at


class CursorUnusable(Malformed):
    """This cursor was not made for this list with this sort and these filters."""
