"""Where the goods go decides the tax: narrower zones, businesses abroad, taxes on top, shipping."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
from goods import ADDRESS, a_cart, a_product, a_shipping_option, check_out
from httpx import AsyncClient
from refusals import refusal
from test_taxes import CHANNEL, RATES, ZONES, made

SPANISH, GERMAN = "ESB58378431", "DE136695976"


@pytest.fixture
async def taxes(staff: AsyncClient) -> AsyncIterator[AsyncClient]:
    """Let a test change what the channel says of taxes; afterwards it says the same as before."""
    channel = (await staff.get(CHANNEL)).json()
    del channel["version"]
    yield staff
    restored = await staff.patch(CHANNEL, json=channel)
    assert restored.status_code == 200


async def a_zone(staff: AsyncClient, percent: str, *areas: dict[str, str]) -> list[str]:
    """Tax what goes to these areas; return what is to be deleted again."""
    zone = await made(staff, ZONES, {"name": uuid4().hex, "areas": list(areas)})
    rate = await made(staff, RATES, {"zone_id": zone["id"], "name": "VAT", "percent": percent})
    return [f"{RATES}/{rate['id']}", f"{ZONES}/{zone['id']}"]


async def bring(
    buyer: AsyncClient, cart: dict[str, Any], *, to: dict[str, str], **more: str
) -> dict[str, Any]:
    contact = {"email": "ada@example.com", "shipping_address": {**ADDRESS, **to}, **more}
    answer = await buyer.put(f"/v1/carts/{cart['id']}/contact", json=contact)
    assert answer.status_code == 200, answer.text
    fresh: dict[str, Any] = answer.json()
    return fresh


async def test_the_narrower_zone_wins(taxes: AsyncClient, buyer: AsyncClient) -> None:
    made_here = [
        *await a_zone(taxes, "10", {"country": "CA"}),
        *await a_zone(taxes, "20", {"country": "CA", "region": "Québec"}),
        *await a_zone(taxes, "30", {"country": "CA", "postal_code": "H2*"}),
    ]
    product = await a_product(taxes, price=1_300)
    await taxes.patch(CHANNEL, json={"tax_source": "zones", "tax_country": "CA"})
    cart = await a_cart(buyer, **{product["variants"][0]["sku"]: 1})

    found = [
        (await bring(buyer, cart, to={"country": "CA", **where}))["totals"]["tax"]
        for where in (
            {"postal_code": "T5J 0N3"},
            {"region": "quebec", "postal_code": "G1R 4S9"},
            {"region": "Quebec", "postal_code": "h2x 1y4"},
        )
    ]

    assert found == [118, 217, 300]
    for address in made_here:
        await taxes.delete(address)


async def test_a_business_in_another_country_pays_the_net_price(
    taxes: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(taxes, price=1_210)
    await taxes.patch(CHANNEL, json={"exempts_businesses": True, "tax_country": "ES"})
    option = await a_shipping_option(0)
    sku = product["variants"][0]["sku"]
    cart = await a_cart(buyer, **{sku: 2})

    abroad, home = {"country": "DE"}, {"country": "ES"}
    of_abroad = {"vat_number": "DE 136 695 976", "shipping_option": option}
    exempt = await bring(buyer, cart, to=abroad, **of_abroad)
    sums = [(exempt["totals"]["total"], exempt["totals"]["tax"])]
    for to, more in ((home, of_abroad), (abroad, {"vat_number": SPANISH}), (abroad, {})):
        totals = (await bring(buyer, cart, to=to, **more))["totals"]
        sums.append((totals["total"], totals["tax"]))
    await bring(buyer, cart, to=abroad, **of_abroad)
    order = (await check_out(buyer, cart["id"])).json()

    assert exempt["vat_number"] == order["vat_number"] == GERMAN
    assert sums == [(2_000, 0), (2_420, 420), (2_420, 420), (2_420, 420)]
    assert (order["totals"]["total"], order["totals"]["tax"]) == (2_000, 0)
    assert (order["lines"][0]["unit_price"], order["lines"][0]["tax_rate"]) == (1_000, "0")


async def test_a_wrong_vat_number_changes_nothing(staff: AsyncClient, buyer: AsyncClient) -> None:
    product = await a_product(staff)
    cart = await a_cart(buyer, **{product["variants"][0]["sku"]: 1})

    contact = {"email": "a@example.com", "shipping_address": ADDRESS, "vat_number": "ESB58378432"}
    answer = await buyer.put(f"/v1/carts/{cart['id']}/contact", json=contact)

    assert refusal(answer) == (422, "vat-number-unusable", "/vat_number")
    assert (await buyer.get(f"/v1/carts/{cart['id']}")).json() == cart


async def test_taxes_on_top_and_on_shipping_add_up(taxes: AsyncClient, buyer: AsyncClient) -> None:
    full, none = await a_product(taxes, price=3_000), await a_product(taxes, price=1_000)
    option = await a_shipping_option(400)
    await taxes.patch(
        CHANNEL,
        json={"prices_include_tax": False, "tax_rate": "10", "shipping_tax": "shared"},
    )
    skus = [it["variants"][0]["sku"] for it in (full, none)]
    cart = await a_cart(buyer, **dict.fromkeys(skus, 1))

    ready = await bring(buyer, cart, to={}, shipping_option=option)
    order = (await check_out(buyer, cart["id"])).json()

    assert ready["totals"] == {
        "subtotal": 4_000,
        "discount": 0,
        "shipping": 400,
        "tax": 440,
        "tax_included": 0,
        "tax_added": 440,
        "total": 4_840,
    }
    assert order["totals"] == ready["totals"]
    assert [line["total"] for line in order["lines"]] == [3_300, 1_100]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"time_zone": "Mars/Olympus"}, "time-zone-unknown"),
        ({"shipping_tax_class": "nobody-has-it"}, "tax-class-unknown"),
        ({"exempts_businesses": True, "tax_country": None}, "tax-country-missing"),
    ],
)
async def test_the_channel_refuses_what_means_nothing(
    taxes: AsyncClient, change: dict[str, Any], problem: str
) -> None:
    before = (await taxes.get(CHANNEL)).json()

    answer = await taxes.patch(CHANNEL, json=change)

    assert refusal(answer) == (422, problem, f"/{next(iter(change))}")
    assert (await taxes.get(CHANNEL)).json() == before


async def test_days_and_hours_are_those_of_the_channel(taxes: AsyncClient) -> None:
    changed = await taxes.patch(CHANNEL, json={"time_zone": "America/Bogota"})

    assert changed.json()["time_zone"] == "America/Bogota"
