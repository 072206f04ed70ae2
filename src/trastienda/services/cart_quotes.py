"""What a cart has to know from services outside, and giving it to the cart."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import structs

from trastienda.database.db import Reading
from trastienda.database.models.channel import TaxSource
from trastienda.schemas.address import Address
from trastienda.schemas.cart import CartRow
from trastienda.schemas.cart_shipping import ShippingRow
from trastienda.schemas.outside import (
    CourierAnswer,
    CourierQuestion,
    Destination,
    Question,
    TaxAnswer,
    TaxQuestion,
)
from trastienda.services import cart_shipping, cart_taxes, outside_quotes


async def complete(session: Reading, cart: CartRow, now: datetime) -> None:
    """Give a cart the rates and the price of its shipping, as far as they are said outside.

    Raise QuotesWanted when they have to be asked first.
    """
    about_tax, about_shipping = _tax(cart), _courier(cart, cart.shipping)
    questions: list[Question] = [it for it in (about_tax, about_shipping) if it is not None]
    for quote in await outside_quotes.answers(session, questions, now):
        answer = quote.answer if quote else None
        if isinstance(answer, TaxAnswer):
            cart.taxation = structs.replace(cart.taxation, quote=answer)
        elif isinstance(answer, CourierAnswer) and cart.shipping:
            cart.shipping = structs.replace(cart.shipping, quote=answer)


async def priced(
    session: Reading, cart: CartRow, options: Sequence[ShippingRow], now: datetime
) -> list[ShippingRow]:
    """Return the ways of shipping with what couriers ask for them. Raise QuotesWanted."""
    asked = [(it, question) for it in options if (question := _courier(cart, it))]
    found = await outside_quotes.answers(session, [question for _, question in asked], now)
    quotes = {
        option.id: quote.answer for (option, _), quote in zip(asked, found, strict=True) if quote
    }
    return [structs.replace(it, quote=quotes[it.id]) if it.id in quotes else it for it in options]


def _tax(cart: CartRow) -> TaxQuestion | None:
    row, there = cart.taxation, _destination(cart_taxes.destination(cart))
    if row.source is not TaxSource.SERVICE or there is None or cart_taxes.exempt(cart):
        return None
    return TaxQuestion(
        channel=cart.channel_id,
        currency=cart.currency,
        destination=there,
        tax_classes=row.classes or [],
    )


def _courier(cart: CartRow, option: ShippingRow | None) -> CourierQuestion | None:
    there = _destination(cart.shipping_address)
    if option is None or there is None or not cart_shipping.asks_courier(cart, option):
        return None
    parcel = cart_shipping.parcel(cart, option)
    return CourierQuestion(
        service=option.courier or "",
        destination=there,
        currency=cart.currency,
        grams=parcel.grams,
        subtotal=parcel.subtotal,
        units=parcel.units,
    )


def _destination(address: Address | None) -> Destination | None:
    """Say where it goes: names, streets and numbers of people stay here."""
    if address is None:
        return None
    return Destination(
        country=address.country, region=address.region, postal_code=address.postal_code
    )
