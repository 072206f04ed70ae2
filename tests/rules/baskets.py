"""Any cart that one could ask the price of, small or large, for Hypothesis to choose from."""

import os
from typing import Any

from hypothesis import strategies as st

from trastienda.database.models.channel import Rounding
from trastienda.database.models.promotion import PromotionKind
from trastienda.schemas.pricing import LineToPrice, PromotionToApply, ShippingToPrice, Tier

THOROUGH = bool(os.environ.get("FUZZ"))
EXAMPLES = 40_000 if THOROUGH else 2_000
LARGEST = 10**12
WHOLE = 10**10
ONE = 10**8

refs = st.sampled_from(["a", "b", "c"])
rates = st.sampled_from([0, 5 * ONE, 10 * ONE, 21 * ONE, 11 * ONE // 2, 1, WHOLE]) | st.integers(
    0, WHOLE
)
percents = st.sampled_from([0, 10 * ONE, WHOLE // 3, WHOLE]) | st.integers(0, WHOLE)
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
    return st.none() | st.builds(
        ShippingToPrice, st.integers(0, most), rates, st.booleans(), st.booleans()
    )


def promotions(
    most: int = LARGEST, kinds: st.SearchStrategy[PromotionKind] = any_kind
) -> st.SearchStrategy[PromotionToApply]:
    thresholds = st.just(0) | st.integers(0, most)
    tiers = st.builds(
        Tier,
        min_subtotal=thresholds,
        min_quantity=st.integers(0, 4),
        percent=percents,
        amount=st.just(0) | st.integers(0, most),
    )
    return st.builds(
        _as_its_kind_has_it,
        gifts=st.frozensets(refs, min_size=1, max_size=1),
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
        max_discount=st.none() | st.none() | st.integers(0, most),
        stack_group=st.sampled_from(["", "", "season"]),
        tiers=st.lists(tiers, max_size=3).map(tuple),
        exclusive=st.integers(0, 9).map(lambda it: it == 0),
    )


def _as_its_kind_has_it(*, gifts: frozenset[str], **fields: Any) -> PromotionToApply:  # noqa: ANN401
    """Only a free gift has gifts: other kinds would leave those lines out."""
    given = gifts if fields["kind"] is PromotionKind.FREE_GIFT else frozenset()
    return PromotionToApply(gifts=given, **fields)
