"""Forgetting what nobody needs, and finishing what somebody left."""

from datetime import timedelta
from secrets import token_hex
from uuid import uuid4

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.background import ask, body, change, mails_about, relay_all
from support.people import a_browser, a_customer, an_address, attempts, register
from support.products import a_cart_to_order, a_sku_for_sale, check_out, stock_of

from trastienda.application import Application
from trastienda.controllers import carts
from trastienda.controllers.jobs import sweeps
from trastienda.controllers.orders.place import begin
from trastienda.database.db import utcnow
from trastienda.jobs.sweeps import settle_abandoned
from trastienda.schemas.orders.order import Checkout, PaymentChoice
from trastienda.schemas.payments.attempt import Attempt
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.settings import Settings


async def keys_like(key: str) -> int:
    ((found,),) = await ask("SELECT count(*) FROM idempotency_keys WHERE key LIKE %s", f"{key}%")
    return int(found)


async def age(table: str, column: str, by: timedelta, **named: object) -> None:
    """Make a row older than it is."""
    ((name, value),) = named.items()
    statement = f"UPDATE {table} SET {column} = {column} - %s WHERE {name} = %s"  # noqa: S608
    assert await change(statement, by, value) == 1


async def test_idempotency_keys_are_kept_for_two_days(buyer: AsyncClient) -> None:
    key = token_hex(16)
    for name in ("old", "new"):
        await buyer.post("/v1/carts", json={}, headers={"Idempotency-Key": f"{key}-{name}"})
    await age("idempotency_keys", "created_at", timedelta(hours=49), key=f"{key}-old")
    await age("idempotency_keys", "created_at", timedelta(hours=47), key=f"{key}-new")
    await sweeps.sweep(utcnow())

    assert (await keys_like(f"{key}-old"), await keys_like(f"{key}-new")) == (0, 1)


async def test_much_is_swept_in_batches(statements: list[str]) -> None:
    key = token_hex(16)
    await change(
        "INSERT INTO idempotency_keys (scope, key, digest, created_at)"
        " SELECT 'test', %s || number, '', now() - interval '3 days'"
        " FROM generate_series(1, 2500) AS number",
        key,
    )
    statements.clear()
    swept = await sweeps.sweep(utcnow())

    assert await keys_like(key) == 0
    assert swept["idempotency keys"] >= 2_500
    assert sum("DELETE FROM idempotency_keys" in it for it in statements) == 3


async def test_sessions_that_have_ended_are_forgotten(shop: ASGIApp) -> None:
    first, second = an_address(), an_address()
    for email in (first, second):
        await a_customer(shop, email)
    query = "SELECT sessions.id FROM sessions JOIN users ON users.id = user_id WHERE email = %s"
    ((ended,),), ((idle,),) = await ask(query, first), await ask(query, second)
    await age("sessions", "created_at", timedelta(days=61), id=ended)
    await age("sessions", "expires_at", timedelta(days=61), id=ended)
    await age("sessions", "seen_at", timedelta(days=13), id=idle)
    await sweeps.sweep(utcnow())
    assert (await ask(query, first), await ask(query, second)) == ([], [(idle,)])

    await age("sessions", "seen_at", timedelta(days=2), id=idle)
    await sweeps.sweep(utcnow())
    assert await ask(query, second) == []


async def test_registrations_that_nobody_confirmed_are_forgotten(shop: ASGIApp) -> None:
    email = an_address()
    await register(a_browser(shop), email)
    (attempt,) = await attempts(email)
    query = "SELECT 1 FROM verifications WHERE id = %s"
    await age("verifications", "created_at", timedelta(days=8), id=attempt)
    await age("verifications", "expires_at", timedelta(days=6), id=attempt)
    await sweeps.sweep(utcnow())
    assert await ask(query, attempt) == [(1,)]

    await age("verifications", "expires_at", timedelta(days=2), id=attempt)
    await sweeps.sweep(utcnow())
    assert await ask(query, attempt) == []


@pytest.mark.usefixtures("shop")
async def test_failures_to_log_in_are_forgotten_after_a_quiet_day() -> None:
    old, new = uuid4().bytes * 2, uuid4().bytes * 2
    for key, hours in ((old, 25), (new, 23)):
        await change(
            "INSERT INTO login_failures (key, failures, last_at, blocked_until)"
            " VALUES (%s, 1, now() - make_interval(hours => %s), now())",
            key,
            hours,
        )
    await sweeps.sweep(utcnow())

    assert await ask("SELECT key FROM login_failures WHERE key = ANY(%s)", [old, new]) == [(new,)]


@pytest.mark.usefixtures("shop")
async def test_jobs_that_failed_are_kept_for_thirty_days() -> None:
    lock = str(uuid4())
    await change(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, status)"
        " VALUES ('none', 'none', %s, 'todo')",
        lock,
    )
    await change("UPDATE procrastinate_jobs SET status = 'failed' WHERE lock = %s", lock)
    query = "SELECT status::text FROM procrastinate_jobs WHERE lock = %s"
    ended = (
        "UPDATE procrastinate_events SET at = at - make_interval(days => %s)"
        " WHERE job_id = (SELECT id FROM procrastinate_jobs WHERE lock = %s)"
    )
    await change(ended, 29, lock)
    await sweeps.sweep(utcnow())
    assert await ask(query, lock) == [("failed",)]

    await change(ended, 2, lock)
    await sweeps.sweep(utcnow())
    assert await ask(query, lock) == []


async def events_of(email: str) -> list[str]:
    rows = await ask(
        "SELECT type FROM events WHERE data ->> 'email' = %s OR data ->> 'recipient' = %s"
        " ORDER BY created_at",
        email,
        email,
    )
    return [type_ for (type_,) in rows]


async def test_no_address_outlives_the_mail_the_cart_and_the_payment_that_it_was_for(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    email, sku = an_address(), await a_sku_for_sale(staff, stock=9)
    cart = await a_cart_to_order(buyer, **{sku: 1})
    contact = {"email": email, "shipping_address": cart["shipping_address"]}
    await buyer.put(f"/v1/carts/{cart['id']}/contact", json=contact)
    await buyer.put(f"/v1/carts/{cart['id']}/reminder", json={"email": email})
    while await carts.tell_abandoned(Context(utcnow() + timedelta(hours=25))):
        pass
    assert (await check_out(buyer, cart["id"], "test", token="decline")).status_code == 402
    order = (await check_out(buyer, cart["id"], "manual")).json()
    await mails_about(order["id"], settings)
    query = "SELECT id FROM letters_sent WHERE recipient = %s AND letter = 'order_placed'"
    ((mail,),) = await ask(query, email)
    assert (await staff.post(f"/v1/admin/mail/{mail}/resend")).status_code == 202
    await relay_all()
    told = ["mail_consent.granted", "cart.abandoned", "payment.declined", "order.placed"]
    assert sorted(await events_of(email)) == sorted([*told, "letter.resent"])

    await older(email, 89)
    await sweeps.sweep(utcnow())
    assert sorted(await events_of(email)) == sorted([*told, "letter.resent"])
    assert await ask("SELECT 1 FROM cart_reminders WHERE email = %s", email) == [(1,)]

    await older(email, 2)
    await sweeps.sweep(utcnow())
    assert await events_of(email) == ["mail_consent.granted", "order.placed", "letter.resent"]
    assert await ask("SELECT 1 FROM cart_reminders WHERE email = %s", email) == []
    assert len(await ask(query, email)) == 1

    await older(email, 90)
    await sweeps.sweep(utcnow())
    assert await events_of(email) == ["mail_consent.granted", "order.placed"]
    assert await ask(query, email) == []


async def older(email: str, days: int) -> None:
    """Let so many days pass for all that is known of an address, but for its order."""
    by = timedelta(days=days)
    await change(
        "UPDATE events SET relayed_at = relayed_at - %s"
        " WHERE data ->> 'email' = %s OR data ->> 'recipient' = %s",
        by,
        email,
        email,
    )
    await change(
        "UPDATE cart_reminders SET consented_at = consented_at - %s WHERE email = %s", by, email
    )
    await change(
        "UPDATE letters_sent SET created_at = created_at - %s WHERE recipient = %s", by, email
    )


async def begin_to_pay(shop: Application, buyer: AsyncClient, sku: str, outcome: str = "ok") -> str:
    """Do the first half of a checkout, as a process that dies before the second one."""
    cart = await a_cart_to_order(buyer, **{sku: 1})
    checkout = Checkout(payment=PaymentChoice(provider="test", token=outcome))
    begun = await begin(
        Visitor(), cart["id"], checkout, shop.process.providers, Context(asked_at=utcnow())
    )
    assert isinstance(begun, Attempt)
    return str(cart["id"])


async def test_a_payment_that_a_process_left_behind_is_finished(
    staff: AsyncClient, buyer: AsyncClient, shop: Application
) -> None:
    sku = await a_sku_for_sale(staff, stock=3)
    cart = await begin_to_pay(shop, buyer, sku)
    while await settle_abandoned(shop.process.providers):
        pass
    assert await ask("SELECT 1 FROM orders WHERE cart_id = %s", cart) == []  # its lease still runs

    await age("payment_attempts", "leased_until", timedelta(seconds=31), cart_id=cart)
    while await settle_abandoned(shop.process.providers):
        pass
    await relay_all()

    answer = await check_out(buyer, cart, "test", token="ok")
    assert (answer.status_code, answer.json()["payment_status"]) == (200, "paid")
    assert await stock_of(staff, sku) == {"on_hand": 3, "reserved": 1, "available": 2}


async def test_whose_payment_was_declined_behind_their_back_gets_a_mail(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings, shop: Application
) -> None:
    sku = await a_sku_for_sale(staff, stock=3)
    cart = await begin_to_pay(shop, buyer, sku, "decline")
    await age("payment_attempts", "leased_until", timedelta(seconds=31), cart_id=cart)
    while await settle_abandoned(shop.process.providers):
        pass
    answered = await check_out(buyer, cart, "test", token="decline")
    behind, told = await ask("SELECT id FROM payment_attempts WHERE cart_id = %s ORDER BY id", cart)

    assert answered.status_code == 402
    (mail,) = await mails_about(behind[0], settings)
    assert mail["To"] == "ada@example.com"
    assert mail["Subject"] == "Your payment of €17.40 did not go through"
    assert "Nothing was ordered." in body(mail)
    assert await mails_about(told[0], settings) == []
    assert await stock_of(staff, sku) == {"on_hand": 3, "reserved": 0, "available": 3}
