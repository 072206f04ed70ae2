"""Checkout, and a customer's own orders."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, delete, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, HeaderParameter, JSONBody, QueryParameter

from trastienda.controllers import orders
from trastienda.controllers.outside.quotes import quoted
from trastienda.database.db import reading, utcnow
from trastienda.handlers.carts.carts import CartId
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.handlers.shared.lists import Cursor, Limit, next_link
from trastienda.handlers.shared.process import held
from trastienda.middlewares.identity.access import Asking
from trastienda.middlewares.identity.client import Counted
from trastienda.schemas.orders.listing import OrderPage, OrdersWanted
from trastienda.schemas.orders.order import (
    Checkout,
    OrderLinkDraft,
    OrderLinkView,
    OrderView,
)
from trastienda.schemas.payments.payment import CartPayment, CheckoutPending
from trastienda.services.orders import listing
from trastienda.services.orders import orders as orders_on_record
from trastienda.services.orders.orders import Reader
from trastienda.services.payments import return_urls

OrderToken = Annotated[str | None, HeaderParameter(name="X-Order-Token", max_length=200)]
LinkToken = Annotated[str | None, QueryParameter(max_length=200)]


@post(
    status_code=201,
    responses={
        200: ResponseSpec(OrderView, generate_examples=False),
        201: ResponseSpec(OrderView, generate_examples=False),
        202: ResponseSpec(CheckoutPending, generate_examples=False),
    },
    opt={"refuses": [402]},
)
async def checkout(
    request: Request[Any, Any, Any],
    visitor: Asking,
    context: RequestContext,
    cart_id: CartId,
    data: JSONBody[Checkout],
) -> Response[OrderView] | Response[CheckoutPending]:
    """Order what is in a cart. The same cart again answers 200 with the same order.

    202: the order is not placed yet. With `requires_action`, send the buyer to the `url` of
    `next_action`; afterwards, and with `processing`, read `GET /v1/carts/{cart_id}/payment`. Until
    then the cart is closed, and its stock is held for `payment_hold_minutes`.
    """
    process = held(request)
    return_urls.check(data.payment.return_url if data.payment else None, process.pages)
    placed = await quoted(orders.place, visitor, cart_id, data, process.providers, context)
    if isinstance(placed, CheckoutPending):
        return Response(placed, status_code=202)
    return versioned(placed.order, 200 if placed.again else 201)


@get()
async def get_cart_payment(
    request: Request[Any, Any, Any], visitor: Asking, context: RequestContext, cart_id: CartId
) -> CartPayment:
    """Say how the newest payment of a cart stands, and give the order as soon as there is one.

    Ask for it when the buyer comes back from a second step; one that waits is read back from its
    provider, once a second at most.
    """
    return await orders.payment_of(visitor, cart_id, held(request).providers, context)


@delete(status_code=200, opt={"refuses": [503]})
async def cancel_cart_payment(
    request: Request[Any, Any, Any], visitor: Asking, context: RequestContext, cart_id: CartId
) -> CartPayment:
    """End the payment of a cart, because its buyer does not want to make it.

    The cart is open again if it has ended. If the buyer had paid already, the order is in the
    answer; if the provider cannot end it any more, its `status` is `processing`.
    """
    return await orders.cancel_payment(visitor, cart_id, held(request).providers, context)


@post(status_code=202)
async def request_order_link(
    client: Counted, context: RequestContext, data: JSONBody[OrderLinkDraft]
) -> OrderLinkView:
    """Ask for a new link to an order, by mail to the address it was placed with.

    The answer is the same whether or not there is such an order.
    """
    return await orders.ask_for_link(data, client, context)


@get()
async def list_orders(
    request: Request[Any, Any, Any], visitor: Asking, limit: Limit = 24, cursor: Cursor = None
) -> Response[OrderPage]:
    """List your own orders, the newest first.

    Orders that were placed without an account, with the address that you have verified, are among
    them.
    """
    wanted = OrdersWanted(limit=limit, cursor=cursor, owner=visitor.user_id)
    async with reading() as session:
        page = await listing.page(session, wanted)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@get()
async def get_order(
    visitor: Asking,
    order_id: FromPath[UUID],
    token: OrderToken = None,
    access_token: LinkToken = None,
) -> Response[OrderView]:
    """Read an order that `GET /v1/orders` lists, or one whose access token you hold.

    A token is good for 90 days; `POST /v1/orders/links` sends a new one.
    """
    reader = Reader(order_id, visitor.user_id, token or access_token)
    async with reading() as session:
        return versioned(await orders_on_record.readable(session, reader, utcnow()))
