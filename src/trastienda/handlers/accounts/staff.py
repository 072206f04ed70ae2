"""Members of staff, as owners manage them."""

from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from trastienda.controllers.accounts import staff
from trastienda.database.db import reading
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.accounts.staff import StaffList, StaffPatch, StaffView
from trastienda.services.accounts import staff as staff_on_record


@get()
async def list_staff() -> StaffList:
    """List all members of staff, by role."""
    async with reading() as session:
        return StaffList(await staff_on_record.everybody(session))


@get()
async def get_staff_member(user_id: FromPath[UUID]) -> Response[StaffView]:
    """Read a member of staff."""
    async with reading() as session:
        return versioned(await staff_on_record.by_id(session, user_id))


@patch()
async def change_staff_member(
    visitor: Asking, context: RequestContext, user_id: FromPath[UUID], data: JSONBody[StaffPatch]
) -> Response[StaffView]:
    """Give a member of staff another role; they have to log in again.

    Nobody changes their own role, or gives rights that they do not have. Where the new role has
    fewer rights, the keys that were made for the person are revoked.
    """
    return versioned(await staff.change_role(str(user_id), data.role, visitor, context))


@post(status_code=200)
async def suspend_staff_member(
    visitor: Asking, context: RequestContext, user_id: FromPath[UUID]
) -> Response[StaffView]:
    """Keep a member of staff out: their sessions and keys end at once.

    They keep their role, and cannot log in until they are reinstated.
    """
    return versioned(await staff.suspend(str(user_id), visitor, context))


@post(status_code=200)
async def reinstate_staff_member(
    visitor: Asking, context: RequestContext, user_id: FromPath[UUID]
) -> Response[StaffView]:
    """Let a suspended member of staff log in again; they need new keys."""
    return versioned(await staff.reinstate(str(user_id), visitor, context))


@delete()
async def remove_staff_member(
    visitor: Asking, context: RequestContext, user_id: FromPath[UUID]
) -> None:
    """Take role, sessions and keys from a member of staff, who stays a customer."""
    await staff.dismiss(str(user_id), visitor, context)
