"""Gift cards sold as products: what they cost, when they are issued, and to whom they go."""

import asyncio
from typing import Any
from uuid import uuid4

from httpx import AsyncClient
from support.background import ask, body, change, mails_about
from support.payments.books import channel
from support.payments.credit import CARDS, a_gift_card, add_card, by_card, left, pay
from support.payments.gift_sales import (
    a_cart_with,
    a_voucher,
    a_voucher_sku,
    cards_of,
    codes_of,
    issue_all,
    vouchers_ordered,
)
from support.products import a_cart, a_product, a_sku, a_sku_for_sale
from support.promotions import a_coupon, a_promotion, put_in
from support.refunds import expect_balanced_books, order_now
from support.refusals import refusal
from support.sales import a_sale

from trastienda.settings import Settings

FRIEND = {"email": "charles@example.com", "message": "For you", "from_name": "Ada", "locale": "es"}


async def test_gift_cards_are_paid_issued_once_and_sent_to_their_recipient(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    cart = await a_cart_with(buyer, {await a_voucher_sku(staff): 2}, ships=False)
    where = f"/v1/carts/{cart['id']}/lines/{cart['lines'][0]['id']}/recipient"
    named = (await buyer.put(where, json=FRIEND)).json()
    order = (await pay(buyer, named, payment=by_card(), expected_total=10_000)).json()
    early = await cards_of(order)
    await asyncio.gather(issue_all(), issue_all(), issue_all())
    cards = await cards_of(order)
    (mail,) = await mails_about(cards[0][0], settings)
    now = await order_now(staff, order)
    listed = (await staff.get(CARDS, params={"order_id": order["id"]})).json()["items"]

    assert named["lines"][0]["gift_card"] == {"recipient": FRIEND}
    assert named["totals"] == {
        "subtotal": 10_000,
        "discount": 0,
        "shipping": 0,
        "tax": 0,
        "tax_included": 0,
        "tax_added": 0,
        "total": 10_000,
    }
    assert (order["payment_status"], order["shipping_option"]) == ("paid", None)
    assert early == []
    assert [card[1:] for card in cards] == [(5_000, 1), (5_000, 2)]
    assert (now["fulfilment_status"], now["fulfilments"]) == ("fulfilled", [])
    assert {it["id"] for it in listed} == {card[0] for card in cards}
    assert {(it["order_id"], it["recipient_email"]) for it in listed} == {
        (order["id"], "charles@example.com")
    }
    assert (mail["to"], "Ada le regala" in body(mail)) == ("charles@example.com", True)
    assert "«For you»" in body(mail)
    await expect_balanced_books()


async def test_the_code_in_the_mail_pays_and_is_kept_nowhere(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order = await vouchers_ordered(staff, buyer, 1)
    await issue_all()
    (code,) = await codes_of(order, settings)
    cart = await a_cart_with(buyer, {await a_sku_for_sale(staff, price=1_250): 2})
    added = (await add_card(buyer, cart, code)).json()
    told = await ask("SELECT count(*) FROM events WHERE data::text LIKE %s", f"%{code}%")

    assert (added["amount_due"], added["gift_cards"][0]["available"]) == (0, 5_000)
    assert told == [(0,)]


async def test_gift_cards_are_issued_when_the_money_has_come_and_never_if_it_does_not(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    waiting = await vouchers_ordered(staff, buyer, 1, paid=False)
    dropped = await vouchers_ordered(staff, buyer, 1, paid=False)
    packed = await staff.post(f"/v1/admin/orders/{waiting['id']}/fulfilments", json={})
    await issue_all()
    before = await cards_of(waiting)
    await staff.post(f"/v1/admin/orders/{waiting['id']}/capture")
    cancelled = await staff.post(f"/v1/admin/orders/{dropped['id']}/cancel")
    await issue_all()

    assert refusal(packed)[:2] == (409, "gift-card-not-shipped")
    assert before == []
    assert len(await cards_of(waiting)) == 1
    assert cancelled.json()["payment_status"] == "cancelled"
    assert await cards_of(dropped) == []
    assert await ask(
        "SELECT count(*) FROM gift_cards_to_issue WHERE order_id = ANY (%s)",
        [waiting["id"], dropped["id"]],
    ) == [(0,)]
    await expect_balanced_books()


async def test_what_is_only_held_is_captured_first_unless_it_is_for_gift_cards_alone(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    goods, voucher = await a_sku_for_sale(staff, price=1_250), await a_voucher_sku(staff)
    async with channel(staff, capture="fulfilment"):
        alone = await vouchers_ordered(staff, buyer, 1)
        cart = await a_cart_with(buyer, {goods: 1, voucher: 1})
        mixed = (await pay(buyer, cart, payment=by_card())).json()
        await issue_all()
        held = await cards_of(mixed)
        sent = await staff.post(f"/v1/admin/orders/{mixed['id']}/fulfilments", json={})
        await issue_all()

    assert (alone["payment_status"], mixed["payment_status"]) == ("paid", "authorised")
    assert held == []
    assert sent.json()["fulfilment_status"] == "partially_fulfilled"
    assert len(await cards_of(mixed)) == 1
    assert (await order_now(staff, mixed))["fulfilment_status"] == "fulfilled"


async def test_beside_goods_no_promotion_tax_or_tariff_is_about_them(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    goods, voucher = await a_sku_for_sale(staff, price=1_250), await a_voucher(staff)
    sale = await a_sale(voucher)
    code = await a_coupon(staff, await a_promotion(staff))
    cart = await a_cart_with(buyer, {goods: 2, voucher["variants"][0]["sku"]: 1})
    cart = (await put_in(buyer, cart, code)).json()
    steps = (await buyer.get(f"/v1/carts/{cart['id']}/explanation")).json()
    mug, card = sorted(cart["lines"], key=lambda line: "gift_card" in line)
    await change("DELETE FROM promotions WHERE id = %s", sale)

    assert (mug["discount"], mug["tax"], mug["total"]) == (250, 390, 2_250)
    assert (card["unit_price"], card["discount"], card["tax"]) == (5_000, 0, 0)
    assert steps["total"] == cart["totals"]["total"] == 2_250 + 5_000 + 490


async def test_only_money_buys_gift_cards(staff: AsyncClient, buyer: AsyncClient) -> None:
    old = await a_gift_card(staff, 20_000)
    goods, voucher = await a_sku_for_sale(staff, price=1_250), await a_voucher_sku(staff)
    cart = await a_cart_with(buyer, {goods: 2, voucher: 1})
    cart = (await add_card(buyer, cart, old["code"])).json()
    free = await pay(buyer, cart)
    order = (await pay(buyer, cart, payment=by_card(), expected_amount_due=5_000)).json()

    assert (cart["gift_cards"][0]["pays"], cart["amount_due"]) == (2_990, 5_000)
    assert refusal(free)[:2] == (422, "payment-missing")
    assert order["payment_status"] == "paid"
    assert await left(staff, old) == (17_010, 0)
    await issue_all()
    await expect_balanced_books()


async def test_a_product_of_gift_cards_has_denominations_and_nothing_of_goods(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    sizes = [{"name": "Worth", "values": ["50", "100"]}]
    fifty = {"sku": a_sku(), "prices": {"EUR": 5_000}, "options": {"Worth": "50"}}
    product = await a_product(staff, gift_card=True, options=sizes, variants=[fifty])
    page = (await buyer.get(f"/v1/products/{product['slug']}")).json()
    here = f"/v1/admin/products/{product['id']}"
    usual: dict[str, Any] = {"sku": a_sku(), "prices": {"EUR": 1_000}}
    refused = [
        refusal(await staff.post("/v1/admin/products", json=draft))
        for wrong in ({"stock": 3}, {"weight_grams": 5}, {"prices": {"EUR": 0}})
        for draft in [{"name": "Card", "gift_card": True, "variants": [{**usual, **wrong}]}]
    ]
    later = await staff.patch(here, json={"gift_card": False})
    bigger = {"sku": a_sku(), "prices": {"EUR": 10_000}, "options": {"Worth": "100"}}
    grown = await staff.patch(here, json={"variants": [bigger]})

    assert (page["gift_card"], page["variants"][0]["available"]) == (True, 100)
    assert page["variants"][0]["in_stock"] is True
    assert refused == [
        (422, "gift-card-variant-unusable", "/variants/0/stock"),
        (422, "gift-card-variant-unusable", "/variants/0/weight_grams"),
        (422, "gift-card-variant-unusable", "/variants/0/prices/EUR"),
    ]
    assert later.status_code == 400
    assert [it["prices"] for it in grown.json()["variants"]] == [{"EUR": 5_000}, {"EUR": 10_000}]
    assert grown.json()["gift_card"] is True


async def test_recipients_are_of_gift_cards_in_ones_own_cart(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    goods, voucher = await a_sku_for_sale(staff), await a_voucher_sku(staff)
    cart = await a_cart(buyer, **{goods: 1, voucher: 101})
    lines = {line["sku"]: f"/v1/carts/{cart['id']}/lines/{line['id']}" for line in cart["lines"]}
    of_goods = await buyer.put(f"{lines[goods]}/recipient", json=FRIEND)
    nobody = await buyer.put(f"{lines[voucher]}/recipient", json={"email": "a@b..c"})
    forged = {**FRIEND, "from_name": "Ada\r\nBcc: all@example.com"}
    header = await buyer.put(f"{lines[voucher]}/recipient", json=forged)
    gone = await buyer.put(f"/v1/carts/{cart['id']}/lines/{uuid4()}/recipient", json=FRIEND)
    named = await buyer.put(f"{lines[voucher]}/recipient", json=FRIEND)
    back = await buyer.delete(f"{lines[voucher]}/recipient")

    assert refusal(of_goods)[:2] == (409, "no-gift-card")
    assert refusal(nobody)[0] in {400, 422}
    assert header.status_code == 400
    assert refusal(gone)[:2] == (404, "cart-line-not-found")
    assert named.status_code == 200
    assert [it.get("gift_card") for it in back.json()["lines"]] == [None, {"recipient": None}]
    assert "/problems/too-many-gift-cards" in {it["type"] for it in back.json()["problems"]}


async def test_what_staff_change_of_orders_leaves_gift_cards_alone(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    goods = await a_product(staff, price=1_250)
    mug, voucher = goods["variants"][0]["sku"], await a_voucher_sku(staff)
    cart = await a_cart_with(buyer, {mug: 2, voucher: 1})
    order = (await pay(buyer, cart, payment={"provider": "manual"})).json()
    lines = {line["sku"]: line["id"] for line in order["lines"]}
    edits = f"/v1/admin/orders/{order['id']}/edits"
    why = {"reason": "The buyer called"}
    touched = await staff.post(
        edits, json={**why, "lines": [{"line": lines[voucher], "quantity": 2}]}
    )
    added = await staff.post(edits, json={**why, "add": [{"sku": voucher, "quantity": 1}]})
    kept = await staff.post(edits, json={**why, "lines": [{"line": lines[mug], "quantity": 1}]})
    draft = {
        "email": "ada@example.com",
        "lines": [{"sku": voucher, "quantity": 1, "unit_price": 1, "reason": "A friend"}],
    }
    cheaper = await staff.post("/v1/admin/draft-orders", json=draft)
    await issue_all()

    assert refusal(touched)[:2] == refusal(added)[:2] == (409, "gift-cards-not-edited")
    assert kept.json()["after"]["totals"]["total"] == 1_250 + 5_000 + 490
    assert refusal(cheaper)[:2] == (422, "gift-card-price-fixed")
    await expect_balanced_books()
