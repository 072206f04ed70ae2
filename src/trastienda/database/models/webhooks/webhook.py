"""Webhooks: where events are sent, which events, and every delivery and attempt."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model


class Disabled(StrEnum):
    """Why the shop itself disabled an endpoint."""

    FAILING = "failing"
    GONE = "gone"
    """It answered 410."""


class DeliveryState(StrEnum):
    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"
    """Given up."""


class Trouble(StrEnum):
    """Why an attempt failed."""

    ADDRESS_REFUSED = "address_refused"
    """The name resolves to an address that is not public."""
    NAME_NOT_FOUND = "name_not_found"
    CONNECTION_FAILED = "connection_failed"
    TLS_FAILED = "tls_failed"
    TIMEOUT = "timeout"
    REDIRECTED = "redirected"
    GONE = "gone"
    REFUSED = "refused"
    """Any other status that is not 2xx."""
    BAD_ANSWER = "bad_answer"
    """The answer is not valid HTTP."""
    SECRET_UNREADABLE = "secret_unreadable"  # noqa: S105 - a word
    """The shop's secret is not the one that sealed the endpoint's: rotate the endpoint's secret."""
    EVENT_FORGOTTEN = "event_forgotten"
    """The event is older than the retention."""


class Webhook(Identified, Model):
    """An endpoint that events are sent to."""

    __tablename__ = "webhooks"
    __table_args__ = (
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("failures >= 0", name="failures"),
        CheckConstraint("cardinality(types) > 0", name="types"),
        CheckConstraint("(failures = 0) = (failing_since IS NULL)", name="failing_since"),
        CheckConstraint("disabled IS NULL OR NOT active", name="disabled_is_not_active"),
        CheckConstraint(
            "(previous_secret IS NULL) = (previous_until IS NULL)", name="previous_until"
        ),
    )
    url: Mapped[str]
    types: Mapped[list[str]] = mapped_column(ARRAY(String))
    """`order.placed`, `order.*`, or `*`."""
    description: Mapped[str]
    owner_email: Mapped[str]
    """The address that is told when the endpoint is disabled."""
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    """Sealed; see `services/shared/tokens.py`."""
    created_at: Mapped[datetime]
    previous_secret: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    previous_until: Mapped[datetime | None] = mapped_column(default=None)
    """Until then, the previous secret signs too."""
    ordered: Mapped[bool] = mapped_column(default=False)
    """Whether a delivery waits until the one before it is delivered or given up."""
    active: Mapped[bool] = mapped_column(default=True)
    disabled: Mapped[Disabled | None] = mapped_column(default=None)
    failures: Mapped[int] = mapped_column(default=0)
    """Failed attempts since the last success."""
    failing_since: Mapped[datetime | None] = mapped_column(default=None)
    resting_until: Mapped[datetime | None] = mapped_column(default=None)
    """It rests until then, when one attempt is made."""
    version: Mapped[int] = mapped_column(default=1)

    def reset_failures(self) -> None:
        """Clear the failures, after staff have changed the endpoint."""
        self.failures, self.failing_since = 0, None
        self.resting_until = self.disabled = None


class WebhookDelivery(Model):
    """An event on its way to an endpoint. The database makes ids: one statement inserts many."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        UniqueConstraint("webhook_id", "number"),
        CheckConstraint(
            f"(state = '{DeliveryState.PENDING}') = (ended_at IS NULL)", name="ended_at"
        ),
        CheckConstraint("attempts >= 0 AND failures >= 0", name="counts"),
        Index(
            "ix_webhook_deliveries_due",
            "webhook_id",
            "due_at",
            postgresql_where=text(f"state = '{DeliveryState.PENDING}'"),
        ),
        Index(
            "ix_webhook_deliveries_queue",
            "webhook_id",
            "number",
            postgresql_where=text(f"state = '{DeliveryState.PENDING}'"),
        ),
        Index(
            "ix_webhook_deliveries_leased",
            "webhook_id",
            postgresql_where=text("leased_until IS NOT NULL"),
        ),
        Index(
            "ix_webhook_deliveries_ended_at",
            "ended_at",
            postgresql_where=text("ended_at IS NOT NULL"),
        ),
    )
    id: Mapped[UUID] = mapped_column(
        primary_key=True, server_default=text("gen_random_uuid()"), init=False
    )
    number: Mapped[int] = mapped_column(Identity(always=True), init=False)
    """The order in which deliveries were queued, and in which ordered endpoints get them."""
    webhook_id: Mapped[UUID] = mapped_column(ForeignKey("webhooks.id", ondelete="CASCADE"))
    event_id: Mapped[UUID]
    """The `webhook-id`. Not a foreign key, because the event may be deleted before this row."""
    type: Mapped[str]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    body: Mapped[str | None] = mapped_column(default=None)
    """Of a test only: the body of an event is made from the event itself."""
    state: Mapped[DeliveryState] = mapped_column(default=DeliveryState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    """Attempts begun; the number of the last one identifies the current lease."""
    failures: Mapped[int] = mapped_column(default=0)
    """Failed attempts that delayed the next one."""
    leased_until: Mapped[datetime | None] = mapped_column(default=None)
    """Until then, one worker alone may send it."""
    ended_at: Mapped[datetime | None] = mapped_column(default=None)


class WebhookAttempt(Model):
    """One attempt. A number is missing where a worker died."""

    __tablename__ = "webhook_attempts"
    __table_args__ = (CheckConstraint("number > 0", name="number"),)
    delivery_id: Mapped[UUID] = mapped_column(
        ForeignKey("webhook_deliveries.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    milliseconds: Mapped[int]
    request_headers: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """Without the signature."""
    status: Mapped[int | None] = mapped_column(default=None)
    answer: Mapped[str | None] = mapped_column(default=None)
    """The beginning of the answer's body."""
    trouble: Mapped[Trouble | None] = mapped_column(default=None)
