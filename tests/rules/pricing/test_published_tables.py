"""Tables that others have published: money libraries, tax offices, apportionments of seats.

Rows of the same table that are about negative amounts are left out: there are none here. Where a
library hands the units left over to the first ratios whatever their fractions, only rows in which
both ways agree could be taken; that is the case with all rows of RubyMoney and Dinero here.
"""

from decimal import Decimal

import pytest

from trastienda.database.models.promotions.promotion import PromotionKind
from trastienda.schemas.pricing.pricing import LineToPrice, PromotionToApply
from trastienda.services.pricing import price
from trastienda.services.pricing.rounding import half_up, rate, shared_out
from trastienda.services.pricing.taxes import tax

Allocation = tuple[int, list[int], list[int]]
# Martin Fowler, Patterns of Enterprise Application Architecture (2002), "Money": five cents, 30/70
FOWLER: list[Allocation] = [(5, [3, 7], [2, 3])]
# moneyphp/money, tests/MoneyTest.php: allocationExamples and allocationTargetExamples
MONEYPHP: list[Allocation] = [
    (100, [1, 1, 1], [34, 33, 33]),
    (101, [1, 1, 1], [34, 34, 33]),
    (5, [3, 7], [2, 3]),
    (5, [7, 3], [4, 1]),
    (5, [7, 3, 0], [4, 1, 0]),
    (5, [0, 7, 3], [0, 4, 1]),
    (5, [7, 0, 3], [4, 0, 1]),
    (5, [0, 0, 1], [0, 0, 5]),
    (5, [0, 3, 7], [0, 2, 3]),
    (0, [0, 0, 1], [0, 0, 0]),
    (2, [1, 1, 1], [1, 1, 0]),
    (1, [1, 1], [1, 0]),
    (1, [33, 66], [0, 1]),
    (101, [3, 7], [30, 71]),
    (101, [7, 3], [71, 30]),
    (15, [1, 1], [8, 7]),
    (10, [1, 1], [5, 5]),
    (15, [1, 1, 1], [5, 5, 5]),
    (10, [1, 1, 1], [4, 3, 3]),
]
# RubyMoney/money, spec/money/allocation_spec.rb: whole amounts
RUBYMONEY: list[Allocation] = [
    (100, [1], [100]),
    (100, [1] * 2, [50, 50]),
    (100, [1] * 4, [25] * 4),
    (100, [1] * 5, [20] * 5),
    (5, [1] * 2, [3, 2]),
    (2, [1] * 3, [1, 1, 0]),
    (100, [1] * 3, [34, 33, 33]),
    (100, [1] * 6, [17, 17, 17, 17, 16, 16]),
    (100, [5], [100]),
    (100, [1, 1, 2], [25, 25, 50]),
    (100, [7, 3], [70, 30]),
    (10, [1, 2, 1], [3, 5, 2]),
    (10, [1, 1, 2], [3, 2, 5]),
    (100, [1, 1, 0], [50, 50, 0]),
    (100, [0, 1, 1], [0, 50, 50]),
]
# dinerojs/dinero.js, packages/core/src/calculator/helpers/__tests__/distribute.test.ts
DINERO: list[Allocation] = [
    (1003, [50, 50], [502, 501]),
    (100, [1, 3], [25, 75]),
    (1003, [0, 50, 50], [0, 502, 501]),
]
# Alexander Hamilton's apportionment of 120 seats by the census of 1790, which Washington vetoed:
# M. L. Balinski and H. P. Young, Fair Representation (1982). Virginia first, Delaware last.
CENSUS = [
    630_560, 475_327, 432_879, 353_523, 331_589, 278_514, 236_841, 206_236, 179_570,
    141_822, 85_533, 70_835, 68_705, 68_446, 55_540,
]  # fmt: skip
# Wikipedia, "Apportionment paradox": the Alabama paradox, three states of 6, 6 and 2
SEATS: list[Allocation] = [
    (120, CENSUS, [21, 16, 14, 12, 11, 9, 8, 7, 6, 5, 3, 2, 2, 2, 2]),
    (10, [6, 6, 2], [4, 4, 2]),
    (11, [6, 6, 2], [5, 5, 1]),
]


@pytest.mark.parametrize(
    ("amount", "ratios", "shares"), [*FOWLER, *MONEYPHP, *RUBYMONEY, *DINERO, *SEATS]
)
def test_amounts_are_shared_out_as_published(
    amount: int, ratios: list[int], shares: list[int]
) -> None:
    assert shared_out([amount * ratio for ratio in ratios], sum(ratios), amount) == shares

    # and a discount on lines of these prices is shared the same way, scaled to be worth it
    lines = [LineToPrice(ratio * 1_000, 1, 0) for ratio in ratios]
    offer = PromotionToApply(name="off", kind=PromotionKind.ORDER_FIXED, amount=amount)
    assert [line.discount for line in price(lines, None, [offer]).lines] == shares


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [
        # Java SE, java.math.RoundingMode: the column HALF_UP
        (55, 10, 6),
        (25, 10, 3),
        (16, 10, 2),
        (11, 10, 1),
        (10, 10, 1),
        # dinerojs/dinero.js, packages/core/src/divide/__tests__/halfUp.test.ts
        (20, 10, 2),
        (0, 10, 0),
        (14, 10, 1),
        (15, 10, 2),
        (20, 5, 4),
        (0, 5, 0),
        (22, 5, 4),
        (3, 2, 2),
        (24, 5, 5),
    ],
)
def test_halves_go_up_as_published(numerator: int, denominator: int, rounded: int) -> None:
    assert half_up(numerator, denominator) == rounded


@pytest.mark.parametrize(
    ("amount", "percent", "included", "told"),
    [
        # HM Revenue & Customs, "Calculating VAT for VAT-inclusive and VAT-exclusive prices"
        (100_00, "20", False, 20_00),
        (100_00, "5", False, 5_00),
        # The same office's VAT fractions, of amounts of ours: 1/6 of a price at 20 %, 1/21 at 5 %,
        # 7/47 at 17.5 %, 3/23 at 15 %
        (120_00, "20", True, 20_00),
        (60_00, "20", True, 10_00),
        (105_00, "5", True, 5_00),
        (80_00, "5", True, 3_81),
        (117_50, "17.5", True, 17_50),
        (115_00, "15", True, 15_00),
        # Inland Revenue, New Zealand, "Calculating GST" (2010): 3/23 at 15 %, 1/9 at 12.5 %
        (1_500_00, "15", False, 225_00),
        (1_725_00, "15", True, 225_00),
        (112_50, "12.5", True, 12_50),
        # Revenu Québec, "Calculating the taxes": 9.975 % QST, or 14.975 % with the GST at once;
        # half a cent counts as a whole one
        (100_00, "9.975", False, 9_98),
        (100_00, "14.975", False, 14_98),
    ],
)
def test_tax_is_what_tax_offices_say(amount: int, percent: str, included: bool, told: int) -> None:  # noqa: FBT001 - a table
    assert tax(amount, rate(Decimal(percent)), included=included) == told
