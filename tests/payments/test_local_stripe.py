"""The provider `stripe` against localstripe, which others wrote after Stripe's documentation."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from httpx import AsyncClient
from support.payments.accounts import connected, knowing
from support.payments.books import channel, payment_of
from support.products import a_cart_to_order, a_sku_for_sale, check_out
from support.refunds import granted, send_all
from support.servers.local_stripe import a_local_stripe
from support.servers.stripe_stub import CREDENTIALS, SECRET, listening
from uuid_utils.compat import uuid7

from trastienda.application import Application
from trastienda.services.payments.port import Account, Charge
from trastienda.services.payments.stripe.client import Stripe

BACK = "https://localhost:8443/paid"


@pytest.fixture(scope="module")
async def local() -> AsyncIterator[str]:
    async with a_local_stripe() as address:
        yield address


@pytest.fixture
async def account(
    local: str, shop: Application, staff: AsyncClient
) -> AsyncIterator[dict[str, Any]]:
    async with knowing(shop, addresses={"stripe": local}):
        await send_all(shop)
        yield await connected(staff, "stripe", credentials=CREDENTIALS)


async def a_cart(staff: AsyncClient, buyer: AsyncClient) -> str:
    return str((await a_cart_to_order(buyer, **{await a_sku_for_sale(staff): 1}))["id"])


async def test_cards_pay_or_are_declined_and_a_refund_goes_back(
    account: dict[str, Any], shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, name = await a_cart(staff, buyer), account["name"]
    declined = await check_out(
        buyer, cart, name, token="pm_card_chargeCustomerFail", return_url=BACK
    )
    paid = await check_out(buyer, cart, name, token="pm_card_visa", return_url=BACK)
    made = await granted(staff, paid.json(), amount=500)
    await send_all(shop)
    refund = (await staff.get(f"/v1/admin/refunds/{made['id']}")).json()

    assert (declined.status_code, declined.json()["reason"]) == (402, "card_declined")
    assert (paid.status_code, paid.json()["payment_status"]) == (201, "paid")
    assert refund["status"] == "succeeded"


async def test_a_part_of_what_is_held_is_captured_and_the_rest_cancelled(
    account: dict[str, Any], staff: AsyncClient, buyer: AsyncClient
) -> None:
    name, orders = account["name"], []
    async with channel(staff, capture="manual"):
        for _ in range(2):
            cart = await a_cart(staff, buyer)
            held = await check_out(buyer, cart, name, token="pm_card_visa", return_url=BACK)
            orders.append(f"/v1/admin/orders/{held.json()['id']}")
    captured = await staff.post(f"{orders[0]}/capture", json={"amount": 1_000})
    cancelled = await staff.post(f"{orders[1]}/cancel", json={})

    assert (captured.json()["payment_status"], captured.json()["captured"]) == (
        "partially_paid",
        1_000,
    )
    assert cancelled.json()["status"] == "cancelled"
    assert (await payment_of(cart))["state"] == "voided"


async def test_a_challenge_is_paid_and_its_own_webhook_is_understood(
    account: dict[str, Any], local: str, staff: AsyncClient, buyer: AsyncClient
) -> None:
    told: asyncio.Queue[tuple[bytes, str]] = asyncio.Queue()
    receiver = web.Application()

    async def hear(request: web.Request) -> web.Response:
        await told.put((await request.read(), request.headers["stripe-signature"]))
        return web.Response()

    receiver.router.add_post("/", hear)
    authorized = {"authorization": f"Bearer {CREDENTIALS['secret_key']}"}
    async with listening(receiver) as hook, AsyncClient(base_url=local, headers=authorized) as they:
        hearing = {"url": f"{hook}/", "secret": SECRET}
        await they.post("/_config/webhooks/shop", json=hearing)
        fields = {"type": "card", "card[number]": "4000002760003184", "card[exp_month]": "12"}
        fields |= {"card[exp_year]": "2030", "card[cvc]": "123"}
        card = (await they.post("/v1/payment_methods", data=fields)).json()["id"]
        cart = await a_cart(staff, buyer)
        waiting = await check_out(buyer, cart, account["name"], token=card, return_url=BACK)
        action = waiting.json()["payment"]["next_action"]
        reference = (await payment_of(cart))["reference"]
        answer = {"client_secret": action["data"]["client_secret"], "success": "true"}
        await they.post(f"/v1/payment_intents/{reference}/_authenticate", data=answer)
        body, signature = await told.get()
        while reference.encode() not in body:  # of another test's payment
            body, signature = await told.get()
    heard = await buyer.post(
        account["webhook_path"], content=body, headers={"stripe-signature": signature}
    )

    assert (waiting.status_code, action["type"]) == (202, "use_stripe_sdk")
    assert heard.status_code == 200
    assert (await payment_of(cart))["state"] == "succeeded"


async def test_a_payment_whose_answer_was_lost_is_found_in_the_list_where_there_is_no_search(
    account: dict[str, Any], local: str, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart = await a_cart(staff, buyer)
    await check_out(buyer, cart, account["name"], token="pm_card_visa", return_url=BACK)
    paid = await payment_of(cart)
    stripe = Stripe(Account("cards", CREDENTIALS, {}, live=False, address=local))
    lost = Charge(paid["id"], paid["amount"], "EUR", token="pm_card_visa")
    found = await stripe.read(lost)
    other = await stripe.read(lost._replace(payment_id=uuid7()))
    await stripe.close()

    assert found is not None
    assert (found.reference, found.captured) == (paid["reference"], paid["amount"])
    assert other is None
