"""Sales are computed by PostgreSQL, promotions in carts by Python: to the same minor unit."""

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from httpx import AsyncClient
from support.products import many_variants

from trastienda.database.db import transaction, utcnow
from trastienda.database.models.catalogue.price import LARGEST_AMOUNT
from trastienda.database.models.promotions.promotion import Promotion, PromotionKind, Trigger
from trastienda.schemas.pricing.pricing import LineToPrice, PromotionToApply
from trastienda.services.prices import listed as listed_prices
from trastienda.services.pricing import price
from trastienda.services.pricing.rounding import rate

CURRENCIES = ("JPY", "EUR", "BHD")
WHOLE = 10**6
"""A percentage of four decimals, of a minor unit."""


async def on_sale(
    product: dict[str, Any], prices: dict[str, list[int]], facts: dict[str, Any]
) -> dict[str, list[int]]:
    """Give what everybody would see if these were the prices of its variants, on sale."""
    variants = [UUID(it["id"]) for it in product["variants"]]
    now = utcnow()
    goods = [UUID(product["id"])]
    usual: dict[str, Any] = {"trigger": Trigger.CATALOGUE, "active": True, "product_ids": goods}
    async with transaction() as session:
        execute = session.driver.execute
        await execute("DELETE FROM prices WHERE variant_id = ANY (%s)", [variants])
        for currency, amounts in prices.items():
            await execute(
                "INSERT INTO prices (variant_id, currency, amount, converted) SELECT given.v, %s,"
                " given.amount, false FROM unnest(%s::uuid[], %s::bigint[]) AS given (v, amount)",
                [currency, variants, amounts],
            )
        sale = Promotion(name="Sale", created_at=now, updated_at=now, **usual, **facts)
        session.orm.add(sale)
        await session.orm.flush()
        await listed_prices.refresh(session, [UUID(product["id"])], now + timedelta(seconds=1))
        rows = await execute(
            "SELECT variant_id, currency, coalesce(listed, amount) FROM prices"
            " WHERE variant_id = ANY (%s)",
            [variants],
        )
        found = {(variant, currency): amount for variant, currency, amount in await rows.fetchall()}
        await session.driver.rollback()
    return {it: [found[variant, it] for variant in variants] for it in prices}


def in_a_cart(amount: int, facts: dict[str, Any], currency: str) -> int:
    """Give what one unit costs with the same terms as a promotion."""
    context = PromotionToApply(
        name="Sale",
        kind=facts["kind"],
        percent=rate(facts.get("percent") or Decimal(0)),
        amount=facts.get("amounts", {}).get(currency, 0),
    )
    return price([LineToPrice(amount, 1, 0)], None, [context]).totals.total


def just_below_a_half(percent: Decimal, dice: Random) -> list[int]:
    """Find amounts of which the percentage ends in .499999, as large as they may be."""
    factor = int(percent * 10**4)
    first = 499_999 * pow(factor, -1, WHOLE) % WHOLE
    return [first + WHOLE * it for it in (0, dice.randint(0, 10**5), LARGEST_AMOUNT // WHOLE - 1)]


async def test_a_sale_takes_what_a_promotion_of_the_same_terms_takes(staff: AsyncClient) -> None:
    product, dice = await many_variants(staff, 10), Random(98)  # noqa: S311 - always the same
    kinds = [PromotionKind.ITEM_PERCENT] * 3 + [PromotionKind.ITEM_FIXED, PromotionKind.FIXED_PRICE]

    for turn in range(60):
        kind = kinds[turn % len(kinds)]
        percent = Decimal(dice.randint(0, 9_999) * 100 + dice.choice([1, 33, 67, 99])).scaleb(-4)
        facts: dict[str, Any] = {"kind": kind}
        hard: list[int] = []
        if kind is PromotionKind.ITEM_PERCENT:
            exact = [Decimal(0), Decimal(10), Decimal("12.5"), Decimal(50), Decimal(100)]
            facts["percent"] = dice.choice(exact) if turn % 4 == 0 else percent
            hard = just_below_a_half(percent, dice)
        else:
            facts["amounts"] = {it: dice.randint(1, 10 ** dice.randint(1, 12)) for it in CURRENCIES}
        prices = {
            currency: [
                *hard,
                *range(30),
                *(10**it + by for it in range(1, 12) for by in (-5, 0, 5)),
                *(dice.randint(0, 10 ** dice.randint(1, 12)) for _ in range(40)),
            ][: len(product["variants"])]
            for currency in CURRENCIES
        }

        seen = await on_sale(product, prices, facts)

        expected = {
            it: [in_a_cart(amount, facts, it) for amount in amounts]
            for it, amounts in prices.items()
        }
        assert seen == expected, (turn, facts)
