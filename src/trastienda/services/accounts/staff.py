"""Members of staff: who they are, who may change them, and what ends with their rights."""

from typing import NamedTuple
from uuid import UUID

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.accounts.user import SCOPES_OF, Role
from trastienda.errors import Conflict, Forbidden, NotFound, Stale
from trastienda.schemas.accounts.event import KeyMade
from trastienda.schemas.accounts.staff import StaffView
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.accounts import invitations, keys, sessions
from trastienda.services.accounts.users import normalised
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.shared.records import expect_version, selected

_COLUMNS = "id, email, name, role, suspended_at, version"
_LIST = prepared(f"SELECT {_COLUMNS} FROM users WHERE role IS NOT NULL ORDER BY role, email")
_ONE = prepared(f"SELECT {_COLUMNS} FROM users WHERE role IS NOT NULL AND id = %(id)s")
# By id or address. All owners are locked in the same order, so that two who leave at once cannot
# both succeed.
_CLAIM = prepared(f"""
    SELECT {_COLUMNS} FROM users
    WHERE role = '{Role.OWNER}' OR (role IS NOT NULL AND (id::text = %(whom)s OR email = %(whom)s))
    ORDER BY id FOR NO KEY UPDATE
""")
_DISMISS = prepared("""
    UPDATE users SET role = NULL, suspended_at = NULL, version = version + 1 WHERE id = %(id)s
""")
_SET_ROLE = prepared("UPDATE users SET role = %(role)s, version = version + 1 WHERE id = %(id)s")
_SUSPEND = prepared("""
    UPDATE users SET suspended_at = %(at)s, version = version + 1 WHERE id = %(id)s
""")


class StaffNotFound(NotFound):
    """There is no such member of staff."""


class StaffChanged(Stale):
    """The member of staff has changed since you read them."""


class StaffSuspended(Conflict):
    """This member of staff is suspended."""


class LastOwner(Conflict):
    """The last owner stays: make somebody else an owner first."""


class RightsBeyondYours(Forbidden):
    """You may only give, change and take away rights that you have yourself."""


class NotYourself(Forbidden):
    """Nobody changes their own role, or suspends or removes themselves."""


class Member(NamedTuple):
    """A member of staff, locked for a change."""

    id: UUID
    email: str
    role: Role
    suspended: bool
    last_owner: bool
    """Whether no other owner can log in."""


async def everybody(session: Reading) -> list[StaffView]:
    """List all members of staff, by role."""
    return [selected(row, StaffView) for row in await _LIST.rows(session)]


async def by_id(session: Reading, user_id: UUID) -> StaffView:
    """Return a member of staff. Raise StaffNotFound."""
    if row := await _ONE.row(session, id=user_id):
        return selected(row, StaffView)
    raise StaffNotFound(staff=str(user_id))


async def claim(session: Session, whom: str, seen: int | None = None) -> Member:
    """Find a member of staff by id or address; lock them and all owners.

    Raise StaffNotFound, or StaffChanged if `seen` is not the version.
    """
    key = normalised(whom)
    known = [selected(row, StaffView) for row in await _CLAIM.rows(session, whom=key)]
    found = next((it for it in known if key in {str(it.id), it.email}), None)
    if found is None:
        raise StaffNotFound(staff=whom)
    expect_version(found.version, seen, StaffChanged)
    owners = [it.id for it in known if it.role == Role.OWNER and it.suspended_at is None]
    role, suspended = Role(found.role), found.suspended_at is not None
    return Member(found.id, found.email, role, suspended, owners == [found.id])


async def claim_if_any(session: Session, email: str) -> Member | None:
    """Lock the member of staff with this address, if there is one, and all owners."""
    try:
        return await claim(session, email)
    except StaffNotFound:
        return None


def refuse_last_owner(member: Member) -> None:
    """Raise LastOwner if a member is the only owner who can log in."""
    if member.last_owner:
        raise LastOwner(staff=member.email)


def check_rights(by: Visitor | None, *roles: Role) -> None:
    """Raise RightsBeyondYours if a visitor lacks rights of these roles; None is the command line.

    So a key with `staff.write` alone makes nobody an owner, and takes nothing from one.
    """
    if by is not None and any(SCOPES_OF[role] - by.scopes for role in roles):
        raise RightsBeyondYours


def refuse_oneself(by: Visitor | None, member: Member) -> None:
    """Raise NotYourself if the visitor is this member of staff."""
    if by is not None and by.user_id == member.id:
        raise NotYourself


async def set_role(session: Session, member: Member, role: Role) -> None:
    """Give a member another role."""
    await _SET_ROLE(session, id=member.id, role=role.value)


async def suspend(session: Session, member: Member, context: Context) -> None:
    """Keep a member from logging in until they are reinstated."""
    await _SUSPEND(session, id=member.id, at=context.asked_at)


async def reinstate(session: Session, member: Member) -> None:
    """Let a suspended member log in again."""
    await _SUSPEND(session, id=member.id, at=None)


async def dismiss(session: Session, member: Member) -> None:
    """Remove a member's role; they stay a customer."""
    await _DISMISS(session, id=member.id)


async def end_access(session: Session, member: Member, context: Context) -> int:
    """End what a member had with their rights: sessions, keys and the invitations they sent.

    Return how many keys were revoked. A request that runs now is the last one.
    """
    await sessions.end_all(session, member.id)
    await invitations.withdraw_of(session, member.id)
    revoked = await keys.revoke_all(session, member.id, context.asked_at)
    for key_id, prefix, name in revoked:
        await invitations.withdraw_of(session, key_id)
        key = KeyMade(prefix=prefix, name=name)
        await events.append(session, event_types.KEY_REVOKED, key_id, key, context)
    return len(revoked)
