"""Buyers who pay on Stripe's own page, without a token: from the checkout to the refund."""

import asyncio
import time
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest
from httpx import AsyncClient, Response
from support.background import change
from support.payments.accounts import WHERE
from support.payments.books import channel, ledger_of, payment_of, rows, sweep
from support.payments.cards import BACK, TOTAL, Cards, with_cards
from support.people import a_browser
from support.products import an_order, check_out
from support.refunds import expect_balanced_books, granted, now, send_all
from support.servers.payments.stripe_checkout import PAGE

from trastienda.application import Application
from trastienda.controllers.orders.settle import record
from trastienda.database.db import reading, utcnow
from trastienda.database.models.payments.payment import PaymentState
from trastienda.schemas.shared.context import Context
from trastienda.services.payments import Standing, attempts


@pytest.fixture
async def cards(shop: Application, staff: AsyncClient, buyer: AsyncClient) -> AsyncIterator[Cards]:
    async with with_cards(shop, staff, buyer) as found:
        yield found


async def stands(cards: Cards, cart: str) -> dict[str, object]:
    """Come back, and read how the payment stands; the provider is asked in any case."""
    await change("UPDATE payment_attempts SET checked_at = NULL WHERE cart_id = %s", cart)
    answer = await cards.buyer.get(f"/v1/carts/{cart}/payment")
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


async def outcomes(cards: Cards) -> list[str | None]:
    query = "SELECT outcome FROM payment_notices WHERE provider = %s ORDER BY id"
    return [it["outcome"] for it in await rows(query, cards.view["name"])]


async def give_up(cards: Cards, cart: str) -> Response:
    return await cards.buyer.delete(f"/v1/carts/{cart}/payment")


async def test_a_buyer_pays_on_stripes_page_and_is_given_money_back(cards: Cards) -> None:
    cart, waiting = await cards.pay(None)
    payment, session = await payment_of(cart), cards.stub.session()
    names = {"metadata[trastienda_payment]": str(payment["id"])}
    call, asked = cards.stub.asked[0]
    began = payment["created_at"].timestamp()

    assert (waiting.status_code, call) == (202, "open")
    assert waiting.json()["payment"] == {
        "status": "requires_action",
        "next_action": {"type": "redirect", "url": PAGE + session["id"]},
    }
    assert abs(int(asked.pop("expires_at")) - began - 3_600) < 2
    assert asked.pop("line_items[0][price_data][product_data][name]")
    assert asked == names | {
        "mode": "payment",
        "line_items[0][price_data][currency]": "eur",
        "line_items[0][price_data][unit_amount]": str(TOTAL),
        "line_items[0][quantity]": "1",
        "payment_intent_data[capture_method]": "automatic",
        "payment_intent_data[metadata][trastienda_payment]": str(payment["id"]),
        "success_url": BACK,
        "cancel_url": f"{BACK}?cancelled=1",
        "locale": "en",
        "adaptive_pricing[enabled]": "false",
        "customer_email": "ada@example.com",
        "expand[0]": "payment_intent.latest_charge",
    }
    assert payment["reference"] == session["id"]

    intent = cards.stub.pay(session)
    back, again = await stands(cards, cart), await stands(cards, cart)
    paid = await payment_of(cart)
    order = (await cards.again(cart, None)).json()
    made = await granted(cards.staff, order, amount=500)
    await send_all(cards.shop)

    assert (back["status"], again) == ("succeeded", back)
    assert (paid["reference"], paid["captured"], paid["doubt"]) == (intent["id"], TOTAL, None)
    assert ("cash", TOTAL) in await ledger_of(paid["id"])
    assert (await now(cards.staff, made))["status"] == "succeeded"
    assert [it["payment_intent"] for it in cards.stub.made.values()] == [intent["id"]]
    await expect_balanced_books()


@pytest.mark.parametrize("first", ["payment_intent.succeeded", "checkout.session.completed"])
async def test_a_webhook_places_the_order_of_a_buyer_who_does_not_come_back(
    cards: Cards, first: str
) -> None:
    cart, _ = await cards.pay(None)
    cards.stub.pay(cards.stub.session())
    (told,) = [it for it in cards.stub.events if it["type"] == first]
    await cards.tell(told, told)
    placed = await payment_of(cart)
    asked = len(cards.stub.asked)
    await cards.tell(*cards.stub.events)
    after = await payment_of(cart)

    assert (placed["state"], placed["captured"]) == ("succeeded", TOTAL)
    assert (after["state"], after["order_id"]) == ("succeeded", placed["order_id"])
    assert len(cards.stub.asked) > asked
    assert len(await rows("SELECT id FROM orders WHERE cart_id = %s", cart)) == 1
    assert await outcomes(cards) == ["settled"] * len(cards.stub.events)


async def test_what_the_merchant_sells_elsewhere_is_not_looked_for_again(cards: Cards) -> None:
    cart, _ = await cards.pay(None)
    intent = cards.stub.pay(cards.stub.session())
    event = cards.stub.events[0]
    for names in ({}, {"trastienda_payment": "x"}, {"trastienda_payment": str(uuid4())}):
        intent["metadata"] = names
        await cards.tell(event | {"id": f"evt_{uuid4().hex}"})

    assert await outcomes(cards) == ["ignored", "ignored", None]
    assert (await payment_of(cart))["state"] == "requires_action"


async def test_who_is_declined_on_the_page_may_try_again_there(cards: Cards) -> None:
    cart, _ = await cards.pay(None)
    session = cards.stub.session()
    cards.stub.pay(session, "pm_no")
    await cards.tell(*cards.stub.events)
    declined = await stands(cards, cart)
    cards.stub.pay(session)

    assert declined["status"] == "requires_action"
    assert (await stands(cards, cart))["status"] == "succeeded"
    assert len(cards.stub.intents) == 1


async def test_who_gives_up_pays_in_another_way_and_the_page_is_closed(cards: Cards) -> None:
    cart, _ = await cards.pay(None)
    ended, again = await give_up(cards, cart), await give_up(cards, cart)
    paid = await cards.again(cart)

    assert (ended.status_code, ended.json()) == (200, {"status": "expired"})
    assert again.json() == ended.json()
    assert cards.stub.session()["status"] == "expired"
    assert (paid.status_code, paid.json()["payment_status"]) == (201, "paid")


async def test_who_gives_up_after_paying_has_the_order(cards: Cards) -> None:
    cart, _ = await cards.pay(None)
    cards.stub.pay(cards.stub.session())
    ended = (await give_up(cards, cart)).json()

    assert (ended["status"], ended["order"]["payment_status"]) == ("succeeded", "paid")


async def test_giving_up_while_stripe_is_away_ends_it_later(cards: Cards) -> None:
    cart, _ = await cards.pay(None)
    cards.stub.away |= {"expire", "read_session"}
    unclear, busy = await give_up(cards, cart), await give_up(cards, cart)
    cards.stub.away.clear()
    await cards.check(cart)

    assert (unclear.status_code, busy.status_code) == (503, 409)
    assert busy.json()["type"] == "/problems/payment-busy"
    assert (await payment_of(cart))["state"] == "expired"
    assert cards.stub.session()["status"] == "expired"


async def test_who_holds_money_after_giving_up_in_vain_has_the_order_that_it_pays(
    cards: Cards,
) -> None:
    async with channel(cards.staff, capture="manual"):
        cart, _ = await cards.pay(None)
        cards.stub.away |= {"expire", "read_session"}
        unclear = await give_up(cards, cart)
        cards.stub.away.clear()
        cards.stub.pay(cards.stub.session())
        await cards.tell(*cards.stub.events)
        await cards.check(cart)
        after = await payment_of(cart)

    assert unclear.status_code == 503
    assert (after["state"], after["operation"]) == ("authorised", None)
    assert cards.stub.only()["status"] == "requires_capture"


@pytest.mark.parametrize("otherwise", ["test", "manual"])
async def test_another_provider_ends_the_page_first(cards: Cards, otherwise: str) -> None:
    more = {"token": "ok"} if otherwise == "test" else {}
    cart, _ = await cards.pay(None)
    other = await check_out(cards.buyer, cart, otherwise, **more)
    second, _ = await cards.pay(None)
    cards.stub.pay(cards.stub.session())  # in another tab, a moment ago
    late = await check_out(cards.buyer, second, otherwise, **more)
    made = await rows("SELECT provider FROM payment_attempts WHERE cart_id = %s", second)

    assert (other.status_code, other.json()["payment_provider"]) == (201, otherwise)
    assert [it["status"] for it in cards.stub.sessions.values()] == ["expired", "complete"]
    assert (late.status_code, late.json()["payment_provider"]) == (200, cards.view["name"])
    assert [it["provider"] for it in made] == [cards.view["name"]]


async def test_two_tabs_have_one_page_and_whatever_comes_at_once_makes_one_order(
    cards: Cards,
) -> None:
    cart, first = await cards.pay(None)
    second = await cards.again(cart, None)
    cards.stub.pay(cards.stub.session())
    await change("UPDATE payment_attempts SET check_at = now() WHERE cart_id = %s", cart)
    await asyncio.gather(
        give_up(cards, cart),
        stands(cards, cart),
        cards.again(cart, None),
        cards.tell(*cards.stub.events),
        sweep(cards.shop),
    )
    paid = await payment_of(cart)

    assert (first.status_code, second.status_code) == (202, 202)
    assert second.json() == first.json()
    assert len(cards.stub.sessions) == 1
    assert (paid["state"], paid["captured"], paid["doubt"]) == ("succeeded", TOTAL, None)
    assert len(await rows("SELECT id FROM orders WHERE cart_id = %s", cart)) == 1
    await expect_balanced_books()


async def test_a_lost_answer_opens_one_page(cards: Cards) -> None:
    cards.stub.lost.add("open")
    cart, unclear = await cards.pay(None)
    cards.stub.lost.clear()
    await cards.left_behind(cart)
    found = await stands(cards, cart)

    assert unclear.status_code == 503
    assert found["status"] == "requires_action"
    assert len(cards.stub.sessions) == 1


async def test_what_stripe_refuses_to_open_leaves_the_cart_open(cards: Cards) -> None:
    cart = await cards.cart()
    nowhere = await check_out(cards.buyer, cart, cards.view["name"])
    keys = {"credentials": {"secret_key": "sk_test_revoked99"}}
    await cards.staff.patch(f"{WHERE}/{cards.view['id']}", json=keys)
    refused = await cards.again(cart, None)
    paid = await check_out(cards.buyer, cart, "test", token="ok")

    assert nowhere.json()["type"] == "/problems/return-url-missing"
    assert (nowhere.status_code, nowhere.json()["errors"][0]["pointer"]) == (
        422,
        "/payment/return_url",
    )
    assert (refused.status_code, refused.json()["reason"]) == (402, "refused")
    assert paid.status_code == 201


@pytest.mark.parametrize("paid", [True, False])
async def test_when_the_hold_ends_the_page_is_closed_or_the_order_is_placed(
    cards: Cards, *, paid: bool
) -> None:
    cart, _ = await cards.pay(None)
    session = cards.stub.session()
    if paid:
        cards.stub.pay(session)
    await change("UPDATE payment_attempts SET held_until = now() WHERE cart_id = %s", cart)
    await cards.check(cart)
    after = await payment_of(cart)

    assert session["status"] == ("complete" if paid else "expired")
    assert after["state"] == ("succeeded" if paid else "expired")
    assert (after["order_id"] is not None) == paid


@pytest.mark.parametrize("yes", [True, False])
async def test_money_that_takes_days_comes_or_does_not(cards: Cards, *, yes: bool) -> None:
    cart, _ = await cards.pay(None)
    session = cards.stub.session()
    cards.stub.pay(session, "pm_later")
    waits = await stands(cards, cart)
    stays = (await give_up(cards, cart)).json()
    cards.stub.arrive(session, yes=yes)
    await cards.tell(*cards.stub.events)
    after = await payment_of(cart)

    assert (waits["status"], stays["status"]) == ("processing", "processing")
    assert after["state"] == ("succeeded" if yes else "declined")


async def test_what_is_held_on_the_page_is_captured_later_in_part(cards: Cards) -> None:
    async with channel(cards.staff, capture="manual"):
        cart, _ = await cards.pay(None)
        cards.stub.pay(cards.stub.session())
        order = (await give_up(cards, cart)).json()["order"]
        path = f"/v1/admin/orders/{order['id']}/capture"
        taken = await cards.staff.post(path, json={"amount": 1_000})

    assert order["payment_status"] == "authorised"
    assert (taken.status_code, taken.json()["captured"]) == (200, 1_000)
    assert cards.stub.only()["amount_received"] == 1_000


async def test_what_was_read_of_the_page_before_it_was_paid_undoes_nothing(cards: Cards) -> None:
    cart, _ = await cards.pay(None)
    page = cards.stub.session()["id"]
    async with reading() as session:
        before = await attempts.of_cart(session, cart)
    cards.stub.pay(cards.stub.session())
    await stands(cards, cart)
    for stale in (PaymentState.REQUIRES_ACTION, PaymentState.EXPIRED):
        await record(before, Standing(stale, page, page=page), Context(utcnow()))
    second = Standing(PaymentState.CAPTURED, "pi_other", captured=TOTAL)
    unchanged = await payment_of(cart)
    await record(before, second, Context(utcnow()))

    assert (unchanged["state"], unchanged["doubt"]) == ("succeeded", None)
    assert (await payment_of(cart))["doubt"] == "reference"


async def test_an_order_is_paid_later_on_the_page_at_the_second_try(cards: Cards) -> None:
    order = await an_order(cards.staff, cards.buyer)
    token = {"access_token": order["access_token"]}
    path = f"/v1/orders/{order['id']}/payment"
    body = {"payment": {"provider": cards.view["name"], "return_url": BACK}}
    first = await cards.buyer.post(f"{path}s", json=body, params=token)
    foreign = await a_browser(cards.shop).delete(path)
    ended = await cards.buyer.delete(path, params=token)
    await cards.buyer.post(f"{path}s", json=body, params=token)
    instead = {"payment": {"provider": "test", "token": "challenge"}}
    other = await cards.buyer.post(f"{path}s", json=instead, params=token)
    third = await cards.buyer.post(f"{path}s", json=body, params=token)
    cards.stub.pay(cards.stub.session())
    paid = (await cards.buyer.get(path, params=token)).json()

    assert (first.status_code, foreign.status_code) == (202, 404)
    assert ended.json()["status"] == "expired"
    assert (other.status_code, third.status_code) == (202, 202)
    closed = ["expired", "expired", "complete"]
    assert [it["status"] for it in cards.stub.sessions.values()] == closed
    assert (paid["status"], paid["order"]["payment_status"]) == ("succeeded", "paid")


async def test_a_card_can_be_kept_for_later_from_the_page(cards: Cards) -> None:
    usage = {"options": {"setup_future_usage": "off_session"}}
    await cards.staff.patch(f"{WHERE}/{cards.view['id']}", json=usage)
    spanish = {"accept-language": "es"}
    cart, name = await cards.cart(), cards.view["name"]
    await check_out(cards.buyer, cart, name, return_url=BACK, headers=spanish)
    asked = cards.stub.session()["asked"]

    assert asked["locale"] == "es"
    assert asked["payment_intent_data[setup_future_usage]"] == "off_session"
    assert asked["customer"].startswith("cus_")
    assert "customer_email" not in asked
    assert UUID(asked["metadata[trastienda_payment]"])
    assert int(asked["expires_at"]) > time.time()
