"""Where something holds: zones as staff write them, and those that a cart's address is in."""

import re
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.failures import violated
from trastienda.database.models.zone import Zone, ZoneArea
from trastienda.errors import Conflict, Invalid, NotFound, Stale
from trastienda.schemas.zone import AreaDraft, ZoneView
from trastienda.services import addresses

_MATCHING_SQL = """
    SELECT zone_areas.zone_id, max(CASE WHEN zone_areas.postal_from IS NOT NULL THEN 3
        WHEN zone_areas.region_key IS NOT NULL THEN 2 ELSE 1 END) AS specificity
    FROM zone_areas
    WHERE zone_areas.country = {address} ->> 'country'
        AND (zone_areas.region_key IS NULL OR zone_areas.region_key = {region_key})
        AND (zone_areas.postal_from IS NULL
            OR upper(regexp_replace(
                {address} ->> 'postal_code', '[[:space:]]', '', 'g') COLLATE "C")
                BETWEEN zone_areas.postal_from AND zone_areas.postal_to)
    GROUP BY zone_areas.zone_id
"""
MATCHING_SQL = _MATCHING_SQL.format(address="carts.shipping_address", region_key="carts.region_key")
"""The zones that the address of `carts` is in: by postal code 3, by region 2, by country 1."""
_PICKUP_SQL = "nullif(shipping_options.pickup_address, 'null')"
DESTINATION_SQL = _MATCHING_SQL.format(
    address=f"coalesce({_PICKUP_SQL}, carts.shipping_address)",
    region_key=f"""CASE WHEN {_PICKUP_SQL} IS NULL THEN carts.region_key
        ELSE shipping_options.pickup_address ->> 'region_key' END""",
)
"""The same of where the goods are handed over: the pick-up point of `shipping_options`, if any."""
_OF_OPTIONS = prepared("SELECT 1 FROM shipping_options WHERE %(zone)s = ANY (zone_ids) LIMIT 1")
_WHOLE = selectinload(Zone.areas)
_LAST = "\U0010ffff"
"""What compares greater than all that stands in a postal code."""
_EXACT = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
_PREFIX = re.compile(r"([A-Z0-9]+(?:-[A-Z0-9]+)*-?)\*")
_RUN = re.compile(r"([A-Z0-9]+)-([A-Z0-9]+)")


async def every(session: Reading) -> list[ZoneView]:
    query = select(Zone).options(_WHOLE).order_by(Zone.name)
    return [view(zone) for zone in await session.orm.scalars(query)]


async def by_id(session: Reading, zone_id: UUID) -> ZoneView:
    """Return a zone. Raise ZoneNotFound."""
    query = select(Zone).options(_WHOLE).where(Zone.id == zone_id)
    if zone := await session.orm.scalar(query):
        return view(zone)
    raise ZoneNotFound


async def claim(session: Session, zone_id: UUID, seen: int | None) -> Zone:
    """Lock a zone for a change. Raise ZoneNotFound or ZoneChanged."""
    query = select(Zone).options(_WHOLE).where(Zone.id == zone_id).with_for_update(of=Zone)
    zone = await session.orm.scalar(query)
    if zone is None:
        raise ZoneNotFound
    if seen not in {None, zone.version}:
        raise ZoneChanged(version=zone.version)
    return zone


def areas(drafts: Sequence[AreaDraft]) -> list[ZoneArea]:
    """Read areas as staff write them. Raise CountryUnknown or PostalCodeUnusable."""
    return [_area(draft, f"/areas/{place}") for place, draft in enumerate(drafts)]


def codes(pattern: str, pointer: str) -> tuple[str, str]:
    """Return the first and the last of the codes that a pattern means. Raise PostalCodeUnusable.

    A hyphen makes a run when both sides are equally long: `00-950` is one code of Poland's.
    Longer codes that begin with the last of a run are in it, as `28080-1234` in `28001-28080`.
    """
    text = "".join(pattern.split()).upper()
    if (run := _RUN.fullmatch(text)) and len(run[1]) == len(run[2]):
        if run[1] > run[2]:
            raise PostalCodeUnusable(pointer=pointer)
        return run[1], run[2] + _LAST
    if prefix := _PREFIX.fullmatch(text):
        return prefix[1], prefix[1] + _LAST
    if _EXACT.fullmatch(text):
        return text, text
    raise PostalCodeUnusable(pointer=pointer)


async def save(session: Session, zone: Zone) -> None:
    """Write it; the constraint decides. Raise ZoneNameTaken."""
    session.orm.add(zone)
    name = zone.name  # unreadable once a flush has failed
    try:
        await session.orm.flush()
    except IntegrityError as clash:
        if violated(clash) != "uq_zones_name":
            raise
        raise ZoneNameTaken(name=name, pointer="/name") from clash


async def remove(session: Session, zone: Zone) -> None:
    """Delete a zone that nothing asks for. Raise ZoneInUse."""
    if await _OF_OPTIONS.row(session, zone=zone.id):
        raise ZoneInUse
    await session.orm.delete(zone)
    try:
        await session.orm.flush()
    except IntegrityError as taxed:  # fk_tax_rates_zone_id
        raise ZoneInUse from taxed


def view(zone: Zone) -> ZoneView:
    return ZoneView(
        id=zone.id,
        name=zone.name,
        areas=[
            AreaDraft(country=area.country, region=area.region, postal_code=area.postal_code)
            for area in zone.areas
        ],
        version=zone.version,
    )


def _area(draft: AreaDraft, pointer: str) -> ZoneArea:
    addresses.check_country(draft.country, f"{pointer}/country")
    area = ZoneArea(country=draft.country, region=draft.region, postal_code=draft.postal_code)
    if draft.region is not None:
        area.region_key = addresses.region_key(draft.region)
    if draft.postal_code is not None:
        area.postal_from, area.postal_to = codes(draft.postal_code, f"{pointer}/postal_code")
    return area


class ZoneNotFound(NotFound):
    """There is no such zone."""


class ZoneChanged(Stale):
    """The zone has changed since you read it."""


class ZoneNameTaken(Conflict):
    """Another zone has this name."""


class ZoneInUse(Conflict):
    """Tax rates or ways of shipping hold in this zone; change them first."""


class PostalCodeUnusable(Invalid):
    """Write one postal code, the beginning of codes (28*), or a run (28001-28080)."""
