"""What is on a gift card, for somebody who has its code."""

from datetime import datetime

from trastienda.database.db import Reading, prepared
from trastienda.database.models.credit.account import CreditKind
from trastienda.schemas.credit.gift_card import GiftCardBalance
from trastienda.services.credit import codes
from trastienda.services.shared.records import selected

_BALANCE = prepared(f"""
    SELECT last_characters, currency,
        CASE WHEN expires_at <= %(now)s THEN 0 ELSE balance - held END, expires_at
    FROM credit_accounts
    WHERE code_digest = %(digest)s AND kind = '{CreditKind.GIFT_CARD}' AND disabled_at IS NULL
""")


async def balance(session: Reading, code: str, now: datetime) -> GiftCardBalance | None:
    """Return what a code can pay; None for one that does not exist or is disabled."""
    row = await _BALANCE.row(session, digest=codes.digest(code), now=now)
    return selected(row, GiftCardBalance) if row else None
