"""When gift cards expire, and what then becomes of what is left on them."""

from calendar import monthrange
from datetime import datetime
from uuid import UUID

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.credit.movement import MovementKind
from trastienda.services.channels import channels

BATCH = 100
# What checkouts hold stays until they are settled: it may be free again afterwards.
_EXPIRED_SQL = """
    SELECT id, currency, balance - held FROM credit_accounts
    WHERE expires_at <= %(now)s AND balance > held
"""
_EXPIRED = prepared(f"{_EXPIRED_SQL} ORDER BY expires_at LIMIT {BATCH}")
_CLAIM = prepared(f"{_EXPIRED_SQL} AND id = %(card)s FOR NO KEY UPDATE SKIP LOCKED")
_LOST = prepared(f"""
    SELECT coalesce(-sum(amount), 0)::bigint FROM credit_movements
    WHERE account_id = %(card)s
        AND kind IN ('{MovementKind.EXPIRED}', '{MovementKind.REINSTATED}')
""")


def by_law(country: str | None, now: datetime) -> datetime | None:
    """Say when a gift card that is issued now expires, as the merchant set it for a country.

    None: never. The country is the channel's own if none is named.
    """
    channel = channels.current()
    months = channel.gift_card_months.get(country or channel.tax_country or "")
    return None if months is None else _later(now, months)


async def expired(session: Reading, now: datetime) -> list[UUID]:
    """List gift cards on which something is left that has expired, a batch."""
    return [row[0] for row in await _EXPIRED.rows(session, now=now)]


async def claim(session: Session, card_id: UUID, now: datetime) -> tuple[str, int] | None:
    """Lock a gift card; return its currency and what has expired of it, or None for nothing."""
    row = await _CLAIM.row(session, card=card_id, now=now)
    return (row[1], row[2]) if row else None


async def lost(session: Reading, card_id: UUID) -> int:
    """Return what has expired of a gift card and was not reinstated, in minor units."""
    row = await _LOST.row(session, card=card_id)
    return row[0] if row else 0


def _later(now: datetime, months: int) -> datetime:
    """Add calendar months; the 31st becomes the last day of a shorter month."""
    year, month = divmod(now.year * 12 + now.month - 1 + months, 12)
    day = min(now.day, monthrange(year, month + 1)[1])
    return now.replace(year=year, month=month + 1, day=day)
