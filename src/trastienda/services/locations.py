"""Places that keep stock, as staff write them."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from trastienda.database.db import Reading, Session
from trastienda.database.models.location import Location
from trastienda.errors import Conflict, NotFound, Stale
from trastienda.schemas.location import LocationView

MAIN = "main"


async def every(session: Reading) -> list[LocationView]:
    """Return all of them, in the order in which orders draw from them."""
    query = select(Location).order_by(Location.position, Location.code)
    return [view(location) for location in await session.orm.scalars(query)]


async def by_id(session: Reading, location_id: UUID) -> LocationView:
    """Return a location. Raise LocationNotFound."""
    if location := await session.orm.get(Location, location_id):
        return view(location)
    raise LocationNotFound


async def claim(session: Session, location_id: UUID, seen: int | None) -> Location:
    """Lock a location for a change. Raise LocationNotFound or LocationChanged."""
    location = await session.orm.get(Location, location_id, with_for_update={"key_share": True})
    if location is None:
        raise LocationNotFound
    if seen not in {None, location.version}:
        raise LocationChanged(version=location.version)
    return location


async def save(session: Session, location: Location) -> None:
    """Write it; the constraint decides. Raise LocationCodeTaken."""
    session.orm.add(location)
    try:
        await session.orm.flush()
    except IntegrityError as taken:  # uq_locations_code: the only one that input can break
        raise LocationCodeTaken(code=location.code, pointer="/code") from taken


async def remove(session: Session, location: Location) -> None:
    """Close a location that never kept anything. Raise LocationInUse or MainLocationNeeded."""
    if location.code == MAIN:
        raise MainLocationNeeded
    await session.orm.delete(location)
    try:
        await session.orm.flush()
    except IntegrityError as kept:  # fk_stock_location_id: only stock points at it
        raise LocationInUse from kept


def view(location: Location) -> LocationView:
    return LocationView(
        id=location.id,
        code=location.code,
        name=location.name,
        position=location.position,
        version=location.version,
    )


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
