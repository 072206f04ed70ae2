"""Builders of promotions and codes, through the staff's own API."""

from itertools import count
from typing import Any
from uuid import uuid4

from httpx import AsyncClient, Response

ALL = "/v1/admin/promotions"
_numbers = count(1)


def a_code() -> str:
    return f"CODE{next(_numbers)}{uuid4().hex[:10].upper()}"


def one(promotion: dict[str, Any]) -> str:
    return f"{ALL}/{promotion['id']}"


async def a_promotion(staff: AsyncClient, **facts: Any) -> dict[str, Any]:  # noqa: ANN401
    """Write down ten per cent off, for who has a code, unless the facts say otherwise."""
    draft = {"name": "Tenth", "kind": "order_percent", "trigger": "coupon", "active": True, **facts}
    if draft["kind"].endswith("percent"):
        draft.setdefault("percent", "10")
    answer = await staff.post(ALL, json=draft)
    assert answer.status_code == 201, answer.text
    promotion: dict[str, Any] = answer.json()
    return promotion


async def a_coupon(staff: AsyncClient, promotion: dict[str, Any], **facts: Any) -> str:  # noqa: ANN401
    draft = {"code": a_code(), **facts}
    answer = await staff.post(f"{one(promotion)}/coupons", json=draft)
    assert answer.status_code == 201, answer.text
    code: str = answer.json()["code"]
    return code


async def put_in(buyer: AsyncClient, cart: dict[str, Any], code: str) -> Response:
    return await buyer.post(f"/v1/carts/{cart['id']}/coupons", json={"code": code})


def problems(cart: dict[str, Any]) -> list[tuple[str, str | None]]:
    """Name what stands in the way, and the codes it is about."""
    return [(it["type"].removeprefix("/problems/"), it.get("coupon")) for it in cart["problems"]]
