"""Gift cards that are sold: issued once for each unit of a line, and taken back while unused."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from msgspec import structs
from psycopg.types.json import Jsonb
from uuid_utils.compat import uuid7

from trastienda.database.db import Session, prepared
from trastienda.database.models.credit.account import CreditKind, GiftCardUsed
from trastienda.database.models.credit.movement import MovementKind
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.credit.gift_card import GiftCardSent
from trastienda.schemas.ledger.booking import Booking
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.gift_card import GiftRecipient
from trastienda.services.accounts.users import normalised
from trastienda.services.credit import expiry, gift_cards, telling
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.ledger import credit_bookings, ledger

_GIVEN = "id uuid, line uuid, unit bigint, amount bigint, email text, email_key text"
# Its code is made when the email with it is written. A unit that has its card already is refused.
_ISSUE = prepared(f"""
    WITH issued AS (
        INSERT INTO credit_accounts (id, kind, currency, created_at, balance, held, version,
            initial_amount, expires_at, recipient_email, recipient_key, sends, order_line_id, unit)
        SELECT given.id, '{CreditKind.GIFT_CARD}', %(currency)s, %(now)s, given.amount, 0, 1,
            given.amount, %(expires_at)s, given.email, given.email_key, 1, given.line, given.unit
        FROM jsonb_to_recordset(%(cards)s) AS given ({_GIVEN})
        RETURNING id, initial_amount
    )
    INSERT INTO credit_movements (account_id, kind, amount, at, actor, actor_id, order_id)
    SELECT id, '{MovementKind.ISSUED}', initial_amount, %(now)s, %(actor)s, %(actor_id)s::uuid,
        %(order)s
    FROM issued ORDER BY id
""")
# Checkouts lock accounts in the order of their ids, too: a card that one holds is not taken back.
_TAKE_BACK = prepared(f"""
    WITH wanted AS (
        SELECT * FROM unnest(%(lines)s::uuid[], %(units)s::bigint[]) AS wanted (line, units)
    ), unused AS MATERIALIZED (
        SELECT id, order_line_id, unit FROM credit_accounts
        WHERE order_line_id = ANY (%(lines)s) AND balance = initial_amount AND held = 0
        ORDER BY id FOR NO KEY UPDATE
    ), chosen AS (
        SELECT ranked.id FROM (
            SELECT *, row_number() OVER (PARTITION BY order_line_id ORDER BY unit DESC) AS place
            FROM unused) AS ranked
        JOIN wanted ON wanted.line = ranked.order_line_id AND ranked.place <= wanted.units
    ), taken AS (
        UPDATE credit_accounts AS card SET balance = 0,
            disabled_at = coalesce(disabled_at, %(now)s), version = version + 1
        FROM chosen WHERE card.id = chosen.id
        RETURNING card.id, card.order_line_id, card.initial_amount, card.version
    ), noted AS (
        INSERT INTO credit_movements
            (account_id, kind, amount, at, actor, actor_id, order_id, refund_id)
        SELECT id, '{MovementKind.TAKEN_BACK}', -initial_amount, %(now)s, %(actor)s,
            %(actor_id)s::uuid, %(order)s, %(refund)s FROM taken ORDER BY id
    )
    SELECT id, order_line_id, initial_amount, version FROM taken ORDER BY id
""")
# What staff had disabled themselves before stays disabled.
_GIVE_BACK = prepared(f"""
    WITH taken AS MATERIALIZED (
        SELECT account_id, -amount AS amount, at FROM credit_movements
        WHERE order_id = %(order)s AND refund_id = %(refund)s
            AND kind = '{MovementKind.TAKEN_BACK}'
    ), returned AS (
        UPDATE credit_accounts AS card SET balance = balance + taken.amount,
            disabled_at = nullif(disabled_at, taken.at), version = version + 1
        FROM taken WHERE card.id = taken.account_id
        RETURNING card.id, card.order_line_id, taken.amount, card.version
    ), noted AS (
        INSERT INTO credit_movements
            (account_id, kind, amount, at, actor, actor_id, order_id, refund_id)
        SELECT id, '{MovementKind.REINSTATED}', amount, %(now)s, %(actor)s, %(actor_id)s::uuid,
            %(order)s, %(refund)s FROM returned ORDER BY id
    )
    SELECT id, order_line_id, amount, version FROM returned ORDER BY id
""")


class Sale(NamedTuple):
    """The order whose gift cards are issued, as far as they depend on it."""

    order_id: UUID
    currency: str
    country: str
    """Whose law says when they expire."""
    locale: Locale


class Unit(NamedTuple):
    """A unit of a line of an order: one gift card."""

    line_id: UUID
    number: int
    """Within the line, from 1."""
    amount: int
    recipient: GiftRecipient


class Card(NamedTuple):
    """A sold gift card whose balance was taken back, or given back."""

    card_id: UUID
    line_id: UUID
    amount: int
    version: int


async def issue(session: Session, sale: Sale, units: Sequence[Unit], context: Context) -> None:
    """Issue a gift card for each unit, and let its code go to its recipient by email.

    The caller has the order's row for itself. A fixed number of statements for any number of units.
    """
    recipients = {uuid7(): unit for unit in units}
    cards = [
        {
            "id": card_id,
            "line": unit.line_id,
            "unit": unit.number,
            "amount": unit.amount,
            "email": unit.recipient.email,
            "email_key": normalised(unit.recipient.email),
        }
        for card_id, unit in recipients.items()
    ]
    await _ISSUE(
        session,
        cards=Jsonb(cards),
        currency=sale.currency,
        expires_at=expiry.by_law(sale.country, context.asked_at),
        order=sale.order_id,
        **_by(context),
    )
    booked = [
        credit_bookings.sold(card_id, unit.line_id, unit.amount, version=1)
        for card_id, unit in recipients.items()
    ]
    await ledger.write(session, booked, sale.order_id, sale.currency, context.asked_at)
    told = await gift_cards.told(session, list(recipients), context.asked_at)
    await events.record_created(session, event_types.GIFT_CARD_ISSUED, told, context)
    sent = [
        GiftCardSent(
            **structs.asdict(card),
            email=recipients[card.id].recipient.email,
            locale=recipients[card.id].recipient.locale or sale.locale,
            send=1,
            message=recipients[card.id].recipient.message,
            from_name=recipients[card.id].recipient.from_name,
        )
        for card in told
    ]
    await events.record_created(session, event_types.GIFT_CARD_SENT, sent, context, sequence=2)


async def take_back(
    session: Session, order_id: UUID, refund_id: UUID, units: Mapping[UUID, int], context: Context
) -> list[Booking]:
    """Take gift cards back that nothing was paid with, so many of each line; return the bookings.

    They are disabled. Raise GiftCardUsed if fewer are unused.
    """
    rows = await _TAKE_BACK.rows(
        session,
        lines=list(units),
        units=list(units.values()),
        order=order_id,
        refund=refund_id,
        **_by(context),
    )
    taken = [Card(*row) for row in rows]
    if len(taken) < sum(units.values()):
        raise GiftCardUsed
    await _tell(session, taken, context)
    return [credit_bookings.taken_back(*card) for card in taken]


async def give_back(
    session: Session, order_id: UUID, refund_id: UUID, context: Context
) -> tuple[Counter[UUID], list[Booking]]:
    """Give back the gift cards that a refund took, because it is withdrawn.

    Return how many of each line, and the bookings.
    """
    rows = await _GIVE_BACK.rows(session, order=order_id, refund=refund_id, **_by(context))
    cards = [Card(*row) for row in rows]
    await _tell(session, cards, context)
    return Counter(card.line_id for card in cards), [credit_bookings.sold(*card) for card in cards]


async def _tell(session: Session, cards: Sequence[Card], context: Context) -> None:
    moved = [card.card_id for card in cards]
    await telling.tell_cards(session, event_types.GIFT_CARD_MOVED, moved, context)


def _by(context: Context) -> dict[str, object]:
    return {
        "actor": context.by.type.value,
        "actor_id": context.by.id,
        "now": context.asked_at,
    }
