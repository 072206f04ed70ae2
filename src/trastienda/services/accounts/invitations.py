"""Invitations to become a member of staff: sent by mail, and accepted once."""

from datetime import datetime, timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.accounts.user import Role
from trastienda.errors import Conflict, Invalid, NotFound
from trastienda.schemas.accounts.staff import (
    StaffInvitationDraft,
    StaffInvitationOffer,
    StaffInvitationView,
)
from trastienda.schemas.shared.context import Context
from trastienda.services.accounts.users import normalised
from trastienda.services.shared import email_addresses as mailboxes
from trastienda.services.shared import tokens
from trastienda.services.shared.records import selected

LIFETIME = timedelta(days=7)
_COLUMNS = "id, email, role, created_at, expires_at"
_IS_STAFF = prepared("SELECT FROM users WHERE email = %(email)s AND role IS NOT NULL")
# Another invitation of an address replaces the one before, whose link stops working.
_INVITE = prepared(f"""
    INSERT INTO staff_invitations (id, email, role, invited_by, created_at, expires_at)
    VALUES (%(id)s, %(email)s, %(role)s, %(by)s::uuid, %(now)s, %(expires_at)s)
    ON CONFLICT ON CONSTRAINT uq_staff_invitations_email DO UPDATE SET
        id = excluded.id, role = excluded.role, invited_by = excluded.invited_by,
        created_at = excluded.created_at, expires_at = excluded.expires_at, token_hash = NULL
    RETURNING {_COLUMNS}
""")
_OPEN = prepared(f"""
    SELECT {_COLUMNS} FROM staff_invitations WHERE expires_at > %(now)s ORDER BY id DESC
""")
_ISSUE = prepared("""
    UPDATE staff_invitations SET token_hash = %(token_hash)s
    WHERE id = %(id)s AND expires_at > %(now)s
""")
_OFFER = prepared("""
    SELECT email, role, expires_at FROM staff_invitations
    WHERE token_hash = %(token_hash)s AND expires_at > %(now)s
""")
# If a token is used twice at once, one of them deletes it.
_REDEEM = prepared("""
    DELETE FROM staff_invitations WHERE token_hash = %(token_hash)s AND expires_at > %(now)s
    RETURNING id, email, role
""")
_WITHDRAW = prepared("DELETE FROM staff_invitations WHERE id = %(id)s RETURNING role")
_WITHDRAW_OF = prepared("DELETE FROM staff_invitations WHERE invited_by = %(by)s")
_CLEAR = prepared("DELETE FROM staff_invitations WHERE email = %(email)s")
_SWEEP = prepared("""
    DELETE FROM staff_invitations WHERE id = ANY (ARRAY(
        SELECT id FROM staff_invitations WHERE expires_at < %(before)s
        LIMIT %(most)s FOR UPDATE SKIP LOCKED))
""")


class InvitationNotFound(NotFound):
    """There is no such invitation, or somebody has accepted it."""


class InvitationExpired(Invalid):
    """The invitation is not valid, was accepted already, or is too old; ask for a new one."""


class StaffAlready(Conflict):
    """Somebody with this address is a member of staff already."""


async def invite(
    session: Session, draft: StaffInvitationDraft, context: Context
) -> StaffInvitationView:
    """Record an invitation, in place of an earlier one of the same address.

    Raise AddressUnusable or StaffAlready.
    """
    mailboxes.parse(draft.email)
    email, now = normalised(draft.email), context.asked_at
    if await _IS_STAFF.row(session, email=email) is not None:
        raise StaffAlready(pointer="/email")
    row = await _INVITE.row(
        session,
        id=uuid7(),
        email=email,
        role=draft.role.value,
        by=context.by.id,
        now=now,
        expires_at=now + LIFETIME,
    )
    assert row is not None  # noqa: S101 - an upsert always returns its row
    return selected(row, StaffInvitationView)


async def open_(session: Reading, now: datetime) -> list[StaffInvitationView]:
    """List the invitations that can still be accepted, the newest first."""
    return [selected(row, StaffInvitationView) for row in await _OPEN.rows(session, now=now)]


async def issue(session: Session, invitation_id: UUID, now: datetime) -> str | None:
    """Create the token of an invitation's mail; return None if it cannot be accepted any more.

    A second call, for example when the mail is sent again, invalidates the first token.
    """
    token = tokens.fresh()
    hashed = tokens.digest(token)
    return token if await _ISSUE(session, id=invitation_id, token_hash=hashed, now=now) else None


async def offer(session: Reading, token: str, now: datetime) -> StaffInvitationOffer:
    """Return what a token offers. Raise InvitationExpired as `redeem` does."""
    row = await _OFFER.row(session, token_hash=tokens.digest(token), now=now)
    if row is None:
        raise InvitationExpired
    return selected(row, StaffInvitationOffer)


async def redeem(session: Session, token: str, now: datetime) -> tuple[UUID, str, Role]:
    """Use a token up; return the invitation's id, address and role.

    Raise InvitationExpired if the token is unknown, used or too old, or StaffAlready if the person
    was appointed meanwhile.
    """
    row = await _REDEEM.row(session, token_hash=tokens.digest(token), now=now)
    if row is None:
        raise InvitationExpired
    if await _IS_STAFF.row(session, email=row[1]) is not None:
        raise StaffAlready
    return row[0], row[1], Role(row[2])


async def withdraw(session: Session, invitation_id: UUID) -> Role:
    """Delete an invitation; return its role. Raise InvitationNotFound."""
    row = await _WITHDRAW.row(session, id=invitation_id)
    if row is None:
        raise InvitationNotFound
    return Role(row[0])


async def withdraw_of(session: Session, invited_by: UUID) -> None:
    """Delete the invitations that a user or a key has sent."""
    await _WITHDRAW_OF(session, by=invited_by)


async def clear(session: Session, email: str) -> None:
    """Delete the invitation of a normalised address, if there is one."""
    await _CLEAR(session, email=email)


async def sweep(session: Session, before: datetime, most: int) -> int:
    """Delete at most `most` invitations that expired before then; return how many."""
    return await _SWEEP(session, before=before, most=most)
