"""Lists of customers, a page at a time, and what staff type to find one.

Each source is read in the order of the list, so that a page costs the same among a thousand
customers and among a million. What came of a customer is counted for those of the page alone.
"""

from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from trastienda.database.db import Prepared, Reading, prepared
from trastienda.errors import NotFound
from trastienda.schemas.customers.customer import CustomerCard, CustomerPage, CustomersWanted
from trastienda.services.accounts.users import normalised
from trastienda.services.shared import cursors

_cards = msgspec.json.Decoder(list[CustomerCard])
# Orders of guests follow the address, as in `services/orders/access.py`.
_CARD_SQL = """
    json_build_object('id', users.id, 'email', users.email, 'name', users.name,
        'registered_at', users.created_at,
        'groups', (SELECT coalesce(json_agg(groups.code ORDER BY groups.code), '[]')
            FROM customer_group_members AS member
                JOIN customer_groups AS groups ON groups.id = member.customer_group_id
            WHERE member.user_id = users.id),
        'orders', bought.orders, 'last_order_at', bought.last_order_at, 'spent', bought.spent)
"""
_BOUGHT_SQL = """
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(orders), 0)::bigint AS orders, max(last_order_at) AS last_order_at,
            coalesce(json_agg(json_build_object('currency', currency, 'amount', amount)
                ORDER BY currency) FILTER (WHERE amount > 0), '[]') AS spent
        FROM (
            SELECT currency, count(*) AS orders, max(placed_at) AS last_order_at,
                sum(captured - refunded)::bigint AS amount
            FROM (
                SELECT currency, placed_at, captured, refunded FROM orders
                WHERE orders.customer_id = users.id
                UNION ALL
                SELECT currency, placed_at, captured, refunded FROM orders
                WHERE orders.customer_id IS NULL AND orders.email_key = users.email
            ) AS theirs GROUP BY currency
        ) AS by_currency
    ) AS bought
"""

_ONE = prepared(f"""
    SELECT {_CARD_SQL}::text FROM users {_BOUGHT_SQL}
    WHERE users.id = %(id)s AND users.verified_at IS NOT NULL
""")


class CustomerNotFound(NotFound):
    """There is no such customer."""


class Shape(NamedTuple):
    """What makes one statement differ from another; values are bound."""

    source: str
    in_group: bool
    after: bool


class Source(NamedTuple):
    """Where ids of customers come from, and what names them there."""

    rows: str
    id_: str
    conditions: tuple[str, ...]


ALL, EMAIL, DOMAIN, WORDS = "all", "email", "domain", "words"
_SOURCES = {
    ALL: Source("users", "users.id", ("users.verified_at IS NOT NULL",)),
    EMAIL: Source("users", "users.id", ("users.verified_at IS NOT NULL", "users.email = %(q)s")),
    DOMAIN: Source("customer_search AS found", "found.user_id", ("found.term = %(q)s",)),
    WORDS: Source(
        "customer_search AS found",
        "found.user_id",
        (
            "found.term = (order_name_words(%(q)s))[1]",
            """NOT EXISTS (SELECT FROM unnest((order_name_words(%(q)s))[2:]) AS wanted (term)
                WHERE NOT EXISTS (SELECT FROM customer_search AS other
                    WHERE other.term = wanted.term AND other.user_id = found.user_id))""",
        ),
    ),
}
_GROUP_SQL = "(SELECT id FROM customer_groups WHERE code = %(group)s)"


async def page(session: Reading, wanted: CustomersWanted) -> CustomerPage:
    """Return a page of customers, the newest first. Raise CursorUnusable for another's cursor."""
    source, typed = _understood(wanted.q)
    shape = Shape(source, in_group=wanted.group is not None, after=wanted.cursor is not None)
    name = ["customers", source, typed or "", wanted.group or ""]
    values: dict[str, Any] = {"limit": wanted.limit}
    if typed is not None:
        values["q"] = typed
    if wanted.group is not None:
        values["group"] = wanted.group
    if wanted.cursor is not None:
        _, values["last"] = cursors.read(wanted.cursor, name, str)
    document = await _statement(shape).document(session, **values)
    items = _cards.decode(document or b"[]")
    more, items = len(items) > wanted.limit, items[: wanted.limit]
    return CustomerPage(items, cursors.after(name, "", items[-1].id) if more else None)


async def card(session: Reading, user_id: UUID) -> CustomerCard:
    """Return one customer. Raise CustomerNotFound, also while the address is not verified."""
    document = await _ONE.document(session, id=user_id)
    if document is None:
        raise CustomerNotFound
    return msgspec.json.decode(document, type=CustomerCard)


def _understood(q: str | None) -> tuple[str, str | None]:
    """Say what a search means: an e-mail address, everybody at a domain, or words of a name."""
    if q is None:
        return ALL, None
    typed = q.strip()
    if typed.startswith("@"):
        return DOMAIN, normalised(typed)
    return (EMAIL, normalised(typed)) if "@" in typed else (WORDS, typed)


@cache
def _statement(shape: Shape) -> Prepared:
    rows, id_, conditions = _SOURCES[shape.source]
    if shape.in_group and shape.source == ALL:
        rows, id_ = "customer_group_members AS member", "member.user_id"
        conditions = (f"member.customer_group_id = {_GROUP_SQL}",)
    elif shape.in_group:
        conditions += (
            f"""EXISTS (SELECT FROM customer_group_members AS member
                WHERE member.customer_group_id = {_GROUP_SQL} AND member.user_id = {id_})""",
        )
    if shape.after:
        conditions += (f"{id_} < %(last)s",)
    return Prepared(f"""
        SELECT coalesce(json_agg({_CARD_SQL} ORDER BY users.id DESC), '[]')::text
        FROM (SELECT {id_} AS id FROM {rows} WHERE {" AND ".join(conditions)}
                ORDER BY {id_} DESC LIMIT %(limit)s + 1) AS listed
            JOIN users ON users.id = listed.id {_BOUGHT_SQL}
    """)
