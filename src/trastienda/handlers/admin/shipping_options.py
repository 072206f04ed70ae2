"""Ways of shipping, as staff see and write them."""

from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from trastienda.controllers import shipping_options
from trastienda.database.db import reading
from trastienda.handlers.answers import versioned
from trastienda.handlers.terms import Asked
from trastienda.schemas.shipping_option import (
    ShippingOptionDraft,
    ShippingOptionPatch,
    StaffShippingOptions,
    StaffShippingOptionView,
)
from trastienda.services import shipping_options as shipping_options_on_record


@get()
async def list_all_shipping_options() -> StaffShippingOptions:
    """List all ways of shipping, inactive ones too, in the order in which buyers see them."""
    async with reading() as session:
        return StaffShippingOptions(await shipping_options_on_record.every(session))


@post()
async def create_shipping_option(
    terms: Asked, data: JSONBody[ShippingOptionDraft]
) -> Response[StaffShippingOptionView]:
    """Offer one more way of shipping: a flat price, unless `tariff` names another way to count."""
    return versioned(await shipping_options.create(data, terms), 201)


@get()
async def get_shipping_option(option_id: FromPath[UUID]) -> Response[StaffShippingOptionView]:
    """Read a way of shipping."""
    async with reading() as session:
        return versioned(await shipping_options_on_record.view(session, option_id))


@patch()
async def change_shipping_option(
    terms: Asked, option_id: FromPath[UUID], data: JSONBody[ShippingOptionPatch]
) -> Response[StaffShippingOptionView]:
    """Change what you name, and nothing else; prices, tiers and lists are replaced whole."""
    return versioned(await shipping_options.change(option_id, data, terms))


@delete()
async def delete_shipping_option(terms: Asked, option_id: FromPath[UUID]) -> None:
    """Offer it no more; carts that had chosen it choose anew, orders keep what they say."""
    await shipping_options.remove(option_id, terms)
