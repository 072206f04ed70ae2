"""The codes in a cart. The cart is claimed first: nobody else changes it meanwhile."""

from datetime import datetime

from trastienda.database.db import Reading, Session, prepared
from trastienda.errors import Invalid, NotFound
from trastienda.services.promotion_conditions import CouponUnknown

MOST_COUPONS = 10

_KNOWN_SQL = """
    SELECT coupons.id FROM coupons
    JOIN promotions ON promotions.id = coupons.promotion_id
    JOIN carts ON carts.id = %(cart)s
    WHERE coupons.code = %(code)s AND coupons.active
        AND promotions.active AND promotions.trigger = 'coupon'
        AND (promotions.channel_ids = '{}' OR carts.channel_id = ANY (promotions.channel_ids))
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
    """Write a code the one way in which codes are compared: in capitals, without blanks."""
    return "".join(code.split()).upper()


async def known(session: Reading, cart_id: str, code: str) -> bool:
    """Say whether a code is in use where this cart is."""
    return await _KNOWN.row(session, cart=cart_id, code=normalised(code)) is not None


async def put(session: Session, cart_id: str, code: str, now: datetime) -> None:
    """Put a code into a cart; again changes nothing. Raise CouponUnknown or CouponsFull."""
    row = await _PUT.row(session, cart=cart_id, code=normalised(code), now=now)
    found, new, before = row or (0, 0, 0)
    if not found:
        raise CouponUnknown(pointer="/code")
    if new and before >= MOST_COUPONS:
        raise CouponsFull(pointer="/code")


async def drop(session: Session, cart_id: str, code: str) -> None:
    """Take a code out of a cart. Raise CouponNotInCart."""
    if not await _DROP(session, cart=cart_id, code=normalised(code)):
        raise CouponNotInCart


class CouponsFull(Invalid):
    """A cart takes at most 10 codes."""


class CouponNotInCart(NotFound):
    """There is no such code in this cart."""
