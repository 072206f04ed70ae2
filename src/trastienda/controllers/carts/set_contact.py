from msgspec import structs

from trastienda.database.db import transaction, use_case
from trastienda.schemas.carts.cart import CartView, Contact
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.carts import carts
from trastienda.services.carts.assessment import assess
from trastienda.services.carts.view import view
from trastienda.services.shared import addresses
from trastienda.services.shipping import of_carts as cart_shipping
from trastienda.services.taxes import vat_checks, vat_numbers


@use_case
async def set_contact(
    visitor: Visitor, cart_id: str, contact: Contact, context: Context
) -> CartView:
    """Set the buyer's contact data, addresses and VAT number, and a shipping option if given.

    Raise the Invalid of the field that is wrong, ShippingOptionNotFound, VatRegisterAway, the
    errors of `carts.claim`, or QuotesWanted before anything is changed.
    """
    addresses.check(contact)
    number = contact.vat_number and vat_numbers.compacted(contact.vat_number, "/vat_number")
    contact = structs.replace(contact, vat_number=number)
    async with transaction(context.once) as session:
        check = await vat_checks.check(session, number, context.asked_at) if number else None
        buyer = carts.Buyer(contact, check)
        cart = await carts.set_contact(session, visitor, cart_id, buyer, context)
        assessed = assess(cart, context)
        cart_shipping.check_available(assessed, contact.shipping_option)
        return await session.answer(view(assessed))
