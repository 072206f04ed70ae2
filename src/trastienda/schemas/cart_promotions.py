"""The promotions that may apply to a cart, as they are read with it."""

from msgspec import Struct


class OffersRow(Struct, frozen=True):
    """What may be taken off."""
