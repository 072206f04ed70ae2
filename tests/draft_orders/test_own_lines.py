"""Lines that are not in the shop, and discounts of staff: priced, ordered, edited, paid back."""

from typing import Any

from httpx import AsyncClient
from support.orders.draft_orders import ALL, a_draft, completed, token_of
from support.payments.books import channel
from support.people import an_address
from support.products import ADDRESS, a_shipping_option
from support.refunds import expect_balanced_books, granted, order_now, refund
from support.refusals import refusal
from support.taxes import a_zone

ENGRAVING = {"title": "Engraving: Ana", "quantity": 1, "unit_price": 900}
LOYAL = {"amount": 500, "reason": "A customer for ten years"}


def tenth(reason: str = "Scratched box") -> dict[str, str]:
    return {"percent": "10", "reason": reason}


async def a_whole_draft(staff: AsyncClient, **facts: Any) -> dict[str, Any]:  # noqa: ANN401
    """Two mugs at 1,000 less a tenth, an engraving at 900, and 500 off all of it."""
    made = await a_draft(staff, custom_lines=[ENGRAVING], staff_discount=LOYAL, **facts)
    sku = made["lines"][0]["sku"]
    line = {"sku": sku, "quantity": 2, "unit_price": 1_000, "reason": "Agreed by phone"}
    lines = [{**line, "staff_discount": tenth()}]
    answer = await staff.patch(f"{ALL}/{made['id']}", json={"lines": lines})
    assert answer.status_code == 200, answer.text
    changed: dict[str, Any] = answer.json()
    return changed


async def test_discounts_come_off_lines_and_then_off_all(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    made = await a_whole_draft(staff)
    token = await token_of(staff, made)
    seen = await buyer.get(f"/v1/draft-orders/{made['id']}", headers={"X-Draft-Order-Token": token})

    mug, engraving = made["lines"]
    assert made["problems"] == []
    assert (mug["subtotal"], mug["discount"], mug["total"]) == (2_000, 533, 1_467)
    assert (engraving["subtotal"], engraving["discount"], engraving["total"]) == (900, 167, 733)
    assert (made["totals"]["discount"], made["totals"]["total"]) == (700, 2_500)
    assert (engraving["name"], engraving["variant_id"]) == ("Engraving: Ana", None)
    assert engraving["custom"] == {"tax_class": "standard", "requires_shipping": True}
    assert mug["staff_discount"]["reason"] == "Scratched box"
    assert made["staff_discount"]["by"]["type"] == "key"
    shown = seen.json()
    assert (shown["totals"], "staff_discount" in shown) == (made["totals"], False)
    assert all("staff_discount" not in line for line in shown["lines"])


async def test_who_granted_a_discount_stays_while_it_says_the_same(staff: AsyncClient) -> None:
    made = await a_whole_draft(staff)
    where = f"{ALL}/{made['id']}"
    same = (await staff.patch(where, json={"custom_lines": [ENGRAVING]})).json()
    none = (await staff.patch(where, json={"staff_discount": None, "custom_lines": []})).json()

    assert [it["id"] for it in same["lines"]] == [it["id"] for it in made["lines"]]
    assert same["staff_discount"] == made["staff_discount"]
    assert (len(none["lines"]), none["staff_discount"], none["totals"]["discount"]) == (
        1,
        None,
        200,
    )


async def test_all_of_it_is_paid_back_in_parts_to_the_cent(staff: AsyncClient) -> None:
    made = await a_whole_draft(staff)
    order = await completed(staff, made, paid=True)
    mug, engraving = order["lines"]
    sent = await staff.post(f"/v1/admin/orders/{order['id']}/fulfilments", json={})
    draft = {"lines": [{"line_id": engraving["id"], "quantity": 1}], "reason": "other", "note": "x"}
    back = await staff.post(f"/v1/admin/orders/{order['id']}/returns", json=draft)
    assert (sent.status_code, back.status_code) == (201, 201), back.text
    came = f"/v1/admin/returns/{back.json()['id']}"
    arrived = {"lines": [{"line_id": engraving["id"], "quantity": 1}]}
    assert (await staff.post(f"{came}/receipts", json=arrived)).status_code == 201
    closed = await staff.post(f"{came}/close", json={"return_fee": 0})
    await granted(staff, order, lines=[{"line": mug["id"], "quantity": 1}])
    await granted(staff, order, lines=[{"line": mug["id"], "quantity": 1}], shipping="all")
    more = await refund(staff, order, amount=1)

    assert (engraving["sku"], engraving["custom"]["requires_shipping"]) == ("", True)
    assert closed.json()["refunded"] == 733, closed.text
    assert (await order_now(staff, order))["refunded"] == 2_500
    assert more.status_code == 409
    await expect_balanced_books()


async def test_what_is_not_shipped_does_not_count_for_shipping(staff: AsyncClient) -> None:
    option = await a_shipping_option(300, tariff="per_item")
    whole = await a_draft(
        staff, custom_lines=[ENGRAVING], shipping_option=option, shipping_price=None
    )
    service = {**ENGRAVING, "requires_shipping": False}
    part = await staff.patch(f"{ALL}/{whole['id']}", json={"custom_lines": [service]})

    assert whole["totals"]["shipping"] == 900
    assert part.json()["totals"]["shipping"] == 600


async def test_edits_add_change_and_tax_it_anew(staff: AsyncClient) -> None:
    order = await completed(staff, await a_whole_draft(staff))
    engraving = order["lines"][1]
    edits = f"/v1/admin/orders/{order['id']}/edits"
    gift_wrap = {"title": "Gift wrap", "quantity": 2, "unit_price": 200, "sku": "WRAP"}
    changed = {
        "reason": "As they called",
        "lines": [{"line": engraving["id"], "quantity": 2}],
        "add_custom": [gift_wrap],
    }
    unknown = await staff.post(
        edits, json={**changed, "add_custom": [{**gift_wrap, "tax_class": "none-such"}]}
    )
    first = await staff.post(edits, json=changed)
    # Nearer than a zone of the whole country, which other tests leave
    made = await a_zone(staff, "10", {"country": "PT", "postal_code": "28*"})
    async with channel(staff, tax_source="zones", tax_country="ES", countries=["ES", "PT"]):
        there = {**ADDRESS, "country": "PT", "postal_code": "2800-001"}
        moved = await staff.post(edits, json={"reason": "They move", "shipping_address": there})
    for it in made:
        await staff.delete(it)

    assert unknown.json()["type"] == "/problems/tax-class-unknown"
    assert first.status_code == 200, first.text
    after = first.json()["after"]  # 1,800 + 1,800 + 400 - 500 and shipping
    assert after["totals"]["total"] == 3_800
    assert [it["sku"] for it in after["lines"]][1:] == ["", "WRAP"]
    assert after["lines"][2]["custom"] == {"tax_class": "standard", "requires_shipping": True}
    assert moved.status_code == 200, moved.text
    assert {it["tax_rate"] for it in moved.json()["after"]["lines"]} == {"10"}
    await expect_balanced_books()


async def test_what_cannot_be_is_refused(staff: AsyncClient) -> None:
    email = {"email": an_address()}
    both = {"percent": "10", "amount": 1, "reason": "x"}
    cases: list[tuple[dict[str, Any], str, str | None]] = [
        ({}, "draft-order-empty", "/lines"),
        (
            {"custom_lines": [ENGRAVING, {**ENGRAVING, "tax_class": "none-such"}]},
            "tax-class-unknown",
            "/custom_lines/1/tax_class",
        ),
        (
            {"custom_lines": [{**ENGRAVING, "staff_discount": both}]},
            "discount-unclear",
            "/custom_lines/0/staff_discount",
        ),
        (
            {"custom_lines": [ENGRAVING], "staff_discount": {"amount": 0, "reason": "x"}},
            "discount-unclear",
            "/staff_discount",
        ),
        (
            {"custom_lines": [{**ENGRAVING, "unit_price": -1}]},
            "invalid-request",
            "/custom_lines/0/unit_price",
        ),
        (
            {"custom_lines": [{**ENGRAVING, "variant_id": None}]},
            "invalid-request",
            "/custom_lines/0/variant_id",
        ),
        (
            {"custom_lines": [ENGRAVING] * 150 + [ENGRAVING] * 51},
            "invalid-request",
            "/custom_lines",
        ),
    ]
    for draft, problem, pointer in cases:
        refused = await staff.post(ALL, json={**email, **draft})
        assert refusal(refused)[1:] == (problem, pointer), refused.text
