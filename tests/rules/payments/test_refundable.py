"""What parts of an order are worth when they are paid back."""

from collections import defaultdict
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from trastienda.database.models.orders.order import RefundTooLarge
from trastienda.database.models.payments.refund import (
    MoreThanLeft,
    NothingToRefund,
    RefundEmpty,
    RefundLineUnknown,
    RefundReason,
)
from trastienda.schemas.ledger.booking import TaxedAmount
from trastienda.schemas.payments.refund import RefundDraft, RefundLineDraft
from trastienda.services.payments.refundable import covers, everything, left, less, worth

MUG, CUP = UUID(int=1), UUID(int=2)
WHY = RefundReason.GOODWILL


def a_line(line_id: UUID | None, quantity: int, amount: int, tax: int) -> TaxedAmount:
    return TaxedAmount(line_id=line_id, quantity=quantity, rate=Decimal(21), amount=amount, tax=tax)


def units(line_id: UUID, quantity: int, **more: object) -> RefundDraft:
    wanted = RefundDraft(lines=[RefundLineDraft(line_id, quantity)], reason=WHY)
    return structs.replace(wanted, **more)


def amounts(given: list[TaxedAmount]) -> list[tuple[int, int, int]]:
    return [(taxed.quantity, taxed.amount, taxed.tax) for taxed in given]


def test_a_unit_is_worth_its_share_of_what_was_paid_the_larger_units_first() -> None:
    sold = [a_line(MUG, 3, 1_000, 100)]

    first = worth(sold, units(MUG, 1))
    rest = worth(left(sold, {(MUG, Decimal(21)): first[0]}), units(MUG, 2))

    assert amounts(first) == [(1, 334, 34)]
    assert amounts(rest) == [(2, 666, 66)]


def test_shipping_is_given_back_whole_or_in_part() -> None:
    sold = [a_line(MUG, 1, 1_000, 174), a_line(None, 0, 490, 85)]

    assert amounts(worth(sold, RefundDraft(shipping="all", reason=WHY))) == [(0, 490, 85)]
    assert amounts(worth(sold, RefundDraft(shipping=100, reason=WHY))) == [(0, 100, 17)]


def test_an_amount_is_spread_over_all_that_is_left() -> None:
    sold = [a_line(MUG, 2, 1_000, 174), a_line(CUP, 1, 500, 0), a_line(None, 0, 500, 87)]

    given = worth(sold, RefundDraft(amount=200, reason=WHY))

    assert amounts(given) == [(0, 100, 17), (0, 50, 0), (0, 50, 9)]


def test_units_are_worth_less_after_an_amount_was_given_back() -> None:
    sold = [a_line(MUG, 2, 1_000, 174)]
    (goodwill,) = worth(sold, RefundDraft(amount=100, reason=WHY))

    given = worth(left(sold, {(MUG, Decimal(21)): goodwill}), units(MUG, 2))

    assert amounts(given) == [(2, 900, 157)]


@pytest.mark.parametrize(
    ("draft", "error", "facts"),
    [
        (RefundDraft(reason=WHY), RefundEmpty, {}),
        (units(CUP, 1), RefundLineUnknown, {"pointer": "/lines/0/line"}),
        (units(MUG, 3), MoreThanLeft, {"line_id": MUG, "quantity": 2}),
        (RefundDraft(shipping=491, reason=WHY), RefundTooLarge, {"refundable": 490}),
        (RefundDraft(amount=1_491, reason=WHY), RefundTooLarge, {"refundable": 1_490}),
    ],
)
def test_what_cannot_be_given_back_is_refused(
    draft: RefundDraft, error: type[Exception], facts: dict[str, object]
) -> None:
    with pytest.raises(error) as refusal:
        worth([a_line(MUG, 2, 1_000, 174), a_line(None, 0, 490, 85)], draft)

    assert getattr(refusal.value, "facts", None) == facts


def test_units_that_cost_nothing_are_no_refund() -> None:
    with pytest.raises(NothingToRefund):
        worth([a_line(MUG, 2, 0, 0)], units(MUG, 1))


SOLD = st.lists(
    st.tuples(st.integers(1, 9), st.integers(0, 10_000), st.integers(0, 100)),
    min_size=1,
    max_size=4,
).map(
    lambda facts: [
        a_line(uuid4(), quantity, amount, amount * percent // 100)
        for quantity, amount, percent in facts
    ]
)


@given(sold=SOLD, shipping=st.integers(0, 2_000), data=st.data())
def test_giving_all_back_in_any_parts_gives_back_exactly_what_was_paid(
    sold: list[TaxedAmount], shipping: int, data: st.DataObject
) -> None:
    """Tax by tax: whatever staff do on the way, nothing is left and nothing is given twice."""
    sold = [*sold, a_line(None, 0, shipping, shipping // 5)]
    so_far: dict[tuple[UUID | None, Decimal], TaxedAmount] = {}
    for _ in range(data.draw(st.integers(0, 8))):
        rest = left(sold, so_far)
        draft = data.draw(drafts(rest))
        try:
            parts = worth(rest, draft)
        except (MoreThanLeft, RefundTooLarge, NothingToRefund, RefundEmpty):
            continue
        so_far = added(so_far, parts)
    last = everything(left(sold, so_far))
    so_far = added(so_far, last)

    assert all(0 <= taxed.tax <= taxed.amount for taxed in last)
    paid = {(it.line_id, it.rate): (it.amount, it.tax) for it in sold if it.amount}
    assert {place: (it.amount, it.tax) for place, it in so_far.items() if it.amount} == paid


@st.composite
def drafts(draw: st.DrawFn, rest: list[TaxedAmount]) -> RefundDraft:
    lines = [it for it in rest if it.line_id and it.quantity]
    wanted = [
        RefundLineDraft(it.line_id, draw(st.integers(1, it.quantity)))
        for it in lines
        if it.line_id and draw(st.booleans())
    ]
    whole = sum(it.amount for it in rest)
    amount = draw(st.none() | st.integers(1, max(1, whole)))
    draft = RefundDraft(lines=wanted or None, amount=amount, reason=WHY)
    if draw(st.booleans()):
        return structs.replace(draft, shipping="all")
    return structs.replace(draft, shipping=draw(st.none() | st.integers(1, 2_000)))


def added(
    so_far: dict[tuple[UUID | None, Decimal], TaxedAmount], parts: list[TaxedAmount]
) -> dict[tuple[UUID | None, Decimal], TaxedAmount]:
    sums: dict[tuple[UUID | None, Decimal], list[int]] = defaultdict(lambda: [0, 0, 0])
    for taxed in [*so_far.values(), *parts]:
        assert 0 <= taxed.tax <= taxed.amount
        for place, number in enumerate((taxed.quantity, taxed.amount, taxed.tax)):
            sums[taxed.line_id, taxed.rate][place] += number
    return {
        (line_id, rate): TaxedAmount(
            line_id=line_id, quantity=quantity, rate=rate, amount=amount, tax=tax
        )
        for (line_id, rate), (quantity, amount, tax) in sums.items()
    }


@given(
    st.lists(st.integers(0, 10_000), min_size=1, max_size=5),
    st.data(),
    st.sampled_from([0, 10, 21]),
)
def test_what_is_deducted_is_missing_and_takes_its_tax_along(
    parts: list[int], data: st.DataObject, rate: int
) -> None:
    given_back = [a_line(MUG, 1, amount, amount * rate // (100 + rate)) for amount in parts]
    amount = data.draw(st.integers(0, sum(parts)))

    kept = less(given_back, amount)

    assert sum(it.amount for it in kept) == sum(parts) - amount
    assert all(0 <= it.tax <= it.amount for it in kept)
    assert [it.quantity for it in kept] == [1] * len(parts)
    assert less(given_back, 0) == given_back
    assert [(it.amount, it.tax) for it in less(given_back, sum(parts))] == [(0, 0)] * len(parts)
    with pytest.raises(RefundTooLarge):
        less(given_back, sum(parts) + 1)


@st.composite
def edited_after_refunds(draw: st.DrawFn) -> tuple[list[TaxedAmount], dict[Any, TaxedAmount]]:
    """Draw what is sold after an edit, and what was given before it, at two rates."""

    def part(line: UUID | None, rate: Decimal) -> TaxedAmount:
        amount = draw(st.integers(0, 3_000))
        tax = draw(st.integers(0, amount)) if rate else 0
        return TaxedAmount(line_id=line, quantity=0, rate=rate, amount=amount, tax=tax)

    lines = [*(UUID(int=it) for it in range(1, draw(st.integers(1, 4)) + 1)), None]
    places = [(line, Decimal(draw(st.sampled_from([0, 21])))) for line in lines]
    return [part(*it) for it in places], {it: part(*it) for it in places}


@given(edited_after_refunds())
def test_after_an_edit_what_is_left_adds_up_at_each_rate(
    case: tuple[list[TaxedAmount], dict[Any, TaxedAmount]],
) -> None:
    sold, given_before = case
    if not covers(sold, given_before):
        return

    rest = left(sold, given_before)

    assert [(it.line_id, it.rate) for it in rest] == [(it.line_id, it.rate) for it in sold]
    assert all(0 <= it.tax <= it.amount for it in rest)
    for rate in (Decimal(0), Decimal(21)):
        for name in ("amount", "tax"):
            now = sum(getattr(it, name) for it in sold if it.rate == rate)
            before = sum(getattr(it, name) for it in given_before.values() if it.rate == rate)
            assert sum(getattr(it, name) for it in rest if it.rate == rate) == now - before
