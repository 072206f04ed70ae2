"""Orders that are not paid: the buyer is reminded once, then the stock is free again."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.background import ask, body, change, mails_about
from support.orders.parcels import an_order_to_pick_up, packed
from support.people import a_browser, a_program, an_address
from support.products import a_cart_to_order, a_sku_for_sale, an_order, check_out, stock_of
from support.promotions import a_coupon, a_promotion, put_in
from support.refusals import refusal

from trastienda.controllers import orders
from trastienda.database.db import transaction, utcnow
from trastienda.database.models.accounts.user import Role
from trastienda.jobs.orders import unpaid as job
from trastienda.schemas.shared.context import Context
from trastienda.services.channels import channels
from trastienda.services.orders import unpaid as unpaid_orders
from trastienda.settings import Settings

DAY = timedelta(days=1)


class Order:
    """An order whose money comes later, as staff see it."""

    def __init__(self, staff: AsyncClient, placed: dict[str, Any]) -> None:
        self.staff, self.placed, self.id = staff, placed, placed["id"]
        self.sku = placed["lines"][0]["sku"]
        self.address = f"/v1/admin/orders/{self.id}"
        self.due = datetime.fromisoformat(placed["payment_due_at"])

    async def now(self) -> dict[str, Any]:
        view: dict[str, Any] = (await self.staff.get(self.address)).json()
        return view

    async def told(self) -> list[str]:
        query = "SELECT type FROM events WHERE aggregate_id = %s ORDER BY sequence"
        return [name for (name,) in await ask(query, self.id)]

    async def reserved(self) -> int:
        return (await stock_of(self.staff, self.sku))["reserved"]

    async def put_due(self, at: datetime | None) -> Any:  # noqa: ANN401 - an answer
        draft = {"payment_due_at": at.isoformat() if at else None}
        return await self.staff.put(f"{self.address}/payment-due", json=draft)

    async def mail_left_at(self, at: datetime) -> None:
        """Make it as if the reminder had been sent then."""
        changed = await change(
            "UPDATE letters_sent SET changed_at = %s WHERE letter = 'payment_reminder'"
            " AND event_id IN (SELECT id FROM events WHERE aggregate_id = %s)",
            at,
            self.id,
        )
        assert changed == 1


@pytest.fixture
async def order(staff: AsyncClient, buyer: AsyncClient) -> Order:
    """Return the only order that may expire: those of other tests fill batches, too."""
    await change("UPDATE orders SET payment_due_at = NULL WHERE payment_due_at IS NOT NULL")
    return Order(staff, await an_order(staff, buyer, email=an_address()))


async def remind(at: datetime) -> None:
    while await orders.remind_unpaid(Context(at)):
        pass


async def expire(at: datetime) -> None:
    while await orders.expire_unpaid(Context(at)):
        pass


async def remind_in_time(order: Order, settings: Settings) -> None:
    """Remind a day before the end, and let the mail leave at once."""
    await remind(order.due - DAY)
    await mails_about(order.id, settings)
    await order.mail_left_at(order.due - DAY)


async def test_an_order_that_is_paid_later_says_until_when(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    later, at_once = await an_order(staff, buyer), await an_order(staff, buyer, "test")

    placed = datetime.fromisoformat(later["placed_at"])
    assert datetime.fromisoformat(later["payment_due_at"]) == placed + 7 * DAY
    assert "payment_due_at" not in at_once
    paid = (await staff.post(f"/v1/admin/orders/{later['id']}/capture")).json()
    assert "payment_due_at" not in paid
    assert "cancel_reason" not in paid


async def test_the_buyer_is_reminded_once_a_day_before_and_then_it_is_cancelled(
    order: Order, settings: Settings
) -> None:
    await remind(order.due - DAY - timedelta(minutes=1))
    early = await order.told()
    await remind_in_time(order, settings)
    await asyncio.gather(*(remind(order.due - timedelta(hours=1)) for _ in range(4)))
    await expire(order.due - timedelta(seconds=1))
    before = await order.now()
    await asyncio.gather(*(expire(order.due) for _ in range(4)))
    await remind(order.due + DAY)

    view = await order.now()
    assert early == ["order.placed"]
    assert await order.told() == ["order.placed", "order.payment_reminded", "order.cancelled"]
    assert (before["status"], before["version"]) == ("open", 2)
    assert (view["status"], view["payment_status"], view["version"]) == (
        "cancelled",
        "cancelled",
        3,
    )
    assert view["cancel_reason"] == "unpaid"
    assert "payment_due_at" not in view
    assert await order.reserved() == 0


async def test_mails_say_when_it_ends_and_why_it_did(order: Order, settings: Settings) -> None:
    await remind_in_time(order, settings)
    await expire(order.due)
    placed, reminder, ended = await mails_about(order.id, settings)

    number, due = order.placed["number"], order.due
    day = f"{due:%B} {due.day}, {due.year}"
    assert f"Please pay by {day}" in body(placed)
    assert reminder["Subject"] == f"Please pay your order {number}"
    assert f"Please pay by {day}" in body(reminder)
    assert ended["Subject"] == f"Your order {number} is cancelled: it was not paid"
    assert [it["To"] for it in (reminder, ended)] == [order.placed["email"]] * 2


async def test_mails_speak_spanish_too(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    spanish = {"Accept-Language": "es"}
    order = Order(staff, await an_order(staff, buyer, email=an_address(), headers=spanish))
    await remind_in_time(order, settings)
    await expire(order.due)
    _, reminder, ended = await mails_about(order.id, settings)

    number = order.placed["number"]
    assert reminder["Subject"] == f"Pague su pedido {number}, por favor"
    assert ended["Subject"] == f"Su pedido {number} está cancelado: no se ha pagado"


async def test_no_order_ends_before_its_mail_has_left_for_half_a_day(
    order: Order, settings: Settings
) -> None:
    await remind(order.due - DAY)
    await expire(order.due)  # the relay, or the mail server, is away
    unwritten = await order.now()
    await mails_about(order.id, settings)
    await order.mail_left_at(order.due - timedelta(hours=11))
    await expire(order.due)
    too_soon = await order.now()
    await expire(order.due + timedelta(hours=1))

    assert (unwritten["status"], too_soon["status"]) == ("open", "open")
    assert (await order.now())["status"] == "cancelled"


async def test_a_mail_that_nobody_can_send_holds_the_stock_for_a_week_at_most(
    order: Order,
) -> None:
    await remind(order.due - DAY)
    await expire(order.due - DAY + unpaid_orders.UNSENT - timedelta(minutes=1))
    before = await order.now()
    await expire(order.due - DAY + unpaid_orders.UNSENT)

    assert before["status"] == "open"
    assert (await order.now())["status"] == "cancelled"


async def test_a_late_reminder_puts_the_end_off(order: Order, settings: Settings) -> None:
    """As after an upgrade, or when no worker ran for days."""
    late = order.due + 3 * DAY
    await expire(late)
    await remind(late)
    told = await order.now()
    await mails_about(order.id, settings)
    await expire(late + timedelta(hours=1))

    assert datetime.fromisoformat(told["payment_due_at"]) == late + DAY
    assert (await order.now())["status"] == "open"


async def test_a_reminder_is_not_written_once_the_order_is_paid(
    order: Order, settings: Settings
) -> None:
    await remind(order.due - DAY)
    await order.staff.post(f"{order.address}/capture")
    mails = await mails_about(order.id, settings)
    await expire(order.due + 30 * DAY)

    assert [it["Subject"] for it in mails] == [
        f"Your order {order.placed['number']}",
        f"Your order {order.placed['number']} is paid",
    ]
    assert (await order.now())["status"] == "open"
    assert await order.reserved() == 2


async def test_staff_give_more_time_and_the_buyer_is_reminded_anew(
    order: Order, settings: Settings
) -> None:
    await remind_in_time(order, settings)
    later = order.due + 10 * DAY
    extended = await order.put_due(later)
    await expire(order.due + DAY)
    await remind(order.due + DAY)
    between = await order.told()
    order.due = later
    await remind(later - DAY)
    await mails_about(order.id, settings)
    await expire(later + unpaid_orders.UNSENT)

    assert extended.status_code == 200, extended.text
    assert datetime.fromisoformat(extended.json()["payment_due_at"]) == later
    assert between == ["order.placed", "order.payment_reminded", "order.payment_due_changed"]
    assert (await order.told())[3:] == ["order.payment_reminded", "order.cancelled"]


async def test_staff_exempt_an_order_for_good(order: Order) -> None:
    exempt = await order.put_due(None)
    await remind(order.due + 300 * DAY)
    await expire(order.due + 300 * DAY)

    assert "payment_due_at" not in exempt.json()
    assert await order.told() == ["order.placed", "order.payment_due_changed"]
    assert (await order.now())["status"] == "open"


async def test_a_time_to_pay_is_to_come_and_the_order_is_still_to_be_paid(
    order: Order, shop: ASGIApp
) -> None:
    past, far = await order.put_due(utcnow()), await order.put_due(utcnow() + 400 * DAY)
    before = await order.now()
    async with await a_program(shop, Role.EDITOR) as other:
        forbidden = await other.put(f"{order.address}/payment-due", json={"payment_due_at": None})
    async with a_browser(shop) as nobody:
        unknown = await nobody.put(f"{order.address}/payment-due", json={"payment_due_at": None})
    await order.staff.post(f"{order.address}/capture")
    paid = await order.put_due(None)

    assert refusal(past) == refusal(far) == (422, "payment-due-unusable", "/payment_due_at")
    assert before["version"] == 1
    assert refusal(forbidden)[0] == 403
    assert refusal(unknown)[0] in {401, 403}
    assert refusal(paid)[:2] == (409, "order-already-paid")


async def test_what_is_partly_sent_never_expires(order: Order) -> None:
    part = {"lines": [{"line_id": order.placed["lines"][0]["id"], "quantity": 1}]}
    await order.staff.post(f"{order.address}/fulfilments", json=part)
    await remind(order.due + DAY)
    await expire(order.due + 30 * DAY)

    assert (await order.now())["status"] == "open"
    assert await order.told() == ["order.placed", "order.fulfilled"]


async def test_what_nobody_pays_or_picks_up_is_unpacked_when_it_expires(
    order: Order, staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    waiting = Order(staff, await an_order_to_pick_up(staff, buyer))
    parcel = await packed(staff, waiting.placed, pickup=True)
    await remind_in_time(waiting, settings)
    await expire(waiting.due)

    after = await waiting.now()
    assert (after["status"], after["cancel_reason"]) == ("cancelled", "unpaid")
    assert after["fulfilments"] == [{**parcel, "status": "cancelled"}]
    assert await waiting.reserved() == 0
    assert (await waiting.told())[-1] == "order.cancelled"
    assert (await order.now())["status"] == "open"  # it was not reminded


async def test_the_setting_is_the_channels_and_can_be_off(
    staff: AsyncClient, buyer: AsyncClient, order: Order
) -> None:
    async def put(days: int | None) -> Any:  # noqa: ANN401 - an answer
        answer = await staff.patch("/v1/admin/channel", json={"payment_days": days})
        async with transaction() as session:
            await channels.refresh(session)
        return answer.json()

    try:
        off = await put(None)
        without = await an_order(staff, buyer, email=an_address())
        await remind(order.due + 30 * DAY)
        while_off = await order.told()
        on = await put(30)
        longer = await an_order(staff, buyer, email=an_address())
        zero = await staff.patch("/v1/admin/channel", json={"payment_days": 0})
    finally:
        await put(7)

    assert (off["payment_days"], on["payment_days"]) == (None, 30)
    assert "payment_due_at" not in without
    assert while_off == ["order.placed"]
    placed = datetime.fromisoformat(longer["placed_at"])
    assert datetime.fromisoformat(longer["payment_due_at"]) == placed + 30 * DAY
    assert zero.status_code == 400


async def test_uses_of_codes_come_back_as_well(staff: AsyncClient, buyer: AsyncClient) -> None:
    promotion = await a_promotion(staff, usage_limit=1)
    cart = await a_cart_to_order(buyer, **{await a_sku_for_sale(staff): 1})
    await put_in(buyer, cart, await a_coupon(staff, promotion))
    order = Order(staff, (await check_out(buyer, cart["id"])).json())
    taken = await ask("SELECT uses FROM promotions WHERE id = %s", promotion["id"])
    await remind(order.due - DAY)
    await expire(order.due + unpaid_orders.UNSENT)

    assert taken == [(1,)]
    assert await ask("SELECT uses FROM promotions WHERE id = %s", promotion["id"]) == [(0,)]


async def test_a_payment_that_comes_at_the_last_moment_is_kept_refused_or_paid_back(
    order: Order, settings: Settings
) -> None:
    await remind_in_time(order, settings)

    _, captured, _, cancelled = await asyncio.gather(
        expire(order.due),
        order.staff.post(f"{order.address}/capture"),
        expire(order.due),
        order.staff.post(f"{order.address}/cancel"),
    )

    view, told = await order.now(), await order.told()
    paid = captured.status_code == 200
    if paid and cancelled.status_code == 200:  # it was called off after it had been paid
        assert (view["status"], view["captured"]) == ("cancelled", view["refunded"])
        assert told[2:] == ["order.paid", "order.refunded", "order.cancelled"]
        assert await order.reserved() == 0
    else:
        assert (view["status"] == "open") is paid
        assert told[2:] == [f"order.{'paid' if paid else 'cancelled'}"]
        assert await order.reserved() == (2 if paid else 0)


async def test_an_order_that_somebody_holds_keeps_no_other_back(
    staff: AsyncClient, buyer: AsyncClient, order: Order
) -> None:
    other = Order(staff, await an_order(staff, buyer, email=an_address()))
    await remind(order.due)
    at = other.due + unpaid_orders.UNSENT
    async with transaction() as session:
        await session.driver.execute(
            "SELECT FROM orders WHERE id = %s FOR UPDATE", [UUID(order.id)]
        )
        await orders.expire_unpaid(Context(at))
        held = await order.now()
    freed = await other.now()
    await expire(at)

    assert (held["status"], freed["status"]) == ("open", "cancelled")
    assert (await order.now())["status"] == "cancelled"


async def test_an_order_that_cannot_be_ended_is_reported_and_keeps_no_other_back(
    staff: AsyncClient, buyer: AsyncClient, order: Order
) -> None:
    other = Order(staff, await an_order(staff, buyer, email=an_address()))
    await remind(order.due)
    broken = "UPDATE stock SET reserved = %s WHERE id IN (SELECT stock_id FROM reservations"
    broken += " WHERE source_id = %s)"
    await change(broken, 1, UUID(order.id))  # less is reserved than will be given back
    with pytest.raises(Exception, match="ck_stock_reserved"):
        await orders.expire_unpaid(Context(order.due + unpaid_orders.UNSENT))
    left, freed = await order.now(), await other.now()
    await change(broken, 2, UUID(order.id))
    await expire(order.due + unpaid_orders.UNSENT)

    assert (left["status"], left["version"], freed["status"]) == ("open", 2, "cancelled")
    assert (await order.now())["status"] == "cancelled"


async def test_the_job_says_when_there_is_nothing_left(order: Order) -> None:
    await change("UPDATE orders SET payment_due_at = now() WHERE id = %s", order.id)

    while await job.look():
        pass

    assert await order.told() == ["order.placed", "order.payment_reminded"]
