"""A variant is taken out of a product: who still needs it, and what goes with it."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.people import a_program
from support.products import a_cart_to_order, a_product, check_out, in_colours
from support.refusals import somebody_waits

from trastienda.database.db import transaction
from trastienda.database.models.accounts.user import Role

COLOURS = [{"name": "Colour", "values": ["Blue", "Green", "Red"]}]
SPANISH = {
    "es": {"name": "Taza", "options": [{"name": "Color", "values": ["Azul", "Verde", "Rojo"]}]}
}


def sku_of(product: dict[str, Any], place: int = 0) -> str:
    sku: str = product["variants"][place]["sku"]
    return sku


def address_of(product: dict[str, Any], sku: str) -> str:
    return f"/v1/admin/products/{product['id']}/variants/{sku}"


async def test_a_variant_goes_with_its_stock_and_the_values_that_it_alone_had(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await in_colours(staff, "Blue", "Green", "Red", translations=SPANISH)
    green = address_of(product, sku_of(product, 1))
    kept = [product["variants"][0], product["variants"][2]]

    answer = await staff.delete(green, headers={"If-Match": '"1"'})
    again = await staff.delete(green)
    page = (await buyer.get(f"/v1/products/{product['slug']}")).json()

    left = answer.json()
    assert (answer.status_code, answer.headers["etag"]) == (200, '"2"')
    assert left["variants"] == kept
    options = {it: text["options"][0]["values"] for it, text in left["texts"].items()}
    assert options == {"en": ["Blue", "Red"], "es": ["Azul", "Rojo"]}
    assert [it["sku"] for it in page["variants"]] == [it["sku"] for it in kept]
    assert (await staff.get(f"/v1/admin/products/{product['id']}")).json() == left
    assert (await staff.get(f"/v1/admin/stock/{sku_of(product, 1)}")).status_code == 404
    assert (again.status_code, again.json()["type"]) == (404, "/problems/variant-not-found")
    found = await buyer.get("/v1/products", params={"q": sku_of(product, 1)})
    assert found.json()["items"] == []


async def test_a_value_stays_while_another_variant_has_it_or_none_ever_had(
    staff: AsyncClient,
) -> None:
    options = [*COLOURS, {"name": "Size", "values": ["S", "M", "XL"]}]
    pairs = [("Blue", "S"), ("Blue", "M"), ("Green", "M")]
    variants = [
        {"sku": f"V-{uuid4().hex}", "prices": {"EUR": 1}, "options": {"Colour": it, "Size": size}}
        for it, size in pairs
    ]
    product = await a_product(staff, options=options, variants=variants)

    left = (await staff.delete(address_of(product, sku_of(product, 1)))).json()

    (colour, size) = left["texts"]["en"]["options"]
    assert (colour["values"], size["values"]) == (["Blue", "Green", "Red"], ["S", "M", "XL"])


async def test_what_cannot_go_stays_as_it_is(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    product, other = await in_colours(staff, "Blue", "Green"), await a_product(staff)
    cart = await a_cart_to_order(buyer, **{sku_of(product): 1})
    order = (await check_out(buyer, cart["id"])).json()
    before = (await staff.get(f"/v1/admin/products/{product['id']}")).json()
    clerk = await a_program(shop, Role.SUPPORT)

    refused = [
        await staff.delete(address_of(product, sku_of(product))),
        await staff.delete(address_of(product, sku_of(other))),
        await staff.delete(address_of(other, sku_of(other))),
        await staff.delete(address_of(product, sku_of(product, 1)), headers={"If-Match": '"9"'}),
        await clerk.delete(address_of(product, sku_of(product, 1))),
    ]

    assert [(it.status_code, it.json()["type"].rpartition("/")[2]) for it in refused] == [
        (409, "stock-promised"),
        (404, "variant-not-found"),
        (409, "last-variant"),
        (412, "product-changed"),
        (403, "not-allowed"),
    ]
    assert (await staff.get(f"/v1/admin/products/{product['id']}")).json() == before
    await staff.post(f"/v1/admin/orders/{order['id']}/cancel")
    gone = await staff.delete(address_of(product, sku_of(product)))
    after = (await staff.get(f"/v1/admin/orders/{order['id']}")).json()
    assert gone.status_code == 200, gone.text
    assert [it["sku"] for it in after["lines"]] == [sku_of(product)]


async def test_a_cart_loses_the_variant_and_keeps_the_rest(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await in_colours(staff, "Blue", "Green")
    cart = await a_cart_to_order(buyer, **{sku_of(product): 2, sku_of(product, 1): 1})

    gone = await staff.delete(address_of(product, sku_of(product)))
    after = (await buyer.get(f"/v1/carts/{cart['id']}")).json()
    again = await buyer.post(
        f"/v1/carts/{cart['id']}/lines", json={"sku": sku_of(product), "quantity": 1}
    )

    assert gone.status_code == 200, gone.text
    assert [it["sku"] for it in after["lines"]] == [sku_of(product, 1)]
    assert after["totals"]["subtotal"] == 1_250
    assert (again.status_code, again.json()["type"]) == (422, "/problems/sku-unknown")


async def test_of_two_variants_that_go_at_once_one_stays(staff: AsyncClient) -> None:
    product = await in_colours(staff, "Blue", "Green")

    answers = await asyncio.gather(
        *(staff.delete(address_of(product, sku_of(product, it))) for it in range(2))
    )

    assert sorted(it.status_code for it in answers) == [200, 409]
    left = (await staff.get(f"/v1/admin/products/{product['id']}")).json()
    assert len(left["variants"]) == 1


@pytest.mark.parametrize("goods", [{}, {"gift_card": True}], ids=["goods", "gift cards"])
async def test_who_buys_a_variant_that_goes_at_this_moment_is_refused_as_later(
    staff: AsyncClient, buyer: AsyncClient, goods: dict[str, Any]
) -> None:
    product = await in_colours(staff, "Blue", "Green", **goods)
    cart = await a_cart_to_order(buyer, **{sku_of(product): 1})
    other = await a_cart_to_order(buyer, **{sku_of(product, 1): 1})
    line = {"sku": sku_of(product), "quantity": 1}

    async with transaction() as session:
        await session.driver.execute("DELETE FROM variants WHERE sku = %s", [sku_of(product)])
        waiting = asyncio.gather(
            check_out(buyer, cart["id"]), buyer.post(f"/v1/carts/{other['id']}/lines", json=line)
        )
        await somebody_waits(session, 2)
    placed, added = await waiting

    assert (placed.status_code, placed.json()["type"]) == (409, "/problems/cart-not-ready")
    assert (added.status_code, added.json()["type"]) == (422, "/problems/sku-unknown")
