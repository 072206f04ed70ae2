"""What an order costs after an edit: by what it kept, and for what is new, by what a cart costs.

Lines that stay keep their price and their tax rate, unless the order goes somewhere else. Pure.
"""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import structs

from trastienda.database.models.carts.cart import SkuUnknown
from trastienda.database.models.shipping.option import ShippingOptionNotFound
from trastienda.errors import Conflict
from trastienda.schemas.carts.cart import CartLineRow, CartRow, ShippingOptionView
from trastienda.schemas.order_edits.edit import OrderEditDraft
from trastienda.schemas.pricing.pricing import LineToPrice, PricingBasis, ShippingToPrice
from trastienda.schemas.pricing.source import PriceSource, ShippingSource
from trastienda.schemas.taxes.of_carts import Taxation
from trastienda.services.carts.problems import CountryNotServed, TaxUnavailable, TaxUndecided
from trastienda.services.order_edits.wanted import WantedLine
from trastienda.services.shipping import explanations
from trastienda.services.shipping import of_carts as cart_shipping
from trastienda.services.taxes import of_carts as cart_taxes

BY_STAFF = "the price that staff set"


class Decided(NamedTuple):
    """What an edited order is priced from, and how it is shipped."""

    basis: PricingBasis
    shipping_option: ShippingOptionView
    tax_country: str | None
    rows: list[CartLineRow | None]
    """What the shop knows of each line now."""


class Question(NamedTuple):
    """An order and its edit: what was kept, what is wanted, and what a cart of it would be."""

    kept: PricingBasis
    wanted: Sequence[WantedLine]
    draft: OrderEditDraft
    cart: CartRow
    option: ShippingOptionView
    """As the order has it."""
    moves: bool
    """Whether it is taxed as going somewhere else."""


def decide(question: Question) -> Decided:
    """Decide what an edited order is priced from.

    Raise CountryNotServed, ShippingOptionNotFound, TaxUnavailable, TaxUndecided, SkuUnknown or
    LineGone.
    """
    kept, wanted, draft, cart, _, moves = question
    rows = [_row(line, cart) for line in wanted]
    _refuse(question, rows)
    listed = _listed(question)
    variation = structs.replace(cart, lines=[row for row in rows if row is not None])
    taxation = cart_taxes.decide(variation, listed)
    if moves or any(line.kept is None for line in wanted):
        _expect_taxed(taxation)
    lines, sources = _lines(question, rows, taxation)
    shipping, shipping_source = _shipping(question, taxation, listed)
    basis = structs.replace(
        kept,
        lines=lines,
        sources=sources,
        shipping=shipping,
        shipping_source=shipping_source,
    )
    price = shipping.price if shipping else 0
    option = question.option
    if draft.shipping_option and cart.shipping:
        option = cart_shipping.view(cart.shipping, price)
    return Decided(basis, structs.replace(option, price=price), cart_taxes.country(variation), rows)


def _lines(
    question: Question, rows: Sequence[CartLineRow | None], taxation: Taxation
) -> tuple[list[LineToPrice], list[PriceSource | None]]:
    """Return the lines as they are priced, and where each price comes from."""
    prices = iter(zip(taxation.unit_prices, taxation.rates, taxation.home_rates, strict=True))
    lines: list[LineToPrice] = []
    sources: list[PriceSource | None] = []
    next_ref = 1 + max((int(it.ref) for it in question.kept.lines if it.ref.isdigit()), default=0)
    for index, (line, row) in enumerate(zip(question.wanted, rows, strict=True)):
        found = next(prices) if row is not None else None
        if line.basis is not None and (found is None or line.basis.voucher or not question.moves):
            priced, source = line.basis, line.source
        else:
            assert found is not None and row is not None  # noqa: S101, PT018 - see `_refuse`
            ref = line.basis.ref if line.basis else str(next_ref + index)
            unit_price, rate, home_rate = found
            priced = LineToPrice(unit_price, line.quantity, rate, taxation.included, ref=ref)
            source = _source(row, home_rate)
        priced = structs.replace(priced, quantity=line.quantity)
        if line.unit_price is not None:
            priced = structs.replace(priced, unit_price=line.unit_price)
            source = PriceSource(amount=line.unit_price, own=line.unit_price)
        lines.append(priced)
        sources.append(source)
    return lines, sources


def _row(line: WantedLine, cart: CartRow) -> CartLineRow | None:
    """Return what the shop knows of a line; a kept one keeps the price that it was listed at."""
    row = line.custom
    if row is None and line.variant_id is not None:
        row = next((it for it in cart.lines if it.variant_id == line.variant_id), None)
    if row is None:
        return None
    if line.kept is None:
        return structs.replace(row, quantity=line.quantity)
    listed = line.source.amount if line.source else line.basis.unit_price if line.basis else 0
    kept = line.source and structs.replace(line.source, home_rate=None)
    return structs.replace(row, quantity=line.quantity, price=kept or listed)


def _refuse(question: Question, rows: Sequence[CartLineRow | None]) -> None:
    address, countries = question.cart.shipping_address, question.cart.countries
    asked = question.draft.shipping_address is not None
    if asked and address and countries and address.country not in countries:
        raise CountryNotServed
    for line, row in zip(question.wanted, rows, strict=True):
        if line.kept is None and (row is None or row.unit_price is None):
            raise SkuUnknown(sku=row.sku if row else "")
        goods = line.kept is not None and line.kept.gift_card is None
        if row is None and question.moves and line.kept is not None and goods:
            raise LineGone(line_id=line.kept.id)


def _expect_taxed(taxation: Taxation) -> None:
    if taxation.unavailable:
        raise TaxUnavailable
    if taxation.undecided:
        raise TaxUndecided


def _listed(question: Question) -> int:
    """Return the price of shipping before another country's tax."""
    kept, _, draft, cart, option, moves = question
    found = cart_shipping.price(cart)
    asked = draft.shipping_option
    if found is None and (asked or (moves and draft.shipping_price is None)):
        raise ShippingOptionNotFound(shipping_option=asked or option.id)
    if draft.shipping_price is not None:
        return draft.shipping_price
    if asked and found is not None:
        return found
    if kept.shipping_source:
        return kept.shipping_source.amount
    return kept.shipping.price if kept.shipping else 0


def _shipping(
    question: Question, taxation: Taxation, listed: int
) -> tuple[ShippingToPrice | None, ShippingSource | None]:
    """Return shipping as it is priced, and where its price comes from."""
    kept, _, draft, cart, option, moves = question
    untouched = draft.shipping_option is None and draft.shipping_price is None
    if untouched and not moves:
        return kept.shipping, kept.shipping_source
    known = kept.shipping if kept.shipping and not moves else None
    shipping = ShippingToPrice(
        taxation.shipping_price if draft.shipping_price is None else draft.shipping_price,
        known.rate if known else taxation.shipping_rate,
        known.included if known else taxation.included,
        known.shared if known else taxation.shares_shipping,
    )
    name = cart.shipping.name if cart.shipping else option.name
    if draft.shipping_price is not None:
        facts = {"price": listed}
        return shipping, ShippingSource(name=name, rule=BY_STAFF, facts=facts, amount=listed)
    if draft.shipping_option and cart.shipping:
        parcel = cart_shipping.parcel(cart, cart.shipping)
        home = taxation.shipping_home_rate
        return shipping, explanations.source(cart.shipping, parcel, listed, home)
    source = kept.shipping_source
    return shipping, source and structs.replace(source, home_rate=taxation.shipping_home_rate)


def _source(row: CartLineRow, home_rate: int | None) -> PriceSource:
    source = row.price
    if not isinstance(source, PriceSource):
        source = PriceSource(amount=source or 0, own=source or 0)
    return structs.replace(source, home_rate=home_rate)


class LineGone(Conflict):
    """What this line sold is not in the shop any more: its tax at another place is not known."""
