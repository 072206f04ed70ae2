"""Returns on record: made, listed, read and shown."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy.orm import selectinload

from trastienda.database.db import Prepared, Reading, Session, prepared
from trastienda.database.models.orders.order import Order
from trastienda.database.models.returns.order_return import (
    OrderReturn,
    ReturnChanged,
    ReturnLine,
    ReturnNotFound,
)
from trastienda.database.models.returns.reason import ReturnReason
from trastienda.database.models.shared.text import Locale
from trastienda.errors import Conflict
from trastienda.schemas.returns.order_return import (
    ReturnDraft,
    ReturnsWanted,
    ReturnView,
    StaffReturnPage,
    StaffReturnView,
)
from trastienda.schemas.shared.context import Context
from trastienda.services.shared import cursors
from trastienda.services.shared.records import Records

MOST = 100
"""Returns of one order: whoever withdraws and asks anew for ever sends mails each time."""
_SHOWN_SQL = """
    'id', returns.id, 'number', orders.number || '-R' || returns.number,
    'order_id', returns.order_id, 'version', returns.version, 'status', returns.status,
    'reason', json_build_object('code', return_reasons.code,
        'name', return_reasons.names ->> %(locale)s::text),
    'note', returns.note, 'by_staff', returns.by_staff,
    'lines', (
        SELECT json_agg(json_build_object('line_id', inside.line_id, 'sku', order_lines.sku,
            'name', order_lines.name, 'quantity', inside.quantity,
            'restocked_quantity', inside.restocked_quantity,
            'written_off_quantity', inside.written_off_quantity)
            ORDER BY inside.position, inside.line_id)
        FROM return_lines AS inside JOIN order_lines ON order_lines.id = inside.line_id
        WHERE inside.return_id = returns.id),
    'asked_at', returns.asked_at, 'decided_at', returns.decided_at, 'refusal', returns.refusal,
    'instructions', returns.instructions, 'label_reference', returns.label_reference,
    'expires_at', returns.expires_at, 'received_at', returns.received_at,
    'ended_at', returns.ended_at, 'currency', orders.currency,
    'refunded', (SELECT amount FROM refunds WHERE refunds.id = returns.refund_id),
    'deduction', returns.deduction, 'exchange', returns.exchange, 'exchange_order', (
        SELECT json_build_object('id', fresh.id, 'number', fresh.number::text,
            'total', fresh.total, 'captured', fresh.captured)
        FROM orders AS fresh WHERE fresh.id = returns.exchange_order_id)
"""
_STAFF_SQL = f"""json_build_object({_SHOWN_SQL},
    'order_number', orders.number::text, 'email', orders.email,
    'charges_fees', returns.charges_fees, 'refund_id', returns.refund_id,
    'receipts', (
        SELECT coalesce(json_agg(json_build_object('line_id', receipt.line_id,
            'quantity', receipt.quantity, 'disposition', receipt.disposition,
            'location', locations.code, 'received_at', receipt.received_at)
            ORDER BY receipt.id), '[]')
        FROM return_receipts AS receipt JOIN locations ON locations.id = receipt.location_id
        WHERE receipt.return_id = returns.id))"""
_FROM_SQL = """
    JOIN orders ON orders.id = returns.order_id
    JOIN return_reasons ON return_reasons.id = returns.reason_id
"""
_BY_ID = prepared(f"""
    SELECT {_STAFF_SQL}::text FROM returns {_FROM_SQL} WHERE returns.id = %(return)s
""")
_OF_ORDER = prepared(f"""
    SELECT coalesce(json_agg(json_build_object({_SHOWN_SQL}) ORDER BY returns.number), '[]')::text
    FROM returns {_FROM_SQL} WHERE returns.order_id = %(order)s
""")
_ORDER_OF = prepared("SELECT order_id FROM returns WHERE id = %(return)s")
_NEXT_NUMBER = prepared("""
    SELECT coalesce(max(number), 0) + 1 FROM returns WHERE order_id = %(order)s
""")
_FILTERS = {
    "status": "returns.status = %(status)s",
    "reason": """returns.reason_id = (
        SELECT return_reasons.id FROM return_reasons WHERE return_reasons.code = %(reason)s)""",
    "order_number": """returns.order_id = (
        SELECT orders.id FROM orders WHERE orders.number = %(order_number)s)""",
}
_view = msgspec.json.Decoder(StaffReturnView)
_views = msgspec.json.Decoder(list[StaffReturnView])
_shown = msgspec.json.Decoder(list[ReturnView])


async def page(session: Reading, wanted: ReturnsWanted, locale: Locale) -> StaffReturnPage:
    """Return a page of returns, the newest first. Raise CursorUnusable."""
    values: dict[str, Any] = {name: getattr(wanted, name) for name in _FILTERS}
    used = tuple(name for name, value in values.items() if value is not None)
    shape = ["returns", *(f"{name}={values[name]}" for name in used)]
    values |= {"limit": wanted.limit, "locale": locale.value}
    if wanted.cursor is not None:
        _, values["before"] = cursors.read(wanted.cursor, shape, str)
    statement = _statement(used, after=wanted.cursor is not None)
    items = _views.decode(await statement.document(session, **values) or b"[]")
    more, items = len(items) > wanted.limit, items[: wanted.limit]
    return StaffReturnPage(items, cursors.after(shape, "", items[-1].id) if more else None)


@cache
def _statement(filters: tuple[str, ...], *, after: bool) -> Prepared:
    conditions = ["true", *(_FILTERS[name] for name in filters)]
    if after:
        conditions.append("returns.id < %(before)s")
    return Prepared(f"""
        SELECT coalesce(json_agg({_STAFF_SQL} ORDER BY returns.id DESC), '[]')::text
        FROM (SELECT * FROM returns WHERE {" AND ".join(conditions)}
            ORDER BY returns.id DESC LIMIT %(limit)s + 1) AS returns {_FROM_SQL}
    """)


async def by_id(session: Reading, return_id: UUID, locale: Locale) -> StaffReturnView:
    """Read a return as staff see it. Raise ReturnNotFound."""
    names = {"return": return_id, "locale": locale.value}
    document = await _BY_ID.document(session, **names)
    if document is None:
        raise ReturnNotFound
    return _view.decode(document)


async def of_order(session: Reading, order_id: UUID, locale: Locale) -> list[ReturnView]:
    """List the returns of an order as its customer sees them, in the order of their numbers."""
    names = {"order": order_id, "locale": locale.value}
    return _shown.decode(await _OF_ORDER.document(session, **names) or b"[]")


async def for_buyer(
    session: Reading, order_id: UUID, return_id: UUID, locale: Locale
) -> ReturnView:
    """Read a return as its customer sees it. Raise ReturnNotFound where the order has none such."""
    for view in await of_order(session, order_id, locale):
        if view.id == return_id:
            return view
    raise ReturnNotFound


async def order_of(session: Reading, return_id: UUID) -> UUID:
    """Return the id of a return's order, which is locked first. Raise ReturnNotFound."""
    row = await _ORDER_OF.row(session, **{"return": return_id})
    if row is None:
        raise ReturnNotFound
    order_id: UUID = row[0]
    return order_id


async def new(
    session: Session,
    order: Order,
    units: Mapping[UUID, int],
    facts: tuple[ReturnDraft, ReturnReason, bool],
    context: Context,
) -> OrderReturn:
    """Write a return of units of a locked order: what is asked for, why, and whether by staff.

    Raise TooManyReturns.
    """
    (draft, reason, by_staff), row = facts, await _NEXT_NUMBER.row(session, order=order.id)
    number = int(row[0]) if row else 1
    if number > MOST:
        raise TooManyReturns(limit=MOST)
    positions = {line.id: line.position for line in order.lines}
    made = OrderReturn(
        order_id=order.id,
        number=number,
        reason_id=reason.id,
        charges_fees=reason.charges_fees,
        by_staff=by_staff,
        asked_at=context.asked_at,
        note=draft.note,
        exchange=msgspec.to_builtins(draft.exchange),
        lines=[
            ReturnLine(line_id=line_id, position=positions[line_id], quantity=quantity)
            for line_id, quantity in units.items()
        ],
    )
    session.orm.add(made)
    await session.orm.flush()
    return made


class TooManyReturns(Conflict):
    """There have been too many returns of this order."""


_WHOLE = (selectinload(OrderReturn.lines),)
_RECORDS = Records(OrderReturn, missing=ReturnNotFound, changed=ReturnChanged, whole=_WHOLE)
claim, read = _RECORDS.claim, _RECORDS.by_id
