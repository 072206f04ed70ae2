"""The coupons in a cart. The caller claims the cart first, so nobody else changes it."""

from datetime import datetime

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.promotions.promotion import Trigger
from trastienda.errors import Invalid, NotFound
from trastienda.services.promotions.conditions import CouponUnknown

MOST_COUPONS = 10

_KNOWN_SQL = f"""
    SELECT coupons.id FROM coupons
    JOIN promotions ON promotions.id = coupons.promotion_id
    JOIN carts ON carts.id = %(cart)s
    WHERE coupons.code = %(code)s AND coupons.active
        AND promotions.active AND promotions.trigger = '{Trigger.COUPON}'
        AND (promotions.channel_ids = '{{}}' OR carts.channel_id = ANY (promotions.channel_ids))
"""
_KNOWN = prepared(_KNOWN_SQL)
_PUT = prepared(f"""
    WITH known AS ({_KNOWN_SQL}), put AS (
        INSERT INTO cart_coupons (cart_id, coupon_id, created_at)
        SELECT %(cart)s, id, %(now)s FROM known
        ON CONFLICT (cart_id, coupon_id) DO NOTHING
        RETURNING coupon_id
    )
    SELECT (SELECT count(*) FROM known), (SELECT count(*) FROM put),
        (SELECT count(*) FROM cart_coupons WHERE cart_id = %(cart)s)
""")
_DROP = prepared("""
    DELETE FROM cart_coupons USING coupons
    WHERE cart_coupons.cart_id = %(cart)s AND coupons.id = cart_coupons.coupon_id
        AND coupons.code = %(code)s
""")


def normalised(code: str) -> str:
    """Return a code as codes are compared: in capitals and without spaces."""
    return "".join(code.split()).upper()


async def known(session: Reading, cart_id: str, code: str) -> bool:
    """Return whether a code exists and is active in the cart's channel."""
    return await _KNOWN.row(session, cart=cart_id, code=normalised(code)) is not None


async def add(session: Session, cart_id: str, code: str, now: datetime) -> None:
    """Add a coupon to a cart, unless it is in it. Raise CouponUnknown or CouponsFull."""
    row = await _PUT.row(session, cart=cart_id, code=normalised(code), now=now)
    found, new, before = row or (0, 0, 0)
    if not found:
        raise CouponUnknown(pointer="/code")
    if new and before >= MOST_COUPONS:
        raise CouponsFull(pointer="/code")


async def remove(session: Session, cart_id: str, code: str) -> None:
    """Remove a coupon from a cart. Raise CouponNotInCart."""
    if not await _DROP(session, cart=cart_id, code=normalised(code)):
        raise CouponNotInCart


class CouponsFull(Invalid):
    """A cart takes at most 10 codes."""


class CouponNotInCart(NotFound):
    """There is no such code in this cart."""
