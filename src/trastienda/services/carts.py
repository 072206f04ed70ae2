"""Carts: claiming and filling them. These statements are what buyers wait for."""

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, NoReturn
from uuid import UUID

from psycopg.errors import CheckViolation, ForeignKeyViolation
from psycopg.types.json import Jsonb
from uuid_utils.compat import uuid7

from trastienda.database.db import Prepared, Session, prepared
from trastienda.database.models.cart import (
    CartChanged,
    CartClosed,
    CartLineNotFound,
    CartNotFound,
    CartState,
    CheckoutInProgress,
    QuantityTooLarge,
    SkuUnknown,
)
from trastienda.database.models.shipping_option import ShippingOptionNotFound
from trastienda.schemas.cart import Contact, LineDraft
from trastienda.schemas.outside import VatCheck
from trastienda.schemas.terms import Terms
from trastienda.schemas.visitor import Visitor
from trastienda.services import (
    addresses,
    cart_reading,
    channels,
    users,
)

_COUNT_SQL = """
    UPDATE carts SET version = version + 1, updated_at = %(now)s,
        customer_id = coalesce(customer_id, %(visitor)s::uuid)
"""
_IF_OPEN_SQL = """
    WHERE id = %(cart)s AND state = 'open'
        AND (customer_id IS NULL OR customer_id = %(visitor)s::uuid)
        AND (%(seen)s::bigint IS NULL OR version = %(seen)s::bigint)
"""
_CLAIM_SQL = f"{_COUNT_SQL} {_IF_OPEN_SQL} RETURNING id, currency"
_CLAIM = prepared(_CLAIM_SQL)
_PUT_SQL = """
    INSERT INTO cart_lines (id, cart_id, variant_id, quantity)
    SELECT want.id, cart.id, variants.id, want.quantity
    FROM unnest(%(ids)s::uuid[], %(skus)s::text[], %(quantities)s::bigint[])
        AS want (id, sku, quantity)
    CROSS JOIN cart
    JOIN variants ON variants.sku = want.sku
    JOIN products ON products.id = variants.product_id AND products.published
    JOIN prices ON prices.variant_id = variants.id AND prices.currency = cart.currency
    ON CONFLICT (cart_id, variant_id) DO UPDATE
        SET quantity = cart_lines.quantity + excluded.quantity
"""
_CLAIM_AND_PUT = prepared(f"WITH cart AS ({_CLAIM_SQL}) {_PUT_SQL}")
_CREATE_AND_PUT = prepared(f"""
    WITH cart AS (
        INSERT INTO carts
            (id, channel_id, currency, customer_id, state, version, created_at, updated_at)
        VALUES (%(cart)s, %(channel)s, %(currency)s, %(visitor)s, 'open', 1, %(now)s, %(now)s)
        RETURNING id, currency
    ) {_PUT_SQL}
""")
_SOLD = prepared("""
    SELECT variants.sku FROM variants
    JOIN products ON products.id = variants.product_id AND products.published
    JOIN carts ON carts.id = %(cart)s
    JOIN prices ON prices.variant_id = variants.id AND prices.currency = carts.currency
    WHERE variants.sku = ANY (%(skus)s)
""")
_CHANGE_LINE = prepared("""
    UPDATE cart_lines SET quantity = %(quantity)s WHERE id = %(line)s AND cart_id = %(cart)s
""")
_REMOVE_LINE = prepared("DELETE FROM cart_lines WHERE id = %(line)s AND cart_id = %(cart)s")
_CLAIM_AND_SET_CONTACT = prepared(f"""
    {_COUNT_SQL}, email = %(email)s, email_key = %(email_key)s, shipping_address = %(shipping)s,
        billing_address = %(billing)s, vat_number = %(vat_number)s, region_key = %(region_key)s,
        vat_check = %(vat_check)s,
        shipping_option_id = CASE WHEN %(option)s::uuid IS NULL THEN shipping_option_id ELSE (
            SELECT shipping_options.id FROM shipping_options
            WHERE shipping_options.id = %(option)s::uuid
                AND shipping_options.channel_id = carts.channel_id) END
    {_IF_OPEN_SQL}
    RETURNING %(option)s::uuid IS NULL OR shipping_option_id IS NOT NULL
""")
_SWEEP = prepared("""
    DELETE FROM carts WHERE id IN (
        SELECT id FROM carts
        WHERE state = 'open' AND created_at < %(before)s AND updated_at < %(before)s
        ORDER BY created_at LIMIT %(most)s FOR UPDATE SKIP LOCKED)
""")
_LOCK = prepared("""
    SELECT state FROM carts
    WHERE id = %(cart)s AND (customer_id IS NULL OR customer_id = %(visitor)s::uuid)
    FOR UPDATE
""")
_LOCK_AS_MINE = prepared("""
    UPDATE carts SET customer_id = CASE state
        WHEN 'open' THEN coalesce(customer_id, %(visitor)s::uuid) ELSE customer_id END
    WHERE id = %(cart)s AND (customer_id IS NULL OR customer_id = %(visitor)s::uuid)
    RETURNING state
""")


class Buyer(NamedTuple):
    """Who buys, and what is known of their VAT number."""

    contact: Contact
    vat_check: VatCheck | None


async def create(
    session: Session, visitor: Visitor, drafts: Sequence[LineDraft], currency: str, now: datetime
) -> str:
    """Open a cart with its first lines; return its id, a secret of 192 random bits.

    The same SKU again adds to its line. Raise SkuUnknown when one is not for sale in the cart's
    currency, or QuantityTooLarge.
    """
    cart_id = secrets.token_urlsafe(24)
    wanted: Counter[str] = Counter()
    for draft in drafts:
        wanted[draft.sku] += draft.quantity
    names = {"cart": cart_id, "channel": channels.current().id, "visitor": visitor.user_id}
    opening = {**names, "currency": currency, "now": now}
    if await _put(_CREATE_AND_PUT, session, wanted, opening) < len(wanted):
        sold = {sku for (sku,) in await _SOLD.rows(session, cart=cart_id, skus=list(wanted))}
        raise SkuUnknown(sku=next(sku for sku in wanted if sku not in sold))
    return cart_id


async def claim(session: Session, visitor: Visitor, cart_id: str, terms: Terms) -> None:
    """Lock an open cart for a change and count it; a logged-in visitor makes it theirs.

    Raise CartNotFound, CartClosed, CheckoutInProgress, or CartChanged with the current version.
    """
    if not await _CLAIM(session, **_claiming(visitor, cart_id, terms)):
        await _refuse(session, visitor, cart_id, terms)


async def claim_and_put(
    session: Session, visitor: Visitor, cart_id: str, draft: LineDraft, terms: Terms
) -> None:
    """Do the work of `claim` and of `put` for one line, in one statement."""
    claiming = _claiming(visitor, cart_id, terms)
    if not await _put(_CLAIM_AND_PUT, session, {draft.sku: draft.quantity}, claiming):
        await _refuse(session, visitor, cart_id, terms, sku=draft.sku)


async def change_line(session: Session, cart_id: str, line_id: UUID, quantity: int) -> None:
    """Set a line's quantity; 0 removes it. Raise CartLineNotFound."""
    names = {"cart": cart_id, "line": line_id}
    if quantity:
        touched = await _CHANGE_LINE(session, **names, quantity=quantity)
    else:
        touched = await _REMOVE_LINE(session, **names)
    if not touched:
        raise CartLineNotFound


async def claim_and_set_contact(
    session: Session, visitor: Visitor, cart_id: str, buyer: Buyer, terms: Terms
) -> None:
    """Do the work of `claim`, and write down who buys and where it goes: one statement.

    Raise ShippingOptionNotFound, and what `claim` raises.
    """
    contact, check = buyer
    option = contact.shipping_option
    billing, region = contact.billing_address, contact.shipping_address.region
    try:
        row = await _CLAIM_AND_SET_CONTACT.row(
            session,
            **_claiming(visitor, cart_id, terms),
            email=contact.email,
            email_key=users.normalised(contact.email),
            shipping=Jsonb(contact.shipping_address),
            billing=Jsonb(billing) if billing else None,
            vat_number=contact.vat_number,
            vat_check=Jsonb(check) if check else None,
            region_key=addresses.region_key(region) if region else None,
            option=option or None,
        )
    except ForeignKeyViolation as gone:  # the way of shipping was deleted while we looked
        raise ShippingOptionNotFound(shipping_option=option) from gone
    if row is None:
        await _refuse(session, visitor, cart_id, terms)
    elif not row[0]:
        raise ShippingOptionNotFound(shipping_option=option)


async def lock(session: Session, visitor: Visitor, cart_id: str) -> CartState:
    """Hold a cart until the transaction ends, whatever its state. Raise CartNotFound.

    An open cart is a logged-in visitor's from then on.
    """
    statement = _LOCK_AS_MINE if visitor.user_id else _LOCK
    row = await statement.row(session, cart=cart_id, visitor=visitor.user_id)
    if row is None:
        raise CartNotFound
    return CartState(row[0])


async def sweep(session: Session, before: datetime, most: int) -> int:
    """Delete at most so many that nobody ordered or touched since then; return how many."""
    return await _SWEEP(session, before=before, most=most)


def _claiming(visitor: Visitor, cart_id: str, terms: Terms) -> dict[str, object]:
    who = {"cart": cart_id, "visitor": visitor.user_id}
    return {**who, "seen": terms.seen, "now": terms.asked_at}


async def _put(
    statement: Prepared, session: Session, wanted: Mapping[str, int], names: dict[str, object]
) -> int:
    ids, skus, quantities = [uuid7() for _ in wanted], list(wanted), list(wanted.values())
    try:
        return await statement(session, **names, ids=ids, skus=skus, quantities=quantities)
    except CheckViolation as refusal:  # ck_cart_lines_quantity: the only CHECK on a line
        raise QuantityTooLarge from refusal


async def _refuse(
    session: Session, visitor: Visitor, cart_id: str, terms: Terms, sku: str | None = None
) -> NoReturn:
    """Say why nothing was touched. It is read again, so it may have just become possible."""
    cart = await cart_reading.read(session, visitor, cart_id, terms)
    if cart.state is CartState.ORDERED:
        raise CartClosed
    if cart.state is CartState.PAYING:
        raise CheckoutInProgress(retry_after=1)
    if sku is not None and terms.seen in {None, cart.version}:
        raise SkuUnknown(sku=sku)
    raise CartChanged(version=cart.version)
