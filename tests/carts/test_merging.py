"""The cart of a visitor who logs in becomes one with the cart that they have as a customer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from httpx import AsyncClient, Response
from support.background import ask, change
from support.people import PASSWORD, a_browser, a_customer, a_program, an_address
from support.products import (
    ADDRESS,
    a_cart,
    a_cart_to_order,
    a_shipping_option,
    a_sku_for_sale,
    check_out,
)
from support.promotions import a_coupon, a_promotion
from support.refusals import refusal

from trastienda.application import Application
from trastienda.controllers.jobs import sweeps
from trastienda.database.db import utcnow
from trastienda.database.models.accounts.user import Role
from trastienda.services.carts.merging.adding import Line, add
from trastienda.services.carts.numbers import number

MINE = "/v1/carts/mine"


@asynccontextmanager
async def policy(staff: AsyncClient, name: str) -> AsyncIterator[None]:
    """Let the channel merge carts in this way, until the block ends."""
    answer = await staff.patch("/v1/admin/channel", json={"cart_merge": name})
    assert answer.json()["cart_merge"] == name
    try:
        yield
    finally:
        await staff.patch("/v1/admin/channel", json={"cart_merge": "sum"})


async def log_in_with(browser: AsyncClient, email: str, cart_id: str) -> Any:  # noqa: ANN401
    """Log in and name a cart; return what became of it."""
    answer = await browser.post(
        "/v1/session", json={"email": email, "password": PASSWORD, "cart": cart_id}
    )
    assert answer.status_code == 200, answer.text
    browser.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
    return answer.json()["cart"]


async def merge(customer: AsyncClient, cart_id: str, policy: str, **more: Any) -> Response:  # noqa: ANN401
    body = {"policy": policy, **{key: it for key, it in more.items() if key == "other"}}
    return await customer.post(
        f"/v1/carts/{cart_id}/merge", json=body, headers=more.get("headers", {})
    )


def contents(cart: dict[str, Any]) -> dict[str, int]:
    return {line["sku"]: line["quantity"] for line in cart["lines"]}


async def read(client: AsyncClient, cart_id: str) -> dict[str, Any]:
    cart: dict[str, Any] = (await client.get(f"/v1/carts/{cart_id}")).json()
    return cart


async def merged_events(cart_id: str) -> list[dict[str, Any]]:
    rows = await ask(
        "SELECT data FROM events WHERE type = 'cart.merged' AND aggregate_id = %s",
        number(cart_id),
    )
    return [data for (data,) in rows]


async def test_the_customers_cart_gets_what_the_visitor_has_chosen(
    shop: Application, staff: AsyncClient
) -> None:
    common, own = [await a_sku_for_sale(staff, stock=5) for _ in range(2)]
    scarce, email, phone = await a_sku_for_sale(staff, stock=3), an_address(), a_browser(shop)
    laptop = await a_customer(shop, email)
    theirs = await a_cart(laptop, **{common: 1, scarce: 2})
    visitors = await a_cart(phone, **{common: 2, own: 1, scarce: 9})

    told = await log_in_with(phone, email, visitors["id"])

    until = told.pop("kept_until")
    assert told == {
        "outcome": "merged",
        "cart": theirs["id"],
        "set_aside": visitors["id"],
        "limited": [{"sku": scarce, "wanted": 11, "quantity": 9}],
        "carts": [],
    }
    after = (await phone.get(MINE)).json()
    assert (after["id"], after["version"]) == (theirs["id"], 2)
    assert contents(after) == {common: 3, scarce: 9, own: 1}
    (event,) = await merged_events(theirs["id"])
    assert (event["policy"], event["set_aside"]) == ("sum", str(number(visitors["id"])))
    assert {line["sku"]: line["quantity"] for line in event["lines"]} == contents(after)
    assert visitors["id"] not in str(event)
    gone = await phone.get(f"/v1/carts/{visitors['id']}")
    assert (refusal(gone)[:2], gone.json()["cart"]) == ((409, "cart-merged"), theirs["id"])
    changed = await phone.post(
        f"/v1/carts/{visitors['id']}/lines", json={"sku": own, "quantity": 1}
    )
    assert refusal(changed)[:2] == (409, "cart-merged")
    assert (await check_out(phone, visitors["id"])).status_code == 409
    assert (await a_browser(shop).get(f"/v1/carts/{visitors['id']}")).status_code == 404
    assert until > utcnow().isoformat()


async def test_codes_contact_and_shipping_come_along_where_the_kept_cart_has_none(
    shop: Application, staff: AsyncClient
) -> None:
    sku, email, phone = await a_sku_for_sale(staff), an_address(), a_browser(shop)
    laptop = await a_customer(shop, email)
    theirs = await a_cart(laptop, **{sku: 1})
    visitors = await a_cart_to_order(phone, **{sku: 1})
    code = await a_coupon(staff, await a_promotion(staff))
    await phone.post(f"/v1/carts/{visitors['id']}/coupons", json={"code": code})
    reminded = an_address()
    await phone.put(f"/v1/carts/{visitors['id']}/reminder", json={"email": reminded})

    await log_in_with(phone, email, visitors["id"])
    merged = await read(laptop, theirs["id"])
    again = await a_cart(visitor := a_browser(shop), **{sku: 1})
    contact = {"email": "eve@example.com", "shipping_address": ADDRESS | {"name": "Eve"}}
    option = {"shipping_option": await a_shipping_option(990)}
    await visitor.put(f"/v1/carts/{again['id']}/contact", json=contact | option)
    await log_in_with(visitor, email, again["id"])

    for name in ("email", "shipping_address", "shipping_option"):
        assert merged[name] == visitors[name]
    assert (merged["coupons"], contents(merged)) == ([code], {sku: 2})
    last = await read(laptop, theirs["id"])
    assert (last["email"], last["shipping_option"]) == (
        "ada@example.com",
        merged["shipping_option"],
    )
    assert contents(last) == {sku: 3}
    assert await ask("SELECT email FROM cart_reminders WHERE cart_id = %s", theirs["id"]) == [
        (reminded,)
    ]


async def test_the_newest_cart_is_kept_as_it_is(shop: Application, staff: AsyncClient) -> None:
    old, new, email = await a_sku_for_sale(staff), await a_sku_for_sale(staff), an_address()
    laptop, phone = await a_customer(shop, email), a_browser(shop)
    theirs = await a_cart_to_order(laptop, **{old: 1})
    visitors = await a_cart(phone, **{new: 1})

    async with policy(staff, "keep_newest"):
        told = await log_in_with(phone, email, visitors["id"])
        older = await a_cart(tablet := a_browser(shop), **{old: 7})
        await change(
            "UPDATE carts SET updated_at = now() - interval '1 day' WHERE id = %s", older["id"]
        )
        second = await log_in_with(tablet, email, older["id"])

    kept = await read(laptop, visitors["id"])
    assert (told["cart"], told["set_aside"], told["limited"]) == (visitors["id"], theirs["id"], [])
    assert (contents(kept), kept["email"]) == ({new: 1}, theirs["email"])
    assert (second["cart"], second["set_aside"]) == (visitors["id"], older["id"])


async def test_a_shop_that_asks_lets_the_customer_choose(
    shop: Application, staff: AsyncClient
) -> None:
    first, second, email = await a_sku_for_sale(staff), await a_sku_for_sale(staff), an_address()
    laptop, phone = await a_customer(shop, email), a_browser(shop)
    theirs, visitors = await a_cart(laptop, **{first: 1}), await a_cart(phone, **{second: 2})

    async with policy(staff, "ask"):
        told = await log_in_with(phone, email, visitors["id"])
    both = [await read(phone, cart["id"]) for cart in (visitors, theirs)]
    stale = await merge(phone, visitors["id"], "keep_this", headers={"If-Match": '"7"'})
    chosen = await merge(phone, visitors["id"], "keep_other", other=theirs["id"])
    again = await merge(phone, visitors["id"], "keep_other", other=theirs["id"])

    assert (told["outcome"], told["cart"]) == ("undecided", visitors["id"])
    assert [(it["id"], it["lines"]) for it in told["carts"]] == [
        (visitors["id"], [{"sku": second, "quantity": 2}]),
        (theirs["id"], [{"sku": first, "quantity": 1}]),
    ]
    assert [(it["version"], contents(it)) for it in both] == [(1, {second: 2}), (1, {first: 1})]
    assert refusal(stale)[:2] == (412, "cart-changed")
    assert (chosen.json()["cart"], chosen.json()["set_aside"]) == (theirs["id"], visitors["id"])
    assert (again.status_code, again.json()["outcome"]) == (200, "merged")
    assert again.json()["cart"] == theirs["id"]
    assert contents(await read(phone, theirs["id"])) == {first: 1}


async def test_a_cart_that_was_set_aside_comes_back_within_a_day(
    shop: Application, staff: AsyncClient
) -> None:
    sku, gone, email = await a_sku_for_sale(staff), await a_sku_for_sale(staff), an_address()
    laptop, phone = await a_customer(shop, email), a_browser(shop)
    theirs = await a_cart(laptop, **{sku: 1})
    visitors = await a_cart_to_order(phone, **{sku: 2, gone: 1})
    await log_in_with(phone, email, visitors["id"])

    listed = (await laptop.get("/v1/carts/set-aside")).json()
    others = [await a_customer(shop), await a_program(shop, Role.OWNER), a_browser(shop)]
    refused = [await it.post(f"/v1/carts/{visitors['id']}/recovery") for it in others]
    await change("DELETE FROM variants WHERE sku = %s", gone)
    back = await laptop.post(f"/v1/carts/{visitors['id']}/recovery")
    twice = await laptop.post(f"/v1/carts/{visitors['id']}/recovery")

    (item,) = listed["items"]
    assert (item["id"], item["merged_into"]) == (visitors["id"], theirs["id"])
    assert {it["sku"]: it["quantity"] for it in item["lines"]} == {sku: 2, gone: 1}
    assert [it.status_code for it in refused] == [404, 403, 401]
    assert (back.status_code, contents(back.json())) == (200, {sku: 2})
    assert back.json()["email"] == visitors["email"]
    assert back.json()["version"] == visitors["version"] + 1
    assert refusal(twice)[:2] == (404, "cart-not-found")
    assert (await laptop.get(MINE)).json()["id"] == visitors["id"]
    assert (await laptop.get("/v1/carts/set-aside")).json()["items"] == []
    assert contents(await read(laptop, theirs["id"])) == {sku: 3}


async def test_a_cart_that_was_set_aside_is_gone_after_a_day(
    shop: Application, staff: AsyncClient
) -> None:
    sku, email, phone = await a_sku_for_sale(staff), an_address(), a_browser(shop)
    laptop = await a_customer(shop, email)
    await a_cart(laptop, **{sku: 1})
    visitors = await a_cart(phone, **{sku: 2})
    await log_in_with(phone, email, visitors["id"])
    aged = "UPDATE set_aside_carts SET set_aside_at = now() - interval '25 hours' WHERE id = %s"
    await change(aged, visitors["id"])

    late = await laptop.post(f"/v1/carts/{visitors['id']}/recovery")
    listed = (await laptop.get("/v1/carts/set-aside")).json()["items"]
    await sweeps.sweep(utcnow())

    assert (late.status_code, listed) == (404, [])
    assert await ask("SELECT 1 FROM set_aside_carts WHERE id = %s", visitors["id"]) == []
    assert (await phone.get(f"/v1/carts/{visitors['id']}")).status_code == 404


async def test_nothing_about_a_cart_keeps_anybody_from_logging_in(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    sku, email = await a_sku_for_sale(staff), an_address()
    customer = await a_customer(shop, email)
    others = await a_cart(await a_customer(shop), **{sku: 1})
    ordered = await a_cart_to_order(buyer, **{sku: 1})
    await check_out(buyer, ordered["id"])
    paying = await a_cart_to_order(buyer, **{sku: 1})
    await check_out(buyer, paying["id"], "test", token="challenge")

    none = [await log_in_with(a_browser(shop), email, it) for it in ("no such cart", others["id"])]
    first = await log_in_with(a_browser(shop), email, (await a_cart(buyer, **{sku: 1}))["id"])
    mine = (await customer.get(MINE)).json()["id"]
    empty = await log_in_with(a_browser(shop), email, (await a_cart(buyer))["id"])
    kept = [await log_in_with(a_browser(shop), email, it["id"]) for it in (ordered, paying)]
    again = await log_in_with(a_browser(shop), email, mine)

    assert none == [{"outcome": "nothing", "cart": None, "limited": [], "carts": []}] * 2
    assert [it["outcome"] for it in (first, empty, *kept, again)] == ["nothing"] * 5
    assert [it["cart"] for it in (first, empty, *kept, again)] == [
        *(mine, mine, mine),
        *(paying["id"], mine),
    ]
    assert [refusal(await merge(customer, it["id"], "sum"))[:2] for it in (others, ordered)] == [
        (404, "cart-not-found"),
        (409, "cart-closed"),
    ]
    assert refusal(await merge(customer, paying["id"], "sum"))[:2] == (409, "checkout-in-progress")
    elsewhere = await merge(customer, mine, "sum", other=others["id"])
    assert refusal(elsewhere)[:2] == (404, "cart-not-found")
    assert contents((await customer.get(MINE)).json()) == {sku: 1}


async def test_two_logins_at_once_merge_a_cart_once(shop: Application, staff: AsyncClient) -> None:
    sku, email, phone = await a_sku_for_sale(staff, stock=50), an_address(), a_browser(shop)
    laptop = await a_customer(shop, email)
    theirs = await a_cart(laptop, **{sku: 1})
    visitors = await a_cart(phone, **{sku: 2})
    add = {"sku": sku, "quantity": 1}

    logins = [log_in_with(a_browser(shop), email, visitors["id"]) for _ in range(3)]
    adds = [laptop.post(f"/v1/carts/{theirs['id']}/lines", json=add) for _ in range(3)]
    results = await asyncio.gather(*logins, *adds)

    assert sorted(it["outcome"] for it in results[:3]) == ["merged", "nothing", "nothing"]
    assert {it["cart"] for it in results[:3]} == {theirs["id"]}
    assert [it.status_code for it in results[3:]] == [201] * 3
    assert contents(await read(laptop, theirs["id"])) == {sku: 6}


async def test_a_cart_that_is_checked_out_meanwhile_is_ordered_or_merged_but_not_both(
    shop: Application, staff: AsyncClient
) -> None:
    sku, email, phone = await a_sku_for_sale(staff, stock=50), an_address(), a_browser(shop)
    laptop = await a_customer(shop, email)
    theirs = await a_cart(laptop, **{sku: 1})
    visitors = await a_cart_to_order(phone, **{sku: 2})

    told, bought = await asyncio.gather(
        log_in_with(a_browser(shop), email, visitors["id"]), check_out(phone, visitors["id"])
    )

    outcome = told["outcome"], bought.status_code, contents(await read(laptop, theirs["id"]))[sku]
    assert outcome in {("nothing", 201, 1), ("merged", 404, 3)}


async def test_a_guest_who_registers_keeps_cart_and_orders(
    shop: Application, staff: AsyncClient
) -> None:
    sku, email, guest = await a_sku_for_sale(staff), an_address(), a_browser(shop)
    ordered = await a_cart_to_order(guest, **{sku: 1})
    contact = {"email": email, "shipping_address": ordered["shipping_address"]}
    await guest.put(f"/v1/carts/{ordered['id']}/contact", json=contact)
    order = (await check_out(guest, ordered["id"])).json()
    cart = await a_cart(guest, **{sku: 3})
    strangers = await a_cart(a_browser(shop), **{sku: 9})
    await a_browser(shop).put(f"/v1/carts/{strangers['id']}/contact", json=contact)

    customer = await a_customer(shop, email)
    told = await log_in_with(customer, email, cart["id"])

    assert told["cart"] == cart["id"]
    assert (await customer.get(MINE)).json()["id"] == cart["id"]
    assert [it["id"] for it in (await customer.get("/v1/orders")).json()["items"]] == [order["id"]]
    assert (await guest.get(f"/v1/carts/{cart['id']}")).status_code == 404


def test_a_cart_gets_no_more_than_it_can_hold() -> None:
    def line(sku: str, quantity: int, available: int = 99_999, **more: Any) -> Line:  # noqa: ANN401
        facts = {"seen_price": 500, "sold": True, **more}
        return Line("cart", sku, uuid5(NAMESPACE_OID, sku), quantity, available=available, **facts)

    kept = [line("many", 6_000, seen_price=600), *(line(str(it), 1) for it in range(198))]
    other = [line("many", 5_000), line("gone", 1, sold=False), line("fits", 3, 2), line("full", 4)]

    added = add(kept, other)

    assert [(it.sku, it.quantity, it.seen_price) for it in added.lines] == [
        ("many", 9_999, 500),
        ("fits", 3, 500),
    ]
    assert [(it.sku, it.wanted, it.quantity) for it in added.limited] == [
        ("many", 11_000, 9_999),
        ("gone", 1, 0),
        ("full", 4, 0),
    ]
