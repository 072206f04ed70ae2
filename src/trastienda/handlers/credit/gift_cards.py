"""Gift cards, as staff issue, read and change them."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, patch, post
from litestar.params import FromPath, JSONBody, QueryParameter

from trastienda.controllers.credit import gift_cards
from trastienda.database.db import reading, utcnow
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.handlers.shared.lists import Cursor, Limit, next_link
from trastienda.schemas.credit.amounts import Adjustment
from trastienda.schemas.credit.gift_card import (
    GiftCardDetail,
    GiftCardDraft,
    GiftCardPage,
    GiftCardPatch,
    GiftCardRecipient,
    GiftCardsIssued,
    GiftCardsListed,
    GiftCardsWanted,
    GiftCardView,
    GiftCardWithCode,
)
from trastienda.services.credit import gift_cards as gift_cards_on_record

Last = Annotated[
    str | None,
    QueryParameter(name="last_characters", min_length=4, max_length=4),
]
Recipient = Annotated[str | None, QueryParameter(name="email", max_length=254)]
Order = Annotated[UUID | None, QueryParameter(name="order_id")]


@get()
async def list_gift_cards(  # noqa: PLR0913 - each is a parameter of the address
    request: Request[Any, Any, Any],
    *,
    limit: Limit = 24,
    cursor: Cursor = None,
    last: Last = None,
    email: Recipient = None,
    order: Order = None,
) -> Response[GiftCardPage]:
    """List gift cards, the newest first: all, or by the end of the code, recipient or order.

    Those of an order have paid it, or got money of it back.
    """
    wanted = GiftCardsListed(last_characters=last, email=email, order_id=order)
    async with reading() as session:
        page = await gift_cards_on_record.page(session, wanted, limit, cursor, utcnow())
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@get()
async def get_gift_card(card_id: FromPath[UUID]) -> Response[GiftCardDetail]:
    """Read a gift card and what has changed its balance."""
    async with reading() as session:
        return versioned(await gift_cards_on_record.detail(session, card_id, utcnow()))


@post()
async def issue_gift_card(
    context: RequestContext, data: JSONBody[GiftCardDraft]
) -> Response[GiftCardWithCode]:
    """Issue a gift card. The answer has its code, this once; a recipient gets it by email instead.

    The amount is booked as given away. Repeated requests with the same key get no code.
    """
    return versioned(await gift_cards.issue(data, context), 201)


@post()
async def issue_gift_cards(
    context: RequestContext, data: JSONBody[GiftCardsWanted]
) -> GiftCardsIssued:
    """Issue up to 1,000 gift cards of one amount; the answer has their codes, this once."""
    return await gift_cards.issue_many(data, context)


@patch()
async def change_gift_card(
    context: RequestContext, card_id: FromPath[UUID], data: JSONBody[GiftCardPatch]
) -> Response[GiftCardView]:
    """Disable or enable a gift card, change its note, or give it another time to expire."""
    return versioned(await gift_cards.change(card_id, data, context))


@post(status_code=200)
async def adjust_gift_card(
    context: RequestContext, card_id: FromPath[UUID], data: JSONBody[Adjustment]
) -> Response[GiftCardView]:
    """Add to the balance of a gift card, or take from it, with a reason."""
    return versioned(await gift_cards.adjust(card_id, data, context))


@post(status_code=202)
async def send_gift_card(
    context: RequestContext, card_id: FromPath[UUID], data: JSONBody[GiftCardRecipient]
) -> Response[GiftCardView]:
    """Send a gift card by email, with a new code: the previous code opens nothing any more."""
    return versioned(await gift_cards.send(card_id, data, context), 202)
