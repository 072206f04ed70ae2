"""Orders, as staff see and carry them out."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from trastienda.controllers import orders
from trastienda.database.db import reading
from trastienda.database.models.order import FulfilmentStatus, OrderStatus, PaymentStatus
from trastienda.handlers.answers import versioned
from trastienda.handlers.lists import Cursor, Limit, next_link
from trastienda.handlers.terms import Asked
from trastienda.schemas.explanation import Explanation
from trastienda.schemas.fulfilment import FulfilmentDraft
from trastienda.schemas.order import OrderPage, OrdersWanted, OrderView
from trastienda.services import explanations, order_list
from trastienda.services.orders import by_id

Number = Annotated[int | None, QueryParameter(ge=1, le=10**15)]
Email = Annotated[str | None, QueryParameter(max_length=254)]


@get()
async def list_all_orders(  # noqa: PLR0913 - each is a parameter of the address
    request: Request[Any, Any, Any],
    *,
    limit: Limit = 24,
    cursor: Cursor = None,
    number: Number = None,
    status: FromQuery[OrderStatus | None] = None,
    payment_status: FromQuery[PaymentStatus | None] = None,
    fulfilment_status: FromQuery[FulfilmentStatus | None] = None,
    email: Email = None,
) -> Response[OrderPage]:
    """List orders, the newest first."""
    wanted = OrdersWanted(
        limit=limit,
        cursor=cursor,
        number=number,
        status=status,
        payment_status=payment_status,
        fulfilment_status=fulfilment_status,
        email=email,
    )
    async with reading() as session:
        page = await order_list.page(session, wanted)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@get()
async def get_order_for_staff(order_id: FromPath[UUID]) -> Response[OrderView]:
    """Read an order."""
    async with reading() as session:
        return versioned(await by_id(session, order_id))


@get()
async def explain_order(order_id: FromPath[UUID]) -> Explanation:
    """Say where each part of an order's total comes from, as it was when it was placed."""
    async with reading() as session:
        return await explanations.of_order(session, order_id)


@post(status_code=200)
async def capture_order(terms: Asked, order_id: FromPath[UUID]) -> Response[OrderView]:
    """Take note that the money for an order has come."""
    return versioned(await orders.capture(order_id, terms))


@post(status_code=200)
async def cancel_order(terms: Asked, order_id: FromPath[UUID]) -> Response[OrderView]:
    """Call off an order that was neither paid nor sent; its stock can be sold again."""
    return versioned(await orders.cancel(order_id, terms))


@post()
async def fulfil_order(
    terms: Asked, order_id: FromPath[UUID], data: JSONBody[FulfilmentDraft]
) -> Response[OrderView]:
    """Send units of an order: they leave the stock now."""
    return versioned(await orders.fulfil(order_id, data, terms), 201)
