"""Tax, totals and their explanation: by hand, sentence by sentence."""

from typing import Any

import msgspec
import pytest
from support.pricing.requests import cost, freight, line, offer, taxes

Document = dict[str, Any]
ADDED = {"prices_include_tax": False}


@pytest.mark.parametrize(
    ("lines", "rounding", "told"),
    [
        ([line(12_100, 1, "21")], "line", [2_100]),
        ([line(1_000, 1, "19")], "line", [160]),  # 159.66
        ([line(840, 1, "24", **ADDED)], "line", [202]),  # 201.6
        ([line(3, 1, "20")], "line", [1]),  # 0.5
        ([line(5, 1, "10", **ADDED)], "line", [1]),  # 0.5
        ([line(4, 1, "10", **ADDED)], "line", [0]),
        ([line(1_000, 1, "5+10", **ADDED)], "line", [150]),
        ([line(10, 1, "5+5", **ADDED)], "line", [1]),  # two halves would be 2
        ([line(10, 1, "2.5+2.5", **ADDED)], "line", [1]),
        ([line(1_150, 1, "5+10")], "line", [150]),
        ([line(1_000, 1, "9.975", **ADDED)], "line", [100]),
        ([line(10_000, 1, "0.0001", **ADDED)], "line", [0]),
        ([line(1_000, 1, "0")], "line", [0]),
        ([line(1_000, 1, "0", **ADDED)], "line", [0]),
        ([line(1_000, 1, "100")], "line", [500]),
        ([line(1_000, 1, "100", **ADDED)], "line", [1_000]),
        ([line(0, 1, "21")], "line", [0]),
        # each unit's tax is rounded: 3 × 0.45 is 0, where the line has 1.35
        ([line(9, 3, "5", **ADDED)], "line", [1]),
        ([line(9, 3, "5", **ADDED)], "unit", [0]),
        ([line(10, 3, "5", **ADDED)], "unit", [3]),  # 3 × half
        ([line(10, 3, "5", **ADDED)], "line", [2]),  # 1.5
        ([line(10, 3, "5", **ADDED)], "document", [2]),
        # exact 0.35 and 0.35 and 0.35 are 1.05: 1, for the first of equals
        ([line(7, 1, "5", **ADDED)] * 3, "document", [1, 0, 0]),
        ([line(7, 1, "5", **ADDED)] * 3, "line", [0, 0, 0]),
        # 0.35, 0.45, 0.35
        (
            [line(7, 1, "5", **ADDED), line(9, 1, "5", **ADDED), line(7, 1, "5", **ADDED)],
            "document",
            [0, 1, 0],
        ),
        # groups of their own: by rate, and by included or added
        ([line(7, 1, "5", **ADDED), line(7, 1, "6", **ADDED)], "document", [0, 0]),
        ([line(7, 1, "5", **ADDED), line(7, 1, "5")], "document", [0, 0]),
        ([line(7, 1, "2+3", **ADDED), line(7, 1, "5.0", **ADDED)], "document", [1, 0]),
    ],
)
def test_tax_is_rounded_half_up_where_it_is_said(
    lines: list[Document], rounding: str, told: list[int]
) -> None:
    assert taxes(lines, rounding)[:-1] == told


@pytest.mark.parametrize(
    ("rounding", "told"),
    [
        ("line", [0, 0]),  # 0.35 and 0.45
        ("unit", [0, 0]),
        ("document", [0, 1]),  # 0.8 is 1: shipping has the larger fraction
    ],
)
def test_shipping_is_taxed_like_a_line_and_stands_in_its_documents_group(
    rounding: str, told: list[int]
) -> None:
    shipping = freight(9, "5", included=False)

    assert taxes([line(7, 1, "5", **ADDED)], rounding, shipping) == told


def test_among_equal_fractions_shipping_comes_last() -> None:
    shipping = freight(7, "5", included=False)

    assert taxes([line(7, 1, "5", **ADDED)] * 2, "document", shipping) == [1, 0, 0]


def test_tax_is_on_the_discounted_amount() -> None:
    tenth = offer("order_percent", percent="10")
    free = offer("shipping_percent", percent="100")

    told = cost([line(1_000, 1, "21", **ADDED)], tenth, free, shipping=freight(500, "21"))

    assert (told.tax_added, told.tax_included, told.total) == (189, 0, 1_089)


def test_what_is_left_is_split_into_whole_units_the_larger_ones_first() -> None:
    first = offer("order_fixed", amount=2)  # 28 left of 3 units: 10, 9, 9

    told = cost([line(10, 3, "5", **ADDED)], first, rounding="unit")

    assert told.lines[0].tax == 1  # 0.5 is 1; 0.45 is 0, twice


def test_totals_are_the_sums_that_are_promised() -> None:
    lines = [line(1_000, 2, "21"), line(333, 3, "10", **ADDED)]
    offers = [offer("order_fixed", amount=300), offer("shipping_fixed", amount=100)]

    told = cost(lines, *offers, shipping=freight(500, "21", included=False))

    # 300 over 2,000 and 999: 200.07 and 99.93; tax: 1,800 × 21 ÷ 121 and 899 × 10 %, 400 × 21 %
    assert [msgspec.structs.astuple(it) for it in told.lines] == [
        ("a", 2_000, 200, 312, 1_800),
        ("a", 999, 100, 90, 989),
    ]
    assert (told.subtotal, told.discount) == (2_999, 300)
    assert (told.shipping, told.shipping_discount, told.shipping_tax) == (400, 100, 84)
    assert (told.tax, told.tax_included, told.tax_added) == (486, 312, 174)
    assert told.total == 1_800 + 989 + 400 + 84 == 3_273
    assert told.net_total == 3_273 - 486


def test_the_explanation_has_a_step_for_everything_and_adds_up() -> None:
    lines = [line(1_000, 2, "21"), line(333, 3, "10", **ADDED)]
    offers = [
        offer("order_fixed", amount=300),
        offer("shipping_fixed", amount=100),
        offer("item_percent", percent="10", refs=["x"]),
    ]

    told = cost(lines, *offers, shipping=freight(500, "21", included=False))

    assert msgspec.to_builtins(told.explanation) == [
        {"step": "line", "line": 0, "amount": 2_000},
        {"step": "line", "line": 1, "amount": 999},
        {"step": "promotion", "name": "order_fixed", "line": 0, "amount": -200},
        {"step": "promotion", "name": "order_fixed", "line": 1, "amount": -100},
        {"step": "shipping", "amount": 500},
        {"step": "promotion", "name": "shipping_fixed", "shipping": True, "amount": -100},
        {"step": "tax", "line": 0, "amount": 0, "included": 312},
        {"step": "tax", "line": 1, "amount": 90},
        {"step": "tax", "shipping": True, "amount": 84},
    ]
    assert sum(it.amount for it in told.explanation) == told.total


def test_an_empty_cart_costs_its_shipping() -> None:
    told = cost([], offer("order_fixed", amount=5), shipping=freight(121, "21"))

    assert (told.total, told.tax, told.lines) == (121, 21, [])


def test_the_largest_amounts_there_are_still_add_up() -> None:
    lines = [line(10**12, 9_999, "100", **ADDED)] * 200
    free = offer("buy_x_get_y", buy=1, get=1)

    told = cost(lines, free, shipping=freight(10**12, "100", included=False))

    assert told.discount == 200 * 9_999 // 2 * 10**12
    assert told.total == 2 * (told.subtotal - told.discount + 10**12) < 2**63
    assert msgspec.json.decode(msgspec.json.encode(told))["total"] == told.total
