"""Lists of orders, the newest first, a page at a time."""

from functools import cache
from typing import Any

import msgspec

from trastienda.database.db import Prepared, Reading
from trastienda.schemas.order import OrderCard, OrderPage, OrdersWanted
from trastienda.services import cursors
from trastienda.services.users import normalised

_FILTERS = {
    "customer_id": "customer_id = %(customer_id)s",
    "number": "number = %(number)s",
    "status": "status = %(status)s",
    "payment_status": "payment_status = %(payment_status)s",
    "fulfilment_status": "fulfilment_status = %(fulfilment_status)s",
    "email": "email_key = %(email)s",
}
_cards = msgspec.json.Decoder(list[OrderCard])


async def page(session: Reading, wanted: OrdersWanted) -> OrderPage:
    """Return a page of orders. Raise CursorUnusable for a cursor of another list."""
    values: dict[str, Any] = {name: getattr(wanted, name) for name in _FILTERS}
    if wanted.email is not None:
        values["email"] = normalised(wanted.email)
    used = tuple(name for name, value in values.items() if value is not None)
    shape = ["orders", *(f"{name}={values[name]}" for name in used)]
    values["limit"] = wanted.limit
    if wanted.cursor is not None:
        place = cursors.read(wanted.cursor, shape, cursors.moment)
        values["placed_at"], values["id"] = place
    statement = _statement(used, after=wanted.cursor is not None)
    items = _cards.decode(await statement.document(session, **values) or b"[]")
    more, items = len(items) > wanted.limit, items[: wanted.limit]
    if not more:
        return OrderPage(items, None)
    return OrderPage(items, cursors.after(shape, items[-1].placed_at.isoformat(), items[-1].id))


@cache
def _statement(filters: tuple[str, ...], *, after: bool) -> Prepared:
    conditions = ["true", *(_FILTERS[name] for name in filters)]
    if after:
        conditions.append("(placed_at, id) < (%(placed_at)s, %(id)s)")
    return Prepared(f"""
        SELECT coalesce(json_agg(json_build_object(
            'id', id, 'number', number::text, 'status', status, 'payment_status', payment_status,
            'fulfilment_status', fulfilment_status, 'currency', currency, 'email', email,
            'total', total, 'placed_at', placed_at)), '[]')::text
        FROM (SELECT * FROM orders WHERE {" AND ".join(conditions)}
              ORDER BY placed_at DESC, id DESC LIMIT %(limit)s + 1) AS found
    """)
