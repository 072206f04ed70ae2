"""Uses of promotions and their codes: taken with an order, and given back when it comes to nothing.

A limit is never read and then written: one statement locks what has a limit (promotions, then
codes, then customers, each in order of their ids) and takes a use only while there is one left.
"""

from datetime import datetime
from uuid import UUID

from msgspec import structs
from psycopg.errors import ForeignKeyViolation

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.text import Locale
from trastienda.errors import Conflict, ShopError
from trastienda.schemas.cart import CartRow
from trastienda.schemas.cart_promotions import OffersRow
from trastienda.schemas.order import OrderDraft
from trastienda.schemas.problem import CartProblem
from trastienda.services.promotion_conditions import CouponUsedUp, CouponUsedUpByYou, customers
from trastienda.titles import kind, title

_TAKE = prepared("""
    WITH want AS (
        SELECT * FROM unnest(%(promotions)s::uuid[], %(coupons)s::uuid[])
            AS want (promotion_id, coupon_id)
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
    ), written AS (
        INSERT INTO promotion_uses (promotion_id, coupon_id, source_id, customers, created_at)
        SELECT want.promotion_id, want.coupon_id, %(source)s,
            CASE WHEN promotions.usage_limit_per_customer IS NULL THEN '{}'
                ELSE %(customers)s::text[] END, %(now)s
        FROM want JOIN promotions ON promotions.id = want.promotion_id
    )
    SELECT want.promotion_id,
        promotions.id IS NULL
            OR want.promotion_id IN (SELECT id FROM limited EXCEPT SELECT id FROM counted)
            OR want.coupon_id IN (SELECT id FROM limited_codes
                                  EXCEPT SELECT id FROM counted_codes),
        promotions.usage_limit_per_customer IS NOT NULL
            AND (SELECT count(*) FROM counted_customers
                 WHERE counted_customers.promotion_id = want.promotion_id)
                < cardinality(%(customers)s::text[])
    FROM want LEFT JOIN promotions ON promotions.id = want.promotion_id
""")
_BY_CUSTOMER = prepared("""
    SELECT promotion_id, max(uses) FROM promotion_customers
    WHERE promotion_id = ANY (%(promotions)s::uuid[]) AND customer = ANY (%(customers)s::text[])
    GROUP BY promotion_id
""")
_GIVE_BACK = prepared("""
    WITH gone AS (
        DELETE FROM promotion_uses WHERE source_id = %(source)s
        RETURNING promotion_id, coupon_id, customers
    ), limited AS MATERIALIZED (
        SELECT id FROM promotions
        WHERE id IN (SELECT promotion_id FROM gone) AND usage_limit IS NOT NULL
        ORDER BY id FOR NO KEY UPDATE
    ), counted AS (
        UPDATE promotions SET uses = greatest(promotions.uses - 1, 0) FROM limited
        WHERE promotions.id = limited.id RETURNING promotions.id
    ), limited_codes AS MATERIALIZED (
        SELECT id FROM coupons
        WHERE id IN (SELECT coupon_id FROM gone) AND usage_limit IS NOT NULL
            AND (SELECT count(*) FROM counted) >= 0
        ORDER BY id FOR NO KEY UPDATE
    ), counted_codes AS (
        UPDATE coupons SET uses = greatest(coupons.uses - 1, 0) FROM limited_codes
        WHERE coupons.id = limited_codes.id RETURNING coupons.id
    ), held AS MATERIALIZED (
        SELECT promotion_id, customer FROM promotion_customers
        WHERE (promotion_id, customer) IN (SELECT promotion_id, unnest(customers) FROM gone)
            AND (SELECT count(*) FROM counted_codes) >= 0
        ORDER BY promotion_id, customer FOR NO KEY UPDATE
    )
    UPDATE promotion_customers SET uses = greatest(promotion_customers.uses - 1, 0) FROM held
    WHERE promotion_customers.promotion_id = held.promotion_id
        AND promotion_customers.customer = held.customer
""")


async def by_customer(session: Reading, cart: CartRow) -> OffersRow:
    """Return what may be taken off a cart, with how often its customer has used it so far."""
    offers = cart.offers
    limited = [it.id for it in offers.promotions if it.usage_limit_per_customer is not None]
    names = customers(cart.customer_id, cart.email)
    if not (limited and names):
        return offers
    uses: dict[UUID, int] = dict(
        await _BY_CUSTOMER.rows(session, promotions=limited, customers=names)
    )
    counted = [structs.replace(it, customer_uses=uses.get(it.id, 0)) for it in offers.promotions]
    return structs.replace(offers, promotions=counted)


async def take(session: Session, draft: OrderDraft, now: datetime) -> None:
    """Take one use of each promotion and code that took something off an order.

    Raise CouponUsedUp, CouponUsedUpByYou or PromotionUsedUp: then nothing may be kept.
    """
    if not draft.used:
        return
    try:
        rows = await _TAKE.rows(
            session,
            promotions=[it.promotion_id for it in draft.used],
            coupons=[it.coupon_id for it in draft.used],
            customers=customers(draft.customer_id, draft.email),
            source=draft.id,
            now=now,
        )
    except ForeignKeyViolation as gone:  # deleted between reading the cart and now
        raise PromotionUsedUp from gone
    codes = {it.promotion_id: it.code for it in draft.used}
    for promotion_id, used_up, by_customer in rows:
        if used_up or by_customer:
            raise _refusal(codes[promotion_id], draft.locale, by_customer=not used_up)


async def give_back(session: Session, source_id: UUID) -> None:
    """Give back what an order, or an attempt to pay it, had used."""
    await _GIVE_BACK(session, source=source_id)


def _refusal(code: str | None, locale: str, *, by_customer: bool) -> ShopError:
    if code is None:
        return PromotionUsedUp()
    error: type[ShopError] = CouponUsedUpByYou if by_customer else CouponUsedUp
    told = title(error, Locale(locale))
    return error(problems=[CartProblem(type=kind(error), title=told, coupon=code)])


class PromotionUsedUp(Conflict):
    """A promotion has just ended or been used up; look at the cart again."""
