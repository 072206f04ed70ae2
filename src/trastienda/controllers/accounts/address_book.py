"""The addresses that customers keep for their next order."""

from uuid import UUID

import msgspec
from msgspec import UNSET

from trastienda.database.db import transaction, use_case
from trastienda.schemas.accounts.address_book import (
    SavedAddressDraft,
    SavedAddressPatch,
    SavedAddressView,
)
from trastienda.schemas.shared.context import Context
from trastienda.services.accounts import address_book
from trastienda.services.shared import addresses
from trastienda.services.shared.records import given, rewrite

COUNTRY = "/address/country"


@use_case
async def add(owner: UUID, draft: SavedAddressDraft, context: Context) -> SavedAddressView:
    """Add an address to an account. Raise CountryUnknown or AddressBookFull."""
    addresses.check_country(draft.address.country, COUNTRY)
    async with transaction(context.once) as session:
        row = await address_book.add(session, owner, draft)
        return await session.answer(address_book.view(row))


@use_case
async def change(
    owner: UUID, address_id: UUID, patch: SavedAddressPatch, context: Context
) -> SavedAddressView:
    """Change an address of an account, or make it the default.

    Raise CountryUnknown, SavedAddressNotFound or SavedAddressChanged.
    """
    fields = given(patch)
    if patch.address is not UNSET:
        addresses.check_country(patch.address.country, COUNTRY)
        fields["address"] = msgspec.to_builtins(patch.address)
    async with transaction(context.once) as session:
        row = await address_book.claim(session, owner, address_id, context.seen)
        rewrite(row, fields)
        await address_book.save(session, row)
        return await session.answer(address_book.view(row))


@use_case
async def remove(owner: UUID, address_id: UUID, context: Context) -> None:
    """Remove an address of an account. Raise SavedAddressNotFound or SavedAddressChanged."""
    async with transaction(context.once) as session:
        row = await address_book.claim(session, owner, address_id, context.seen)
        await session.orm.delete(row)
        await session.answer(None)
