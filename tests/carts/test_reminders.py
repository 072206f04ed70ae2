"""Carts that were left: who asked for it is reminded once, and comes back to what was in them."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient, Response
from litestar.types import ASGIApp
from support.background import ask, body, change, mails_about
from support.people import a_browser, a_customer, an_address
from support.products import a_cart, a_cart_to_order, a_sku_for_sale, check_out
from support.refusals import refusal

from trastienda.controllers import carts
from trastienda.database.db import reading, transaction, utcnow
from trastienda.schemas.carts.reminder import ReminderDraft
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import ANYONE
from trastienda.services.accounts.throttles import SlowDown
from trastienda.services.carts import reminders
from trastienda.services.carts.reminders import token
from trastienda.services.mail import consents as mail_consents
from trastienda.settings import Settings

HOURS = timedelta(hours=24)


async def wish(buyer: AsyncClient, cart: dict[str, Any], email: str) -> Response:
    return await buyer.put(f"/v1/carts/{cart['id']}/reminder", json={"email": email})


async def tell(at: datetime) -> None:
    while await carts.tell_abandoned(Context(at)):
        pass


async def told(email: str) -> list[dict[str, Any]]:
    rows = await ask(
        "SELECT data FROM events WHERE type = 'cart.abandoned' AND data ->> 'email' = %s", email
    )
    return [data for (data,) in rows]


async def link(email: str) -> str:
    ((id_,),) = await ask("SELECT id FROM cart_reminders WHERE email = %s", email)
    return token(id_)


async def restore(buyer: AsyncClient, token: str) -> Response:
    return await buyer.post("/v1/carts/restored", json={"token": token})


async def a_left_cart(staff: AsyncClient, buyer: AsyncClient, email: str) -> dict[str, Any]:
    cart = await a_cart_to_order(buyer, **{await a_sku_for_sale(staff, stock=9): 2})
    assert (await wish(buyer, cart, email)).status_code == 200
    return cart


async def test_who_asked_is_told_of_once_and_only_when_it_is_time(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    email = an_address()
    cart = await a_left_cart(staff, buyer, email.upper())

    await tell(utcnow() + HOURS - timedelta(minutes=1))
    early = await told(email)
    await asyncio.gather(*(tell(utcnow() + HOURS) for _ in range(4)))
    await tell(utcnow() + 30 * HOURS)

    (event,) = await told(email)
    assert early == []
    assert (event["totals"], event["locale"]) == (cart["totals"], "en")
    assert [(line["sku"], line["quantity"]) for line in event["lines"]] == [
        (cart["lines"][0]["sku"], 2)
    ]
    assert cart["id"] not in str(event)
    assert "shipping_address" not in event


async def test_nobody_is_reminded_who_did_not_ask_or_changed_their_mind(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    email = an_address()
    cart = await a_left_cart(staff, buyer, email)
    forgotten = await buyer.delete(f"/v1/carts/{cart['id']}/reminder")
    silent = await a_cart_to_order(buyer, **{await a_sku_for_sale(staff): 1})

    await tell(utcnow() + HOURS)

    assert forgotten.status_code == 204
    assert await told(email) == await told(silent["email"]) == []


async def test_who_takes_a_wish_back_and_says_it_anew_causes_no_second_mail(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    email, other = an_address(), an_address()
    cart = await a_left_cart(staff, buyer, email)
    await tell(utcnow() + HOURS)

    await buyer.delete(f"/v1/carts/{cart['id']}/reminder")
    anew = await wish(buyer, cart, email)
    elsewhere = await wish(buyer, cart, other)
    await a_left_cart(staff, buyer, email)
    await tell(utcnow() + 2 * HOURS)

    assert (anew.status_code, elsewhere.status_code) == (200, 200)
    assert (len(await told(email)), await told(other)) == (1, [])


async def test_who_has_bought_is_left_in_peace(
    staff: AsyncClient, buyer: AsyncClient, shop: ASGIApp
) -> None:
    same, other = an_address(), an_address()
    cart = await a_left_cart(staff, buyer, same)
    assert (await check_out(buyer, cart["id"])).status_code == 201
    await a_left_cart(staff, buyer, other)
    elsewhere = await a_cart_to_order(buyer, **{await a_sku_for_sale(staff): 1})
    contact = {"email": other.title(), "shipping_address": elsewhere["shipping_address"]}
    await buyer.put(f"/v1/carts/{elsewhere['id']}/contact", json=contact)
    assert (await check_out(buyer, elsewhere["id"])).status_code == 201
    customer, mine = await a_customer(shop), an_address()
    await a_left_cart(staff, customer, mine)
    again = await a_cart_to_order(customer, **{await a_sku_for_sale(staff): 1})
    assert (await check_out(customer, again["id"])).status_code == 201

    await tell(utcnow() + HOURS)

    assert [await told(each) for each in (same, other, mine)] == [[], [], []]


async def test_a_reminder_that_is_queued_is_not_wanted_any_more_once_the_cart_is_bought(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    email = an_address()
    cart = await a_left_cart(staff, buyer, email)
    await tell(utcnow() + HOURS)
    ((id_,),) = await ask("SELECT id FROM cart_reminders WHERE email = %s", email)

    async with reading() as session:
        before = await reminders.wanted(session, id_, utcnow())
    await check_out(buyer, cart["id"])
    async with reading() as session:
        after = await reminders.wanted(session, id_, utcnow())

    assert (before, after) == (True, False)


async def test_an_address_is_reminded_of_one_cart_in_a_week(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    email = an_address()
    for _ in range(2):
        await a_left_cart(staff, buyer, email)

    await tell(utcnow() + HOURS)
    in_a_day = len(await told(email))
    await tell(utcnow() + HOURS + timedelta(days=7))

    assert (in_a_day, len(await told(email))) == (1, 2)


async def test_two_nodes_at_once_do_not_remind_an_address_of_a_cart_each(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    email, at = an_address(), utcnow() + 2 * HOURS
    await a_left_cart(staff, buyer, email)

    async with transaction() as one:  # it has looked, and is about to write down whom it told
        found = await reminders.due(one, at)
        await a_left_cart(staff, buyer, email)
        other = await carts.tell_abandoned(Context(at))
        await reminders.mark(one, found, at)
    await tell(at)

    query = "SELECT count(*) FROM cart_reminders WHERE email = %s AND reminded_at IS NOT NULL"
    assert email in {left.email for left in found}
    assert (other, await ask(query, email), await told(email)) == (0, [(1,)], [])


async def test_a_shop_that_reminds_nobody(staff: AsyncClient, buyer: AsyncClient) -> None:
    email = an_address()
    await a_left_cart(staff, buyer, email)
    off = await staff.patch("/v1/admin/channel", json={"reminder_after": None})
    await tell(utcnow() + 30 * HOURS)
    on = await staff.patch("/v1/admin/channel", json={"reminder_after": 24})

    assert (off.json()["reminder_after"], on.json()["reminder_after"]) == (None, 24)
    assert await told(email) == []


async def test_the_link_opens_a_new_cart_without_anybodys_address(
    staff: AsyncClient, buyer: AsyncClient, shop: ASGIApp
) -> None:
    email = an_address()
    cart = await a_left_cart(staff, buyer, email)
    await tell(utcnow())
    await tell(utcnow() + HOURS)
    answer = await restore(a_browser(shop), await link(email))

    restored = answer.json()
    assert answer.status_code == 201
    assert restored["id"] != cart["id"]
    assert [(line["sku"], line["quantity"]) for line in restored["lines"]] == [
        (line["sku"], line["quantity"]) for line in cart["lines"]
    ]
    assert (restored["email"], restored["shipping_address"]) == (None, None)
    assert (await buyer.get(f"/v1/carts/{cart['id']}")).json()["email"] == cart["email"]


@pytest.mark.parametrize(
    "spoiled",
    [
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: "0" * 32 + token[32:],
        lambda token: token.partition(".")[0],
        lambda _: "é" * 32,
        lambda _: ".",
    ],
)
async def test_a_link_that_somebody_made_up_opens_nothing(
    staff: AsyncClient, buyer: AsyncClient, spoiled: Callable[[str], str]
) -> None:
    email = an_address()
    await a_left_cart(staff, buyer, email)
    await tell(utcnow() + HOURS)

    answer = await restore(buyer, spoiled(await link(email)))

    assert refusal(answer)[:2] == (422, "link-unusable")


async def test_a_link_ends_with_the_cart_and_after_a_month(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    old, bought = an_address(), an_address()
    await a_left_cart(staff, buyer, old)
    cart = await a_left_cart(staff, buyer, bought)
    await tell(utcnow() + HOURS)
    await change(
        "UPDATE cart_reminders SET reminded_at = now() - interval '31 days' WHERE email = %s", old
    )
    await check_out(buyer, cart["id"])

    answers = [await restore(buyer, await link(each)) for each in (old, bought)]

    assert [answer.status_code for answer in answers] == [422, 409]


async def test_only_who_has_the_cart_says_who_is_reminded(
    staff: AsyncClient, buyer: AsyncClient, shop: ASGIApp
) -> None:
    theirs = await a_cart(await a_customer(shop), **{await a_sku_for_sale(staff): 1})
    nowhere = {"id": "no-such-cart"}

    answers = [await wish(buyer, each, an_address()) for each in (theirs, nowhere)]
    answers.append(await buyer.delete(f"/v1/carts/{theirs['id']}/reminder"))
    nobody = await wish(buyer, await a_cart(buyer), "nobody")

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert nobody.status_code == 400


async def a_mail_about(email: str, settings: Settings) -> list[EmailMessage]:
    ((id_,),) = await ask("SELECT id FROM cart_reminders WHERE email = %s", email)
    return await mails_about(id_, settings)


async def test_the_mail_tells_what_was_left_and_can_be_stopped_by_one_click(
    staff: AsyncClient, buyer: AsyncClient, shop: ASGIApp, settings: Settings
) -> None:
    email = an_address()
    cart = await a_left_cart(staff, buyer, email)
    await tell(utcnow() + HOURS)
    (mail,) = await a_mail_about(email, settings)
    stop = str(mail["List-Unsubscribe"]).strip("<>").replace(settings.url, "")
    stopped = await a_browser(shop).post(stop, data={"List-Unsubscribe": "One-Click"})

    assert mail["To"] == email
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert cart["lines"][0]["name"] in body(mail)
    assert await link(email) in body(mail)
    assert cart["id"] not in mail.as_string()
    assert stopped.status_code == 200
    await a_left_cart(staff, buyer, other := an_address())
    await tell(utcnow() + HOURS)
    ((id_,),) = await ask("SELECT id FROM cart_reminders WHERE email = %s", other)
    await change("UPDATE cart_reminders SET email = %s WHERE id = %s", email, id_)
    await change(
        "UPDATE events SET data = data || jsonb_build_object('email', %s::text)"
        " WHERE aggregate_id = %s",
        email,
        id_,
    )
    assert await mails_about(id_, settings) == []


async def test_no_mail_goes_out_once_the_cart_is_bought(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    email = an_address()
    cart = await a_left_cart(staff, buyer, email)
    await tell(utcnow() + HOURS)
    await check_out(buyer, cart["id"])

    assert await a_mail_about(email, settings) == []
    assert await ask("SELECT state FROM letters_sent WHERE recipient = %s", email) == [
        ("suppressed",)
    ]


async def test_no_mail_goes_out_once_the_wish_is_taken_back(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    email = an_address()
    cart = await a_left_cart(staff, buyer, email)
    await tell(utcnow() + HOURS)
    await buyer.delete(f"/v1/carts/{cart['id']}/reminder")

    assert await a_mail_about(email, settings) == []
    assert await ask("SELECT state FROM letters_sent WHERE recipient = %s", email) == [
        ("suppressed",)
    ]


async def test_who_has_unsubscribed_is_not_subscribed_again_by_others(
    staff: AsyncClient, buyer: AsyncClient, shop: ASGIApp
) -> None:
    email = an_address()
    stop = mail_consents.link("", email)
    await a_browser(shop).post(stop, data={"List-Unsubscribe": "One-Click"})
    stranger = await wish(buyer, await a_cart(buyer, **{await a_sku_for_sale(staff): 1}), email)
    async with reading() as session:
        after_stranger = await mail_consents.allowed(session, email)

    owner = await a_customer(shop, email)
    cart = await a_cart(owner, **{await a_sku_for_sale(staff): 1})
    others = await wish(owner, cart, an_address())
    own = await wish(owner, cart, email)
    async with reading() as session:
        after_owner = await mail_consents.allowed(session, email)

    assert [it.status_code for it in (stranger, others, own)] == [200, 200, 200]
    assert (after_stranger, after_owner) == (False, True)


async def test_who_names_many_addresses_has_to_wait(staff: AsyncClient, buyer: AsyncClient) -> None:
    cart = await a_cart(buyer, **{await a_sku_for_sale(staff): 1})
    now, machine = utcnow(), uuid4().hex

    async def name(email: str, client: str | None = machine) -> None:
        draft = ReminderDraft(email)
        await carts.request_reminder(ANYONE, cart["id"], draft, client, Context(now))

    for _ in range(19):
        await name(an_address())
    again = an_address()
    await name(again)
    with pytest.raises(SlowDown):
        await name(again)
    for _ in range(3):
        await name(an_address(), None)  # where limits are off
