"""The filters of the list of orders, as its address says them."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Any
from uuid import UUID

from trastienda.database.models.orders.order import FulfilmentStatus, OrderStatus, PaymentStatus
from trastienda.schemas.orders.listing import OrdersWanted

STATES: dict[str, type[StrEnum]] = {
    "status": OrderStatus,
    "payment_status": PaymentStatus,
    "fulfilment_status": FulfilmentStatus,
}
NAMES = ("q", *STATES, "sku", "tag", "email", "customer_id", "placed_from", "placed_until")
DAYS = frozenset({"placed_from", "placed_until"})
LONGEST_WORD = 64
TO_SHIP = {"status": "open", "payment_status": "paid", "fulfilment_status": "unfulfilled"}
TO_CAPTURE = {"status": "open", "payment_status": "authorised"}
UNPAID = {"status": "open", "payment_status": "pending"}


def read(asked: Mapping[str, str | None], zone: tzinfo) -> dict[str, Any]:
    """Return the filters that are usable; None for the others, which are left out."""
    return {name: _value(name, asked.get(name), zone) for name in NAMES}


def _value(name: str, given: str | None, zone: tzinfo) -> Any:  # noqa: ANN401 - as the filter is
    if given is None:
        return None
    if name in STATES:
        return STATES[name](given) if given in set(STATES[name]) else None
    try:
        if name == "customer_id":
            return UUID(given)
        if name in DAYS:
            return datetime.combine(date.fromisoformat(given), time(), zone)
    except ValueError:
        return None
    return given[:LONGEST_WORD] if name in {"sku", "tag"} else given


def wanted(filters: Mapping[str, Any], limit: int, cursor: str | None) -> OrdersWanted:
    """Return which orders are wanted. The last day is included."""
    values = dict(filters)
    if values["placed_until"]:
        values["placed_until"] += timedelta(days=1)
    return OrdersWanted(limit=limit, cursor=cursor, **values)


def text(value: Any) -> str:  # noqa: ANN401
    """Return a filter as the address says it."""
    return value.date().isoformat() if isinstance(value, datetime) else str(value)
