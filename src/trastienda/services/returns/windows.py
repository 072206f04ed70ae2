"""Until when the customer of an order may ask for a return. Pure."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from trastienda.database.models.orders.fulfilment import FulfilmentState
from trastienda.schemas.orders.fulfilment import OrderFulfilment

GONE = {FulfilmentState.SHIPPED, FulfilmentState.COLLECTED, FulfilmentState.DELIVERED}
"""A parcel in these has left the shop."""


def begins(parcels: Iterable[OrderFulfilment]) -> datetime | None:
    """Say when the last parcel of an order came to its buyer, as far as is known; None: none left.

    Where nobody noted that it was delivered, it is when it was sent. An order in several parcels
    has one window, which begins with the last of them (Directive 2011/83/EU, article 9).
    """
    moments = [_came(parcel) for parcel in parcels if parcel.status in GONE]
    return max((it for it in moments if it is not None), default=None)


def ends(begins_at: datetime, days: int, zone: ZoneInfo) -> datetime:
    """Say when a window is over: at the end of its last day, in the time zone of the shop."""
    after = begins_at.astimezone(zone).date() + timedelta(days=days + 1)
    return datetime.combine(after, time(), zone)


def _came(parcel: OrderFulfilment) -> datetime | None:
    return parcel.delivered_at or parcel.collected_at or parcel.sent_at
