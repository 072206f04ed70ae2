"""Returns, as customers ask for them. Whoever may read an order may return its goods."""

from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, JSONBody

from trastienda.controllers.returns import ask as returns
from trastienda.database.db import reading
from trastienda.handlers.orders.orders import LinkToken, OrderToken
from trastienda.handlers.orders.readable import expect_readable
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.returns.order_return import Returnable, ReturnDraft, Returns, ReturnView
from trastienda.services.returns import returnable
from trastienda.services.returns import returns as returns_on_record


@get()
async def get_returnable(
    visitor: Asking,
    context: RequestContext,
    order_id: FromPath[UUID],
    token: OrderToken = None,
    access_token: LinkToken = None,
) -> Returnable:
    """Say what of an order you can return, until when, for which reasons, and what is kept."""
    async with reading() as session:
        await expect_readable(session, visitor, order_id, token or access_token)
        return await returnable.of_order(session, order_id, context)


@get()
async def list_returns_of_order(
    visitor: Asking,
    context: RequestContext,
    order_id: FromPath[UUID],
    token: OrderToken = None,
    access_token: LinkToken = None,
) -> Returns:
    """List the returns of an order that you may read, in the order of their numbers."""
    async with reading() as session:
        await expect_readable(session, visitor, order_id, token or access_token)
        return Returns(await returns_on_record.of_order(session, order_id, context.locale))


@post()
async def ask_for_return(
    visitor: Asking,
    context: RequestContext,
    order_id: FromPath[UUID],
    data: JSONBody[ReturnDraft],
    token: OrderToken = None,
) -> Response[ReturnView]:
    """Ask to return units that were sent to you; the shop answers by mail.

    Until then, and until anything has arrived, you can withdraw it.
    """
    async with reading() as session:
        await expect_readable(session, visitor, order_id, token)
    return versioned(await returns.ask(order_id, data, context), 201)


@post(status_code=200)
async def withdraw_own_return(
    visitor: Asking,
    context: RequestContext,
    order_id: FromPath[UUID],
    return_id: FromPath[UUID],
    token: OrderToken = None,
) -> Response[ReturnView]:
    """Give up a return of which nothing has arrived; its units can be returned anew."""
    async with reading() as session:
        await expect_readable(session, visitor, order_id, token)
    return versioned(await returns.withdraw_own(order_id, return_id, context))
