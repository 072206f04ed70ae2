"""A promotion is tried on the orders there were; nothing is changed by it."""

from typing import Any

from httpx import AsyncClient
from support.products import a_cart_to_order, a_product, check_out
from support.promotions import a_coupon, a_promotion, one, put_in

NOBODY = "00000000-0000-0000-0000-000000000000"


async def simulated(
    staff: AsyncClient,
    promotion: dict[str, Any],
    **asked: Any,  # noqa: ANN401
) -> dict[str, Any]:
    answer = await staff.post(f"{one(promotion)}/simulate", json=asked)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def in_euros(told: dict[str, Any]) -> dict[str, Any]:
    """Return what a simulation says of euros: other tests sell in other currencies."""
    money: list[dict[str, Any]] = told["money"]
    (euros,) = [it for it in money if it["currency"] == "EUR"]
    return euros


async def an_order(buyer: AsyncClient, sku: str, quantity: int = 1, code: str = "") -> str:
    cart = await a_cart_to_order(buyer, **{sku: quantity})
    if code:
        assert (await put_in(buyer, cart, code)).json()["problems"] == []
    placed = await check_out(buyer, cart["id"])
    assert placed.status_code == 201, placed.text
    number: str = placed.json()["number"]
    return number


async def test_a_draft_says_what_it_would_have_cost(staff: AsyncClient, buyer: AsyncClient) -> None:
    product, other = await a_product(staff, price=1_000), await a_product(staff, price=700)
    await an_order(buyer, product["variants"][0]["sku"], 3)
    await an_order(buyer, other["variants"][0]["sku"])
    draft = await a_promotion(
        staff, active=False, trigger="automatic", percent="25", products=[product["id"]]
    )

    told = await simulated(staff, draft, days=1)

    assert told["complete"] is True
    assert told["touched"] == 1
    assert told["orders"] >= 2
    euros = in_euros(told)
    assert (euros["currency"], euros["touched"], euros["cost"]) == ("EUR", 1, 750)
    assert euros["total_before"] - euros["total_after"] == 750
    assert told["free"] == 0
    assert told["free_numbers"] == []
    assert told["conflicts"] == []


async def test_it_names_orders_that_would_be_free_and_promotions_that_would_lose(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_000)
    about = {"products": [product["id"]]}
    present = await a_promotion(staff, name="Present", **about)
    code = await a_coupon(staff, present)
    number = await an_order(buyer, product["variants"][0]["sku"], 1, code)
    draft = await a_promotion(staff, active=False, percent="100", exclusive=True, **about)
    shipping = await a_promotion(
        staff, kind="shipping_percent", percent="100", active=False, priority=1, **about
    )

    told = await simulated(staff, draft)

    # shipping is still to be paid, so it is not free
    assert (told["touched"], told["free"]) == (1, 0)
    assert told["conflicts"] == [
        {"promotion_id": present["id"], "name": "Present", "orders": 1},
    ]
    assert in_euros(told)["cost"] == 900
    free = await simulated(staff, shipping)
    assert (free["touched"], in_euros(free)["cost"], free["conflicts"]) == (1, 490, [])
    order = (await staff.get("/v1/admin/orders", params={"number": number})).json()["items"][0]
    assert order["total"] == 1_390


async def test_limits_count_from_nothing_and_in_the_order_of_the_orders(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_000)
    sku, about = product["variants"][0]["sku"], {"products": [product["id"]]}
    for quantity in (1, 2, 3):
        await an_order(buyer, sku, quantity)
    twice = await a_promotion(staff, usage_limit=2, **about)
    once_each = await a_promotion(staff, usage_limit_per_customer=1, **about)

    assert in_euros(await simulated(staff, twice))["cost"] == 100 + 200
    assert in_euros(await simulated(staff, once_each))["cost"] == 100


async def test_only_who_reads_prices_may_and_only_what_exists(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    promotion = await a_promotion(staff, active=False)

    unknown = await staff.post(f"/v1/admin/promotions/{NOBODY}/simulate", json={})
    too_long = await staff.post(f"{one(promotion)}/simulate", json={"days": 367})
    stranger = await buyer.post(f"{one(promotion)}/simulate", json={})

    assert unknown.status_code == 404
    assert (too_long.status_code, too_long.json()["errors"][0]["pointer"]) == (400, "/days")
    assert stranger.status_code == 401
