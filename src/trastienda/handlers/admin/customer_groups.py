"""Groups of customers, as staff see and write them."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, delete, get, patch, post, put
from litestar.params import FromPath, JSONBody, QueryParameter

from trastienda.controllers import customer_groups
from trastienda.database.db import reading
from trastienda.handlers.answers import versioned
from trastienda.handlers.lists import Cursor, Limit, next_link
from trastienda.handlers.terms import Asked
from trastienda.schemas.customer_group import (
    CustomerGroupDraft,
    CustomerGroupPage,
    CustomerGroupPatch,
    CustomerGroupView,
    Member,
    MemberPage,
    MemberView,
)
from trastienda.services import customer_groups as groups_on_record

Address = Annotated[str | None, QueryParameter(min_length=3, max_length=254)]
Account = Annotated[UUID | None, QueryParameter(description="The account to take out.")]


@get()
async def list_customer_groups(
    request: Request[Any, Any, Any], limit: Limit = 24, cursor: Cursor = None
) -> Response[CustomerGroupPage]:
    """List the groups of customers, the oldest first."""
    async with reading() as session:
        page = await groups_on_record.page(session, limit, cursor)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@post()
async def create_customer_group(
    terms: Asked, data: JSONBody[CustomerGroupDraft]
) -> Response[CustomerGroupView]:
    """Make a group of customers; promotions name it by its code."""
    return versioned(await customer_groups.create(data, terms), 201)


@get()
async def get_customer_group(group_id: FromPath[UUID]) -> Response[CustomerGroupView]:
    """Read a group of customers."""
    async with reading() as session:
        return versioned(await groups_on_record.view(session, group_id))


@patch()
async def change_customer_group(
    terms: Asked, group_id: FromPath[UUID], data: JSONBody[CustomerGroupPatch]
) -> Response[CustomerGroupView]:
    """Rename a group of customers."""
    return versioned(await customer_groups.change(group_id, data, terms))


@delete()
async def delete_customer_group(terms: Asked, group_id: FromPath[UUID]) -> None:
    """Take a group away, unless promotions or price lists are for it."""
    await customer_groups.remove(group_id, terms)


@get()
async def list_members(
    request: Request[Any, Any, Any],
    group_id: FromPath[UUID],
    limit: Limit = 24,
    cursor: Cursor = None,
) -> Response[MemberPage]:
    """List who is in a group."""
    async with reading() as session:
        await groups_on_record.view(session, group_id)
        page = await groups_on_record.members(session, group_id, limit, cursor)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@put()
async def add_member(terms: Asked, group_id: FromPath[UUID], data: JSONBody[Member]) -> MemberView:
    """Put an account into a group, by its address or its id; again changes nothing."""
    return await customer_groups.join(group_id, data, terms)


@delete()
async def remove_member(
    terms: Asked, group_id: FromPath[UUID], email: Address = None, user_id: Account = None
) -> None:
    """Take an account out of a group: `?email=` or `?user_id=`."""
    await customer_groups.leave(group_id, Member(email=email, user_id=user_id), terms)
