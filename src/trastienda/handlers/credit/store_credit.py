"""Store credit, as staff give it, and as its customer reads it."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, JSONBody, QueryParameter

from trastienda.controllers.credit import store_credit
from trastienda.database.db import reading
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.handlers.shared.lists import Cursor, Limit, next_link
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.credit.amounts import Adjustment
from trastienda.schemas.credit.store_credit import (
    MyStoreCredits,
    StoreCreditDetail,
    StoreCreditDraft,
    StoreCreditPage,
    StoreCreditView,
)
from trastienda.services.credit import store_credit as store_credit_on_record

Customer = Annotated[str | None, QueryParameter(name="email", max_length=254)]


@get()
async def list_store_credit(
    request: Request[Any, Any, Any],
    limit: Limit = 24,
    cursor: Cursor = None,
    email: Customer = None,
) -> Response[StoreCreditPage]:
    """List customers' store credit, the newest first, or that of one address."""
    async with reading() as session:
        page = await store_credit_on_record.page(session, email, limit, cursor)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@get()
async def get_store_credit(account_id: FromPath[UUID]) -> Response[StoreCreditDetail]:
    """Read a customer's store credit in one currency, and what has changed its balance."""
    async with reading() as session:
        return versioned(await store_credit_on_record.detail(session, account_id))


@post()
async def give_store_credit(
    context: RequestContext, data: JSONBody[StoreCreditDraft]
) -> Response[StoreCreditView]:
    """Give a customer store credit with a reason; a negative amount takes some of it."""
    return versioned(await store_credit.give(data, context), 201)


@post(status_code=200)
async def adjust_store_credit(
    context: RequestContext, account_id: FromPath[UUID], data: JSONBody[Adjustment]
) -> Response[StoreCreditView]:
    """Add to store credit, or take from it, with a reason."""
    return versioned(await store_credit.adjust(account_id, data, context))


@get()
async def get_my_store_credit(visitor: Asking) -> MyStoreCredits:
    """Read what you can spend of your store credit, by currency."""
    if visitor.user_id is None:
        return MyStoreCredits([])
    async with reading() as session:
        items = await store_credit_on_record.of_customer(session, visitor.user_id)
    return MyStoreCredits(items)
