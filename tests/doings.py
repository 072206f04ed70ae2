"""Everything that can be done to the shop, and what each leaves in the events.

The key of `DOINGS` is the use-case (module and function below `controllers/`). A doing prepares
what it needs and returns the one call that is looked at, which has not begun.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from goods import a_cart_to_order, a_product, a_sku, a_sku_for_sale, an_order, check_out
from httpx import AsyncClient
from litestar.types import ASGIApp
from people import a_browser, a_customer, an_address, attempts, mailed, register
from post import ask
from promoted import a_code, a_promotion, one
from test_letters import a_report

from trastienda.controllers import keys, letters, mail, users, webhook_deliveries
from trastienda.controllers.carts import tell_abandoned
from trastienda.controllers.orders.place import begin
from trastienda.controllers.orders.settle import settle
from trastienda.database.db import utcnow
from trastienda.database.models.sent_letter import LetterState
from trastienda.database.models.user import Role
from trastienda.database.models.webhook import Trouble
from trastienda.schemas.letter import Outcome as Sent
from trastienda.schemas.order import Checkout, PaymentChoice
from trastienda.schemas.terms import Terms
from trastienda.schemas.visitor import ANYONE
from trastienda.services import mail_consents
from trastienda.services.sent_letters import Turn
from trastienda.services.webhook_sending import Errand, Outcome


class World(NamedTuple):
    """Who does it."""

    shop: ASGIApp
    staff: AsyncClient
    buyer: AsyncClient


Fields = dict[str, Any]
Act = Callable[[], Awaitable[Any]]
Prepare = Callable[[World], Awaitable[Act]]
DOINGS: dict[str, list[tuple[Prepare, list[str]]]] = {}
"""What is done, and the events that it leaves: `type by actor`, in order of their names."""


def leaves(use_case: str, *events: str) -> Callable[[Prepare], Prepare]:
    def noted(prepare: Prepare) -> Prepare:
        DOINGS.setdefault(use_case, []).append((prepare, sorted(events)))
        return prepare

    return noted


def staff_resource(module: str, type_: str, path: str, draft: Any, patch: Fields) -> None:  # noqa: ANN401
    """Note the making, changing and deleting of something that staff write."""
    where = f"/v1/admin/{path}"

    async def made(world: World) -> str:
        answer = await world.staff.post(where, json=await draft(world))
        assert answer.status_code == 201, answer.text
        return f"{where}/{answer.json()['id']}"

    @leaves(f"{module}.create", f"{type_}.created by key")
    async def _create(world: World) -> Act:
        body = await draft(world)
        return lambda: world.staff.post(where, json=body)

    @leaves(f"{module}.change", f"{type_}.changed by key")
    async def _change(world: World) -> Act:
        address = await made(world)
        return lambda: world.staff.patch(address, json=patch)

    @leaves(f"{module}.remove", f"{type_}.deleted by key")
    async def _remove(world: World) -> Act:
        address = await made(world)
        return lambda: world.staff.delete(address)


def some(**fields: Any) -> Callable[[World], Awaitable[Fields]]:  # noqa: ANN401
    async def draft(_: World) -> Fields:
        name = uuid4().hex[:12]
        return {
            key: value.replace("*", name) if isinstance(value, str) else value
            for key, value in fields.items()
        }

    return draft


async def a_rate(world: World) -> Fields:
    draft = await some(name="Zone *", areas=[{"country": "PT"}])(world)
    zone = (await world.staff.post("/v1/admin/zones", json=draft)).json()
    return {"zone_id": zone["id"], "name": "IVA", "percent": "23"}


NAMED = {"name": "Another name"}
staff_resource("categories", "category", "categories", some(name="Category *"), NAMED)
staff_resource("locations", "location", "locations", some(code="l-*", name="Depot"), NAMED)
staff_resource(
    "zones",
    "zone",
    "zones",
    some(name="Z *", areas=[{"country": "PT"}]),
    {"areas": [{"country": "FR"}]},
)
staff_resource(
    "tax_classes",
    "tax_class",
    "tax-classes",
    some(code="c-*", name="Class *"),
    {"name": f"Class {uuid4().hex}"},
)
staff_resource("tax_rates", "tax_rate", "tax-rates", a_rate, NAMED)
staff_resource(
    "shipping_options",
    "shipping_option",
    "shipping-options",
    some(name="Courier *", prices={"EUR": 500}),
    {"prices": {"EUR": 600}},
)
staff_resource(
    "price_lists", "price_list", "price-lists", some(name="List *", currency="EUR"), {"priority": 2}
)
staff_resource(
    "customer_groups",
    "customer_group",
    "customer-groups",
    some(code="g-*", name="Group *"),
    {"name": f"Group {uuid4().hex}"},
)
staff_resource(
    "promotions",
    "promotion",
    "promotions",
    some(name="P *", kind="order_percent", trigger="automatic", percent="10"),
    {"percent": "11"},
)

A_WEBHOOK = some(
    url="https://erp.example/*",
    types=["product.*"],
    owner_email="erp@example.com",
    active=False,
)
staff_resource("webhooks", "webhook", "webhooks", A_WEBHOOK, {"description": "ERP"})


async def a_webhook_of(world: World, **facts: Any) -> UUID:  # noqa: ANN401
    draft = {**await A_WEBHOOK(world), **facts}
    return UUID((await world.staff.post("/v1/admin/webhooks", json=draft)).json()["id"])


@leaves("webhooks.rotate", "webhook.rotated by key")
async def a_new_secret(world: World) -> Act:
    webhook_id = await a_webhook_of(world)
    return lambda: world.staff.post(f"/v1/admin/webhooks/{webhook_id}/rotate")


@leaves("webhook_deliveries.record", "webhook.resting by system")
async def a_webhook_that_begins_to_rest(world: World) -> Act:
    webhook_id, now = await a_webhook_of(world, active=True), utcnow()
    errand = Errand(uuid4(), 1, 0, webhook_id, uuid4(), "{}", "https://erp.example/", b"", None)
    for hours_ago in (3, 2, 1, 0.5):
        then = now - timedelta(hours=hours_ago)
        refused = Outcome(then, trouble=Trouble.REFUSED)
        await webhook_deliveries.record(errand, refused, then)
    return lambda: webhook_deliveries.record(errand, Outcome(now, trouble=Trouble.REFUSED), now)


@leaves("webhook_deliveries.record", "webhook.disabled by system")
async def a_webhook_that_is_gone(world: World) -> Act:
    webhook_id, now = await a_webhook_of(world, active=True), utcnow()
    errand = Errand(uuid4(), 1, 0, webhook_id, uuid4(), "{}", "https://erp.example/", b"", None)
    return lambda: webhook_deliveries.record(errand, Outcome(now, trouble=Trouble.GONE), now)


def a_draft(**facts: Any) -> Fields:  # noqa: ANN401
    variant = {"sku": a_sku(), "prices": {"EUR": 900}, **facts}
    return {"name": "Mug", "slug": f"mug-{uuid4().hex}", "variants": [variant]}


@leaves("products.create", "product.created by key", "stock.changed by key")
async def a_new_product(world: World) -> Act:
    draft = a_draft(stock=3)
    return lambda: world.staff.post("/v1/admin/products", json=draft)


@leaves("products.change", "product.changed by key")
async def a_changed_product(world: World) -> Act:
    product = await a_product(world.staff)
    return lambda: world.staff.patch(f"/v1/admin/products/{product['id']}", json=NAMED)


@leaves("products.remove", "product.deleted by key", "stock.gone by key")
async def a_deleted_product(world: World) -> Act:
    product = await a_product(world.staff)
    return lambda: world.staff.delete(f"/v1/admin/products/{product['id']}")


@leaves("stock.move", "stock.changed by key")
async def a_movement(world: World) -> Act:
    where = f"/v1/admin/stock/{await a_sku_for_sale(world.staff)}/movements"
    return lambda: world.staff.post(where, json={"quantity": 2, "reason": "received"})


async def a_price_list(world: World) -> str:
    draft = await some(name="List *", currency="EUR")(world)
    made = await world.staff.post("/v1/admin/price-lists", json=draft)
    return f"/v1/admin/price-lists/{made.json()['id']}/prices"


@leaves("price_lists.set_prices", "price_list.changed by key")
async def listed_prices(world: World) -> Act:
    where, sku = await a_price_list(world), await a_sku_for_sale(world.staff)
    draft = {"prices": [{"sku": sku, "price": 700}]}
    return lambda: world.staff.put(where, json=draft)


@leaves("price_lists.drop_prices", "price_list.changed by key")
async def unlisted_prices(world: World) -> Act:
    where, sku = await a_price_list(world), await a_sku_for_sale(world.staff)
    draft = {"prices": [{"sku": sku, "price": 700}]}
    assert (await world.staff.put(where, json=draft)).status_code == 200
    return lambda: world.staff.delete(where, params={"sku": sku})


async def coupons_of(world: World) -> str:
    return f"{one(await a_promotion(world.staff))}/coupons"


async def a_coupon_address(world: World) -> str:
    where = await coupons_of(world)
    return f"{where}/{(await world.staff.post(where, json={'code': a_code()})).json()['id']}"


@leaves("coupons.create", "coupon.created by key")
async def a_new_coupon(world: World) -> Act:
    where = await coupons_of(world)
    return lambda: world.staff.post(where, json={"code": a_code()})


@leaves("coupons.invent", "promotion.codes_invented by key")
async def many_coupons(world: World) -> Act:
    where = await coupons_of(world)
    return lambda: world.staff.post(f"{where}/bulk", json={"count": 3})


@leaves("coupons.change", "coupon.changed by key")
async def a_changed_coupon(world: World) -> Act:
    where = await a_coupon_address(world)
    return lambda: world.staff.patch(where, json={"active": False})


@leaves("coupons.remove", "coupon.deleted by key")
async def a_deleted_coupon(world: World) -> Act:
    where = await a_coupon_address(world)
    return lambda: world.staff.delete(where)


async def members_of(world: World) -> tuple[str, Fields]:
    draft = await some(code="g-*", name="Group *")(world)
    group = (await world.staff.post("/v1/admin/customer-groups", json=draft)).json()
    email = an_address()
    await a_customer(world.shop, email)
    return f"/v1/admin/customer-groups/{group['id']}/members", {"email": email}


@leaves("customer_groups.join", "customer_group.joined by key")
async def a_member(world: World) -> Act:
    where, member = await members_of(world)
    return lambda: world.staff.put(where, json=member)


@leaves("customer_groups.join")
async def a_member_again(world: World) -> Act:
    address, member = await members_of(world)
    assert (await world.staff.put(address, json=member)).status_code == 200
    return lambda: world.staff.put(address, json=member)


@leaves("customer_groups.leave", "customer_group.left by key")
async def a_member_no_more(world: World) -> Act:
    where, member = await members_of(world)
    assert (await world.staff.put(where, json=member)).status_code in {200, 201}
    return lambda: world.staff.delete(where, params=member)


@leaves("channels.change", "channel.changed by key")
async def settings(world: World) -> Act:
    before = (await world.staff.get("/v1/admin/channel")).json()
    return lambda: world.staff.patch("/v1/admin/channel", json={"name": before["name"]})


@leaves("users.register", "user.registered by guest")
async def a_registration(world: World) -> Act:
    return lambda: register(a_browser(world.shop), an_address())


@leaves("users.register", "user.registration_repeated by guest")
async def a_second_registration(world: World) -> Act:
    email = an_address()
    await a_customer(world.shop, email)
    return lambda: register(a_browser(world.shop), email)


@leaves("users.verify", "user.verified by customer")
async def a_proof(world: World) -> Act:
    browser, email = a_browser(world.shop), an_address()
    await register(browser, email)
    token = await mailed((await attempts(email))[-1])
    return lambda: browser.post("/v1/users/verification", json={"token": token})


@leaves("users.appoint", "user.appointed by system")
async def an_appointment(_: World) -> Act:
    return lambda: users.appoint(an_address(), "Sam", Role.MANAGER, utcnow())


@leaves("keys.create", "api_key.created by system")
async def a_key(_: World) -> Act:
    return lambda: keys.create("program", None, ["orders.read"], utcnow(), None)


@leaves("keys.revoke", "api_key.revoked by system")
async def a_revoked_key(_: World) -> Act:
    key = await keys.create("program", None, ["orders.read"], utcnow(), None)
    return lambda: keys.revoke(key.split("_")[1], utcnow())


async def a_ready_cart(world: World) -> str:
    sku = await a_sku_for_sale(world.staff)
    return str((await a_cart_to_order(world.buyer, **{sku: 2}))["id"])


@leaves("orders.place._pay_later", "order.placed by guest", "stock.changed by guest")
async def an_order_by_arrangement(world: World) -> Act:
    cart = await a_ready_cart(world)
    return lambda: check_out(world.buyer, cart)


PAY = Checkout(PaymentChoice("test", "ok"))


@leaves("orders.place.begin", "stock.changed by system")
async def a_begun_payment(world: World) -> Act:
    cart = await a_ready_cart(world)
    return lambda: begin(ANYONE, cart, PAY, Terms(utcnow()))


@leaves("orders.settle._record", "order.placed by system")
async def a_settled_payment(world: World) -> Act:
    cart = await a_ready_cart(world)
    attempt = await begin(ANYONE, cart, PAY, Terms(utcnow()))
    assert attempt is not None
    return lambda: settle(attempt, Terms(utcnow()))


@leaves(
    "orders.settle._record",
    "payment.declined by guest",
    "stock.changed by guest",
    "stock.changed by guest",
)
async def a_declined_payment(world: World) -> Act:
    cart = await a_ready_cart(world)
    return lambda: check_out(world.buyer, cart, "test", token="decline")


@leaves("orders.decide.capture", "order.paid by key")
async def a_capture(world: World) -> Act:
    order = await an_order(world.staff, world.buyer)
    return lambda: world.staff.post(f"/v1/admin/orders/{order['id']}/capture")


@leaves("orders.decide.cancel", "order.cancelled by key", "stock.changed by key")
async def a_cancelled_order(world: World) -> Act:
    order = await an_order(world.staff, world.buyer)
    return lambda: world.staff.post(f"/v1/admin/orders/{order['id']}/cancel")


@leaves("orders.fulfil.fulfil", "order.fulfilled by key", "stock.changed by key")
async def a_sent_order(world: World) -> Act:
    order = await an_order(world.staff, world.buyer)
    part = {"lines": [{"line_id": order["lines"][0]["id"], "quantity": 1}]}
    return lambda: world.staff.post(f"/v1/admin/orders/{order['id']}/fulfilments", json=part)


@leaves("exchange_rates.put", "exchange_rate.set by key")
async def an_exchange_rate(world: World) -> Act:
    draft = {"base_currency": "EUR", "rate": "11.5"}
    return lambda: world.staff.put("/v1/admin/exchange-rates/SEK", json=draft)


@leaves("exchange_rates.remove", "exchange_rate.deleted by key")
async def a_deleted_exchange_rate(world: World) -> Act:
    draft = {"base_currency": "EUR", "rate": "7.46"}
    await world.staff.put("/v1/admin/exchange-rates/DKK", json=draft)
    return lambda: world.staff.delete("/v1/admin/exchange-rates/DKK")


@leaves("carts.remind.tell_abandoned", "cart.abandoned by system")
async def an_abandoned_cart(world: World) -> Act:
    cart, later = await a_ready_cart(world), utcnow() + timedelta(hours=25)
    await tell_abandoned(Terms(later))  # of all that others left
    body = {"email": an_address()}
    assert (await world.buyer.put(f"/v1/carts/{cart}/reminder", json=body)).status_code == 200
    return lambda: tell_abandoned(Terms(later))


WORDING = "/v1/admin/letters/order_paid/wording/es"
WORDS = {"subject": "Pagado: {order_number}"}


@leaves("wordings.put", "letter_wording.created by key")
async def words_of_their_own(world: World) -> Act:
    await world.staff.delete(WORDING)
    return lambda: world.staff.put(WORDING, json=WORDS)


@leaves("wordings.put", "letter_wording.changed by key")
async def other_words(world: World) -> Act:
    await world.staff.put(WORDING, json=WORDS)
    return lambda: world.staff.put(WORDING, json={**WORDS, "closing": "Gracias."})


@leaves("wordings.remove", "letter_wording.deleted by key")
async def our_words_again(world: World) -> Act:
    await world.staff.put(WORDING, json=WORDS)
    return lambda: world.staff.delete(WORDING)


async def a_reminded_cart(world: World) -> tuple[str, Fields]:
    cart = (await world.buyer.post("/v1/carts", json={})).json()["id"]
    return f"/v1/carts/{cart}/reminder", {"email": an_address()}


@leaves("carts.remind.remind", "mail_consent.granted by guest")
async def a_wish_to_be_reminded(world: World) -> Act:
    where, body = await a_reminded_cart(world)
    return lambda: world.buyer.put(where, json=body)


@leaves("carts.remind.remind")
async def the_same_wish_again(world: World) -> Act:
    where, body = await a_reminded_cart(world)
    assert (await world.buyer.put(where, json=body)).status_code == 200
    return lambda: world.buyer.put(where, json=body)


async def a_link(world: World) -> str:
    where, body = await a_reminded_cart(world)
    assert (await world.buyer.put(where, json=body)).status_code == 200
    return mail_consents.link("", body["email"])


@leaves("mail.unsubscribe", "mail_consent.withdrawn by guest")
async def no_more_reminders(world: World) -> Act:
    link = await a_link(world)
    return lambda: world.buyer.post(link)


@leaves("mail.unsubscribe")
async def no_more_reminders_again(world: World) -> Act:
    link = await a_link(world)
    assert (await world.buyer.post(link)).status_code == 200
    return lambda: world.buyer.post(link)


async def a_letter_to_send(world: World) -> tuple[UUID, UUID]:
    """Return a letter that is asked for, and its event."""
    order = await an_order(world.staff, world.buyer, email=an_address())
    ((event_id,),) = await ask("SELECT id FROM events WHERE aggregate_id = %s", order["id"])
    (letter_id,) = await letters.ask(event_id)
    return letter_id, event_id


async def a_letter(world: World) -> tuple[UUID, UUID]:
    """Return a letter that was sent, and its event."""
    letter_id, event_id = await a_letter_to_send(world)
    await letters.note(Turn(letter_id, 0), Sent(LetterState.SENT))
    return letter_id, event_id


DEAD = Sent(LetterState.REFUSED, 550, "5.1.1", gone=True)


@leaves("letters.note", "mail_suppression.created by system")
async def a_refusal(world: World) -> Act:
    letter_id, _ = await a_letter_to_send(world)
    return lambda: letters.note(Turn(letter_id, 0), DEAD)


@leaves("letters.note")
async def a_refusal_again(world: World) -> Act:
    letter_id, _ = await a_letter_to_send(world)
    await letters.note(Turn(letter_id, 0), DEAD)
    return lambda: letters.note(Turn(letter_id, 0), DEAD)


@leaves("mail.bounce", "mail_suppression.created by system")
async def a_bounce(world: World) -> Act:
    _, event_id = await a_letter(world)
    return lambda: mail.bounce(a_report(str(event_id)), utcnow())


@leaves("mail.forgive", "mail_suppression.deleted by key")
async def a_forgiven_address(world: World) -> Act:
    letter_id, _ = await a_letter_to_send(world)
    await letters.note(Turn(letter_id, 0), DEAD)
    where = "/v1/admin/mail/suppressions"
    newest = (await world.staff.get(where, params={"limit": 1})).json()["items"][0]
    return lambda: world.staff.delete(f"{where}/{newest['id']}")


@leaves("mail.resend", "letter.resent by key")
async def a_letter_once_more(world: World) -> Act:
    letter_id, _ = await a_letter(world)
    return lambda: world.staff.post(f"/v1/admin/mail/{letter_id}/resend")
