"""What payment providers tell the shop: verified, kept once, and only a hint to read back."""

from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest
from httpx import AsyncClient
from support.background import change
from support.payments.books import (
    WEBHOOK,
    a_waiting_cart,
    books_of,
    payment_of,
    rows,
    say,
    send,
)
from support.products import stock_of

from trastienda.application import Application
from trastienda.controllers.orders import work_off_notices
from trastienda.controllers.payments import simulated
from trastienda.database.db import utcnow
from trastienda.schemas.shared.context import Context
from trastienda.services.payments.simulated.cards import SIGNATURE, Event, Signed, signed


async def a_webhook(cart: str, *, event_id: str | None = None, **ago: int) -> Signed:
    """Write a webhook about the payment of a cart, as the provider does."""
    reference = (await books_of(cart))["reference"]
    event = Event(event_id or f"evt_{uuid4().hex}", "payment.succeeded", reference)
    return signed(event, utcnow() - timedelta(**ago))


async def spoken_of(reference: str) -> Event:
    """Take webhooks that are due until one is about this payment: other tests leave some, too."""
    while due := await simulated.speak():
        for event in due:
            if event.payment == reference:
                return event
    raise AssertionError(reference)


async def orders_of(cart: str) -> list[str]:
    found = await rows("SELECT payment_status FROM orders WHERE cart_id = %s", cart)
    return [row["payment_status"] for row in found]


async def test_a_buyer_who_never_comes_back_has_the_order_all_the_same(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, _, answer = await a_waiting_cart(staff, buyer)
    await say(buyer, answer, "succeed")

    assert await send(buyer, await a_webhook(cart)) == [200]
    assert await orders_of(cart) == ["paid"]


async def test_the_simulated_provider_ends_with_the_first_webhook_that_is_taken(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    """A slow machine takes the first when the second is on its way already."""
    cart, _, answer = await a_waiting_cart(staff, buyer)
    await say(buyer, answer, "succeed")
    reference = (await books_of(cart))["reference"]
    first = await spoken_of(reference)
    await change("UPDATE test_payments SET notify_at = now() WHERE reference = %s", reference)
    second = await spoken_of(reference)

    await simulated.heard(first)
    assert (await books_of(cart))["notify_at"] is None
    assert first.id != second.id


async def test_the_same_webhook_again_changes_nothing(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, sku, answer = await a_waiting_cart(staff, buyer, stock=5)
    await say(buyer, answer, "succeed")
    webhook, other = await a_webhook(cart), await a_webhook(cart)

    assert await send(buyer, webhook, webhook, other, webhook) == [200, 200, 200, 200]
    assert await orders_of(cart) == ["paid"]
    kept = await rows(
        "SELECT outcome FROM payment_notices WHERE reference = %s",
        (await books_of(cart))["reference"],
    )
    assert [row["outcome"] for row in kept] == ["settled", "settled"]
    assert (await stock_of(staff, sku))["reserved"] == 1


async def test_what_a_webhook_says_decides_nothing(staff: AsyncClient, buyer: AsyncClient) -> None:
    cart, _, _ = await a_waiting_cart(staff, buyer)

    assert await send(buyer, await a_webhook(cart)) == [200]
    assert await orders_of(cart) == []
    assert (await payment_of(cart))["state"] == "requires_action"


async def test_a_webhook_that_comes_before_our_own_note_is_kept_until_it_fits(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, _, answer = await a_waiting_cart(staff, buyer)
    await say(buyer, answer, "succeed")
    webhook = await a_webhook(cart)
    payment = await payment_of(cart)
    await change("UPDATE payment_attempts SET reference = NULL WHERE id = %s", payment["id"])
    await send(buyer, webhook)
    before = await orders_of(cart)
    await change(
        "UPDATE payment_attempts SET reference = %s WHERE id = %s",
        payment["reference"],
        payment["id"],
    )
    await change(
        "UPDATE payment_notices SET due_at = now() WHERE reference = %s", payment["reference"]
    )
    await work_off_notices(shop.process.providers, Context(utcnow()))

    assert before == []
    assert await orders_of(cart) == ["paid"]


async def test_a_webhook_about_nothing_of_ours_is_given_up_after_a_day(
    shop: Application, buyer: AsyncClient
) -> None:
    name = f"test_{uuid4().hex}"
    await send(buyer, signed(Event(uuid4().hex, "payment.succeeded", name), utcnow()))
    await change(
        "UPDATE payment_notices SET due_at = now(), received_at = now() - interval '25 hours'"
        " WHERE reference = %s",
        name,
    )
    await work_off_notices(shop.process.providers, Context(utcnow()))

    (kept,) = await rows("SELECT due_at, outcome FROM payment_notices WHERE reference = %s", name)
    assert kept == {"due_at": None, "outcome": "unknown"}


@pytest.mark.parametrize("flaw", ["body", "none", "old", "future", "not ascii", "no number"])
async def test_a_webhook_that_the_provider_did_not_sign_now_is_refused(
    staff: AsyncClient, buyer: AsyncClient, flaw: str
) -> None:
    cart, _, _ = await a_waiting_cart(staff, buyer)
    good = await a_webhook(cart)
    signature = good.headers[SIGNATURE]
    old = (await a_webhook(cart, minutes=6)).headers[SIGNATURE]
    early = (await a_webhook(cart, minutes=-6)).headers[SIGNATURE]
    flawed: dict[str, tuple[bytes, bytes]] = {
        "body": (good.body + b" ", signature.encode()),
        "none": (good.body, b""),
        "old": (good.body, old.encode()),
        "future": (good.body, early.encode()),
        "not ascii": (good.body, signature[:-1].encode() + b"\xe9"),
        "no number": (good.body, b"soon." + signature.partition(".")[2].encode()),
    }
    body, header = flawed[flaw]

    answer = await buyer.post(WEBHOOK, content=body, headers={SIGNATURE.encode(): header})

    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/webhook-unverified")
    kept = await rows(
        "SELECT 1 FROM payment_notices WHERE event_id = %s",
        msgspec.json.decode(good.body, type=Event).id,
    )
    assert kept == []


async def test_webhooks_need_no_origin_no_token_and_a_provider_that_there_is(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, _, _ = await a_waiting_cart(staff, buyer)
    webhook = await a_webhook(cart)
    foreign = {**webhook.headers, "origin": "https://evil.example"}

    taken = await buyer.post(WEBHOOK, content=webhook.body, headers=foreign)
    unknown = await buyer.post(
        "/v1/payments/nobody/webhook", content=webhook.body, headers=webhook.headers
    )
    addressed = await buyer.post(
        WEBHOOK, content=webhook.body, headers=webhook.headers, params={"data.id": "1", "type": "p"}
    )
    large = await buyer.post(WEBHOOK, content=b" " * 300_000, headers=webhook.headers)

    assert (taken.status_code, taken.json()) == (200, {"received": True})
    assert addressed.status_code == 200
    assert (unknown.status_code, unknown.json()["type"]) == (404, "/problems/provider-not-found")
    assert (large.status_code, large.json()["type"]) == (413, "/problems/body-too-large")
