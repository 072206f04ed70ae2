"""What is taxed how, where and since when, as staff write it."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from trastienda.database.db import Reading, Session
from trastienda.database.failures import violated
from trastienda.database.models.tax import TaxClassUnknown, TaxRate
from trastienda.errors import Invalid, NotFound, Stale
from trastienda.schemas.tax import TaxRatePage, TaxRateView
from trastienda.services import cursors
from trastienda.services.pricing.rounding import plain

EARLIEST, LATEST = 1900, 9000
"""Years that every clock and time zone can write."""


async def page(
    session: Reading, limit: int, cursor: str | None, zone_id: UUID | None
) -> TaxRatePage:
    """List rates in the order they were made. Raise CursorUnusable for a cursor of another list."""
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
    """Return a rate. Raise TaxRateNotFound."""
    if rate := await session.orm.get(TaxRate, rate_id):
        return view(rate)
    raise TaxRateNotFound


async def claim(session: Session, rate_id: UUID, seen: int | None) -> TaxRate:
    """Lock a rate for a change. Raise TaxRateNotFound or TaxRateChanged."""
    rate = await session.orm.get(TaxRate, rate_id, with_for_update=True)
    if rate is None:
        raise TaxRateNotFound
    if seen not in {None, rate.version}:
        raise TaxRateChanged(version=rate.version)
    return rate


async def save(session: Session, rate: TaxRate) -> None:
    """Write it. Raise ZoneUnknown, TaxClassUnknown, TaxTimeUnusable or TaxEndsBeforeItStarts."""
    _check(rate.starts_at, "/starts_at")
    _check(rate.ends_at, "/ends_at")
    if rate.starts_at and rate.ends_at and rate.ends_at <= rate.starts_at:
        raise TaxEndsBeforeItStarts(pointer="/ends_at")
    session.orm.add(rate)
    try:
        await session.orm.flush()
    except IntegrityError as unknown:
        if violated(unknown) == "fk_tax_rates_zone_id":
            raise ZoneUnknown(pointer="/zone_id") from unknown
        raise TaxClassUnknown(pointer="/tax_class") from unknown


def view(rate: TaxRate) -> TaxRateView:
    return TaxRateView(
        id=rate.id,
        zone_id=rate.zone_id,
        tax_class=rate.tax_class,
        name=rate.name,
        percent=plain(Decimal(rate.percent)),
        compound=rate.compound,
        position=rate.position,
        starts_at=rate.starts_at,
        ends_at=rate.ends_at,
        version=rate.version,
    )


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
