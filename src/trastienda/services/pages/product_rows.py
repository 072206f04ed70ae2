"""What the list of products says of each beside its name: SKUs, prices and stock."""

from collections.abc import Sequence
from uuid import UUID

from trastienda.database.db import Reading, prepared
from trastienda.schemas.pages.product_row import ProductRow

_ROWS = prepared("""
    SELECT variants.product_id, count(*), min(variants.sku),
        min(prices.amount), max(prices.amount),
        coalesce(sum(levels.on_hand), 0)::bigint, coalesce(sum(levels.available), 0)::bigint,
        coalesce(max(levels.places), 0)
    FROM variants
        LEFT JOIN prices ON prices.variant_id = variants.id AND prices.currency = %(currency)s
        LEFT JOIN LATERAL (
            SELECT sum(on_hand) AS on_hand, sum(on_hand - reserved) AS available, count(*) AS places
            FROM stock WHERE stock.variant_id = variants.id) AS levels ON true
    WHERE variants.product_id = ANY (%(products)s)
    GROUP BY variants.product_id
""")


async def of(session: Reading, products: Sequence[UUID], currency: str) -> dict[UUID, ProductRow]:
    """Return the rows of products by their ids. Prices are in minor units of the currency."""
    rows = await _ROWS.rows(session, products=list(products), currency=currency)
    return {
        product: ProductRow(
            variants=variants,
            sku=sku,
            price=lowest,
            highest=highest,
            on_hand=on_hand,
            available=available,
            is_single=variants == 1 and places <= 1,
        )
        for product, variants, sku, lowest, highest, on_hand, available, places in rows
    }
