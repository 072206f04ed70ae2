"""The payments of an order."""

from uuid import UUID

import msgspec

from trastienda.database.db import Reading, prepared
from trastienda.database.models.orders.order import OrderNotFound
from trastienda.schemas.payments.refund import OrderPayments, OrderPaymentView

_OF_ORDER = prepared("""
    SELECT (SELECT coalesce(json_agg(json_build_object(
            'id', id, 'provider', provider, 'status', state, 'currency', currency,
            'amount', amount, 'captured', captured, 'refunded', refunded,
            'reference', reference, 'failure', reason, 'created_at', created_at,
            'disputes', (
                SELECT coalesce(json_agg(json_build_object('id', disputes.id,
                    'status', disputes.state, 'reason', disputes.reason,
                    'amount', disputes.amount, 'withdrawn', disputes.withdrawn,
                    'currency', disputes.currency, 'reference', disputes.reference,
                    'respond_by', disputes.respond_by, 'opened_at', disputes.opened_at,
                    'ended_at', disputes.ended_at) ORDER BY disputes.id), '[]')
                FROM payment_disputes AS disputes
                WHERE disputes.payment_id = payment_attempts.id))
            ORDER BY created_at, id), '[]')
        FROM payment_attempts WHERE order_id = orders.id)::text
    FROM orders WHERE id = %(order)s
""")
_views = msgspec.json.Decoder(list[OrderPaymentView])


async def of_order(session: Reading, order_id: UUID) -> OrderPayments:
    """Return the payments of an order, the oldest first. Raise OrderNotFound."""
    document = await _OF_ORDER.document(session, order=order_id)
    if document is None:
        raise OrderNotFound
    return OrderPayments(_views.decode(document))
