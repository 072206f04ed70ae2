"""Opening carts and putting goods into them. Buyers wait for these statements."""

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from psycopg.errors import CheckViolation
from uuid_utils.compat import uuid7

from trastienda.database.arrays import array
from trastienda.database.at_once import Unsure, at_once, sure
from trastienda.database.db import Prepared, Session, prepared, together
from trastienda.database.driver import Answer
from trastienda.database.models.carts.cart import CartState, QuantityTooLarge, SkuUnknown
from trastienda.schemas.carts.cart import CartRow, LineDraft
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.carts import carts, reading
from trastienda.services.carts import prices as cart_prices
from trastienda.services.channels import channels

_PUT_SQL = f"""
    INSERT INTO cart_lines (id, cart_id, variant_id, quantity, seen_price)
    SELECT want.id, cart.id, variants.id, want.quantity, {cart_prices.SEEN_SQL}
    FROM unnest(%(ids)s::uuid[], %(skus)s::text[], %(quantities)s::bigint[])
        AS want (id, sku, quantity)
    CROSS JOIN cart
    JOIN variants ON variants.sku = want.sku
    JOIN products ON products.id = variants.product_id AND products.published
    JOIN prices ON prices.variant_id = variants.id AND prices.currency = cart.currency
    ON CONFLICT (cart_id, variant_id) DO UPDATE
        SET quantity = cart_lines.quantity + excluded.quantity, seen_price = excluded.seen_price
"""
_CREATE_SQL = f"""
    INSERT INTO carts
        (id, channel_id, currency, customer_id, state, version, created_at, updated_at)
    VALUES (%(cart)s, %(channel)s, %(currency)s, %(visitor)s, '{CartState.OPEN}', 1,
        %(now)s, %(now)s)
    RETURNING id, currency
"""


class _Filling(NamedTuple):
    """A change of a cart that puts all goods into it that are wanted, or those that are for sale.

    The first form fails, as `at_once` tells, unless all of them were put in.
    """

    all: Prepared
    some: Prepared


def _all_sql(cart_sql: str) -> str:
    everything = sure("count(*) = cardinality(%(skus)s::text[])")
    return f"""
        WITH cart AS ({cart_sql}), put AS ({_PUT_SQL} RETURNING id) SELECT {everything} FROM put
    """


def _some_sql(cart_sql: str) -> str:
    return f"WITH cart AS ({cart_sql}) {_PUT_SQL}"


_CREATE_AND_PUT = _Filling(prepared(_all_sql(_CREATE_SQL)), prepared(_some_sql(_CREATE_SQL)))
_CLAIM_AND_PUT = _Filling(prepared(_all_sql(carts.CLAIM_SQL)), prepared(_some_sql(carts.CLAIM_SQL)))
_SOLD = prepared("""
    SELECT variants.sku FROM variants
    JOIN products ON products.id = variants.product_id AND products.published
    JOIN carts ON carts.id = %(cart)s
    JOIN prices ON prices.variant_id = variants.id AND prices.currency = carts.currency
    WHERE variants.sku = ANY (%(skus)s)
""")


async def create(
    session: Session, visitor: Visitor, drafts: Sequence[LineDraft], currency: str, context: Context
) -> CartRow:
    """Open a cart with its first lines, and read it: all in one message.

    Units of the same SKU are added up. Raise SkuUnknown if one is not for sale in the cart's
    currency, or QuantityTooLarge.
    """
    cart_id = secrets.token_urlsafe(24)  # 192 random bits: it is the key to the cart
    wanted: Counter[str] = Counter()
    for draft in drafts:
        wanted[draft.sku] += draft.quantity
    names = {"cart": cart_id, "channel": channels.current().id, "visitor": visitor.user_id}
    opening = {**names, "currency": currency, "now": context.asked_at}
    asking = reading.Question(visitor, cart_id, context, noting=True)
    values = _putting(wanted, opening)
    put, answer = await _fill(session, _CREATE_AND_PUT, values, asking)
    if put is not None and put.touched < len(wanted):
        sold = {sku for (sku,) in await _SOLD.rows(session, cart=cart_id, skus=list(wanted))}
        raise SkuUnknown(sku=next(sku for sku in wanted if sku not in sold))
    return await reading.found(session, answer.rows, asking)


async def add(
    session: Session, visitor: Visitor, cart_id: str, draft: LineDraft, context: Context
) -> CartRow:
    """Claim a cart, add units of a SKU, and read it, in one round trip to the database.

    Raise what `claim` raises, SkuUnknown or QuantityTooLarge.
    """
    values = _putting({draft.sku: draft.quantity}, carts.claiming(visitor, cart_id, context))
    asking = reading.Question(visitor, cart_id, context, noting=True)
    put, answer = await _fill(session, _CLAIM_AND_PUT, values, asking)
    if put is not None and not put.touched:
        await carts.refuse(session, visitor, cart_id, context, sku=draft.sku)
    return await reading.found(session, answer.rows, asking)


async def _fill(
    session: Session, filling: _Filling, values: Mapping[str, object], asking: reading.Question
) -> tuple[Answer | None, Answer]:
    """Fill a cart and read it, in one message. Raise QuantityTooLarge.

    Return what was put in, or None if that is all of it, and the answer to the question. A brief
    transaction is committed by the same message unless something stands in the way.
    """
    try:
        if session.brief and asking.is_short:
            with suppress(Unsure):
                _, answer = await at_once(session, filling.all.call(values), asking.sure_call)
                return None, answer
        put, answer = await together(session, filling.some.call(values), asking.call)
    except CheckViolation as refusal:  # ck_cart_lines_quantity: the only CHECK on a line
        raise QuantityTooLarge from refusal
    return put, answer


def _putting(wanted: Mapping[str, int], names: dict[str, object]) -> dict[str, object]:
    ids = array(uuid7() for _ in wanted)
    return {**names, "ids": ids, "skus": array(wanted), "quantities": array(wanted.values())}
