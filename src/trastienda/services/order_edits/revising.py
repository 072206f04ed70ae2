"""An edit of a locked order: what may be edited, and the rows of it that change."""

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

import msgspec
from msgspec import structs

from trastienda.database.db import Session
from trastienda.database.models.orders.order import Order
from trastienda.errors import Conflict
from trastienda.schemas.carts.cart import ShippingOptionView
from trastienda.schemas.ledger.booking import TaxedAmount
from trastienda.schemas.order_edits.edit import OrderEditDraft
from trastienda.schemas.orders.order import OrderView
from trastienda.schemas.pricing.pricing import Priced, PricingBasis, TaxedShipping
from trastienda.schemas.shared.address import Address
from trastienda.schemas.shared.context import Context
from trastienda.services.carts import trial
from trastienda.services.carts.trial import Trial
from trastienda.services.order_edits import pricing, rewriting, wanted
from trastienda.services.order_edits.pricing import Question
from trastienda.services.order_edits.wanted import GiftCardsNotEdited
from trastienda.services.orders import reservations, taxed_amounts
from trastienda.services.orders.explanations import NothingKept
from trastienda.services.payments import refundable
from trastienda.services.pricing import price
from trastienda.services.promotions import uses
from trastienda.services.shared import addresses
from trastienda.services.taxes import classes

Given = Mapping[refundable.Place, TaxedAmount]


class Sold(NamedTuple):
    """What an order sells, as the ledger books it."""

    amounts: list[TaxedAmount]
    country: str | None


def check(order: Order, draft: OrderEditDraft) -> None:
    """Raise OrderClosed, GiftCardsNotEdited, NothingKept, NothingEdited or CountryUnknown."""
    order.expect_open()
    if order.shipping_option is None:
        raise GiftCardsNotEdited
    if order.pricing is None:
        raise NothingKept
    if not (draft.add or draft.add_custom or draft.lines or _about_delivery(draft)):
        raise NothingEdited
    for field in ("shipping_address", "billing_address"):
        if address := getattr(draft, field):
            addresses.check_country(address.country, f"/{field}/country")


def _about_delivery(draft: OrderEditDraft) -> bool:
    names = ("shipping_address", "billing_address", "shipping_option", "shipping_price")
    return any(getattr(draft, name) is not None for name in names)


async def revise(session: Session, order: Order, draft: OrderEditDraft, context: Context) -> int:
    """Change the rows of a locked order and its reservations; return what goes back to its buyer.

    Raise what `wanted.lines`, `pricing.decide`, `trial.variants` and `uses.recount` raise,
    TaxClassUnknown, LessThanRefunded or OutOfStock.
    """
    kept = msgspec.convert(order.pricing, PricingBasis)
    sources = kept.sources or [None for _ in kept.lines]
    taxed = [it.tax_class for it in draft.add_custom]
    await classes.expect_known(session, taxed, "/add_custom")
    added = [it.sku for it in draft.add]
    skus = await trial.variants(session, order.currency, added)
    if await trial.gift_cards(session, added):
        raise GiftCardsNotEdited
    was = zip(order.lines, kept.lines, sources, strict=True)
    lines = wanted.lines(list(was), draft, skus)
    question = await _question(session, order, draft, (kept, lines), context)
    decided = pricing.decide(question)
    if not question.moves:
        decided = decided._replace(tax_country=order.tax_country)
    basis = decided.basis
    priced = price(basis.lines, basis.shipping, basis.promotions, basis.rounding)
    old = price(kept.lines, kept.shipping, kept.promotions, kept.rounding)
    await uses.recount(session, order, _used(old), _used(priced), context.asked_at)
    needed = rewriting.change(order.lines, lines)
    await rewriting.rewrite(session, order, lines, decided, priced)
    for name in ("shipping_address", "billing_address"):
        if (address := getattr(draft, name)) is not None:
            setattr(order, name, msgspec.to_builtins(address))
    if order.total < order.given_back:
        raise LessThanRefunded
    excess = order.settle_edit()
    await session.orm.flush()
    await reservations.adjust(session, order.id, needed, context)
    return excess


def _used(priced: Priced) -> set[UUID]:
    """Return the promotions that reduce something; what staff granted has no id."""
    return {UUID(taken.id) for taken in priced.taken if taken.id}


async def _question(
    session: Session,
    order: Order,
    draft: OrderEditDraft,
    found: tuple[PricingBasis, list[wanted.WantedLine]],
    context: Context,
) -> Question:
    """Ask the shop what it knows of the order as it will be."""
    kept, lines = found
    option = msgspec.convert(order.shipping_option, ShippingOptionView)
    old = msgspec.convert(order.shipping_address, Address)
    address = draft.shipping_address or old
    wished = Trial(
        channel_id=order.channel_id,
        currency=order.currency,
        locale=order.locale,
        customer_id=order.customer_id,
        email=order.email,
        units=wanted.units(lines),
        shipping_address=address,
        billing_address=None,
        option_id=draft.shipping_option or option.id,
        vat_number=order.vat_number,
        vat_check=order.vat_check,
    )
    cart = await trial.read(session, wished, context)
    cart = structs.replace(cart, lines=[*cart.lines, *(it.custom for it in lines if it.custom)])
    pickup = option.pickup_address or None
    before, after = pickup or old, pickup or address
    if draft.shipping_option:
        after = (cart.shipping.pickup_address if cart.shipping else None) or address
    moves = _place(before) != _place(after)
    return Question(kept, lines, draft, cart, option, moves)


def _place(address: Address) -> tuple[str, str | None, str | None]:
    """Return what the taxes of an address depend on."""
    return address.country, address.region, address.postal_code


def sold(order: Order, view: OrderView) -> Sold:
    """Return what an order sells: its row has been flushed, and the view read after it."""
    shipping = msgspec.convert(order.taxed_shipping or [], list[TaxedShipping])
    added = order.shipping_tax_added
    return Sold(taxed_amounts.sold(view.lines, shipping, view.totals, added), order.tax_country)


def expect_covered(given: Given, before: Sold, after: Sold) -> None:
    """Raise LessThanRefunded where an edit leaves less than refunds have given, or elsewhere."""
    moved = before.country != after.country
    if given and (moved or not refundable.covers(after.amounts, given)):
        raise LessThanRefunded


class LessThanRefunded(Conflict):
    """This edit would leave less of the order than was refunded of it."""


class NothingEdited(Conflict):
    """This edit would change nothing."""
