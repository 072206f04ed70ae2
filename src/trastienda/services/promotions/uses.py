"""Uses of promotions and coupons: recorded with an order, and released if it is cancelled.

A limit is never read first and written later: one statement locks the rows with limits (promotions,
then coupons, then customers, each in the order of their ids) and counts a use only below the limit.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import structs
from psycopg.errors import ForeignKeyViolation

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.orders.order import Order
from trastienda.database.models.shared.text import Locale
from trastienda.errors import Conflict, ShopError
from trastienda.schemas.carts.cart import CartRow
from trastienda.schemas.orders.order import OrderDraft
from trastienda.schemas.promotions.of_carts import PromotionsRow, PromotionUsed
from trastienda.schemas.shared.problem import CartProblem
from trastienda.services.promotions.conditions import (
    CouponUsedUp,
    CouponUsedUpByYou,
    customer_keys,
)
from trastienda.titles import kind, title

_REDEEM = prepared("""
    WITH used AS (
        SELECT * FROM unnest(%(promotions)s::uuid[], %(coupons)s::uuid[])
            AS used (promotion_id, coupon_id)
    ), limited AS MATERIALIZED (
        SELECT id FROM promotions
        WHERE id = ANY (%(promotions)s::uuid[]) AND usage_limit IS NOT NULL
        ORDER BY id FOR NO KEY UPDATE
    ), counted AS (
        UPDATE promotions SET uses = promotions.uses + 1 FROM limited
        WHERE promotions.id = limited.id AND promotions.uses < promotions.usage_limit
        RETURNING promotions.id
    ), limited_codes AS MATERIALIZED (
        SELECT id FROM coupons
        WHERE id = ANY (%(coupons)s::uuid[]) AND usage_limit IS NOT NULL
            AND (SELECT count(*) FROM counted) >= 0
        ORDER BY id FOR NO KEY UPDATE
    ), counted_codes AS (
        UPDATE coupons SET uses = coupons.uses + 1 FROM limited_codes
        WHERE coupons.id = limited_codes.id AND coupons.uses < coupons.usage_limit
        RETURNING coupons.id
    ), counted_customers AS (
        INSERT INTO promotion_customers (promotion_id, customer, uses)
        SELECT promotions.id, customer, 1
        FROM promotions CROSS JOIN unnest(%(customers)s::text[]) AS customer
        WHERE promotions.id = ANY (%(promotions)s::uuid[])
            AND promotions.usage_limit_per_customer IS NOT NULL
            AND (SELECT count(*) FROM counted_codes) >= 0
        ORDER BY promotions.id, customer
        ON CONFLICT (promotion_id, customer) DO UPDATE SET uses = promotion_customers.uses + 1
            WHERE promotion_customers.uses < (
                SELECT usage_limit_per_customer FROM promotions
                WHERE promotions.id = promotion_customers.promotion_id)
        RETURNING promotion_id
    ), recorded AS (
        INSERT INTO promotion_uses (promotion_id, coupon_id, source_id, customers, created_at)
        SELECT used.promotion_id, used.coupon_id, %(source)s,
            CASE WHEN promotions.usage_limit_per_customer IS NULL THEN '{}'
                ELSE %(customers)s::text[] END, %(now)s
        FROM used JOIN promotions ON promotions.id = used.promotion_id
    )
    SELECT used.promotion_id,
        promotions.id IS NULL
            OR used.promotion_id IN (SELECT id FROM limited EXCEPT SELECT id FROM counted)
            OR used.coupon_id IN (SELECT id FROM limited_codes
                                  EXCEPT SELECT id FROM counted_codes),
        promotions.usage_limit_per_customer IS NOT NULL
            AND (SELECT count(*) FROM counted_customers
                 WHERE counted_customers.promotion_id = used.promotion_id)
                < cardinality(%(customers)s::text[])
    FROM used LEFT JOIN promotions ON promotions.id = used.promotion_id
""")
_BY_CUSTOMER = prepared("""
    SELECT promotion_id, max(uses) FROM promotion_customers
    WHERE promotion_id = ANY (%(promotions)s::uuid[]) AND customer = ANY (%(customers)s::text[])
    GROUP BY promotion_id
""")
# A promotion that was deleted is in no list, and its uses went with it.
_STILL_THERE = prepared("""
    SELECT promotions.id, coupons.id, coupons.code FROM promotions
    LEFT JOIN coupons ON coupons.promotion_id = promotions.id AND coupons.code = ANY (%(codes)s)
    WHERE promotions.id = ANY (%(promotions)s::uuid[])
""")
_RELEASE = prepared("""
    WITH deleted AS (
        DELETE FROM promotion_uses WHERE source_id = %(source)s
            AND (%(promotions)s::uuid[] IS NULL OR promotion_id = ANY (%(promotions)s::uuid[]))
        RETURNING promotion_id, coupon_id, customers
    ), limited AS MATERIALIZED (
        SELECT id FROM promotions
        WHERE id IN (SELECT promotion_id FROM deleted) AND usage_limit IS NOT NULL
        ORDER BY id FOR NO KEY UPDATE
    ), counted AS (
        UPDATE promotions SET uses = greatest(promotions.uses - 1, 0) FROM limited
        WHERE promotions.id = limited.id RETURNING promotions.id
    ), limited_codes AS MATERIALIZED (
        SELECT id FROM coupons
        WHERE id IN (SELECT coupon_id FROM deleted) AND usage_limit IS NOT NULL
            AND (SELECT count(*) FROM counted) >= 0
        ORDER BY id FOR NO KEY UPDATE
    ), counted_codes AS (
        UPDATE coupons SET uses = greatest(coupons.uses - 1, 0) FROM limited_codes
        WHERE coupons.id = limited_codes.id RETURNING coupons.id
    ), locked AS MATERIALIZED (
        SELECT promotion_id, customer FROM promotion_customers
        WHERE (promotion_id, customer) IN (SELECT promotion_id, unnest(customers) FROM deleted)
            AND (SELECT count(*) FROM counted_codes) >= 0
        ORDER BY promotion_id, customer FOR NO KEY UPDATE
    )
    UPDATE promotion_customers SET uses = greatest(promotion_customers.uses - 1, 0) FROM locked
    WHERE promotion_customers.promotion_id = locked.promotion_id
        AND promotion_customers.customer = locked.customer
""")


async def by_customer(session: Reading, cart: CartRow) -> PromotionsRow:
    """Return the promotions that may apply to a cart, with its customer's uses so far."""
    offers = cart.offers
    limited = [
        offer.id for offer in offers.promotions if offer.usage_limit_per_customer is not None
    ]
    keys = customer_keys(cart.customer_id, cart.email)
    if not (limited and keys):
        return offers
    uses: dict[UUID, int] = dict(
        await _BY_CUSTOMER.rows(session, promotions=limited, customers=keys)
    )
    counted = [
        structs.replace(offer, customer_uses=uses.get(offer.id, 0)) for offer in offers.promotions
    ]
    return structs.replace(offers, promotions=counted)


async def redeem(session: Session, draft: OrderDraft, now: datetime) -> None:
    """Count one use of each promotion and coupon that an order uses.

    Raise CouponUsedUp, CouponUsedUpByYou or PromotionUsedUp; the transaction must be rolled back.
    """
    await _redeem(session, draft.used, draft, now)


async def _redeem(
    session: Session, used: Sequence[PromotionUsed], buyer: OrderDraft | Order, now: datetime
) -> None:
    if not used:
        return
    try:
        rows = await _REDEEM.rows(
            session,
            promotions=[it.promotion_id for it in used],
            coupons=[it.coupon_id for it in used],
            customers=customer_keys(buyer.customer_id, buyer.email),
            source=buyer.id,
            now=now,
        )
    except ForeignKeyViolation as violation:  # deleted after the cart was read
        raise PromotionUsedUp from violation
    codes = {it.promotion_id: it.code for it in used}
    for promotion_id, used_up, by_customer in rows:
        if used_up or by_customer:
            raise _refusal(codes[promotion_id], buyer.locale, by_customer=not used_up)


async def release(session: Session, source_id: UUID) -> None:
    """Release the uses of an order or a payment attempt."""
    await _RELEASE(session, source=source_id, promotions=None)


async def recount(
    session: Session, order: Order, before: set[UUID], after: set[UUID], now: datetime
) -> None:
    """Count the uses of a locked order whose promotions reduce other things since an edit.

    Raise CouponUsedUp, CouponUsedUpByYou or PromotionUsedUp for one that comes into effect and has
    reached a limit meanwhile.
    """
    if gone := before - after:
        await _RELEASE(session, source=order.id, promotions=list(gone))
    if came := after - before:
        rows = await _STILL_THERE.rows(session, promotions=list(came), codes=order.coupons)
        used = [PromotionUsed(*row) for row in rows]
        await _redeem(session, used, order, now)


def _refusal(code: str | None, locale: str, *, by_customer: bool) -> ShopError:
    if code is None:
        return PromotionUsedUp()
    error: type[ShopError] = CouponUsedUpByYou if by_customer else CouponUsedUp
    text = title(error, Locale(locale))
    return error(problems=[CartProblem(type=kind(error), title=text, coupon=code)])


class PromotionUsedUp(Conflict):
    """A promotion has just ended or been used up; look at the cart again."""
