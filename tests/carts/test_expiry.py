"""Carts that nobody changes end, with the addresses that are in them."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

from httpx import AsyncClient
from litestar.types import ASGIApp
from support.background import ask, change
from support.people import a_browser, an_address
from support.products import a_cart, a_cart_to_order, a_sku_for_sale, check_out
from support.refusals import refusal

from trastienda.controllers import carts
from trastienda.database.db import reading, transaction, utcnow
from trastienda.schemas.shared.context import Context
from trastienda.services.carts import reminders
from trastienda.services.carts.numbers import number

DAYS = timedelta(days=30)


async def expire(at: datetime) -> None:
    while await carts.expire(Context(at)):
        pass


async def left_for(cart: dict[str, Any], days: float) -> None:
    statement = "UPDATE carts SET updated_at = %s, created_at = %s WHERE id = %s"
    at = utcnow() - timedelta(days=days)
    assert await change(statement, at, at - timedelta(days=100), cart["id"])


async def told(cart: dict[str, Any]) -> list[dict[str, Any]]:
    rows = await ask(
        "SELECT data FROM events WHERE type = 'cart.expired' AND aggregate_id = %s",
        number(cart["id"]),
    )
    return [data for (data,) in rows]


async def test_a_cart_ends_after_the_days_that_the_shop_keeps_it(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    sku = await a_sku_for_sale(staff)
    with_address, young, ordered = [await a_cart_to_order(buyer, **{sku: 1}) for _ in range(3)]
    silent = await a_cart(buyer, **{sku: 2})
    paying = await a_cart_to_order(buyer, **{sku: 1})
    await check_out(buyer, ordered["id"])
    await check_out(buyer, paying["id"], "test", token="challenge")
    for cart, days in ((with_address, 31), (silent, 31), (young, 29), (ordered, 31), (paying, 31)):
        await left_for(cart, days)

    await asyncio.gather(*(expire(utcnow()) for _ in range(3)))

    everything = (with_address, silent, young, ordered, paying)
    answers = [await buyer.get(f"/v1/carts/{cart['id']}") for cart in everything]
    assert [it.status_code for it in answers] == [404, 404, 200, 200, 200]
    assert refusal(answers[0])[:2] == (404, "cart-not-found")
    (event,) = await told(with_address)
    assert event["lines"] == [{"sku": sku, "quantity": 1}]
    assert (event["email"], event["customer_id"], event["currency"]) == (
        "ada@example.com",
        None,
        "EUR",
    )
    assert "Calle Mayor" not in str(event)
    assert with_address["id"] not in str(event)
    assert [await told(it) for it in (silent, young, ordered, paying)] == [[]] * 4
    assert await ask("SELECT 1 FROM cart_lines WHERE cart_id = %s", with_address["id"]) == []


async def test_the_shop_says_after_how_many_days(staff: AsyncClient, buyer: AsyncClient) -> None:
    cart = await a_cart(buyer, **{await a_sku_for_sale(staff): 1})
    await left_for(cart, 40)

    longer = await staff.patch("/v1/admin/channel", json={"cart_days": 60})
    await expire(utcnow())
    kept = await buyer.get(f"/v1/carts/{cart['id']}")
    wrong = await staff.patch("/v1/admin/channel", json={"cart_days": 0})
    usual = await staff.patch("/v1/admin/channel", json={"cart_days": 30})
    await expire(utcnow())

    assert (longer.json()["cart_days"], usual.json()["cart_days"]) == (60, 30)
    assert refusal(wrong) == (400, "invalid-request", "/cart_days")
    assert kept.status_code == 200
    assert (await buyer.get(f"/v1/carts/{cart['id']}")).status_code == 404


async def test_a_cart_that_is_changed_just_now_stays_and_holds_nobody_up(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    sku = await a_sku_for_sale(staff)
    changed, other = await a_cart(buyer, **{sku: 1}), await a_cart(buyer, **{sku: 1})
    for cart in (changed, other):
        await left_for(cart, 31)

    async with transaction() as session:
        await session.driver.execute(
            "UPDATE carts SET updated_at = now() WHERE id = %s", [changed["id"]]
        )
        await expire(utcnow())
    await expire(utcnow())

    answers = [(await buyer.get(f"/v1/carts/{it['id']}")).status_code for it in (changed, other)]
    assert answers == [200, 404]


async def test_nobody_is_reminded_of_a_cart_whose_time_is_over(
    staff: AsyncClient, buyer: AsyncClient, shop: ASGIApp
) -> None:
    cart, email = await a_cart(buyer, **{await a_sku_for_sale(staff): 1}), an_address()
    await buyer.put(f"/v1/carts/{cart['id']}/reminder", json={"email": email})
    ((id_,),) = await ask("SELECT id FROM cart_reminders WHERE email = %s", email)
    late = utcnow() + DAYS + timedelta(hours=1)

    while await carts.tell_abandoned(Context(late)):
        pass
    async with reading() as session:
        wanted = [await reminders.wanted(session, id_, at) for at in (utcnow(), late)]
    await left_for(cart, 31)
    await expire(utcnow())
    link = {"token": reminders.token(id_)}
    restored = await a_browser(shop).post("/v1/carts/restored", json=link)

    events = "SELECT 1 FROM events WHERE type = 'cart.abandoned' AND aggregate_id = %s"
    assert await ask(events, id_) == []
    assert wanted == [True, False]
    assert await ask("SELECT 1 FROM cart_reminders WHERE id = %s", id_) == []
    assert refusal(restored)[:2] == (422, "link-unusable")
