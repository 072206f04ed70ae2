"""Rates that jurisdictions publish, combined as their laws say."""

from decimal import Decimal

import pytest

from trastienda.schemas.taxes.of_carts import RateRow
from trastienda.services.taxes.of_carts import combined

Known = list[tuple[str, str, bool]]


@pytest.mark.parametrize(
    ("known", "tax_class", "expected"),
    [
        ([("standard", "5", False), ("standard", "10", True)], "standard", 1_550_000_000),
        # Quebec, 2012: the QST of 9.5 % was also on the GST of 5 %
        ([("standard", "5", False), ("standard", "9.5", True)], "standard", 1_497_500_000),
        # New York City: state, city, Metropolitan Commuter Transportation District
        (
            [("standard", "4", False), ("standard", "4.5", False), ("standard", "0.375", False)],
            "standard",
            887_500_000,
        ),
        # Spain: IVA of 21, 10 and 4 %
        ([("standard", "21", False), ("reduced", "10", False)], "reduced", 1_000_000_000),
        ([("standard", "21", False), ("super", "4", False)], "super", 400_000_000),
        # Germany: what is in no class of its own is in the standard one
        ([("standard", "19", False), ("reduced", "7", False)], "books", 1_900_000_000),
        ([("reduced", "7", False)], "books", None),
        ([("standard", "60", False), ("standard", "60", False)], "standard", None),
        ([("standard", "0", False)], "standard", 0),
        ([], "standard", None),
    ],
)
def test_rates_are_combined(known: Known, tax_class: str, expected: int | None) -> None:
    rates = [RateRow(of, Decimal(percent), compound) for of, percent, compound in known]

    assert combined(rates, tax_class) == expected
