"""Customers, as staff find and help them."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ASGIApp

from trastienda.controllers.customers import erase, notes
from trastienda.database.db import reading
from trastienda.handlers.shared.answers import Document
from trastienda.handlers.shared.context import RequestContext
from trastienda.handlers.shared.lists import Cursor, Limit, next_link
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.customers.customer import (
    CustomerExport,
    CustomerNoteDraft,
    CustomerNotes,
    CustomerNoteView,
    CustomerPage,
    CustomersWanted,
    CustomerView,
)
from trastienda.services.customers import customers, erasure, listing
from trastienda.services.customers import notes as notes_on_record

Search = Annotated[
    str | None,
    QueryParameter(
        min_length=1,
        max_length=254,
        description="An e-mail address, everybody at a domain (`@example.com`), or whole words of "
        "the name or of the address; case and accents do not count.",
    ),
]
Group = Annotated[
    str | None, QueryParameter(max_length=64, description="The code of a customer group.")
]


@get()
async def list_customers(
    request: Request[Any, Any, Any],
    limit: Limit = 24,
    cursor: Cursor = None,
    q: Search = None,
    group: Group = None,
) -> Response[CustomerPage]:
    """List customers, the newest first: accounts whose address is verified."""
    wanted = CustomersWanted(limit=limit, cursor=cursor, q=q, group=group)
    async with reading() as session:
        page = await listing.page(session, wanted)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@get()
async def get_customer(visitor: Asking, user_id: FromPath[UUID]) -> CustomerView:
    """Read a customer: groups, what they bought, addresses and notes.

    The latest orders need the scope `orders.read` as well, store credit `credit.read`.
    """
    with_orders, with_credit = ({it} <= visitor.scopes for it in ("orders.read", "credit.read"))
    async with reading() as session:
        return await customers.view(
            session, user_id, with_orders=with_orders, with_credit=with_credit
        )


@get()
async def list_customer_notes(
    request: Request[Any, Any, Any],
    user_id: FromPath[UUID],
    limit: Limit = 24,
    cursor: Cursor = None,
) -> Response[CustomerNotes]:
    """List the notes about a customer, the newest first."""
    async with reading() as session:
        await listing.card(session, user_id)
        page = await notes_on_record.page(session, user_id, limit, cursor)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@post()
async def note_customer(
    context: RequestContext, user_id: FromPath[UUID], data: JSONBody[CustomerNoteDraft]
) -> CustomerNoteView:
    """Add a note about a customer, who never sees it; it stays as it is."""
    return await notes.add(user_id, data, context)


@get(responses={200: ResponseSpec(CustomerExport, generate_examples=False)})
async def export_customer(user_id: FromPath[UUID]) -> ASGIApp:
    """Read all that is kept about a customer, to be handed to them when they ask for it."""
    async with reading() as session:
        return Document(await erasure.export(session, user_id))


@post(status_code=204)
async def erase_customer(context: RequestContext, user_id: FromPath[UUID]) -> None:
    """Erase the personal data of a customer, for good.

    The account ends; addresses, notes, sessions, consents and carts are deleted or made nameless.
    Orders and invoices stay as the law demands.
    """
    await erase.erase(user_id, context)
