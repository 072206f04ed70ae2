"""Parcels of orders, as staff make and follow them."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, patch, post
from litestar.params import FromPath, JSONBody

from trastienda.controllers import orders
from trastienda.database.db import reading
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.handlers.shared.process import held
from trastienda.schemas.orders.fulfilment import (
    FulfilmentDraft,
    FulfilmentPatch,
    Fulfilments,
    FulfilmentView,
)
from trastienda.schemas.orders.order import OrderView
from trastienda.services.orders import fulfilments
from trastienda.services.orders.orders import by_id


@get()
async def list_order_fulfilments(order_id: FromPath[UUID]) -> Fulfilments:
    """List the parcels of an order, in the order of their numbers."""
    async with reading() as session:
        await by_id(session, order_id)
        return Fulfilments(await fulfilments.of_order(session, order_id))


@post()
async def fulfil_order(
    request: Request[Any, Any, Any],
    context: RequestContext,
    order_id: FromPath[UUID],
    data: JSONBody[FulfilmentDraft],
) -> Response[OrderView]:
    """Send units of an order as one parcel: they leave the stock now.

    With `pickup` the parcel waits for the buyer, and its units leave the stock when it is
    collected. Where money is captured at fulfilment, it is captured first; if it cannot be, nothing
    is sent.
    """
    providers = held(request).providers
    return versioned(await orders.fulfil(order_id, data, providers, context), 201)


@get()
async def get_fulfilment(fulfilment_id: FromPath[UUID]) -> Response[FulfilmentView]:
    """Read a parcel."""
    async with reading() as session:
        return versioned(await fulfilments.by_id(session, fulfilment_id))


@patch()
async def change_fulfilment(
    context: RequestContext, fulfilment_id: FromPath[UUID], data: JSONBody[FulfilmentPatch]
) -> Response[FulfilmentView]:
    """Change the carrier, tracking or label of a parcel."""
    return versioned(await orders.change_fulfilment(fulfilment_id, data, context))


@post(status_code=200)
async def collect_fulfilment(
    context: RequestContext, fulfilment_id: FromPath[UUID]
) -> Response[FulfilmentView]:
    """Note that the buyer has picked a parcel up: its units leave the stock now."""
    return versioned(await orders.collect(fulfilment_id, context))


@post(status_code=200)
async def deliver_fulfilment(
    context: RequestContext, fulfilment_id: FromPath[UUID]
) -> Response[FulfilmentView]:
    """Note that a parcel has reached the buyer."""
    return versioned(await orders.deliver(fulfilment_id, context))


@post(status_code=200)
async def cancel_fulfilment(
    context: RequestContext, fulfilment_id: FromPath[UUID]
) -> Response[FulfilmentView]:
    """Unpack a parcel that was not picked up; its units can be put into another one."""
    return versioned(await orders.cancel_fulfilment(fulfilment_id, context))
