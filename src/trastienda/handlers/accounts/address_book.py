"""The addresses that customers keep for their next order."""

from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from trastienda.controllers.accounts import address_book
from trastienda.database.db import reading
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.accounts.address_book import (
    SavedAddressDraft,
    SavedAddresses,
    SavedAddressPatch,
    SavedAddressView,
)
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.accounts import address_book as addresses_on_record


@get()
async def list_addresses(visitor: Asking) -> SavedAddresses:
    """List your addresses, the oldest first; there are at most 50."""
    async with reading() as session:
        return SavedAddresses(await addresses_on_record.all_of(session, _me(visitor)))


@post()
async def add_address(
    visitor: Asking, context: RequestContext, data: JSONBody[SavedAddressDraft]
) -> Response[SavedAddressView]:
    """Keep an address for your next order; your first one is the default for everything."""
    return versioned(await address_book.add(_me(visitor), data, context), 201)


@get()
async def get_address(visitor: Asking, address_id: FromPath[UUID]) -> Response[SavedAddressView]:
    """Read one of your addresses."""
    async with reading() as session:
        return versioned(await addresses_on_record.by_id(session, _me(visitor), address_id))


@patch()
async def change_address(
    visitor: Asking,
    context: RequestContext,
    address_id: FromPath[UUID],
    data: JSONBody[SavedAddressPatch],
) -> Response[SavedAddressView]:
    """Change one of your addresses, or make it the default; orders keep the old one."""
    return versioned(await address_book.change(_me(visitor), address_id, data, context))


@delete()
async def remove_address(
    visitor: Asking, context: RequestContext, address_id: FromPath[UUID]
) -> None:
    """Remove one of your addresses; orders keep theirs."""
    await address_book.remove(_me(visitor), address_id, context)


def _me(visitor: Visitor) -> UUID:
    assert visitor.user_id is not None  # noqa: S101 - the guard admits customers only
    return visitor.user_id
