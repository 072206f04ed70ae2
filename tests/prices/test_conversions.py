"""What exchange rates make of amounts: held against hand-checked examples, and fractions.

All rates stand in transactions that are rolled back: no other test sees them.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor
from random import Random
from typing import Any
from uuid import UUID

from httpx import AsyncClient
from support.products import many_variants

from trastienda.database.db import transaction, utcnow
from trastienda.database.models.catalogue.price import LARGEST_AMOUNT
from trastienda.services.prices import conversions

DIGITS = {"JPY": 0, "EUR": 2, "USD": 2, "RSD": 2, "BHD": 3, "CLF": 4}
Rate = tuple[str, str, str, str | None]  # from, into, rate, ending


async def converted(
    product: dict[str, Any], rate: Rate, amounts: Sequence[int]
) -> list[int | None]:
    """Give what a rate makes of amounts; None where it makes no price."""
    base, currency, factor, ending = rate
    variants = [UUID(it["id"]) for it in product["variants"][: len(amounts)]]
    async with transaction() as session:
        execute = session.driver.execute
        await execute("DELETE FROM prices WHERE variant_id = ANY (%s)", [variants])
        await execute(
            "INSERT INTO prices (variant_id, currency, amount, converted) SELECT given.v, %s,"
            " given.amount, false FROM unnest(%s::uuid[], %s::bigint[]) AS given (v, amount)",
            [base, variants, list(amounts)],
        )
        await execute(
            "INSERT INTO exchange_rates (currency, base_currency, rate, ending, updated_at,"
            " version) VALUES (%s, %s, %s, %s, now(), 1)",
            [currency, base, Decimal(factor), ending],
        )
        await conversions.refresh(session, [UUID(product["id"])], utcnow())
        rows = await execute(
            "SELECT variant_id, amount FROM prices WHERE currency = %s AND converted"
            " AND variant_id = ANY (%s)",
            [currency, variants],
        )
        found: dict[UUID, int] = dict(await rows.fetchall())
        await session.driver.rollback()
    return [found.get(variant) for variant in variants]


# The rates of the euro are those of Council Regulation (EC) 2866/98, six significant figures.
EXAMPLES: list[tuple[Rate, dict[int, int | None]]] = [
    (("EUR", "DEM", "1.95583", None), {10_000: 19_558, 1: 2, 100: 196, 1_250: 2_445, 0: 0}),
    (("EUR", "FRF", "6.55957", None), {10_000: 65_596, 1_999: 13_113, 5: 33}),
    (("EUR", "JPY", "157.83", None), {1_250: 1_973, 1: 2, 10_000: 15_783, 0: 0}),
    (("JPY", "EUR", "0.00634", None), {1_000: 634, 1: 1, 100_000: 63_400, 79: 50}),
    (("EUR", "BHD", "0.4073", None), {1_250: 5_091, 1: 4, 999: 4_069}),
    (("BHD", "JPY", "387.25", None), {1_234: 478, 1: 1, 1_000: 387, 2_000: 775}),
    (("CLF", "EUR", "35.5", None), {10_000: 3_550, 1: 1, 15: 5, 14: 5, 13: 5, 12: 4}),
    # A half goes up, and what is sold is never given away.
    (("EUR", "USD", "0.5", None), {201: 101, 200: 100, 1: 1, 3: 2, 0: 0}),
    (("EUR", "USD", "0.0000000001", None), {1: 1, LARGEST_AMOUNT: 100, 0: 0}),
    # What is more than any price can be is no price.
    (("EUR", "USD", "9999999999.9999999999", None), {100: 10**12, 101: None, 0: 0}),
    # The nearest price that ends so, of two the higher, never 0.
    (
        ("EUR", "USD", "1", "99"),
        {0: 0, 1: 99, 99: 99, 100: 99, 148: 99, 149: 199, 1_234: 1_199, 1_249: 1_299},
    ),
    (("EUR", "USD", "1", "95"), {1_234: 1_195, 1_245: 1_295, 1_244: 1_195, 44: 95}),
    (("EUR", "USD", "1", "5"), {1: 5, 9: 5, 10: 15, 11: 15, 1_234: 1_235}),
    (("EUR", "USD", "1", "0"), {1: 10, 4: 10, 5: 10, 15: 20, 1_234: 1_230, 1_235: 1_240}),
    (("EUR", "USD", "1", "00"), {1: 100, 149: 100, 150: 200, 49: 100}),
    (
        ("EUR", "JPY", "100", "900"),
        {12_345: 11_900, 12_400: 12_900, 3: 900, 1_300: 900, 1_400: 1_900},
    ),
    (("EUR", "BHD", "0.4073", "990"), {1_250: 4_990, 2_500: 9_990, 10: 990}),
    (("EUR", "USD", "1.0825", "99"), {1_250: 1_399, 1_000: 1_099, 999: 1_099}),
]


async def test_hand_checked_examples(staff: AsyncClient) -> None:
    product = await many_variants(staff, 3)

    for rate, expected in EXAMPLES:
        told = await converted(product, rate, list(expected))

        assert dict(zip(expected, told, strict=True)) == expected, rate


def by_hand(amount: int, rate: Rate) -> int | None:
    base, currency, factor, ending = rate
    exact = Fraction(factor) * amount * Fraction(10) ** (DIGITS[currency] - DIGITS[base])
    units = amount and max(floor(exact + Fraction(1, 2)), 1)
    if amount and ending:
        step, around = 10 ** len(ending), units // 10 ** len(ending)
        prices = [int(ending) + step * it for it in range(around - 1, around + 2)]
        units = min((it for it in prices if it > 0), key=lambda it: (abs(it - units), -it))
    return units if units <= LARGEST_AMOUNT else None


async def test_any_rate_makes_what_fractions_make(staff: AsyncClient) -> None:
    product, dice = await many_variants(staff, 15), Random(1_999)  # noqa: S311 - the same numbers each time
    places = [(0, 10), (2, 10), (10, 10), (3, 4), (1, 0)]

    for turn in range(60):
        base, currency = dice.sample(sorted(DIGITS), 2)
        whole, places_ = dice.choice(places)
        factor = Decimal(dice.randint(1, 10 ** (whole + places_))).scaleb(-places_)
        ending = dice.choice([None, "0", "99", "95", "900", "9999", str(dice.randint(0, 9_999))])
        rate = (base, currency, f"{min(factor, Decimal(9_999_999_999)):f}", ending)
        amounts = [
            *range(20),
            *(dice.randint(0, 10 ** dice.randint(1, 12)) for _ in range(200)),
            *(10**it for it in range(13)),
        ][:225]

        told = await converted(product, rate, amounts)

        assert told == [by_hand(amount, rate) for amount in amounts], (turn, rate)
