"""Two carts of a customer over HTTP."""

from litestar import Response, get, post
from litestar.params import JSONBody

from trastienda.controllers import carts
from trastienda.controllers.outside.quotes import quoted
from trastienda.database.db import reading
from trastienda.handlers.carts.carts import CartId
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.carts.cart import CartView
from trastienda.schemas.carts.merge import CartMergeView, MergeDraft, SetAsidePage
from trastienda.services.carts.merging import set_aside


@post(status_code=200)
async def merge_cart(
    visitor: Asking, context: RequestContext, cart_id: CartId, data: JSONBody[MergeDraft]
) -> CartMergeView:
    """Make one cart of this one and another one of yours, such as one from another device.

    The cart that is not kept can be had back for 24 hours.
    """
    return await carts.merge(visitor, cart_id, data, context)


@get()
async def list_set_aside_carts(visitor: Asking, context: RequestContext) -> SetAsidePage:
    """List your carts that were merged into others in the last 24 hours, the last one first."""
    assert visitor.user_id is not None  # noqa: S101 - the guard admits customers only
    async with reading() as session:
        items = await set_aside.of_customer(session, visitor.user_id, context.asked_at)
    return SetAsidePage(items)


@post(status_code=200)
async def recover_cart(
    visitor: Asking, context: RequestContext, cart_id: CartId
) -> Response[CartView]:
    """Get a cart back that was merged into another one, as it was; the other one does not change.

    From then on it is the cart of yours that was changed last.
    """
    return versioned(await quoted(carts.recover, visitor, cart_id, context))
