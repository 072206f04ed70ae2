"""What a cart costs: whatever is in it, the parts add up, and nothing is negative."""

from collections import defaultdict
from copy import deepcopy
from fractions import Fraction
from itertools import chain

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.pricing.baskets import (
    EXAMPLES,
    THOROUGH,
    WHOLE,
    lines,
    promotions,
    rates,
    roundings,
    shippings,
)

from trastienda.database.models.channels.channel import Rounding
from trastienda.database.models.promotions.promotion import PromotionKind
from trastienda.schemas.pricing.explanation import ExplanationContext
from trastienda.schemas.pricing.pricing import (
    LineToPrice,
    Priced,
    PricingBasis,
    PromotionToApply,
    ShippingToPrice,
)
from trastienda.services.pricing import price
from trastienda.services.pricing.explanation import explain

Case = tuple[list[LineToPrice], ShippingToPrice | None, list[PromotionToApply], Rounding]
Group = tuple[int, bool]
MOST = 5
cases = st.tuples(
    st.lists(lines(), max_size=6), shippings(), st.lists(promotions(), max_size=MOST), roundings
)
CORE = settings(max_examples=EXAMPLES, deadline=None)
pytestmark = pytest.mark.timeout(3_600 if THOROUGH else 600)


def the_parts_add_up_and_nothing_is_negative(case: Case) -> None:
    basket, shipping, _, _ = case
    priced = price(*case)

    totals = priced.totals
    shipping_added = priced.shipping_tax if shipping and not shipping.included else 0
    assert totals.total == totals.subtotal - totals.discount + totals.shipping + totals.tax_added
    assert totals.total == sum(it.total for it in priced.lines) + totals.shipping + shipping_added
    assert totals.tax == totals.tax_included + totals.tax_added
    assert totals.tax == sum(it.tax for it in priced.lines) + priced.shipping_tax
    assert totals.subtotal == sum(it.subtotal for it in priced.lines)
    assert totals.discount == sum(it.discount for it in priced.lines)
    assert totals.shipping + priced.shipping_discount == (shipping.price if shipping else 0)
    assert min(msgspec.structs.astuple(totals)) >= 0
    assert min(totals.shipping, priced.shipping_discount, priced.shipping_tax) >= 0
    for line, it in zip(basket, priced.lines, strict=True):
        left = it.subtotal - it.discount
        assert it.subtotal == line.unit_price * line.quantity
        assert it.discount >= 0
        assert left >= min(it.subtotal, line.floor_price * line.quantity)
        assert it.total == (left if line.included else left + it.tax)
        assert 0 <= it.tax <= left


def the_explanation_adds_up_to_the_total_and_its_taxes_to_the_tax(case: Case) -> None:
    basket, shipping, offers, rounding = case
    priced = price(*case)
    basis = PricingBasis(lines=basket, shipping=shipping, promotions=offers, rounding=rounding)

    steps = explain(
        basis, priced, ExplanationContext(currency="EUR", skus=[it.ref for it in basket])
    ).steps

    taxes = [it for it in steps if it.step == "tax"]
    assert sum(it.amount for it in steps) == priced.totals.total
    assert sum(it.amount for it in taxes) == priced.totals.tax_added
    assert sum(it.included or 0 for it in taxes) == priced.totals.tax_included
    for place, line in enumerate(priced.lines):
        mine = [it for it in steps if it.line == place]
        assert sum(it.amount for it in mine if it.step == "promotion") == -line.discount
        assert sum(it.amount for it in mine) == line.total
    assert all(it.amount < 0 for it in steps if it.step == "promotion")


def by_its_own_rate(case: Case) -> Case:
    """Let shipping be taxed by itself, so that the lines' rates say nothing about it."""
    basket, shipping, offers, rounding = case
    alone = msgspec.structs.replace(shipping, shared=False) if shipping else None
    return basket, alone, offers, rounding


def tax_that_is_included_never_changes_the_total(case: Case) -> None:
    basket, shipping, offers, rounding = by_its_own_rate(case)
    within = [msgspec.structs.replace(line, included=True) for line in basket]
    untaxed = [msgspec.structs.replace(line, rate=0) for line in within]

    with_tax = price(within, shipping, offers, rounding).totals
    without = price(untaxed, shipping, offers, rounding).totals

    assert with_tax.total == without.total
    assert with_tax.tax_added == without.tax_added


def line_taxes_and_shipping_tax_are_the_rounded_groups_of_a_document(case: Case) -> None:
    basket, shipping, offers, _ = by_its_own_rate(case)
    priced = price(basket, shipping, offers, Rounding.DOCUMENT)
    exact: dict[Group, Fraction] = defaultdict(Fraction)
    told: dict[Group, int] = defaultdict(int)
    bases = [it.subtotal - it.discount for it in priced.lines]
    taxes = [*(it.tax for it in priced.lines), priced.shipping_tax]
    taxed: list[LineToPrice | ShippingToPrice] = [*basket, *([shipping] if shipping else [])]

    for what, base, tax in zip(taxed, [*bases, priced.totals.shipping], taxes, strict=False):
        exact[what.rate, what.included] += Fraction(
            base * what.rate, WHOLE + what.rate if what.included else WHOLE
        )
        told[what.rate, what.included] += tax

    for group, sum_ in exact.items():
        assert -Fraction(1, 2) < told[group] - sum_ <= Fraction(1, 2)


def a_hundred_per_cent_is_nothing_left_and_more_promotions_take_no_more(
    case: Case, more: list[PromotionToApply]
) -> None:
    basket, _, offers, rounding = case
    without_floors = [msgspec.structs.replace(line, floor_price=0) for line in basket]
    everything = PromotionToApply(
        name="all", kind=PromotionKind.ORDER_PERCENT, percent=WHOLE, priority=1
    )
    together = [msgspec.structs.replace(it, exclusive=False) for it in [*offers, *more]]

    priced = price(without_floors, None, [*together, everything, *together], rounding)

    assert priced.totals.total == priced.totals.tax == 0
    assert all(line.total == 0 for line in priced.lines)
    assert priced.totals.discount == priced.totals.subtotal


def promotions_act_by_priority_and_then_as_listed(case: Case) -> None:
    basket, shipping, offers, rounding = case
    in_order = list(
        chain.from_iterable([it for it in offers if it.priority == n] for n in (2, 1, 0))
    )

    assert price(basket, shipping, in_order, rounding) == price(*case)


def the_order_of_the_list_says_nothing_between_different_priorities(
    case: Case, order: list[int]
) -> None:
    basket, shipping, offers, rounding = case
    ranked = [msgspec.structs.replace(it, priority=n) for n, it in enumerate(offers)]
    shuffled = [ranked[n] for n in order if n < len(ranked)]

    assert price(basket, shipping, shuffled, rounding) == price(basket, shipping, ranked, rounding)


SPLITTABLE = [
    PromotionKind.ORDER_FIXED,
    PromotionKind.ORDER_PERCENT,
    PromotionKind.ITEM_FIXED,
    PromotionKind.ITEM_PERCENT,
    PromotionKind.CHEAPEST_UNIT,
    PromotionKind.BUY_X_GET_Y,
]


@CORE
@given(
    st.lists(lines(), min_size=1, max_size=5),
    promotions(kinds=SPLITTABLE),
    roundings,
    st.tuples(rates, st.booleans()),
    st.data(),
)
def test_splitting_a_line_changes_the_total_by_no_more_than_the_declared_rounding(
    drawn: list[LineToPrice],
    offer: PromotionToApply,
    rounding: Rounding,
    tax: tuple[int, bool],
    data: st.DataObject,
) -> None:
    rate, included = tax
    floors = offer.kind not in {PromotionKind.CHEAPEST_UNIT, PromotionKind.BUY_X_GET_Y}
    offer = msgspec.structs.replace(offer, max_quantity=None)  # it is a limit for each line
    basket = [
        msgspec.structs.replace(
            line, rate=rate, included=included, floor_price=line.floor_price if floors else 0
        )
        for line in drawn
    ]
    place = data.draw(st.integers(0, len(basket) - 1))
    whole = msgspec.structs.replace(basket[place], quantity=basket[place].quantity + 1)
    basket[place] = whole
    first = data.draw(st.integers(1, whole.quantity - 1))
    halves = [
        msgspec.structs.replace(whole, quantity=first),
        msgspec.structs.replace(whole, quantity=whole.quantity - first),
    ]
    split = [*basket[:place], *halves, *basket[place + 1 :]]

    together = price(basket, None, [offer], rounding)
    apart = price(split, None, [offer], rounding)

    by_line = offer.kind in {PromotionKind.ITEM_PERCENT, PromotionKind.BUY_X_GET_Y}
    discount_moves = 1 if by_line else 0
    allowed = discount_moves + (
        0 if included else _tax_moves(discount_moves, rate, split, rounding)
    )
    assert abs(together.totals.discount - apart.totals.discount) <= discount_moves
    assert abs(together.totals.total - apart.totals.total) <= allowed


def _tax_moves(base: int, rate: int, split: list[LineToPrice], rounding: Rounding) -> Fraction:
    """Each rounding is off by half a unit at most, before and after."""
    units = sum(line.quantity for line in split)
    roundings_both = {
        Rounding.LINE: 2 * len(split) - 1,
        Rounding.UNIT: 2 * units,
        Rounding.DOCUMENT: 2,
    }
    return Fraction(base * rate, WHOLE) + Fraction(roundings_both[rounding], 2)


def the_same_question_has_the_same_answer_and_is_not_changed_by_it(case: Case) -> None:
    before: Case = deepcopy(case)
    first: Priced = price(*case)

    assert price(*before) == first
    assert before == case


RULES = (
    the_parts_add_up_and_nothing_is_negative,
    the_explanation_adds_up_to_the_total_and_its_taxes_to_the_tax,
    tax_that_is_included_never_changes_the_total,
    line_taxes_and_shipping_tax_are_the_rounded_groups_of_a_document,
    promotions_act_by_priority_and_then_as_listed,
    the_same_question_has_the_same_answer_and_is_not_changed_by_it,
)


@CORE
@given(cases, st.lists(promotions(), max_size=3), st.permutations(range(MOST)))
def test_of_any_cart_every_rule_holds(
    case: Case, more: list[PromotionToApply], order: list[int]
) -> None:
    """Draw each cart once: drawing it costs more than pricing it."""
    for rule in RULES:
        rule(case)
    a_hundred_per_cent_is_nothing_left_and_more_promotions_take_no_more(case, more)
    the_order_of_the_list_says_nothing_between_different_priorities(case, order)
