"""The product list: one statement over the cards, whose result is the finished JSON."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from trastienda.database.db import Prepared, Reading
from trastienda.database.models.price import LARGEST_AMOUNT
from trastienda.database.models.text import Locale
from trastienda.errors import Malformed
from trastienda.schemas.product import Sort, Wanted
from trastienda.services import cursors
from trastienda.services.text import fold


class _Order(NamedTuple):
    """How a sort reads in SQL, and how its key comes back out of a cursor."""

    key: str
    type: str
    descending: bool
    parse: Callable[[str], object]


def _whole(text: str) -> int:
    number = int(text)
    if not 0 <= number <= LARGEST_AMOUNT:
        raise ValueError(text)
    return number


class _Question(NamedTuple):
    """A list's statement, its values, and what its cursors are made for."""

    statement: Prepared
    values: Mapping[str, object]
    shape: Sequence[str]


_RANK = "ts_rank(search, query)::float8"
_ORDERS = {
    Sort.NEWEST: _Order("listed_at", "timestamptz", descending=True, parse=cursors.moment),
    Sort.PRICE: _Order("price", "bigint", descending=False, parse=_whole),
    Sort.PRICE_DESC: _Order("price", "bigint", descending=True, parse=_whole),
    Sort.NAME: _Order("sort_key", "text", descending=False, parse=str),
    Sort.RELEVANCE: _Order(_RANK, "float8", descending=True, parse=float),
}
_FILTERS = {
    "q": "search @@ query",
    "category": "category_ids @> ARRAY(SELECT id FROM categories WHERE slug = %(category)s)"
    " AND EXISTS (SELECT FROM categories WHERE slug = %(category)s)",
    "min_price": "price >= %(min_price)s",
    "max_price": "price <= %(max_price)s",
}
_CONFIGURATION = {Locale.ENGLISH: "english", Locale.SPANISH: "spanish"}


async def page(
    session: Reading, wanted: Wanted, locale: Locale, currency: str
) -> tuple[bytes, str | None]:
    """Return the JSON of a page of cards, and the cursor of the next one.

    Raise CursorUnusable for a cursor that was made for another sort, filter or currency.
    """
    question = _question(wanted, locale, currency)
    ((items, more, key, id_),) = await question.statement.texts(session, **question.values)
    if more != b"true":
        return items, None
    return items, cursors.after(question.shape, key.decode(), id_.decode())


@lru_cache(4_096)
def _question(wanted: Wanted, locale: Locale, currency: str) -> _Question:
    """Say what to ask the database; the same list asks the same."""
    values: dict[str, object] = {name: getattr(wanted, name) for name in _FILTERS}
    used = tuple(name for name, value in values.items() if value is not None)
    if wanted.q is not None:
        values |= {"q": fold(wanted.q), "configuration": _CONFIGURATION[locale]}
    sort = wanted.sort or (Sort.RELEVANCE if wanted.q else Sort.NEWEST)
    if sort is Sort.RELEVANCE and not wanted.q:
        raise RelevanceNeedsQuery
    shape = ["products", sort.value, locale.value, currency, *(str(values[name]) for name in used)]
    values |= {"locale": locale.value, "currency": currency}
    if wanted.cursor is not None:
        values["key"], values["id"] = cursors.read(wanted.cursor, shape, _ORDERS[sort].parse)
    statement = _statement(sort, used, wanted.limit, after=wanted.cursor is not None)
    return _Question(statement, values, shape)


@lru_cache(1_024)
def _statement(sort: Sort, filters: tuple[str, ...], limit: int, *, after: bool) -> Prepared:
    """Write the statement of a list.

    The limit stands in its text: with a parameter there, PostgreSQL plans it anew each time.
    """
    order = _ORDERS[sort]
    direction, side = ("DESC", "<") if order.descending else ("ASC", ">")
    conditions = ["locale = %(locale)s", "currency = %(currency)s"]
    conditions += [_FILTERS[name] for name in filters]
    if after:
        conditions.append(f"({order.key}, product_id) {side} (%(key)s::{order.type}, %(id)s)")
    query = (
        ", websearch_to_tsquery(%(configuration)s::regconfig, %(q)s) AS query"
        if "q" in filters
        else ""
    )
    return Prepared(f"""
        SELECT array_to_string((array_agg(document))[: {limit}], ','),
            coalesce((array_agg(key))[{limit + 1}] IS NOT NULL, false)::text,
            coalesce((array_agg(key))[{limit}]::text, ''),
            coalesce((array_agg(product_id))[{limit}]::text, '')
        FROM (
            SELECT document, {order.key} AS key, product_id
            FROM cards{query} WHERE {" AND ".join(conditions)}
            ORDER BY {order.key} {direction}, product_id {direction} LIMIT {limit + 1}
        ) AS found
    """)


class RelevanceNeedsQuery(Malformed):
    """Sorting by relevance needs a search (`q`)."""
