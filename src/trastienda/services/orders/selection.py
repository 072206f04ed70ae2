"""Lists of orders as SQL: each filter has an index that is read in the order of the list.

Pure. Filters of states become a SELECT for each combination of states that fits, so that a state
that few orders are in costs no more than any other.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

from trastienda.database.models.orders.order import (
    STATES,
    FulfilmentStatus,
    OrderStatus,
    PaymentStatus,
)
from trastienda.schemas.orders.listing import OrderSort
from trastienda.services.orders.access import OWNED

FILTERS = {
    "number": "orders.number = %(number)s",
    "customer_id": "orders.customer_id = %(customer_id)s",
    "email": "orders.email_key = %(email)s",
    "currency": "orders.currency = %(currency)s",
    "total_min": "orders.total >= %(total_min)s",
    "total_max": "orders.total <= %(total_max)s",
    "placed_from": "{placed_at} >= %(placed_from)s",
    "placed_until": "{placed_at} < %(placed_until)s",
}
TERMS = {
    "name": "order_name_term(%(name)s)",
    "sku": "'sku:' || %(sku)s::text",
    "tag": "'tag:' || %(tag)s::text",
}
"""What is looked up in `order_search`."""
_WHOLE_NAME = """NOT EXISTS (
    SELECT FROM unnest((SELECT order_name_words(%(name)s))[4:]) AS further (word)
    WHERE NOT EXISTS (SELECT FROM order_search AS other
        WHERE other.term = 'name:' || further.word
            AND other.placed_at = found.placed_at AND other.order_id = found.order_id))"""
"""The term holds three words of the name. Each further word is a term of its own: to look that up
takes a hundredth of the time of taking the names of each order apart."""
_NARROW = {"number", "customer_id", "email"}
"""With these few rows are left: their states are looked at one by one."""
_ENUMS = (OrderStatus, PaymentStatus, FulfilmentStatus)
_COLUMNS = (
    "id, number, status, payment_status, fulfilment_status, currency, email, total, placed_at"
)
_SELECTED = ", ".join(f"orders.{name.strip()}" for name in _COLUMNS.split(","))


class Shape(NamedTuple):
    """What makes one statement differ from another; values are bound, but for the states."""

    sort: OrderSort
    filters: frozenset[str]
    states: tuple[str | None, ...]
    """In the order of `STATES`; None: any."""
    after: bool
    rows: int
    """How many at most. A number in the statement: with a parameter, PostgreSQL expects a tenth of
    all rows, finds every general plan dear, and plans a list anew whenever it is read."""

    @property
    def by_total(self) -> bool:
        return self.sort in {OrderSort.TOTAL, OrderSort.LARGEST}


class Source(NamedTuple):
    """Where rows come from, the columns that they are sorted by, and which are wanted."""

    rows: str
    placed_at: str
    id_: str
    conditions: tuple[str, ...] = ()
    exact: bool = False
    """Whether its rows are in the wanted states: then no condition says so."""


@cache
def select(shape: Shape) -> str:
    """Return a SELECT of the first rows, in the order of the list."""
    parts = [_select(shape, source) for source in _sources(shape)]
    if len(parts) == 1:
        return parts[0]
    whole = " UNION ALL ".join(f"({part})" for part in parts)
    order = _order(shape, Source("", "placed_at", "id"), "")
    return f"SELECT * FROM ({whole}) AS several {order}"


def _sources(shape: Shape) -> Iterator[Source]:
    usual = Source("orders", "orders.placed_at", "orders.id")
    if "owner" in shape.filters:
        for condition in OWNED:
            yield usual._replace(conditions=(condition,))
    elif terms := [name for name in TERMS if name in shape.filters]:
        if terms == ["tag"] and any(shape.states) and not shape.filters & _NARROW:
            yield from (_tagged(states) for states in product(*_wanted(shape.states)))
        else:
            yield _found(terms)
    elif any(shape.states) and not shape.by_total and not shape.filters & _NARROW:
        for states in product(*_wanted(shape.states)):
            yield usual._replace(conditions=tuple(_equal(states)), exact=True)
    else:
        yield usual


def _found(terms: list[str]) -> Source:
    """Read the orders of the first term, and look up whether each has the others."""
    first, *others = terms
    rows = "order_search AS found JOIN orders ON orders.id = found.order_id"
    conditions = [f"found.term = {TERMS[first]}"]
    conditions += [
        f"""EXISTS (SELECT FROM order_search AS other WHERE other.term = {TERMS[name]}
            AND other.placed_at = found.placed_at AND other.order_id = found.order_id)"""
        for name in others
    ]
    if first == "name":
        conditions.append(_WHOLE_NAME)
    return Source(rows, "found.placed_at", "found.order_id", tuple(conditions))


def _tagged(states: tuple[str, ...]) -> Source:
    """Read the orders of a tag in one combination of states, which is a term of its own."""
    found, prefix = _found(["tag"]), "/".join(states)
    return found._replace(conditions=(f"found.term = '{prefix}:' || %(tag)s::text",), exact=True)


def _wanted(states: Iterable[str | None]) -> Iterator[tuple[str, ...]]:
    for state, kind in zip(states, _ENUMS, strict=True):
        yield tuple(it.value for it in kind) if state is None else (state,)


def _equal(states: Iterable[str | None]) -> Iterator[str]:
    for column, state in zip(STATES, states, strict=True):
        if state is not None:
            yield f"orders.{column} = '{state}'"


def _select(shape: Shape, source: Source) -> str:
    conditions = [*source.conditions]
    if not source.exact:
        conditions += _equal(shape.states)
    conditions += [
        FILTERS[name].format(placed_at=source.placed_at)
        for name in FILTERS
        if name in shape.filters
    ]
    if shape.after:
        conditions.append(_after(shape, source))
    where = " AND ".join(conditions) or "true"
    order = _order(shape, source, "orders.")
    return f"SELECT {_SELECTED} FROM {source.rows} WHERE {where} {order}"


def _after(shape: Shape, source: Source) -> str:
    key = "orders.total" if shape.by_total else source.placed_at
    beyond = ">" if _ascends(shape.sort) else "<"
    return f"({key}, {source.id_}) {beyond} (%(last_key)s, %(last_id)s)"


def _order(shape: Shape, source: Source, table: str) -> str:
    key = f"{table}total" if shape.by_total else source.placed_at
    way = "ASC" if _ascends(shape.sort) else "DESC"
    return f"ORDER BY {key} {way}, {source.id_} {way} LIMIT {shape.rows}"


def _ascends(sort: OrderSort) -> bool:
    return sort in {OrderSort.OLDEST, OrderSort.TOTAL}
