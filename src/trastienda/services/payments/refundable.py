"""What a part of an order is worth when it is paid back. Pure; amounts in minor units, with tax.

A unit is worth its share of what is left of its line, so that giving everything back, in any parts
and in any order, gives back exactly what was paid, tax by tax.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from msgspec import structs

from trastienda.database.models.orders.order import RefundTooLarge
from trastienda.database.models.payments.refund import (
    MoreThanLeft,
    NothingToRefund,
    RefundEmpty,
    RefundLineUnknown,
)
from trastienda.schemas.ledger.booking import TaxedAmount
from trastienda.schemas.payments.refund import RefundDraft
from trastienda.services.pricing.rounding import half_up, shared_out

Place = tuple[UUID | None, Decimal]
"""A line, or None for shipping, and a tax rate in per cent."""


def left(sold: Sequence[TaxedAmount], given: Mapping[Place, TaxedAmount]) -> list[TaxedAmount]:
    """Subtract what earlier refunds have given from what was sold.

    Of an order that was edited after a refund, a line may have given more than it sells now: then
    all that is left at its tax rate is shared out anew, so that it still adds up, tax by tax.
    """
    rest = _less(sold, given)
    for rate in {taxed.rate for taxed in rest if not 0 <= taxed.tax <= taxed.amount}:
        _even(rest, rate)
    return rest[: len(sold)]


def covers(sold: Sequence[TaxedAmount], given: Mapping[Place, TaxedAmount]) -> bool:
    """Say whether an order sells all that refunds have given: each unit, and at each rate."""
    rest = _less(sold, given)
    amounts: Counter[Decimal] = Counter()
    taxes: Counter[Decimal] = Counter()
    for taxed in rest:
        amounts[taxed.rate] += taxed.amount
        taxes[taxed.rate] += taxed.tax
    at_rates = all(0 <= taxes[rate] <= amounts[rate] for rate in amounts)
    return at_rates and all(taxed.quantity >= 0 for taxed in rest)


def _even(rest: list[TaxedAmount], rate: Decimal) -> None:
    """Share what is left at a rate out anew, in proportion to what there is of it."""
    places = [place for place, taxed in enumerate(rest) if taxed.rate == rate]
    amount = sum(rest[place].amount for place in places)
    tax = sum(rest[place].tax for place in places)
    weights = [max(0, rest[place].amount) for place in places]
    amounts = _shared(amount, weights)
    for place, part, of_tax in zip(places, amounts, _shared(tax, amounts), strict=True):
        rest[place] = structs.replace(rest[place], amount=part, tax=of_tax)


def _shared(whole: int, weights: Sequence[int]) -> list[int]:
    among = sum(weights)
    if not among:
        return [0 for _ in weights]
    return shared_out([whole * weight for weight in weights], among, whole)


def _less(sold: Sequence[TaxedAmount], given: Mapping[Place, TaxedAmount]) -> list[TaxedAmount]:
    """Subtract what was given; parts may be negative. What is not sold any more comes last."""
    nothing = TaxedAmount(line_id=None, quantity=0, rate=Decimal(0), amount=0, tax=0)
    rest = []
    for taxed in sold:
        before = given.get((taxed.line_id, taxed.rate), nothing)
        rest.append(
            structs.replace(
                taxed,
                quantity=taxed.quantity - before.quantity,
                amount=taxed.amount - before.amount,
                tax=taxed.tax - before.tax,
            )
        )
    there = {(taxed.line_id, taxed.rate) for taxed in sold}
    return rest + [
        structs.replace(taxed, quantity=-taxed.quantity, amount=-taxed.amount, tax=-taxed.tax)
        for place, taxed in given.items()
        if place not in there
    ]


def worth(rest: Sequence[TaxedAmount], draft: RefundDraft) -> list[TaxedAmount]:
    """Return what a draft gives back of what is left, without parts of nothing.

    An amount is for goods and shipping: of gift cards, whole units are given back.
    Raise RefundEmpty, RefundLineUnknown, MoreThanLeft, RefundTooLarge or NothingToRefund.
    """
    if draft.lines is None and draft.shipping is None and draft.amount is None:
        raise RefundEmpty
    shares = [_none_of(taxed) for taxed in rest]
    for place, quantity in _units(rest, draft).items():
        shares[place] = _units_of(rest[place], quantity)
    if draft.shipping is not None:
        freight = [place for place, taxed in enumerate(rest) if taxed.line_id is None]
        whole = sum(rest[place].amount for place in freight)
        _spread(rest, shares, freight, whole if draft.shipping == "all" else draft.shipping)
    if draft.amount is not None:
        goods = [place for place, taxed in enumerate(rest) if not taxed.gift_card]
        _spread(rest, shares, goods, draft.amount)
    given = [share for share in shares if share.amount or share.quantity]
    if not any(share.amount for share in given):
        raise NothingToRefund
    return given


def everything(rest: Sequence[TaxedAmount]) -> list[TaxedAmount]:
    """Return all that is left, without parts of nothing."""
    return [taxed for taxed in rest if taxed.amount]


def units(rest: Sequence[TaxedAmount], wanted: Mapping[UUID, int]) -> list[TaxedAmount]:
    """Return what units of lines are worth; where fewer are left, those that are."""
    found = []
    for taxed in rest:
        quantity = min(taxed.quantity, wanted.get(taxed.line_id, 0)) if taxed.line_id else 0
        if quantity:
            found.append(_units_of(taxed, quantity))
    return found


def less(given: Sequence[TaxedAmount], amount: int) -> list[TaxedAmount]:
    """Take an amount off, in proportion to what each gives; its tax goes with it.

    Raise RefundTooLarge for more than there is.
    """
    kept = [_none_of(taxed) for taxed in given]
    _spread(given, kept, range(len(given)), amount)
    return [
        structs.replace(taxed, amount=taxed.amount - part.amount, tax=taxed.tax - part.tax)
        for taxed, part in zip(given, kept, strict=True)
    ]


def _units(rest: Sequence[TaxedAmount], draft: RefundDraft) -> Counter[int]:
    """Count the units of each line, by its place; a line may be named twice."""
    places = {taxed.line_id: place for place, taxed in enumerate(rest) if taxed.line_id}
    units: Counter[int] = Counter()
    for index, wanted in enumerate(draft.lines or []):
        if wanted.line not in places:
            raise RefundLineUnknown(pointer=f"/lines/{index}/line")
        units[places[wanted.line]] += wanted.quantity
    for place, quantity in units.items():
        if quantity > rest[place].quantity:
            raise MoreThanLeft(line_id=rest[place].line_id, quantity=rest[place].quantity)
    return units


def _none_of(taxed: TaxedAmount) -> TaxedAmount:
    return structs.replace(taxed, quantity=0, amount=0, tax=0, discount=0)


def _units_of(taxed: TaxedAmount, quantity: int) -> TaxedAmount:
    """Split what is left into whole units, the larger ones first, and take so many of them."""
    amount, tax = (
        quantity * (whole // taxed.quantity) + min(quantity, whole % taxed.quantity)
        for whole in (taxed.amount, taxed.tax)
    )
    return structs.replace(taxed, quantity=quantity, amount=amount, tax=tax, discount=0)


def _spread(
    rest: Sequence[TaxedAmount], shares: list[TaxedAmount], places: Sequence[int], amount: int
) -> None:
    """Add an amount to the shares, in proportion to what they leave; tax goes with it."""
    weights = [rest[place].amount - shares[place].amount for place in places]
    whole = sum(weights)
    if amount > whole:
        raise RefundTooLarge(refundable=whole)
    if not whole:
        return
    parts = shared_out([amount * weight for weight in weights], whole, amount)
    for place, weight, part in zip(places, weights, parts, strict=True):
        if part:
            tax_left = rest[place].tax - shares[place].tax
            shares[place] = structs.replace(
                shares[place],
                amount=shares[place].amount + part,
                tax=shares[place].tax + half_up(tax_left * part, weight),
            )
