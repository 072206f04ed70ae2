"""What the description shows is true: sums add up, periods end after they begin, states fit."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.analysis.descriptions import OPERATIONS, media

from trastienda.handlers.shared.context import PRINTED

ROOT = Path(__file__).parents[2]
DOCUMENTS = [*ROOT.glob("README*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "CONTRIBUTING.md"]
KEY = re.compile(r"""(?i)idempotency-key["'`]?\s*[:=]\s*["'`]?([!-~]{22,255}?)(?=["'`\s]|$)""")
"""A shorter one is refused to those who are not known anyway."""
STARTS = {"starts_at": "ends_at", "created_at": "ended_at", "time_from": "time_to"}


def keys(text: str) -> set[str]:
    return {it for it in KEY.findall(text) if not it.startswith(("$", "{", "<"))}


def structs(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - any JSON
    """Give all objects in an example."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        yield from structs(inner)


def shown(name: str) -> list[dict[str, Any]]:
    _, _, operation = OPERATIONS[name]
    return [it for _, part in media(operation) for it in structs(part["example"])]


every_operation = pytest.mark.parametrize("name", OPERATIONS)


def test_a_key_that_a_document_prints_is_refused() -> None:
    sample = 'curl -H "Idempotency-Key: 0123456789abcdef0123456789abcdef" -H "Idempotency-Key: $K"'
    printed = {key for it in DOCUMENTS for key in keys(it.read_text("utf-8"))}
    parameters = [it for *_, operation in OPERATIONS.values() for it in operation["parameters"]]
    prefilled = {it.get("example") for it in parameters if it.get("name") == "Idempotency-Key"}

    assert keys(sample) == {"0123456789abcdef0123456789abcdef"}
    assert printed | prefilled <= PRINTED


@every_operation
def test_sums_add_up(name: str) -> None:
    for it in shown(name):
        if {"subtotal", "shipping", "total"} <= it.keys():
            shipping = it["shipping"] - it.get("shipping_discount", 0)
            assert it["total"] == it["subtotal"] - it["discount"] + shipping + it["tax_added"]
            assert it["tax"] == it["tax_included"] + it["tax_added"]
        if "totals" in it:
            for field in ("subtotal", "discount"):
                assert it["totals"][field] == sum(line[field] for line in it["lines"])
            assert it["totals"]["shipping"] == it["shipping_option"]["price"]
        if {"unit_price", "quantity", "subtotal"} <= it.keys():
            assert it["subtotal"] == it["unit_price"] * it["quantity"]
            assert it["total"] == it["subtotal"] - it["discount"]
        if "steps" in it:
            assert it["total"] == sum(step["amount"] for step in it["steps"])
        if "total_before" in it:
            assert it["cost"] == it["total_before"] - it["total_after"]


@every_operation
def test_periods_end_after_they_begin_and_least_is_not_more_than_most(name: str) -> None:
    for it in shown(name):
        for first, last in STARTS.items():
            if it.get(first) and it.get(last):
                assert it[first] < it[last]
        for least in (field for field in it if field.startswith("min_")):
            most = it.get(least.replace("min_", "max_", 1))
            assert not isinstance(most, int) or it[least] < most


@every_operation
def test_orders_are_in_the_state_that_the_operation_leaves_them_in(name: str) -> None:
    left = {"cancel_order": "cancelled", "set_payment_due": "pending"}
    left["cancel_order_payment"] = "pending"
    for it in shown(name):
        if "fulfilment_status" in it:
            assert it["payment_status"] == left.get(name, "paid")
            assert ("cancel_reason" in it) == (it["status"] == "cancelled")
            assert ("payment_due_at" in it) == (it["payment_status"] == "pending")
            assert ("access_token" in it) == (name in {"checkout", "get_cart_payment"})
            sent = it["fulfilment_status"] == "fulfilled"
            assert sent == (name == "fulfil_order")
            for line in it.get("lines", ()):
                assert line["fulfilled_quantity"] == (line["quantity"] if sent else 0)


def test_what_only_somebody_knows_is_not_prefilled() -> None:
    given = {
        (name, it["name"]): it["example"]
        for name, (_, _, operation) in OPERATIONS.items()
        for it in operation["parameters"]
        if "example" in it
    }

    assert given["get_product", "slug"] == "mug"
    assert given["get_problem", "name"] == "total-changed"
    assert [
        field for _, field in given if field.endswith("_id") or field in {"token", "code"}
    ] == []
