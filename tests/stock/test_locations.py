from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.people import a_browser, a_program
from support.products import a_sku_for_sale
from support.refusals import changes_once, refusal

from trastienda.database.models.accounts.user import Role

ALL = "/v1/admin/locations"


async def a_location(staff: AsyncClient, **facts: Any) -> dict[str, Any]:  # noqa: ANN401
    draft = {"code": f"depot-{uuid4().hex}", "name": "Depot", "position": 10, **facts}
    answer = await staff.post(ALL, json=draft)
    assert answer.status_code == 201, answer.text
    location: dict[str, Any] = answer.json()
    return location


def one(location: dict[str, Any]) -> str:
    return f"{ALL}/{location['id']}"


async def receive(staff: AsyncClient, sku: str, location: dict[str, Any], quantity: int) -> None:
    movement = {"quantity": quantity, "reason": "received", "location": location["code"]}
    answer = await staff.post(f"/v1/admin/stock/{sku}/movements", json=movement)
    assert answer.status_code == 201, answer.text


async def test_stock_is_kept_at_a_new_location(staff: AsyncClient) -> None:
    location, sku = await a_location(staff), await a_sku_for_sale(staff, stock=2)

    await receive(staff, sku, location, 3)

    items = (await staff.get(f"/v1/admin/stock/{sku}")).json()["items"]
    assert [(it["location"], it["on_hand"]) for it in items] == [
        ("main", 2),
        (location["code"], 3),
    ]


async def test_locations_are_listed_in_the_order_in_which_orders_draw_from_them(
    staff: AsyncClient,
) -> None:
    late, early = await a_location(staff, position=30), await a_location(staff, position=20)

    before = (await staff.get(ALL)).json()["items"]
    changed = (await staff.patch(one(late), json={"position": 15, "name": "Front"})).json()
    after = (await staff.get(ALL)).json()["items"]

    assert before.index(early) < before.index(late)
    assert after.index(changed) < after.index(early)
    assert changed == {**late, "position": 15, "name": "Front", "version": 2}
    assert (await staff.get(one(late))).json() == changed


async def test_only_a_location_that_never_kept_stock_is_deleted(staff: AsyncClient) -> None:
    used, unused = await a_location(staff), await a_location(staff)
    sku = await a_sku_for_sale(staff)
    await receive(staff, sku, used, 3)
    await receive(staff, sku, used, -3)

    refused, gone = await staff.delete(one(used)), await staff.delete(one(unused))

    assert refusal(refused)[:2] == (409, "location-in-use")
    assert (await staff.get(one(used))).json() == used
    assert (gone.status_code, gone.content) == (204, b"")
    assert refusal(await staff.get(one(unused)))[:2] == (404, "location-not-found")


async def test_the_main_location_stays(staff: AsyncClient) -> None:
    items = (await staff.get(ALL)).json()["items"]
    (main,) = [it for it in items if it["code"] == "main"]

    answer = await staff.delete(one(main))

    assert refusal(answer)[:2] == (409, "main-location-needed")
    assert (await staff.get(one(main))).json() == main


async def test_a_code_belongs_to_one_location(staff: AsyncClient) -> None:
    taken = await a_location(staff)

    answer = await staff.post(ALL, json={"code": taken["code"], "name": "Another"})

    assert refusal(answer) == (409, "location-code-taken", "/code")


async def test_a_code_never_changes(staff: AsyncClient) -> None:
    location = await a_location(staff)

    answer = await staff.patch(one(location), json={"code": "other"})

    assert refusal(answer) == (400, "invalid-request", "/code")


async def test_who_changes_what_somebody_else_changed_meanwhile_is_told(staff: AsyncClient) -> None:
    location = await a_location(staff)

    late = await changes_once(staff, one(location), {"name": "Depot 2"})

    assert refusal(late)[:2] == (412, "location-changed")
    deleted = await staff.delete(one(location), headers={"If-Match": '"1"'})
    assert refusal(deleted)[:2] == (412, "location-changed")


async def test_the_same_request_again_has_its_effect_once(staff: AsyncClient) -> None:
    draft = {"code": f"depot-{uuid4().hex}", "name": "Depot"}
    key = {"Idempotency-Key": uuid4().hex}

    first = await staff.post(ALL, json=draft, headers=key)
    again = await staff.post(ALL, json=draft, headers=key)

    assert (again.status_code, again.content) == (201, first.content)
    patch, key = {"name": "Depot 2"}, {"Idempotency-Key": uuid4().hex}
    answers = [await staff.patch(one(first.json()), json=patch, headers=key) for _ in range(2)]
    assert [it.json()["version"] for it in answers] == [2, 2]
    assert (await staff.get(one(first.json()))).json()["version"] == 2


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"name": ""}, (400, "invalid-request", "/name")),
        ({"name": "\u00a0"}, (400, "invalid-request", "/name")),
        ({"code": "Main Street"}, (400, "invalid-request", "/code")),
        ({"code": "x" * 65}, (400, "invalid-request", "/code")),
        ({"position": -1}, (400, "invalid-request", "/position")),
        ({"position": "first"}, (400, "invalid-request", "/position")),
        ({"street": "Mayor 1"}, (400, "invalid-request", "/street")),
    ],
)
async def test_bad_input_names_its_field(
    staff: AsyncClient, fields: dict[str, object], expected: tuple[int, str, str]
) -> None:
    location = await a_location(staff)
    draft = {"code": f"depot-{uuid4().hex}", "name": "Depot", **fields}

    created = await staff.post(ALL, json=draft)
    changed = await staff.patch(one(location), json=fields)

    assert refusal(created) == expected
    assert refusal(changed) == expected
    assert (await staff.get(one(location))).json() == location


async def test_who_may_only_read_stock_changes_no_location(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    location = await a_location(staff)
    reader, stranger = await a_program(shop, Role.EDITOR), a_browser(shop)

    assert (await reader.get(one(location))).json() == location
    for who, status in ((reader, 403), (stranger, 401)):
        answers = [
            await who.post(ALL, json={"code": "x", "name": "X"}),
            await who.patch(one(location), json={"name": "Mine"}),
            await who.delete(one(location)),
        ]
        assert [it.status_code for it in answers] == [status] * 3
    assert (await staff.get(one(location))).json() == location
