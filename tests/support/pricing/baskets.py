"""Any cart that one could ask the price of, small or large, for Hypothesis to choose from.

A line is drawn as a few bytes and a promotion as some more, not field by field: that takes a fifth
of the time, and a cart has a hundred fields. Each field has bytes of its own, so that Hypothesis
still makes one smaller without touching the others, and zeros are the simplest thing there is.
"""

import os
from collections.abc import Sequence
from typing import TypeVar

from hypothesis import strategies as st

from trastienda.database.models.channels.channel import Rounding
from trastienda.database.models.promotions.promotion import PromotionKind
from trastienda.schemas.pricing.pricing import LineToPrice, PromotionToApply, ShippingToPrice, Tier

THOROUGH = bool(os.environ.get("FUZZ"))
EXAMPLES = 40_000 if THOROUGH else 500
LARGEST = 10**12
WHOLE = 10**10
ONE = 10**8

REFS = ("a", "b", "c")
RATES = (0, 5 * ONE, 10 * ONE, 21 * ONE, 11 * ONE // 2, 1, WHOLE)
PERCENTS = (0, 10 * ONE, WHOLE // 3, WHOLE)
LINE, PROMOTION = 38, 130  # bytes, when amounts are largest
rates = st.sampled_from(RATES) | st.integers(0, WHOLE)
roundings = st.sampled_from(Rounding)


T = TypeVar("T")


class Drawn:
    """Bytes that facts are read from, one after the other."""

    def __init__(self, drawn: bytes) -> None:
        self.drawn, self.read = drawn, 0

    def upto(self, most: int) -> int:
        """Return a number from 0 to this one; they are about as likely as each other."""
        start, self.read = self.read, self.read + (most.bit_length() + 9) // 8
        assert self.read <= len(self.drawn), "more bytes are wanted than are drawn"
        return int.from_bytes(self.drawn[start : self.read], "big") % (most + 1)

    def one(self, of: Sequence[T]) -> T:
        return of[self.upto(len(of) - 1)]

    def some(self) -> frozenset[str]:
        """Return one of the names at least."""
        chosen = self.upto((1 << len(REFS)) - 2) + 1
        return frozenset(it for place, it in enumerate(REFS) if chosen >> place & 1)

    def either(self, usual: Sequence[int], most: int) -> int:
        """Return one of the usual numbers, or as often any."""
        drawn, other, anything = self.upto(1), self.one(usual), self.upto(most)
        return anything if drawn else other

    def amount(self, most: int) -> int:
        """Return a small one, or as often one of any length; and now and then the largest."""
        how, small, anything = self.upto(15), self.upto(min(most, 30)), self.upto(most)
        if how < 8:
            return small
        if how < 14:  # of the numbers up to 10^12 hardly one is shorter than ten digits
            return anything >> (how % 3 * most.bit_length() // 3)
        return most if how == 14 else anything


def lines(most: int = LARGEST, units: int = 9_999) -> st.SearchStrategy[LineToPrice]:
    def read(drawn: bytes) -> LineToPrice:
        it = Drawn(drawn)
        return LineToPrice(
            unit_price=it.amount(most),
            quantity=1 + it.either(range(min(units, 5)), units - 1),
            rate=it.either(RATES, WHOLE),
            included=it.one((True, False)),
            floor_price=it.one((0, 1)) * it.amount(most),
            ref=it.one(REFS),
        )

    return st.binary(min_size=LINE, max_size=LINE).map(read)


def shippings(most: int = LARGEST) -> st.SearchStrategy[ShippingToPrice | None]:
    return st.none() | st.builds(
        ShippingToPrice, st.integers(0, most), rates, st.booleans(), st.booleans()
    )


def promotions(
    most: int = LARGEST, kinds: Sequence[PromotionKind] = tuple(PromotionKind)
) -> st.SearchStrategy[PromotionToApply]:
    def read(drawn: bytes) -> PromotionToApply:
        it = Drawn(drawn)
        kind, gift = it.one(kinds), it.one(REFS)
        return PromotionToApply(
            name=it.one(("summer", "sale")),
            kind=kind,
            percent=it.either(PERCENTS, WHOLE),
            amount=it.one((0, 1)) * it.amount(most),
            buy=1 + it.upto(2),
            get=1 + it.upto(1),
            refs=_if(it.upto(1), it.some(), frozenset()),
            min_subtotal=it.one((0, 1)) * it.amount(most),
            min_quantity=it.upto(4),
            max_quantity=_if(it.upto(1), 1 + it.upto(3), None),
            priority=it.upto(2),
            max_discount=_if(it.upto(2) == 2, it.amount(most), None),
            stack_group=it.one(("", "", "season")),
            exclusive=it.upto(9) == 9,
            # Only a free gift has gifts: other kinds would leave those lines out.
            gifts=frozenset({gift} if kind is PromotionKind.FREE_GIFT else ()),
            tiers=tuple([_tier(it, most) for _ in range(3)][: it.upto(3)]),
        )

    return st.binary(min_size=PROMOTION, max_size=PROMOTION).map(read)


def _tier(it: Drawn, most: int) -> Tier:
    return Tier(
        min_subtotal=it.one((0, 1)) * it.amount(most),
        min_quantity=it.upto(4),
        percent=it.either(PERCENTS, WHOLE),
        amount=it.one((0, 1)) * it.amount(most),
    )


def _if(true: object, given: T, otherwise: T) -> T:
    """Choose between what has been read already: each field has its bytes, read or not."""
    return given if true else otherwise
