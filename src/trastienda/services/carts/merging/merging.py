"""Merging two carts of a customer, in the transaction of the caller.

The caller has locked the customer, so that two logins at once do this one after the other. Then
both carts are locked, in the order of their ids. A cart that is being paid or was ordered stays
out of it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from uuid_utils.compat import uuid7

from trastienda.database.db import Session, prepared
from trastienda.database.models.carts.cart import (
    CartChanged,
    CartClosed,
    CartNotFound,
    CartState,
    CheckoutInProgress,
)
from trastienda.database.models.channels.channel import CartMerge
from trastienda.database.models.credit.cart_gift_card import MOST_GIFT_CARDS, MOST_SOLD
from trastienda.errors import ShopError
from trastienda.schemas.carts.merge import (
    CartContent,
    CartMerged,
    CartMergeView,
    CartToChoose,
    MergeChoice,
    MergeOutcome,
)
from trastienda.schemas.shared.context import Context
from trastienda.services.carts.coupons import MOST_COUPONS
from trastienda.services.carts.merging import set_aside
from trastienda.services.carts.merging.adding import Line, add
from trastienda.services.carts.numbers import number
from trastienda.services.events import events
from trastienda.services.events import types as event_types

_LOCK_CUSTOMER = prepared("SELECT FROM users WHERE id = %(customer)s FOR NO KEY UPDATE")
_OTHER = prepared(f"""
    SELECT id FROM carts
    WHERE customer_id = %(customer)s AND state = '{CartState.OPEN}' AND id <> %(cart)s
        AND (%(other)s::text IS NULL OR id = %(other)s::text)
        AND channel_id = coalesce(
            (SELECT channel_id FROM carts WHERE id = %(cart)s), channel_id)
        AND EXISTS (SELECT FROM cart_lines WHERE cart_lines.cart_id = carts.id)
    ORDER BY updated_at DESC, id LIMIT 1
""")
_LOCK = prepared("""
    SELECT id, state, version, currency, updated_at FROM carts
    WHERE id = ANY (%(ids)s) AND (customer_id IS NULL OR customer_id = %(customer)s)
    ORDER BY id FOR UPDATE
""")
_LINES = prepared(f"""
    SELECT carts.id, variants.sku, variants.id, cart_lines.quantity,
        CASE WHEN carts.currency = %(currency)s THEN cart_lines.seen_price END,
        CASE WHEN (SELECT gift_card FROM products WHERE products.id = variants.product_id)
            THEN {MOST_SOLD} ELSE (
                SELECT coalesce(sum(on_hand - reserved), 0) FROM stock
                WHERE stock.variant_id = variants.id) END::bigint,
        EXISTS (SELECT FROM products JOIN prices ON prices.currency = %(currency)s
            WHERE products.id = variants.product_id AND products.published
                AND prices.variant_id = variants.id)
    FROM carts JOIN cart_lines ON cart_lines.cart_id = carts.id
    JOIN variants ON variants.id = cart_lines.variant_id
    WHERE carts.id = ANY (%(ids)s)
    ORDER BY cart_lines.id
""")
_CLAIM = prepared("""
    UPDATE carts SET customer_id = %(customer)s
    WHERE id = %(cart)s AND customer_id IS NULL
""")
_PUT = prepared("""
    INSERT INTO cart_lines (id, cart_id, variant_id, quantity, seen_price, recipient)
    SELECT line.id, %(cart)s, line.variant_id, line.quantity, line.seen_price, (
        SELECT recipient FROM cart_lines AS other
        WHERE other.cart_id = %(other)s AND other.variant_id = line.variant_id)
    FROM unnest(%(ids)s::uuid[], %(variants)s::uuid[], %(quantities)s::bigint[],
        %(seen)s::bigint[]) AS line (id, variant_id, quantity, seen_price)
    ON CONFLICT (cart_id, variant_id) DO UPDATE
        SET quantity = excluded.quantity, seen_price = excluded.seen_price,
            recipient = coalesce(cart_lines.recipient, excluded.recipient)
""")
_CODES = prepared(f"""
    WITH paying AS (
        UPDATE carts SET has_gift_cards = carts.has_gift_cards OR other.has_gift_cards,
            uses_store_credit = carts.uses_store_credit OR other.uses_store_credit
        FROM carts AS other WHERE carts.id = %(cart)s::text AND other.id = %(other)s
    ), gift_cards AS (
        INSERT INTO cart_gift_cards (cart_id, account_id, added_at)
        SELECT %(cart)s::text, account_id, added_at FROM cart_gift_cards AS other
            JOIN credit_accounts ON credit_accounts.id = account_id
            JOIN carts ON carts.id = %(cart)s::text AND carts.currency = credit_accounts.currency
        WHERE cart_id = %(other)s AND NOT EXISTS (SELECT FROM cart_gift_cards
            WHERE cart_id = %(cart)s::text AND account_id = other.account_id)
        ORDER BY added_at, account_id LIMIT {MOST_GIFT_CARDS}
            - (SELECT count(*) FROM cart_gift_cards WHERE cart_id = %(cart)s::text)
    )
    INSERT INTO cart_coupons (cart_id, coupon_id, created_at)
    SELECT %(cart)s::text, coupon_id, created_at FROM cart_coupons AS other
    WHERE cart_id = %(other)s AND NOT EXISTS (SELECT FROM cart_coupons
        WHERE cart_id = %(cart)s::text AND coupon_id = other.coupon_id)
    ORDER BY created_at, coupon_id
    LIMIT {MOST_COUPONS} - (SELECT count(*) FROM cart_coupons WHERE cart_id = %(cart)s::text)
""")
_REMINDER = prepared("""
    UPDATE cart_reminders SET cart_id = %(cart)s WHERE cart_id = %(other)s
        AND NOT EXISTS (SELECT FROM cart_reminders WHERE cart_id = %(cart)s)
""")
# The contact is one thing: an address of one cart does not go with the VAT number of the other.
_CONTACT = ("email", "email_key", "shipping_address", "billing_address", "region_key")
_CONTACT_SQL = ", ".join(
    f"{name} = CASE WHEN carts.email IS NULL THEN other.{name} ELSE carts.{name} END"
    for name in (*_CONTACT, "vat_number", "vat_check")
)
_KEEP = prepared(f"""
    UPDATE carts SET version = carts.version + 1, updated_at = %(now)s, customer_id = %(customer)s,
        shipping_option_id = coalesce(carts.shipping_option_id, other.shipping_option_id),
        {_CONTACT_SQL}
    FROM carts AS other WHERE carts.id = %(cart)s AND other.id = %(other)s
""")
_CHOICES = {CartMerge.SUM: MergeChoice.SUM, CartMerge.KEEP_NEWEST: MergeChoice.KEEP_NEWEST}


class Locked(NamedTuple):
    """A cart whose row is locked."""

    id: str
    state: str
    version: int
    currency: str
    changed_at: datetime


class Wanted(NamedTuple):
    """Two carts of a customer, and what to do with them; without `other`, the one changed last."""

    customer_id: UUID
    cart_id: str
    other_id: str | None = None
    choice: MergeChoice | None = None
    """None asks the customer."""


async def at_login(
    session: Session, customer_id: UUID, cart_id: str, policy: CartMerge, context: Context
) -> CartMergeView:
    """Merge the cart of a visitor who logs in with their customer's, as the channel's policy says.

    Nothing about the cart keeps anybody from logging in: one that is not theirs, being paid or
    ordered stays as it is. Then the answer names the cart that the customer has, if any.
    """
    wanted = Wanted(customer_id, cart_id, choice=_CHOICES.get(policy))
    found, other = await _lock(session, wanted)
    if found is not None and found.state == CartState.OPEN:
        return await _merge(session, wanted, found, other, context)
    if found is not None and found.state == CartState.PAYING:
        return CartMergeView(outcome=MergeOutcome.NOTHING, cart=cart_id)
    into = await set_aside.merged_into(session, cart_id, customer_id)
    return CartMergeView(outcome=MergeOutcome.NOTHING, cart=into or (other.id if other else None))


async def on_request(session: Session, wanted: Wanted, context: Context) -> CartMergeView:
    """Merge two carts as their customer wants.

    If it was done before, say so. Raise CartNotFound, also for the other one if it was named,
    CartClosed, CheckoutInProgress or CartChanged.
    """
    await _LOCK_CUSTOMER(session, customer=wanted.customer_id)
    found, other = await _lock(session, wanted)
    if found is None:
        into = await set_aside.merged_into(session, wanted.cart_id, wanted.customer_id)
        if into is None:
            raise CartNotFound
        return CartMergeView(outcome=MergeOutcome.MERGED, cart=into)
    if refusal := _refusal(found, context):
        raise refusal
    if other is None and wanted.other_id is not None:
        raise CartNotFound
    return await _merge(session, wanted, found, other, context)


def _refusal(found: Locked, context: Context) -> ShopError | None:
    if found.state == CartState.ORDERED:
        return CartClosed()
    if found.state == CartState.PAYING:
        return CheckoutInProgress(retry_after=1)
    if context.seen not in {None, found.version}:
        return CartChanged(version=found.version)
    return None


async def _lock(session: Session, wanted: Wanted) -> tuple[Locked | None, Locked | None]:
    """Lock both carts; return this one in any state, and the other one if it is still open."""
    customer = {"customer": wanted.customer_id}
    row = await _OTHER.row(session, cart=wanted.cart_id, other=wanted.other_id, **customer)
    ids = [wanted.cart_id, *(row or ())]
    locked = {it[0]: Locked(*it) for it in await _LOCK.rows(session, ids=ids, **customer)}
    found = locked.pop(wanted.cart_id, None)
    other = next((it for it in locked.values() if it.state == CartState.OPEN), None)
    return found, other


async def _merge(
    session: Session, wanted: Wanted, this: Locked, other: Locked | None, context: Context
) -> CartMergeView:
    await _CLAIM(session, cart=this.id, customer=wanted.customer_id)
    ids = [this.id, *([other.id] if other else [])]
    rows = await _LINES.rows(session, ids=ids, currency=(other or this).currency)
    lines = [Line(*row) for row in rows]
    filled = {line.cart_id for line in lines}
    if other is None or this.id not in filled or other.id not in filled:
        left = other if other and this.id not in filled else this
        return CartMergeView(outcome=MergeOutcome.NOTHING, cart=left.id)
    if wanted.choice is None:
        both = [_shown(cart, lines) for cart in (this, other)]
        return CartMergeView(outcome=MergeOutcome.UNDECIDED, cart=this.id, carts=both)
    newer = this.changed_at >= other.changed_at
    keeps_this = wanted.choice is MergeChoice.KEEP_THIS or (
        wanted.choice is MergeChoice.KEEP_NEWEST and newer
    )
    carts = (this, other) if keeps_this else (other, this)
    return await _into(session, wanted, carts, lines, context)


async def _into(
    session: Session,
    wanted: Wanted,
    carts: tuple[Locked, Locked],
    lines: Sequence[Line],
    context: Context,
) -> CartMergeView:
    """Keep the first of two carts, and set the second one aside."""
    kept, given = carts
    contents = {line.sku: line.quantity for line in lines if line.cart_id == kept.id}
    view = CartMergeView(
        outcome=MergeOutcome.MERGED,
        cart=kept.id,
        set_aside=given.id,
        kept_until=context.asked_at + set_aside.KEPT,
    )
    names = {"cart": kept.id, "other": given.id}
    if wanted.choice is MergeChoice.SUM:
        halves = [[line for line in lines if line.cart_id == cart.id] for cart in carts]
        added = add(*halves)
        await _put(session, names, added.lines)
        contents |= {line.sku: line.quantity for line in added.lines}
        view.limited = added.limited
        await _CODES(session, **names)
        await _REMINDER(session, **names)
    await _KEEP(session, customer=wanted.customer_id, now=context.asked_at, **names)
    await set_aside.put(session, given.id, kept.id, wanted.customer_id, context.asked_at)
    data = CartMerged(
        customer_id=wanted.customer_id,
        set_aside=number(given.id),
        policy=wanted.choice or MergeChoice.SUM,
        currency=kept.currency,
        lines=[CartContent(sku, quantity) for sku, quantity in contents.items()],
    )
    await events.append(session, event_types.CART_MERGED, number(kept.id), data, context)
    return view


async def _put(session: Session, names: Mapping[str, str], lines: Sequence[Line]) -> None:
    await _PUT(
        session,
        **names,
        ids=[uuid7() for _ in lines],
        variants=[line.variant_id for line in lines],
        quantities=[line.quantity for line in lines],
        seen=[line.seen_price for line in lines],
    )


def _shown(cart: Locked, lines: Sequence[Line]) -> CartToChoose:
    own = [CartContent(it.sku, it.quantity) for it in lines if it.cart_id == cart.id]
    return CartToChoose(id=cart.id, currency=cart.currency, changed_at=cart.changed_at, lines=own)
