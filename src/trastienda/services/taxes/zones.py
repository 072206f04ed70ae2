"""Zones, as staff write them, and the zones that contain a cart's address."""

import re
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.taxes.zone import Zone, ZoneArea
from trastienda.errors import Conflict, Invalid, NotFound, Stale
from trastienda.schemas.taxes.zone import AreaDraft, ZoneView
from trastienda.services.shared import addresses
from trastienda.services.shared.records import Records, Refusal, shown

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
"""The zones with the address of `carts`; specificity 3 is by postal code, 2 region, 1 country."""
_PICKUP_SQL = "nullif(shipping_options.pickup_address, 'null')"
DESTINATION_SQL = _MATCHING_SQL.format(
    address=f"coalesce({_PICKUP_SQL}, carts.shipping_address)",
    region_key=f"""CASE WHEN {_PICKUP_SQL} IS NULL THEN carts.region_key
        ELSE shipping_options.pickup_address ->> 'region_key' END""",
)
"""The same for the address of delivery: the pick-up point of `shipping_options`, if it has one."""
_USED_BY_SHIPPING = prepared(
    "SELECT 1 FROM shipping_options WHERE %(zone)s = ANY (zone_ids) LIMIT 1"
)
_WHOLE = selectinload(Zone.areas)
_LAST = "\U0010ffff"
"""A character that is greater than all characters of postal codes."""
_EXACT = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
_PREFIX = re.compile(r"([A-Z0-9]+(?:-[A-Z0-9]+)*-?)\*")
_RANGE = re.compile(r"([A-Z0-9]+)-([A-Z0-9]+)")


async def every(session: Reading) -> list[ZoneView]:
    """Return all zones, sorted by name."""
    query = select(Zone).options(_WHOLE).order_by(Zone.name)
    return [view(zone) for zone in await session.orm.scalars(query)]


async def by_id(session: Reading, zone_id: UUID) -> ZoneView:
    """Return a zone. Raise ZoneNotFound."""
    return view(await _RECORDS.by_id(session, zone_id))


def areas(drafts: Sequence[AreaDraft]) -> list[ZoneArea]:
    """Return the areas for drafts. Raise CountryUnknown or PostalCodeUnusable."""
    return [_area(draft, f"/areas/{index}") for index, draft in enumerate(drafts)]


def codes(pattern: str, pointer: str) -> tuple[str, str]:
    """Return the first and the last postal code of a pattern. Raise PostalCodeUnusable.

    A hyphen separates a range if both sides are equally long; `00-950` is a single, Polish code.
    Codes that begin with the last code of a range are part of it, as `28080-1234` of `28001-28080`.
    """
    text = "".join(pattern.split()).upper()
    if (match := _RANGE.fullmatch(text)) and len(match[1]) == len(match[2]):
        if match[1] > match[2]:
            raise PostalCodeUnusable(pointer=pointer)
        return match[1], match[2] + _LAST
    if prefix := _PREFIX.fullmatch(text):
        return prefix[1], prefix[1] + _LAST
    if _EXACT.fullmatch(text):
        return text, text
    raise PostalCodeUnusable(pointer=pointer)


async def remove(session: Session, zone: Zone) -> None:
    """Delete an unused zone. Raise ZoneInUse."""
    if await _USED_BY_SHIPPING.row(session, zone=zone.id):
        raise ZoneInUse
    await _RECORDS.remove(session, zone)


def view(zone: Zone) -> ZoneView:
    """Return a zone with its areas."""
    return shown(zone, ZoneView, areas=[shown(area, AreaDraft) for area in zone.areas])


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


_RECORDS = Records(
    Zone,
    missing=ZoneNotFound,
    changed=ZoneChanged,
    on_save={"uq_zones_name": Refusal(ZoneNameTaken, pointer="/name", tells="name")},
    on_remove={"fk_tax_rates_zone_id": Refusal(ZoneInUse)},
    whole=(_WHOLE,),
)
claim, save = _RECORDS.claim, _RECORDS.save
