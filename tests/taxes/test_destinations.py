"""Where the goods go decides the tax: narrower zones, businesses abroad, taxes on top, shipping."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from support.products import (
    ADDRESS,
    a_cart,
    a_product,
    a_shipping_option,
    a_sku,
    a_sku_for_sale,
    check_out,
)
from support.refusals import refusal
from support.taxes import CHANNEL, CLASSES, RATES, ZONES, a_zone, made

SPANISH, GERMAN = "ESB58378431", "DE136695976"
OFFER = {"name": "At our shop", "prices": {"EUR": 121}}


@pytest.fixture
async def taxes(staff: AsyncClient) -> AsyncIterator[AsyncClient]:
    """Let a test change what the channel says of taxes; afterwards it says the same as before."""
    channel = (await staff.get(CHANNEL)).json()
    del channel["version"]
    yield staff
    restored = await staff.patch(CHANNEL, json=channel)
    assert restored.status_code == 200


async def choose(buyer: AsyncClient, cart: dict[str, Any], option: str) -> dict[str, Any]:
    answer = await buyer.put(f"/v1/carts/{cart['id']}/shipping-option", json={"id": option})
    assert answer.status_code == 200, answer.text
    fresh: dict[str, Any] = answer.json()
    return fresh


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
    option = await a_shipping_option(605)
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
    assert sums == [(2_500, 0), (3_025, 525), (3_025, 525), (3_025, 525)]
    assert (order["totals"]["total"], order["totals"]["tax"]) == (2_500, 0)
    assert (order["shipping_option"]["price"], order["totals"]["shipping"]) == (500, 500)
    assert (order["lines"][0]["unit_price"], order["lines"][0]["tax_rate"]) == (1_000, "0")


async def test_the_price_of_shipping_crosses_borders_as_that_of_goods(
    taxes: AsyncClient, buyer: AsyncClient
) -> None:
    made_here = [
        *await a_zone(taxes, "19", {"country": "DE"}),
        *await a_zone(taxes, "24", {"country": "GR"}),
    ]
    facts = {"tax_source": "zones", "tax_country": "DE", "tax_outside": "export"}
    await taxes.patch(CHANNEL, json={**facts, "cross_border": "same_net"})
    option = await a_shipping_option(1_000)
    sku = await a_sku_for_sale(taxes, price=1_000)
    cart = await a_cart(buyer, **{sku: 1})

    found = {}
    for country in ("DE", "US", "GR"):
        to = await bring(buyer, cart, to={"country": country}, shipping_option=option)
        offered = (await buyer.get(f"/v1/carts/{cart['id']}/shipping-options")).json()["items"]
        (price,) = [it["price"] for it in offered if it["id"] == option]
        assert price == to["shipping_option"]["price"]
        totals = to["totals"]
        found[country] = (to["lines"][0]["unit_price"], price, totals["tax"], totals["total"])
    order = (await check_out(buyer, cart["id"])).json()
    why = (await taxes.get(f"/v1/admin/orders/{order['id']}/explanation")).json()

    assert found == {
        "DE": (1_000, 1_000, 320, 2_000),
        "US": (840, 840, 0, 1_680),
        "GR": (1_042, 1_042, 404, 2_084),  # 201.68 twice
    }
    assert (order["shipping_option"]["price"], order["totals"]["total"]) == (1_042, 2_084)
    assert [it["amount"] for it in why["steps"] if it["step"] == "shipping"] == [1_042]
    await taxes.patch(CHANNEL, json={"cross_border": "same_gross"})
    kept = await bring(buyer, await a_cart(buyer, **{sku: 1}), to={"country": "GR"})
    chosen = await choose(buyer, kept, option)
    assert (chosen["totals"]["shipping"], chosen["totals"]["tax"]) == (1_000, 388)  # 193.55 twice
    await taxes.patch(CHANNEL, json={"cross_border": "same_net"})
    dear = await a_cart(buyer, **{await a_sku_for_sale(taxes, price=10**12): 1})
    await bring(buyer, dear, to={"country": "GR"}, shipping_option=option)
    bought = (await check_out(buyer, dear["id"])).json()
    read = (await taxes.get(f"/v1/admin/orders/{bought['id']}")).json()
    assert read["lines"][0]["unit_price"] == 1_042_016_806_723  # more than any price may be
    for address in made_here:
        await taxes.delete(address)


async def test_shipping_that_is_taxed_as_its_goods_crosses_in_their_proportion(
    taxes: AsyncClient, buyer: AsyncClient
) -> None:
    reduced = (await made(taxes, CLASSES, {"code": f"c-{uuid4().hex}", "name": "Food"}))["code"]
    addresses = []
    for country, full, less in (("DE", "19", "7"), ("GR", "24", "6")):
        addresses += await a_zone(taxes, full, {"country": country})
        zone = addresses[-1].removeprefix(f"{ZONES}/")
        rate = {"zone_id": zone, "name": "VAT", "percent": less, "tax_class": reduced}
        addresses.insert(0, f"{RATES}/{(await made(taxes, RATES, rate))['id']}")
    facts = {"tax_source": "zones", "tax_country": "DE", "cross_border": "same_net"}
    await taxes.patch(CHANNEL, json={**facts, "shipping_tax": "shared"})
    food = {"sku": a_sku(), "prices": {"EUR": 1_000}, "stock": 9, "tax_class": reduced}
    food_sku = await a_sku_for_sale(taxes, variants=[food])
    cart = await a_cart(buyer, **{await a_sku_for_sale(taxes, price=1_000): 3, food_sku: 1})
    option = await a_shipping_option(1_000)

    there = await bring(buyer, cart, to={"country": "GR"}, shipping_option=option)

    # 750 is net 630, and 781 at 24 %; 250 is net 234, and 248 at 6 %
    assert there["totals"]["shipping"] == there["shipping_option"]["price"] == 781 + 248
    assert [it["unit_price"] for it in there["lines"]] == [1_042, 991]  # 935 × 1.06
    for address in addresses:
        assert (await taxes.delete(address)).status_code == 204


async def test_a_pick_up_point_decides_the_tax(taxes: AsyncClient, buyer: AsyncClient) -> None:
    made_here = [
        *await a_zone(taxes, "21", {"country": "ES"}),
        *await a_zone(taxes, "7", {"country": "ES", "region": "Gran Canaria"}),
        *await a_zone(taxes, "23", {"country": "PT", "postal_code": "1*"}),
    ]
    facts = {"tax_source": "zones", "tax_country": "ES", "cross_border": "same_net"}
    await taxes.patch(CHANNEL, json={**facts, "exempts_businesses": True})
    island = {**ADDRESS, "region": " gran CANARÍA", "postal_code": "35001"}
    lisbon = {**ADDRESS, "country": "PT", "postal_code": "1100-148"}
    points = [
        await made(taxes, "/v1/admin/shipping-options", {**OFFER, "pickup_address": address})
        for address in (island, lisbon)
    ]
    post = await a_shipping_option(121)
    cart = await a_cart(buyer, **{await a_sku_for_sale(taxes, price=1_210): 1})

    early = await choose(buyer, cart, points[1]["id"])
    by_post = await bring(buyer, cart, to={"postal_code": "28013"}, shipping_option=post)
    offered = (await buyer.get(f"/v1/carts/{cart['id']}/shipping-options")).json()["items"]
    fetched = [await choose(buyer, cart, it["id"]) for it in points]
    german: dict[str, Any] = {"to": {"country": "DE"}, "vat_number": GERMAN}
    business = await bring(buyer, cart, **german, shipping_option=points[0]["id"])
    abroad = await bring(buyer, cart, **german, shipping_option=points[1]["id"])
    order = (await check_out(buyer, cart["id"])).json()

    prices = {it["id"]: it["price"] for it in offered}
    ids = [points[0]["id"], points[1]["id"], post]
    assert [prices[it] for it in ids] == [107, 123, 121]
    sums = [(it["totals"]["total"], it["totals"]["tax"]) for it in (early, by_post, *fetched)]
    # net 1,000 and 100, with 23 %, 21 %, 7 % and 23 % of each
    assert sums == [(1_353, 253), (1_331, 231), (1_177, 77), (1_353, 253)]
    # what a business fetches at home is not sent abroad
    assert [it["totals"]["tax"] for it in (business, abroad)] == [77, 0]
    assert order["totals"]["total"] == 1_100
    assert order["shipping_option"]["pickup_address"] == lisbon
    assert (points[0]["pickup_address"], points[1]["pickup_address"]) == (island, lisbon)
    for address in (*made_here, *(f"/v1/admin/shipping-options/{it['id']}" for it in points)):
        assert (await taxes.delete(address)).status_code == 204


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
