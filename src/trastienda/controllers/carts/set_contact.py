from trastienda.database.db import transaction, use_case
from trastienda.schemas.cart import CartView, Contact
from trastienda.schemas.terms import Terms
from trastienda.schemas.visitor import Visitor
from trastienda.services import addresses, cart_reading, cart_shipping, carts
from trastienda.services.cart_view import view


@use_case
async def set_contact(visitor: Visitor, cart_id: str, contact: Contact, terms: Terms) -> CartView:
    """Write down who buys and where it goes. Raise CountryUnknown or ShippingOptionNotFound."""
    addresses.check(contact)
    async with transaction(terms.once) as session:
        await carts.claim_and_set_contact(session, visitor, cart_id, contact, terms)
        cart = await cart_reading.read(session, visitor, cart_id, terms)
        cart_shipping.expect(cart, contact.shipping_option)
        return await session.answer(view(cart, terms))
