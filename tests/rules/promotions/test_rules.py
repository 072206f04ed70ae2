"""What each sentence of the rules about promotions says, computed by hand (docs/pricing.md)."""

from functools import partial
from typing import Any

import pytest
from support.pricing.requests import cost, discounts, freight, line, offer

Document = dict[str, Any]
TEN = offer("order_percent", percent="10")
FIVE_OFF = offer("order_fixed", amount=500)
A, B, C = (partial(line, ref=ref) for ref in "abc")


@pytest.mark.parametrize(
    ("offers", "taken"),
    [
        ([TEN, FIVE_OFF], 200 + 500),
        ([FIVE_OFF, TEN], 500 + 150),  # as listed
        ([FIVE_OFF, {**TEN, "priority": 1}], 200 + 500),  # higher first
        ([{**FIVE_OFF, "priority": -1}, TEN], 200 + 500),
        ([TEN, TEN], 200 + 180),  # each on what is left
        ([offer("order_percent", percent="50")] * 3, 1_000 + 500 + 250),
    ],
)
def test_promotions_act_by_priority_then_as_listed_on_what_is_left(
    offers: list[Document], taken: int
) -> None:
    assert discounts([line(2_000)], *offers) == [taken]


ALONE = {**TEN, "exclusive": True}


@pytest.mark.parametrize(
    ("offers", "taken"),
    [
        ([{**FIVE_OFF, "priority": 9}, ALONE], 200),  # even against others of higher priority
        ([ALONE, FIVE_OFF], 200),
        ([ALONE, {**FIVE_OFF, "exclusive": True}], 200),  # of equals the first
        ([ALONE, {**FIVE_OFF, "exclusive": True, "priority": 1}], 500),  # the highest priority
        ([{**ALONE, "min_subtotal": 2_001}, FIVE_OFF], 500),  # its conditions are not met
        ([{**ALONE, "min_subtotal": 2_000, "priority": -1}, FIVE_OFF], 200),  # alone they are
        ([{**ALONE, "percent": "0"}, FIVE_OFF], 500),  # it takes nothing
        ([{**ALONE, "refs": ["other"]}, FIVE_OFF], 500),
        ([offer("shipping_fixed", amount=1, exclusive=True), FIVE_OFF], 500),  # no shipping
        ([offer("buy_x_get_y", buy=1, get=1, exclusive=True), FIVE_OFF], 500),  # no full set
        ([{**ALONE, "percent": "0", "priority": 1}, {**ALONE, "priority": 0}, FIVE_OFF], 200),
    ],
)
def test_an_exclusive_promotion_that_takes_something_acts_alone(
    offers: list[Document], taken: int
) -> None:
    assert discounts([line(2_000)], *offers) == [taken]


def test_an_exclusive_promotion_that_takes_nothing_alone_does_not_act_beside_others() -> None:
    free = offer("cheapest_unit", percent="100", exclusive=True)  # alone: 50, which is the floor
    lines = [A(50, floor_price=50), B(60)]

    assert discounts(lines, offer("item_fixed", amount=20, refs=["b"]), free) == [0, 20]


def test_an_exclusive_promotion_of_shipping_applies_by_taking_from_shipping() -> None:
    free = offer("shipping_percent", percent="100", exclusive=True)

    told = cost([line(2_000)], TEN, free, shipping=freight(500))

    assert (told.discount, told.shipping_discount, told.total) == (0, 500, 2_000)


@pytest.mark.parametrize(
    ("lines", "offers", "taken"),
    [
        ([A(1_000)], [{**TEN, "min_subtotal": 1_000}], [100]),  # inclusive
        ([A(1_000)], [{**TEN, "min_subtotal": 1_001}], [0]),
        ([A(1_000)], [TEN, {**TEN, "min_subtotal": 1_000}], [100]),  # 900 are left by then
        ([A(1_000)], [TEN, {**TEN, "min_subtotal": 1_000, "priority": 1}], [190]),
        ([A(600), B(500)], [{**TEN, "min_subtotal": 1_100}], [60, 50]),  # over all lines
        ([A(600), B(500)], [{**TEN, "refs": ["a"], "min_subtotal": 601}], [0, 0]),
        ([A(600), B(500)], [{**TEN, "refs": ["a"], "min_subtotal": 600}], [60, 0]),
        ([A(600), A(500)], [{**TEN, "refs": ["a"], "min_subtotal": 1_100}], [60, 50]),
        ([A(100, 2), B(100)], [{**TEN, "min_quantity": 3}], [20, 10]),
        ([A(100, 2), B(100)], [{**TEN, "min_quantity": 4}], [0, 0]),
        ([A(100, 2), B(100)], [{**TEN, "refs": ["b"], "min_quantity": 2}], [0, 0]),
        ([A(100, 2), B(100)], [{**TEN, "refs": ["a", "b"], "min_quantity": 3}], [20, 10]),
        ([A(600), B(500)], [{**TEN, "refs": ["x"]}], [0, 0]),
        ([A(600), B(500)], [{**TEN, "refs": ["x", "b"]}], [0, 50]),
        ([A(600), B(500)], [{**TEN, "refs": []}], [60, 50]),
    ],
)
def test_conditions_look_at_what_is_left_of_the_lines_a_promotion_is_about(
    lines: list[Document], offers: list[Document], taken: list[int]
) -> None:
    assert discounts(lines, *offers) == taken


@pytest.mark.parametrize(
    ("lines", "kind", "taken"),
    [
        ([A(105)], {"percent": "10"}, [11]),  # 10.5
        ([A(104)], {"percent": "10"}, [10]),  # 10.4
        ([A(5), B(5)], {"percent": "10"}, [1, 0]),  # 1 as one amount; halves: the first line
        ([A(100), B(200)], {"percent": "10"}, [10, 20]),
        ([A(100), B(100), C(100)], {"amount": 100}, [34, 33, 33]),
        ([A(100), B(101), C(100)], {"amount": 100}, [33, 34, 33]),  # 33.2, 33.6, 33.2
        ([A(1), B(2), C(4)], {"amount": 3}, [0, 1, 2]),  # 0.43, 0.86, 1.71
        ([A(1), B(1), C(1)], {"amount": 2}, [1, 1, 0]),
        ([A(0), B(100)], {"amount": 7}, [0, 7]),
        ([A(100), B(50)], {"amount": 1_000}, [100, 50]),  # more than there is
        ([A(100), B(50)], {"percent": "100"}, [100, 50]),
        ([A(0)], {"amount": 5}, [0]),
        ([A(0)], {"percent": "100"}, [0]),
        ([A(10**12, 9_999)], {"percent": "33.3333"}, [3_332_996_667_000_000]),
        # a floor does not change the weight: 50 each, 20 at most there, the rest goes round
        ([A(100, floor_price=80), B(100)], {"amount": 100}, [20, 80]),
        ([A(100, floor_price=100), B(100)], {"amount": 30}, [0, 30]),
        ([A(100, floor_price=500), B(100)], {"amount": 30}, [0, 30]),
        ([A(50, 2, floor_price=40), B(100)], {"amount": 100}, [20, 80]),  # floor × quantity
        ([A(100, floor_price=90), B(100, floor_price=70), C(100)], {"amount": 90}, [10, 30, 50]),
        ([A(100, floor_price=90), B(300, floor_price=290)], {"amount": 500}, [10, 10]),
        # 40, 40, 40: 30 go round again over what is left, 60 and 60
        ([A(100, floor_price=90), B(100), C(100)], {"amount": 120}, [10, 55, 55]),
        # the second round weighs by 150 and 50: 22.5 and 7.5 of 30
        ([A(100, floor_price=95), B(200), C(100, floor_price=10)], {"amount": 140}, [5, 90, 45]),
        # 5, 2.5 and 2.5 are 5, 3 and 2; 3 go round by the 2 and 3 that are left: 1.2 and 1.8
        ([A(10, floor_price=8), B(5), C(5)], {"amount": 10}, [2, 4, 4]),
    ],
)
def test_an_order_discount_is_one_amount_that_is_spread(
    lines: list[Document], kind: Document, taken: list[int]
) -> None:
    name = "order_percent" if "percent" in kind else "order_fixed"

    assert discounts(lines, offer(name, **kind)) == taken


def test_an_order_discount_is_spread_over_its_refs_only() -> None:
    lines = [A(100), B(100), A(200)]

    assert discounts(lines, offer("order_fixed", amount=30, refs=["a"])) == [10, 0, 20]
    assert discounts(lines, offer("order_percent", percent="50", refs=["a"])) == [50, 0, 100]


@pytest.mark.parametrize(
    ("lines", "kind", "taken"),
    [
        ([A(5), B(5)], {"percent": "10"}, [1, 1]),  # half up, line by line
        ([A(105, 3)], {"percent": "10"}, [32]),  # 31.5
        ([A(100, 4)], {"percent": "25", "max_quantity": 2}, [50]),
        ([A(100, 4), A(100, 2)], {"percent": "25", "max_quantity": 3}, [75, 50]),
        ([A(5, 3)], {"percent": "50", "max_quantity": 1}, [3]),  # 2.5
        ([A(100, 2)], {"percent": "25", "max_quantity": 9}, [50]),
        ([A(100, 2, floor_price=90)], {"percent": "25"}, [20]),
        ([A(100), B(100)], {"percent": "25", "refs": ["b"]}, [0, 25]),
        ([A(100, 3)], {"amount": 20}, [60]),
        ([A(100, 3)], {"amount": 120}, [300]),
        ([A(100, 3), B(15, 2)], {"amount": 20}, [60, 30]),  # at most the price
        ([A(100, 3)], {"amount": 20, "max_quantity": 2}, [40]),
        ([A(100, 3, floor_price=90)], {"amount": 20}, [30]),
        ([A(100, 3), B(100)], {"amount": 20, "refs": ["b"]}, [0, 20]),
    ],
)
def test_an_item_discount_is_taken_line_by_line(
    lines: list[Document], kind: Document, taken: list[int]
) -> None:
    name = "item_percent" if "percent" in kind else "item_fixed"

    assert discounts(lines, offer(name, **kind)) == taken


def test_an_item_discount_takes_at_most_what_is_left_of_a_unit_rounded_down() -> None:
    first = offer("order_fixed", amount=31)  # 69 are left of two units: 34 each

    assert discounts([line(50, 2)], first, offer("item_fixed", amount=99)) == [31 + 2 * 34]
    assert discounts([line(50, 2)], first, offer("item_percent", percent="50")) == [31 + 35]


@pytest.mark.parametrize(
    ("lines", "kind", "taken"),
    [
        ([A(300), B(100, 5), C(200)], {"percent": "100"}, [0, 100, 0]),  # one unit
        ([A(100), B(100)], {"percent": "50"}, [50, 0]),  # the first line of equals
        ([A(100), B(0), C(50)], {"percent": "100"}, [0, 0, 50]),  # above zero
        ([A(100), B(50)], {"percent": "100", "refs": ["a"]}, [100, 0]),
        ([A(5)], {"percent": "50"}, [3]),  # 2.5
        ([A(100), B(50)], {"amount": 20}, [0, 20]),
        ([A(100), B(50)], {"amount": 70}, [0, 50]),
        ([A(100), B(50, 2)], {"amount": 70}, [0, 50]),  # of one unit, not of the line
        ([A(100), B(50, floor_price=45)], {"percent": "100"}, [0, 5]),
        ([A(0)], {"percent": "100"}, [0]),
    ],
)
def test_the_cheapest_unit_is_discounted(
    lines: list[Document], kind: Document, taken: list[int]
) -> None:
    assert discounts(lines, offer("cheapest_unit", **kind)) == taken


def test_the_cheapest_unit_is_that_of_the_lowest_price_that_is_left_rounded_down() -> None:
    cheaper = offer("item_percent", percent="50", refs=["a"])
    free = offer("cheapest_unit", percent="100")

    assert discounts([A(100, 2), B(60)], cheaper, free) == [100 + 50, 0]
    # 199 ÷ 2 is 99, rounded down: lower than 100, and 99 is what is taken
    assert discounts([B(100), A(100, 2)], offer("order_fixed", amount=1, refs=["a"]), free) == [
        0,
        1 + 99,
    ]
    # 1 left of 2 units: their price is 0, so the other line's is the lowest above it
    assert discounts([A(1, 2), B(60)], offer("order_fixed", amount=1, refs=["a"]), free) == [1, 60]
