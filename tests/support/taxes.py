"""Builders of tax classes, rates and zones, through the staff's own API."""

from typing import Any
from uuid import uuid4

from httpx import AsyncClient

CLASSES, RATES, ZONES = "/v1/admin/tax-classes", "/v1/admin/tax-rates", "/v1/admin/zones"


CHANNEL = "/v1/admin/channel"


async def made(staff: AsyncClient, where: str, draft: dict[str, Any]) -> dict[str, Any]:
    answer = await staff.post(where, json=draft)
    assert answer.status_code == 201, answer.text
    thing: dict[str, Any] = answer.json()
    return thing


async def a_zone(staff: AsyncClient, percent: str, *areas: dict[str, str]) -> list[str]:
    """Tax what goes to these areas; return what is to be deleted again."""
    zone = await made(staff, ZONES, {"name": uuid4().hex, "areas": list(areas)})
    rate = await made(staff, RATES, {"zone_id": zone["id"], "name": "VAT", "percent": percent})
    return [f"{RATES}/{rate['id']}", f"{ZONES}/{zone['id']}"]
