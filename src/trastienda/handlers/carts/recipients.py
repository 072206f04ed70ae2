"""Who gets the gift cards of a cart, over HTTP."""

from uuid import UUID

from litestar import Response, delete, put
from litestar.params import FromPath, JSONBody

from trastienda.controllers import carts
from trastienda.controllers.outside.quotes import quoted
from trastienda.handlers.carts.carts import CartId
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.carts.cart import CartView
from trastienda.schemas.shared.gift_card import GiftRecipient


@put()
async def set_gift_recipient(
    visitor: Asking,
    context: RequestContext,
    cart_id: CartId,
    line_id: FromPath[UUID],
    data: JSONBody[GiftRecipient],
) -> Response[CartView]:
    """Say who gets the gift cards of a line by email, with a message from you."""
    return versioned(await quoted(carts.set_recipient, visitor, cart_id, line_id, data, context))


@delete(status_code=200)
async def remove_gift_recipient(
    visitor: Asking, context: RequestContext, cart_id: CartId, line_id: FromPath[UUID]
) -> Response[CartView]:
    """Let the gift cards of a line go to the buyer's own address."""
    return versioned(await quoted(carts.set_recipient, visitor, cart_id, line_id, None, context))
