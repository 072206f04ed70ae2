"""The addresses that customers keep, and which of them are suggested first."""

from uuid import UUID

import msgspec
from sqlalchemy import func, select

from trastienda.database.db import Reading, Row, Session, prepared
from trastienda.database.models.accounts.user_address import MOST_ADDRESSES, UserAddress
from trastienda.errors import Conflict, NotFound, Stale
from trastienda.schemas.accounts.address_book import SavedAddressDraft, SavedAddressView
from trastienda.schemas.shared.address import Address
from trastienda.services.accounts import users
from trastienda.services.shared.records import expect_version, shown

_COLUMNS = "id, address, default_shipping, default_billing, version"
_LIST = prepared(f"""
    SELECT {_COLUMNS} FROM user_addresses WHERE user_id = %(owner)s ORDER BY id
""")
_ONE = prepared(f"""
    SELECT {_COLUMNS} FROM user_addresses WHERE user_id = %(owner)s AND id = %(id)s
""")
_STEP_BACK = prepared("""
    UPDATE user_addresses SET version = version + 1,
        default_shipping = default_shipping AND NOT %(shipping)s::boolean,
        default_billing = default_billing AND NOT %(billing)s::boolean
    WHERE user_id = %(owner)s AND id <> %(id)s
        AND (default_shipping AND %(shipping)s::boolean OR default_billing AND %(billing)s::boolean)
""")


class SavedAddressNotFound(NotFound):
    """There is no such address among yours."""


class SavedAddressChanged(Stale):
    """The address has changed since you read it."""


class AddressBookFull(Conflict):
    """There are as many addresses as an account can keep; remove one first."""


async def all_of(session: Reading, owner: UUID) -> list[SavedAddressView]:
    """List the addresses of an account, the oldest first."""
    return [_view(row) for row in await _LIST.rows(session, owner=owner)]


async def by_id(session: Reading, owner: UUID, address_id: UUID) -> SavedAddressView:
    """Return one address of an account. Raise SavedAddressNotFound, also for one of another's."""
    if row := await _ONE.row(session, owner=owner, id=address_id):
        return _view(row)
    raise SavedAddressNotFound


async def add(session: Session, owner: UUID, draft: SavedAddressDraft) -> UserAddress:
    """Add an address; the first one is the default for everything. Raise AddressBookFull.

    The account is locked, so that of two requests at once neither exceeds the limit.
    """
    await users.lock(session, owner)
    counted = select(func.count()).select_from(UserAddress).where(UserAddress.user_id == owner)
    known = (await session.orm.execute(counted)).scalar_one()
    if known >= MOST_ADDRESSES:
        raise AddressBookFull(limit=MOST_ADDRESSES)
    row = UserAddress(
        user_id=owner,
        address=msgspec.to_builtins(draft.address),
        default_shipping=draft.default_shipping or not known,
        default_billing=draft.default_billing or not known,
    )
    await save(session, row)
    return row


async def claim(session: Session, owner: UUID, address_id: UUID, seen: int | None) -> UserAddress:
    """Lock an account, and return one of its addresses for a change.

    Raise SavedAddressNotFound, also for another's, or SavedAddressChanged.
    """
    await users.lock(session, owner)
    row = await session.orm.get(UserAddress, address_id)
    if row is None or row.user_id != owner:
        raise SavedAddressNotFound
    expect_version(row.version, seen, SavedAddressChanged)
    return row


async def save(session: Session, row: UserAddress) -> None:
    """Save an address; what was the default before it is not any more."""
    await _STEP_BACK(
        session,
        owner=row.user_id,
        id=row.id,
        shipping=row.default_shipping,
        billing=row.default_billing,
    )
    session.orm.add(row)
    await session.orm.flush()


def view(row: UserAddress) -> SavedAddressView:
    """Return an address as its owner reads it."""
    return shown(row, SavedAddressView, address=msgspec.convert(row.address, Address))


def _view(row: Row) -> SavedAddressView:
    fields = SavedAddressView.__struct_fields__
    return msgspec.convert(dict(zip(fields, row, strict=True)), SavedAddressView)
