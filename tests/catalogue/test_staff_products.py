"""Products as staff write them, stock movements, and orders as staff carry them out."""

import asyncio
from uuid import uuid4

import pytest
from httpx import AsyncClient, Response
from support.products import a_cart_to_order, a_product, a_sku, a_sku_for_sale, check_out, stock_of

from trastienda.database.db import reading


async def of_ledger(sku: str) -> tuple[int, int]:
    """Add the ledger up: what is on hand and what is reserved."""
    async with reading() as session:
        rows = await session.driver.execute(
            "SELECT coalesce(sum(movements.on_hand), 0)::int,"
            " coalesce(sum(movements.reserved), 0)::int FROM stock_movements AS movements"
            " JOIN stock ON stock.id = stock_id JOIN variants ON variants.id = variant_id"
            " WHERE sku = %s",
            [sku],
        )
        on_hand, reserved = await rows.fetchone() or (0, 0)
        return on_hand, reserved


async def test_a_product_is_created_with_everything_it_needs(staff: AsyncClient) -> None:
    sku = a_sku()
    draft = {
        "name": "Árbol de té",
        "variants": [
            {
                "sku": sku,
                "prices": {"EUR": 1_250, "JPY": 1_900},
                "compare_at_prices": {"EUR": 1_500},
                "cost_prices": {"EUR": 600},
                "stock": 7,
                "weight_grams": 350,
                "length_mm": 120,
                "width_mm": 85,
            }
        ],
    }

    answer = await staff.post("/v1/admin/products", json=draft)

    product = answer.json()
    assert answer.status_code == 201
    assert product["slug"].startswith("arbol-de-te")
    assert answer.headers["etag"] == '"1"'
    (variant,) = product["variants"]
    assert variant == {
        "id": variant["id"],
        "sku": sku,
        "names": {"en": "Árbol de té", "es": "Árbol de té"},
        "options": {},
        "prices": {"EUR": 1_250, "JPY": 1_900},
        "compare_at_prices": {"EUR": 1_500},
        "cost_prices": {"EUR": 600},
        "converted_prices": {},
        "weight_grams": 350,
        "length_mm": 120,
        "width_mm": 85,
        "height_mm": None,
        "tax_class": "standard",
        "media": None,
        "on_hand": 7,
        "reserved": 0,
        "available": 7,
    }
    assert (await staff.get(f"/v1/admin/products/{product['id']}")).json() == product
    assert await of_ledger(sku) == (7, 0)


async def test_a_slug_made_of_a_name_is_numbered_when_it_is_taken(staff: AsyncClient) -> None:
    name = f"Tea {uuid4().hex}"
    slug = name.lower().replace(" ", "-")

    async def create() -> Response:
        draft = {"name": name, "variants": [{"sku": a_sku(), "prices": {"EUR": 1}}]}
        return await staff.post("/v1/admin/products", json=draft)

    first, second = await create(), await create()
    at_once = await asyncio.gather(*(create() for _ in range(4)))

    answers = [first, second, *at_once]
    assert [it.status_code for it in answers] == [201] * 6
    made = [it.json()["slug"] for it in answers]
    numbered = [f"{slug}-{number}" for number in range(2, 7)]
    assert made[:2] == [slug, numbered[0]]
    assert sorted(made[2:]) == numbered[1:]


@pytest.mark.parametrize(
    ("change", "status", "problem", "pointer"),
    [
        ({"variants": []}, 400, "invalid-request", "/variants"),
        ({"name": ""}, 400, "invalid-request", "/name"),
        ({"slug": "No Slug"}, 400, "invalid-request", "/slug"),
        ({"name": "!!!"}, 422, "slug-needed", "/slug"),
        ({"categories": ["nowhere"]}, 422, "category-unknown", "/categories"),
        (
            {"variants": [{"sku": "A", "prices": {"EUR": 1}, "options": {"Size": "S"}}]},
            422,
            "options-do-not-fit",
            "/variants/0/options",
        ),
        (
            {"variants": [{"sku": "A", "prices": {"ABC": 1}}]},
            422,
            "no-such-currency",
            "/variants/0/prices/ABC",
        ),
        (
            {"variants": [{"sku": "A", "prices": {"EUR": 5}, "cost_prices": {"USD": 5}}]},
            422,
            "cost-without-price",
            "/variants/0/cost_prices/USD",
        ),
        (
            {"variants": [{"sku": "A", "prices": {"EUR": 5}, "compare_at_prices": {"EUR": 5}}]},
            422,
            "reduction-upwards",
            "/variants/0/compare_at_prices/EUR",
        ),
        (
            {"variants": [{"sku": "A", "prices": {"EUR": 10**12 + 1}}]},
            400,
            "invalid-request",
            "/variants/0/prices",
        ),
        (
            {
                "options": [{"name": "Size", "values": ["S", "S"]}],
                "variants": [{"sku": "A", "prices": {"EUR": 1}, "options": {"Size": "S"}}],
            },
            422,
            "options-do-not-fit",
            "/options",
        ),
    ],
)
async def test_a_draft_that_cannot_be_is_refused_by_field(
    staff: AsyncClient, change: dict[str, object], status: int, problem: str, pointer: str
) -> None:
    sku = a_sku()
    draft = {"name": "Mug", "variants": [{"sku": sku, "prices": {"EUR": 1}}], **change}

    answer = await staff.post("/v1/admin/products", json=draft)

    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{problem}")
    assert answer.json()["errors"][0]["pointer"].startswith(pointer)
    assert (await staff.get(f"/v1/admin/stock/{sku}")).status_code == 404


async def test_a_product_does_not_take_the_slug_of_another(staff: AsyncClient) -> None:
    taken, product = await a_product(staff), await a_product(staff)
    address = f"/v1/admin/products/{product['id']}"

    answer = await staff.patch(address, json={"slug": taken["slug"]})

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/slug-taken")
    assert (await staff.get(address)).json() == product


async def test_slugs_skus_and_options_are_unique(staff: AsyncClient) -> None:
    product = await a_product(staff)
    sku, slug = product["variants"][0]["sku"], product["slug"]
    options = {
        "options": [{"name": "Size", "values": ["S", "M"]}],
        "variants": [
            {"sku": a_sku(), "prices": {"EUR": 1}, "options": {"Size": "S"}} for _ in range(2)
        ],
    }

    async def create(**facts: object) -> tuple[int, str]:
        draft = {"name": "Mug", "variants": [{"sku": a_sku(), "prices": {"EUR": 1}}], **facts}
        answer = await staff.post("/v1/admin/products", json=draft)
        return answer.status_code, answer.json()["type"]

    assert await create(slug=slug) == (409, "/problems/slug-taken")
    assert await create(variants=[{"sku": sku, "prices": {"EUR": 1}}]) == (
        409,
        "/problems/sku-taken",
    )
    assert await create(**options) == (422, "/problems/variants-alike")


async def test_twenty_products_with_one_sku_at_once_are_one(staff: AsyncClient) -> None:
    draft = {"name": "Mug", "variants": [{"sku": a_sku(), "prices": {"EUR": 1}, "stock": 1}]}

    answers = await asyncio.gather(
        *(staff.post("/v1/admin/products", json=draft) for _ in range(20))
    )

    statuses = sorted(it.status_code for it in answers)
    assert statuses == [201, *[409] * 19]


async def test_a_change_touches_what_it_names_and_nothing_else(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(
        staff, description="Stoneware.", translations={"es": {"name": "Taza"}}, stock=4
    )
    address = f"/v1/admin/products/{product['id']}"
    sku = product["variants"][0]["sku"]
    patch = {"name": "Cup", "variants": [{"sku": sku, "prices": {"EUR": 777}}]}

    changed = await staff.patch(address, json=patch, headers={"If-Match": '"1"'})
    stale = await staff.patch(address, json={"name": "Bowl"}, headers={"If-Match": '"1"'})

    after = changed.json()
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    assert after["texts"]["en"] == {"name": "Cup", "description": "Stoneware.", "options": []}
    assert after["texts"]["es"]["name"] == "Taza"
    assert after["variants"][0]["names"] == {"en": "Cup", "es": "Taza"}
    assert after["variants"][0]["available"] == 4
    assert (stale.status_code, stale.json()["type"]) == (412, "/problems/product-changed")
    shown = (await buyer.get(f"/v1/products/{product['slug']}")).json()
    assert (shown["name"], shown["variants"][0]["price"]) == ("Cup", 777)


async def test_a_variant_keeps_what_a_change_does_not_name(staff: AsyncClient) -> None:
    sku = a_sku()
    mug = {
        "sku": sku,
        "name": "Big mug",
        "prices": {"EUR": 900, "USD": 1000},
        "compare_at_prices": {"EUR": 1200, "USD": 1100},
        "cost_prices": {"EUR": 400, "USD": 500},
        "weight_grams": 380,
        "length_mm": 120,
        "tax_class": sku.lower(),
    }
    rare = {"code": sku.lower(), "name": "Rare"}
    made = await staff.post("/v1/admin/tax-classes", json=rare)
    draft = {"name": "Mug", "slug": sku.lower(), "variants": [mug]}
    product = (await staff.post("/v1/admin/products", json=draft)).json()
    address = f"/v1/admin/products/{product['id']}"

    async def patched(**fields: object) -> dict[str, object]:
        answer = await staff.patch(address, json={"variants": [{"sku": sku, **fields}]})
        assert answer.status_code == 200, answer.text
        (variant,) = answer.json()["variants"]
        names: dict[str, object] = variant["names"]
        return {name: variant[name] for name in mug if name in variant} | names

    kept = {"sku": sku, "weight_grams": 380, "length_mm": 120, "tax_class": sku.lower()}
    kept |= {"en": "Big mug", "es": "Big mug"}
    assert await patched(prices={"EUR": 950}) == kept | {
        "prices": {"EUR": 950},
        "compare_at_prices": {"EUR": 1200},
        "cost_prices": {"EUR": 400},
    }
    dearer = {"prices": {"EUR": 1200}, "compare_at_prices": {}, "cost_prices": {"EUR": 400}}
    assert await patched(prices={"EUR": 1200}) == kept | dearer
    assert await patched(weight_grams=None, cost_prices={}) == kept | dearer | {
        "weight_grams": None,
        "cost_prices": {},
    }
    stocked = await staff.patch(address, json={"variants": [{"sku": sku, "stock": 3}]})
    assert (stocked.status_code, stocked.json()["type"]) == (422, "/problems/stock-only-moves")
    bare = await staff.patch(address, json={"variants": [{"sku": a_sku()}]})
    assert (bare.status_code, bare.json()["type"]) == (422, "/problems/price-missing")
    assert bare.json()["errors"][0]["pointer"] == "/variants/0/prices"
    await staff.delete(address)
    await staff.delete(f"/v1/admin/tax-classes/{made.json()['id']}")


async def test_a_variant_is_added_and_a_product_is_hidden(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff)
    address, page = f"/v1/admin/products/{product['id']}", f"/v1/products/{product['slug']}"
    size = [{"name": "Size", "values": ["S", "M"]}]
    variants = [
        {"sku": product["variants"][0]["sku"], "prices": {"EUR": 1}, "options": {"Size": "S"}},
        {"sku": a_sku(), "prices": {"EUR": 2}, "options": {"Size": "M"}, "stock": 3},
    ]

    unfit = await staff.patch(address, json={"options": size})
    fit = await staff.patch(address, json={"options": size, "variants": variants})
    seen = (await buyer.get(page)).json()
    hidden = await staff.patch(address, json={"published": False})

    assert (unfit.status_code, unfit.json()["type"]) == (422, "/problems/options-do-not-fit")
    assert fit.status_code == 200, fit.text
    assert [(it["price"], it["available"]) for it in seen["variants"]] == [(1, 10), (2, 3)]
    assert hidden.status_code == 200
    assert (await buyer.get(page)).status_code == 404


async def test_a_product_is_deleted_unless_buyers_wait_for_it(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff)
    sku = product["variants"][0]["sku"]
    address = f"/v1/admin/products/{product['id']}"
    cart = await a_cart_to_order(buyer, **{sku: 1})
    order = (await check_out(buyer, cart["id"])).json()

    waiting = await staff.delete(address)
    cancelled = await staff.post(f"/v1/admin/orders/{order['id']}/cancel")
    deleted = await staff.delete(address)
    after = (await staff.get(f"/v1/admin/orders/{order['id']}")).json()

    assert (waiting.status_code, waiting.json()["type"]) == (409, "/problems/stock-promised")
    assert cancelled.status_code == 200, cancelled.text
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert (await staff.get(address)).status_code == 404
    assert (await buyer.get(f"/v1/products/{product['slug']}")).status_code == 404
    assert [line["sku"] for line in after["lines"]] == [sku]


async def test_stock_moves_in_and_out_and_the_ledger_adds_up(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, stock=0)
    sku = product["variants"][0]["sku"]
    address = f"/v1/admin/stock/{sku}/movements"

    received = await staff.post(address, json={"quantity": 10, "reason": "received"})
    damaged = await staff.post(address, json={"quantity": -3, "reason": "damaged"})
    card = (await buyer.get(f"/v1/products/{product['slug']}")).json()
    too_many = await staff.post(address, json={"quantity": -8, "reason": "lost"})
    nothing = await staff.post(address, json={"quantity": 0, "reason": "lost"})
    reason = await staff.post(address, json={"quantity": 1, "reason": "fulfilled"})
    nowhere = await staff.post(
        address, json={"quantity": 1, "reason": "received", "location": "moon"}
    )

    assert (received.status_code, received.json()) == (
        201,
        {"on_hand": 10, "reserved": 0, "available": 10},
    )
    assert damaged.json() == {"on_hand": 7, "reserved": 0, "available": 7}
    assert card["variants"][0]["in_stock"] is True
    assert (too_many.status_code, too_many.json()["type"]) == (409, "/problems/stock-promised")
    assert [it.status_code for it in (nothing, reason, nowhere)] == [422, 400, 404]
    assert await stock_of(staff, sku) == {"on_hand": 7, "reserved": 0, "available": 7}
    assert await of_ledger(sku) == (7, 0)


async def test_an_order_is_paid_and_sent_in_parts(staff: AsyncClient, buyer: AsyncClient) -> None:
    one, two = await a_sku_for_sale(staff, stock=5), await a_sku_for_sale(staff, stock=5)
    cart = await a_cart_to_order(buyer, **{one: 2, two: 1})
    order = (await check_out(buyer, cart["id"])).json()
    address = f"/v1/admin/orders/{order['id']}"
    first = order["lines"][0]["id"]

    paid = await staff.post(f"{address}/capture")
    again = await staff.post(f"{address}/capture")
    part = await staff.post(
        f"{address}/fulfilments", json={"lines": [{"line_id": first, "quantity": 1}]}
    )
    too_much = await staff.post(
        f"{address}/fulfilments", json={"lines": [{"line_id": first, "quantity": 2}]}
    )
    rest = await staff.post(f"{address}/fulfilments", json={})
    nothing = await staff.post(f"{address}/fulfilments", json={})
    late = await staff.post(f"{address}/cancel")

    assert paid.json()["payment_status"] == "paid"
    assert (again.status_code, again.json()["type"]) == (409, "/problems/order-already-paid")
    assert (part.status_code, part.json()["fulfilment_status"]) == (201, "partially_fulfilled")
    assert (too_much.status_code, too_much.json()["type"]) == (409, "/problems/more-than-ordered")
    assert rest.json()["fulfilment_status"] == "fulfilled"
    assert (nothing.status_code, late.status_code) == (409, 409)
    assert await stock_of(staff, one) == {"on_hand": 3, "reserved": 0, "available": 3}
    assert await of_ledger(one) == (3, 0)
    assert await of_ledger(two) == (4, 0)


async def test_staff_find_orders(staff: AsyncClient, buyer: AsyncClient) -> None:
    cart = await a_cart_to_order(buyer, **{await a_sku_for_sale(staff): 1})
    order = (await check_out(buyer, cart["id"])).json()

    by_number = await staff.get(f"/v1/admin/orders?number={order['number']}")
    by_status = await staff.get("/v1/admin/orders?status=open&limit=1")
    unknown = await staff.get("/v1/admin/orders?status=lost")

    assert [it["id"] for it in by_number.json()["items"]] == [order["id"]]
    assert len(by_status.json()["items"]) == 1
    assert unknown.status_code == 400


async def test_cancelling_twice_at_once_gives_stock_back_once(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    sku = await a_sku_for_sale(staff, stock=3)
    cart = await a_cart_to_order(buyer, **{sku: 2})
    order = (await check_out(buyer, cart["id"])).json()
    address = f"/v1/admin/orders/{order['id']}/cancel"

    answers = await asyncio.gather(*(staff.post(address) for _ in range(10)))

    assert sorted(it.status_code for it in answers) == [200, *[409] * 9]
    assert await stock_of(staff, sku) == {"on_hand": 3, "reserved": 0, "available": 3}
    assert await of_ledger(sku) == (3, 0)
