"""Gift cards and store credit in a cart: which there are, and what each pays.

Gift cards pay first, in the order in which they were added, then store credit; a payment provider
takes the rest.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.carts.cart import CartState
from trastienda.database.models.credit.account import (
    CreditKind,
    GiftCardExpired,
    GiftCardInOtherCurrency,
    GiftCardNotInCart,
    GiftCardsFull,
    GiftCardUnknown,
)
from trastienda.database.models.credit.cart_gift_card import MOST_GIFT_CARDS
from trastienda.schemas.carts.assessment import Assessment
from trastienda.schemas.carts.cart import CartRow
from trastienda.schemas.credit.amounts import Tender
from trastienda.schemas.credit.of_carts import CreditRow
from trastienda.services.credit import codes

_READ = prepared(f"""
    SELECT account.id, account.kind, CASE
            WHEN account.disabled_at IS NOT NULL OR account.expires_at <= %(now)s THEN 0
            ELSE account.balance - account.held END + coalesce(own.amount, 0),
        account.last_characters, account.expires_at
    FROM (
        SELECT account_id, added_at FROM cart_gift_cards WHERE cart_id = %(cart)s
        UNION ALL
        SELECT id, NULL FROM credit_accounts
        WHERE %(store_credit)s AND customer_id = %(customer)s::uuid AND currency = %(currency)s
            AND kind = '{CreditKind.STORE_CREDIT}'
    ) AS used JOIN credit_accounts AS account ON account.id = used.account_id
        LEFT JOIN LATERAL (
            SELECT credit_holds.amount FROM payment_attempts
                JOIN credit_holds ON source_id = (snapshot ->> 'id')::uuid
            WHERE %(waits)s AND payment_attempts.cart_id = %(cart)s
                AND credit_holds.account_id = account.id
            LIMIT 1) AS own ON true
    ORDER BY used.added_at NULLS LAST, account.id
""")
_KNOWN = prepared(f"""
    SELECT id, currency, coalesce(expires_at <= %(now)s, false) FROM credit_accounts
    WHERE code_digest = %(digest)s AND kind = '{CreditKind.GIFT_CARD}' AND disabled_at IS NULL
""")
_ADD = prepared("""
    WITH cart AS (
        UPDATE carts SET has_gift_cards = true WHERE id = %(cart)s
    ), added AS (
        INSERT INTO cart_gift_cards (cart_id, account_id, added_at)
        VALUES (%(cart)s, %(card)s, %(now)s) ON CONFLICT DO NOTHING RETURNING 1
    )
    SELECT (SELECT count(*) FROM added) + count(*) FROM cart_gift_cards WHERE cart_id = %(cart)s
""")
_REMOVE = prepared("""
    DELETE FROM cart_gift_cards WHERE cart_id = %(cart)s AND account_id = %(card)s
""")
_USE_STORE_CREDIT = prepared("UPDATE carts SET uses_store_credit = %(use)s WHERE id = %(cart)s")


async def read(
    session: Reading, cart: CartRow, customer_id: UUID | None, now: datetime
) -> list[CreditRow]:
    """Return what a cart can be paid with beside a provider, in the order in which these pay.

    Store credit is only the visitor's own, whose cart it is. What the cart's payment holds itself,
    while it waits, counts as available.
    """
    rows = await _READ.rows(
        session,
        cart=cart.id,
        customer=customer_id,
        store_credit=cart.uses_store_credit and customer_id is not None,
        currency=cart.currency,
        waits=cart.state is CartState.PAYING,
        now=now,
    )
    return [
        CreditRow(
            account_id=account_id,
            kind=CreditKind(kind),
            available=available,
            last_characters=last,
            expires_at=expires_at,
        )
        for account_id, kind, available, last, expires_at in rows
    ]


def payable(assessed: Assessment) -> int:
    """Return what of a cart gift cards and store credit may pay, in minor units.

    Neither buys gift cards: that would renew one that expires, and make store credit transferable.
    """
    lines = zip(assessed.cart.lines, assessed.priced.lines, strict=True)
    sold = sum(sums.total for line, sums in lines if line.gift_card is not None)
    return assessed.priced.totals.total - sold


def parts(credit: Sequence[CreditRow], total: int) -> list[int]:
    """Say what each pays of a total, in minor units."""
    found, left = [], total
    for row in credit:
        part = min(row.available, left)
        found.append(part)
        left -= part
    return found


def tenders(credit: Sequence[CreditRow], total: int) -> list[Tender]:
    """Freeze what each pays of a total, without those that pay nothing."""
    return [
        Tender(
            account_id=row.account_id,
            payment_id=uuid7(),
            kind=row.kind,
            amount=part,
            last_characters=row.last_characters,
        )
        for row, part in zip(credit, parts(credit, total), strict=True)
        if part
    ]


async def known(session: Reading, code: str, now: datetime) -> bool:
    """Say whether a code is that of a gift card which is not disabled."""
    return await _KNOWN.row(session, digest=codes.digest(code), now=now) is not None


async def add(session: Session, cart_id: str, currency: str, code: str, now: datetime) -> None:
    """Add a gift card to a cart that is claimed, unless it is in it.

    Raise GiftCardUnknown, GiftCardExpired, GiftCardInOtherCurrency or GiftCardsFull.
    """
    row = await _KNOWN.row(session, digest=codes.digest(code), now=now)
    if row is None:
        raise GiftCardUnknown(pointer="/code")
    card_id, its_currency, expired = row
    if expired:
        raise GiftCardExpired(pointer="/code")
    if its_currency != currency:
        raise GiftCardInOtherCurrency(pointer="/code", currency=its_currency)
    count = await _ADD.row(session, cart=cart_id, card=card_id, now=now)
    if count and count[0] > MOST_GIFT_CARDS:
        raise GiftCardsFull


async def remove(session: Session, cart_id: str, card_id: UUID) -> None:
    """Remove a gift card from a cart. Raise GiftCardNotInCart."""
    if not await _REMOVE(session, cart=cart_id, card=card_id):
        raise GiftCardNotInCart


async def use_store_credit(session: Session, cart_id: str, *, use: bool) -> None:
    """Pay a cart with the store credit of its customer, or not."""
    await _USE_STORE_CREDIT(session, cart=cart_id, use=use)
