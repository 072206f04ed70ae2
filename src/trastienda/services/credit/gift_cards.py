"""Gift cards on record: issuing, finding and changing them."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from uuid_utils.compat import uuid7

from trastienda.database.db import Prepared, Reading, Session, prepared
from trastienda.database.models.credit.account import (
    CreditAccount,
    CreditKind,
    GiftCardChanged,
    GiftCardNotFound,
    GiftCardStatus,
)
from trastienda.database.models.credit.movement import MovementKind
from trastienda.database.models.ledger.ledger import Account
from trastienda.schemas.credit.gift_card import (
    GiftCardDetail,
    GiftCardPage,
    GiftCardsListed,
    GiftCardTold,
    GiftCardView,
)
from trastienda.schemas.shared.context import Context
from trastienda.services.accounts.users import normalised
from trastienda.services.credit import balances, codes
from trastienda.services.ledger import credit_bookings, ledger
from trastienda.services.shared import cursors
from trastienda.services.shared.records import Records, expect_version, selected

OWED = Account.GIFT_CARDS_OWED
_TOLD_SQL = f"""
    id, version, CASE
        WHEN disabled_at IS NOT NULL THEN '{GiftCardStatus.DISABLED}'
        WHEN expires_at <= %(now)s THEN '{GiftCardStatus.EXPIRED}'
        WHEN balance = 0 THEN '{GiftCardStatus.USED}' ELSE '{GiftCardStatus.ACTIVE}' END,
    currency, balance, initial_amount, last_characters, expires_at, disabled_at IS NOT NULL, note,
    recipient_email, issued_by, (
        SELECT order_id FROM order_lines WHERE order_lines.id = order_line_id), created_at
"""
_FROM_SQL = f"FROM credit_accounts WHERE kind = '{CreditKind.GIFT_CARD}'"
_VIEW = prepared(f"SELECT {_TOLD_SQL}, held {_FROM_SQL} AND id = %(card)s")
_TOLD = prepared(f"SELECT {_TOLD_SQL} {_FROM_SQL} AND id = ANY (%(cards)s) ORDER BY id")
_ISSUE = prepared(f"""
    WITH issued AS (
        INSERT INTO credit_accounts (id, kind, currency, created_at, balance, held, version,
            code_digest, last_characters, initial_amount, expires_at, note, recipient_email,
            recipient_key, issued_by)
        SELECT given.id, '{CreditKind.GIFT_CARD}', %(currency)s, %(now)s, %(amount)s, 0, 1,
            given.digest, given.last_characters, %(amount)s, %(expires_at)s, %(note)s, %(email)s,
            %(email_key)s, %(actor_id)s::uuid
        FROM unnest(%(ids)s::uuid[], %(digests)s::bytea[], %(lasts)s::text[])
            AS given (id, digest, last_characters)
        RETURNING id
    )
    INSERT INTO credit_movements (account_id, kind, amount, at, actor, actor_id)
    SELECT id, '{MovementKind.ISSUED}', %(amount)s, %(now)s, %(actor)s, %(actor_id)s::uuid
    FROM issued ORDER BY id
""")
# Only the newest email is written; a card that cannot be used gets no code.
_RENEW = prepared(f"""
    UPDATE credit_accounts SET code_digest = %(digest)s, last_characters = %(last)s,
        version = version + 1
    WHERE kind = '{CreditKind.GIFT_CARD}' AND id = %(card)s AND sends = %(send)s
        AND disabled_at IS NULL AND (expires_at IS NULL OR expires_at > %(now)s)
""")
_FILTERS = {
    "last_characters": "last_characters = %(last_characters)s",
    "email": "recipient_key = %(email)s",
    "order_id": ("id IN (SELECT account_id FROM credit_movements WHERE order_id = %(order_id)s)"),
}


class Issue(NamedTuple):
    """What gift cards are issued with."""

    amount: int
    currency: str
    expires_at: datetime | None
    note: str | None = None
    email: str | None = None


async def issue(
    session: Session, wanted: Issue, given: Sequence[str | None], context: Context
) -> list[UUID]:
    """Issue a gift card for each of these codes; None: its code is made later. Three statements."""
    ids = [uuid7() for _ in given]
    await _ISSUE(
        session,
        ids=ids,
        digests=[codes.digest(code) if code else None for code in given],
        lasts=[codes.shown(code) if code else None for code in given],
        amount=wanted.amount,
        currency=wanted.currency,
        expires_at=wanted.expires_at,
        note=wanted.note,
        email=wanted.email,
        email_key=normalised(wanted.email) if wanted.email else None,
        actor=context.by.type.value,
        actor_id=context.by.id,
        now=context.asked_at,
    )
    booked = [credit_bookings.issued(OWED, id_, wanted.amount) for id_ in ids]
    await ledger.write(session, booked, None, wanted.currency, context.asked_at)
    return ids


async def renew_code(session: Session, card_id: UUID, send: int, now: datetime) -> str | None:
    """Give a gift card a new code, for the email of that number; the previous one opens nothing.

    Return None if a newer email was asked for, or the card cannot be used any more.
    """
    code = codes.fresh()
    names = {"digest": codes.digest(code), "last": codes.shown(code)}
    renewed = await _RENEW(session, card=card_id, send=send, now=now, **names)
    return code if renewed else None


async def view(session: Reading, card_id: UUID, now: datetime) -> GiftCardView:
    """Return a gift card. Raise GiftCardNotFound."""
    if row := await _VIEW.row(session, card=card_id, now=now):
        return selected(row, GiftCardView)
    raise GiftCardNotFound


async def detail(session: Reading, card_id: UUID, now: datetime) -> GiftCardDetail:
    """Return a gift card with what has moved its balance. Raise GiftCardNotFound."""
    card = await view(session, card_id, now)
    fields: dict[str, Any] = {name: getattr(card, name) for name in card.__struct_fields__}
    return GiftCardDetail(**fields, movements=await balances.movements(session, card_id))


async def told(session: Reading, card_ids: Sequence[UUID], now: datetime) -> list[GiftCardTold]:
    """Return gift cards as events tell of them, in the order of their ids."""
    rows = await _TOLD.rows(session, cards=list(card_ids), now=now)
    return [selected(row, GiftCardTold) for row in rows]


async def page(
    session: Reading, wanted: GiftCardsListed, limit: int, cursor: str | None, now: datetime
) -> GiftCardPage:
    """List gift cards, the newest first. Raise CursorUnusable for another list's cursor."""
    filters = {
        "last_characters": wanted.last_characters and wanted.last_characters.upper(),
        "email": wanted.email and normalised(wanted.email),
        "order_id": wanted.order_id,
    }
    named = {name: value for name, value in filters.items() if value is not None}
    shape = ["gift-cards", *(f"{name} {value}" for name, value in named.items())]
    _, last = cursors.read(cursor, shape, str) if cursor else (None, None)
    statement = _page(frozenset(named), after=last is not None)
    names = named | ({"last": last} if last else {})
    rows = await statement.rows(session, **names, limit=limit, now=now)
    items = [selected(row, GiftCardView) for row in rows[:limit]]
    more = cursors.after(shape, "", items[-1].id) if len(rows) > limit else None
    return GiftCardPage(items, more)


async def claim(session: Session, card_id: UUID, seen: int | None) -> CreditAccount:
    """Lock a gift card for a change. Raise GiftCardNotFound or GiftCardChanged."""
    card = await _RECORDS.claim(session, card_id, None)
    if card.kind is not CreditKind.GIFT_CARD:
        raise GiftCardNotFound
    expect_version(card.version, seen, GiftCardChanged)
    return card


@cache
def _page(named: frozenset[str], *, after: bool) -> Prepared:
    """Make the statement of a list: each combination of filters is read by its own index."""
    conditions = [_FILTERS[name] for name in sorted(named)] + (["id < %(last)s"] if after else [])
    where = "".join(f" AND {condition}" for condition in conditions)
    sql = f"SELECT {_TOLD_SQL}, held {_FROM_SQL}{where} ORDER BY id DESC LIMIT %(limit)s + 1"
    return Prepared(sql)


_RECORDS = Records(CreditAccount, missing=GiftCardNotFound, changed=GiftCardChanged, key_share=True)
save = _RECORDS.save
