from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, LargeBinary, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model
from trastienda.errors import Conflict, Invalid, NotFound, Stale


class ProviderMode(StrEnum):
    """Whether real money moves."""

    LIVE = "live"
    TEST = "test"


class PaymentProvider(Identified, Model):
    """An account at a payment provider, with the credentials by which the shop uses it."""

    __tablename__ = "payment_providers"
    __table_args__ = (CheckConstraint("version > 0", name="version"),)
    name: Mapped[str] = mapped_column(unique=True)
    """What payments, URLs and the ledger call it. It never changes."""
    kind: Mapped[str]
    mode: Mapped[ProviderMode]
    key_id: Mapped[str]
    """Under which of the shop's keys the credentials are encrypted."""
    credentials: Mapped[bytes] = mapped_column(LargeBinary)
    """A JSON object, encrypted by AES-256-GCM for this row alone."""
    hints: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """Which credentials are set, each with its last characters."""
    created_at: Mapped[datetime]
    options: Mapped[dict[str, Any]] = mapped_column(JSONB, default_factory=dict)
    enabled: Mapped[bool] = mapped_column(default=True)
    """Whether it takes new payments; those that it has taken go on in any case."""
    channels: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)
    """Slugs; empty means all. So do the two below."""
    countries: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)
    """ISO 3166-1 alpha-2, of the billing address."""
    currencies: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)
    position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)


class PaymentProviderNotFound(NotFound):
    """There is no such payment provider."""


class PaymentProviderChanged(Stale):
    """The payment provider has changed since you read it."""


class PaymentProviderNameTaken(Conflict):
    """Another payment provider has this name."""


class PaymentProviderInUse(Conflict):
    """This provider has taken payments: disable it, and it takes no more."""


class PaymentProvidersFull(Conflict):
    """A shop has at most 50 payment providers."""


class ProviderKindUnknown(Invalid):
    """There is no such kind of payment provider."""


class ProviderFieldUnknown(Invalid):
    """This kind of payment provider has no such field."""


class ProviderFieldMissing(Invalid):
    """This kind of payment provider needs this field."""


class ProviderFieldUnusable(Invalid):
    """This does not have the form that this kind of payment provider uses."""


class ChannelUnknown(Invalid):
    """The shop has no such channel."""
