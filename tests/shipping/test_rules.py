"""What staff may write about ways of shipping and about sizes, and what is refused."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from support.refusals import refusal

from trastienda.database.db import transaction
from trastienda.database.models.taxes.zone import Zone

ALL = "/v1/admin/shipping-options"
DRAFT: dict[str, Any] = {"name": "Courier", "prices": {"EUR": 500}}
TIERS = [{"from": 1_000, "price": 490}, {"from": 2_000, "price": 790}]
PICKUP = {"name": "Our shop", "line1": "Calle Real 2", "city": "Toledo", "country": "ES"}
NOWHERE = str(uuid4())

Option = dict[str, Any]


@pytest.fixture
async def option(staff: AsyncClient) -> AsyncIterator[Option]:
    """Offer a way of shipping for one test: carts of other tests would see it too."""
    answer = await staff.post(ALL, json=DRAFT)
    assert answer.status_code == 201, answer.text
    yield answer.json()
    await staff.delete(one(answer.json()))


def one(option: Option) -> str:
    return f"{ALL}/{option['id']}"


async def a_zone() -> str:
    zone = Zone(name=uuid4().hex)
    async with transaction() as session:
        session.orm.add(zone)
    return str(zone.id)


async def test_what_staff_write_they_read_back(staff: AsyncClient, option: Option) -> None:
    rules = {
        "prices": {"EUR": 500, "USD": 600},
        "tariff": "weight",
        "tiers": {"EUR": TIERS, "USD": TIERS[:1]},
        "additional": {},
        "free_from": {"EUR": 5_000},
        "zones": [await a_zone(), await a_zone()],
        "min_weight": 10,
        "max_weight": 30_000,
        "max_length": 1_200,
        "excluded_categories": [],
        "min_days": 1,
        "max_days": 3,
        "pickup_address": PICKUP,
    }

    changed = (await staff.patch(one(option), json=rules)).json()
    created = (await staff.post(ALL, json={**DRAFT, **rules})).json()
    await staff.delete(one(created))

    assert changed == {**option, **rules, "version": 2}
    assert created == {**changed, "id": created["id"], "version": 1}
    assert (await staff.get(one(option))).json() == changed


async def test_another_tariff_or_fewer_currencies_take_along_what_hung_on_them(
    staff: AsyncClient, option: Option
) -> None:
    prices = {"EUR": 500, "USD": 600}
    tiers, free = {"EUR": TIERS, "USD": TIERS}, {"EUR": 5_000, "USD": 6_000}
    rules = {"tariff": "weight", "prices": prices, "tiers": tiers, "free_from": free}
    await staff.patch(one(option), json=rules)

    named = (await staff.patch(one(option), json={"name": "Post"})).json()
    fewer = (await staff.patch(one(option), json={"prices": {"EUR": 400}})).json()
    other = await staff.patch(one(option), json={"tariff": "subtotal"})
    flat = (await staff.patch(one(option), json={"tariff": "flat"})).json()

    assert (named["tiers"], named["free_from"]) == (tiers, free)
    assert (fewer["tiers"], fewer["free_from"]) == ({"EUR": TIERS}, {"EUR": 5_000})
    assert refusal(other) == (422, "tiers-missing", "/tiers")
    assert (flat["tariff"], flat["tiers"], flat["free_from"]) == ("flat", {}, {"EUR": 5_000})
    cleared: dict[str, Any] = {"free_from": {}, "max_weight": None, "pickup_address": None}
    assert (await staff.patch(one(option), json=cleared)).json()["free_from"] == {}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"tariff": "courier"}, (422, "courier-missing", "/tariff")),
        ({"tariff": "magic"}, (400, "invalid-request", "/tariff")),
        ({"tariff": "weight"}, (422, "tiers-missing", "/tiers")),
        ({"tariff": "subtotal", "tiers": {}}, (422, "tiers-missing", "/tiers")),
        ({"tiers": {"EUR": TIERS}}, (422, "tariff-without-this", "/tiers")),
        (
            {"tariff": "per_item", "tiers": {"EUR": TIERS}},
            (422, "tariff-without-this", "/tiers"),
        ),
        ({"additional": {"EUR": 100}}, (422, "tariff-without-this", "/additional")),
        (
            {"tariff": "weight", "tiers": {"EUR": [*TIERS, TIERS[0]]}},
            (422, "tier-repeated", "/tiers/EUR/2/from"),
        ),
        (
            {"tariff": "weight", "tiers": {"USD": TIERS}},
            (422, "shipping-price-missing", "/tiers/USD"),
        ),
        ({"tariff": "weight", "tiers": {"EUR": []}}, (400, "invalid-request", "/tiers")),
        (
            {"tariff": "first_additional", "additional": {"USD": 100}},
            (422, "shipping-price-missing", "/additional/USD"),
        ),
        ({"free_from": {"USD": 100}}, (422, "shipping-price-missing", "/free_from/USD")),
        ({"free_from": {"EUR": -1}}, (400, "invalid-request", "/free_from")),
        ({"zones": [NOWHERE]}, (422, "shipping-zone-unknown", "/zones/0")),
        ({"zones": ["here"]}, (400, "invalid-request", "/zones/0")),
        ({"min_weight": -1}, (400, "invalid-request", "/min_weight")),
        ({"min_weight": 2, "max_weight": 1}, (422, "limits-crossed", "/max_weight")),
        ({"max_length": 0}, (400, "invalid-request", "/max_length")),
        (
            {"excluded_categories": ["no-such-category"]},
            (422, "category-unknown", "/excluded_categories/0"),
        ),
        ({"min_days": 3, "max_days": 2}, (422, "limits-crossed", "/max_days")),
        ({"max_days": 366}, (400, "invalid-request", "/max_days")),
        (
            {"pickup_address": {**PICKUP, "country": "ZZ"}},
            (422, "country-unknown", "/pickup_address/country"),
        ),
        ({"pickup_address": {"city": "Toledo"}}, (400, "invalid-request", "/pickup_address/name")),
    ],
)
async def test_bad_input_names_its_field(
    staff: AsyncClient, option: Option, fields: dict[str, Any], expected: tuple[int, str, str]
) -> None:
    created = await staff.post(ALL, json={**DRAFT, **fields})
    changed = await staff.patch(one(option), json=fields)

    assert refusal(created) == expected
    assert refusal(changed) == expected
    assert (await staff.get(one(option))).json() == option


@pytest.mark.parametrize("field", ["length_mm", "width_mm", "height_mm"])
async def test_a_side_has_at_least_a_millimetre(staff: AsyncClient, field: str) -> None:
    variant = {"sku": f"THING-{uuid4().hex}", "prices": {"EUR": 1}, field: 0}

    answer = await staff.post("/v1/admin/products", json={"name": "Mug", "variants": [variant]})

    assert refusal(answer) == (400, "invalid-request", f"/variants/0/{field}")
