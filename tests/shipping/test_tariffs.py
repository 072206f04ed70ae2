"""Ways of shipping whose price, or whose existence, depends on the cart and on its address."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from support.products import ADDRESS, a_cart, a_product, a_sku_for_sale, check_out
from support.refusals import refusal

from trastienda.database.db import transaction
from trastienda.database.models.taxes.zone import Zone, ZoneArea

ALL = "/v1/admin/shipping-options"
DRAFT: dict[str, Any] = {"name": "Courier", "prices": {"EUR": 500}}
TIERS = [{"from": 1_000, "price": 490}, {"from": 2_000, "price": 790}]
PICKUP = {"name": "Our shop", "line1": "Calle Real 2", "city": "Toledo", "country": "ES"}
MALAGA = {"country": "ES", "region": "Málaga", "region_key": "malaga"}
LONDON = {
    "country": "GB",
    "postal_code": "SW1*",
    "postal_from": "SW1",
    "postal_to": "SW1\U0010ffff",
}
MADRID = {
    "country": "ES",
    "postal_code": "28001-28080",
    "postal_from": "28001",
    "postal_to": "28080",
}

Option = dict[str, Any]
Offer = Callable[..., Awaitable[Option]]


@pytest.fixture
async def offer(staff: AsyncClient) -> AsyncIterator[Offer]:
    """Return a function that offers a way of shipping for one test: all carts would see it."""
    made: list[str] = []

    async def offer(**rules: Any) -> Option:  # noqa: ANN401
        answer = await staff.post(ALL, json={**DRAFT, **rules})
        assert answer.status_code == 201, answer.text
        option: Option = answer.json()
        made.append(one(option))
        return option

    yield offer
    for address in made:
        await staff.delete(address)


@pytest.fixture
async def a_mug(staff: AsyncClient, buyer: AsyncClient) -> dict[str, Any]:
    """Give a cart with one thing in it, and whose it is."""
    return {"buyer": buyer, "cart": await a_cart(buyer, **{await a_sku_for_sale(staff): 1})}


def one(option: Option) -> str:
    return f"{ALL}/{option['id']}"


async def a_zone(*areas: dict[str, str]) -> str:
    zone = Zone(name=uuid4().hex, areas=[ZoneArea(**area) for area in areas])
    async with transaction() as session:
        session.orm.add(zone)
    return str(zone.id)


async def a_thing(staff: AsyncClient, price: int = 1_250, **facts: Any) -> str:  # noqa: ANN401
    """Put something on sale whose only variant has these facts; return its SKU."""
    sku = f"THING-{uuid4().hex}"
    variant = {"sku": sku, "prices": {"EUR": price}, "stock": 99, **facts}
    await a_product(staff, variants=[variant])
    return sku


async def sent_to(
    buyer: AsyncClient, cart: dict[str, Any], option: Option | None = None, **address: str
) -> dict[str, Any]:
    """Say where the cart goes, and how if an option is given; return the cart."""
    contact = {"email": "ada@example.com", "shipping_address": {**ADDRESS, **address}}
    chosen = {"shipping_option": option["id"]} if option else {}
    answer = await buyer.put(f"/v1/carts/{cart['id']}/contact", json={**contact, **chosen})
    assert answer.status_code == 200, answer.text
    filled: dict[str, Any] = answer.json()
    return filled


async def seen(buyer: AsyncClient, cart: dict[str, Any], option: Option) -> dict[str, Any] | None:
    """Return how the option is listed for the cart, or None when it is not."""
    items = (await buyer.get(f"/v1/carts/{cart['id']}/shipping-options")).json()["items"]
    return next((it for it in items if it["id"] == option["id"]), None)


async def listed(buyer: AsyncClient, cart: dict[str, Any], option: Option) -> int | None:
    """Return the price for which the option is listed for the cart."""
    found = await seen(buyer, cart, option)
    return int(found["price"]) if found else None


def problems(cart: dict[str, Any]) -> list[str]:
    return [it["type"].removeprefix("/problems/") for it in cart["problems"]]


@pytest.mark.parametrize(
    ("rules", "prices"),
    [
        ({}, [500, 500, 500]),
        ({"tariff": "weight", "tiers": {"EUR": TIERS}}, [None, 490, 790]),
        ({"tariff": "subtotal", "tiers": {"EUR": TIERS}}, [490, 790, 790]),
        ({"tariff": "per_item"}, [500, 1_000, 2_000]),
        ({"tariff": "first_additional", "additional": {"EUR": 100}}, [500, 600, 800]),
        ({"free_from": {"EUR": 2_500}}, [500, 0, 0]),
        ({"free_from": {"EUR": 2_501}}, [500, 500, 0]),
        ({"min_weight": 1_000, "max_weight": 1_000}, [None, 500, None]),
        ({"max_length": 120}, [500, 500, 500]),
        ({"max_length": 119}, [None, None, None]),
    ],
)
async def test_the_price_depends_on_what_is_in_the_cart(
    staff: AsyncClient,
    buyer: AsyncClient,
    offer: Offer,
    rules: dict[str, Any],
    prices: list[int | None],
) -> None:
    sizes = {"length_mm": 80, "width_mm": 120, "height_mm": 95}
    sku = await a_thing(staff, weight_grams=500, **sizes)
    option = await offer(**rules)

    carts = [await a_cart(buyer, **{sku: quantity}) for quantity in (1, 2, 4)]
    found = [await listed(buyer, cart, option) for cart in carts]

    assert found == prices
    for cart, price in zip(carts, prices, strict=True):
        if price is not None:
            shown = await sent_to(buyer, cart, option)
            assert (shown["shipping_option"]["price"], shown["totals"]["shipping"]) == (price,) * 2
            assert shown["problems"] == []


async def test_what_has_no_weight_weighs_nothing(
    staff: AsyncClient, buyer: AsyncClient, offer: Offer
) -> None:
    light, heavy = await a_thing(staff), await a_thing(staff, weight_grams=1_000)
    option = await offer(tariff="weight", tiers={"EUR": TIERS})

    assert await listed(buyer, await a_cart(buyer, **{light: 9}), option) is None
    assert await listed(buyer, await a_cart(buyer, **{light: 9, heavy: 1}), option) == 490


async def test_changing_what_is_in_the_cart_reprices_it_until_it_cannot_travel_so(
    staff: AsyncClient, buyer: AsyncClient, offer: Offer
) -> None:
    sku = await a_thing(staff, weight_grams=1_000)
    option = await offer(tariff="weight", tiers={"EUR": TIERS}, max_weight=2_000)
    cart = await sent_to(buyer, await a_cart(buyer, **{sku: 1}), option)
    lines = f"/v1/carts/{cart['id']}/lines"

    two = (await buyer.post(lines, json={"sku": sku, "quantity": 1})).json()
    three = (await buyer.post(lines, json={"sku": sku, "quantity": 1})).json()

    assert [it["totals"]["shipping"] for it in (cart, two)] == [490, 790]
    assert [problems(it) for it in (cart, two, three)] == [[], [], ["shipping-option-unavailable"]]
    refused = await check_out(buyer, cart["id"])
    assert refusal(refused)[:2] == (409, "cart-not-ready")
    assert (await buyer.get(f"/v1/carts/{cart['id']}")).json() == three


@pytest.mark.parametrize(
    ("area", "inside", "outside"),
    [
        ({"country": "ES"}, {"region": "Soria"}, {"country": "PT"}),
        (MALAGA, {"region": " MALAGA "}, {"region": "Soria"}),
        (LONDON, {"country": "GB", "postal_code": "sw1 a 2aa"}, {"country": "GB"}),
        (LONDON, {"country": "GB", "postal_code": "SW1"}, {"country": "GB", "postal_code": "SW2"}),
        (MADRID, {"postal_code": "28001"}, {"postal_code": "28000"}),
        (MADRID, {"postal_code": "28080"}, {"postal_code": "28081"}),
    ],
)
async def test_the_address_decides_in_which_zone_the_cart_goes(
    a_mug: dict[str, Any],
    offer: Offer,
    area: dict[str, str],
    inside: dict[str, str],
    outside: dict[str, str],
) -> None:
    buyer, cart = a_mug["buyer"], a_mug["cart"]
    option = await offer(zones=[await a_zone({"country": "FR"}), await a_zone(area)])

    anywhere = await listed(buyer, cart, option)
    there = await sent_to(buyer, cart, option, **inside)
    listed_there = await listed(buyer, cart, option)
    elsewhere = await sent_to(buyer, cart, None, **outside)

    assert (anywhere, listed_there, await listed(buyer, cart, option)) == (500, 500, None)
    assert (problems(there), there["totals"]["shipping"]) == ([], 500)
    assert problems(elsewhere) == ["shipping-option-unavailable"]
    back = await sent_to(buyer, cart, None, **inside)
    assert (problems(back), back["totals"]["shipping"]) == ([], 500)


async def test_a_zone_without_areas_is_nowhere(
    staff: AsyncClient, buyer: AsyncClient, offer: Offer
) -> None:
    option = await offer(zones=[await a_zone()])
    cart = await a_cart(buyer, **{await a_sku_for_sale(staff): 1})
    await sent_to(buyer, cart)

    assert await listed(buyer, cart, option) is None


async def test_what_stands_below_an_excluded_category_does_not_travel_so(
    staff: AsyncClient, buyer: AsyncClient, offer: Offer
) -> None:
    top, below = uuid4().hex, uuid4().hex
    await staff.post("/v1/admin/categories", json={"name": "Furniture", "slug": top})
    draft = {"name": "Tables", "slug": below, "parent": top}
    await staff.post("/v1/admin/categories", json=draft)
    table = await a_sku_for_sale(staff, categories=[below])
    mug = await a_sku_for_sale(staff)
    option = await offer(excluded_categories=[top])

    with_table = await a_cart(buyer, **{mug: 1, table: 1})
    without = await a_cart(buyer, **{mug: 1})

    assert option["excluded_categories"] == [top]
    assert await listed(buyer, with_table, option) is None
    assert await listed(buyer, without, option) == 500


async def test_what_cannot_be_had_cannot_be_chosen(
    staff: AsyncClient, buyer: AsyncClient, offer: Offer
) -> None:
    option = await offer(max_weight=999)
    cart = await a_cart(buyer, **{await a_thing(staff, weight_grams=1_000): 1})
    contact = {"email": "ada@example.com", "shipping_address": ADDRESS}

    address, wanted = f"/v1/carts/{cart['id']}", option["id"]
    chosen = await buyer.put(f"{address}/shipping-option", json={"id": wanted})
    in_contact = await buyer.put(f"{address}/contact", json={**contact, "shipping_option": wanted})

    assert refusal(chosen)[:2] == (404, "shipping-option-not-found")
    assert refusal(in_contact)[:2] == (404, "shipping-option-not-found")
    assert (await buyer.get(address)).json() == cart


async def test_days_and_a_pick_up_point_are_told_and_kept_by_the_order(
    staff: AsyncClient, buyer: AsyncClient, offer: Offer
) -> None:
    told = {"min_days": 1, "max_days": 3, "pickup_address": PICKUP}
    option = await offer(**told)
    plain = await offer()
    cart = await a_cart(buyer, **{await a_sku_for_sale(staff): 1})
    shown = {"id": option["id"], "name": "Courier", "price": 500, **told}

    chosen = await sent_to(buyer, cart, option)
    order = (await check_out(buyer, cart["id"])).json()
    found, bare = await seen(buyer, cart, option), await seen(buyer, cart, plain)
    await staff.delete(one(option))

    assert (found, chosen["shipping_option"], order["shipping_option"]) == (shown,) * 3
    assert bare == {"id": plain["id"], "name": "Courier", "price": 500}
    kept = (await staff.get(f"/v1/admin/orders/{order['id']}")).json()
    assert kept["shipping_option"] == shown
    assert kept["totals"] == order["totals"]


async def test_reading_a_cart_stays_one_statement(
    staff: AsyncClient, buyer: AsyncClient, offer: Offer, statements: list[str]
) -> None:
    zone = await a_zone({"country": "ES"})
    option = await offer(tariff="subtotal", tiers={"EUR": TIERS}, zones=[zone])
    cart = await a_cart(buyer, **{await a_sku_for_sale(staff): 1})
    await sent_to(buyer, cart, option)
    statements.clear()

    answer = await buyer.get(f"/v1/carts/{cart['id']}")

    assert answer.json()["totals"]["shipping"] == 490
    assert len([it for it in statements if it not in {"BEGIN", "COMMIT", "ROLLBACK"}]) == 1
