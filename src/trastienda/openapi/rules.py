"""Examples of promotions, shipping options and explanations: only the fields of their kind."""

from typing import Any

ABSENT = object()
"""The example of a field that is usually left out."""

_TAX = "base × rate ÷ (100 + rate)"
_STEPS = [
    {
        "step": "line",
        "line": 0,
        "sku": "MUG-BLUE",
        "rule": "unit_price × quantity",
        "input": {"unit_price": 1250, "quantity": 2},
        "amount": 2500,
    },
    {
        "step": "shipping",
        "shipping": True,
        "rule": "price",
        "input": {"price": 490},
        "amount": 490,
    },
    {
        "step": "tax",
        "line": 0,
        "sku": "MUG-BLUE",
        "rule": _TAX,
        "input": {"base": 2500, "rate": "21", "quantity": 2},
        "rounding": "half up",
        "amount": 0,
        "included": 434,
    },
    {
        "step": "tax",
        "shipping": True,
        "rule": f"the sum of {_TAX}",
        "input": {"base": "490", "rate": "21"},
        "rounding": "half up",
        "amount": 0,
        "included": 85,
    },
]
"""The explanation of a cart with two mugs and standard shipping."""
_EMPTY_PROMOTION: dict[str, Any] = {
    "amounts": {},
    "buy": None,
    "get": None,
    "max_quantity": None,
    "tiers": [],
    "gift_sku": None,
    "gift_quantity": None,
    "products": [],
    "categories": [],
    "skus": [],
    "channels": [],
    "customer_groups": [],
    "max_discounts": {},
    "min_quantity": 0,
    "stack_group": None,
    "usage_limit": None,
    "usage_limit_per_customer": None,
}
_PROMOTION = {
    "name": "Weekend",
    "kind": "order_percent",
    "percent": "10",
    "weekdays": [5, 6],
    "min_subtotals": {"EUR": 5000},
}
_EMPTY_SHIPPING: dict[str, Any] = {
    "courier": None,
    "tiers": {},
    "additional": {},
    "zones": [],
    "min_weight": 0,
    "max_length": None,
    "excluded_categories": [],
    "pickup_address": None,
}
_SHIPPING = {
    "name": "Standard",
    "names": {"en": "Standard", "es": "Estándar"},
    "translations": {"es": "Estándar"},
    "tariff": "flat",
    "prices": {"EUR": 490},
    "free_from": {"EUR": 5000},
    "max_weight": 30_000,
}


def _of(*owners: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    return {f"{owner}.{name}": value for owner in owners for name, value in fields.items()}


RULES: dict[str, Any] = {
    **_of("PromotionDraft", "PromotionPatch", **dict.fromkeys(_EMPTY_PROMOTION, ABSENT)),
    **_of("PromotionView", **_EMPTY_PROMOTION, uses=0),
    **_of("PromotionDraft", "PromotionPatch", "PromotionView", **_PROMOTION),
    **_of("ShippingOptionDraft", "ShippingOptionPatch", **dict.fromkeys(_EMPTY_SHIPPING, ABSENT)),
    **_of("StaffShippingOptionView", **_EMPTY_SHIPPING),
    **_of("ShippingOptionDraft", "ShippingOptionPatch", "StaffShippingOptionView", **_SHIPPING),
    **_of("Explanation", rounding="line", steps=_STEPS, total=2990),
    **_of("SimulationView", orders=120, touched=12, free=0, free_numbers=[]),
    **_of("SimulatedConflict", name="Summer", orders=3),
    **_of(
        "SimulatedMoney",
        orders=120,
        touched=12,
        total_before=358_800,
        total_after=355_300,
        cost=3_500,
        lines_with_cost=100,
        lines_without_cost=20,
        margin_before=143_000,
        margin_after=140_107,
    ),
}
