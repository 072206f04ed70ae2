"""Everything that can be done to the shop, and what each leaves in the events.

The key of `DOINGS` is the use-case (module and function below `controllers/`). A doing prepares
what it needs and returns the one call that is looked at, which has not begun.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from httpx import AsyncClient
from support.background import ask, change
from support.invoicing import DRAFT, SETTINGS, issue, put_settings
from support.orders.parcels import an_order_to_pick_up, packed
from support.payments.books import channel
from support.people import a_browser, a_customer, an_address, attempts, mailed, register
from support.products import (
    a_cart_to_order,
    a_product,
    a_sku,
    a_sku_for_sale,
    an_order,
    check_out,
    in_colours,
)
from support.promotions import a_code, a_promotion, one
from support.servers.mail import a_report

from trastienda.application import Application
from trastienda.controllers.accounts import keys, users
from trastienda.controllers.carts import tell_abandoned
from trastienda.controllers.invoices import issue as invoices
from trastienda.controllers.mail import mail, mails
from trastienda.controllers.orders import (
    check_payments,
    expire_unpaid,
    remind_unpaid,
    send_links,
)
from trastienda.controllers.orders.place import begin
from trastienda.controllers.orders.settle import record, settle
from trastienda.controllers.webhooks import deliveries as webhook_deliveries
from trastienda.database.db import reading, utcnow
from trastienda.database.models.accounts.user import Role
from trastienda.database.models.mail.sent_mail import LetterState
from trastienda.database.models.payments.payment import PaymentState
from trastienda.database.models.webhooks.webhook import Trouble
from trastienda.schemas.mail.mail import Outcome as Sent
from trastienda.schemas.orders.order import Checkout, PaymentChoice
from trastienda.schemas.payments.attempt import Attempt
from trastienda.schemas.shared.actor import GUEST
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import ANYONE
from trastienda.services.invoices.keeping import Files
from trastienda.services.jobs.queue import Failure
from trastienda.services.mail import consents as mail_consents
from trastienda.services.mail.attempts import SendAttempt
from trastienda.services.payments import Standing
from trastienda.services.payments import attempts as attempts_on_record
from trastienda.services.webhooks.sending import LeasedDelivery, Outcome


class World(NamedTuple):
    """Who does it."""

    shop: Application
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
staff_resource("catalogue.categories", "category", "categories", some(name="Category *"), NAMED)


@leaves("catalogue.categories.move", "category.changed by key", "category.changed by key")
async def _move(world: World) -> Act:
    """Move a category to where there is no room yet: its sibling changes, too."""
    top = (await world.staff.post("/v1/admin/categories", json={"name": uuid4().hex})).json()
    draft = {"name": uuid4().hex, "parent": top["slug"]}
    made = [await world.staff.post("/v1/admin/categories", json=draft) for _ in range(2)]
    first, second = (it.json() for it in made)
    to = {"parent": top["slug"], "before": second["slug"]}
    return lambda: world.staff.post(f"/v1/admin/categories/{first['id']}/move", json=to)


staff_resource("stock.locations", "location", "locations", some(code="l-*", name="Depot"), NAMED)
staff_resource(
    "taxes.zones",
    "zone",
    "zones",
    some(name="Z *", areas=[{"country": "PT"}]),
    {"areas": [{"country": "FR"}]},
)
staff_resource(
    "taxes.classes",
    "tax_class",
    "tax-classes",
    some(code="c-*", name="Class *"),
    {"name": f"Class {uuid4().hex}"},
)
staff_resource("taxes.rates", "tax_rate", "tax-rates", a_rate, NAMED)
staff_resource(
    "shipping.options",
    "shipping_option",
    "shipping-options",
    some(name="Courier *", prices={"EUR": 500}),
    {"prices": {"EUR": 600}},
)
staff_resource(
    "prices.lists",
    "price_list",
    "price-lists",
    some(name="List *", currency="EUR"),
    {"priority": 2},
)
staff_resource(
    "accounts.customer_groups",
    "customer_group",
    "customer-groups",
    some(code="g-*", name="Group *"),
    {"name": f"Group {uuid4().hex}"},
)
staff_resource(
    "promotions.promotions",
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
staff_resource("webhooks.webhooks", "webhook", "webhooks", A_WEBHOOK, {"description": "ERP"})


async def a_webhook_of(world: World, **facts: Any) -> UUID:  # noqa: ANN401
    draft = {**await A_WEBHOOK(world), **facts}
    return UUID((await world.staff.post("/v1/admin/webhooks", json=draft)).json()["id"])


@leaves("webhooks.webhooks.rotate", "webhook.rotated by key")
async def a_new_secret(world: World) -> Act:
    webhook_id = await a_webhook_of(world)
    return lambda: world.staff.post(f"/v1/admin/webhooks/{webhook_id}/rotate")


@leaves("webhooks.deliveries.record", "webhook.resting by system")
async def a_webhook_that_begins_to_rest(world: World) -> Act:
    webhook_id, now = await a_webhook_of(world, active=True), utcnow()
    errand = LeasedDelivery(
        uuid4(), 1, 0, webhook_id, uuid4(), "{}", "https://erp.example/", b"", None
    )
    for hours_ago in (3, 2, 1, 0.5):
        then = now - timedelta(hours=hours_ago)
        refused = Outcome(then, failure=Trouble.REFUSED)
        await webhook_deliveries.record(errand, refused, then)
    return lambda: webhook_deliveries.record(errand, Outcome(now, failure=Trouble.REFUSED), now)


@leaves("webhooks.deliveries.record", "webhook.disabled by system")
async def a_webhook_that_is_gone(world: World) -> Act:
    webhook_id, now = await a_webhook_of(world, active=True), utcnow()
    errand = LeasedDelivery(
        uuid4(), 1, 0, webhook_id, uuid4(), "{}", "https://erp.example/", b"", None
    )
    return lambda: webhook_deliveries.record(errand, Outcome(now, failure=Trouble.GONE), now)


def a_draft(**facts: Any) -> Fields:  # noqa: ANN401
    variant = {"sku": a_sku(), "prices": {"EUR": 900}, **facts}
    return {"name": "Mug", "slug": f"mug-{uuid4().hex}", "variants": [variant]}


@leaves("catalogue.products.create", "product.created by key", "stock.changed by key")
async def a_new_product(world: World) -> Act:
    draft = a_draft(stock=3)
    return lambda: world.staff.post("/v1/admin/products", json=draft)


@leaves("catalogue.products.change", "product.changed by key")
async def a_changed_product(world: World) -> Act:
    product = await a_product(world.staff)
    return lambda: world.staff.patch(f"/v1/admin/products/{product['id']}", json=NAMED)


@leaves("catalogue.products.remove", "product.deleted by key", "stock.gone by key")
async def a_deleted_product(world: World) -> Act:
    product = await a_product(world.staff)
    return lambda: world.staff.delete(f"/v1/admin/products/{product['id']}")


@leaves("catalogue.products.remove_variant", "product.changed by key", "stock.gone by key")
async def a_deleted_variant(world: World) -> Act:
    product = await in_colours(world.staff, "Blue", "Green")
    address = f"/v1/admin/products/{product['id']}/variants/{product['variants'][0]['sku']}"
    return lambda: world.staff.delete(address)


@leaves("stock.stock.move", "stock.changed by key")
async def a_movement(world: World) -> Act:
    where = f"/v1/admin/stock/{await a_sku_for_sale(world.staff)}/movements"
    return lambda: world.staff.post(where, json={"quantity": 2, "reason": "received"})


@leaves("stock.stock.count", "stock.changed by key")
async def a_count(world: World) -> Act:
    where = f"/v1/admin/stock/{await a_sku_for_sale(world.staff)}/counts"
    return lambda: world.staff.post(where, json={"counted": 7})


@leaves("stock.stock.count")
async def a_count_that_is_right(world: World) -> Act:
    where = f"/v1/admin/stock/{await a_sku_for_sale(world.staff)}/counts"
    assert (await world.staff.post(where, json={"counted": 7})).status_code == 201
    return lambda: world.staff.post(where, json={"counted": 7})


async def a_price_list(world: World) -> str:
    draft = await some(name="List *", currency="EUR")(world)
    made = await world.staff.post("/v1/admin/price-lists", json=draft)
    return f"/v1/admin/price-lists/{made.json()['id']}/prices"


@leaves("prices.lists.set_prices", "price_list.changed by key")
async def listed_prices(world: World) -> Act:
    where, sku = await a_price_list(world), await a_sku_for_sale(world.staff)
    draft = {"prices": [{"sku": sku, "price": 700}]}
    return lambda: world.staff.put(where, json=draft)


@leaves("prices.lists.remove_prices", "price_list.changed by key")
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


@leaves("promotions.coupons.create", "coupon.created by key")
async def a_new_coupon(world: World) -> Act:
    where = await coupons_of(world)
    return lambda: world.staff.post(where, json={"code": a_code()})


@leaves("promotions.coupons.generate", "promotion.codes_invented by key")
async def many_coupons(world: World) -> Act:
    where = await coupons_of(world)
    return lambda: world.staff.post(f"{where}/bulk", json={"count": 3})


@leaves("promotions.coupons.change", "coupon.changed by key")
async def a_changed_coupon(world: World) -> Act:
    where = await a_coupon_address(world)
    return lambda: world.staff.patch(where, json={"active": False})


@leaves("promotions.coupons.remove", "coupon.deleted by key")
async def a_deleted_coupon(world: World) -> Act:
    where = await a_coupon_address(world)
    return lambda: world.staff.delete(where)


async def members_of(world: World) -> tuple[str, Fields]:
    draft = await some(code="g-*", name="Group *")(world)
    group = (await world.staff.post("/v1/admin/customer-groups", json=draft)).json()
    email = an_address()
    await a_customer(world.shop, email)
    return f"/v1/admin/customer-groups/{group['id']}/members", {"email": email}


@leaves("accounts.customer_groups.join", "customer_group.joined by key")
async def a_member(world: World) -> Act:
    where, member = await members_of(world)
    return lambda: world.staff.put(where, json=member)


@leaves("accounts.customer_groups.join")
async def a_member_again(world: World) -> Act:
    address, member = await members_of(world)
    assert (await world.staff.put(address, json=member)).status_code == 200
    return lambda: world.staff.put(address, json=member)


@leaves("accounts.customer_groups.leave", "customer_group.left by key")
async def a_member_no_more(world: World) -> Act:
    where, member = await members_of(world)
    assert (await world.staff.put(where, json=member)).status_code in {200, 201}
    return lambda: world.staff.delete(where, params=member)


@leaves("channels.channels.change", "channel.changed by key")
async def settings(world: World) -> Act:
    before = (await world.staff.get("/v1/admin/channel")).json()
    return lambda: world.staff.patch("/v1/admin/channel", json={"name": before["name"]})


@leaves("accounts.users.register", "user.registered by guest")
async def a_registration(world: World) -> Act:
    return lambda: register(a_browser(world.shop), an_address())


@leaves("accounts.users.register", "user.registration_repeated by guest")
async def a_second_registration(world: World) -> Act:
    email = an_address()
    await a_customer(world.shop, email)
    return lambda: register(a_browser(world.shop), email)


@leaves("accounts.users.verify", "user.verified by customer")
async def a_proof(world: World) -> Act:
    browser, email = a_browser(world.shop), an_address()
    await register(browser, email)
    token = await mailed((await attempts(email))[-1])
    return lambda: browser.post("/v1/users/verification", json={"token": token})


@leaves("accounts.users.appoint", "user.appointed by system")
async def an_appointment(_: World) -> Act:
    return lambda: users.appoint(an_address(), "Sam", Role.MANAGER, utcnow())


@leaves("accounts.keys.create", "api_key.created by system")
async def a_key(_: World) -> Act:
    return lambda: keys.create("program", None, ["orders.read"], utcnow(), None)


KEY = {"name": "erp", "scopes": ["orders.read"]}


@leaves("accounts.keys.make", "api_key.created by key")
async def _make_key(world: World) -> Act:
    return lambda: world.staff.post("/v1/admin/keys", json=KEY)


@leaves("accounts.keys.take_back", "api_key.revoked by key")
async def _take_back_key(world: World) -> Act:
    made = (await world.staff.post("/v1/admin/keys", json=KEY)).json()
    return lambda: world.staff.delete(f"/v1/admin/keys/{made['id']}")


@leaves("accounts.keys.revoke", "api_key.revoked by system")
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
    return lambda: begin(ANYONE, cart, PAY, world.shop.process.providers, Context(utcnow()))


@leaves("orders.settle._record", "order.placed by system")
async def a_settled_payment(world: World) -> Act:
    cart = await a_ready_cart(world)
    attempt = await begin(ANYONE, cart, PAY, world.shop.process.providers, Context(utcnow()))
    assert attempt is not None
    return lambda: settle(attempt, world.shop.process.providers, Context(utcnow()))


@leaves(
    "orders.settle._record",
    "payment.declined by guest",
    "stock.changed by guest",
    "stock.changed by guest",
)
async def a_declined_payment(world: World) -> Act:
    cart = await a_ready_cart(world)
    return lambda: check_out(world.buyer, cart, "test", token="decline")


async def a_payment(world: World, token: str) -> Attempt:
    """Begin and settle a payment; return it as it is noted then."""
    cart = await a_ready_cart(world)
    assert (await check_out(world.buyer, cart, "test", token=token)).status_code in {201, 202}
    async with reading() as session:
        return await attempts_on_record.of_cart(session, cart)


async def a_held_payment(world: World) -> Attempt:
    """Place an order whose money is only authorised."""
    async with channel(world.staff, capture="manual"):
        return await a_payment(world, "ok")


@leaves(
    "orders.settle._record",
    "channel.changed by key",
    "channel.changed by key",
    "order.placed by guest",
    "payment.authorised by guest",
    "stock.changed by guest",
)
async def an_authorised_payment(world: World) -> Act:
    cart = await a_ready_cart(world)

    async def act() -> object:
        async with channel(world.staff, capture="manual"):
            return await check_out(world.buyer, cart, "test", token="ok")

    return act


@leaves("orders.settle._record", "payment.voided by system", "payment.corrected by system")
async def a_void_that_somebody_else_asked_for(world: World) -> Act:
    payment = await a_held_payment(world)
    said = Standing(PaymentState.VOIDED, payment.reference)
    return lambda: record(payment, said, Context(utcnow()))


@leaves("orders.settle._record", "payment.expired by system", "stock.changed by system")
async def a_payment_that_nobody_finished(world: World) -> Act:
    payment = await a_payment(world, "challenge")
    said = Standing(PaymentState.EXPIRED, payment.reference)
    return lambda: record(payment, said, Context(utcnow()))


@leaves("orders.check._warn", "payment.expiring by system")
async def an_authorisation_that_ends(world: World) -> Act:
    providers, soon = world.shop.process.providers, utcnow() + timedelta(minutes=5)
    while await check_payments(providers, Context(soon)):  # of all that others left
        pass
    payment = await a_held_payment(world)
    await change(
        "UPDATE payment_attempts SET check_at = now(), capture_before = now() WHERE id = %s",
        payment.id,
    )
    return lambda: check_payments(providers, Context(utcnow()))


@leaves("orders.settle._record", "order.paid by key", "payment.captured by key")
async def a_capture_of_what_is_held(world: World) -> Act:
    payment = await a_held_payment(world)
    return lambda: world.staff.post(f"/v1/admin/orders/{payment.order_id}/capture")


@leaves("orders.capture._note", "order.paid by key")
async def a_capture(world: World) -> Act:
    order = await an_order(world.staff, world.buyer)
    return lambda: world.staff.post(f"/v1/admin/orders/{order['id']}/capture")


@leaves("orders.decide._cancel", "order.cancelled by key", "stock.changed by key")
async def a_cancelled_order(world: World) -> Act:
    order = await an_order(world.staff, world.buyer)
    return lambda: world.staff.post(f"/v1/admin/orders/{order['id']}/cancel")


@leaves("orders.decide.set_payment_due", "order.payment_due_changed by key")
async def another_time_to_pay(world: World) -> Act:
    order = await an_order(world.staff, world.buyer)
    address = f"/v1/admin/orders/{order['id']}/payment-due"
    return lambda: world.staff.put(address, json={"payment_due_at": None})


async def an_overdue_order(world: World) -> UUID:
    order = await an_order(world.staff, world.buyer, email=an_address())
    await change("UPDATE orders SET payment_due_at = now() WHERE id = %s", order["id"])
    return UUID(order["id"])


@leaves("orders.expire._remind", "order.payment_reminded by system")
async def a_reminder_to_pay(world: World) -> Act:
    await an_overdue_order(world)
    return lambda: remind_unpaid(Context(utcnow()))


@leaves("orders.expire._expire", "order.cancelled by system", "stock.changed by system")
async def an_expired_order(world: World) -> Act:
    await change(
        "UPDATE orders SET payment_reminded_at = now() - interval '8 days' WHERE id = %s",
        await an_overdue_order(world),
    )
    return lambda: expire_unpaid(Context(utcnow()))


@leaves("orders.links.send_links", "order.link_wanted by guest")
async def a_wanted_link(world: World) -> Act:
    order = await an_order(world.staff, world.buyer, email=an_address())
    wanted = {"number": order["number"], "email": order["email"]}
    assert (await world.buyer.post("/v1/orders/links", json=wanted)).status_code == 202
    return lambda: send_links(Context(utcnow(), by=GUEST))


@leaves("orders.annotate.tag", "order.tagged by key")
async def a_tagged_order(world: World) -> Act:
    order = await an_order(world.staff, world.buyer)
    where = f"/v1/admin/orders/{order['id']}/tags"
    return lambda: world.staff.put(where, json={"tags": ["gift"]})


@leaves("orders.annotate.note", "order.noted by key")
async def a_noted_order(world: World) -> Act:
    order = await an_order(world.staff, world.buyer)
    where = f"/v1/admin/orders/{order['id']}/notes"
    return lambda: world.staff.post(where, json={"text": "Call first"})


@leaves("orders.bulk._tag", "order.tagged by key")
async def tagged_orders(world: World) -> Act:
    order = await an_order(world.staff, world.buyer)
    draft = {"orders": [order["id"]], "add": ["gift"]}
    return lambda: world.staff.post("/v1/admin/orders/bulk/tags", json=draft)


@leaves(
    "orders.fulfil._fulfil",
    "order.fulfilled by key",
    "fulfilment.created by key",
    "stock.changed by key",
)
async def a_sent_order(world: World) -> Act:
    order = await an_order(world.staff, world.buyer)
    part = {"lines": [{"line_id": order["lines"][0]["id"], "quantity": 1}]}
    return lambda: world.staff.post(f"/v1/admin/orders/{order['id']}/fulfilments", json=part)


async def a_ready_parcel(world: World) -> tuple[Fields, str]:
    """Return an order whose buyer picks it up, and the address of its parcel."""
    order = await an_order_to_pick_up(world.staff, world.buyer)
    parcel = await packed(world.staff, order, pickup=True)
    return order, f"/v1/admin/fulfilments/{parcel['id']}"


@leaves(
    "orders.fulfil._fulfil",
    "order.fulfilment_changed by key",
    "fulfilment.created by key",
    "fulfilment.ready by key",
)
async def an_order_that_is_ready(world: World) -> Act:
    order = await an_order_to_pick_up(world.staff, world.buyer)
    address = f"/v1/admin/orders/{order['id']}/fulfilments"
    return lambda: world.staff.post(address, json={"pickup": True})


@leaves(
    "orders.parcels.collect",
    "order.fulfilled by key",
    "fulfilment.collected by key",
    "stock.changed by key",
)
async def a_collected_parcel(world: World) -> Act:
    _, address = await a_ready_parcel(world)
    return lambda: world.staff.post(f"{address}/collected")


@leaves(
    "orders.parcels.cancel_fulfilment",
    "order.fulfilment_changed by key",
    "fulfilment.cancelled by key",
)
async def an_unpacked_parcel(world: World) -> Act:
    _, address = await a_ready_parcel(world)
    return lambda: world.staff.post(f"{address}/cancel")


@leaves(
    "orders.parcels.change_fulfilment",
    "order.fulfilment_changed by key",
    "fulfilment.changed by key",
)
async def a_changed_parcel(world: World) -> Act:
    _, address = await a_ready_parcel(world)
    return lambda: world.staff.patch(address, json={"label_reference": "LBL-1"})


@leaves(
    "orders.parcels.deliver",
    "order.fulfilment_changed by key",
    "fulfilment.delivered by key",
)
async def a_delivered_parcel(world: World) -> Act:
    order = await an_order(world.staff, world.buyer)
    parcel = await packed(world.staff, order)
    return lambda: world.staff.post(f"/v1/admin/fulfilments/{parcel['id']}/delivered")


@leaves(
    "orders.decide._cancel",
    "order.cancelled by key",
    "fulfilment.cancelled by key",
    "stock.changed by key",
)
async def a_cancelled_order_that_was_ready(world: World) -> Act:
    order, _ = await a_ready_parcel(world)
    return lambda: world.staff.post(f"/v1/admin/orders/{order['id']}/cancel")


@leaves("invoices.settings.put", "invoice_settings.changed by key")
async def invoice_settings(world: World) -> Act:
    return lambda: world.staff.put(SETTINGS, json=DRAFT)


async def an_invoice(world: World) -> UUID:
    await put_settings(world.staff)
    order = await an_order(world.staff, world.buyer, email=an_address())
    return UUID((await issue(world.staff, order))["id"])


@leaves("invoices.issue.issue")
async def an_invoice_without_files(world: World) -> Act:
    await put_settings(world.staff)
    order = await an_order(world.staff, world.buyer, email=an_address())
    return lambda: issue(world.staff, order)


@leaves("invoices.issue.keep", "invoice.issued by system")
async def an_issued_invoice(world: World) -> Act:
    invoice_id, files = await an_invoice(world), Files(b"%PDF", b"<xml/>")
    return lambda: invoices.keep(invoice_id, files, Context(utcnow()))


@leaves("invoices.issue.cancel", "invoice.cancelled by key")
async def a_cancelled_invoice(world: World) -> Act:
    where = f"/v1/admin/invoices/{await an_invoice(world)}/cancellation"
    return lambda: world.staff.post(where, json={"reason": "Issued in error"})


@leaves("prices.exchange_rates.put", "exchange_rate.set by key")
async def an_exchange_rate(world: World) -> Act:
    draft = {"base_currency": "EUR", "rate": "11.5"}
    return lambda: world.staff.put("/v1/admin/exchange-rates/SEK", json=draft)


@leaves("prices.exchange_rates.remove", "exchange_rate.deleted by key")
async def a_deleted_exchange_rate(world: World) -> Act:
    draft = {"base_currency": "EUR", "rate": "7.46"}
    await world.staff.put("/v1/admin/exchange-rates/DKK", json=draft)
    return lambda: world.staff.delete("/v1/admin/exchange-rates/DKK")


@leaves("carts.remind.tell_abandoned", "cart.abandoned by system")
async def an_abandoned_cart(world: World) -> Act:
    cart, later = await a_ready_cart(world), utcnow() + timedelta(hours=25)
    await tell_abandoned(Context(later))  # of all that others left
    body = {"email": an_address()}
    assert (await world.buyer.put(f"/v1/carts/{cart}/reminder", json=body)).status_code == 200
    return lambda: tell_abandoned(Context(later))


WORDING = "/v1/admin/letters/order_paid/wording/es"
WORDS = {"subject": "Pagado: {order_number}"}


@leaves("mail.wordings.put", "letter_wording.created by key")
async def words_of_their_own(world: World) -> Act:
    await world.staff.delete(WORDING)
    return lambda: world.staff.put(WORDING, json=WORDS)


@leaves("mail.wordings.put", "letter_wording.changed by key")
async def other_words(world: World) -> Act:
    await world.staff.put(WORDING, json=WORDS)
    return lambda: world.staff.put(WORDING, json={**WORDS, "closing": "Gracias."})


@leaves("mail.wordings.remove", "letter_wording.deleted by key")
async def our_words_again(world: World) -> Act:
    await world.staff.put(WORDING, json=WORDS)
    return lambda: world.staff.delete(WORDING)


async def a_reminded_cart(world: World) -> tuple[str, Fields]:
    cart = (await world.buyer.post("/v1/carts", json={})).json()["id"]
    return f"/v1/carts/{cart}/reminder", {"email": an_address()}


@leaves("carts.remind.request_reminder", "mail_consent.granted by guest")
async def a_wish_to_be_reminded(world: World) -> Act:
    where, body = await a_reminded_cart(world)
    return lambda: world.buyer.put(where, json=body)


@leaves("carts.remind.request_reminder")
async def the_same_wish_again(world: World) -> Act:
    where, body = await a_reminded_cart(world)
    assert (await world.buyer.put(where, json=body)).status_code == 200
    return lambda: world.buyer.put(where, json=body)


async def a_link(world: World) -> str:
    where, body = await a_reminded_cart(world)
    assert (await world.buyer.put(where, json=body)).status_code == 200
    return mail_consents.link("", body["email"])


@leaves("mail.mail.unsubscribe", "mail_consent.withdrawn by guest")
async def no_more_reminders(world: World) -> Act:
    link = await a_link(world)
    return lambda: world.buyer.post(link)


@leaves("mail.mail.unsubscribe")
async def no_more_reminders_again(world: World) -> Act:
    link = await a_link(world)
    assert (await world.buyer.post(link)).status_code == 200
    return lambda: world.buyer.post(link)


async def a_mail_to_send(world: World) -> tuple[UUID, UUID]:
    """Return a mail that is asked for, and its event."""
    order = await an_order(world.staff, world.buyer, email=an_address())
    ((event_id,),) = await ask("SELECT id FROM events WHERE aggregate_id = %s", order["id"])
    (mail_id,) = await mails.queue(event_id)
    return mail_id, event_id


async def a_mail(world: World) -> tuple[UUID, UUID]:
    """Return a mail that was sent, and its event."""
    mail_id, event_id = await a_mail_to_send(world)
    await mails.note(SendAttempt(mail_id, 0), Sent(LetterState.SENT))
    return mail_id, event_id


DEAD = Sent(LetterState.REFUSED, 550, "5.1.1", gone=True)


@leaves("mail.mails.note", "mail_suppression.created by system")
async def a_refusal(world: World) -> Act:
    mail_id, _ = await a_mail_to_send(world)
    return lambda: mails.note(SendAttempt(mail_id, 0), DEAD)


@leaves("mail.mails.note")
async def a_refusal_again(world: World) -> Act:
    mail_id, _ = await a_mail_to_send(world)
    await mails.note(SendAttempt(mail_id, 0), DEAD)
    return lambda: mails.note(SendAttempt(mail_id, 0), DEAD)


@leaves("mail.mails.leave", "mail_suppression.created by system")
async def a_refusal_left_to_a_job(world: World) -> Act:
    mail_id, _ = await a_mail_to_send(world)
    leased = await mails.begin(mail_id)
    assert leased
    return lambda: mails.leave(leased, DEAD, Failure("MailRefused", "No."), None)


@leaves("mail.mail.bounce", "mail_suppression.created by system")
async def a_bounce(world: World) -> Act:
    _, event_id = await a_mail(world)
    return lambda: mail.bounce(a_report(str(event_id)), utcnow())


@leaves("mail.mail.unsuppress", "mail_suppression.deleted by key")
async def a_forgiven_address(world: World) -> Act:
    mail_id, _ = await a_mail_to_send(world)
    await mails.note(SendAttempt(mail_id, 0), DEAD)
    where = "/v1/admin/mail/suppressions"
    newest = (await world.staff.get(where, params={"limit": 1})).json()["items"][0]
    return lambda: world.staff.delete(f"{where}/{newest['id']}")


@leaves("mail.mail.resend", "letter.resent by key")
async def a_mail_once_more(world: World) -> Act:
    mail_id, _ = await a_mail(world)
    return lambda: world.staff.post(f"/v1/admin/mail/{mail_id}/resend")
