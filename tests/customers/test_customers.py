"""Customers as staff find and help them."""

import asyncio
from typing import Any
from uuid import uuid4

from httpx import AsyncClient
from litestar.types import ASGIApp
from support.background import ask
from support.people import (
    PASSWORD,
    a_browser,
    a_customer,
    a_program,
    an_address,
    attempts,
    log_in,
    mailed,
    register,
)
from support.products import an_order
from support.refusals import refusal

CUSTOMERS = "/v1/admin/customers"
HOME = {"name": "Ana", "line1": "Calle Mayor 1", "city": "Madrid", "country": "ES"}


async def somebody(shop: ASGIApp, email: str, name: str) -> AsyncClient:
    """Make an account of this name."""
    browser = a_browser(shop)
    await browser.post("/v1/users", json={"email": email, "password": PASSWORD, "name": name})
    token = await mailed((await attempts(email))[-1])
    await browser.post("/v1/users/verification", json={"token": token})
    assert (await log_in(browser, email)).status_code == 200
    return browser


async def found(staff: AsyncClient, **query: str) -> list[str]:
    """Return the addresses of all pages, two customers a page."""
    emails: list[str] = []
    path, params = CUSTOMERS, {"limit": "2", **query}
    while path:
        answer = await staff.get(path, params=params or None)
        assert answer.status_code == 200, answer.text
        emails += [it["email"] for it in answer.json()["items"]]
        path, params = answer.links.get("next", {}).get("url", ""), {}
    return emails


async def card(staff: AsyncClient, email: str) -> dict[str, Any]:
    (only,) = (await staff.get(CUSTOMERS, params={"q": email})).json()["items"]
    known: dict[str, Any] = only
    return known


async def test_customers_are_found_by_name_address_and_domain(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    family = f"x{uuid4().hex[:12]}"
    emails = [f"{name}.{uuid4().hex[:6]}@{family}.example" for name in ("a", "b", "c")]
    for email, name in zip(emails, ("Ana María", "María José", "Eva"), strict=True):
        await somebody(shop, email, f"{name} Núñez-{family}")
    waiting = f"d@{family}.example"
    await register(a_browser(shop), waiting)  # and never confirms

    newest_first = emails[::-1]
    assert await found(staff, q=f"@{family.upper()}.example") == newest_first
    assert await found(staff, q=family) == newest_first
    assert await found(staff, q=f"maria {family}") == newest_first[1:]
    assert await found(staff, q=f"nunez maria jose {family}") == [emails[1]]
    assert await found(staff, q=emails[2].upper()) == [emails[2]]
    assert await found(staff, q=emails[0].partition("@")[0].replace(".", " ")) == [emails[0]]
    for nobody in (waiting, f"{family[:-1]}", "@", "--", f"maria {family} x"):
        assert await found(staff, q=nobody) == []


async def test_customers_are_found_by_group(shop: ASGIApp, staff: AsyncClient) -> None:
    code, emails = f"g-{uuid4().hex[:12]}", sorted(an_address() for _ in range(3))
    group = await staff.post("/v1/admin/customer-groups", json={"code": code, "name": code})
    members = f"/v1/admin/customer-groups/{group.json()['id']}/members"
    for email in emails:
        await a_customer(shop, email)
        await staff.put(members, json={"email": email})

    assert await found(staff, group=code) == emails[::-1]
    assert await found(staff, group=code, q=emails[1]) == [emails[1]]
    assert await found(staff, group="nobody-s") == []
    assert (await card(staff, emails[0]))["groups"] == [code]


async def test_a_cursor_is_for_its_own_search(shop: ASGIApp, staff: AsyncClient) -> None:
    for _ in range(2):
        await a_customer(shop)
    cursor = (await staff.get(CUSTOMERS, params={"limit": 1})).json()["next_cursor"]
    answer = await staff.get(CUSTOMERS, params={"cursor": cursor, "q": "ana"})

    assert refusal(answer)[:2] == (400, "cursor-unusable")


async def test_a_customer_is_shown_with_what_they_bought(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    email = an_address()
    customer = await a_customer(shop, email)
    before = await card(staff, email)
    guest = await an_order(staff, buyer, email=email.upper())
    paid = await an_order(staff, customer, "test", email=email)
    line = paid["lines"][0]
    refund = {"lines": [{"line": line["id"], "quantity": 1}], "reason": "damaged"}
    refunded = await staff.post(f"/v1/admin/orders/{paid['id']}/refunds", json=refund)
    assert refunded.status_code == 201, refunded.text
    await customer.post("/v1/users/me/addresses", json={"address": HOME})
    credit = {"email": email, "amount": 500, "currency": "EUR", "reason": "sorry"}
    await staff.post("/v1/admin/store-credit", json=credit)

    known = await card(staff, email)
    view = (await staff.get(f"{CUSTOMERS}/{known['id']}")).json()

    assert (before["orders"], before["last_order_at"], before["spent"]) == (0, None, [])
    assert (known["orders"], known["last_order_at"]) == (2, paid["placed_at"])
    left = paid["totals"]["total"] - line["total"] // 2
    assert known["spent"] == [{"currency": "EUR", "amount": left}]
    assert view.items() >= known.items()
    assert [it["number"] for it in view["latest_orders"]] == [paid["number"], guest["number"]]
    assert [it["address"] for it in view["addresses"]] == [HOME]
    assert view["store_credit"] == [{"currency": "EUR", "available": 500}]
    assert view["notes"] == []


async def test_a_page_costs_the_same_however_many_customers_it_shows(
    shop: ASGIApp, staff: AsyncClient, statements: list[str]
) -> None:
    for _ in range(3):
        await a_customer(shop)
    await staff.get(CUSTOMERS, params={"limit": 1})
    counts = []
    for limit in (1, 3):
        statements.clear()
        await staff.get(CUSTOMERS, params={"limit": limit})
        counts.append([it for it in statements if "customer_groups" in it])

    assert [len(it) for it in counts] == [1, 1]


async def test_staff_see_of_a_customer_what_their_scopes_allow(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    email = an_address()
    customer = await a_customer(shop, email)
    one = f"{CUSTOMERS}/{(await card(staff, email))['id']}"
    reader = await a_program(shop, None, "customers.read")
    view = (await reader.get(one)).json()

    assert view["email"] == email
    assert view.keys().isdisjoint({"latest_orders", "store_credit"})
    assert refusal(await reader.post(f"{one}/notes", json={"text": "x"}))[:2] == (
        403,
        "not-allowed",
    )
    assert refusal(await customer.get(one))[:2] == (403, "not-allowed")
    assert refusal(await staff.get(f"{CUSTOMERS}/{uuid4()}"))[:2] == (404, "customer-not-found")


async def test_notes_stay_as_they_are_written(shop: ASGIApp, staff: AsyncClient) -> None:
    email = an_address()
    await a_customer(shop, email)
    customer = (await card(staff, email))["id"]
    notes = f"{CUSTOMERS}/{customer}/notes"
    texts = ["Prefers to be called.", "<b>=1+1</b>\nTwo lines."]
    written = [(await staff.post(notes, json={"text": it})).json() for it in texts]
    at_once = await asyncio.gather(*(staff.post(notes, json={"text": "Again"}) for _ in range(3)))
    first = await staff.get(notes, params={"limit": 4})
    second = await staff.get(first.links["next"]["url"])
    view = (await staff.get(f"{CUSTOMERS}/{customer}")).json()
    told = await ask(
        "SELECT sequence, data ->> 'note_id' FROM events WHERE type = 'customer.noted'"
        " AND aggregate_id = %s ORDER BY sequence",
        customer,
    )

    assert {it.status_code for it in at_once} == {201}
    assert [it["text"] for it in view["notes"]][3:] == texts[::-1]
    assert first.json()["items"] + second.json()["items"] == view["notes"]
    assert written[0]["by"]["type"] == "key"
    assert [it for it, _ in told] == [3, 4, 5, 6, 7]  # after registering and verifying
    assert {it for _, it in told} == {it["id"] for it in view["notes"]}
    for wrong, status in (({"text": " "}, 400), ({}, 400), ({"text": "x" * 4_001}, 400)):
        assert (await staff.post(notes, json=wrong)).status_code == status
    missing = await staff.post(f"{CUSTOMERS}/{uuid4()}/notes", json={"text": "x"})
    assert refusal(missing)[:2] == (404, "customer-not-found")
