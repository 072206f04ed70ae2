"""What is on a gift card, for whoever has its code."""

from litestar import post
from litestar.params import JSONBody

from trastienda.controllers.credit import looking
from trastienda.handlers.shared.context import RequestContext
from trastienda.middlewares.identity.access import Asking
from trastienda.middlewares.identity.client import Counted
from trastienda.schemas.credit.gift_card import GiftCardBalance
from trastienda.schemas.credit.of_carts import GiftCardChoice


@post(status_code=200)
async def check_gift_card(
    visitor: Asking, context: RequestContext, client: Counted, data: JSONBody[GiftCardChoice]
) -> GiftCardBalance:
    """Read what is on a gift card; the code is in the body, so that no log of addresses has it.

    After several unknown codes, further attempts by the client are delayed.
    """
    return await looking.look(visitor, data.code, client, context)
