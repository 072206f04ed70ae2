"""Groups of customers, and what is for them alone."""

from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.people import a_browser, a_customer, a_program, an_address, visitor
from support.products import a_cart, a_sku_for_sale
from support.promotions import a_coupon, a_promotion, one, problems, put_in
from support.refusals import changes_once, refusal

from trastienda.database.models.accounts.user import Role

ALL = "/v1/admin/customer-groups"


async def a_group(staff: AsyncClient) -> dict[str, Any]:
    draft = {"code": f"club-{uuid4().hex}", "name": "Club"}
    answer = await staff.post(ALL, json=draft)
    assert answer.status_code == 201, answer.text
    group: dict[str, Any] = answer.json()
    return group


def at(group: dict[str, Any]) -> str:
    return f"{ALL}/{group['id']}"


async def test_staff_make_rename_and_delete_groups(staff: AsyncClient) -> None:
    group = await a_group(staff)

    late = await changes_once(staff, at(group), {"name": "Friends"})

    assert refusal(late)[:2] == (412, "customer-group-changed")
    renamed = {**group, "name": "Friends", "version": 2}
    assert (await staff.get(at(group))).json() == renamed
    assert (await staff.delete(at(group))).status_code == 204
    assert refusal(await staff.get(at(group)))[:2] == (404, "customer-group-not-found")


async def test_a_code_is_one_groups(staff: AsyncClient) -> None:
    group = await a_group(staff)

    answer = await staff.post(ALL, json={"code": group["code"], "name": "Other"})

    assert refusal(answer) == (409, "customer-group-code-taken", "/code")


@pytest.mark.parametrize(
    ("draft", "pointer"),
    [
        ({"code": "Club", "name": "Club"}, "/code"),
        ({"code": "", "name": "Club"}, "/code"),
        ({"code": "club", "name": ""}, "/name"),
        ({"code": "club", "name": "Club", "colour": "red"}, "/colour"),
    ],
)
async def test_bad_input_names_its_field(
    staff: AsyncClient, draft: dict[str, Any], pointer: str
) -> None:
    assert refusal(await staff.post(ALL, json=draft)) == (400, "invalid-request", pointer)


async def test_groups_and_members_are_paged(shop: ASGIApp, staff: AsyncClient) -> None:
    group, _ = [await a_group(staff) for _ in range(2)]
    addresses = [an_address() for _ in range(3)]
    for address in addresses:
        await a_customer(shop, address)
        answer = await staff.put(f"{at(group)}/members", json={"email": address.upper()})
        assert (answer.status_code, answer.json()["email"]) == (200, address)

    groups = await staff.get(ALL, params={"limit": 1})
    first = await staff.get(f"{at(group)}/members", params={"limit": 2})
    cursor = first.json()["next_cursor"]
    rest = await staff.get(f"{at(group)}/members", params={"limit": 2, "cursor": cursor})

    assert groups.json()["next_cursor"]
    shown = [it["email"] for it in first.json()["items"] + rest.json()["items"]]
    assert shown == addresses
    assert rest.json()["next_cursor"] is None


async def test_members_come_and_go_by_address_or_id(shop: ASGIApp, staff: AsyncClient) -> None:
    group, address = await a_group(staff), an_address()
    account = await visitor(await a_customer(shop, address))
    members = f"{at(group)}/members"
    assert account is not None

    for _ in range(2):
        answer = await staff.put(members, json={"user_id": account["id"]})
        assert answer.json() == {"user_id": account["id"], "email": address, "name": "Ana"}
    assert len((await staff.get(members)).json()["items"]) == 1
    gone = await staff.delete(members, params={"email": address})
    late = await staff.delete(members, params={"user_id": str(account["id"])})

    assert gone.status_code == 204
    assert refusal(late)[:2] == (404, "member-not-found")
    nobody = await staff.put(members, json={"email": an_address()})
    assert refusal(nobody) == (422, "customer-unknown", "/email")
    assert refusal(await staff.put(members, json={})) == (422, "customer-unknown", "/email")
    assert (await staff.get(members)).json()["items"] == []


async def test_a_code_for_a_group_is_for_its_members(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    group, address = await a_group(staff), an_address()
    member = await a_customer(shop, address)
    await staff.put(f"{at(group)}/members", json={"email": address})
    code = await a_coupon(staff, await a_promotion(staff, customer_groups=[group["code"]]))
    sku = await a_sku_for_sale(staff, price=1_000)

    hers = (await put_in(member, await a_cart(member, **{sku: 1}), code)).json()
    others = (await put_in(buyer, await a_cart(buyer, **{sku: 1}), code)).json()

    assert hers["totals"]["discount"] == 100
    assert others["totals"]["discount"] == 0
    assert ("coupon-for-other-customers", code) in problems(others)


async def test_a_group_that_something_is_for_stays(staff: AsyncClient) -> None:
    group = await a_group(staff)
    promotion = await a_promotion(staff, customer_groups=[group["code"]])

    refused = await staff.delete(at(group))
    await staff.delete(one(promotion))

    assert refusal(refused)[:2] == (409, "customer-group-in-use")
    assert (await staff.delete(at(group))).status_code == 204


async def test_who_runs_the_catalogue_does_not_see_customers(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    editor, stranger = await a_program(shop, Role.EDITOR), a_browser(shop)
    group = await a_group(staff)

    for who, status in ((editor, 403), (stranger, 401)):
        answers = [
            await who.get(at(group)),
            await who.post(ALL, json={"code": "club", "name": "Club"}),
            await who.put(f"{at(group)}/members", json={"email": an_address()}),
            await who.delete(at(group)),
        ]
        assert [it.status_code for it in answers] == [status] * 4
    assert (await staff.get(at(group))).json() == group
