"""Why an order costs what it costs, from what it kept."""

from uuid import UUID

import msgspec
from msgspec import structs

from trastienda.database.db import Reading, prepared
from trastienda.database.models.orders.order import OrderNotFound
from trastienda.errors import NotFound
from trastienda.schemas.orders.explanation import KeptOrder
from trastienda.schemas.pricing.explanation import Explanation
from trastienda.services.pricing import price
from trastienda.services.pricing.explanation import explain

_KEPT = prepared("""
    SELECT json_build_object('currency', currency, 'pricing', pricing,
        'skus', (SELECT json_agg(sku ORDER BY position) FROM order_lines
                 WHERE order_lines.order_id = orders.id))::text
    FROM orders WHERE id = %(order)s
""")
_kept = msgspec.json.Decoder(KeptOrder)


async def of_order(session: Reading, order_id: UUID) -> Explanation:
    """Explain an order from what it kept. Raise OrderNotFound or NothingKept."""
    document = await _KEPT.document(session, order=order_id)
    if document is None:
        raise OrderNotFound
    kept = _kept.decode(document)
    basis = kept.pricing
    if basis is None:
        raise NothingKept
    priced = price(basis.lines, basis.shipping, basis.promotions, basis.rounding)
    return explain(basis, priced, structs.replace(kept, lists_named=True))


class NothingKept(NotFound):
    """This order is from before the shop kept what its totals were computed from."""
