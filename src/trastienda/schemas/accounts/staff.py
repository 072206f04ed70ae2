"""Members of staff, and invitations to become one."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from trastienda.database.models.accounts.user import Role
from trastienda.schemas.accounts.user import NameText, PasswordText
from trastienda.schemas.shared.email import Email


class StaffView(Struct, kw_only=True):
    id: UUID
    email: Email
    name: Annotated[str, Meta(examples=["Sam"])]
    role: Role
    suspended_at: datetime | None
    """Since when they cannot log in; null: they can."""
    version: int


class StaffList(Struct):
    items: list[StaffView]
    next_cursor: None = None


class StaffPatch(Struct, forbid_unknown_fields=True):
    role: Role


class StaffInvitationDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    email: Email
    role: Role


class StaffInvitationView(Struct, kw_only=True):
    """An invitation that nobody has accepted yet."""

    id: UUID
    email: Email
    role: Role
    created_at: datetime
    expires_at: datetime


class StaffInvitations(Struct):
    items: list[StaffInvitationView]
    next_cursor: None = None


class StaffInvitationOffer(Struct, kw_only=True):
    """What the link in a mail offers."""

    email: Email
    role: Role
    expires_at: datetime


class StaffAcceptance(Struct, forbid_unknown_fields=True, kw_only=True):
    name: NameText
    """Not used if the address has an account already."""
    password: PasswordText
    """Replaces the one of the account, if there is one."""
