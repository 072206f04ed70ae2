"""Customer groups, as staff manage them."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, delete, get, patch, post, put
from litestar.params import FromPath, JSONBody, QueryParameter

from trastienda.controllers.accounts import customer_groups
from trastienda.database.db import reading
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.handlers.shared.lists import Cursor, Limit, next_link
from trastienda.schemas.accounts.customer_group import (
    CustomerGroupDraft,
    CustomerGroupPage,
    CustomerGroupPatch,
    CustomerGroupView,
    Member,
    MemberPage,
    MemberView,
)
from trastienda.services.accounts import customer_groups as groups_on_record

Address = Annotated[str | None, QueryParameter(min_length=3, max_length=254)]
Account = Annotated[UUID | None, QueryParameter(description="The account to take out.")]


@get()
async def list_customer_groups(
    request: Request[Any, Any, Any], limit: Limit = 24, cursor: Cursor = None
) -> Response[CustomerGroupPage]:
    """List the customer groups, the oldest first."""
    async with reading() as session:
        page = await groups_on_record.page(session, limit, cursor)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@post()
async def create_customer_group(
    context: RequestContext, data: JSONBody[CustomerGroupDraft]
) -> Response[CustomerGroupView]:
    """Create a customer group; promotions refer to it by its code."""
    return versioned(await customer_groups.create(data, context), 201)


@get()
async def get_customer_group(group_id: FromPath[UUID]) -> Response[CustomerGroupView]:
    """Read a customer group."""
    async with reading() as session:
        return versioned(await groups_on_record.view(session, group_id))


@patch()
async def change_customer_group(
    context: RequestContext, group_id: FromPath[UUID], data: JSONBody[CustomerGroupPatch]
) -> Response[CustomerGroupView]:
    """Rename a customer group."""
    return versioned(await customer_groups.change(group_id, data, context))


@delete()
async def delete_customer_group(context: RequestContext, group_id: FromPath[UUID]) -> None:
    """Delete a customer group, unless promotions or price lists refer to it."""
    await customer_groups.remove(group_id, context)


@get()
async def list_members(
    request: Request[Any, Any, Any],
    group_id: FromPath[UUID],
    limit: Limit = 24,
    cursor: Cursor = None,
) -> Response[MemberPage]:
    """List the members of a customer group."""
    async with reading() as session:
        await groups_on_record.view(session, group_id)
        page = await groups_on_record.members(session, group_id, limit, cursor)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@put()
async def add_member(
    context: RequestContext, group_id: FromPath[UUID], data: JSONBody[Member]
) -> MemberView:
    """Add an account to a customer group, by address or id; repeating it changes nothing."""
    return await customer_groups.join(group_id, data, context)


@delete()
async def remove_member(
    context: RequestContext,
    group_id: FromPath[UUID],
    email: Address = None,
    user_id: Account = None,
) -> None:
    """Remove an account from a customer group: `?email=` or `?user_id=`."""
    await customer_groups.leave(group_id, Member(email=email, user_id=user_id), context)
