"""A customer gets all that is kept about them, and it is erased, except what the law demands."""

import asyncio
from typing import Any

from httpx import AsyncClient
from litestar.types import ASGIApp
from support.background import ask, change, mails_about
from support.payments.credit import by_card, pay
from support.payments.gift_sales import a_cart_with, a_voucher_sku, issue_all
from support.people import (
    a_browser,
    a_customer,
    a_member_of_staff,
    a_program,
    an_address,
    log_in,
    register,
    visitor,
)
from support.products import a_cart_to_order, a_sku_for_sale, an_order
from support.refusals import refusal

from trastienda.database.models.accounts.user import Role
from trastienda.settings import Settings

CUSTOMERS = "/v1/admin/customers"
HOME = {"name": "Ana García", "line1": "Calle Mayor 1", "city": "Madrid", "country": "ES"}
KEPT = {"orders", "order_search", "order_history", "events", "payment_attempts", "carts"}
"""What may name a buyer for good: what they ordered, and what is deleted after its own time."""


async def address_of(staff: AsyncClient, email: str) -> str:
    (card,) = (await staff.get(CUSTOMERS, params={"q": email})).json()["items"]
    return f"{CUSTOMERS}/{card['id']}"


async def sent(staff: AsyncClient, order: dict[str, Any]) -> None:
    answer = await staff.post(f"/v1/admin/orders/{order['id']}/fulfilments", json={})
    assert answer.status_code == 201, answer.text


async def tables_with(text: str) -> set[str]:
    """Return the tables that contain a text."""
    tables = await ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    found = set()
    for (table,) in tables:
        query = f'SELECT FROM "{table}" AS it WHERE it::text LIKE %s LIMIT 1'
        if await ask(query, f"%{text}%"):
            found.add(str(table))
    return found


async def a_gift_for(staff: AsyncClient, buyer: AsyncClient, email: str) -> None:
    """Buy somebody a gift card."""
    cart = await a_cart_with(buyer, {await a_voucher_sku(staff): 1}, ships=False)
    where = f"/v1/carts/{cart['id']}/lines/{cart['lines'][0]['id']}/recipient"
    named = await buyer.put(where, json={"email": email})
    assert named.status_code == 200, named.text
    await pay(buyer, cart, payment=by_card())
    await change("DELETE FROM carts WHERE id = %s", cart["id"])
    await issue_all()


async def test_all_that_is_kept_is_given_and_then_erased(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    email = an_address()
    customer = await a_customer(shop, email)
    await customer.post("/v1/users/me/addresses", json={"address": HOME})
    order = await an_order(staff, customer, email=email)
    guest = await an_order(staff, buyer, email=email)
    sku = await a_sku_for_sale(staff)
    cart = await a_cart_to_order(customer, **{sku: 1})
    contact = {"email": email, "shipping_address": HOME}
    await customer.put(f"/v1/carts/{cart['id']}/contact", json=contact)
    await customer.put(f"/v1/carts/{cart['id']}/reminder", json={"email": email})
    await a_browser(shop).post("/v1/password-resets", json={"email": email})
    await register(a_browser(shop), email)
    await a_gift_for(staff, buyer, email)
    one = await address_of(staff, email)
    await staff.post(f"{one}/notes", json={"text": "Prefers to be called."})
    await mails_about(order["id"], settings)
    for each in (order, guest):
        await sent(staff, each)
    given = (await staff.get(f"{one}/export")).json()

    assert given["account"]["email"] == email
    assert given["addresses"] == [HOME]
    assert [it["text"] for it in given["notes"]] == ["Prefers to be called."]
    assert [it["number"] for it in given["orders"]] == [order["number"], guest["number"]]
    assert given["orders"][0]["lines"][0]["sku"] == order["lines"][0]["sku"]
    assert {it["letter"] for it in given["letters"]} >= {"order_placed"}

    answer = await staff.post(f"{one}/erasure")

    assert answer.status_code == 204
    assert await visitor(customer) is None
    assert (await log_in(a_browser(shop), email)).status_code == 401
    assert refusal(await staff.get(one))[:2] == (404, "customer-not-found")
    assert refusal(await staff.post(f"{one}/erasure"))[:2] == (404, "customer-not-found")
    assert await tables_with(email) <= KEPT
    assert await ask("SELECT FROM carts WHERE email_key = %s", email) == []
    told = await ask("SELECT DISTINCT aggregate FROM events WHERE data::text LIKE %s", f"%{email}%")
    assert {it for (it,) in told} <= {"order", "fulfilment", "mail_consent"}
    kept = (await staff.get(f"/v1/admin/orders/{order['id']}")).json()
    assert (kept["email"], kept["totals"]) == (email, order["totals"])


async def test_the_address_can_register_anew(shop: ASGIApp, staff: AsyncClient) -> None:
    email = an_address()
    await a_customer(shop, email)
    before = await address_of(staff, email)
    await staff.post(f"{before}/erasure")
    await a_customer(shop, email)

    assert await address_of(staff, email) != before


async def test_a_customer_who_waits_for_goods_is_not_erased(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    email = an_address()
    customer = await a_customer(shop, email)
    await an_order(staff, customer, email=email)
    one = await address_of(staff, email)
    member = await a_member_of_staff(shop, Role.EDITOR)
    known = await visitor(member)
    assert known is not None
    answers = [
        await staff.post(f"{one}/erasure"),
        await staff.post(f"{CUSTOMERS}/{known['id']}/erasure"),
        await (await a_program(shop, None, "customers.read")).post(f"{one}/erasure"),
        await (await a_program(shop, None, "customers.write")).post(f"{one}/erasure"),
        await (await a_program(shop, None, "customers.write")).get(f"{one}/export"),
    ]

    assert [refusal(it)[:2] for it in answers] == [
        (409, "customer-has-open-orders"),
        (409, "customer-is-staff"),
        (403, "not-allowed"),
        (403, "not-allowed"),
        (403, "not-allowed"),
    ]
    assert await visitor(customer) is not None
    assert await visitor(member) is not None


async def test_two_erasures_at_once_are_one(shop: ASGIApp, staff: AsyncClient) -> None:
    email = an_address()
    await a_customer(shop, email)
    one = await address_of(staff, email)
    answers = await asyncio.gather(*(staff.post(f"{one}/erasure") for _ in range(2)))

    assert sorted(it.status_code for it in answers) == [204, 404]
