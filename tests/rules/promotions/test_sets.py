"""Buy some, get some, and promotions of shipping: by hand, sentence by sentence."""

from functools import partial
from typing import Any

import pytest
from support.pricing.requests import cost, discounts, freight, line, offer

Document = dict[str, Any]
A, B, C = (partial(line, ref=ref) for ref in "abc")
ONE_FREE = offer("buy_x_get_y", buy=1, get=1)
THREE_FOR_TWO = offer("buy_x_get_y", buy=2, get=1)


@pytest.mark.parametrize(
    ("lines", "kind", "taken"),
    [
        ([A(100, 3)], THREE_FOR_TWO, [100]),
        ([A(100, 5)], THREE_FOR_TWO, [100]),  # a part of a set gives nothing
        ([A(100, 6)], THREE_FOR_TWO, [200]),
        ([A(100, 2)], THREE_FOR_TWO, [0]),
        ([A(300), B(200), C(100)], THREE_FOR_TWO, [0, 0, 100]),  # pooled; the cheapest
        ([A(300, 2), B(100, 2)], ONE_FREE, [0, 200]),
        ([A(300), B(100, 3)], ONE_FREE, [0, 200]),
        ([A(300, 3), B(100)], ONE_FREE, [300, 100]),
        ([A(100), B(100)], ONE_FREE, [100, 0]),  # the first line of equals
        ([A(300), B(100)], {**ONE_FREE, "refs": ["b"]}, [0, 0]),
        ([A(300), B(100, 2)], {**ONE_FREE, "refs": ["b"]}, [0, 100]),
        ([A(100, 2)], {**ONE_FREE, "percent": "50"}, [50]),
        ([A(5, 2)], {**ONE_FREE, "percent": "50"}, [3]),  # 2.5
        ([A(5, 4)], {**ONE_FREE, "percent": "50"}, [5]),  # half up of both units, not of each
        ([A(5), B(5), C(100, 2)], {**ONE_FREE, "percent": "50"}, [3, 3, 0]),  # of each line
        ([A(100, 2, floor_price=60)], ONE_FREE, [80]),
        ([A(0), B(100)], ONE_FREE, [0, 0]),  # what is free already is the cheapest
        ([A(100, 9_999)], ONE_FREE, [499_900]),
    ],
)
def test_full_sets_of_pooled_units_give_their_cheapest(
    lines: list[Document], kind: Document, taken: list[int]
) -> None:
    assert discounts(lines, kind) == taken


@pytest.mark.parametrize(
    ("lines", "offers", "taken"),
    [
        ([A(100, 2)], [ONE_FREE, ONE_FREE], [100]),  # both units are closed
        ([A(100, 4)], [THREE_FOR_TWO, ONE_FREE], [100]),  # one is open: no set
        ([A(100, 5)], [THREE_FOR_TWO, ONE_FREE], [200]),  # two are open
        # 300 is bought and 100 given; open are 200 and the other 100
        ([A(300), B(200), C(100, 2)], [{**ONE_FREE, "refs": ["a", "c"]}, ONE_FREE], [0, 0, 200]),
        # the dearest are bought: the middle stays open, 200 and 200
        ([A(300, 2), B(200, 2), C(100)], [THREE_FOR_TWO, ONE_FREE], [0, 200, 100]),
        # an open unit costs what it did before sets took from its line: 100, not 250 ÷ 5
        ([A(100, 5)], [THREE_FOR_TWO, {**ONE_FREE, "percent": "50"}], [100 + 50]),
    ],
)
def test_units_of_a_set_are_closed_to_later_ones(
    lines: list[Document], offers: list[Document], taken: list[int]
) -> None:
    assert discounts(lines, *offers) == taken


def test_an_open_units_price_is_without_what_other_promotions_took() -> None:
    tenth = offer("item_percent", percent="10")

    assert discounts([line(100, 2)], tenth, ONE_FREE) == [20 + 90]
    # 3 for 2 gives 90, a tenth of the 180 that are left is 18, and no unit is open any more
    assert discounts([line(100, 3)], tenth, THREE_FOR_TWO, tenth, ONE_FREE) == [30 + 90 + 18]
    # two of five are open after 3 for 2; they cost (500 - 100 - 30 + 100) ÷ 5 = 94
    less = offer("order_fixed", amount=30)
    assert discounts([line(100, 5)], THREE_FOR_TWO, less, ONE_FREE) == [100 + 30 + 94]


def test_prices_that_are_fractions_are_compared_exactly() -> None:
    lines = [line(101, 3, ref="a"), line(101, 4, ref="b")]
    less = [offer("order_fixed", amount=2, refs=["a"]), offer("order_fixed", amount=3, refs=["b"])]

    # 301 ÷ 3 is 100.33; 401 ÷ 4 is 100.25, so it is one of these that is given
    assert discounts(lines, *less, offer("buy_x_get_y", buy=6, get=1)) == [2, 3 + 100]


FREE = offer("shipping_percent", percent="100")


@pytest.mark.parametrize(
    ("offers", "price", "taken"),
    [
        ([FREE], 500, 500),
        ([offer("shipping_percent", percent="50")], 505, 253),  # 252.5
        ([offer("shipping_fixed", amount=200)], 500, 200),
        ([offer("shipping_fixed", amount=900)], 500, 500),  # at most the price
        ([offer("shipping_fixed", amount=400), FREE], 500, 500),
        ([offer("shipping_percent", percent="50")] * 2, 500, 375),  # on what is left
        ([FREE, offer("shipping_fixed", amount=1)], 500, 500),
        ([{**FREE, "min_subtotal": 1_000}], 500, 500),
        ([{**FREE, "min_subtotal": 1_001}], 500, 0),
        ([{**FREE, "refs": ["a"], "min_quantity": 2}], 500, 500),
        ([{**FREE, "refs": ["x"]}], 500, 0),
        ([offer("order_percent", percent="100")], 500, 0),  # orders never touch shipping
        ([offer("order_fixed", amount=5_000)], 500, 0),
        ([offer("order_percent", percent="1"), {**FREE, "min_subtotal": 1_000}], 500, 0),
        ([FREE], 0, 0),
    ],
)
def test_shipping_promotions_take_from_shipping_alone(
    offers: list[Document], price: int, taken: int
) -> None:
    told = cost([line(500, 2)], *offers, shipping=freight(price))

    assert (told.shipping_discount, told.shipping) == (taken, price - taken)


def test_without_shipping_there_is_nothing_to_take_and_nothing_to_explain() -> None:
    told = cost([line(500)], FREE)

    assert (told.shipping, told.shipping_discount, told.shipping_tax) == (0, 0, 0)
    assert [it.step for it in told.explanation] == ["line", "tax"]
