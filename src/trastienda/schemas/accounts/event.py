"""The data of events about accounts, keys and groups."""

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


class Dismissed(Struct):
    role: Role
    """The role that they had."""


class Verified(Struct):
    """No data besides the event itself."""


class Membership(Struct):
    user_id: UUID


class KeyMade(Struct, kw_only=True):
    """An API key, without its secret."""

    prefix: str
    name: str
