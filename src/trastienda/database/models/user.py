"""People with a login: customers, and staff, who have a role."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model

CATALOGUE = frozenset({"catalogue.read", "catalogue.write"})
STOCK = frozenset({"stock.read", "stock.write"})
ORDERS = frozenset({"orders.read", "orders.write"})
PRICING = frozenset({"pricing.read", "pricing.write"})
CUSTOMERS = frozenset({"customers.read", "customers.write"})
EVENTS = frozenset({"events.read", "webhooks.read", "webhooks.write"})
JOBS = frozenset({"jobs.read", "jobs.write"})
MAIL = frozenset({"mail.read", "mail.write"})
HOUSE = frozenset({"keys.write", "staff.write", "settings.write", "metrics.read"})
TRADE = CATALOGUE | STOCK | ORDERS | PRICING | CUSTOMERS

SCOPES = TRADE | EVENTS | JOBS | MAIL | HOUSE
"""Every permission there is."""


class Role(StrEnum):
    OWNER = "owner"
    MANAGER = "manager"
    EDITOR = "editor"
    WAREHOUSE = "warehouse"
    SUPPORT = "support"


SCOPES_OF: dict[Role, frozenset[str]] = {
    Role.OWNER: SCOPES,
    Role.MANAGER: TRADE | EVENTS | JOBS | MAIL | {"metrics.read"},
    Role.EDITOR: CATALOGUE | PRICING | {"stock.read"},
    Role.WAREHOUSE: STOCK | ORDERS | {"catalogue.read"},
    Role.SUPPORT: ORDERS | CUSTOMERS | {"catalogue.read", "stock.read", "pricing.read"},
}


class User(Identified, Model):
    """Somebody who may log in once the address is verified.

    `email` is stored as `services.users.normalised` makes it. Before verification there is no
    password: each registration keeps its own, so that following the link in a mail can only
    activate the password of the attempt that caused that mail.
    """

    __tablename__ = "users"
    __table_args__ = (
        UniqueConstraint("email"),
        CheckConstraint("char_length(email) BETWEEN 3 AND 254", name="email_length"),
        CheckConstraint("char_length(name) BETWEEN 1 AND 200", name="name_length"),
        CheckConstraint(
            "password_hash IS NULL OR verified_at IS NOT NULL", name="password_after_verification"
        ),
        CheckConstraint("role IS NULL OR verified_at IS NOT NULL", name="role_after_verification"),
    )
    email: Mapped[str]
    name: Mapped[str]
    created_at: Mapped[datetime]
    password_hash: Mapped[str | None] = mapped_column(default=None)
    role: Mapped[Role | None] = mapped_column(default=None)
    verified_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)
