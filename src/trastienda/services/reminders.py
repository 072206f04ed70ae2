"""Reminding of carts that were left: only who asked for it, once a cart, and not who has bought."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.cart import CartClosed
from trastienda.database.models.text import Locale
from trastienda.errors import Invalid
from trastienda.schemas.reminder import AbandonedCart
from trastienda.services import tokens
from trastienda.services.users import normalised

PURPOSE = "cart"
BETWEEN = timedelta(days=7)
"""At least, between two reminders to one address."""
LIFETIME = timedelta(days=30)
"""Of the link in the mail."""
_WISH = prepared("""
    INSERT INTO cart_reminders (id, cart_id, email, locale, consented_at)
    VALUES (%(id)s, %(cart)s, %(email)s, %(locale)s, %(now)s)
    ON CONFLICT (cart_id) DO UPDATE
        SET email = excluded.email, locale = excluded.locale, consented_at = excluded.consented_at
        WHERE cart_reminders.email <> excluded.email AND cart_reminders.reminded_at IS NULL
""")
# What was told is remembered: else who takes a wish back and says it anew has us write anew.
_UNWISH = prepared("""
    WITH forgotten AS (
        DELETE FROM cart_reminders WHERE cart_id = %(cart)s AND reminded_at IS NULL
    )
    UPDATE cart_reminders SET withdrawn_at = %(now)s
    WHERE cart_id = %(cart)s AND reminded_at IS NOT NULL
""")
_BOUGHT_SQL = """
    EXISTS (SELECT 1 FROM orders
        WHERE orders.placed_at > reminders.consented_at AND (
            orders.email_key = reminders.email OR orders.customer_id = carts.customer_id))
"""
_LOCK = 0x7265_6D69_6E64_6572  # "reminder": the advisory lock of whoever reminds
_TURN = prepared("SELECT pg_try_advisory_xact_lock(%(lock)s)")
_DUE = prepared(f"""
    SELECT reminders.id, reminders.cart_id, reminders.email, reminders.locale, carts.customer_id
    FROM cart_reminders AS reminders
    JOIN carts ON carts.id = reminders.cart_id AND carts.state = 'open'
    JOIN channels ON channels.id = carts.channel_id
    WHERE reminders.reminded_at IS NULL
        AND carts.updated_at <= %(now)s - make_interval(hours => channels.reminder_after::int)
        AND EXISTS (SELECT 1 FROM cart_lines WHERE cart_lines.cart_id = carts.id)
        AND NOT EXISTS (SELECT 1 FROM cart_reminders AS before
            WHERE before.email = reminders.email AND before.reminded_at > %(since)s)
        AND NOT {_BOUGHT_SQL}
    ORDER BY carts.updated_at LIMIT 100 FOR UPDATE OF reminders SKIP LOCKED
""")
_REMINDED = prepared("UPDATE cart_reminders SET reminded_at = %(now)s WHERE id = ANY (%(ids)s)")
_WANTED = prepared(f"""
    SELECT 1 FROM cart_reminders AS reminders
    JOIN carts ON carts.id = reminders.cart_id AND carts.state = 'open'
    WHERE reminders.id = %(id)s AND reminders.withdrawn_at IS NULL AND NOT {_BOUGHT_SQL}
""")
_LEFT = prepared("""
    SELECT carts.id, carts.currency, carts.state = 'ordered' FROM cart_reminders AS reminders
    JOIN carts ON carts.id = reminders.cart_id
    WHERE reminders.id = %(id)s AND reminders.reminded_at > %(since)s
""")
_LINES = prepared(
    "SELECT variant_id, quantity FROM cart_lines WHERE cart_id = %(cart)s ORDER BY id"
)
_COPY = prepared("""
    WITH lines AS (
        INSERT INTO cart_lines (id, cart_id, variant_id, quantity)
        SELECT line.id, %(to)s, line.variant_id, line.quantity
        FROM unnest(%(ids)s::uuid[], %(variants)s::uuid[], %(quantities)s::bigint[])
            AS line (id, variant_id, quantity)
    )
    INSERT INTO cart_coupons (cart_id, coupon_id, created_at)
    SELECT %(to)s, coupon_id, %(now)s FROM cart_coupons WHERE cart_id = %(cart)s
""")
_SWEEP = prepared("""
    DELETE FROM cart_reminders WHERE id IN (
        SELECT reminders.id FROM cart_reminders AS reminders
        JOIN carts ON carts.id = reminders.cart_id AND carts.state = 'ordered'
        WHERE reminders.consented_at < %(before)s
        LIMIT %(most)s FOR UPDATE OF reminders SKIP LOCKED)
""")


async def wish(session: Session, cart_id: str, email: str, locale: Locale, now: datetime) -> bool:
    """Write down that somebody wants to be reminded of a cart that is held; say if it is news."""
    who = {"email": normalised(email), "locale": locale.value}
    return bool(await _WISH(session, id=uuid7(), cart=cart_id, **who, now=now))


async def unwish(session: Session, cart_id: str, now: datetime) -> None:
    """Remind nobody of a cart, not even if its letter is about to be written."""
    await _UNWISH(session, cart=cart_id, now=now)


async def due(session: Session, now: datetime) -> list[AbandonedCart]:
    """Take carts that it is time to remind of, at most 100, and one an address.

    None while another node does: it may be about to remind the same address of another cart.
    """
    turn = await _TURN.row(session, lock=_LOCK)
    if turn is None or not turn[0]:
        return []
    rows = await _DUE.rows(session, now=now, since=now - BETWEEN)
    first: dict[str, AbandonedCart] = {}
    for id_, cart_id, email, locale, customer_id in rows:
        left = AbandonedCart(
            id=id_,
            cart_id=cart_id,
            email=email,
            locale=Locale(locale),
            customer_id=customer_id,
        )
        first.setdefault(email, left)
    return list(first.values())


async def mark(session: Session, carts: Sequence[AbandonedCart], now: datetime) -> None:
    await _REMINDED(session, ids=[cart.id for cart in carts], now=now)


async def wanted(session: Reading, reminder_id: UUID) -> bool:
    """Say whether a reminder makes sense still: the cart is there, and nothing was bought."""
    return await _WANTED.row(session, id=reminder_id) is not None


def token(reminder_id: UUID) -> str:
    """Give what the link in a reminder carries."""
    return f"{reminder_id.hex}.{tokens.sign(PURPOSE, reminder_id.hex)}"


async def left(session: Reading, token: str, now: datetime) -> tuple[str, str]:
    """Return the id and the currency of the cart that a link is about.

    Raise LinkUnusable, or CartClosed when it has become an order.
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
    """Put the lines and codes of one cart into another, which is empty."""
    rows = await _LINES.rows(session, cart=cart_id)
    variants, quantities = [row[0] for row in rows], [row[1] for row in rows]
    what = {"ids": [uuid7() for _ in rows], "variants": variants, "quantities": quantities}
    await _COPY(session, cart=cart_id, to=to, **what, now=now)


async def sweep(session: Session, before: datetime, most: int) -> int:
    """Delete at most so many wishes of before then about carts that were ordered.

    Those about other carts go with these.
    """
    return await _SWEEP(session, before=before, most=most)


class LinkUnusable(Invalid):
    """The link is not valid, or too old."""
