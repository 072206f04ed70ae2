"""Examples of single operations: values of the demonstration shop, and orders as they leave them.

Ids, tokens and personal codes cannot be known in advance, so they have no example.
"""

from copy import deepcopy
from typing import Any

from trastienda.openapi.parcels import PARCEL
from trastienda.openapi.subjects import imports, media, returns

PARAMETERS: dict[str, Any] = {
    "slug": "mug",
    "sku": "MUG-BLUE",
    "currency": "USD",
    "language": "en",
    "get_problem.name": "total-changed",
    "preview_letter.name": "order_paid",
    "get_wording.name": "order_paid",
    "put_wording.name": "order_paid",
    "delete_wording.name": "order_paid",
}
"""Examples of required parameters, by name or by operation and name."""
CHECKOUT = {"version": 1, "status": "open", "payment_status": "paid"}
PAID_LATER = {**CHECKOUT, "version": 2, "payment_provider": "manual"}
ORDERS: dict[str, dict[str, Any]] = {
    "checkout": CHECKOUT,
    "get_order": CHECKOUT,
    "get_order_payment": PAID_LATER,
    "pay_order": PAID_LATER,
    "get_order_for_staff": CHECKOUT | {"tags": ["gift"]},
    "tag_order": {"version": 2, "status": "open", "payment_status": "paid", "tags": ["gift"]},
    "complete_draft_order": CHECKOUT,
    "order_draft_order": CHECKOUT,
    "capture_order": {
        "version": 2,
        "status": "open",
        "payment_status": "paid",
        "payment_provider": "manual",
    },
    "cancel_order": {
        "version": 2,
        "status": "cancelled",
        "payment_status": "cancelled",
        "cancel_reason": "staff",
    },
    "set_payment_due": {
        "version": 2,
        "status": "open",
        "payment_status": "pending",
        "payment_provider": "manual",
        "payment_due_at": "2026-12-08T10:15:00Z",
    },
    "fulfil_order": {
        "version": 2,
        "status": "open",
        "payment_status": "paid",
        "fulfilment_status": "fulfilled",
        "fulfilments": [PARCEL],
    },
}
"""The fields in which the order of an operation's answer differs."""
PAYMENTS = {
    "cancel_order_payment": "set_payment_due",
    "get_cart_payment": "checkout",
    "get_order_payment": "get_order_payment",
}
"""What is shown beside a payment: the order as another operation gives it."""
GIVEN_UP = {"status": "expired"}
"""A payment that its buyer has ended."""
SELDOM = ("payment_due_at", "cancel_reason", "vat_number", "vat_check", "access_token", "tags")
CARTS: dict[str, dict[str, Any]] = {
    "add_coupon": {
        "coupons": ["SUMMER"],
        "totals": {
            "subtotal": 2500,
            "discount": 250,
            "shipping": 490,
            "tax": 475,
            "tax_included": 475,
            "tax_added": 0,
            "total": 2740,
        },
        "amount_due": 2740,
    },
}
SIMPLE: dict[str, dict[str, Any]] = {
    "check_ready": {"status": "ready"},
    "suspend_staff_member": {"suspended_at": "2026-11-24T10:15:00Z"},
}
"""The fields in which other answers differ."""
PAID: dict[str, dict[str, Any]] = {
    "add_gift_card": {
        "amount_due": 0,
        "gift_cards": [
            {
                "id": "019ab3f2-5c1e-7d3a-9f00-2f6d1c0a7b11",
                "last_characters": "7MKQ",
                "available": 5000,
                "pays": 2990,
                "expires_at": None,
            }
        ],
    },
    "choose_store_credit": {"amount_due": 990, "store_credit": {"available": 2000, "pays": 2000}},
}
"""What pays a cart beside a provider."""


def parameter(operation: str, name: str) -> Any:  # noqa: ANN401 - any JSON
    """Return the value to prefill, or None."""
    return PARAMETERS.get(f"{operation}.{name}", PARAMETERS.get(name))


def answer(operation: str, shown: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return the example of an answer as this operation gives it."""
    if operation in PAID:
        shown = {**shown, **deepcopy(PAID[operation])}
    if operation == "cancel_cart_payment":
        return GIVEN_UP
    if operation == "cancel_order_payment":
        shown = {**shown, **GIVEN_UP}
    if operation in PAYMENTS:
        return {**shown, "order": _order(PAYMENTS[operation], deepcopy(shown["order"]))}
    if operation in ORDERS and "lines" in shown:
        return _order(operation, deepcopy(shown))
    if operation in CARTS:
        return _discounted(deepcopy(shown) | deepcopy(CARTS[operation]))
    for subject in (returns, imports, media):
        if operation in subject.MOMENTS:
            return subject.at(operation, deepcopy(shown))
    other: Any = imports.FILES.get(operation, shown)
    return {**shown, **SIMPLE[operation]} if operation in SIMPLE else other


def _order(operation: str, shown: dict[str, Any]) -> dict[str, Any]:
    token = {"access_token": shown["access_token"]} if operation == "checkout" else {}
    left = {name: it for name, it in shown.items() if name not in SELDOM}
    order = left | ORDERS[operation] | token
    for line in order["lines"]:
        sent = order["fulfilment_status"] == "fulfilled"
        line["fulfilled_quantity"] = line["quantity"] if sent else 0
    return order


def _discounted(cart: dict[str, Any]) -> dict[str, Any]:
    [line] = cart["lines"]
    line |= {"discount": 250, "tax": 390, "total": 2250}
    return cart
