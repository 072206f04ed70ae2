from uuid import UUID

from msgspec import Struct


class ReturnMoves(Struct, kw_only=True):
    """What staff can do with a return as it is now."""

    can_decide: bool
    """Whether it waits to be approved or refused."""
    can_withdraw: bool
    to_receive: dict[UUID, int]
    """Units of each line that are still expected, by the id of the line."""
    can_close: bool
    can_choose_exchange: bool
    """Whether closing it can order something instead."""
    can_exchange: bool
    """Whether what is wanted instead can be ordered before the goods have arrived."""
