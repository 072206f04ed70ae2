"""Tags, notes and the timeline of an order, and what staff do to many orders at once."""

from typing import Any
from uuid import uuid4

from httpx import AsyncClient, Response
from support.people import a_member_of_staff, a_program
from support.products import an_order, stock_of
from support.refunds import granted
from support.refusals import refusal

from trastienda.application import Application
from trastienda.database.db import transaction, utcnow
from trastienda.database.models.accounts.user import Role
from trastienda.services.events import events

ORDERS = "/v1/admin/orders"


async def tag(staff: AsyncClient, order: dict[str, Any], *tags: str, **more: Any) -> Response:  # noqa: ANN401
    return await staff.put(f"{ORDERS}/{order['id']}/tags", json={"tags": tags}, **more)


async def note(staff: AsyncClient, order: dict[str, Any], text: str) -> Response:
    return await staff.post(f"{ORDERS}/{order['id']}/notes", json={"text": text})


async def timeline(staff: AsyncClient, order: dict[str, Any], **query: object) -> list[Any]:
    """Return the entries of all pages."""
    items: list[Any] = []
    path = str(staff.build_request("GET", f"{ORDERS}/{order['id']}/timeline", params=query).url)  # type: ignore[arg-type]
    while path:
        answer = await staff.get(path)
        assert answer.status_code == 200, answer.text
        items += answer.json()["items"]
        path = answer.links.get("next", {}).get("url", "")
    return items


async def told(staff: AsyncClient, order: dict[str, Any]) -> list[str]:
    return [it["type"] for it in await timeline(staff, order, sort="oldest")]


async def test_tags_are_kept_in_one_form_and_only_staff_see_them(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer)

    answer = await tag(staff, order, " VIP ", "Handle  with care", "vip")

    assert answer.status_code == 200
    assert answer.json()["tags"] == ["handle with care", "vip"]
    assert answer.json()["version"] == 2
    seen = await staff.get(f"{ORDERS}/{order['id']}")
    assert (seen.json(), seen.headers["etag"]) == (answer.json(), answer.headers["etag"])
    token = {"X-Order-Token": order["access_token"]}
    mine = await buyer.get(f"/v1/orders/{order['id']}", headers=token)
    assert "tags" not in mine.json()
    assert "tags" not in order


async def test_the_same_tags_again_change_nothing(staff: AsyncClient, buyer: AsyncClient) -> None:
    order = await an_order(staff, buyer)
    await tag(staff, order, "gift")

    again = await tag(staff, order, "GIFT")

    assert again.json()["version"] == 2
    assert await told(staff, order) == ["order.placed", "order.tagged"]
    stale = await tag(staff, order, "late", headers={"If-Match": '"1"'})
    assert refusal(stale)[:2] == (412, "order-changed")


async def test_there_are_at_most_50_tags_of_64_characters(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer)

    assert (await tag(staff, order, *(f"tag {it}" for it in range(51)))).status_code == 400
    assert (await tag(staff, order, "x" * 65)).status_code == 400
    assert (await tag(staff, order, " ")).status_code == 400
    many = [f"tag {it}" for it in range(50)]
    assert (await tag(staff, order, *many)).status_code == 200
    body = {"orders": [order["id"]], "add": ["one more"]}
    bulk = (await staff.post(f"{ORDERS}/bulk/tags", json=body)).json()["items"]
    assert [(it["status"], it["problem"]["type"]) for it in bulk] == [
        (422, "/problems/too-many-tags")
    ]
    assert (await staff.get(f"{ORDERS}/{order['id']}")).json()["tags"] == sorted(many)


async def test_a_note_says_who_wrote_it(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer)
    sam = await a_member_of_staff(shop, Role.OWNER)
    made = await note(sam, order, "Wants it\nin one parcel")

    assert made.status_code == 201
    (last,) = (await timeline(staff, order))[:1]
    assert (last["id"], last["kind"], last["text"]) == (
        made.json()["id"],
        "note",
        "Wants it\nin one parcel",
    )
    assert (last["by"]["type"], last["by"]["name"]) == ("staff", "Sam")
    assert last["by"]["id"] == made.json()["by"]["id"]
    assert (await note(staff, order, " \n")).status_code == 400
    missing = await staff.post(f"{ORDERS}/{uuid4()}/notes", json={"text": "x"})
    assert refusal(missing)[:2] == (404, "order-not-found")


async def test_the_timeline_tells_all_and_goes_on_page_by_page(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer, "test")
    await tag(staff, order, "gift")
    await note(staff, order, "chipped")
    made = await granted(staff, order, amount=100)

    oldest = await timeline(staff, order, sort="oldest")

    assert [(it["kind"], it["type"]) for it in oldest] == [
        ("payment", "test"),
        ("event", "order.placed"),
        ("event", "order.tagged"),
        ("note", "note"),
        ("event", "order.refunded"),
        ("refund", "refund.created"),
    ]
    payment, placed, tags, _, _, refund = oldest
    assert (payment["status"], payment["amount"], payment["currency"]) == (
        "succeeded",
        2_990,
        "EUR",
    )
    assert placed["by"] == {"type": "guest", "id": None, "name": None}
    assert tags["tags"] == ["gift"]
    assert (refund["refund_id"], refund["amount"], refund["reason"]) == (
        made["id"],
        100,
        "goodwill",
    )
    assert (refund["by"]["type"], refund["by"]["name"]) == ("key", "program")
    assert await timeline(staff, order, limit=2) == oldest[::-1]
    nowhere = await staff.get(f"{ORDERS}/{uuid4()}/timeline")
    assert refusal(nowhere)[:2] == (404, "order-not-found")


async def test_the_timeline_is_one_statement(
    staff: AsyncClient, buyer: AsyncClient, statements: list[str]
) -> None:
    order = await an_order(staff, buyer)
    await timeline(staff, order)
    statements.clear()

    await timeline(staff, order)

    assert len([it for it in statements if "order_history" in it]) == 1


async def test_the_timeline_outlives_events_and_emails(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer)
    before = await timeline(staff, order)
    async with transaction() as session:
        await session.driver.execute(
            "INSERT INTO letters_sent (id, event_id, letter, recipient, locale, message_id, state,"
            " created_at, changed_at, attempts, resends) SELECT gen_random_uuid(), id,"
            " 'order_placed', 'ada@example.com', 'en', gen_random_uuid(), 'sent', now(), now(),"
            " 1, 0 FROM events WHERE aggregate_id = %s",
            [order["id"]],
        )
    (email,) = [it for it in await timeline(staff, order) if it["kind"] == "email"]
    assert (email["type"], email["status"]) == ("order_placed", "sent")
    assert email["recipient"] == "ada@example.com"

    async with transaction() as session:
        await session.driver.execute("DELETE FROM letters_sent WHERE id = %s", [email["id"]])
        await session.driver.execute("DELETE FROM events WHERE aggregate_id = %s", [order["id"]])

    after = await timeline(staff, order)
    assert after == [email, *before]


async def test_each_order_has_a_result_of_its_own(staff: AsyncClient, buyer: AsyncClient) -> None:
    orders = [await an_order(staff, buyer) for _ in range(3)]
    await staff.post(f"{ORDERS}/{orders[1]['id']}/cancel")
    ids = [*(it["id"] for it in orders), str(uuid4()), orders[0]["id"]]

    answer = await staff.post(f"{ORDERS}/bulk/fulfil", json={"orders": ids})

    assert answer.status_code == 200
    results = answer.json()["items"]
    assert [(it["id"], it["status"]) for it in results] == [
        (ids[0], 201),
        (ids[1], 409),
        (ids[2], 201),
        (ids[3], 404),
    ]
    assert [it["problem"]["type"] for it in results if "problem" in it] == [
        "/problems/order-closed",
        "/problems/order-not-found",
    ]
    sku = orders[0]["lines"][0]["sku"]
    assert await stock_of(staff, sku) == {"on_hand": 8, "reserved": 0, "available": 8}


async def test_tags_are_added_and_removed_by_the_dozen(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    orders = [await an_order(staff, buyer) for _ in range(2)]
    await tag(staff, orders[0], "old", "kept")
    body = {"orders": [it["id"] for it in orders], "add": ["New"], "remove": ["OLD"]}

    answer = await staff.post(f"{ORDERS}/bulk/tags", json=body)

    assert [it["status"] for it in answer.json()["items"]] == [200, 200]
    seen = [(await staff.get(f"{ORDERS}/{it['id']}")).json()["tags"] for it in orders]
    assert seen == [["kept", "new"], ["new"]]


async def test_a_key_sends_each_order_once(staff: AsyncClient, buyer: AsyncClient) -> None:
    orders = [await an_order(staff, buyer) for _ in range(2)]
    key = {"Idempotency-Key": uuid4().hex}
    body = {"orders": [it["id"] for it in orders]}
    where = f"{ORDERS}/bulk/fulfil"

    first = await staff.post(where, json=body, headers=key)
    again = await staff.post(where, json=body, headers=key)

    assert [it["status"] for it in first.json()["items"]] == [201, 201]
    assert (again.status_code, again.content) == (200, first.content)
    other = await staff.post(where, json={"orders": body["orders"][:1]}, headers=key)
    assert refusal(other)[:2] == (422, "key-reused")


async def test_what_was_interrupted_goes_on_under_its_key(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    orders = [await an_order(staff, buyer) for _ in range(2)]
    key = uuid4().hex
    body = {"orders": [it["id"] for it in orders]}
    where = f"{ORDERS}/bulk/fulfil"
    await staff.post(where, json=body, headers={"Idempotency-Key": key})
    async with transaction() as session:  # as if it had ended before the second order
        await session.driver.execute(
            "DELETE FROM idempotency_keys WHERE key = %s AND scope NOT LIKE %s",
            [key, f"% {orders[0]['id']}"],
        )

    again = await staff.post(where, json=body, headers={"Idempotency-Key": key})

    assert [it["status"] for it in again.json()["items"]] == [201, 409]


async def test_rights_and_limits(shop: Application, staff: AsyncClient, buyer: AsyncClient) -> None:
    order = await an_order(staff, buyer)
    async with await a_program(shop, None, "orders.read") as reader:
        assert (await tag(reader, order, "gift")).status_code == 403
        assert (await note(reader, order, "x")).status_code == 403
        for name in ("fulfil", "tags"):
            body = {"orders": [order["id"]]}
            answer = await reader.post(f"{ORDERS}/bulk/{name}", json=body)
            assert answer.status_code == 403
        assert await timeline(reader, order)
    assert (await buyer.get(f"{ORDERS}/{order['id']}/timeline")).status_code == 401
    for orders in ([], [str(uuid4()) for _ in range(101)]):
        answer = await staff.post(f"{ORDERS}/bulk/fulfil", json={"orders": orders})
        assert answer.status_code == 400


async def test_events_tell_of_tags_and_notes(staff: AsyncClient, buyer: AsyncClient) -> None:
    order = await an_order(staff, buyer)
    await tag(staff, order, "gift")
    await note(staff, order, "chipped")

    async with transaction() as session:
        rows = await session.driver.execute(
            "SELECT id FROM events WHERE aggregate_id = %s ORDER BY sequence", [order["id"]]
        )
        data = [await events.by_id(session, id_) for (id_,) in await rows.fetchall()]
    kinds = [(it.type, it.data["tags"]) for it in data if it]
    assert kinds == [("order.placed", []), ("order.tagged", ["gift"]), ("order.noted", ["gift"])]
    assert data[-1] is not None
    assert data[-1].data["note"]["text"] == "chipped"
    assert data[-1].at <= utcnow()
