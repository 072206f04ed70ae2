"""Checkout, and a customer's own orders."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, HeaderParameter, JSONBody, QueryParameter

from trastienda.controllers import orders
from trastienda.controllers.outside_quotes import quoted
from trastienda.database.db import reading
from trastienda.database.models.order import OrderNotFound
from trastienda.handlers.answers import versioned
from trastienda.handlers.carts import CartId
from trastienda.handlers.lists import Cursor, Limit, next_link
from trastienda.handlers.terms import Asked
from trastienda.middlewares.access import Asking
from trastienda.schemas.order import Checkout, OrderPage, OrdersWanted, OrderView
from trastienda.services import order_access, order_list
from trastienda.services import orders as orders_on_record

OrderToken = Annotated[str | None, HeaderParameter(name="X-Order-Token", max_length=200)]
LinkToken = Annotated[str | None, QueryParameter(max_length=200)]


@post(
    status_code=201,
    responses={200: ResponseSpec(OrderView, generate_examples=False)},
    opt={"refuses": [402]},
)
async def checkout(
    visitor: Asking, terms: Asked, cart_id: CartId, data: JSONBody[Checkout]
) -> Response[OrderView]:
    """Order what is in a cart. The same cart again answers 200 with the same order."""
    placed = await quoted(orders.place, visitor, cart_id, data, terms)
    return versioned(placed.order, 200 if placed.again else 201)


@get()
async def list_orders(
    request: Request[Any, Any, Any], visitor: Asking, limit: Limit = 24, cursor: Cursor = None
) -> Response[OrderPage]:
    """List your own orders, the newest first."""
    wanted = OrdersWanted(limit=limit, cursor=cursor, customer_id=visitor.user_id)
    async with reading() as session:
        page = await order_list.page(session, wanted)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@get()
async def get_order(
    visitor: Asking,
    order_id: FromPath[UUID],
    token: OrderToken = None,
    access_token: LinkToken = None,
) -> Response[OrderView]:
    """Read an order of yours, or one whose access token you hold."""
    async with reading() as session:
        if order_access.opens(token or access_token, order_id):
            return versioned(await orders_on_record.by_id(session, order_id))
        if visitor.user_id is None:
            raise OrderNotFound
        return versioned(await orders_on_record.of_customer(session, order_id, visitor.user_id))
