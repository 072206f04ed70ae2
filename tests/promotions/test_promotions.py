"""Promotions on record: what staff write, and what acts by itself."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.people import a_browser, a_program
from support.products import a_cart, a_cart_to_order, a_product, a_sku_for_sale, check_out
from support.promotions import ALL, a_coupon, a_promotion, one, put_in
from support.refusals import changes_once, refusal

from trastienda.database.models.accounts.user import Role

DRAFT = {"name": "Tenth", "kind": "order_percent", "trigger": "coupon", "percent": "10"}
NOW = datetime.now(UTC)


async def an_automatic_one(
    staff: AsyncClient,
    product: dict[str, Any],
    **facts: Any,  # noqa: ANN401
) -> dict[str, Any]:
    """Write down a promotion that acts by itself, on one product alone."""
    facts = {"kind": "item_percent", "trigger": "automatic", "products": [product["id"]], **facts}
    return await a_promotion(staff, **facts)


def sku(product: dict[str, Any]) -> str:
    code: str = product["variants"][0]["sku"]
    return code


async def discount(buyer: AsyncClient, **skus: int) -> int:
    taken: int = (await a_cart(buyer, **skus))["totals"]["discount"]
    return taken


async def test_staff_read_back_what_they_wrote(staff: AsyncClient) -> None:
    slug = f"mugs-{uuid4().hex}"
    await staff.post("/v1/admin/categories", json={"name": "Mugs", "slug": slug})
    product = await a_product(staff)
    draft = {
        **DRAFT,
        "percent": "12.5",
        "products": [product["id"]],
        "categories": [slug],
        "skus": [sku(product)],
        "channels": ["default"],
        "weekdays": [1, 7],
        "time_from": "22:00",
        "time_to": "02:30",
        "min_subtotals": {"EUR": 1_000},
        "max_discounts": {"EUR": 500},
        "priority": 3,
        "exclusive": True,
        "stack_group": "seasonal",
        "starts_at": "2026-11-01T00:00:00Z",
        "ends_at": "2027-11-01T00:00:00Z",
        "usage_limit": 100,
        "usage_limit_per_customer": 2,
    }

    answer = await staff.post(ALL, json=draft)

    assert answer.status_code == 201, answer.text
    view = answer.json()
    assert answer.headers["etag"] == '"1"'
    assert {name: view[name] for name in draft} == draft
    assert (view["active"], view["uses"], view["version"]) == (False, 0, 1)
    assert (await staff.get(one(view))).json() == view
    newest = (await staff.get(ALL, params={"trigger": "coupon", "limit": 100})).json()["items"]
    assert view in newest


async def test_lists_are_paged_the_newest_first(staff: AsyncClient) -> None:
    made = [(await a_promotion(staff))["id"] for _ in range(3)]

    first = await staff.get(ALL, params={"limit": 2})
    cursor = first.json()["next_cursor"]
    rest = await staff.get(ALL, params={"limit": 2, "cursor": cursor})

    assert [it["id"] for it in first.json()["items"]] == made[:0:-1]
    assert rest.json()["items"][0]["id"] == made[0]
    other = await staff.get(ALL, params={"cursor": cursor, "trigger": "coupon"})
    assert refusal(other)[:2] == (400, "cursor-unusable")


async def test_who_changes_what_somebody_else_changed_meanwhile_is_told(
    staff: AsyncClient,
) -> None:
    promotion = await a_promotion(staff)

    late = await changes_once(staff, one(promotion), {"percent": "20"})

    assert refusal(late)[:2] == (412, "promotion-changed")
    deleted = await staff.delete(one(promotion), headers={"If-Match": '"1"'})
    assert refusal(deleted)[:2] == (412, "promotion-changed")


async def test_the_same_request_again_has_its_effect_once(staff: AsyncClient) -> None:
    key = {"Idempotency-Key": uuid4().hex}

    first, again = [await staff.post(ALL, json=DRAFT, headers=key) for _ in range(2)]

    assert (again.status_code, again.content) == (201, first.content)


async def test_a_patch_changes_what_it_names(staff: AsyncClient) -> None:
    product = await a_product(staff)
    promotion = await a_promotion(staff, products=[product["id"]], usage_limit=5)

    changed = (await staff.patch(one(promotion), json={"usage_limit": None, "name": "New"})).json()

    fresh = {"name": "New", "usage_limit": None, "version": 2}
    assert changed == {**promotion, **fresh, "updated_at": changed["updated_at"]}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"percent": None}, (422, "promotion-incomplete", "/percent")),
        ({"amounts": {"EUR": 1}}, (422, "promotion-unclear", "/amounts")),
        ({"buy": 1}, (422, "promotion-unclear", "/buy")),
        ({"max_quantity": 1}, (422, "promotion-unclear", "/max_quantity")),
        ({"gift_quantity": 1}, (422, "promotion-unclear", "/gift_quantity")),
        ({"percent": "100.5"}, (400, "invalid-request", "/percent")),
        ({"percent": 10}, (400, "invalid-request", "/percent")),
        ({"min_subtotals": {"ZZZ": 1}}, (422, "no-such-currency", "/min_subtotals/ZZZ")),
        ({"products": [str(uuid4())]}, (422, "target-unknown", "/products/0")),
        ({"categories": ["nowhere"]}, (422, "target-unknown", "/categories/0")),
        ({"skus": ["NOTHING"]}, (422, "target-unknown", "/skus/0")),
        ({"customer_groups": ["nobody"]}, (422, "target-unknown", "/customer_groups/0")),
        ({"channels": ["nowhere"]}, (422, "target-unknown", "/channels/0")),
        ({"weekdays": [8]}, (400, "invalid-request", "/weekdays/0")),
        ({"time_from": "24:00"}, (400, "invalid-request", "/time_from")),
        (
            {"time_from": "10:00", "time_to": "10:00"},
            (422, "promotion-hours-alike", "/time_to"),
        ),
        (
            {"starts_at": "2026-11-02T00:00:00Z", "ends_at": "2026-11-01T00:00:00Z"},
            (422, "promotion-ends-too-soon", "/ends_at"),
        ),
        ({"starts_at": "2026-11-02T00:00:00"}, (400, "invalid-request", "/starts_at")),
        ({"usage_limit": -1}, (400, "invalid-request", "/usage_limit")),
        ({"name": " "}, (400, "invalid-request", "/name")),
        ({"colour": "red"}, (400, "invalid-request", "/colour")),
    ],
)
async def test_bad_input_names_its_field(
    staff: AsyncClient, fields: dict[str, Any], expected: tuple[int, str, str]
) -> None:
    promotion = await a_promotion(staff)

    created = await staff.post(ALL, json={**DRAFT, **fields})
    changed = await staff.patch(one(promotion), json=fields)

    assert refusal(created) == expected
    assert refusal(changed) == expected
    assert (await staff.get(one(promotion))).json() == promotion


@pytest.mark.parametrize(
    ("draft", "pointer"),
    [
        ({"kind": "order_percent", "percent": "10"}, "/kind"),
        ({"kind": "item_percent", "percent": "10", "min_quantity": 2}, "/min_quantity"),
        ({"kind": "item_percent", "percent": "10", "usage_limit": 2}, "/usage_limit"),
        ({"kind": "item_percent", "percent": "10", "weekdays": [1]}, "/weekdays"),
        ({"kind": "fixed_price", "amounts": {"EUR": 1}, "exclusive": True}, "/exclusive"),
    ],
)
async def test_a_sale_knows_only_what_it_is_about_and_its_dates(
    staff: AsyncClient, draft: dict[str, Any], pointer: str
) -> None:
    answer = await staff.post(ALL, json={"name": "Sale", "trigger": "catalogue", **draft})

    assert refusal(answer) == (422, "sale-unclear", pointer)


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ({"kind": "order_tiered"}, ("promotion-incomplete", "/tiers")),
        (
            {"kind": "order_tiered", "tiers": [{"min_quantity": 1}]},
            ("promotion-incomplete", "/tiers/0/percent"),
        ),
        (
            {"kind": "order_tiered", "tiers": [{"percent": "5"}]},
            ("promotion-incomplete", "/tiers/0/min_subtotals"),
        ),
        ({"kind": "free_gift"}, ("promotion-incomplete", "/gift_sku")),
        ({"kind": "free_gift", "gift_sku": "NOTHING"}, ("target-unknown", "/gift_sku")),
        ({"kind": "buy_x_get_y", "buy": 1}, ("promotion-incomplete", "/get")),
        ({"kind": "cheapest_unit"}, ("promotion-incomplete", "/percent")),
        (
            {"kind": "cheapest_unit", "percent": "5", "amounts": {"EUR": 1}},
            ("promotion-unclear", "/amounts"),
        ),
        ({"kind": "fixed_price"}, ("promotion-incomplete", "/amounts")),
    ],
)
async def test_each_kind_needs_its_own_fields(
    staff: AsyncClient, draft: dict[str, Any], expected: tuple[str, str]
) -> None:
    answer = await staff.post(ALL, json={"name": "Kind", "trigger": "coupon", **draft})

    assert refusal(answer) == (422, *expected)


@pytest.mark.parametrize(
    ("facts", "taken"),
    [
        ({"kind": "order_percent", "percent": "10"}, 600),
        ({"kind": "order_fixed", "amounts": {"EUR": 500}}, 500),
        (
            {
                "kind": "order_tiered",
                "tiers": [
                    {"min_quantity": 2, "percent": "5"},
                    {"min_subtotals": {"EUR": 100_000}, "amounts": {"EUR": 5_000}},
                ],
            },
            300,
        ),
        ({"kind": "item_percent", "percent": "10", "max_quantity": 2}, 400),
        ({"kind": "item_fixed", "amounts": {"EUR": 100}}, 300),
        ({"kind": "fixed_price", "amounts": {"EUR": 1_500}}, 1_500),
        ({"kind": "cheapest_unit", "percent": "50"}, 1_000),
        ({"kind": "buy_x_get_y", "buy": 2, "get": 1}, 2_000),
        ({"kind": "order_percent", "percent": "10", "max_discounts": {"EUR": 450}}, 450),
        ({"kind": "order_fixed", "amounts": {"USD": 500}}, 0),
        ({"kind": "order_percent", "percent": "10", "active": False}, 0),
        ({"kind": "order_percent", "percent": "10", "min_quantity": 4}, 0),
    ],
)
async def test_what_acts_by_itself_takes_what_its_kind_says(
    staff: AsyncClient, buyer: AsyncClient, facts: dict[str, Any], taken: int
) -> None:
    product = await a_product(staff, price=2_000)
    other = await a_sku_for_sale(staff, price=1_000)
    await an_automatic_one(staff, product, **facts)

    cart = await a_cart(buyer, **{sku(product): 3, other: 1})

    assert cart["totals"]["discount"] == taken
    assert {it["sku"]: it["discount"] for it in cart["lines"]} == {sku(product): taken, other: 0}


async def test_what_stands_below_a_category_is_in_it(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    parent, child = f"kitchen-{uuid4().hex}", f"mugs-{uuid4().hex}"
    await staff.post("/v1/admin/categories", json={"name": "Kitchen", "slug": parent})
    draft = {"name": "Mugs", "slug": child, "parent": parent}
    assert (await staff.post("/v1/admin/categories", json=draft)).status_code == 201
    inside = sku(await a_product(staff, price=1_000, categories=[child]))
    outside = await a_sku_for_sale(staff, price=1_000)
    code = await a_coupon(staff, await a_promotion(staff, categories=[parent]))
    by_itself = {"trigger": "automatic", "categories": [child], "percent": "20"}
    await a_promotion(staff, kind="item_percent", **by_itself)

    cart = await a_cart(buyer, **{inside: 1, outside: 1})
    with_code = (await put_in(buyer, cart, code)).json()

    assert cart["totals"]["discount"] == 200
    assert with_code["totals"]["discount"] == 200 + 80


@pytest.mark.parametrize(
    ("facts", "taken"),
    [
        ({"starts_at": (NOW + timedelta(hours=1)).isoformat()}, 0),
        ({"starts_at": (NOW - timedelta(hours=1)).isoformat()}, 100),
        ({"ends_at": (NOW - timedelta(hours=1)).isoformat()}, 0),
        ({"weekdays": [1, 2, 3, 4, 5, 6, 7]}, 100),
        ({"weekdays": [(NOW + timedelta(days=3)).isoweekday()]}, 0),
        ({"usage_limit": 0}, 0),
        ({"channels": ["default"]}, 100),
    ],
)
async def test_what_acts_by_itself_keeps_to_its_dates_and_limits(
    staff: AsyncClient, buyer: AsyncClient, facts: dict[str, Any], taken: int
) -> None:
    product = await a_product(staff, price=1_000)
    await an_automatic_one(staff, product, **facts)

    assert await discount(buyer, **{sku(product): 1}) == taken


async def test_a_limit_lower_than_what_was_used_is_refused(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_000)
    promotion = await an_automatic_one(staff, product)
    for _ in range(2):
        cart = await a_cart_to_order(buyer, **{sku(product): 1})
        assert (await check_out(buyer, cart["id"])).status_code == 201

    low = await staff.patch(one(promotion), json={"usage_limit": 1})
    unchanged = (await staff.get(one(promotion))).json()
    enough = await staff.patch(one(promotion), json={"usage_limit": 2})

    assert refusal(low) == (409, "usage-limit-too-low", "/usage_limit")
    assert unchanged == promotion
    assert (enough.json()["usage_limit"], enough.json()["uses"]) == (2, 2)
    assert await discount(buyer, **{sku(product): 1}) == 0


async def test_a_deleted_promotion_leaves_carts_and_not_orders(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    promotion = await a_promotion(staff, usage_limit=5)
    code, cup = await a_coupon(staff, promotion), await a_sku_for_sale(staff, price=1_000)
    cart, ordered = [await a_cart_to_order(buyer, **{cup: 1}) for _ in range(2)]
    for it in (cart, ordered):
        await put_in(buyer, it, code)
    order = (await check_out(buyer, ordered["id"])).json()

    answer = await staff.delete(one(promotion))

    assert answer.status_code == 204
    left = (await buyer.get(f"/v1/carts/{cart['id']}")).json()
    assert (left["coupons"], left["totals"]["discount"], left["problems"]) == ([], 0, [])
    kept = (await staff.get(f"/v1/admin/orders/{order['id']}")).json()
    assert (kept["coupons"], kept["totals"]) == ([code], order["totals"])
    assert refusal(await staff.get(one(promotion)))[:2] == (404, "promotion-not-found")
    cancelled = await staff.post(f"/v1/admin/orders/{order['id']}/cancel")
    assert cancelled.status_code == 200


async def test_who_may_read_prices_may_not_change_promotions(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    support, stranger = await a_program(shop, Role.SUPPORT), a_browser(shop)
    promotion = await a_promotion(staff)

    assert (await support.get(one(promotion))).json() == promotion
    for who, status in ((support, 403), (stranger, 401)):
        answers = [
            await who.post(ALL, json=DRAFT),
            await who.patch(one(promotion), json={"active": False}),
            await who.delete(one(promotion)),
        ]
        assert [it.status_code for it in answers] == [status] * 3
    assert (await staff.get(one(promotion))).json() == promotion
