"""Open carts that nobody has changed for long: they are deleted with all that is in them."""

from datetime import datetime

import msgspec

from trastienda.database.db import Session, prepared
from trastienda.database.models.carts.cart import CartState
from trastienda.schemas.carts.merge import CartContent, CartExpired

BATCH = 100
"""Carts that are deleted in one transaction, so that no lock is held for long."""
PAST_SQL = """
    carts.updated_at < %(now)s::timestamptz - make_interval(days => channels.cart_days::int)
"""
# The index is on `created_at`, because one on `updated_at` would make each change of a cart dearer.
_DUE = prepared(f"""
    SELECT carts.id, carts.email, carts.customer_id, carts.currency, carts.updated_at,
        CASE WHEN carts.email IS NULL THEN '[]' ELSE (
            SELECT coalesce(json_agg(json_build_object(
                'sku', variants.sku, 'quantity', cart_lines.quantity) ORDER BY cart_lines.id), '[]')
            FROM cart_lines JOIN variants ON variants.id = cart_lines.variant_id
            WHERE cart_lines.cart_id = carts.id)::text END
    FROM carts JOIN channels ON channels.id = carts.channel_id
    WHERE carts.state = '{CartState.OPEN}' AND {PAST_SQL}
        AND carts.created_at < %(now)s::timestamptz
            - make_interval(days => (SELECT min(cart_days)::int FROM channels))
    ORDER BY carts.created_at LIMIT {BATCH} FOR UPDATE OF carts SKIP LOCKED
""")
_DELETE = prepared("DELETE FROM carts WHERE id = ANY (%(ids)s)")
_contents = msgspec.json.Decoder(list[CartContent])


async def take(session: Session, now: datetime) -> tuple[int, list[tuple[str, CartExpired]]]:
    """Delete a batch of carts whose time is over, but none that somebody changes just now.

    Return how many, and what to tell of those that had an e-mail address, by the id of the cart.
    """
    rows = await _DUE.rows(session, now=now)
    if not rows:
        return 0, []
    await _DELETE(session, ids=[row[0] for row in rows])
    told = [
        (
            cart_id,
            CartExpired(
                email=email,
                customer_id=customer_id,
                currency=currency,
                changed_at=changed_at,
                lines=_contents.decode(lines),
            ),
        )
        for cart_id, email, customer_id, currency, changed_at, lines in rows
        if email is not None
    ]
    return len(rows), told
