"""Tax rates, as staff write them."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from trastienda.database.db import Reading, Session
from trastienda.database.models.taxes.tax import TaxClassUnknown, TaxRate
from trastienda.errors import Invalid, NotFound, Stale
from trastienda.schemas.taxes.tax import TaxRatePage, TaxRateView
from trastienda.services.pricing.rounding import plain
from trastienda.services.shared import cursors
from trastienda.services.shared.records import Records, Refusal, shown

EARLIEST, LATEST = 1900, 9000
"""Years that can be represented in every time zone."""


async def page(
    session: Reading, limit: int, cursor: str | None, zone_id: UUID | None
) -> TaxRatePage:
    """List tax rates of a zone, or of all, oldest first. Raise CursorUnusable."""
    shape = ["tax-rates", str(zone_id or "")]
    query = select(TaxRate).order_by(TaxRate.id).limit(limit + 1)
    if zone_id:
        query = query.where(TaxRate.zone_id == zone_id)
    if cursor:
        _, last = cursors.read(cursor, shape, str)
        query = query.where(TaxRate.id > last)
    rates = (await session.orm.scalars(query)).all()
    items = [view(rate) for rate in rates[:limit]]
    more = len(rates) > limit
    return TaxRatePage(items, cursors.after(shape, "", items[-1].id) if more else None)


async def by_id(session: Reading, rate_id: UUID) -> TaxRateView:
    """Return a tax rate. Raise TaxRateNotFound."""
    return view(await _RECORDS.by_id(session, rate_id))


async def save(session: Session, rate: TaxRate) -> None:
    """Save a tax rate.

    Raise ZoneUnknown, TaxClassUnknown, TaxTimeUnusable or TaxEndsBeforeItStarts.
    """
    _check(rate.starts_at, "/starts_at")
    _check(rate.ends_at, "/ends_at")
    if rate.starts_at and rate.ends_at and rate.ends_at <= rate.starts_at:
        raise TaxEndsBeforeItStarts(pointer="/ends_at")
    await _RECORDS.save(session, rate)


def view(rate: TaxRate) -> TaxRateView:
    """Return a tax rate as staff see it, in per cent."""
    return shown(rate, TaxRateView, percent=plain(Decimal(rate.percent)))


def _check(moment: datetime | None, pointer: str) -> None:
    if moment and not EARLIEST <= moment.year <= LATEST:
        raise TaxTimeUnusable(pointer=pointer)


class TaxRateNotFound(NotFound):
    """There is no such tax rate."""


class TaxRateChanged(Stale):
    """The tax rate has changed since you read it."""


class ZoneUnknown(Invalid):
    """There is no such zone."""


class TaxTimeUnusable(Invalid):
    """A tax rate starts and ends between the years 1900 and 9000."""


class TaxEndsBeforeItStarts(Invalid):
    """A tax rate ends after it starts."""


_RECORDS = Records(
    TaxRate,
    missing=TaxRateNotFound,
    changed=TaxRateChanged,
    on_save={
        "fk_tax_rates_zone_id": Refusal(ZoneUnknown, pointer="/zone_id"),
        "fk_tax_rates_tax_class": Refusal(TaxClassUnknown, pointer="/tax_class"),
    },
)
claim, remove = _RECORDS.claim, _RECORDS.remove
