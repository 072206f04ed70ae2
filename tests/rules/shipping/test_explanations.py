"""The price of shipping is explained by what its tariff reads, and recomputes from it."""

from typing import Any
from uuid import uuid4

import pytest

from trastienda.database.models.shipping.option import Tariff
from trastienda.schemas.outside.outside import CourierAnswer
from trastienda.schemas.pricing.pricing import ShippingToPrice
from trastienda.schemas.shipping.of_carts import Parcel, ShippingRow, TierRow
from trastienda.services.pricing import price_steps
from trastienda.services.pricing.rounding import WHOLE
from trastienda.services.shipping import tariffs
from trastienda.services.shipping.explanations import source

PARCEL = Parcel(grams=1_200, subtotal=4_000, units=3, longest=100)
TIERS = [TierRow(start=0, price=300), TierRow(start=1_000, price=700)]


def a_way(tariff: Tariff, **facts: Any) -> ShippingRow:  # noqa: ANN401
    given: dict[str, Any] = {"price": 500, "tiers": None, "additional": None, "free_from": None}
    return ShippingRow(
        id=uuid4(),
        name="Post",
        countries=[],
        tariff=tariff,
        min_weight=0,
        max_weight=None,
        max_length=None,
        in_zone=True,
        excluded_category_ids=[],
        category_ids=None,
        min_days=None,
        max_days=None,
        pickup_address=None,
        **(given | facts),
    )


@pytest.mark.parametrize(
    ("way", "rule", "facts", "amount"),
    [
        (a_way(Tariff.FLAT), "price", {"price": 500}, 500),
        (a_way(Tariff.WEIGHT, tiers=TIERS), "the tier that grams reach", {"grams": 1_200}, 700),
        (
            a_way(Tariff.SUBTOTAL, tiers=TIERS),
            "the tier that subtotal reaches",
            {"subtotal": 4_000},
            700,
        ),
        (a_way(Tariff.PER_ITEM), "price × units", {"price": 500, "units": 3}, 1_500),
        (
            a_way(Tariff.FIRST_ADDITIONAL, additional=200),
            "price + additional × (units - 1)",
            {"price": 500, "additional": 200, "units": 3},
            900,
        ),
        (
            a_way(Tariff.COURIER, quote=CourierAnswer(price=610)),
            "quoted + price",
            {"quoted": 610, "price": 500},
            1_110,
        ),
        (
            a_way(Tariff.PER_ITEM, free_from=4_000),
            "0, because subtotal ≥ free_from",
            {"subtotal": 4_000, "free_from": 4_000},
            0,
        ),
    ],
    ids=lambda it: it if isinstance(it, str) else "",
)
def test_each_tariff_is_explained_by_what_it_reads(
    way: ShippingRow, rule: str, facts: dict[str, int], amount: int
) -> None:
    price = tariffs.quote(way, PARCEL)
    assert price == amount

    (step,) = price_steps.of_shipping(
        source(way, PARCEL, amount, None), ShippingToPrice(amount, 0, included=True)
    )

    assert (step.rule, step.input, step.unit_price) == (rule, facts, amount)


def test_a_price_that_crosses_a_border_says_the_tax_that_leaves_and_the_one_that_comes() -> None:
    kept = source(a_way(Tariff.FLAT, price=1_000), PARCEL, 1_000, 19 * WHOLE // 100)
    there = ShippingToPrice(1_042, 24 * WHOLE // 100, included=True)

    _, crossed = price_steps.of_shipping(kept, there)

    assert crossed.input == {"before": 1_000, "home_rate": "19", "rate": "24"}
    assert crossed.unit_price == 1_042
    assert crossed.rounding == "net half up, then the product half up"


def test_a_price_that_is_taxed_with_the_lines_says_that_its_parts_cross() -> None:
    kept = source(a_way(Tariff.FLAT, price=1_000), PARCEL, 1_000, None)

    _, parts = price_steps.of_shipping(kept, ShippingToPrice(1_042, 0, included=True, shared=True))

    assert (parts.rule.partition(";")[0], parts.unit_price) == (
        "shared out by the lines' subtotals",
        1_042,
    )
