"""Opening, claiming and changing carts. Buyers wait for these statements."""

from collections.abc import Sequence
from typing import NamedTuple, NoReturn
from uuid import UUID

from psycopg.errors import ForeignKeyViolation
from psycopg.types.json import Jsonb

from trastienda.database.db import Reading, Row, Session, prepared, together
from trastienda.database.driver import Call
from trastienda.database.models.carts.cart import (
    CartChanged,
    CartClosed,
    CartLineNotFound,
    CartNotFound,
    CartState,
    CheckoutInProgress,
    SkuUnknown,
)
from trastienda.database.models.shipping.option import ShippingOptionNotFound
from trastienda.schemas.carts.cart import CartRow, Contact
from trastienda.schemas.outside.outside import VatCheck
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.accounts import users
from trastienda.services.carts import prices as cart_prices
from trastienda.services.carts import reading
from trastienda.services.carts.merging import set_aside
from trastienda.services.shared import addresses

_COUNT_SQL = """
    UPDATE carts SET version = version + 1, updated_at = %(now)s,
        customer_id = coalesce(customer_id, %(visitor)s::uuid)
"""
_IF_OPEN_SQL = f"""
    WHERE id = %(cart)s AND state = '{CartState.OPEN}'
        AND (customer_id IS NULL OR customer_id = %(visitor)s::uuid)
        AND (%(seen)s::bigint IS NULL OR version = %(seen)s::bigint)
"""
CLAIM_SQL = f"{_COUNT_SQL} {_IF_OPEN_SQL} RETURNING id, currency"
_CLAIM = prepared(CLAIM_SQL)
_SEEN_SQL = f"""
    SELECT {cart_prices.SEEN_SQL} FROM carts
    JOIN prices ON prices.variant_id = cart_lines.variant_id AND prices.currency = carts.currency
    WHERE carts.id = cart_lines.cart_id
"""
_CHANGE_LINE = prepared(f"""
    UPDATE cart_lines SET quantity = %(quantity)s, seen_price = ({_SEEN_SQL})
    WHERE id = %(line)s AND cart_id = %(cart)s
""")
_ACCEPT_PRICES = prepared(f"""
    UPDATE cart_lines SET seen_price = ({_SEEN_SQL}) WHERE cart_id = %(cart)s
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
# Orders of one address wait for each other, so that each sees how many there are (placing.place).
_ALONE_SQL = """
    CASE WHEN %(limited)s THEN pg_advisory_xact_lock(hashtextextended(email_key, 0)) END
"""
_LOCK = prepared(f"""
    SELECT state, {_ALONE_SQL} FROM carts
    WHERE id = %(cart)s AND (customer_id IS NULL OR customer_id = %(visitor)s::uuid)
    FOR UPDATE
""")
_LOCK_AS_MINE = prepared(f"""
    UPDATE carts SET customer_id = CASE state
        WHEN '{CartState.OPEN}' THEN coalesce(customer_id, %(visitor)s::uuid) ELSE customer_id END
    WHERE id = %(cart)s AND (customer_id IS NULL OR customer_id = %(visitor)s::uuid)
    RETURNING state, {_ALONE_SQL}
""")


# One that was changed last is the one that its owner remembers; an empty one is not worth showing.
_OF_CUSTOMER = prepared(f"""
    SELECT id FROM carts
    WHERE customer_id = %(customer)s AND state <> '{CartState.ORDERED}'
        AND EXISTS (SELECT FROM cart_lines WHERE cart_lines.cart_id = carts.id)
    ORDER BY updated_at DESC, id LIMIT 1
""")


class Buyer(NamedTuple):
    """The buyer's contact, and the check of their VAT number."""

    contact: Contact
    vat_check: VatCheck | None


async def of_customer(session: Reading, customer_id: UUID) -> str:
    """Return the id of the cart that a customer changed last. Raise CartNotFound without one."""
    row = await _OF_CUSTOMER.row(session, customer=customer_id)
    if row is None:
        raise CartNotFound
    cart_id: str = row[0]
    return cart_id


async def claim(session: Session, visitor: Visitor, cart_id: str, context: Context) -> None:
    """Lock an open cart for a change and increase its version; assign it to a logged-in visitor.

    Raise CartNotFound, CartClosed, CheckoutInProgress, or CartChanged with the current version.
    """
    if not await _CLAIM(session, **claiming(visitor, cart_id, context)):
        await refuse(session, visitor, cart_id, context)


async def change_line(session: Session, cart_id: str, line_id: UUID, quantity: int) -> None:
    """Set the quantity of a line, in units; 0 removes the line. Raise CartLineNotFound."""
    names = {"cart": cart_id, "line": line_id}
    if quantity:
        touched = await _CHANGE_LINE(session, **names, quantity=quantity)
    else:
        touched = await _REMOVE_LINE(session, **names)
    if not touched:
        raise CartLineNotFound


async def accept_prices(session: Session, cart_id: str) -> None:
    """Note that the buyer accepts the prices of all lines; read the cart with `noting` then."""
    await _ACCEPT_PRICES(session, cart=cart_id)


async def set_contact(
    session: Session, visitor: Visitor, cart_id: str, buyer: Buyer, context: Context
) -> CartRow:
    """Claim a cart, set its buyer and addresses, and read it, in one round trip to the database.

    Raise ShippingOptionNotFound, and what `claim` raises.
    """
    names = {**claiming(visitor, cart_id, context), **_written(buyer)}
    option = buyer.contact.shipping_option
    setting = _CLAIM_AND_SET_CONTACT.call(names)
    asking = reading.Question(visitor, cart_id, context)
    try:
        was_set, answer = await together(session, setting, asking.call)
    except ForeignKeyViolation as violation:  # the shipping option was deleted meanwhile
        raise ShippingOptionNotFound(shipping_option=option) from violation
    if not was_set.rows:
        await refuse(session, visitor, cart_id, context)
    if not was_set.rows[0][0]:
        raise ShippingOptionNotFound(shipping_option=option)
    return await reading.found(session, answer.rows, asking)


def _written(buyer: Buyer) -> dict[str, object]:
    contact, check = buyer
    billing, region = contact.billing_address, contact.shipping_address.region
    return {
        "email": contact.email,
        "email_key": users.normalised(contact.email),
        "shipping": Jsonb(contact.shipping_address),
        "billing": Jsonb(billing) if billing else None,
        "vat_number": contact.vat_number,
        "vat_check": Jsonb(check) if check else None,
        "region_key": addresses.region_key(region) if region else None,
        "option": contact.shipping_option or None,
    }


async def lock(
    session: Session, visitor: Visitor, cart_id: str, *, limited: bool = False
) -> CartState:
    """Lock a cart in any state until the transaction ends; return its state.

    An open cart is assigned to a logged-in visitor. With `limited`, transactions that lock other
    carts of the same e-mail address wait, too. Raise CartNotFound.
    """
    statement = _LOCK_AS_MINE if visitor.user_id else _LOCK
    row = await statement.row(session, cart=cart_id, visitor=visitor.user_id, limited=limited)
    if row is None:
        raise await set_aside.missing(session, visitor, cart_id)
    return CartState(row[0])


async def lock_and_ask(
    session: Session, visitor: Visitor, cart_id: str, asking: Call, *, limited: bool = False
) -> tuple[CartState, Sequence[Row]]:
    """Do as `lock` does, and ask `asking` of the cart once it is held: all in one message.

    Return its state, and the rows of the answer. Raise CartNotFound.
    """
    statement = _LOCK_AS_MINE if visitor.user_id else _LOCK
    locking = statement.call({"cart": cart_id, "visitor": visitor.user_id, "limited": limited})
    locked, answer = await together(session, locking, asking)
    if not locked.rows:
        raise await set_aside.missing(session, visitor, cart_id)
    return CartState(locked.rows[0][0]), answer.rows


def claiming(visitor: Visitor, cart_id: str, context: Context) -> dict[str, object]:
    """Return the values of `CLAIM_SQL`."""
    claimed = {"cart": cart_id, "visitor": visitor.user_id}
    return {**claimed, "seen": context.seen, "now": context.asked_at}


async def refuse(
    session: Session, visitor: Visitor, cart_id: str, context: Context, sku: str | None = None
) -> NoReturn:
    """Raise the reason why nothing was changed. The cart is read again, so it may be outdated."""
    cart = await reading.read(session, visitor, cart_id, context)
    if cart.state is CartState.ORDERED:
        raise CartClosed
    if cart.state is CartState.PAYING:
        raise CheckoutInProgress(retry_after=1)
    if sku is not None and context.seen in {None, cart.version}:
        raise SkuUnknown(sku=sku)
    raise CartChanged(version=cart.version)
