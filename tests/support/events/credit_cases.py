"""What can be done with gift cards and store credit, and what each leaves in the events."""

from datetime import timedelta
from uuid import UUID

from support.background import ask, relay_all
from support.events.use_cases import Act, World, leaves
from support.payments.credit import CARDS, CREDIT, WHY, a_cart_of, a_gift_card, given, pay
from support.payments.gift_sales import issue_all, vouchers_ordered
from support.people import a_customer, an_address
from support.refunds import granted, send_all

from trastienda.controllers import payments
from trastienda.controllers.credit.expire import expire_gift_cards
from trastienda.controllers.mail import mails
from trastienda.database.db import utcnow
from trastienda.schemas.shared.context import Context
from trastienda.services.mail.rendering import MailSettings

ADJUSTMENT = {"amount": -1, "reason": WHY}


@leaves("credit.gift_cards.issue", "gift_card.issued by key", "gift_card.sent by key")
async def a_gift_card_for_somebody(world: World) -> Act:
    return lambda: a_gift_card(world.staff, recipient={"email": an_address()})


@leaves(
    "orders.issue_gift_cards._issue",
    "gift_card.issued by system",
    "gift_card.sent by system",
    "order.fulfilment_changed by system",
)
async def gift_cards_that_are_paid(world: World) -> Act:
    await issue_all()
    await vouchers_ordered(world.staff, world.buyer, 1)
    return issue_all


@leaves("credit.gift_cards.issue_many", *["gift_card.issued by key"] * 2)
async def many_gift_cards(world: World) -> Act:
    return lambda: world.staff.post(f"{CARDS}/bulk", json={"amount": 1, "count": 2})


@leaves("credit.gift_cards.change", "gift_card.changed by key")
async def a_disabled_gift_card(world: World) -> Act:
    card = await a_gift_card(world.staff)
    return lambda: world.staff.patch(f"{CARDS}/{card['id']}", json={"disabled": True})


@leaves("credit.gift_cards.adjust", "gift_card.balance_changed by key")
async def an_adjusted_gift_card(world: World) -> Act:
    card = await a_gift_card(world.staff)
    return lambda: world.staff.post(f"{CARDS}/{card['id']}/adjustments", json=ADJUSTMENT)


@leaves("credit.gift_cards.send", "gift_card.sent by key")
async def a_gift_card_that_is_sent(world: World) -> Act:
    card, email = await a_gift_card(world.staff), an_address()
    return lambda: world.staff.post(f"{CARDS}/{card['id']}/send", json={"email": email})


@leaves("mail.mails._data", "gift_card.changed by system")
async def a_code_that_is_written(world: World) -> Act:
    card = await a_gift_card(world.staff, recipient={"email": an_address()})
    await relay_all()
    [(event,)] = await ask(
        "SELECT id FROM events WHERE aggregate_id = %s AND type = 'gift_card.sent'", card["id"]
    )
    [mail] = await mails.queue(UUID(str(event)))
    leased = await mails.begin(mail)
    assert leased is not None
    return lambda: mails.write(leased, MailSettings("shop@shop.example", "https://shop.example"))


@leaves("credit.expire._expire", "gift_card.expired by system")
async def a_gift_card_that_expires(world: World) -> Act:
    now = utcnow()
    while await expire_gift_cards(Context(now + timedelta(days=9))):
        pass
    await a_gift_card(world.staff, expires_at=(now + timedelta(days=8)).isoformat())
    return lambda: expire_gift_cards(Context(now + timedelta(days=9)))


@leaves("credit.store_credit.give", "store_credit.changed by key")
async def store_credit_that_is_given(world: World) -> Act:
    customer = await a_customer(world.shop)
    return lambda: given(world.staff, customer)


@leaves("credit.store_credit.adjust", "store_credit.changed by key")
async def store_credit_that_is_taken(world: World) -> Act:
    account = await given(world.staff, await a_customer(world.shop))
    return lambda: world.staff.post(f"{CREDIT}/{account['id']}/adjustments", json=ADJUSTMENT)


@leaves(
    "orders.place._pay_later",
    "gift_card.balance_changed by guest",
    "order.placed by guest",
    "stock.changed by guest",
)
async def an_order_that_a_gift_card_pays(world: World) -> Act:
    cart = await a_cart_of(world.staff, world.buyer, await a_gift_card(world.staff))
    return lambda: pay(world.buyer, cart)


@leaves("payments.send.record", "gift_card.balance_changed by system", "refund.succeeded by system")
async def a_refund_to_a_gift_card(world: World) -> Act:
    card = await a_gift_card(world.staff)
    placed = await pay(world.buyer, await a_cart_of(world.staff, world.buyer, card))
    await send_all(world.shop)
    await granted(world.staff, placed.json(), amount=100)
    return lambda: payments.send_refunds(world.shop.process.providers, Context(utcnow()))
