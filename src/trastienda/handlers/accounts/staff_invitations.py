"""Invitations to become a member of staff: sent by owners, and accepted by who gets the mail."""

from typing import Annotated
from uuid import UUID

from litestar import delete, get, post, put
from litestar.params import FromPath, JSONBody, PathParameter

from trastienda.controllers.accounts import staff
from trastienda.database.db import reading, utcnow
from trastienda.handlers.shared.context import RequestContext
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.accounts.staff import (
    StaffAcceptance,
    StaffInvitationDraft,
    StaffInvitationOffer,
    StaffInvitations,
    StaffInvitationView,
)
from trastienda.services.accounts import invitations

Token = Annotated[str, PathParameter(max_length=100)]


@get()
async def list_staff_invitations() -> StaffInvitations:
    """List the invitations that nobody has accepted yet, the newest first."""
    async with reading() as session:
        return StaffInvitations(await invitations.open_(session, utcnow()))


@post()
async def invite_staff_member(
    visitor: Asking, context: RequestContext, data: JSONBody[StaffInvitationDraft]
) -> StaffInvitationView:
    """Invite somebody by mail to become a member of staff, within seven days.

    You cannot give rights that you do not have yourself. A second invitation of an address replaces
    the first.
    """
    return await staff.invite(data, visitor, context)


@delete()
async def withdraw_staff_invitation(
    visitor: Asking, context: RequestContext, invitation_id: FromPath[UUID]
) -> None:
    """Withdraw an invitation: its link stops working."""
    await staff.withdraw(invitation_id, visitor, context)


@get()
async def get_staff_invitation(token: Token) -> StaffInvitationOffer:
    """Read what the invitation in a mail offers."""
    async with reading() as session:
        return await invitations.offer(session, token, utcnow())


@put(status_code=204)
async def accept_staff_invitation(token: Token, data: JSONBody[StaffAcceptance]) -> None:
    """Accept an invitation, with the token of the mail and a password of your own.

    A token works once. An account of the address keeps its name and orders, gets the new password,
    and is logged out everywhere.
    """
    await staff.accept(token, data, utcnow())
