"""Returns as customers ask for them and staff decide."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.background import change
from support.orders.parcels import packed
from support.orders.returns import (
    a_sent_order,
    approved,
    arrived,
    ask_for,
    asked,
    good,
    key_to,
    return_now,
    step,
    units,
)
from support.people import a_browser, a_customer, a_program, an_address
from support.products import an_order
from support.refunds import granted, order_now
from support.refusals import refusal

from trastienda.database.models.accounts.user import Role

NOBODY = str(uuid4())


async def returnable(buyer: AsyncClient, order: dict[str, Any]) -> dict[str, Any]:
    return good(await buyer.get(f"/v1/orders/{order['id']}/returnable", headers=key_to(order)))


async def free(buyer: AsyncClient, order: dict[str, Any]) -> list[int]:
    return [it["quantity"] for it in (await returnable(buyer, order))["lines"]]


async def test_a_customer_asks_for_a_return_and_sees_it(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_sent_order(staff, buyer)
    before = await returnable(buyer, order)

    made = await asked(buyer, order, 1, note="Size M is too wide.")

    line = order["lines"][0]
    assert made["number"] == f"{order['number']}-R1"
    assert (made["status"], made["version"], made["by_staff"]) == ("asked", 1, False)
    assert made["reason"] == {"code": "does_not_fit", "name": "It does not fit"}
    assert made["note"] == "Size M is too wide."
    assert made["lines"] == [
        {
            "line_id": line["id"],
            "sku": line["sku"],
            "name": "Mug",
            "quantity": 1,
            "restocked_quantity": 0,
            "written_off_quantity": 0,
        }
    ]
    address = f"/v1/orders/{order['id']}"
    assert good(await buyer.get(f"{address}/returns", headers=key_to(order))) == {"items": [made]}
    shown = good(await buyer.get(address, headers=key_to(order)))
    assert [(it["id"], it["status"]) for it in shown["returns"]] == [(made["id"], "asked")]
    assert before["lines"] == [{"line_id": line["id"], "quantity": 2}]
    assert {"changed_mind", "does_not_fit"} <= {it["code"] for it in before["reasons"]}
    assert await free(buyer, order) == [1]


async def test_the_reason_is_named_in_the_language_of_who_asks(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_sent_order(staff, buyer)
    await asked(buyer, order, 1)

    headers = key_to(order) | {"Accept-Language": "es"}
    (made,) = good(await buyer.get(f"/v1/orders/{order['id']}/returns", headers=headers))["items"]

    assert made["reason"]["name"] == "No me queda bien"


async def test_an_order_is_returned_by_its_account_and_by_nobody_else(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    email = an_address()
    owner, other = await a_customer(shop, email), await a_customer(shop)
    order = await a_sent_order(staff, owner, email=email)
    address = f"/v1/orders/{order['id']}/returns"
    draft = {"lines": units(order, 1), "reason": "changed_mind"}

    strangers = [
        await other.post(address, json=draft),
        await buyer.post(address, json=draft),
        await buyer.post(address, json=draft, headers={"X-Order-Token": "1.forged"}),
        await other.get(address),
        await buyer.get(f"/v1/orders/{order['id']}/returnable"),
    ]
    made = good(await owner.post(address, json=draft), 201)
    late = [await who.post(f"{address}/{made['id']}/withdraw") for who in (other, buyer)]

    assert {refusal(it) for it in [*strangers, *late]} == {(404, "order-not-found", None)}
    assert good(await owner.get(address))["items"] == [made]


async def test_a_return_of_another_order_is_not_withdrawn(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    mine, yours = [await a_sent_order(staff, buyer) for _ in range(2)]
    made = await asked(buyer, yours, 1)

    answer = await buyer.post(
        f"/v1/orders/{mine['id']}/returns/{made['id']}/withdraw", headers=key_to(mine)
    )

    assert refusal(answer) == (404, "return-not-found", None)
    assert (await return_now(staff, made))["status"] == "asked"


async def test_a_customer_changes_their_mind(staff: AsyncClient, buyer: AsyncClient) -> None:
    order = await a_sent_order(staff, buyer)
    made = await asked(buyer, order, 2)
    address = f"/v1/orders/{order['id']}/returns/{made['id']}/withdraw"

    gone = good(await buyer.post(address, headers=key_to(order)))
    again = await buyer.post(address, headers=key_to(order))

    assert (gone["status"], gone["version"]) == ("withdrawn", 2)
    assert refusal(again) == (409, "return-under-way", None)
    assert refusal(await step(staff, made, "approve")) == (409, "return-not-asked", None)
    assert await free(buyer, order) == [2]


async def test_no_unit_comes_back_twice_nor_one_that_was_not_sent(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer, "test")
    unsent = await ask_for(buyer, order, 1)
    line = order["lines"][0]["id"]
    await packed(staff, order, lines=[{"line_id": line, "quantity": 1}])

    too_many = await ask_for(buyer, order, 2)
    in_parts = await ask_for(buyer, order, 1, lines=units(order, 1) * 2)
    first = await asked(buyer, order, 1)
    second = await ask_for(buyer, order, 1)

    assert refusal(unsent) == (409, "nothing-sent-yet", None)
    for answer in (too_many, in_parts):
        assert refusal(answer) == (409, "more-than-returnable", None)
        assert (answer.json()["line_id"], answer.json()["quantity"]) == (line, 1)
    assert refusal(second) == (409, "more-than-returnable", None)
    assert good(await staff.get(f"/v1/admin/returns?order_number={order['number']}"))["items"] == [
        await return_now(staff, first)
    ]


async def test_what_was_refunded_is_not_returned(staff: AsyncClient, buyer: AsyncClient) -> None:
    order = await a_sent_order(staff, buyer)
    line = order["lines"][0]["id"]
    await granted(staff, order, lines=[{"line": line, "quantity": 1}])

    assert await free(buyer, order) == [1]
    assert refusal(await ask_for(buyer, order, 2)) == (409, "more-than-returnable", None)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"reason": "no_such"}, (422, "return-reason-unknown", "/reason")),
        ({"reason": "damaged"}, (422, "return-note-missing", "/note")),
        ({"reason": "damaged", "note": " "}, (400, "invalid-request", "/note")),
        ({"lines": []}, (400, "invalid-request", "/lines")),
        (
            {"lines": [{"line_id": NOBODY, "quantity": 1}]},
            (422, "return-line-unknown", "/lines/0/line_id"),
        ),
        (
            {"lines": [{"line_id": NOBODY, "quantity": 0}]},
            (400, "invalid-request", "/lines/0/quantity"),
        ),
        ({"status": "approved"}, (400, "invalid-request", "/status")),
    ],
)
async def test_what_cannot_be_asked_for_is_refused_and_changes_nothing(
    staff: AsyncClient,
    buyer: AsyncClient,
    facts: dict[str, Any],
    told: tuple[int, str, str],
) -> None:
    order = await a_sent_order(staff, buyer)

    answer = await ask_for(buyer, order, 1, **facts)

    assert refusal(answer) == told
    assert await free(buyer, order) == [2]


async def age(order: dict[str, Any], days: int) -> None:
    """Make it as if the parcels of an order had been sent earlier."""
    await change(
        "UPDATE fulfilments SET sent_at = sent_at - make_interval(days => %s) WHERE order_id = %s",
        days,
        order["id"],
    )


async def test_the_time_to_return_counts_from_the_last_parcel_and_only_staff_go_beyond_it(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_sent_order(staff, buyer)
    parcel = (await order_now(staff, order))["fulfilments"][0]
    await age(order, 14)
    last_day = await returnable(buyer, order)
    await age(order, 1)

    late = await ask_for(buyer, order, 1)
    over = await returnable(buyer, order)
    await staff.post(f"/v1/admin/fulfilments/{parcel['id']}/delivered")
    delivered = await returnable(buyer, order)
    await change("UPDATE fulfilments SET delivered_at = sent_at WHERE id = %s", parcel["id"])
    draft = {"lines": units(order, 1), "reason": "changed_mind", "instructions": "As agreed."}
    made = good(await staff.post(f"/v1/admin/orders/{order['id']}/returns", json=draft), 201)

    sent = datetime.fromisoformat(parcel["sent_at"])
    midnight = sent.replace(hour=0, minute=0, second=0, microsecond=0)
    assert datetime.fromisoformat(last_day["until"]) == midnight + timedelta(days=1)
    assert last_day["lines"][0]["quantity"] == 2
    assert refusal(late) == (409, "return-window-over", None)
    assert over["lines"][0]["quantity"] == 0
    assert delivered["lines"][0]["quantity"] == 2
    assert (made["status"], made["by_staff"], made["instructions"]) == (
        "approved",
        True,
        "As agreed.",
    )


async def test_staff_approve_with_instructions_or_refuse_with_a_reason(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_sent_order(staff, buyer)
    one, other = [await asked(buyer, order, 1) for _ in range(2)]
    how = {"instructions": "Any post office will do.", "label_reference": "LBL-1"}

    yes = good(await step(staff, one, "approve", **how))
    no = good(await step(staff, other, "refuse", reason="Its seal is open."))

    decided = datetime.fromisoformat(yes["decided_at"])
    assert {name: yes[name] for name in how} == how
    assert (yes["status"], yes["version"]) == ("approved", 2)
    assert datetime.fromisoformat(yes["expires_at"]) == decided + timedelta(days=30)
    assert (no["status"], no["refusal"]) == ("refused", "Its seal is open.")
    for answer in (
        await step(staff, one, "refuse", reason="Late."),
        await step(staff, other, "approve"),
    ):
        assert refusal(answer) == (409, "return-not-asked", None)
    assert refusal(await step(staff, other, "receipts", lines=arrived(order, 1))) == (
        409,
        "return-not-expected",
        None,
    )
    assert await free(buyer, order) == [1]
    seen = good(await buyer.get(f"/v1/orders/{order['id']}/returns", headers=key_to(order)))
    assert [it["refusal"] for it in seen["items"]] == [None, "Its seal is open."]


async def test_who_decides_on_what_somebody_else_decided_meanwhile_is_told(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    made = await asked(buyer, await a_sent_order(staff, buyer), 1)
    address, headers = f"/v1/admin/returns/{made['id']}", {"If-Match": '"1"'}
    await step(staff, made, "approve")

    late = await staff.post(f"{address}/withdraw", headers=headers)

    assert refusal(late)[:2] == (412, "return-changed")
    assert (await return_now(staff, made))["status"] == "approved"


async def test_the_same_request_again_makes_one_return(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_sent_order(staff, buyer)
    headers = key_to(order) | {"Idempotency-Key": uuid4().hex}
    draft = {"lines": units(order, 1), "reason": "changed_mind"}
    address = f"/v1/orders/{order['id']}/returns"

    first, again = [await buyer.post(address, json=draft, headers=headers) for _ in range(2)]

    assert (again.status_code, again.content) == (201, first.content)
    assert await free(buyer, order) == [1]


async def test_returns_are_listed_newest_first_and_page_by_page(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_sent_order(staff, buyer)
    first = await approved(staff, buyer, order, 1)
    second = await asked(buyer, order, 1, reason="changed_mind")
    wanted = {"order_number": order["number"], "limit": "1"}
    all_ = "/v1/admin/returns"

    page = good(await staff.get(all_, params=wanted))
    rest = good(await staff.get(all_, params=wanted | {"cursor": page["next_cursor"]}))
    by_status = good(await staff.get(all_, params=wanted | {"status": "approved"}))
    by_reason = good(await staff.get(all_, params=wanted | {"reason": "changed_mind"}))
    other = await staff.get(all_, params={"cursor": page["next_cursor"]})

    assert [it["id"] for it in page["items"]] == [second["id"]]
    assert rest == {"items": [first], "next_cursor": None}
    assert [it["id"] for it in by_status["items"]] == [first["id"]]
    assert [it["id"] for it in by_reason["items"]] == [second["id"]]
    assert refusal(other)[:2] == (400, "cursor-unusable")


async def test_returns_need_rights_of_their_own(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_sent_order(staff, buyer)
    made = await asked(buyer, order, 1)
    reader = await a_program(shop, None, "returns.read")
    editor, stranger = await a_program(shop, Role.EDITOR), a_browser(shop)
    draft = {"lines": units(order, 1), "reason": "changed_mind"}

    for who, status in ((reader, 403), (editor, 403), (stranger, 401)):
        answers = [
            await who.post(f"/v1/admin/orders/{order['id']}/returns", json=draft),
            await step(who, made, "approve"),
            await step(who, made, "refuse", reason="No."),
            await step(who, made, "receipts", lines=arrived(order, 1)),
            await step(who, made, "close"),
        ]
        assert [it.status_code for it in answers] == [status] * 5
    assert await return_now(reader, made) == await return_now(staff, made)
    assert (await editor.get(f"/v1/admin/returns/{made['id']}")).status_code == 403
    assert (await return_now(staff, made))["status"] == "asked"
