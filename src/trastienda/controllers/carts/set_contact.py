from msgspec import structs

from trastienda.database.db import transaction, use_case
from trastienda.schemas.cart import CartView, Contact
from trastienda.schemas.terms import Terms
from trastienda.schemas.visitor import Visitor
from trastienda.services import (
    addresses,
    cart_reading,
    cart_shipping,
    carts,
    vat_checks,
    vat_numbers,
)
from trastienda.services.cart_view import view


@use_case
async def set_contact(visitor: Visitor, cart_id: str, contact: Contact, terms: Terms) -> CartView:
    """Write down who buys and where it goes. Raise the Invalid that names the field at fault.

    Raise ShippingOptionNotFound, VatRegisterAway, or QuotesWanted before anything is changed.
    """
    addresses.check(contact)
    number = contact.vat_number and vat_numbers.compacted(contact.vat_number, "/vat_number")
    contact = structs.replace(contact, vat_number=number)
    async with transaction(terms.once) as session:
        check = await vat_checks.check(session, number, terms.asked_at) if number else None
        buyer = carts.Buyer(contact, check)
        await carts.claim_and_set_contact(session, visitor, cart_id, buyer, terms)
        cart = await cart_reading.read(session, visitor, cart_id, terms)
        cart_shipping.expect(cart, contact.shipping_option)
        return await session.answer(view(cart, terms))
