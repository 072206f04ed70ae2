"""Draft orders expire: their buyers are told before and after, and the link is dead."""

from datetime import datetime, timedelta
from typing import Any

from httpx import AsyncClient
from support.background import body, change, mails_about
from support.orders.draft_orders import ALL, a_draft, completed, token_of
from support.payments.books import channel
from support.products import stock_of

from trastienda.database.db import utcnow
from trastienda.jobs.orders import draft_orders
from trastienda.settings import Settings


async def sweep() -> None:
    while await draft_orders.look():
        pass


async def read(staff: AsyncClient, draft: dict[str, Any]) -> dict[str, Any]:
    answer = await staff.get(f"{ALL}/{draft['id']}")
    view: dict[str, Any] = answer.json()
    return view


async def test_the_channel_says_for_how_long_unless_staff_do(staff: AsyncClient) -> None:
    async with channel(staff, draft_order_days=14):
        usual, never = await a_draft(staff), await a_draft(staff, expires_at=None)
    other = await a_draft(staff)
    refused = await staff.patch("/v1/admin/channel", json={"draft_order_days": 0})

    made_at = datetime.fromisoformat(usual["created_at"])
    assert datetime.fromisoformat(usual["expires_at"]) - made_at == timedelta(days=14)
    assert (never["expires_at"], other["expires_at"], refused.status_code) == (None, None, 400)


async def test_its_buyer_is_told_and_the_link_dies(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    later = (utcnow() + timedelta(days=3)).isoformat()
    made = await a_draft(staff, expires_at=later, reserve_until=later)
    where = f"/v1/draft-orders/{made['id']}"
    opens = {"X-Draft-Order-Token": await token_of(staff, made)}
    await sweep()
    await change(
        "UPDATE draft_orders SET expires_at = now() + interval '1 hour',"
        " sent_at = now() - interval '2 hours' WHERE id = %s",
        made["id"],
    )
    await sweep()
    await sweep()
    _, reminder = await mails_about(made["id"], settings)
    await change("UPDATE draft_orders SET expires_at = now() WHERE id = %s", made["id"])
    await sweep()
    _, _, ended = await mails_about(made["id"], settings)
    seen = await buyer.get(where, headers=opens)
    late = await buyer.post(f"{where}/order", headers=opens)

    assert "You can order it until" in body(reminder)
    assert "/draft-orders/" in body(reminder)
    assert "Nothing was ordered" in body(ended)
    assert "/draft-orders/" not in body(ended)
    assert {it.json()["type"] for it in (seen, late)} == {"/problems/draft-order-expired"}
    assert (await stock_of(staff, made["lines"][0]["sku"]))["reserved"] == 0
    after = await read(staff, made)
    assert (after["status"], after["reserve_until"]) == ("sent", None)
    assert after["expired_at"] is not None
    listed = {
        flag: {
            it["id"] for it in (await staff.get(f"{ALL}?expired={flag}&limit=100")).json()["items"]
        }
        for flag in ("true", "false")
    }
    assert (made["id"] in listed["true"], made["id"] in listed["false"]) == (True, False)


async def test_a_later_time_opens_it_again_and_nobody_is_told_who_was_not_sent_it(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    made = await a_draft(staff)
    await change("UPDATE draft_orders SET expires_at = now() WHERE id = %s", made["id"])
    await sweep()
    mails = await mails_about(made["id"], settings)
    refused = await staff.post(f"{ALL}/{made['id']}/send")
    again = await staff.patch(
        f"{ALL}/{made['id']}", json={"expires_at": (utcnow() + timedelta(days=2)).isoformat()}
    )
    opens = {"X-Draft-Order-Token": await token_of(staff, made)}
    ordered = await buyer.post(f"/v1/draft-orders/{made['id']}/order", headers=opens)

    assert (mails, refused.status_code) == ([], 403)
    assert (again.json()["expired_at"], ordered.status_code) == (None, 201)


async def test_one_that_became_an_order_does_not_expire(staff: AsyncClient) -> None:
    made = await a_draft(staff)
    await completed(staff, made)
    await change("UPDATE draft_orders SET expires_at = now() WHERE id = %s", made["id"])
    await sweep()

    assert (await read(staff, made))["expired_at"] is None
