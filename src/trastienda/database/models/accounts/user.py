"""People with an account: customers, and staff, who have a role."""

from datetime import datetime
from enum import StrEnum
from typing import Literal, get_args

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model

StaffScope = Literal[
    "catalogue.read",
    "catalogue.write",
    "media.read",
    "media.write",
    "stock.read",
    "stock.write",
    "orders.read",
    "orders.write",
    "refunds.write",
    "credit.read",
    "credit.write",
    "returns.read",
    "returns.write",
    "reports.read",
    "invoices.read",
    "invoices.write",
    "pricing.read",
    "pricing.write",
    "customers.read",
    "customers.write",
    "customers.erase",
    "events.read",
    "webhooks.read",
    "webhooks.write",
    "jobs.read",
    "jobs.write",
    "mail.read",
    "mail.write",
    "keys.write",
    "staff.read",
    "staff.write",
    "settings.write",
    "providers.read",
    "providers.write",
    "metrics.read",
]
"""All scopes."""
Scopes = frozenset[StaffScope]

SCOPES: Scopes = frozenset(get_args(StaffScope))
CATALOGUE: Scopes = frozenset({"catalogue.read", "catalogue.write"})
MEDIA: Scopes = frozenset({"media.read", "media.write"})
STOCK: Scopes = frozenset({"stock.read", "stock.write"})
ORDERS: Scopes = frozenset({"orders.read", "orders.write"})
RETURNS: Scopes = frozenset({"returns.read", "returns.write"})
INVOICES: Scopes = frozenset({"invoices.read", "invoices.write"})
PRICING: Scopes = frozenset({"pricing.read", "pricing.write"})
CUSTOMERS: Scopes = frozenset({"customers.read", "customers.write"})
OWNERS_ONLY: Scopes = frozenset({"keys.write", "staff.write", "settings.write", "providers.write"})
"""The scopes that only owners have."""


class Role(StrEnum):
    OWNER = "owner"
    MANAGER = "manager"
    EDITOR = "editor"
    WAREHOUSE = "warehouse"
    SUPPORT = "support"


SCOPES_OF: dict[Role, Scopes] = {
    Role.OWNER: SCOPES,
    Role.MANAGER: SCOPES - OWNERS_ONLY,
    Role.EDITOR: CATALOGUE | MEDIA | PRICING | {"stock.read"},
    Role.WAREHOUSE: STOCK | ORDERS | RETURNS | {"catalogue.read"},
    Role.SUPPORT: ORDERS
    | RETURNS
    | INVOICES
    | CUSTOMERS
    | {"refunds.write", "credit.read", "catalogue.read", "stock.read", "pricing.read"},
}


class User(Identified, Model):
    """A person who can log in once their address is verified.

    `email` is normalised by `services/accounts/users.py`. There is no password before verification:
    each registration keeps its own, so that following the link in a mail can only activate the
    password of the registration that caused it.
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
        Index("ix_users_verified", "id", postgresql_where=text("verified_at IS NOT NULL")),
    )
    email: Mapped[str]
    name: Mapped[str]
    created_at: Mapped[datetime]
    password_hash: Mapped[str | None] = mapped_column(default=None)
    role: Mapped[Role | None] = mapped_column(default=None)
    verified_at: Mapped[datetime | None] = mapped_column(default=None)
    suspended_at: Mapped[datetime | None] = mapped_column(default=None)
    """Since when a member of staff cannot log in; None: they can."""
    version: Mapped[int] = mapped_column(default=1)
