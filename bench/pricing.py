"""What pricing costs in one process: small carts, large ones, and the worst that can be asked."""

import sys
import timeit
from collections.abc import Callable

import machine
import msgspec

from trastienda.database.models.channels.channel import Rounding
from trastienda.database.models.promotions.promotion import PromotionKind
from trastienda.schemas.pricing.explanation import ExplanationContext
from trastienda.schemas.pricing.preview import PricingDraft
from trastienda.schemas.pricing.pricing import (
    LineToPrice,
    PricingBasis,
    PromotionToApply,
    ShippingToPrice,
    Tier,
)
from trastienda.services.pricing import price
from trastienda.services.pricing.explanation import explain
from trastienda.services.pricing.preview import preview

ONE = 10**8
RATES = (21 * ONE, 10 * ONE, 4 * ONE)
SHIPPING = ShippingToPrice(490, 21 * ONE)
KINDS = [it for it in PromotionKind if "shipping" not in it]


def lines(count: int) -> list[LineToPrice]:
    return [
        LineToPrice(500 + 37 * n % 4_000, 1 + n % 7, RATES[n % 3], floor_price=100, ref=f"r{n % 9}")
        for n in range(count)
    ]


def promotions(count: int) -> list[PromotionToApply]:
    """Make promotions of all kinds; every third is about some of the lines."""
    return [
        PromotionToApply(
            name=f"p{n}",
            kind=KINDS[n % len(KINDS)],
            percent=3 * ONE,
            amount=90,
            buy=2,
            get=1,
            tiers=(Tier(percent=3 * ONE),),
            gifts=frozenset({"r2"}) if KINDS[n % len(KINDS)] == "free_gift" else frozenset(),
            refs=frozenset({"r1", "r4", "r7"}) if n % 3 == 0 else frozenset(),
        )
        for n in range(count)
    ]


def worst(kind: str) -> PricingDraft:
    """Ask for as much as one request can, all of one kind."""
    fields = {"buy": 1, "get": 1, "percent": "0.0001"} if kind == "buy_x_get_y" else {}
    fields |= {"amount": 999_999_999} if kind.endswith(("fixed", "price")) else {}
    fields |= {"tiers": [{"percent": "0.3333"}] * 50} if kind == "order_tiered" else {}
    fields |= {"gifts": [f"{0:0>200}"], "get": 1} if kind == "free_gift" else {}
    fields |= {"percent": "0.3333"} if kind.endswith(("percent", "unit")) else {}
    asked = {
        "currency": "EUR",
        "rounding": "document",
        "lines": [
            {
                "ref": f"{n:0>200}",
                "unit_price": 10**12 - n,
                "quantity": 9_999,
                "floor_price": 10**11 + n,
                "tax_rate": "+".join(["9.9999"] * 10),
                "prices_include_tax": n % 2 == 0,
            }
            for n in range(200)
        ],
        "promotions": [{"name": "p" * 200, "kind": kind, **fields}] * 100,
    }
    return msgspec.convert(asked, PricingDraft)


def microseconds(work: Callable[[], object], times: int, rounds: int = 5) -> float:
    return min(timeit.repeat(work, number=times, repeat=rounds)) / times * 1e6


def told(name: str, spent: float) -> None:
    print(f"| {name} | {spent:,.0f} |" if spent >= 10 else f"| {name} | {spent:.1f} |")  # noqa: PLR2004


def main() -> None:
    known = machine.facts()
    print(", ".join(f"{known[it]}" for it in ("processor", "system", "load before")))
    print(f"Python {sys.version.split()[0]}\n\n| what is priced | µs |\n|---|---|")
    two, many, offers = lines(2), lines(200), promotions(20)
    told("2 lines, no promotion", microseconds(lambda: price(two, SHIPPING), 5_000))
    told("200 lines, no promotion, 3 rates", microseconds(lambda: price(many, SHIPPING), 100))
    for count in (25, 50, 100, 200):
        some = lines(count)
        spent = microseconds(lambda some=some: price(some, SHIPPING, offers), 10)  # type: ignore[misc]
        told(f"{count} lines, 20 promotions, 3 rates", spent)
    for rounding in (Rounding.UNIT, Rounding.DOCUMENT):
        spent = microseconds(lambda it=rounding: price(many, SHIPPING, offers, it), 10)  # type: ignore[misc]
        told(f"200 lines, the same, rounded by {rounding}", spent)
    priced = price(many, SHIPPING, offers)
    basis = PricingBasis(lines=many, shipping=SHIPPING, promotions=offers)
    sold = ExplanationContext(currency="EUR", skus=[line.ref for line in many])
    told("its explanation", microseconds(lambda: explain(basis, priced, sold), 10))
    for kind in PromotionKind:
        draft = worst(kind)
        spent = microseconds(lambda draft=draft: preview(draft), 1, 3)  # type: ignore[misc]
        told(f"200 × 9,999 units, 100 × `{kind}`, explained", spent)


if __name__ == "__main__":
    main()
