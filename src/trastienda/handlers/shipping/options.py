"""Shipping options, as staff see and write them."""

from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from trastienda.controllers.shipping import options
from trastienda.database.db import reading
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.schemas.shipping.option import (
    ShippingOptionDraft,
    ShippingOptionPatch,
    StaffShippingOptions,
    StaffShippingOptionView,
)
from trastienda.services.shipping import options as shipping_options_on_record


@get()
async def list_all_shipping_options() -> StaffShippingOptions:
    """List all shipping options, inactive ones too, in the order in which buyers see them."""
    async with reading() as session:
        return StaffShippingOptions(await shipping_options_on_record.every(session))


@post()
async def create_shipping_option(
    context: RequestContext, data: JSONBody[ShippingOptionDraft]
) -> Response[StaffShippingOptionView]:
    """Create a shipping option; its price is flat unless `tariff` is given."""
    return versioned(await options.create(data, context), 201)


@get()
async def get_shipping_option(option_id: FromPath[UUID]) -> Response[StaffShippingOptionView]:
    """Read a shipping option."""
    async with reading() as session:
        return versioned(await shipping_options_on_record.view(session, option_id))


@patch()
async def change_shipping_option(
    context: RequestContext, option_id: FromPath[UUID], data: JSONBody[ShippingOptionPatch]
) -> Response[StaffShippingOptionView]:
    """Change only the fields that you send; prices, tiers and lists are replaced as a whole."""
    return versioned(await options.change(option_id, data, context))


@delete()
async def delete_shipping_option(context: RequestContext, option_id: FromPath[UUID]) -> None:
    """Delete a shipping option; carts with it need another one, orders are not changed."""
    await options.remove(option_id, context)
