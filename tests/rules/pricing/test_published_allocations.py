"""More tables of shares and of rounding that others have published: libraries, elections, the euro.

Rows about negative amounts are left out: there are none here. Only rows in which the published
result and ours agree could be taken from libraries that hand the units left over to the first
ratios; ours go to the largest fractions, among equals to the first. One of the tables, that of
brick/money for its mode FloorToLargestRemainder, follows the same rule and is taken whole.
"""

import pytest
from support.pricing.published import named
from support.pricing.requests import discounts, line, offer

from trastienda.services.pricing.rounding import half_up, shared_out

Allocation = tuple[int, list[int], list[int]]
ALLOCATIONS: dict[str, list[Allocation]] = {
    "brick/money, tests/MoneyTest.php, FloorToLargestRemainder": [
        (99_99, [100], [99_99]),
        (99_99, [100, 100], [50_00, 49_99]),
        (100_00, [30, 20, 40], [33_33, 22_22, 44_45]),
        (100_00, [30, 20, 40, 40], [23_08, 15_38, 30_77, 30_77]),
        (100_00, [30, 20, 40, 0, 0, 40], [23_08, 15_38, 30_77, 0, 0, 30_77]),
        (20_00, [1, 2, 3, 7], [1_54, 3_08, 4_61, 10_77]),  # 100 francs in pieces of five
        (2, [1, 1, 1, 1], [1, 1, 0, 0]),
        (2, [1, 1, 3, 1], [1, 0, 1, 0]),
        (3, [75, 25], [2, 1]),
        (100_00, [1, 2], [33_33, 66_67]),  # one third and two thirds
    ],
    "brick/money, tests/MoneyTest.php, SplitMode::ToFirst": [
        (99_99, [1, 1, 1], [33_33, 33_33, 33_33]),
        (99_99, [1, 1, 1, 1], [25_00, 25_00, 25_00, 24_99]),
        (20_00, [1] * 3, [6_67, 6_67, 6_66]),  # in pieces of five
        (20_00, [1] * 7, [2_86, 2_86, 2_86, 2_86, 2_86, 2_85, 2_85]),
    ],
    "Rhymond/go-money, money_test.go, TestMoney_Split": [
        (5, [1] * 3, [2, 2, 1]),
    ],
    "Rhymond/go-money, money_test.go, TestMoney_Allocate": [
        (100, [50, 50], [50, 50]),
        (100, [30, 30, 30], [34, 33, 33]),
        (200, [25, 25, 50], [50, 50, 100]),
        (5, [50, 25, 25], [3, 1, 1]),
        (100, [33, 33, 33], [34, 33, 33]),
    ],
    "Rhymond/go-money, README.md: two pounds for three parties": [
        (2_00, [1] * 3, [67, 67, 66]),
    ],
    "Sylius, ProportionalIntegerDistributorSpec.php": [
        (300, [4_000, 2_000, 2_000], [150, 75, 75]),
    ],
    "Sylius, IntegerDistributorSpec.php": [
        (0, [1] * 4, [0, 0, 0, 0]),
        (1_000, [1] * 4, [250, 250, 250, 250]),
        (1_000, [1] * 3, [334, 333, 333]),
    ],
    "Wikipedia, Largest remainder method: Hare quota": [
        (10, [47_000, 16_000, 15_900, 12_000, 6_000, 3_100], [5, 2, 1, 1, 1, 0]),
    ],
    "Wikipedia, Largest remainder method: Alabama paradox": [
        (25, [1_500, 1_500, 900, 500, 500, 200], [7, 7, 4, 3, 3, 1]),
        (26, [1_500, 1_500, 900, 500, 500, 200], [8, 8, 5, 2, 2, 1]),
    ],
}
Rounding = tuple[int, int, int]
ROUNDED: dict[str, list[Rounding]] = {
    "Rhymond/go-money, money_test.go, TestMoney_Round": [
        (125, 100, 1),
        (175, 100, 2),
        (349, 100, 3),
        (351, 100, 4),
    ],
    "Rhymond/go-money, money_test.go, TestMoney_RoundWithExponential": [
        (12_555, 1_000, 13),
    ],
    # Cents of an amount of the old currency by the rate of Council Regulation (EC) No 2866/98,
    # to the nearest cent and a half up by Article 5 of Regulation (EC) No 1103/97
    "1,000 pesetas at 166.386": [(1_000 * 100_000, 166_386, 6_01)],
    "5,000 pesetas at 166.386": [(5_000 * 100_000, 166_386, 30_05)],
    "10,000 pesetas at 166.386": [(10_000 * 100_000, 166_386, 60_10)],
    "1 German mark at 1.95583": [(10_000_000, 195_583, 51)],
    "100 German marks at 1.95583": [(100 * 10_000_000, 195_583, 51_13)],
    "100 French francs at 6.55957": [(100 * 10_000_000, 655_957, 15_24)],
    "1,000 Italian lire at 1936.27": [(1_000 * 10_000, 193_627, 52)],
}


@pytest.mark.parametrize(("amount", "ratios", "shares"), named(ALLOCATIONS))
def test_amounts_are_shared_out_as_in_other_tables(
    amount: int, ratios: list[int], shares: list[int]
) -> None:
    assert shared_out([amount * ratio for ratio in ratios], sum(ratios), amount) == shares

    # and a discount on lines of these prices is shared the same way, scaled to be worth it
    lines = [line(ratio * 100_000) for ratio in ratios]
    assert discounts(lines, offer("order_fixed", amount=amount)) == shares


@pytest.mark.parametrize(("numerator", "denominator", "rounded"), named(ROUNDED))
def test_halves_go_up_as_in_other_tables(numerator: int, denominator: int, rounded: int) -> None:
    assert half_up(numerator, denominator) == rounded
