"""The data of events about promotions, apart from the promotions themselves."""

from uuid import UUID

from msgspec import Struct


class CodesInvented(Struct):
    promotion_id: UUID
    count: int
