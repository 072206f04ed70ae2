"""Reminders of abandoned carts: on request only, once per cart, and not after an order."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.carts.cart import CartClosed, CartState
from trastienda.database.models.shared.text import Locale
from trastienda.errors import Invalid
from trastienda.schemas.carts.reminder import AbandonedCart
from trastienda.services.accounts.users import normalised
from trastienda.services.carts.expiry import PAST_SQL
from trastienda.services.shared import advisory_locks, tokens

PURPOSE = "cart"
BETWEEN = timedelta(days=7)
"""The least time between two reminders to one address."""
LIFETIME = timedelta(days=30)
"""How long the link in a reminder is valid."""
_REQUEST = prepared("""
    INSERT INTO cart_reminders (id, cart_id, email, locale, consented_at)
    VALUES (%(id)s, %(cart)s, %(email)s, %(locale)s, %(now)s)
    ON CONFLICT (cart_id) DO UPDATE
        SET email = excluded.email, locale = excluded.locale, consented_at = excluded.consented_at
        WHERE cart_reminders.email <> excluded.email AND cart_reminders.reminded_at IS NULL
""")
# Reminders already triggered are kept: otherwise a withdrawal and a new request would send another.
_WITHDRAW = prepared("""
    WITH deleted AS (
        DELETE FROM cart_reminders WHERE cart_id = %(cart)s AND reminded_at IS NULL
    )
    UPDATE cart_reminders SET withdrawn_at = %(now)s
    WHERE cart_id = %(cart)s AND reminded_at IS NOT NULL
""")
_ORDERED_SQL = """
    EXISTS (SELECT 1 FROM orders
        WHERE orders.placed_at > reminders.consented_at AND (
            orders.email_key = reminders.email OR orders.customer_id = carts.customer_id))
"""
_LOCK = 0x7265_6D69_6E64_6572  # "reminder": the advisory lock of the node that sends reminders
_DUE = prepared(f"""
    SELECT reminders.id, reminders.cart_id, reminders.email, reminders.locale, carts.customer_id
    FROM cart_reminders AS reminders
    JOIN carts ON carts.id = reminders.cart_id AND carts.state = '{CartState.OPEN}'
    JOIN channels ON channels.id = carts.channel_id
    WHERE reminders.reminded_at IS NULL
        AND carts.updated_at
            <= %(now)s::timestamptz - make_interval(hours => channels.reminder_after::int)
        AND NOT ({PAST_SQL})
        AND EXISTS (SELECT 1 FROM cart_lines WHERE cart_lines.cart_id = carts.id)
        AND NOT EXISTS (SELECT 1 FROM cart_reminders AS before
            WHERE before.email = reminders.email AND before.reminded_at > %(since)s)
        AND NOT {_ORDERED_SQL}
    ORDER BY carts.updated_at LIMIT 100 FOR UPDATE OF reminders SKIP LOCKED
""")
_REMINDED = prepared("UPDATE cart_reminders SET reminded_at = %(now)s WHERE id = ANY (%(ids)s)")
_WANTED = prepared(f"""
    SELECT 1 FROM cart_reminders AS reminders
    JOIN carts ON carts.id = reminders.cart_id AND carts.state = '{CartState.OPEN}'
    JOIN channels ON channels.id = carts.channel_id AND NOT ({PAST_SQL})
    WHERE reminders.id = %(id)s AND reminders.withdrawn_at IS NULL AND NOT {_ORDERED_SQL}
""")
_LEFT = prepared(f"""
    SELECT carts.id, carts.currency, carts.state = '{CartState.ORDERED}'
    FROM cart_reminders AS reminders
    JOIN carts ON carts.id = reminders.cart_id
    WHERE reminders.id = %(id)s AND reminders.reminded_at > %(since)s
""")
_LINES = prepared("""
    SELECT variant_id, quantity, seen_price FROM cart_lines WHERE cart_id = %(cart)s ORDER BY id
""")
_COPY = prepared("""
    WITH lines AS (
        INSERT INTO cart_lines (id, cart_id, variant_id, quantity, seen_price)
        SELECT line.id, %(to)s, line.variant_id, line.quantity, line.seen_price
        FROM unnest(%(ids)s::uuid[], %(variants)s::uuid[], %(quantities)s::bigint[],
            %(seen)s::bigint[]) AS line (id, variant_id, quantity, seen_price)
    )
    INSERT INTO cart_coupons (cart_id, coupon_id, created_at)
    SELECT %(to)s, coupon_id, %(now)s FROM cart_coupons WHERE cart_id = %(cart)s
""")
_SWEEP = prepared(f"""
    DELETE FROM cart_reminders WHERE id = ANY (ARRAY(
        SELECT reminders.id FROM cart_reminders AS reminders
        JOIN carts ON carts.id = reminders.cart_id AND carts.state = '{CartState.ORDERED}'
        WHERE reminders.consented_at < %(before)s
        LIMIT %(most)s FOR UPDATE OF reminders SKIP LOCKED))
""")


async def request(
    session: Session, cart_id: str, email: str, locale: Locale, now: datetime
) -> bool:
    """Record the request for a reminder of a locked cart; return whether it is a new one."""
    recipient = {"email": normalised(email), "locale": locale.value}
    return bool(await _REQUEST(session, id=uuid7(), cart=cart_id, **recipient, now=now))


async def withdraw(session: Session, cart_id: str, now: datetime) -> None:
    """Withdraw the request for a reminder, even if its mail is about to be sent."""
    await _WITHDRAW(session, cart=cart_id, now=now)


async def due(session: Session, now: datetime) -> list[AbandonedCart]:
    """Lock and return the carts that a reminder is due for: at most 100, and one per address.

    Return none while another node does this, as it may remind the same address of another cart.
    """
    if not await advisory_locks.take_if_free(session, _LOCK):
        return []
    rows = await _DUE.rows(session, now=now, since=now - BETWEEN)
    first: dict[str, AbandonedCart] = {}
    for id_, cart_id, email, locale, customer_id in rows:
        abandoned = AbandonedCart(
            id=id_,
            cart_id=cart_id,
            email=email,
            locale=Locale(locale),
            customer_id=customer_id,
        )
        first.setdefault(email, abandoned)
    return list(first.values())


async def mark(session: Session, carts: Sequence[AbandonedCart], now: datetime) -> None:
    """Record that the reminders of these carts were triggered at `now`."""
    await _REMINDED(session, ids=[cart.id for cart in carts], now=now)


async def wanted(session: Reading, reminder_id: UUID, now: datetime) -> bool:
    """Return whether a reminder is still wanted: not withdrawn, nothing ordered, not expired."""
    return await _WANTED.row(session, id=reminder_id, now=now) is not None


def token(reminder_id: UUID) -> str:
    """Return the signed token of the link in a reminder."""
    return f"{reminder_id.hex}.{tokens.sign(PURPOSE, reminder_id.hex)}"


async def left(session: Reading, token: str, now: datetime) -> tuple[str, str]:
    """Return the id and the currency of the cart of a reminder's link, by its token.

    Raise LinkUnusable, or CartClosed if the cart has become an order.
    """
    number, _, signature = token.partition(".")
    if not tokens.verify(PURPOSE, number, signature):
        raise LinkUnusable
    row = await _LEFT.row(session, id=UUID(number), since=now - LIFETIME)
    if row is None:
        raise LinkUnusable
    cart_id, currency, ordered = row
    if ordered:
        raise CartClosed
    return cart_id, currency


async def copy(session: Session, cart_id: str, to: str, now: datetime) -> None:
    """Copy the lines and coupons of a cart into an empty cart, `to`."""
    rows = await _LINES.rows(session, cart=cart_id)
    variants, quantities, seen = ([row[place] for row in rows] for place in range(3))
    lines = {
        "ids": [uuid7() for _ in rows],
        "variants": variants,
        "quantities": quantities,
        "seen": seen,
    }
    await _COPY(session, cart=cart_id, to=to, **lines, now=now)


async def sweep(session: Session, before: datetime, most: int) -> int:
    """Delete at most `most` requests from before a time, of carts that were ordered.

    Requests of other carts are deleted together with the cart. Return how many were deleted.
    """
    return await _SWEEP(session, before=before, most=most)


class LinkUnusable(Invalid):
    """The link is not valid, or too old."""
