"""Promotions as other shops publish them: their acceptance tests, specs and handbooks.

Amounts are theirs, in cents. Where a source gives a rule without prices (Shopify, Magento) the
prices are ours. Only rows in which their answer and ours agree could be taken; where they publish
no more than what all lines together are discounted by, no more than that is asserted.
"""

from functools import partial
from typing import Any

import pytest
from support.pricing.published import named
from support.pricing.requests import cost, discounts, freight, line, offer

Document = dict[str, Any]
Row = tuple[list[Document], list[Document], list[int]]
"""Lines, promotions, and what is taken from each line."""
A, B, C, D = (partial(line, ref=ref) for ref in "abcd")
TIERS = offer(
    "order_tiered",
    tiers=[
        {"percent": "10"},
        {"min_subtotal": 20_00, "percent": "20"},
        {"min_subtotal": 40_00, "percent": "30"},
    ],
)
FLAT = offer(
    "order_tiered",
    tiers=[
        {"amount": 10_00},
        {"min_subtotal": 100_00, "amount": 15_00},
        {"min_subtotal": 200_00, "amount": 20_00},
    ],
)


def off(amount: int, **more: object) -> Document:
    return offer("order_fixed", amount=amount, **more)


def part(percent: str, **more: object) -> Document:
    return offer("order_percent", percent=percent, **more)


def sets(buy: int, get: int, **more: object) -> Document:
    return offer("buy_x_get_y", buy=buy, get=get, **more)


SHIRT = A(50_00, floor_price=45_00)
CUP, MUG, KEYBOARD = A(10_00), B(20_00), B(20_00, floor_price=19_00)
MOUSE, PHONES = C(50_00, floor_price=50_00), D(30_00, floor_price=26_00)
SYLIUS: dict[str, list[Row]] = {
    # features/promotion/receiving_discount/
    "Sylius, receiving_fixed_discount_on_cart.feature": [
        ([A(100_00)], [off(10_00)], [10_00]),
        ([A(100_00), B(6_00)], [off(106_00)], [100_00, 6_00]),
        ([A(100_00)], [off(200_00)], [100_00]),  # bigger than the items
    ],
    "Sylius, receiving_percentage_discount_promotion_on_order.feature": [
        ([A(100_00)], [part("20")], [20_00]),
    ],
    "Sylius, receiving_discount_in_order_of_promotions_priority.feature": [
        ([A(100_00)], [off(10_00, priority=1), part("20", priority=4)], [30_00]),
        ([A(100_00)], [off(10_00, priority=5), part("20", priority=2)], [28_00]),
        ([A(100_00)], [off(10_00, priority=5), part("20", priority=1, exclusive=True)], [20_00]),
        (
            [A(100_00)],
            [part("20", priority=2, exclusive=True), off(10_00, priority=5, exclusive=True)],
            [10_00],
        ),
    ],
    "Sylius, receiving_fixed_discount_on_products_from_specific_taxon.feature": [
        ([A(100_00)], [offer("item_fixed", amount=10_00, refs=["a"])], [10_00]),
        ([A(100_00, 3)], [offer("item_fixed", amount=10_00, refs=["a"])], [30_00]),
        ([B(20_00, 3)], [offer("item_fixed", amount=20_00, refs=["b"])], [60_00]),
        ([B(20_00, 2)], [offer("item_fixed", amount=30_00, refs=["b"])], [40_00]),
        ([A(100_00), B(20_00)], [offer("item_fixed", amount=10_00, refs=["a"])], [10_00, 0]),
        (
            [A(100_00), B(20_00)],
            [
                offer("item_fixed", amount=10_00, refs=["a"]),
                offer("item_fixed", amount=2_00, refs=["b"]),
            ],
            [10_00, 2_00],
        ),
    ],
    "Sylius, receiving_discounts_with_product_minimum_price_specified.feature": [
        ([SHIRT], [offer("item_percent", percent="50")], [5_00]),
        ([SHIRT], [off(10_00)], [5_00]),
        ([SHIRT, MUG], [offer("item_fixed", amount=10_00)], [5_00, 10_00]),
        ([SHIRT], [off(10_00, min_subtotal=20_00)], [5_00]),
        ([{**SHIRT, "quantity": 2}], [off(50_00, min_quantity=2)], [10_00]),
        ([SHIRT, MUG], [off(20_00, min_quantity=2)], [5_00, 15_00]),
        ([SHIRT, MUG], [part("20")], [5_00, 9_00]),
        ([SHIRT, B(20_00, 3)], [off(25_00)], [5_00, 20_00]),
        ([{**SHIRT, "quantity": 2}, B(20_00, 3)], [off(20_00)], [10_00, 10_00]),
        ([{**SHIRT, "quantity": 2}, B(20_00, 2), C(40_00)], [off(27_00)], [10_00, 8_50, 8_50]),
        (
            [
                {**SHIRT, "quantity": 2},
                B(20_00, 2, floor_price=15_00),
                C(30_00),
                D(10_00),
            ],
            [off(36_00)],
            [10_00, 10_00, 12_00, 4_00],
        ),
        (
            [CUP, KEYBOARD, MOUSE, {**PHONES, "floor_price": 29_00}],
            [off(12_00)],
            [10_00, 1_00, 0, 1_00],
        ),
        ([CUP, KEYBOARD, MOUSE, PHONES], [off(12_00)], [7_00, 1_00, 0, 4_00]),
        ([CUP, KEYBOARD, MOUSE, PHONES], [off(20_00)], [10_00, 1_00, 0, 4_00]),
    ],
}
OTHERS: dict[str, list[Row]] = {
    "Solidus, calculator/distributed_amount_spec.rb": [
        ([A(20_00), B(30_00), C(100_00)], [off(15_00)], [2_00, 3_00, 10_00]),
    ],
    "Solidus, distributed_amounts_handler_spec.rb": [
        ([A(100_00)], [off(15_00)], [15_00]),
        ([A(50_00), B(50_00), C(50_00)], [off(15_00)], [5_00, 5_00, 5_00]),
        ([A(50_00, 3), B(50_00), C(50_00, 2)], [off(15_00)], [7_50, 2_50, 5_00]),
    ],
    "Solidus, create_quantity_adjustments_spec.rb: groups of three": [
        (
            [A(10_00, 2), B(10_00)],
            [offer("item_percent", percent="10", min_quantity=3)],
            [2_00, 1_00],
        ),
        ([A(10_00, 2), B(10_00)], [TIERS], [4_00, 2_00]),
        ([A(10_00, 2), B(20_00)], [TIERS], [6_00, 6_00]),
    ],
    "Spree guide, Calculators: flat percent per item total": [
        ([A(31_00)], [part("10")], [3_10]),
    ],
    "Salesforce B2C Commerce, promotion proration: 15 % off orders of $100": [
        ([A(60_00), B(50_00)], [part("15", min_subtotal=100_00)], [9_00, 7_50]),
        (
            [A(60_00), B(50_00)],
            [
                offer("item_fixed", amount=10_00, refs=["a"]),
                part("15", min_subtotal=100_00),
            ],
            [17_50, 7_50],
        ),
        (
            [A(60_00), B(50_00), C(40_00)],
            [part("15", min_subtotal=100_00, refs=["a", "b"])],
            [9_00, 7_50, 0],
        ),
    ],
    "Salesforce B2C Commerce, buy X for total: two gifts of $5 for $8": [
        ([A(5_00, 2)], [offer("fixed_price", amount=4_00)], [2_00]),
    ],
    "arraypress/discount-calculator, README: 20 % of 70 and 30 dollars": [
        ([A(70_00), B(30_00)], [part("20")], [14_00, 6_00]),
    ],
    "commercetools, best deal discounts: 30 % off tables": [
        ([A(259_99)], [offer("item_percent", percent="30")], [78_00]),  # 181.99 are left
    ],
    "Magento 1.9 user guide: buy 5 get 2 free, at most 4 free": [
        ([A(10_00, 14)], [sets(5, 2)], [40_00]),
    ],
    "Shopify, DiscountQuantity: buy 3, get 1 free": [
        ([A(10_00, 4)], [sets(3, 1)], [10_00]),
        ([A(10_00, 3)], [sets(3, 1)], [0]),
    ],
    "Shopify, DiscountOnQuantity: buy 4 candles, get 2 at 50 % off, mix and match": [
        ([A(12_00, 4), B(8_00, 2)], [sets(4, 2, percent="50")], [0, 8_00]),
    ],
    "Shopify, allocation limit: buy 1 get 1 free, as often as it fits": [
        ([A(10_00, 6)], [sets(1, 1)], [30_00]),
    ],
}


@pytest.mark.parametrize(("lines", "offers", "taken"), named({**SYLIUS, **OTHERS}))
def test_each_line_is_discounted_as_published(
    lines: list[Document], offers: list[Document], taken: list[int]
) -> None:
    assert discounts(lines, *offers) == taken


TEN, HALF = A(10_00), part("50")
BOTH = [off(20_00, min_subtotal=150_00), part("5")]


@pytest.mark.parametrize(
    ("lines", "offers", "discount"),
    named(
        {
            "WooCommerce, tests/unit-tests/discounts/discounts.php": [
                ([TEN], [part("20")], 2_00),
                ([A(10_00, 2)], [off(10_00)], 10_00),
                ([TEN] * 2, [off(10_00)], 10_00),
                ([TEN] * 3, [off(10_00)], 10_00),
                ([A(10_00, 2), B(10_00, 3), C(10_00, 2)], [off(10_00)], 10_00),
                ([TEN] * 11, [off(10_00)], 10_00),
                ([A(1_00)] * 3, [off(1_00)], 1_00),
                ([A(10_00, 2)], [offer("item_percent", percent="10", max_quantity=1)], 1_00),
                ([TEN], [HALF], 5_00),
                ([TEN], [HALF, HALF], 5_00 + 2_50),
                ([TEN], [HALF, HALF, HALF], 6_25 + 2_50),
                ([A(10_00, 2)], [offer("item_fixed", amount=2_00)], 4_00),
                ([A(10_00, 2)], [off(2_00)], 2_00),
                ([TEN], [part("10")], 1_00),
                ([TEN], [off(10_00)], 10_00),
            ],
            "Spree, calculator/tiered_flat_rate_spec.rb": [
                ([A(50_00)], [FLAT], 10_00),
                ([A(150_00)], [FLAT], 15_00),
            ],
            "Sylius, cart_promotions_complex.feature: 20 off, then 5 % of the rest": [
                ([A(25_00, 5), B(15_00, 2)], BOTH, 26_75),
            ],
            "VTEX, known issue on rounding: 15 off, then 10 %": [
                ([A(10_00), B(20_00), C(32_00)], [off(15_00), part("10")], 15_00 + 4_70),
            ],
            "Saleor, Sales: 10 % of a product of $9": [
                ([A(9_00)], [offer("item_percent", percent="10")], 90),
            ],
            "Saleor, Applying vouchers: $5 off lines of $4 and $45": [
                ([A(4_00), B(45_00)], [off(5_00)], 5_00),
            ],
        }
    ),
)
def test_all_lines_together_are_discounted_as_published(
    lines: list[Document], offers: list[Document], discount: int
) -> None:
    assert cost(lines, *offers).discount == discount


@pytest.mark.parametrize(
    ("price", "offers", "shipping", "told"),
    named(
        {
            "Sylius, receiving_percentage_discount_on_shipping.feature": [
                (100_00, [offer("shipping_percent", percent="20")], 10_00, (8_00, 108_00)),
                (100_00, [offer("shipping_percent", percent="100")], 10_00, (0, 100_00)),
            ],
            "Sylius, receiving_fixed_discount_on_cart.feature": [
                (100_00, [off(10_00)], 10_00, (10_00, 100_00)),
            ],
            "Sylius, receiving_percentage_discount_promotion_on_order.feature": [
                (100_00, [part("20")], 10_00, (10_00, 90_00)),
            ],
        }
    ),
)
def test_delivery_costs_what_is_published(
    price: int, offers: list[Document], shipping: int, told: tuple[int, int]
) -> None:
    view = cost([line(price)], *offers, shipping=freight(shipping))

    assert (view.shipping, view.total) == told
