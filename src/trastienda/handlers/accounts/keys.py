"""API keys, as owners manage them."""

from uuid import UUID

from litestar import delete, get, post
from litestar.params import FromPath, JSONBody

from trastienda.controllers.accounts import keys
from trastienda.database.db import reading
from trastienda.handlers.shared.context import RequestContext
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.accounts.api_key import ApiKeyDraft, ApiKeyMade, ApiKeys
from trastienda.services.accounts import keys as keys_on_record


@get()
async def list_keys() -> ApiKeys:
    """List the keys that are not revoked, with when each was last used."""
    async with reading() as session:
        return ApiKeys(await keys_on_record.unrevoked(session))


@post()
async def make_key(
    visitor: Asking, context: RequestContext, data: JSONBody[ApiKeyDraft]
) -> ApiKeyMade:
    """Make a key for a program: only this answer contains it.

    A key may do no more than who makes it.
    """
    return await keys.make(data, visitor, context)


@delete()
async def revoke_key(visitor: Asking, context: RequestContext, key_id: FromPath[UUID]) -> None:
    """Revoke a key, from its next request on."""
    await keys.take_back(key_id, visitor, context)
