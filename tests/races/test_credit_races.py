"""One gift card in many hands at once: what was on it is spent once."""

import asyncio
from collections import Counter
from contextlib import AsyncExitStack

from httpx import AsyncClient
from litestar.types import ASGIApp
from support.payments.credit import CARDS, a_cart_of, a_gift_card, by_card, left, pay
from support.people import a_browser
from support.refunds import expect_balanced_books, granted, refund, send_all

from trastienda.application import Application


async def test_many_carts_with_the_same_two_cards_spend_each_once(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    one, two = await a_gift_card(staff, 1_000), await a_gift_card(staff, 1_000)
    async with AsyncExitStack() as open_:
        buyers = [await open_.enter_async_context(a_browser(shop)) for _ in range(8)]
        orders = [(one, two), (two, one)] * 4
        carts = [
            await a_cart_of(staff, buyer, *cards)
            for buyer, cards in zip(buyers, orders, strict=True)
        ]
        answers = await asyncio.gather(
            *(
                pay(buyer, cart, payment=by_card(), expected_amount_due=990)
                for buyer, cart in zip(buyers, carts, strict=True)
            )
        )
        found = Counter((it.status_code, it.json().get("type")) for it in answers)

    assert found.pop((201, None)) == 1
    assert set(found) <= {
        (409, "/problems/credit-spent"),
        (409, "/problems/amount-due-changed"),
    }
    assert await left(staff, one) == await left(staff, two) == (0, 0)
    await expect_balanced_books()


async def test_adjustments_spending_and_disabling_at_once_never_overdraw(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    card = await a_gift_card(staff, 3_000)
    async with a_browser(shop) as buyer:
        carts = [await a_cart_of(staff, buyer, card) for _ in range(3)]
        take = {"amount": -1_000, "reason": "Misprint"}
        adjusted = [staff.post(f"{CARDS}/{card['id']}/adjustments", json=take) for _ in range(4)]
        paid = [pay(buyer, cart, payment=by_card()) for cart in carts]
        answers = await asyncio.gather(*adjusted, *paid)

    balance, held = await left(staff, card)
    assert {answer.status_code for answer in answers} <= {200, 201, 409}
    assert held == 0
    assert balance >= 0
    await expect_balanced_books()


async def test_refunds_at_once_give_a_gift_card_back_what_it_paid_once(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    card = await a_gift_card(staff)
    order = (await pay(buyer, await a_cart_of(staff, buyer, card))).json()
    first = await granted(staff, order, amount=990)
    answers = await asyncio.gather(*(refund(staff, order, amount=1_000) for _ in range(5)))
    await asyncio.gather(*(send_all(shop) for _ in range(3)))

    assert first["amount"] == 990
    assert Counter(it.status_code for it in answers) == {201: 2, 409: 3}
    assert await left(staff, card) == (5_000, 0)
    await expect_balanced_books()
