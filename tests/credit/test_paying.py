"""Paying with gift cards, store credit and a provider: what is held, taken and given back."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from httpx import AsyncClient
from litestar.types import ASGIApp
from support.background import ask, body, change, mails_about
from support.payments.books import a_waiting_cart, channel, payment_of, say, sweep
from support.payments.credit import (
    CARDS,
    CREDIT,
    a_cart_of,
    a_gift_card,
    add_card,
    by_card,
    given,
    left,
    pay,
)
from support.people import a_customer
from support.products import a_cart, an_order, check_out
from support.refunds import expect_balanced_books, order_now
from support.refusals import refusal

from trastienda.application import Application
from trastienda.controllers import orders
from trastienda.controllers.carts import add_gift_card
from trastienda.controllers.orders.place import begin
from trastienda.controllers.orders.settle import settle_abandoned
from trastienda.database.db import utcnow
from trastienda.database.models.credit.account import GiftCardUnknown
from trastienda.schemas.orders.order import Checkout, PaymentChoice
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import ANYONE
from trastienda.services.accounts.throttles import SlowDown
from trastienda.services.credit import codes
from trastienda.settings import Settings


async def payments_of(staff: AsyncClient, order: dict[str, Any]) -> list[tuple[str, int, str]]:
    found = (await staff.get(f"/v1/admin/orders/{order['id']}/payments")).json()["items"]
    return [(it["provider"], it["captured"], it["status"]) for it in found]


async def come_due(cart: dict[str, Any]) -> None:
    """Let the time of a payment be over, and let it be compared."""
    await change(
        "UPDATE payment_attempts SET held_until = now(), check_at = now() WHERE cart_id = %s",
        cart["id"],
    )


async def test_a_cart_shows_what_each_pays_and_what_remains(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    first, second = await a_gift_card(staff, 1_000), await a_gift_card(staff, 5_000)
    cart = await a_cart_of(staff, buyer, first, second)
    spelled = await add_card(buyer, cart, f" {second['code'].replace('-', ' ').lower()} ")
    out = await buyer.delete(f"/v1/carts/{cart['id']}/gift-cards/{second['id']}")
    late = await buyer.delete(f"/v1/carts/{cart['id']}/gift-cards/{second['id']}")

    assert [(it["available"], it["pays"]) for it in cart["gift_cards"]] == [
        (1_000, 1_000),
        (5_000, 1_990),
    ]
    assert cart["amount_due"] == 0
    assert len(spelled.json()["gift_cards"]) == 2
    assert (out.json()["amount_due"], len(out.json()["gift_cards"])) == (1_990, 1)
    assert refusal(late)[:2] == (404, "gift-card-not-in-cart")


async def test_cards_that_cannot_pay_are_refused_and_disabled_ones_as_if_they_were_not_there(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    disabled = await a_gift_card(staff)
    async with channel(staff, currencies=["EUR", "USD"]):
        foreign = await a_gift_card(staff, currency="USD")
    ends = utcnow() + timedelta(days=1)
    expired = await a_gift_card(staff, expires_at=ends.isoformat())
    await staff.patch(f"{CARDS}/{disabled['id']}", json={"disabled": True})
    await change(
        "UPDATE credit_accounts SET expires_at = now() - interval '1 day' WHERE id = %s",
        expired["id"],
    )
    cart = await a_cart_of(staff, buyer)
    answers = [
        await add_card(buyer, cart, code)
        for code in ("AAAA-AAAA-AAAA-AAAA", disabled["code"], expired["code"], foreign["code"])
    ]
    unknown, locked = (answer.json() for answer in answers[:2])

    assert unknown | {"instance": ""} == locked | {"instance": ""}
    assert [refusal(answer)[:2] for answer in answers] == [
        (422, "gift-card-unknown"),
        (422, "gift-card-unknown"),
        (422, "gift-card-expired"),
        (422, "gift-card-in-other-currency"),
    ]
    assert (await buyer.get(f"/v1/carts/{cart['id']}")).json()["gift_cards"] == []


async def test_a_gift_card_alone_pays_an_order_without_a_provider(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    card = await a_gift_card(staff)
    cart = await a_cart_of(staff, buyer, card)
    missing = await pay(buyer, await a_cart_of(staff, buyer))
    placed = await pay(buyer, cart, expected_total=2_990, expected_amount_due=0)
    again = await pay(buyer, cart, payment=by_card())
    order = placed.json()

    assert refusal(missing)[:2] == (422, "payment-missing")
    assert (placed.status_code, again.status_code) == (201, 200)
    assert (order["payment_status"], order["captured"], order["payment_provider"]) == (
        "paid",
        2_990,
        "gift_card",
    )
    end = card["code"][-4:]
    assert order["credits"] == [{"type": "gift_card", "amount": 2_990, "last_characters": end}]
    assert await payments_of(staff, order) == [("gift_card", 2_990, "succeeded")]
    assert await left(staff, card) == (2_010, 0)
    (spent,) = (await staff.get(f"{CARDS}/{card['id']}")).json()["movements"][:1]
    of_order = (await staff.get(CARDS, params={"order_id": order["id"]})).json()["items"]
    assert [it["id"] for it in of_order] == [card["id"]]
    assert (spent["kind"], spent["amount"], spent["order_id"]) == ("spent", -2_990, order["id"])
    await expect_balanced_books()


async def test_a_provider_that_is_named_is_not_asked_for_nothing(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    card = await a_gift_card(staff)
    cart = await a_cart_of(staff, buyer, card)
    placed = await pay(buyer, cart, payment=by_card("decline"))

    assert (placed.status_code, placed.json()["payment_status"]) == (201, "paid")
    assert await payments_of(staff, placed.json()) == [("gift_card", 2_990, "succeeded")]


async def test_gift_card_store_credit_and_a_provider_pay_in_this_order(
    staff: AsyncClient, shop: ASGIApp
) -> None:
    customer = await a_customer(shop)
    card, account = await a_gift_card(staff, 1_000), await given(staff, customer, 500)
    cart = await a_cart_of(staff, customer, card)
    use = {"use": True}
    cart = (await customer.put(f"/v1/carts/{cart['id']}/store-credit", json=use)).json()
    changed = await pay(customer, cart, payment=by_card(), expected_amount_due=1_489)
    placed = await pay(customer, cart, payment=by_card(), expected_amount_due=1_490)
    order = placed.json()

    assert cart["amount_due"] == 1_490
    assert refusal(changed)[:2] == (409, "amount-due-changed")
    assert (placed.status_code, order["payment_status"], order["captured"]) == (201, "paid", 2_990)
    assert [it["amount"] for it in order["credits"]] == [1_000, 500]
    assert sorted(await payments_of(staff, order)) == [
        ("gift_card", 1_000, "succeeded"),
        ("store_credit", 500, "succeeded"),
        ("test", 1_490, "succeeded"),
    ]
    assert await left(staff, card) == await left(staff, account, CREDIT) == (0, 0)
    await expect_balanced_books()


async def test_what_a_declined_payment_held_is_free_again(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    card = await a_gift_card(staff, 1_000)
    cart = await a_cart_of(staff, buyer, card)
    declined = await pay(buyer, cart, payment=by_card("decline"))
    after = await left(staff, card)
    placed = await pay(buyer, cart, payment=by_card())

    assert declined.status_code == 402
    assert after == (1_000, 0)
    assert (placed.status_code, await left(staff, card)) == (201, (0, 0))
    await expect_balanced_books()


async def test_while_the_buyer_is_at_the_bank_nobody_else_spends_what_is_held(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    card = await a_gift_card(staff, 1_000)
    cart, other = await a_cart_of(staff, buyer, card), await a_cart_of(staff, buyer, card)
    waiting = await pay(buyer, cart, payment=by_card("challenge"))
    held = await left(staff, card)
    itself = (await buyer.get(f"/v1/carts/{cart['id']}")).json()
    elsewhere = (await buyer.get(f"/v1/carts/{other['id']}")).json()
    taken = await staff.post(
        f"{CARDS}/{card['id']}/adjustments", json={"amount": -1, "reason": "Mine"}
    )
    await say(buyer, waiting, "succeed")
    seen = (await buyer.get(f"/v1/carts/{cart['id']}/payment")).json()

    assert (waiting.status_code, held) == (202, (1_000, 1_000))
    assert (itself["gift_cards"][0]["pays"], itself["amount_due"]) == (1_000, 1_990)
    assert (elsewhere["gift_cards"][0]["available"], elsewhere["amount_due"]) == (0, 2_990)
    assert refusal(taken)[:2] == (409, "balance-too-low")
    assert (seen["order"]["payment_status"], await left(staff, card)) == ("paid", (0, 0))
    await expect_balanced_books()


async def test_late_money_is_given_back_if_its_gift_card_was_spent_meanwhile(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    card, kept = await a_gift_card(staff, 1_000), await a_gift_card(staff, 1_000)
    late, placed = await a_cart_of(staff, buyer, card), await a_cart_of(staff, buyer, kept)
    for cart in (late, placed):
        await pay(buyer, cart, payment=by_card("challenge"))
        await come_due(cart)
    await sweep(shop)
    spent = await pay(buyer, await a_cart_of(staff, buyer, card), payment=by_card())
    for cart in (late, placed):
        payment = await payment_of(cart["id"])
        await change(
            "UPDATE test_payments SET state = 'succeeded', captured = amount WHERE payment_id = %s",
            payment["id"],
        )
        await come_due(cart)
    await sweep(shop)
    given_back, of_order = await payment_of(late["id"]), await payment_of(placed["id"])

    assert spent.status_code == 201
    assert (given_back["order_id"], given_back["captured"]) == (None, 1_990)
    assert given_back["refunded"] == 1_990
    assert (of_order["order_id"] is None, of_order["refunded"]) == (False, 0)
    assert await left(staff, card) == await left(staff, kept) == (0, 0)
    await expect_balanced_books()


async def test_a_process_that_dies_between_leaves_nothing_held_for_ever(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    card = await a_gift_card(staff, 1_000)
    tokens = {"ok": (0, 0), "decline": (1_000, 0)}
    for token, expected in tokens.items():
        account = card if token == "ok" else await a_gift_card(staff, 1_000)
        cart = await a_cart_of(staff, buyer, account)
        checkout = Checkout(PaymentChoice("test", token))
        await begin(ANYONE, cart["id"], checkout, shop.process.providers, Context(utcnow()))
        between = await left(staff, account)
        await change(
            "UPDATE payment_attempts SET leased_until = now() WHERE cart_id = %s", cart["id"]
        )
        while await settle_abandoned(shop.process.providers):
            pass

        assert between == (1_000, 1_000)
        assert await left(staff, account) == expected
    await expect_balanced_books()


async def test_captured_later_the_gift_card_is_taken_at_once_and_the_rest_is_held(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    card = await a_gift_card(staff, 1_000)
    async with channel(staff, capture="manual"):
        placed = await pay(buyer, await a_cart_of(staff, buyer, card), payment=by_card())
    order = placed.json()
    captured = await staff.post(f"/v1/admin/orders/{order['id']}/capture")

    assert (order["payment_status"], order["captured"]) == ("authorised", 1_000)
    assert captured.status_code == 200, captured.text
    assert (captured.json()["payment_status"], captured.json()["captured"]) == ("paid", 2_990)
    await expect_balanced_books()


async def test_an_order_that_only_a_gift_card_paid_expires_as_unpaid_ones_do(
    staff: AsyncClient, buyer: AsyncClient, shop: Application, settings: Settings
) -> None:
    await change("UPDATE orders SET payment_due_at = NULL WHERE payment_due_at IS NOT NULL")
    card = await a_gift_card(staff, 1_000)
    cart = await a_cart_of(staff, buyer, card)
    placed = (await pay(buyer, cart, payment={"provider": "manual"})).json()
    noted = await an_order(staff, buyer)
    await staff.post(f"/v1/admin/orders/{noted['id']}/capture", json={"amount": 1_000})
    (mail,) = await mails_about(placed["id"], settings)
    soon = utcnow() + timedelta(days=30)
    while await orders.remind_unpaid(Context(soon)):
        pass
    while await orders.expire_unpaid(Context(soon + timedelta(days=30))):
        pass
    expired, kept = await order_now(staff, placed), await order_now(staff, noted)

    assert (placed["payment_status"], placed["captured"]) == ("partially_paid", 1_000)
    assert (placed["outstanding"], expired["outstanding"]) == (1_990, 0)
    assert "payment_due_at" in placed
    said = body(mail)
    assert f"Gift card •••• {card['code'][-4:]}: -€10.00" in said
    assert "Still to pay: €19.90" in said
    assert (expired["status"], expired["cancel_reason"]) == ("cancelled", "unpaid")
    assert (expired["payment_status"], expired["refunded"]) == ("refunded", 1_000)
    assert kept["status"] == "open"
    await expect_balanced_books()


async def test_nothing_else_is_asked_of_the_database_for_carts_without_gift_cards(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, _, answer = await a_waiting_cart(staff, buyer)
    placed = await check_out(buyer, (await a_cart_of(staff, buyer))["id"], "test", token="ok")

    assert answer.status_code == 202
    assert placed.json()["credits"] == []
    assert await ask("SELECT FROM credit_holds WHERE source_id::text = %s", cart) == []


async def test_who_guesses_codes_has_to_wait_and_a_known_code_then_too(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    card, now = await a_gift_card(staff), utcnow()
    cart, elsewhere = await a_cart_of(staff, buyer), await a_cart_of(staff, buyer)

    async def guess(where: dict[str, Any], code: str, machine: str) -> object:
        try:
            await add_gift_card(ANYONE, where["id"], code, machine, Context(now))
        except SlowDown as refused:
            return refused.facts["retry_after"]
        except GiftCardUnknown:
            return "unknown"
        return "added"

    wrong = [codes.fresh() for _ in range(20)]
    in_one_cart = [await guess(cart, code, uuid4().hex) for code in wrong[:10]]
    waits = [await guess(cart, code, uuid4().hex) for code in (wrong[10], card["code"])]
    machine = uuid4().hex
    from_one_machine = [
        await guess(await a_cart(buyer), code, machine) for code in (*wrong, card["code"])
    ]

    assert in_one_cart == ["unknown"] * 10
    assert waits == [1, 1]
    assert from_one_machine == ["unknown"] * 20 + [1]
    assert await guess(elsewhere, card["code"], uuid4().hex) == "added"
