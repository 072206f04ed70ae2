"""The timeline of an order: one statement over its history, payments, emails, notes and edits."""

from functools import cache
from uuid import UUID

import msgspec

from trastienda.database.db import Prepared, Reading
from trastienda.database.models.orders.order import OrderNotFound
from trastienda.schemas.orders.timeline import (
    Timeline,
    TimelineEntry,
    TimelineSort,
    TimelineWanted,
)
from trastienda.schemas.shared.actor import ActorKind
from trastienda.services.events.types import ORDER_EDITED
from trastienda.services.shared import cursors

PAYMENT, DISPUTE, EDIT = "payment", "dispute", "edit"
_SOURCES_SQL = f"""
    SELECT history.id, CASE WHEN history.type LIKE 'order.%%' THEN 'event'
            ELSE split_part(history.type, '.', 1) END AS kind,
        coalesce(history.detail ->> 'email', history.type) AS type,
        history.at, history.actor, history.actor_id,
        coalesce(history.detail, '{{}}') - 'email' AS detail
    FROM order_history AS history
    WHERE history.order_id = %(order)s AND history.type <> '{ORDER_EDITED.name}'
    UNION ALL
    SELECT letters.id, 'email', letters.letter, letters.created_at,
        '{ActorKind.SYSTEM}', NULL,
        jsonb_build_object('recipient', letters.recipient, 'status', letters.state)
    FROM order_history AS about JOIN letters_sent AS letters ON letters.event_id = about.id
    WHERE about.order_id = %(order)s
    UNION ALL
    SELECT id, '{PAYMENT}', provider, created_at, '{ActorKind.SYSTEM}', NULL,
        jsonb_build_object('status', state, 'amount', amount, 'currency', currency,
            'reason', reason)
    FROM payment_attempts WHERE order_id = %(order)s
    UNION ALL
    SELECT disputes.id, '{DISPUTE}', provider, opened_at, '{ActorKind.SYSTEM}', NULL,
        jsonb_build_object('status', disputes.state, 'amount', disputes.amount,
            'currency', disputes.currency, 'reason', disputes.reason)
    FROM payment_disputes AS disputes
        JOIN payment_attempts ON payment_attempts.id = disputes.payment_id
    WHERE order_id = %(order)s
    UNION ALL
    SELECT id, 'note', 'note', created_at, actor, actor_id,
        jsonb_build_object('text', text)
    FROM order_notes WHERE order_id = %(order)s
    UNION ALL
    SELECT id, '{EDIT}', '{EDIT}', created_at, actor, actor_id,
        jsonb_build_object('reason', reason, 'difference',
            (after #>> '{{totals,total}}')::bigint - (before #>> '{{totals,total}}')::bigint)
    FROM order_edits WHERE order_id = %(order)s
"""
_entries = msgspec.json.Decoder(list[TimelineEntry])


async def of_order(session: Reading, order_id: UUID, wanted: TimelineWanted) -> Timeline:
    """Return what happened around an order. Raise OrderNotFound or CursorUnusable."""
    name = ["timeline", str(order_id), wanted.sort]
    values: dict[str, object] = {"order": order_id, "limit": wanted.limit}
    if wanted.cursor is not None:
        last = cursors.read(wanted.cursor, name, cursors.moment)
        values["last_at"], values["last_id"] = last
    statement = _statement(wanted.sort, after=wanted.cursor is not None)
    document = await statement.document(session, **values)
    if document is None:
        raise OrderNotFound
    items = _entries.decode(document)
    more, items = len(items) > wanted.limit, items[: wanted.limit]
    if not more:
        return Timeline(items, None)
    return Timeline(items, cursors.after(name, items[-1].at.isoformat(), items[-1].id))


@cache
def _statement(sort: TimelineSort, *, after: bool) -> Prepared:
    way, beyond = ("ASC", ">") if sort is TimelineSort.OLDEST else ("DESC", "<")
    rest = f"WHERE (at, id) {beyond} (%(last_at)s, %(last_id)s)" if after else ""
    return Prepared(f"""
        SELECT (SELECT coalesce(jsonb_agg(jsonb_strip_nulls(entry.detail) || jsonb_build_object(
                'id', entry.id, 'kind', entry.kind, 'type', entry.type, 'at', entry.at,
                'by', jsonb_build_object('type', entry.actor, 'id', entry.actor_id,
                    'name', coalesce(users.name, api_keys.name)))
                ORDER BY entry.at {way}, entry.id {way}), '[]')
            FROM (SELECT * FROM ({_SOURCES_SQL}) AS entries {rest}
                    ORDER BY at {way}, id {way} LIMIT %(limit)s + 1) AS entry
                LEFT JOIN users ON users.id = entry.actor_id
                LEFT JOIN api_keys ON api_keys.id = entry.actor_id)::text
        FROM orders WHERE orders.id = %(order)s
    """)
