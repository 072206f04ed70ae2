"""Lists of orders, a page at a time, and what staff type to find one."""

from functools import cache
from typing import Any

import msgspec
from msgspec import structs

from trastienda.database.db import Prepared, Reading
from trastienda.database.models.orders.order import STATES
from trastienda.errors import Invalid
from trastienda.schemas.orders.listing import OrderCard, OrderPage, OrderSort, OrdersWanted
from trastienda.services.accounts.users import normalised
from trastienda.services.orders import annotations, selection
from trastienda.services.orders.selection import Shape
from trastienda.services.shared import cursors

LONGEST_NUMBER = 15  # digits
SIZES = (26, 51, 101)
"""Rows that a statement reads, of a page and one more at least. Few sizes make few statements."""
_MINUTE = ("limit", "cursor", "sort", *STATES)
_cards = msgspec.json.Decoder(list[OrderCard])


async def page(session: Reading, wanted: OrdersWanted) -> OrderPage:
    """Return a page of orders.

    Raise CursorUnusable for a cursor of another list, SearchAmbiguous, CurrencyMissing or
    TimeZoneMissing.
    """
    wanted = _understood(wanted)
    shape = _shape(wanted)
    values = _values(wanted)
    names = [f"{name}={value}" for name, value in sorted(values.items())]
    name = ["orders", shape.sort, *(state or "" for state in shape.states), *names]
    if wanted.cursor is not None:
        parse: Any = int if shape.by_total else cursors.moment
        values["last_key"], values["last_id"] = cursors.read(wanted.cursor, name, parse)
    items = _cards.decode(await _statement(shape).document(session, **values) or b"[]")
    more, items = len(items) > wanted.limit, items[: wanted.limit]
    if not more:
        return OrderPage(items, None)
    last = items[-1]
    key = str(last.total) if shape.by_total else last.placed_at.isoformat()
    return OrderPage(items, cursors.after(name, key, last.id))


def _understood(wanted: OrdersWanted) -> OrdersWanted:
    """Say which filter a search means: a number, an email address, or a name."""
    if wanted.q is not None:
        typed = wanted.q.strip().removeprefix("#")
        if typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER:
            meant: dict[str, Any] = {"number": int(typed)}
        else:
            meant = {"email" if "@" in typed else "name": typed}
        if any(getattr(wanted, name) is not None for name in meant):
            raise SearchAmbiguous(pointer="/q")
        wanted = structs.replace(wanted, q=None, **meant)
    for name in ("placed_from", "placed_until"):
        at = getattr(wanted, name)
        if at is not None and at.tzinfo is None:
            raise TimeZoneMissing(pointer=f"/{name}")
    if wanted.tag is not None:
        wanted = structs.replace(wanted, tag=annotations.normalised(wanted.tag))
    if wanted.email is not None:
        wanted = structs.replace(wanted, email=normalised(wanted.email))
    return wanted


def _shape(wanted: OrdersWanted) -> Shape:
    bounded = wanted.total_min is not None or wanted.total_max is not None
    sort = wanted.sort or (OrderSort.LARGEST if bounded else OrderSort.NEWEST)
    states = tuple(getattr(wanted, column) for column in STATES)
    rows = next(size for size in SIZES if size > wanted.limit)
    after = wanted.cursor is not None
    shape = Shape(sort, frozenset(_values(wanted)), states, after, rows)
    if (bounded or shape.by_total) and wanted.currency is None:
        raise CurrencyMissing(pointer="/currency")
    return shape


def _values(wanted: OrdersWanted) -> dict[str, Any]:
    """Return the filters that are asked for; states are part of the statement."""
    found = structs.asdict(wanted)
    return {
        name: value for name, value in found.items() if value is not None and name not in _MINUTE
    }


@cache
def _statement(shape: Shape) -> Prepared:
    return Prepared(f"""
        SELECT coalesce(json_agg(json_build_object(
            'id', id, 'number', number::text, 'status', status, 'payment_status', payment_status,
            'fulfilment_status', fulfilment_status, 'currency', currency, 'email', email,
            'total', total, 'placed_at', placed_at)), '[]')::text
        FROM ({selection.select(shape)}) AS listed
    """)


class SearchAmbiguous(Invalid):
    """A search with `q` is for a number, an email address or a name: give the other one alone."""


class TimeZoneMissing(Invalid):
    """A time needs its zone, as in 2026-11-24T10:15:00Z."""


class CurrencyMissing(Invalid):
    """Totals can be compared in one currency only: say which."""
