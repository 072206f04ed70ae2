"""Codes: what staff do with them, and what they do in carts and orders."""

import asyncio
import unicodedata
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.people import a_browser, a_customer, a_program, an_address, visitor
from support.products import a_cart, a_cart_to_order, a_product, a_sku_for_sale, check_out
from support.promotions import a_code, a_coupon, a_promotion, one, problems, put_in
from support.refusals import changes_once, refusal

from trastienda.controllers.carts import add_coupon
from trastienda.database.db import transaction, utcnow
from trastienda.database.models.accounts.user import Role
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import ANYONE, Visitor
from trastienda.services.accounts import throttles
from trastienda.services.accounts.throttles import SlowDown
from trastienda.services.promotions.conditions import CouponUnknown


async def test_a_code_takes_what_its_promotion_says_and_the_order_remembers_it(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    code = await a_coupon(staff, await a_promotion(staff))
    cart = await a_cart_to_order(buyer, **{await a_sku_for_sale(staff, price=1_000): 2})

    answer = await put_in(buyer, cart, f" {code.lower()} ")

    assert (answer.status_code, answer.headers["etag"]) == (200, f'"{cart["version"] + 1}"')
    assert answer.json()["coupons"] == [code]
    assert answer.json()["problems"] == []
    assert answer.json()["totals"]["discount"] == 200
    assert answer.json()["lines"][0]["discount"] == 200
    order = (await check_out(buyer, cart["id"])).json()
    assert (order["coupons"], order["totals"]["total"]) == ([code], 1_800 + 490)
    read = (await staff.get(f"/v1/admin/orders/{order['id']}")).json()
    assert read["coupons"] == [code]


async def test_a_code_put_in_twice_counts_once_and_may_be_taken_out(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    code = await a_coupon(staff, await a_promotion(staff))
    cart = await a_cart(buyer, **{await a_sku_for_sale(staff, price=1_000): 1})
    await put_in(buyer, cart, code)

    again = (await put_in(buyer, cart, code)).json()
    out = await buyer.delete(f"/v1/carts/{cart['id']}/coupons/{code.lower()}")
    late = await buyer.delete(f"/v1/carts/{cart['id']}/coupons/{code}")

    assert (again["coupons"], again["totals"]["discount"]) == ([code], 100)
    assert (out.status_code, out.json()["coupons"]) == (200, [])
    assert out.json()["totals"]["discount"] == 0
    assert refusal(late)[:2] == (404, "coupon-not-in-cart")


@pytest.mark.parametrize("facts", [None, {"active": False}], ids=["unknown", "inactive"])
async def test_a_code_that_is_not_in_use_changes_nothing(
    staff: AsyncClient, buyer: AsyncClient, facts: dict[str, Any] | None
) -> None:
    code = a_code()
    if facts:
        await a_coupon(staff, await a_promotion(staff), code=code, **facts)
    cart = await a_cart(buyer, **{await a_sku_for_sale(staff): 1})

    answer = await put_in(buyer, cart, code)

    assert refusal(answer) == (422, "coupon-unknown", "/code")
    assert (await buyer.get(f"/v1/carts/{cart['id']}")).json() == cart


async def guess(
    cart: dict[str, Any], code: str, now: datetime, client: str | None, who: Visitor = ANYONE
) -> object:
    """Try a code at a moment; give how many seconds one has to wait, if that is the answer."""
    try:
        shown = await add_coupon(who, cart["id"], code, client, Context(now))
    except SlowDown as error:
        return error.facts["retry_after"]
    except CouponUnknown:
        return "unknown"
    return shown.coupons


async def test_guessing_codes_in_one_cart_takes_longer_and_longer(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    code, now = await a_coupon(staff, await a_promotion(staff)), utcnow()
    cart, other = await a_cart(buyer), await a_cart(buyer)

    guesses = [await guess(cart, a_code(), now, uuid4().hex) for _ in range(10)]
    waits = [await guess(cart, it, now, uuid4().hex) for it in (a_code(), code)]
    second = now + timedelta(seconds=1)
    later = [await guess(cart, a_code(), second, uuid4().hex) for _ in range(2)]
    elsewhere = await guess(other, code, now, uuid4().hex)
    in_time = await guess(cart, code, second + timedelta(seconds=2), uuid4().hex)

    assert guesses == ["unknown"] * 10
    assert waits == [1, 1]
    assert later == ["unknown", 2]
    assert elsewhere == in_time == [code]


async def test_guesses_at_once_win_nothing(buyer: AsyncClient) -> None:
    cart, carts, now = await a_cart(buyer), [await a_cart(buyer) for _ in range(5)], utcnow()
    machine = uuid4().hex

    at_one = [guess(cart, a_code(), now, uuid4().hex) for _ in range(60)]
    at_many = [guess(carts[place % 5], a_code(), now, machine) for place in range(100)]
    one, many = await asyncio.gather(*at_one), await asyncio.gather(*at_many)

    assert one.count("unknown") == 10
    assert many.count("unknown") <= 20 + 5  # at most those under way when the last free one fails


async def test_one_machine_guesses_slower_and_slower_whatever_the_cart_or_the_codes_it_knows(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    code, now, machine = await a_coupon(staff, await a_promotion(staff)), utcnow(), uuid4().hex
    carts = [await a_cart(buyer) for _ in range(3)]

    found = [await guess(carts[place // 7], a_code(), now, machine) for place in range(19)]
    known = [await guess(cart, code, now, machine) for cart in carts]
    last = [await guess(carts[2], a_code(), now, machine) for _ in range(2)]
    quiet = now + timedelta(hours=1, seconds=1)

    assert found == ["unknown"] * 19
    assert known == [[code]] * 3
    assert last == ["unknown", 1]
    assert await guess(carts[2], a_code(), quiet, machine) == "unknown"
    assert [await guess(carts[0], a_code(), now, None) for _ in range(30)] == ["unknown"] * 30


async def test_strangers_guess_600_codes_and_two_a_minute_from_however_many_machines(
    empty_shop: ASGIApp,
) -> None:
    now, code = utcnow(), "TYPED BY MANY"
    async with transaction() as session:
        for _ in range(598):
            await throttles.record_code(session, a_code(), now)
    async with await a_program(empty_shop, Role.OWNER) as staff, a_browser(empty_shop) as buyer:
        real = await a_coupon(staff, await a_promotion(staff))
        cart = await a_cart(buyer)

        misprint = [await guess(cart, it, now, uuid4().hex) for it in (code, code, "typedbymany")]
        last = await guess(cart, a_code(), now, uuid4().hex)
        waits = [await guess(cart, it, now, uuid4().hex) for it in (a_code(), real)]
        later = now + timedelta(seconds=30)
        again = [await guess(cart, it, later, uuid4().hex) for it in (a_code(), real)]

    assert misprint == ["unknown"] * 3
    assert (last, waits) == ("unknown", [30, 30])
    assert again == ["unknown", 30]


async def test_a_customer_who_is_logged_in_does_not_wait_for_strangers_and_is_counted_alone(
    empty_shop: ASGIApp,
) -> None:
    now = utcnow()
    async with transaction() as session:
        for _ in range(600):
            await throttles.record_code(session, a_code(), now)
    async with await a_program(empty_shop, Role.OWNER) as staff:
        real = await a_coupon(staff, await a_promotion(staff))
        customer, stranger = await a_customer(empty_shop), a_browser(empty_shop)

        refused = await put_in(stranger, await a_cart(stranger), real)
        taken = await put_in(customer, await a_cart(customer), real)
        known = await visitor(customer)
        assert known is not None
        me = Visitor(user_id=UUID(str(known["id"])))
        guesses = []
        for _ in range(3):
            cart = await a_cart(customer)
            guesses += [await guess(cart, a_code(), now, uuid4().hex, me) for _ in range(7)]

    assert refusal(refused)[:2] == (429, "slow-down")
    assert taken.json()["coupons"] == [real]
    assert guesses == ["unknown"] * 20 + [1]


async def test_who_guesses_codes_is_told_how_long_to_wait_and_the_cart_stays(
    staff: AsyncClient, shop: ASGIApp
) -> None:
    code, buyer = await a_coupon(staff, await a_promotion(staff)), a_browser(shop)
    carts = [await a_cart(buyer), await a_cart(buyer)]
    key = {"Idempotency-Key": uuid4().hex}
    once: dict[str, Any] = {"headers": key, "json": {"code": code}}
    first = await buyer.post(f"/v1/carts/{carts[1]['id']}/coupons", **once)
    codes = [a_code() for _ in range(5)]
    guesses = [await put_in(buyer, cart, it) for cart in carts for it in (*codes, *codes)]

    answer = await put_in(buyer, carts[0], code)
    again = await buyer.post(f"/v1/carts/{carts[1]['id']}/coupons", **once)

    assert {it.status_code for it in guesses} == {422}
    assert (first.status_code, again.content) == (200, first.content)  # it had been answered
    assert refusal(answer)[:2] == (429, "slow-down")
    assert answer.headers["retry-after"] == str(answer.json()["retry_after"]) == "1"
    assert (await buyer.get(f"/v1/carts/{carts[0]['id']}")).json() == carts[0]


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ({"starts_at": "2999-01-01T00:00:00Z"}, "coupon-not-yet-valid"),
        ({"ends_at": "2001-01-01T00:00:00Z"}, "coupon-expired"),
        ({"usage_limit": 0}, "coupon-used-up"),
        ({"min_subtotals": {"EUR": 2_001}}, "coupon-minimum-not-reached"),
        ({"min_subtotals": {"USD": 1}}, "coupon-for-other-currency"),
        ({"kind": "order_fixed", "amounts": {"USD": 1}}, "coupon-for-other-currency"),
        ({"min_quantity": 3}, "coupon-quantity-not-reached"),
        ({"percent": "0"}, "coupon-takes-nothing"),
    ],
)
async def test_a_code_that_does_not_apply_says_why_and_keeps_the_cart_from_being_ordered(
    staff: AsyncClient, buyer: AsyncClient, facts: dict[str, Any], problem: str
) -> None:
    code = await a_coupon(staff, await a_promotion(staff, **facts))
    cart = await a_cart_to_order(buyer, **{await a_sku_for_sale(staff, price=1_000): 2})

    kept = (await put_in(buyer, cart, code)).json()
    refused = await check_out(buyer, cart["id"])

    assert kept["coupons"] == [code]
    assert problems(kept) == [(problem, code)]
    assert kept["totals"]["discount"] == 0
    assert refusal(refused)[:2] == (409, "cart-not-ready")
    assert refused.json()["problems"] == kept["problems"]


async def test_thresholds_are_inclusive(staff: AsyncClient, buyer: AsyncClient) -> None:
    promotion = await a_promotion(staff, min_subtotals={"EUR": 2_000}, min_quantity=2)
    code = await a_coupon(staff, promotion)
    cart = await a_cart(buyer, **{await a_sku_for_sale(staff, price=1_000): 2})

    assert (await put_in(buyer, cart, code)).json()["totals"]["discount"] == 200


async def test_a_code_is_for_what_it_is_about(staff: AsyncClient, buyer: AsyncClient) -> None:
    product = await a_product(staff, price=1_000)
    code = await a_coupon(staff, await a_promotion(staff, products=[product["id"]]))
    cart = await a_cart(buyer, **{await a_sku_for_sale(staff, price=500): 1})

    without = (await put_in(buyer, cart, code)).json()
    line = {"sku": product["variants"][0]["sku"], "quantity": 1}
    with_it = (await buyer.post(f"/v1/carts/{cart['id']}/lines", json=line)).json()

    assert ("coupon-for-other-goods", code) in problems(without)
    assert with_it["totals"]["discount"] == 100
    assert {it["sku"]: it["discount"] for it in with_it["lines"]}[line["sku"]] == 100


async def test_codes_that_exclude_each_other_say_so(staff: AsyncClient, buyer: AsyncClient) -> None:
    alone = await a_coupon(staff, await a_promotion(staff, exclusive=True, percent="50"))
    other_promotion = await a_promotion(staff)
    other = await a_coupon(staff, other_promotion)
    twin = await a_coupon(staff, other_promotion)
    cart = await a_cart(buyer, **{await a_sku_for_sale(staff, price=1_000): 1})

    await put_in(buyer, cart, other)
    twice = (await put_in(buyer, cart, twin)).json()
    all_three = (await put_in(buyer, cart, alone)).json()

    assert twice["totals"]["discount"] == 100
    assert ("coupon-not-combined", twin) in problems(twice)
    assert all_three["totals"]["discount"] == 500
    told = [it for it in problems(all_three) if it[1]]
    assert told == [("coupon-not-combined", other), ("coupon-not-combined", twin)]


async def test_of_a_stack_group_one_acts(staff: AsyncClient, buyer: AsyncClient) -> None:
    group = {"stack_group": uuid4().hex}
    strong = await a_coupon(staff, await a_promotion(staff, priority=2, percent="20", **group))
    weak = await a_coupon(staff, await a_promotion(staff, priority=1, **group))
    cart = await a_cart(buyer, **{await a_sku_for_sale(staff, price=1_000): 1})

    await put_in(buyer, cart, weak)
    both = (await put_in(buyer, cart, strong)).json()

    assert both["totals"]["discount"] == 200
    assert ("coupon-not-combined", weak) in problems(both)


async def test_a_gift_is_free_once_the_buyer_puts_it_in(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    gift = await a_sku_for_sale(staff, price=300)
    promotion = await a_promotion(
        staff, kind="free_gift", gift_sku=gift, gift_quantity=1, min_subtotals={"EUR": 1_000}
    )
    code = await a_coupon(staff, promotion)
    cart = await a_cart(buyer, **{await a_sku_for_sale(staff, price=1_000): 1})

    without = (await put_in(buyer, cart, code)).json()
    line = {"sku": gift, "quantity": 2}
    with_it = (await buyer.post(f"/v1/carts/{cart['id']}/lines", json=line)).json()

    missing = [it for it in without["problems"] if it.get("coupon")]
    assert [(it["type"], it["sku"]) for it in missing] == [("/problems/coupon-gift-missing", gift)]
    assert with_it["totals"]["discount"] == 300
    assert [it for it in problems(with_it) if it[1]] == []


async def test_a_code_for_free_shipping_waits_until_shipping_is_chosen(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    promotion = await a_promotion(staff, kind="shipping_percent", percent="100")
    code = await a_coupon(staff, promotion)
    sku = await a_sku_for_sale(staff, price=1_000)
    early = (await put_in(buyer, await a_cart(buyer, **{sku: 1}), code)).json()
    ready = (await put_in(buyer, await a_cart_to_order(buyer, **{sku: 1}), code)).json()

    assert [it for it in problems(early) if it[1]] == []
    assert (ready["problems"], ready["totals"]["shipping"]) == ([], 0)


async def test_a_first_order_is_told_by_its_address_unless_it_was_cancelled(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    code = await a_coupon(staff, await a_promotion(staff, first_order=True))
    sku, email = await a_sku_for_sale(staff), f"é{an_address()}"
    shouted = f"e\u0301{email[1:]}".upper()  # the same letter as two, in capitals
    spellings = (email, shouted, email.upper())
    first, second, third = [await a_cart_from(buyer, sku, it) for it in spellings]
    await put_in(buyer, first, code)
    order = (await check_out(buyer, first["id"])).json()

    after = (await put_in(buyer, second, code)).json()
    found = (await staff.get("/v1/admin/orders", params={"email": shouted})).json()["items"]
    await staff.post(f"/v1/admin/orders/{order['id']}/cancel")
    later = (await put_in(buyer, third, code)).json()

    assert (order["email"], after["email"]) == (email, shouted)
    assert [(it["id"], it["email"]) for it in found] == [(order["id"], email)]
    assert problems(after) == [("coupon-for-first-order", code)]
    assert later["problems"] == []


async def a_cart_from(buyer: AsyncClient, sku: str, email: str) -> dict[str, Any]:
    cart = await a_cart_to_order(buyer, **{sku: 1})
    contact = {
        "email": email,
        "shipping_address": cart["shipping_address"],
        "shipping_option": cart["shipping_option"]["id"],
    }
    answer = await buyer.put(f"/v1/carts/{cart['id']}/contact", json=contact)
    assert answer.status_code == 200, answer.text
    changed: dict[str, Any] = answer.json()
    return changed


async def test_one_customer_uses_it_as_often_as_one_may_whatever_the_address_looks_like(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    code = await a_coupon(staff, await a_promotion(staff, usage_limit_per_customer=1))
    sku, email = await a_sku_for_sale(staff), an_address()
    customer = await a_customer(shop)
    first = await a_cart_from(customer, sku, email)
    await put_in(customer, first, code)
    assert (await check_out(customer, first["id"])).status_code == 201

    same_address = (await put_in(buyer, await a_cart_from(buyer, sku, email.upper()), code)).json()
    elsewhere = await a_cart_from(customer, sku, an_address())
    same_account = (await put_in(customer, elsewhere, code)).json()
    other = (await put_in(buyer, await a_cart_from(buyer, sku, an_address()), code)).json()

    assert problems(same_address) == [("coupon-used-up-by-you", code)]
    assert problems(same_account) == [("coupon-used-up-by-you", code)]
    assert other["problems"] == []


async def test_an_address_beyond_ascii_is_one_customer_in_carts_orders_and_simulations(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    promotion = await a_promotion(staff, usage_limit_per_customer=1)
    code, other = await a_coupon(staff, promotion), await a_coupon(staff, promotion)
    product = await a_product(staff)
    sku, tail = product["variants"][0]["sku"], uuid4().hex
    # capital and small, composed and decomposed: PostgreSQL lowers İ to i alone
    pairs = [(f"İẞ{tail}@straẞe.example", f"i̇ß{tail}@STRAßE.example"), (f"É{tail}@x.example",) * 2]
    pairs[1] = (pairs[1][0], unicodedata.normalize("NFD", pairs[1][1].lower()))
    told = []
    for first, again in pairs:
        cart = await a_cart_from(buyer, sku, first)
        await put_in(buyer, cart, code)
        assert (await check_out(buyer, cart["id"])).status_code == 201
        late = await a_cart_from(buyer, sku, again)
        told.append(problems((await put_in(buyer, late, other)).json()))
        assert (await check_out(buyer, late["id"])).status_code == 409
        await buyer.delete(f"/v1/carts/{late['id']}/coupons/{other}")
        assert (await check_out(buyer, late["id"])).status_code == 201
    same = {"products": [product["id"]], "usage_limit_per_customer": 1, "percent": "5"}
    tried = await staff.post(f"{one(await a_promotion(staff, **same))}/simulate", json={"days": 1})

    assert told == [[("coupon-used-up-by-you", other)]] * 2
    assert tried.json()["touched"] == 2  # of four orders by two customers


async def test_a_cart_takes_ten_codes(staff: AsyncClient, buyer: AsyncClient) -> None:
    promotion = await a_promotion(staff)
    cart = await a_cart(buyer)
    for _ in range(10):
        assert (await put_in(buyer, cart, await a_coupon(staff, promotion))).status_code == 200
    before = (await buyer.get(f"/v1/carts/{cart['id']}")).json()

    answer = await put_in(buyer, cart, await a_coupon(staff, promotion))

    assert refusal(answer) == (422, "coupons-full", "/code")
    assert (await buyer.get(f"/v1/carts/{cart['id']}")).json() == before


async def test_titles_of_problems_are_in_the_language_of_the_buyer(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    code = await a_coupon(staff, await a_promotion(staff, usage_limit=0))
    cart = await a_cart_to_order(buyer, **{await a_sku_for_sale(staff): 1})
    await put_in(buyer, cart, code)

    told = (await buyer.get(f"/v1/carts/{cart['id']}?locale=es")).json()["problems"]

    assert [it["title"] for it in told] == ["Este código se ha agotado."]


async def test_staff_read_change_and_delete_codes(staff: AsyncClient, buyer: AsyncClient) -> None:
    promotion = await a_promotion(staff)
    coupons = f"{one(promotion)}/coupons"
    code = await a_coupon(staff, promotion, code=a_code().lower(), usage_limit=5)
    (coupon,) = (await staff.get(coupons)).json()["items"]
    cart = await a_cart(buyer, **{await a_sku_for_sale(staff, price=1_000): 1})
    await put_in(buyer, cart, code)

    changed = (await staff.patch(f"{coupons}/{coupon['id']}", json={"active": False})).json()
    off = (await buyer.get(f"/v1/carts/{cart['id']}")).json()
    gone = await staff.delete(f"{coupons}/{coupon['id']}")

    assert (coupon["code"], coupon["usage_limit"], coupon["uses"]) == (code, 5, 0)
    assert changed == {**coupon, "active": False, "version": 2}
    assert ("coupon-unknown", code) in problems(off)
    assert gone.status_code == 204
    assert (await buyer.get(f"/v1/carts/{cart['id']}")).json()["coupons"] == []
    assert refusal(await staff.get(f"{coupons}/{coupon['id']}"))[:2] == (404, "coupon-not-found")


async def test_a_coupon_that_somebody_else_changed_is_not_changed_nor_deleted_unseen(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    promotion = await a_promotion(staff)
    made = await staff.post(f"{one(promotion)}/coupons", json={"code": a_code(), "active": False})
    address = f"{one(promotion)}/coupons/{made.json()['id']}"
    seen = {"If-Match": made.headers["etag"]}

    late = await changes_once(staff, address, {"usage_limit": 3, "active": True})
    kept = await staff.delete(address, headers=seen)
    cart = await a_cart_to_order(buyer, **{await a_sku_for_sale(staff): 1})
    await put_in(buyer, cart, made.json()["code"])
    await check_out(buyer, cart["id"])
    used = await staff.get(address)

    assert (made.status_code, made.json()["active"], seen) == (201, False, {"If-Match": '"1"'})
    assert refusal(late)[:2] == refusal(kept)[:2] == (412, "coupon-changed")
    assert (used.json()["uses"], used.headers["etag"]) == (1, '"2"')
    gone = await staff.delete(address, headers={"If-Match": used.headers["etag"]})
    assert gone.status_code == 204


async def test_a_limit_below_what_was_used_is_refused(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    promotion = await a_promotion(staff)
    coupons = f"{one(promotion)}/coupons"
    code = await a_coupon(staff, promotion)
    sku = await a_sku_for_sale(staff)
    for _ in range(2):
        cart = await a_cart_to_order(buyer, **{sku: 1})
        await put_in(buyer, cart, code)
        await check_out(buyer, cart["id"])
    (coupon,) = (await staff.get(coupons)).json()["items"]
    address = f"{coupons}/{coupon['id']}"

    low = await staff.patch(address, json={"usage_limit": 1})
    enough = await staff.patch(address, json={"usage_limit": 2})

    assert refusal(low)[:2] == (409, "usage-limit-too-low")
    assert (enough.json()["usage_limit"], enough.json()["uses"]) == (2, 2)


async def test_ten_thousand_codes_are_made_by_few_statements_and_read_as_csv(
    staff: AsyncClient, statements: list[str]
) -> None:
    promotion = await a_promotion(staff)
    coupons = f"{one(promotion)}/coupons"
    statements.clear()

    answer = await staff.post(f"{coupons}/bulk", json={"count": 10_000, "prefix": "spring-"})

    assert (answer.status_code, answer.json()) == (201, {"count": 10_000})
    assert len(statements) < 15
    sheet = await staff.get(f"{coupons}.csv")
    assert sheet.headers["content-type"].startswith("text/csv")
    head, *rows = sheet.text.split("\r\n")[:-1]
    codes = [row.split(",")[0] for row in rows]
    assert head == "code,usage_limit,uses,active,created_at"
    assert (len(rows), len(set(codes))) == (10_000, 10_000)
    assert rows[0].split(",")[1:4] == ["1", "0", "true"]
    assert {code[:7] for code in codes} == {"SPRING-"}
    assert {len(code) for code in codes} == {19}
    assert set("".join(code[7:] for code in codes)).isdisjoint("ILO01")
    page = await staff.get(coupons, params={"limit": 100})
    assert len(page.json()["items"]) == 100
    after = await staff.get(coupons, params={"limit": 100, "cursor": page.json()["next_cursor"]})
    assert page.json()["items"][-1]["id"] < after.json()["items"][0]["id"]


@pytest.mark.parametrize(
    ("path", "draft", "expected"),
    [
        ("", {"code": ""}, (400, "invalid-request", "/code")),
        ("", {"code": "=1+1"}, (400, "invalid-request", "/code")),
        ("", {"code": "-A"}, (400, "invalid-request", "/code")),
        ("", {"code": "A" * 65}, (400, "invalid-request", "/code")),
        ("", {"code": "A", "usage_limit": 0}, (400, "invalid-request", "/usage_limit")),
        ("/bulk", {"count": 0}, (400, "invalid-request", "/count")),
        ("/bulk", {"count": 10_001}, (400, "invalid-request", "/count")),
        ("/bulk", {"count": 1, "prefix": "@SUM"}, (400, "invalid-request", "/prefix")),
        ("/bulk", {"count": 1, "length": 7}, (400, "invalid-request", "/length")),
    ],
)
async def test_bad_codes_name_their_field(
    staff: AsyncClient, path: str, draft: dict[str, Any], expected: tuple[int, str, str]
) -> None:
    promotion = await a_promotion(staff)

    answer = await staff.post(f"{one(promotion)}/coupons{path}", json=draft)

    assert refusal(answer) == expected
    assert (await staff.get(f"{one(promotion)}/coupons")).json()["items"] == []


async def test_a_code_is_one_promotions_and_only_of_those_that_codes_set_off(
    staff: AsyncClient,
) -> None:
    taken = await a_coupon(staff, await a_promotion(staff))
    other = await a_promotion(staff)
    automatic = await a_promotion(staff, trigger="automatic", active=False)

    twice = await staff.post(f"{one(other)}/coupons", json={"code": taken.lower()})
    wrong = await staff.post(f"{one(automatic)}/coupons", json={"code": a_code()})

    assert refusal(twice) == (409, "coupon-code-taken", "/code")
    assert refusal(wrong)[:2] == (409, "coupons-of-others")
    assert (await staff.get(f"{one(other)}/coupons")).json()["items"] == []


async def test_who_may_read_prices_may_not_make_codes(shop: ASGIApp, staff: AsyncClient) -> None:
    support, stranger = await a_program(shop, Role.SUPPORT), a_browser(shop)
    coupons = f"{one(await a_promotion(staff))}/coupons"

    assert (await support.get(coupons)).status_code == 200
    assert (await support.post(coupons, json={"code": a_code()})).status_code == 403
    assert (await stranger.get(f"{coupons}.csv")).status_code == 401
