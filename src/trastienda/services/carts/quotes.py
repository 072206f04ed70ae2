"""Quotes of outside services for carts: tax rates and couriers' prices."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import structs

from trastienda.database.db import Reading
from trastienda.database.models.channels.channel import TaxSource
from trastienda.schemas.carts.cart import CartRow
from trastienda.schemas.outside.outside import (
    CourierAnswer,
    CourierQuestion,
    Destination,
    Question,
    TaxAnswer,
    TaxQuestion,
)
from trastienda.schemas.shared.address import Address
from trastienda.schemas.shipping.of_carts import ShippingRow
from trastienda.services.outside import quotes as outside_quotes
from trastienda.services.shipping import of_carts as cart_shipping
from trastienda.services.taxes import of_carts as cart_taxes


async def complete(session: Reading, cart: CartRow, now: datetime) -> None:
    """Add the outside services' answers about tax rates and shipping to a cart.

    Raise QuotesWanted if the services have to be asked first.
    """
    candidates = _tax(cart), _courier(cart, cart.shipping)
    questions: list[Question] = [it for it in candidates if it is not None]
    for quote in await outside_quotes.answers(session, questions, now):
        answer = quote.answer if quote else None
        if isinstance(answer, TaxAnswer):
            cart.taxation = structs.replace(cart.taxation, quote=answer)
        elif isinstance(answer, CourierAnswer) and cart.shipping:
            cart.shipping = structs.replace(cart.shipping, quote=answer)


async def priced(
    session: Reading, cart: CartRow, options: Sequence[ShippingRow], now: datetime
) -> list[ShippingRow]:
    """Return shipping options with the couriers' prices for a cart. Raise QuotesWanted."""
    questions = [(it, question) for it in options if (question := _courier(cart, it))]
    answers = await outside_quotes.answers(session, [question for _, question in questions], now)
    quotes = {
        option.id: quote.answer
        for (option, _), quote in zip(questions, answers, strict=True)
        if quote
    }
    return [structs.replace(it, quote=quotes[it.id]) if it.id in quotes else it for it in options]


def _tax(cart: CartRow) -> TaxQuestion | None:
    row, destination = cart.taxation, _destination(cart_taxes.destination(cart))
    asks = row.source is TaxSource.SERVICE and cart.ships
    if not asks or destination is None or cart_taxes.exempt(cart):
        return None
    return TaxQuestion(
        channel=cart.channel_id,
        currency=cart.currency,
        destination=destination,
        tax_classes=row.classes or [],
    )


def _courier(cart: CartRow, option: ShippingRow | None) -> CourierQuestion | None:
    destination = _destination(cart.shipping_address)
    if option is None or destination is None or not cart_shipping.needs_quote(cart, option):
        return None
    parcel = cart_shipping.parcel(cart, option)
    return CourierQuestion(
        service=option.courier or "",
        destination=destination,
        currency=cart.currency,
        grams=parcel.grams,
        subtotal=parcel.subtotal,
        units=parcel.units,
    )


def _destination(address: Address | None) -> Destination | None:
    """Return the parts of an address that outside services may know: no names and streets."""
    if address is None:
        return None
    return Destination(
        country=address.country, region=address.region, postal_code=address.postal_code
    )
