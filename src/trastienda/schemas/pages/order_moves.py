from uuid import UUID

from msgspec import Struct


class OrderMoves(Struct, kw_only=True):
    """What staff can do with an order as it is now."""

    to_pack: dict[UUID, int]
    """Units of each line that are in no parcel yet, by its id; lines of none are left out."""
    units_to_pack: int
    to_capture: int
    """What is still to be taken of its total, in minor units; 0 where nothing is."""
    refundable: int
    """At most so much can be paid back, in minor units."""
    can_cancel: bool
    can_edit: bool
    can_have_term: bool
    """Whether its buyer can be given another time to pay."""
