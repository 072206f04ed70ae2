"""What it costs to send a parcel: by hand, and whatever is in it."""

from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trastienda.database.models.catalogue.price import LARGEST_AMOUNT
from trastienda.database.models.shipping.option import Tariff
from trastienda.schemas.shipping.of_carts import Parcel, ShippingRow, TierRow
from trastienda.services.shipping.tariffs import quote

TIERS = [TierRow(start=500, price=490), TierRow(start=2_000, price=790)]
FURNITURE, MUGS = uuid4(), uuid4()

amounts = st.integers(0, LARGEST_AMOUNT)
small = st.integers(0, 100_000)
parcels = st.builds(
    Parcel, grams=small, subtotal=small, units=st.integers(0, 2_000_000), longest=small
)


def option(**facts: Any) -> ShippingRow:  # noqa: ANN401
    plain: dict[str, Any] = {
        "id": UUID(int=1),
        "name": "Post",
        "price": 490,
        "countries": [],
        "tariff": "flat",
        "tiers": None,
        "additional": 0,
        "free_from": None,
        "min_weight": 0,
        "max_weight": None,
        "max_length": None,
        "in_zone": True,
        "excluded_category_ids": [],
        "category_ids": None,
        "min_days": None,
        "max_days": None,
        "pickup_address": None,
    }
    return msgspec.convert(msgspec.to_builtins({**plain, **facts}), ShippingRow)


def parcel(**facts: Any) -> Parcel:  # noqa: ANN401
    return Parcel(**{"grams": 1_000, "subtotal": 2_500, "units": 2, "longest": 120, **facts})


@pytest.mark.parametrize(
    ("facts", "price"),
    [
        ({}, 490),
        ({"price": 0}, 0),
        ({"price": None}, None),
        ({"tariff": "per_item"}, 980),
        ({"tariff": "first_additional", "additional": 100}, 590),
        ({"tariff": "first_additional"}, 490),
        ({"tariff": "courier"}, None),
        ({"tariff": "courier", "free_from": 0}, None),
        ({"free_from": 2_501}, 490),
        ({"free_from": 2_500}, 0),
        ({"free_from": 0}, 0),
        ({"min_weight": 1_000}, 490),
        ({"min_weight": 1_001}, None),
        ({"max_weight": 1_000}, 490),
        ({"max_weight": 999}, None),
        ({"max_length": 120}, 490),
        ({"max_length": 119}, None),
        ({"max_weight": 999, "free_from": 0}, None),
        ({"tariff": "per_item", "price": LARGEST_AMOUNT}, None),
        ({"tariff": "per_item", "price": LARGEST_AMOUNT // 2}, LARGEST_AMOUNT),
    ],
)
def test_a_tariff_says_what_the_parcel_costs(facts: dict[str, Any], price: int | None) -> None:
    assert quote(option(**facts), parcel()) == price


@pytest.mark.parametrize(
    ("measure", "price"),
    [(0, None), (499, None), (500, 490), (1_999, 490), (2_000, 790), (10**12, 790)],
)
def test_a_tier_begins_at_its_threshold(measure: int, price: int | None) -> None:
    by_weight = quote(option(tariff="weight", tiers=TIERS), parcel(grams=measure))
    by_subtotal = quote(option(tariff="subtotal", tiers=TIERS), parcel(subtotal=measure))

    assert (by_weight, by_subtotal) == (price, price)


@pytest.mark.parametrize("tariff", ["weight", "subtotal"])
@pytest.mark.parametrize("tiers", [None, []])
def test_without_tiers_nothing_travels_and_nothing_is_free(
    tariff: str, tiers: list[TierRow] | None
) -> None:
    assert quote(option(tariff=tariff, tiers=tiers, free_from=0), parcel()) is None


def test_below_the_lowest_tier_free_shipping_does_not_help() -> None:
    free = option(tariff="weight", tiers=TIERS, free_from=0)

    assert quote(free, parcel(grams=499)) is None
    assert quote(free, parcel(grams=500)) == 0


def test_one_thing_of_an_excluded_category_is_enough() -> None:
    picky = option(excluded_category_ids=[FURNITURE])

    assert quote(picky, parcel(category_ids=frozenset({MUGS}))) == 490
    assert quote(picky, parcel(category_ids=frozenset({MUGS, FURNITURE}))) is None


@st.composite
def rising(draw: st.DrawFn) -> list[TierRow]:
    """Draw tiers that cost more the higher they begin, in any order."""
    starts = draw(st.lists(small, min_size=1, max_size=6, unique=True))
    prices = sorted(draw(st.lists(amounts, min_size=len(starts), max_size=len(starts))))
    tiers = [TierRow(start=a, price=b) for a, b in zip(sorted(starts), prices, strict=True)]
    return draw(st.permutations(tiers))


@st.composite
def options(draw: st.DrawFn, *, free: bool = True) -> ShippingRow:
    return option(
        tariff=draw(st.sampled_from(Tariff)),
        price=draw(amounts | st.none()),
        tiers=draw(rising()),
        additional=draw(amounts),
        free_from=draw(small | st.none()) if free else None,
    )


@given(options(), parcels)
def test_a_price_is_never_negative_and_never_too_large(chosen: ShippingRow, sent: Parcel) -> None:
    price = quote(chosen, sent)

    assert price is None or 0 <= price <= LARGEST_AMOUNT


@given(options(free=False), parcels, small, st.integers(0, 9_999))
def test_more_in_the_parcel_never_costs_less(
    chosen: ShippingRow, sent: Parcel, weight: int, units: int
) -> None:
    more = msgspec.structs.replace(
        sent, grams=sent.grams + weight, subtotal=sent.subtotal + weight, units=sent.units + units
    )
    before, after = quote(chosen, sent), quote(chosen, more)

    assert before is None or after is None or before <= after


@given(options(), parcels)
def test_free_shipping_only_ever_makes_it_free(chosen: ShippingRow, sent: Parcel) -> None:
    paid = quote(msgspec.structs.replace(chosen, free_from=None), sent)
    reached = chosen.free_from is not None and sent.subtotal >= chosen.free_from

    if paid is None:
        assert quote(chosen, sent) in ({None, 0} if reached else {None})
    else:
        assert quote(chosen, sent) == (0 if reached else paid)


@given(options(), parcels, st.integers(0, 100_000), st.integers(0, 100_000))
def test_limits_only_ever_take_away(
    chosen: ShippingRow, sent: Parcel, max_weight: int, max_length: int
) -> None:
    limited = msgspec.structs.replace(chosen, max_weight=max_weight, max_length=max_length)
    fits = sent.grams <= max_weight and sent.longest <= max_length

    assert quote(limited, sent) == (quote(chosen, sent) if fits else None)
