"""Stock locations, as staff write them."""

from uuid import UUID

from sqlalchemy import select

from trastienda.database.db import Reading, Session
from trastienda.database.models.stock.location import Location
from trastienda.errors import Conflict, NotFound, Stale
from trastienda.schemas.stock.location import LocationView
from trastienda.services.shared.records import Records, Refusal, shown

MAIN = "main"


async def every(session: Reading) -> list[LocationView]:
    """Return all locations, in the order in which orders take stock from them."""
    query = select(Location).order_by(Location.position, Location.code)
    return [view(location) for location in await session.orm.scalars(query)]


async def by_id(session: Reading, location_id: UUID) -> LocationView:
    """Return a location. Raise LocationNotFound."""
    return view(await _RECORDS.by_id(session, location_id))


async def remove(session: Session, location: Location) -> None:
    """Delete a location that has never had stock. Raise LocationInUse or MainLocationNeeded."""
    if location.code == MAIN:
        raise MainLocationNeeded
    await _RECORDS.remove(session, location)


def view(location: Location) -> LocationView:
    """Return a location as staff see it."""
    return shown(location, LocationView)


class LocationNotFound(NotFound):
    """There is no such location."""


class LocationChanged(Stale):
    """The location has changed since you read it."""


class LocationCodeTaken(Conflict):
    """Another location has this code."""


class LocationInUse(Conflict):
    """This location keeps or has kept stock, and its ledger is never deleted."""


class MainLocationNeeded(Conflict):
    """The first stock of a product arrives at the main location: it stays."""


_RECORDS = Records(
    Location,
    missing=LocationNotFound,
    changed=LocationChanged,
    on_save={"uq_locations_code": Refusal(LocationCodeTaken, pointer="/code", tells="code")},
    on_remove={
        "fk_stock_location_id": Refusal(LocationInUse),
        "fk_return_receipts_location_id": Refusal(LocationInUse),
    },
    key_share=True,
)
claim, save = _RECORDS.claim, _RECORDS.save
