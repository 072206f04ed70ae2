"""The reasons for returns, as staff see and write them."""

from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from trastienda.controllers.returns import reasons
from trastienda.database.db import reading
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.schemas.returns.reason import (
    ReturnReasonDraft,
    ReturnReasonPatch,
    ReturnReasons,
    ReturnReasonView,
)
from trastienda.services.returns import reasons as reasons_on_record


@get()
async def list_return_reasons() -> ReturnReasons:
    """List all reasons for returns, inactive ones too, in the order in which customers see them."""
    async with reading() as session:
        return ReturnReasons(await reasons_on_record.every(session))


@post()
async def create_return_reason(
    context: RequestContext, data: JSONBody[ReturnReasonDraft]
) -> Response[ReturnReasonView]:
    """Create a reason for returns."""
    return versioned(await reasons.create(data, context), 201)


@get()
async def get_return_reason(reason_id: FromPath[UUID]) -> Response[ReturnReasonView]:
    """Read a reason for returns."""
    async with reading() as session:
        return versioned(await reasons_on_record.by_id(session, reason_id))


@patch()
async def change_return_reason(
    context: RequestContext, reason_id: FromPath[UUID], data: JSONBody[ReturnReasonPatch]
) -> Response[ReturnReasonView]:
    """Change only the fields that you send; its code never changes."""
    return versioned(await reasons.change(reason_id, data, context))


@delete()
async def delete_return_reason(context: RequestContext, reason_id: FromPath[UUID]) -> None:
    """Delete a reason that no return has; make others inactive."""
    await reasons.remove(reason_id, context)
