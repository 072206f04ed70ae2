"""The data of events about accounts, keys and groups."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from trastienda.database.models.accounts.user import Role
from trastienda.database.models.shared.text import Locale


class Registered(Struct, kw_only=True):
    """Somebody has registered; the mail with the link goes to them alone."""

    email: str
    name: str
    locale: Locale
    verification: UUID
    """The id of the registration, which grants nothing."""


class Appointed(Struct):
    role: Role
    invited: bool = False
    """Whether they accepted an invitation, and chose their password."""


class RoleChanged(Struct, kw_only=True):
    role: Role
    before: Role


class Suspended(Struct, kw_only=True):
    role: Role
    """The role that they keep."""


class Reinstated(Struct, kw_only=True):
    role: Role


class StaffInvitationTold(Struct, kw_only=True):
    """Somebody is invited; the mail with the link goes to them alone."""

    id: UUID
    email: str
    role: Role
    locale: Locale
    expires_at: datetime


class StaffInvitationAccepted(Struct, kw_only=True):
    user_id: UUID


class Dismissed(Struct):
    role: Role
    """The role that they had."""


class Verified(Struct):
    """No data besides the event itself."""


class PasswordResetRequested(Struct, kw_only=True):
    """Somebody wants a new password for an account; the mail with the link goes to its address."""

    email: str
    locale: Locale
    reset: UUID
    """The id of the request, which grants nothing."""


class PasswordChanged(Struct, kw_only=True):
    """An account has another password; its owner is told by mail."""

    email: str
    locale: Locale
    by_mail: bool
    """Whether with a link from a mail; otherwise with the password before."""


class Membership(Struct):
    user_id: UUID


class KeyMade(Struct, kw_only=True):
    """An API key, without its secret."""

    prefix: str
    name: str
