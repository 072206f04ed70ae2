"""Pictures on products: their order, their texts, and variants' own."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

from httpx import AsyncClient
from support.media.pictures import ALL, a_picture, a_ready_picture, render, uploaded
from support.products import a_cart, a_product, a_sku
from support.refusals import refusal

from trastienda.application import Application
from trastienda.database.db import transaction

PRODUCTS = "/v1/admin/products"
Fields = dict[str, Any]


async def page(buyer: AsyncClient, product: Fields, **query: str) -> Fields:
    answer = await buyer.get(f"/v1/products/{product['slug']}", params=query)
    assert answer.status_code == 200, answer.text
    shown: Fields = answer.json()
    return shown


async def card(buyer: AsyncClient, name: str) -> Fields:
    answer = await buyer.get("/v1/products", params={"q": name})
    (found,) = answer.json()["items"]
    return dict(found)


def view(media: Fields, alt: str = "") -> Fields:
    return {name: media[name] for name in ("id", "url", "width", "height", "sources")} | {
        "alt": alt
    }


async def test_a_product_shows_its_pictures_in_order_with_their_texts(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    one, two = [await a_ready_picture(shop, staff) for _ in range(2)]
    await staff.patch(f"{ALL}/{one['id']}", json={"alt": {"en": "A mug", "es": "Una taza"}})
    name = f"mug{uuid4().hex}"
    media = [{"id": two["id"], "alt": {"en": "Its handle"}}, {"id": one["id"]}]
    product = await a_product(staff, name=name, media=media)
    sku = product["variants"][0]["sku"]

    english, spanish = [(await page(buyer, product, locale=it))["media"] for it in ("en", "es")]
    listed, cart = await card(buyer, name), await a_cart(buyer, **{sku: 1})

    assert english == [view(two, "Its handle"), view(one, "A mug")]
    assert spanish == [view(two, "Its handle"), view(one, "Una taza")]
    assert (listed["thumbnail"], listed["picture"]) == (two["thumbnail"], english[0])
    assert cart["lines"][0]["thumbnail"] == two["thumbnail"]
    assert product["media"] == [
        {
            "id": it["id"],
            "alt": {"en": text, "es": translated},
            "state": "ready",
            "thumbnail": it["thumbnail"],
        }
        for it, text, translated in (
            (two, "Its handle", "Its handle"),
            (one, "A mug", "Una taza"),
        )
    ]


async def test_a_picture_is_shown_as_soon_as_it_is_ready(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    first, own, name = await uploaded(staff), await uploaded(staff), f"mug{uuid4().hex}"
    variants = [{"sku": a_sku(), "prices": {"EUR": 900}, "stock": 1, "media": own["id"]}]
    product = await a_product(
        staff, name=name, media=[{"id": it["id"]} for it in (first, own)], variants=variants
    )
    before, listed = await page(buyer, product), await card(buyer, name)
    await render(shop, own)
    early = await card(buyer, name)
    await render(shop, first)
    after = await page(buyer, product)
    cart = await a_cart(buyer, **{variants[0]["sku"]: 1})
    ready = [(await staff.get(f"{ALL}/{it['id']}")).json() for it in (first, own)]
    kept = (await staff.get(f"{PRODUCTS}/{product['id']}")).json()

    assert (before["media"], listed["thumbnail"], "picture" in listed) == ([], None, False)
    assert [it["state"] for it in product["media"]] == ["processing", "processing"]
    assert early["picture"] == view(ready[1])
    assert after["media"] == [view(it) for it in ready]
    assert after["variants"][0]["media"] == own["id"]
    assert (await card(buyer, name))["picture"] == view(ready[0])
    assert cart["lines"][0]["thumbnail"] == ready[1]["thumbnail"]
    assert [it["state"] for it in kept["media"]] == ["ready", "ready"]
    assert kept["version"] == product["version"]


async def test_a_picture_that_becomes_ready_while_a_product_is_given_it_is_shown(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    """Both commit in either order: each sees what the other has done."""
    for _ in range(4):
        media = await uploaded(staff)
        product, _ = await asyncio.gather(
            a_product(staff, media=[{"id": media["id"]}]), render(shop, media)
        )

        assert [it["id"] for it in (await page(buyer, product))["media"]] == [media["id"]]


async def test_pictures_are_replaced_as_a_whole_and_stay_when_left_out(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    one, two = [await a_ready_picture(shop, staff) for _ in range(2)]
    variants = [{"sku": a_sku(), "prices": {"EUR": 900}, "media": two["id"]}]
    media = [{"id": one["id"], "alt": {"en": "A mug"}}, {"id": two["id"]}]
    product = await a_product(staff, media=media, variants=variants)
    at = f"{PRODUCTS}/{product['id']}"

    renamed = (await staff.patch(at, json={"description": "Blue."})).json()
    turned = (await staff.patch(at, json={"media": [media[1], {"id": one["id"]}]})).json()
    single = (await staff.patch(at, json={"media": [{"id": one["id"]}]})).json()
    shown = await page(buyer, product)
    bare = (await staff.patch(at, json={"media": []})).json()

    assert (renamed["media"], renamed["variants"][0]["media"]) == (product["media"], two["id"])
    assert turned["media"] == product["media"][::-1]
    assert (single["media"], single["variants"][0]["media"]) == (product["media"][:1], None)
    assert "media" not in shown["variants"][0]
    assert (bare["media"], (await page(buyer, product))["media"]) == ([], [])


async def test_pictures_that_do_not_fit_are_refused_and_nothing_changes(
    shop: Application, staff: AsyncClient
) -> None:
    ready, other = await a_ready_picture(shop, staff), await a_ready_picture(shop, staff)
    failed = await uploaded(staff, b"\xff\xd8\xff" + uuid4().bytes * 4)
    await render(shop, failed)
    product = await a_product(staff, media=[{"id": ready["id"]}])
    at, sku = f"{PRODUCTS}/{product['id']}", product["variants"][0]["sku"]
    both = [{"id": ready["id"]}, {"id": ready["id"]}]
    wrong: list[tuple[Fields, str, str]] = [
        ({"media": both}, "picture-twice", "/media/1/id"),
        ({"media": [{"id": str(uuid4())}]}, "picture-unknown", "/media/0/id"),
        ({"media": [{"id": failed["id"]}]}, "picture-failed", "/media/0/id"),
        (
            {"variants": [{"sku": sku, "media": other["id"]}]},
            "variant-picture-unknown",
            "/variants/0/media",
        ),
    ]

    for patch, problem, pointer in wrong:
        assert refusal(await staff.patch(at, json=patch)) == (422, problem, pointer)
    assert (await staff.get(at)).json() == product


async def test_a_picture_that_products_show_is_not_deleted(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    media = await a_ready_picture(shop, staff)
    product = await a_product(staff, media=[{"id": media["id"]}])
    at = f"{ALL}/{media['id']}"

    refused = await staff.delete(at)
    shown = (await page(buyer, product))["media"]
    await staff.delete(f"{PRODUCTS}/{product['id']}")

    assert (refusal(refused), refused.json()["products"]) == (
        (409, "media-in-use", None),
        [product["slug"]],
    )
    assert [it["id"] for it in shown] == [media["id"]]
    assert (await staff.delete(at)).status_code == 204


async def test_of_deleting_a_picture_and_showing_it_one_wins(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    for _ in range(4):
        media = await a_ready_picture(shop, staff)
        product = await a_product(staff)
        deleted, changed = await asyncio.gather(
            staff.delete(f"{ALL}/{media['id']}"),
            staff.patch(f"{PRODUCTS}/{product['id']}", json={"media": [{"id": media["id"]}]}),
        )
        found = await staff.get(f"{ALL}/{media['id']}")

        assert (deleted.status_code, changed.status_code) in {(204, 422), (409, 200)}
        assert found.status_code == (404 if deleted.status_code == 204 else 200)


async def test_many_pictures_cost_no_more_statements(
    shop: Application, staff: AsyncClient, buyer: AsyncClient, statements: list[str]
) -> None:
    ids = [(await uploaded(staff, a_picture()))["id"] for _ in range(5)]
    counts = []
    for many in (1, 5):
        product = await a_product(staff)
        statements.clear()
        media = [{"id": it} for it in ids[:many]]
        await staff.patch(f"{PRODUCTS}/{product['id']}", json={"media": media})
        changing = len(statements)
        statements.clear()
        await page(buyer, product)
        counts.append((changing, len(statements)))

    (changing_one, reading_one), (changing_five, reading_five) = counts
    assert changing_five <= changing_one  # the first may note when the key was last used
    assert (reading_one, reading_five) == (1, 1)


async def test_pictures_of_another_products_row_are_not_taken_over(
    shop: Application, staff: AsyncClient
) -> None:
    """Only pictures without an upload are known by their own row, and only to their product."""
    media = await a_ready_picture(shop, staff)
    product = await a_product(staff, media=[{"id": media["id"]}])
    async with transaction() as session:
        rows = await session.driver.execute(
            "SELECT id FROM product_media WHERE product_id = %s", [UUID(product["id"])]
        )
        (row,) = await rows.fetchone() or (None,)
    other = await a_product(staff)

    answer = await staff.patch(f"{PRODUCTS}/{other['id']}", json={"media": [{"id": str(row)}]})

    assert refusal(answer)[:2] == (422, "picture-unknown")
