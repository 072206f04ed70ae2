"""Any cart that one could ask the price of, small or large, for Hypothesis to choose from."""

import os

from hypothesis import strategies as st

from trastienda.database.models.channel import Rounding
from trastienda.database.models.promotion import PromotionKind
from trastienda.schemas.pricing import LineToPrice, PromotionToApply, ShippingToPrice

THOROUGH = bool(os.environ.get("FUZZ"))
EXAMPLES = 40_000 if THOROUGH else 2_000
LARGEST = 10**12
WHOLE = 1_000_000

refs = st.sampled_from(["a", "b", "c"])
rates = st.sampled_from([0, 50_000, 100_000, 210_000, 55_000, 1, WHOLE]) | st.integers(0, WHOLE)
percents = st.sampled_from([0, 100_000, 333_333, WHOLE]) | st.integers(0, WHOLE)
roundings = st.sampled_from(Rounding)
any_kind = st.sampled_from(PromotionKind)


def lines(most: int = LARGEST, units: int = 9_999) -> st.SearchStrategy[LineToPrice]:
    amounts = st.integers(0, min(most, 30)) | st.integers(0, most)
    return st.builds(
        LineToPrice,
        unit_price=amounts,
        quantity=st.integers(1, min(units, 5)) | st.integers(1, units),
        rate=rates,
        included=st.booleans(),
        floor_price=st.just(0) | amounts,
        ref=refs,
    )


def shippings(most: int = LARGEST) -> st.SearchStrategy[ShippingToPrice | None]:
    return st.none() | st.builds(ShippingToPrice, st.integers(0, most), rates, st.booleans())


def promotions(
    most: int = LARGEST, kinds: st.SearchStrategy[PromotionKind] = any_kind
) -> st.SearchStrategy[PromotionToApply]:
    thresholds = st.just(0) | st.integers(0, most)
    return st.builds(
        PromotionToApply,
        name=st.sampled_from(["summer", "sale"]),
        kind=kinds,
        percent=percents,
        amount=st.just(0) | st.integers(0, most),
        buy=st.integers(1, 3),
        get=st.integers(1, 2),
        refs=st.just(frozenset[str]()) | st.frozensets(refs, min_size=1),
        min_subtotal=thresholds,
        min_quantity=st.integers(0, 4),
        max_quantity=st.none() | st.integers(1, 4),
        priority=st.integers(0, 2),
        exclusive=st.integers(0, 9).map(lambda it: it == 0),
    )
