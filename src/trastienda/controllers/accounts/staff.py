"""What owners do with members of staff, and how somebody becomes one by invitation.

`by` is the visitor whose rights count; without, it is the command line, which has all of them.
"""

from datetime import datetime
from uuid import UUID

from trastienda.database.db import reading, transaction, use_case
from trastienda.database.models.accounts.user import SCOPES_OF, Role
from trastienda.schemas.accounts.event import (
    Appointed,
    Dismissed,
    Reinstated,
    RoleChanged,
    StaffInvitationAccepted,
    StaffInvitationTold,
    Suspended,
)
from trastienda.schemas.accounts.staff import (
    StaffAcceptance,
    StaffInvitationDraft,
    StaffInvitationView,
    StaffView,
)
from trastienda.schemas.shared.actor import Actor, ActorKind
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.accounts import invitations, passwords, sessions, staff, users
from trastienda.services.channels import channels
from trastienda.services.events import events
from trastienda.services.events import types as event_types


@use_case
async def change_role(whom: str, role: Role, by: Visitor | None, context: Context) -> StaffView:
    """Give a member of staff, named by id or address, another role; their sessions end.

    Where the new role lacks rights of the old one, their keys and invitations end as well. Raise
    StaffNotFound, StaffChanged, RightsBeyondYours, NotYourself or LastOwner.
    """
    async with transaction(context.once) as session:
        member = await staff.claim(session, whom, context.seen)
        staff.check_rights(by, member.role, role)
        staff.refuse_oneself(by, member)
        if role is not member.role:
            staff.refuse_last_owner(member)
            await staff.set_role(session, member, role)
            if SCOPES_OF[member.role] - SCOPES_OF[role]:
                await staff.end_access(session, member, context)
            else:
                await sessions.end_all(session, member.id)
            data = RoleChanged(role=role, before=member.role)
            await events.append(session, event_types.USER_ROLE_CHANGED, member.id, data, context)
        return await session.answer(await staff.by_id(session, member.id))


@use_case
async def suspend(whom: str, by: Visitor | None, context: Context) -> StaffView:
    """Keep a member of staff out until they are reinstated.

    Their sessions, keys and invitations end: a request that runs now is the last one. Raise
    StaffNotFound, StaffChanged, RightsBeyondYours, NotYourself or LastOwner.
    """
    async with transaction(context.once) as session:
        member = await staff.claim(session, whom, context.seen)
        staff.check_rights(by, member.role)
        staff.refuse_oneself(by, member)
        staff.refuse_last_owner(member)
        if not member.suspended:
            await staff.suspend(session, member, context)
            await staff.end_access(session, member, context)
            data = Suspended(role=member.role)
            await events.append(session, event_types.USER_SUSPENDED, member.id, data, context)
        return await session.answer(await staff.by_id(session, member.id))


@use_case
async def reinstate(whom: str, by: Visitor | None, context: Context) -> StaffView:
    """Let a suspended member of staff log in again; keys that were revoked stay so.

    Raise StaffNotFound, StaffChanged or RightsBeyondYours.
    """
    async with transaction(context.once) as session:
        member = await staff.claim(session, whom, context.seen)
        staff.check_rights(by, member.role)
        if member.suspended:
            await staff.reinstate(session, member)
            data = Reinstated(role=member.role)
            await events.append(session, event_types.USER_REINSTATED, member.id, data, context)
        return await session.answer(await staff.by_id(session, member.id))


@use_case
async def dismiss(whom: str, by: Visitor | None, context: Context) -> tuple[str, int]:
    """Remove a member of staff, given by id or address: their role, sessions and keys.

    Return their address and how many keys were revoked. They stay a customer. Raise StaffNotFound,
    StaffChanged, RightsBeyondYours, NotYourself or LastOwner.
    """
    async with transaction(context.once) as session:
        member = await staff.claim(session, whom, context.seen)
        staff.check_rights(by, member.role)
        staff.refuse_oneself(by, member)
        staff.refuse_last_owner(member)
        await staff.dismiss(session, member)
        revoked = await staff.end_access(session, member, context)
        was = Dismissed(member.role)
        await events.append(session, event_types.USER_DISMISSED, member.id, was, context)
        await session.answer(None)
    return member.email, revoked


@use_case
async def invite(draft: StaffInvitationDraft, by: Visitor, context: Context) -> StaffInvitationView:
    """Invite somebody by mail; an earlier invitation of the same address stops working.

    Raise AddressUnusable, RightsBeyondYours or StaffAlready.
    """
    async with transaction(context.once) as session:
        staff.check_rights(by, draft.role)
        view = await invitations.invite(session, draft, context)
        data = StaffInvitationTold(
            id=view.id,
            email=view.email,
            role=view.role,
            locale=context.locale,
            expires_at=view.expires_at,
        )
        event_type = event_types.STAFF_INVITATION_CREATED
        await events.append(session, event_type, view.id, data, context)
        return await session.answer(view)


@use_case
async def withdraw(invitation_id: UUID, by: Visitor, context: Context) -> None:
    """Withdraw an invitation. Raise InvitationNotFound or RightsBeyondYours."""
    async with transaction(context.once) as session:
        role = await invitations.withdraw(session, invitation_id)
        staff.check_rights(by, role)
        event_type = event_types.STAFF_INVITATION_DELETED
        await events.record_deletion(session, event_type, invitation_id, context)


@use_case
async def accept(token: str, given: StaffAcceptance, now: datetime) -> None:
    """Make whoever got an invitation a member of staff, with the password that they choose.

    An account of the address gets the role and the new password, and is logged out everywhere. A
    token works once, also if it is used twice at the same time. Raise InvitationExpired,
    StaffAlready, PasswordTooCommon or TooManyLogins.
    """
    async with reading() as session:
        offer = await invitations.offer(session, token, now)
    name = " ".join(given.name.split())
    passwords.check(given.password, offer.email, name, channels.shop_name())
    async with passwords.hashing_slot():
        password_hash = await passwords.hashed(given.password)
    async with transaction() as session:
        invitation_id, email, role = await invitations.redeem(session, token, now)
        user_id = await users.appoint(session, (email, name, password_hash), role, now)
        await sessions.end_all(session, user_id)
        context = Context(now, by=Actor(ActorKind.STAFF, user_id))
        accepted = StaffInvitationAccepted(user_id=user_id)
        event_type = event_types.STAFF_INVITATION_ACCEPTED
        await events.append(session, event_type, invitation_id, accepted, context)
        appointed = Appointed(role, invited=True)
        await events.append(session, event_types.USER_APPOINTED, user_id, appointed, context)
