from msgspec import Struct


class DraftMoves(Struct, kw_only=True):
    """What staff can do with a draft order as it is now."""

    can_change: bool
    can_complete: bool
