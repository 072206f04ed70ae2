"""Staff deal with orders by the forms of their pages."""

from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient, Response
from litestar.types import ASGIApp
from support.orders.draft_orders import a_draft
from support.orders.returns import a_sent_order, approved, received
from support.pages.desks import a_desk
from support.pages.readers import follow, form_of, read, send, undo, words
from support.people import HERE, an_address
from support.products import a_sku_for_sale, an_order, stock_of

from trastienda.database.models.accounts.user import Role
from trastienda.handlers.pages.forms import fresh_key


async def now(staff: AsyncClient, order: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = (await staff.get(f"/v1/admin/orders/{order['id']}")).json()
    return found


def place(order: dict[str, Any]) -> str:
    return f"/admin/orders/{order['id']}"


async def test_a_part_of_an_order_is_shipped_with_its_tracking(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order, desk = await an_order(staff, buyer, "test"), await a_desk(shop)
    page = await desk.get(place(order))
    assert "Ship 2 items" in words(page)

    fields = {"lines/0/quantity": "1", "carrier": "Correos"}
    answer = await send(desk, page, f"{place(order)}/fulfilments", **fields)

    page = await follow(desk, answer)
    assert "Ship 1 item" in words(page)
    (parcel,) = (await now(staff, order))["fulfilments"]
    assert (parcel["carrier"], parcel["lines"][0]["quantity"]) == ("Correos", 1)


async def test_a_second_click_sends_no_second_parcel(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order, desk = await an_order(staff, buyer, "test"), await a_desk(shop)
    page = await desk.get(place(order))

    answers = [
        await send(desk, page, f"{place(order)}/fulfilments", **{"lines/0/quantity": "1"})
        for _ in range(2)
    ]

    assert [it.status_code for it in answers] == [303, 303]
    assert len((await now(staff, order))["fulfilments"]) == 1


async def test_more_than_there_is_is_refused_beside_the_line_and_changes_nothing(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order, desk = await an_order(staff, buyer, "test"), await a_desk(shop)
    page = await desk.get(place(order))

    fields = {"lines/0/quantity": "7", "carrier": "Correos"}
    page = await send(desk, page, f"{place(order)}/fulfilments", **fields)

    assert page.status_code in {409, 422}
    kept = dict(form_of(page, f"{place(order)}/fulfilments").fields)
    assert (kept["lines/0/quantity"], kept["carrier"]) == ("7", "Correos")
    assert (await now(staff, order))["fulfilments"] == []


async def refund_page(desk: AsyncClient, order: dict[str, Any], **fields: str) -> Response:
    """Work out what a refund would pay back."""
    action = f"{place(order)}/refund"
    page = await desk.get(action)
    return await send(desk, page, action, **{"do": "preview", **fields})


async def test_a_refund_names_its_amount_before_it_is_granted_once(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order, desk = await a_sent_order(staff, buyer), await a_desk(shop)
    page = await refund_page(desk, order, **{"lines/0/quantity": "1"})
    assert (page.status_code, "Refund €12.50" in words(page)) == (200, True)
    assert (await now(staff, order))["refunded"] == 0

    action = f"{place(order)}/refund"
    answers = [await send(desk, page, action, do="refund") for _ in range(2)]

    assert [it.status_code for it in answers] == [303, 303]
    assert (await now(staff, order))["refunded"] == 1_250


async def test_an_amount_that_was_not_shown_is_not_paid_back(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order, desk = await a_sent_order(staff, buyer), await a_desk(shop)
    page = await refund_page(desk, order, **{"lines/0/quantity": "1"})

    fields = {"do": "refund", "lines/0/quantity": "2"}
    page = await send(desk, page, f"{place(order)}/refund", **fields)

    assert (page.status_code, "Refund €25.00" in words(page)) == (409, True)
    assert (await now(staff, order))["refunded"] == 0


async def test_an_amount_is_typed_as_people_write_it(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order, desk = await a_sent_order(staff, buyer), await a_desk(shop, language="es")
    page = await refund_page(desk, order, amount="3,50")
    assert "Reembolsar 3,50 €" in words(page)

    wrong = await refund_page(desk, order, amount="3.5.0")

    assert wrong.status_code == 422
    assert dict(form_of(wrong, f"{place(order)}/refund").fields)["amount"] == "3.5.0"


@pytest.mark.parametrize("role", [Role.WAREHOUSE, Role.EDITOR])
async def test_who_may_not_refund_sees_no_button_and_is_refused(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient, role: Role
) -> None:
    order, desk = await a_sent_order(staff, buyer), await a_desk(shop, role)

    answer = await desk.get(f"{place(order)}/refund")

    assert answer.status_code == 403
    page = await desk.get(place(order))
    assert f"{place(order)}/refund" not in page.text


async def test_many_orders_are_shipped_at_once_and_each_has_its_result(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    good, bad = await an_order(staff, buyer, "test"), await an_order(staff, buyer)
    await staff.post(f"/v1/admin/orders/{bad['id']}/cancel")
    desk = await a_desk(shop)
    page = await desk.get("/admin/orders")
    bulk = next(
        it for it in read(page).forms if it.action == "/admin/orders" and it.method == "post"
    )
    form = dict(bulk.fields)
    fields = {"csrf_token": form["csrf_token"], "key": form["key"], "do": "fulfil"}

    answer = await desk.post(
        "/admin/orders",
        data={**fields, "orders": [good["id"], bad["id"]]},
        headers={"origin": "https://localhost:8443"},
    )

    assert answer.status_code == 200
    assert "1 order could not be done" in words(answer)
    assert (await now(staff, good))["fulfilment_status"] == "fulfilled"


async def test_tags_of_many_orders_are_taken_back_from_those_that_got_them(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    made = [await an_order(staff, buyer) for _ in range(3)]
    await staff.put(f"/v1/admin/orders/{made[0]['id']}/tags", json={"tags": ["gift", "late"]})
    desk, chosen = await a_desk(shop), [it["id"] for it in made]
    page = await desk.get("/admin/orders?status=open")
    form = dict(next(it for it in read(page).forms if "/admin/orders?" in it.action).fields)

    async def tags() -> list[list[str]]:
        return [(await now(staff, it))["tags"] for it in made]

    async def act(do: str, text: str) -> Response:
        data = {
            **form,
            "key": fresh_key(),
            "do": do,
            "tags": text,
            "orders": [*chosen, str(uuid4())],
        }
        return await desk.post("/admin/orders?status=open", data=data, headers={"origin": HERE})

    tagged = await act("tag", "Gift, urgent")
    assert await tags() == [["gift", "late", "urgent"], *[["gift", "urgent"]] * 2]
    assert "1 order could not be done" in words(tagged)
    back = await undo(desk, tagged)
    assert await tags() == [["gift", "late"], [], []]
    assert "Done." in words(back)
    await undo(desk, await act("untag", "gift"))
    assert await tags() == [["gift", "late"], [], []]
    again = await undo(desk, tagged)  # the same click: its key was used
    assert (again.status_code, "Undo</span>" in again.text) == (200, False)
    broken = await desk.post(
        "/admin/orders",
        data={**form, "key": fresh_key(), "do": "tag", "changes": "no-order gift"},
        headers={"origin": HERE},
    )
    assert (broken.status_code, await tags()) == (422, [["gift", "late"], [], []])


async def test_filters_stand_in_the_address_and_are_taken_away_one_by_one(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer, "test", email="grace@example.com")
    desk = await a_desk(shop)

    page = await desk.get("/admin/orders?email=grace@example.com&payment_status=paid")

    assert order["number"] in words(page)
    assert 'href="/admin/orders?payment_status=paid"' in page.text
    none = await desk.get(f"/admin/orders?email={an_address()}&status=nonsense")
    assert "Clear the filters" in words(none)


async def test_money_that_came_is_noted_and_a_note_is_kept(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order, desk = await an_order(staff, buyer), await a_desk(shop)
    page = await desk.get(place(order))
    assert "Capture €29.90" in words(page)

    await send(desk, page, f"{place(order)}/capture")
    page = await desk.get(place(order))
    await send(desk, page, f"{place(order)}/notes", text="<b>Called</b>")
    await send(desk, page, f"{place(order)}/tags", tags="gift, Fragile")

    page = await desk.get(place(order))
    assert "&lt;b&gt;Called&lt;/b&gt;" in page.text
    order = await now(staff, order)
    assert (order["payment_status"], order["tags"]) == ("paid", ["fragile", "gift"])


async def test_an_edit_is_shown_before_it_is_made(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order, desk = await an_order(staff, buyer), await a_desk(shop)
    action = f"{place(order)}/edit"
    fields = {"lines/0/quantity": "1", "reason": "One is enough"}
    page = await send(desk, await desk.get(action), action, do="preview", **fields)
    assert (page.status_code, "€17.40" in words(page)) == (200, True)
    assert (await now(staff, order))["totals"]["total"] == 2_990

    answer = await send(desk, page, action, do="edit")

    assert answer.status_code == 303
    assert (await now(staff, order))["totals"]["total"] == 1_740


async def test_an_edit_adds_what_is_not_in_the_shop_and_says_what_is_wrong_beside_its_row(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order, desk = await an_order(staff, buyer), await a_desk(shop)
    action, page = f"{place(order)}/edit", None
    row = {"add_custom/1/quantity": "2", "add_custom/1/unit_price": "3.50", "reason": "Engraving"}
    page = await send(desk, await desk.get(action), action, do="preview", **row)
    assert (page.status_code, 'id="add_custom/1/title-error"' in page.text) == (422, True)
    assert dict(form_of(page, action).fields)["add_custom/1/unit_price"] == "3.50"

    page = await send(desk, page, action, do="preview", **{"add_custom/1/title": "Ana, 2026"})
    assert (page.status_code, "€36.90" in words(page)) == (200, True)
    answer = await send(desk, page, action, do="edit")

    assert answer.status_code == 303
    added = (await now(staff, order))["lines"][-1]
    assert (added["name"], added["quantity"], added["unit_price"]) == ("Ana, 2026", 2, 350)


async def test_a_return_is_closed_with_something_else_instead(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order, sku = await a_sent_order(staff, buyer), await a_sku_for_sale(staff, price=990, stock=5)
    of, desk = await received(staff, buyer, order, 1), await a_desk(shop)
    action = f"/admin/returns/{of['id']}"
    page = await desk.get(action)

    empty = await send(desk, page, action, do="close", instead="other")
    assert (empty.status_code, 'id="exchange/0/sku-error"' in empty.text) == (422, True)
    row = {"exchange/1/sku": sku, "exchange/1/quantity": "1", "instead": "other"}
    page = await send(desk, page, action, do="preview", **row)
    assert "Close and order what is sent instead" in words(page)
    answer = await send(desk, page, action, do="close")

    assert answer.status_code == 303, words(answer)
    closed = (await staff.get(f"/v1/admin/returns/{of['id']}")).json()
    exchanged = closed["exchange_order"]
    assert (exchanged["total"], exchanged["captured"]) == (1_480, 1_250)
    assert (await stock_of(staff, sku))["reserved"] == 1


async def test_a_return_is_received_and_closed_with_the_amount_that_was_shown(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_sent_order(staff, buyer)
    of, desk = await approved(staff, buyer, order, 1), await a_desk(shop)
    action = f"/admin/returns/{of['id']}"
    page = await follow(desk, await send(desk, await desk.get(action), action, do="receive"))
    assert "Close and pay back" in words(page)

    answer = await send(desk, page, action, do="close")

    assert answer.status_code == 303
    closed = (await staff.get(f"/v1/admin/returns/{of['id']}")).json()
    assert (closed["status"], closed["refunded"]) == ("closed", 1_250)


async def test_a_draft_order_is_put_together_and_becomes_an_order(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    sku, desk, action = (
        await a_sku_for_sale(staff, stock=5),
        await a_desk(shop),
        "/admin/draft-orders",
    )
    before = await a_draft(staff)
    page = await desk.get(f"{action}/{before['id']}")
    assert "10.00" in page.text

    fields = {"lines/0/sku": sku, "lines/0/quantity": "3"}
    answer = await send(desk, page, f"{action}/{before['id']}", **fields)
    page = await follow(desk, answer)
    answer = await send(desk, page, f"{action}/{before['id']}/complete")

    assert answer.status_code == 303
    assert (await stock_of(staff, sku))["reserved"] == 3
