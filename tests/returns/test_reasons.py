"""The merchant's list of reasons for returns, and the policy."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.orders.returns import a_sent_order, ask_for, asked, good, key_to
from support.people import a_program
from support.refusals import changes_once, refusal

from trastienda.database.models.accounts.user import Role

ALL, POLICY = "/v1/admin/return-reasons", "/v1/admin/return-policy"


async def a_reason(staff: AsyncClient, **facts: object) -> dict[str, Any]:
    draft = {"code": f"r-{uuid4().hex}", "name": "Too heavy", **facts}
    return good(await staff.post(ALL, json=draft), 201)


@pytest.fixture
async def usual_policy(staff: AsyncClient) -> AsyncIterator[None]:
    """Leave the time to return as it was."""
    yield
    good(await staff.patch(POLICY, json={"window_days": 14, "return_fees": {}}))


async def test_a_shop_begins_with_reasons_in_both_languages(staff: AsyncClient) -> None:
    items = good(await staff.get(ALL))["items"]

    known = {it["code"]: it for it in items}
    assert known["damaged"]["names"] == {"en": "It arrived damaged", "es": "Ha llegado dañado"}
    assert (known["damaged"]["needs_note"], known["damaged"]["charges_fees"]) == (True, False)
    assert (known["changed_mind"]["needs_note"], known["changed_mind"]["charges_fees"]) == (
        False,
        True,
    )


async def test_staff_write_reasons_and_customers_choose_the_active_ones(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_sent_order(staff, buyer)
    made = await a_reason(staff, translations={"es": "Pesa demasiado"}, position=1)

    shown = good(await buyer.get(f"/v1/orders/{order['id']}/returnable", headers=key_to(order)))
    await asked(buyer, order, 1, reason=made["code"])
    change = {"active": False, "name": "Heavy"}
    changed = good(await staff.patch(f"{ALL}/{made['id']}", json=change))
    late = await ask_for(buyer, order, 1, reason=made["code"])

    assert made["names"] == {"en": "Too heavy", "es": "Pesa demasiado"}
    assert {
        "code": made["code"],
        "name": "Too heavy",
        "needs_note": False,
        "charges_fees": True,
    } in shown["reasons"]
    assert changed == made | {
        "active": False,
        "names": {"en": "Heavy", "es": "Pesa demasiado"},
        "version": 2,
    }
    assert refusal(late) == (422, "return-reason-unknown", "/reason")


async def test_only_a_reason_that_no_return_has_is_deleted(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    used, unused = await a_reason(staff), await a_reason(staff)
    await asked(buyer, await a_sent_order(staff, buyer), 1, reason=used["code"])

    refused = await staff.delete(f"{ALL}/{used['id']}")
    gone = await staff.delete(f"{ALL}/{unused['id']}")

    assert refusal(refused) == (409, "return-reason-in-use", None)
    assert gone.status_code == 204
    assert refusal(await staff.get(f"{ALL}/{unused['id']}"))[:2] == (404, "return-reason-not-found")


async def test_a_code_belongs_to_one_reason_and_never_changes(staff: AsyncClient) -> None:
    made = await a_reason(staff)

    taken = await staff.post(ALL, json={"code": made["code"], "name": "Another"})
    other = await staff.patch(f"{ALL}/{made['id']}", json={"code": "other"})
    late = await changes_once(staff, f"{ALL}/{made['id']}", {"name": "Too light"})

    assert refusal(taken) == (409, "return-reason-code-taken", "/code")
    assert refusal(other) == (400, "invalid-request", "/code")
    assert refusal(late)[:2] == (412, "return-reason-changed")


@pytest.mark.usefixtures("usual_policy")
async def test_the_policy_begins_with_the_law_and_is_changed_by_owners(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_sent_order(staff, buyer)
    manager = await a_program(shop, Role.MANAGER)
    before = good(await staff.get(POLICY))

    denied = await manager.patch(POLICY, json={"window_days": None})
    unknown = await staff.patch(POLICY, json={"return_fees": {"XXQ": 1}})
    too_long = await staff.patch(POLICY, json={"window_days": 0})
    closed = good(await staff.patch(POLICY, json={"window_days": None}))
    refused = await ask_for(buyer, order, 1)
    late = await changes_once(staff, POLICY, {"return_fees": {"EUR": 495}})
    shown = good(await buyer.get(f"/v1/orders/{order['id']}/returnable", headers=key_to(order)))

    assert (before["window_days"], before["expiry_days"]) == (14, 30)
    assert (before["restocking_percent"], before["shipping_refund"]) == ("0", "whole_order")
    assert denied.status_code == 403
    assert refusal(unknown) == (422, "no-such-currency", "/return_fees/XXQ")
    assert refusal(too_long) == (400, "invalid-request", "/window_days")
    assert closed == before | {"window_days": None, "version": before["version"] + 1}
    assert refusal(refused) == (409, "returns-not-offered", None)
    assert refusal(late)[:2] == (412, "return-policy-changed")
    assert (shown["until"], shown["lines"][0]["quantity"], shown["return_fee"]) == (None, 0, 495)
