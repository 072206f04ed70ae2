"""The product list: one statement over the cards, which returns the finished JSON."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from trastienda.database.db import Prepared, Reading
from trastienda.database.models.catalogue.price import LARGEST_AMOUNT
from trastienda.database.models.shared.text import Locale
from trastienda.errors import Malformed
from trastienda.schemas.catalogue.product import ProductQuery, Sort
from trastienda.services.catalogue.listing.narrowing import conditions, narrowing
from trastienda.services.shared import cursors
from trastienda.services.shared.text import fold, sort_key


class _Order(NamedTuple):
    """An order of the list: its key in SQL, and how to read the key from a cursor."""

    key: str
    type: str
    descending: bool
    parse: Callable[[str], object]


def _amount(text: str) -> int:
    number = int(text)
    if not 0 <= number <= LARGEST_AMOUNT:
        raise ValueError(text)
    return number


class _ListQuery(NamedTuple):
    """The statement of a list, its values, and the list that its cursors belong to."""

    statement: Prepared
    values: Mapping[str, object]
    shape: Sequence[str]


_RANK = "ts_rank(search, query)::float8 + (sort_key = %(name)s)::int"
"""A product whose name is exactly the searched text comes first."""
_ORDERS = {
    Sort.NEWEST: _Order("listed_at", "timestamptz", descending=True, parse=cursors.moment),
    Sort.PRICE: _Order("price", "bigint", descending=False, parse=_amount),
    Sort.PRICE_DESC: _Order("price", "bigint", descending=True, parse=_amount),
    Sort.NAME: _Order("sort_key", "text", descending=False, parse=str),
    Sort.RELEVANCE: _Order(_RANK, "float8", descending=True, parse=float),
}
_FILTERS = {
    "q": "search @@ query",
    "category": "category_ids @> ARRAY(SELECT id FROM categories WHERE slug = %(category)s)"
    " AND EXISTS (SELECT FROM categories WHERE slug = %(category)s)",
    "min_price": "price >= %(min_price)s",
    "max_price": "price <= %(max_price)s",
    "in_stock": "in_stock",
}
_CONFIGURATION = {Locale.ENGLISH: "english", Locale.SPANISH: "spanish"}


async def page(
    session: Reading, query: ProductQuery, locale: Locale, currency: str
) -> tuple[bytes, str | None]:
    """Return the JSON of a page of cards, and the cursor of the next page, if there is one.

    Raise RelevanceNeedsQuery, or CursorUnusable for a cursor of another sort, filter or currency.
    """
    list_query = _list_query(query, locale, currency)
    ((items, more, key, id_),) = await list_query.statement.texts(session, **list_query.values)
    if more != b"true":
        return items, None
    return items, cursors.after(list_query.shape, key.decode(), id_.decode())


@lru_cache(4_096)
def _list_query(query: ProductQuery, locale: Locale, currency: str) -> _ListQuery:
    """Return the statement and values for a query; cached, as lists are requested often."""
    narrowed_by, filters = narrowing(query.filters), used(query)
    known = values(query, locale, currency) | narrowed_by.values
    sort = query.sort or (Sort.RELEVANCE if query.q else Sort.NEWEST)
    if sort is Sort.RELEVANCE and not query.q:
        raise RelevanceNeedsQuery
    shape = ["products", sort.value, locale.value, currency]
    shape += [*(str(known[name]) for name in filters), *query.filters]
    if query.cursor is not None:
        known["key"], known["id"] = cursors.read(query.cursor, shape, _ORDERS[sort].parse)
    names = len(narrowed_by.by_name)
    statement = _statement(sort, (filters, names), query.limit, after=query.cursor is not None)
    return _ListQuery(statement, known, shape)


def used(query: ProductQuery) -> tuple[str, ...]:
    """Name the filters of a query, beside those by options and attributes."""
    given = ((name, getattr(query, name)) for name in _FILTERS)
    return tuple(name for name, value in given if value is not None and value is not False)


def values(query: ProductQuery, locale: Locale, currency: str) -> dict[str, object]:
    """Return the values for the conditions of `narrowed`."""
    known: dict[str, object] = {name: getattr(query, name) for name in _FILTERS}
    if query.q is not None:
        q = fold(query.q)
        known |= {"q": q, "whole": _lexeme(q), "configuration": _CONFIGURATION[locale]}
        known["name"] = sort_key(query.q, locale)
    return known | {"locale": locale.value, "currency": currency}


def narrowed(filters: Sequence[str], *more: str) -> str:
    """Return what a statement reads: the cards that filters and more conditions leave."""
    query = (
        ", tsquery_or(websearch_to_tsquery(%(configuration)s::regconfig, %(q)s),"
        " %(whole)s::tsquery) AS query"
        if "q" in filters
        else ""
    )
    parts = ["locale = %(locale)s", "currency = %(currency)s"]
    parts += [*(_FILTERS[name] for name in filters), *more]
    return f"cards{query} WHERE {' AND '.join(parts)}"


def _lexeme(text: str) -> str:
    """Return the text as a single lexeme of a tsquery, so that a SKU is found as a whole."""
    escaped = text.strip().replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'" if escaped else ""


@lru_cache(1_024)
def _statement(
    sort: Sort, narrowed_by: tuple[tuple[str, ...], int], limit: int, *, after: bool
) -> Prepared:
    """Return the statement of a list, by its filters and the number of names that narrow it.

    The limit is part of its text: with a parameter, PostgreSQL would plan it at each execution.
    """
    order = _ORDERS[sort]
    direction, side = ("DESC", "<") if order.descending else ("ASC", ">")
    filters, names = narrowed_by
    more = conditions(names)
    if after:
        more.append(f"({order.key}, product_id) {side} (%(key)s::{order.type}, %(id)s)")
    return Prepared(f"""
        SELECT array_to_string((array_agg(document))[: {limit}], ','),
            coalesce((array_agg(key))[{limit + 1}] IS NOT NULL, false)::text,
            coalesce((array_agg(key))[{limit}]::text, ''),
            coalesce((array_agg(product_id))[{limit}]::text, '')
        FROM (
            SELECT document, {order.key} AS key, product_id
            FROM {narrowed(filters, *more)}
            ORDER BY {order.key} {direction}, product_id {direction} LIMIT {limit + 1}
        ) AS page
    """)


class RelevanceNeedsQuery(Malformed):
    """Sorting by relevance needs a search (`q`)."""
