"""Customer groups, as staff manage them, and their members."""

from uuid import UUID

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.accounts.customer_group import CustomerGroup
from trastienda.errors import Conflict, Invalid, NotFound, Stale
from trastienda.schemas.accounts.customer_group import (
    CustomerGroupPage,
    CustomerGroupView,
    Member,
    MemberPage,
    MemberView,
)
from trastienda.services.accounts.users import normalised
from trastienda.services.shared import cursors
from trastienda.services.shared.records import Records, Refusal

_PAGE = prepared("""
    SELECT id, code, name, version FROM customer_groups
    WHERE %(id)s::uuid IS NULL OR id > %(id)s::uuid
    ORDER BY id LIMIT %(limit)s + 1
""")
_VIEW = prepared("SELECT id, code, name, version FROM customer_groups WHERE id = %(group)s")
_IN_USE = prepared("""
    SELECT FROM promotions WHERE %(group)s::uuid = ANY (customer_group_ids)
    UNION ALL SELECT FROM price_lists WHERE customer_group_id = %(group)s LIMIT 1
""")
_ACCOUNT = prepared("""
    SELECT id, email, name FROM users
    WHERE (%(user)s::uuid IS NULL OR id = %(user)s::uuid)
        AND (%(email)s::text IS NULL OR email = %(email)s::text)
""")
_JOIN = prepared("""
    INSERT INTO customer_group_members (customer_group_id, user_id)
    VALUES (%(group)s, %(user)s) ON CONFLICT DO NOTHING
""")
_LEAVE = prepared("""
    DELETE FROM customer_group_members
    WHERE customer_group_id = %(group)s AND user_id = %(user)s
""")
_MEMBERS = prepared("""
    SELECT users.id, users.email, users.name
    FROM customer_group_members JOIN users ON users.id = customer_group_members.user_id
    WHERE customer_group_members.customer_group_id = %(group)s
        AND (%(id)s::uuid IS NULL OR users.id > %(id)s::uuid)
    ORDER BY users.id LIMIT %(limit)s + 1
""")


async def page(session: Reading, limit: int, cursor: str | None) -> CustomerGroupPage:
    """List groups, the oldest first. Raise CursorUnusable for another list's cursor."""
    shape = ["customer-groups"]
    _, id_ = cursors.read(cursor, shape, str) if cursor else (None, None)
    rows = await _PAGE.rows(session, id=id_, limit=limit)
    items = [CustomerGroupView(*row) for row in rows[:limit]]
    more = cursors.after(shape, "", items[-1].id) if len(rows) > limit else None
    return CustomerGroupPage(items, more)


async def view(session: Reading, group_id: UUID) -> CustomerGroupView:
    """Return one group. Raise CustomerGroupNotFound."""
    if row := await _VIEW.row(session, group=group_id):
        return CustomerGroupView(*row)
    raise CustomerGroupNotFound


async def remove(session: Session, group: CustomerGroup) -> None:
    """Delete a group. Raise CustomerGroupInUse: its promotions would become everybody's."""
    if await _IN_USE.row(session, group=group.id) is not None:
        raise CustomerGroupInUse
    await _RECORDS.remove(session, group)


async def members(session: Reading, group_id: UUID, limit: int, cursor: str | None) -> MemberPage:
    """List the members of a group. Raise CursorUnusable for another list's cursor."""
    shape = ["members", str(group_id)]
    _, id_ = cursors.read(cursor, shape, str) if cursor else (None, None)
    rows = await _MEMBERS.rows(session, group=group_id, id=id_, limit=limit)
    items = [MemberView(*row) for row in rows[:limit]]
    more = cursors.after(shape, "", items[-1].user_id) if len(rows) > limit else None
    return MemberPage(items, more)


async def join(session: Session, group: CustomerGroup, member: Member) -> tuple[MemberView, bool]:
    """Add an account to a group; return it, and whether it is new there. Raise CustomerUnknown."""
    joined = await account(session, member)
    new = await _JOIN(session, group=group.id, user=joined.user_id)
    return joined, bool(new)


async def leave(session: Session, group: CustomerGroup, member: Member) -> UUID:
    """Remove an account from a group; return it. Raise CustomerUnknown or MemberNotFound."""
    left = await account(session, member)
    if not await _LEAVE(session, group=group.id, user=left.user_id):
        raise MemberNotFound
    return left.user_id


async def account(session: Reading, member: Member) -> MemberView:
    """Return the account that is named by address or id. Raise CustomerUnknown."""
    pointer = "/email" if member.user_id is None else "/user_id"
    if member.email is None and member.user_id is None:
        raise CustomerUnknown(pointer=pointer)
    email = None if member.email is None else normalised(member.email)
    if row := await _ACCOUNT.row(session, email=email, user=member.user_id):
        return MemberView(*row)
    raise CustomerUnknown(pointer=pointer)


class CustomerGroupNotFound(NotFound):
    """There is no such customer group."""


class CustomerGroupChanged(Stale):
    """The customer group has changed since you read it."""


class CustomerGroupCodeTaken(Conflict):
    """Another customer group has this code."""


class CustomerGroupInUse(Conflict):
    """There are promotions or price lists for this customer group."""


class CustomerUnknown(Invalid):
    """There is no such account."""


class MemberNotFound(NotFound):
    """This account is not in this group."""


_RECORDS = Records(
    CustomerGroup,
    missing=CustomerGroupNotFound,
    changed=CustomerGroupChanged,
    on_save={"uq_customer_groups_code": Refusal(CustomerGroupCodeTaken, pointer="/code")},
)
claim, save = _RECORDS.claim, _RECORDS.save
