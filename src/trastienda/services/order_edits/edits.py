"""Edits on record: kept, listed, and told."""

from uuid import UUID

import msgspec
from msgspec import UNSET
from psycopg.types.json import Jsonb

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.orders.order import Order
from trastienda.schemas.order_edits.edit import (
    EditTold,
    OrderContent,
    OrderEditDraft,
    OrderEditView,
)
from trastienda.schemas.orders.order import OrderView
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events.types import ORDER_EDITED
from trastienda.services.orders import orders

_KEEP = prepared("""
    INSERT INTO order_edits (id, order_id, order_version, reason, created_at, actor, actor_id,
        before, after, refund_id)
    VALUES (%(id)s, %(order)s, %(version)s, %(reason)s, %(now)s, %(actor)s, %(actor_id)s::uuid,
        %(before)s, %(after)s, %(refund)s::uuid)
""")
# What an edit left to be paid follows from its own totals and from what had been captured then.
_OF_ORDER = prepared("""
    SELECT coalesce(json_agg(json_build_object(
        'id', edits.id, 'order_id', edits.order_id, 'order_version', edits.order_version,
        'preview', false, 'reason', edits.reason, 'at', edits.created_at,
        'by', json_build_object('type', edits.actor, 'id', edits.actor_id),
        'currency', orders.currency,
        'difference', (edits.after #>> '{totals,total}')::bigint
            - (edits.before #>> '{totals,total}')::bigint,
        'owed', (edits.after ->> 'owed')::bigint,
        'refunded', coalesce(refunds.amount, 0), 'refund_id', edits.refund_id,
        'before', edits.before, 'after', edits.after) ORDER BY edits.id), '[]')::text
    FROM order_edits AS edits JOIN orders ON orders.id = edits.order_id
        LEFT JOIN refunds ON refunds.id = edits.refund_id
    WHERE edits.order_id = %(order)s
""")
_views = msgspec.json.Decoder(list[OrderEditView])


def content(view: OrderView) -> OrderContent:
    """Return what an edit of an order may change."""
    return OrderContent(
        lines=view.lines,
        totals=view.totals,
        shipping_address=view.shipping_address,
        billing_address=view.billing_address,
        shipping_option=view.shipping_option,
    )


def view(
    order: Order,
    draft: OrderEditDraft,
    contents: tuple[OrderContent, OrderContent],
    refunded: int,
    context: Context,
) -> OrderEditView:
    """Show an edit of a locked order, whose row says how it is after it."""
    before, after = contents
    return OrderEditView(
        order_id=order.id,
        order_version=order.version,
        preview=draft.preview,
        reason=draft.reason,
        at=context.asked_at,
        by=context.by,
        currency=order.currency,
        difference=after.totals.total - before.totals.total,
        owed=max(0, order.owed),
        refunded=refunded,
        before=before,
        after=after,
    )


async def keep(session: Session, edit: OrderEditView, context: Context) -> None:
    """Keep an edit with what it replaced, and tell of it. The order has been flushed."""
    after = {**msgspec.to_builtins(edit.after), "owed": edit.owed}
    await _KEEP(
        session,
        id=edit.id,
        order=edit.order_id,
        version=edit.order_version,
        reason=edit.reason,
        now=context.asked_at,
        actor=context.by.type.value,
        actor_id=context.by.id,
        before=Jsonb(edit.before),
        after=Jsonb(after),
        refund=edit.refund_id or None,
    )


async def tell(session: Session, order: Order, edit: OrderEditView, context: Context) -> None:
    """Record that an order was edited."""
    told = EditTold(
        id=edit.id or order.id,
        reason=edit.reason,
        difference=edit.difference,
        owed=edit.owed,
        refunded=edit.refunded,
    )
    data = orders.snapshot(await orders.by_id(session, order.id), order.locale)
    await events.append(session, ORDER_EDITED, order.id, {**data, "edit": told}, context)


async def of_order(session: Reading, order_id: UUID) -> list[OrderEditView]:
    """Return the edits of an order, the oldest first."""
    found = _views.decode(await _OF_ORDER.document(session, order=order_id) or b"[]")
    for edit in found:
        edit.refund_id = edit.refund_id or UNSET
    return found
