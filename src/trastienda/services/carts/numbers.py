"""What a cart is called where its id, which is a secret, must not be told."""

from hashlib import sha256
from uuid import UUID


def number(cart_id: str) -> UUID:
    """Return the number of a cart in events: always the same, and it does not betray the id."""
    return UUID(bytes=sha256(b"cart " + cart_id.encode()).digest()[:16], version=4)
