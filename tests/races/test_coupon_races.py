"""Many buyers at once for what only some of them may have."""

import asyncio
from collections import Counter
from typing import Any

import pytest
from httpx import AsyncClient, Response
from litestar.types import ASGIApp
from support.people import a_browser
from support.products import a_cart_to_order, a_sku_for_sale, check_out, stock_of
from support.promotions import a_coupon, a_promotion, one, problems, put_in

CARD = {"provider": "test", "token": "ok"}
CARTS, LIMIT = 20, 3


async def carts_with(shop: ASGIApp, sku: str, *codes: str, number: int = CARTS) -> list[str]:
    ready = []
    async with a_browser(shop) as buyer:
        for _ in range(number):
            cart = await a_cart_to_order(buyer, **{sku: 1})
            for code in codes:
                kept = (await put_in(buyer, cart, code)).json()
                assert kept["problems"] == []
            ready.append(cart["id"])
    return ready


async def all_at_once(shop: ASGIApp, carts: list[str], payment: dict[str, str]) -> list[Response]:
    async with a_browser(shop) as buyer:
        return await asyncio.gather(*(check_out(buyer, cart, **payment) for cart in carts))


async def uses(staff: AsyncClient, promotion: dict[str, Any]) -> int:
    count: int = (await staff.get(one(promotion))).json()["uses"]
    return count


def outcomes(answers: list[Response]) -> Counter[int]:
    return Counter(it.status_code for it in answers)


@pytest.mark.parametrize("payment", [{}, CARD], ids=["manual", "card"])
async def test_of_twenty_buyers_three_get_what_a_promotion_gives_three_times(
    shop: ASGIApp, staff: AsyncClient, payment: dict[str, str]
) -> None:
    promotion = await a_promotion(staff, usage_limit=LIMIT)
    code, sku = await a_coupon(staff, promotion), await a_sku_for_sale(staff, stock=50)
    carts = await carts_with(shop, sku, code)

    answers = await all_at_once(shop, carts, payment)

    refused = [it.json() for it in answers if it.status_code == 409]
    told = {problems(it)[0] for it in refused}
    assert outcomes(answers) == {201: LIMIT, 409: CARTS - LIMIT}
    assert told == {("coupon-used-up", code)}
    assert await uses(staff, promotion) == LIMIT
    assert (await stock_of(staff, sku))["reserved"] == LIMIT


async def test_of_twenty_buyers_three_get_what_a_code_gives_three_times(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    promotion = await a_promotion(staff)
    code = await a_coupon(staff, promotion, usage_limit=LIMIT)
    carts = await carts_with(shop, await a_sku_for_sale(staff, stock=50), code)

    answers = await all_at_once(shop, carts, {})

    (coupon,) = (await staff.get(f"{one(promotion)}/coupons")).json()["items"]
    assert outcomes(answers) == {201: LIMIT, 409: CARTS - LIMIT}
    assert coupon["uses"] == LIMIT


async def test_one_customer_with_twenty_carts_uses_it_as_often_as_one_may(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    promotion = await a_promotion(staff, usage_limit_per_customer=2)
    code = await a_coupon(staff, promotion)
    carts = await carts_with(shop, await a_sku_for_sale(staff, stock=50), code)

    answers = await all_at_once(shop, carts, {})

    told = {problems(it.json())[0] for it in answers if it.status_code == 409}
    assert outcomes(answers) == {201: 2, 409: CARTS - 2}
    assert told == {("coupon-used-up-by-you", code)}


async def test_codes_put_in_in_either_order_never_deadlock(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    promotions = [await a_promotion(staff, usage_limit=10) for _ in range(2)]
    one_code, two_code = [await a_coupon(staff, it, usage_limit=10) for it in promotions]
    sku = await a_sku_for_sale(staff, stock=50)
    carts = [
        *await carts_with(shop, sku, one_code, two_code, number=10),
        *await carts_with(shop, sku, two_code, one_code, number=10),
    ]

    answers = await all_at_once(shop, carts, {})

    assert outcomes(answers) == {201: 10, 409: 10}
    assert [await uses(staff, it) for it in promotions] == [10, 10]


async def test_a_cancelled_order_gives_its_use_back_once(shop: ASGIApp, staff: AsyncClient) -> None:
    promotion = await a_promotion(staff, usage_limit=1, usage_limit_per_customer=1)
    code = await a_coupon(staff, promotion, usage_limit=1)
    sku = await a_sku_for_sale(staff, stock=50)
    first, second = await carts_with(shop, sku, code, number=2)
    (placed,) = await all_at_once(shop, [first], {})
    (refused,) = await all_at_once(shop, [second], {})
    cancel = f"/v1/admin/orders/{placed.json()['id']}/cancel"

    await asyncio.gather(*(staff.post(cancel) for _ in range(5)))
    back = await uses(staff, promotion)
    (again,) = await all_at_once(shop, [second], {})

    assert (placed.status_code, refused.status_code) == (201, 409)
    assert (back, again.status_code) == (0, 201)
    assert await uses(staff, promotion) == 1


async def test_a_declined_card_gives_its_use_back(shop: ASGIApp, staff: AsyncClient) -> None:
    promotion = await a_promotion(staff, usage_limit=1, usage_limit_per_customer=1)
    code = await a_coupon(staff, promotion)
    (cart,) = await carts_with(shop, await a_sku_for_sale(staff, stock=50), code, number=1)

    (declined,) = await all_at_once(shop, [cart], {"provider": "test", "token": "decline"})
    back = await uses(staff, promotion)
    (paid,) = await all_at_once(shop, [cart], CARD)

    assert (declined.status_code, back) == (402, 0)
    assert (paid.status_code, await uses(staff, promotion)) == (201, 1)


async def test_an_order_that_lacks_stock_takes_no_use(shop: ASGIApp, staff: AsyncClient) -> None:
    promotion = await a_promotion(staff, usage_limit=50)
    code, sku = await a_coupon(staff, promotion), await a_sku_for_sale(staff, stock=5)
    carts = await carts_with(shop, sku, code)

    answers = await all_at_once(shop, carts, {})

    assert outcomes(answers) == {201: 5, 409: CARTS - 5}
    assert await uses(staff, promotion) == 5
