"""Mails: the kinds there are, the merchant's wording, and what became of each."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from trastienda.database.models.mail.sent_mail import LetterState
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.shared.email import Email
from trastienda.schemas.shared.naming import NOT_BLANK


class Audience(StrEnum):
    """The recipient of a letter."""

    CUSTOMER = "customer"
    MERCHANT = "merchant"
    """The `notify_email` of the channel."""
    OWNER = "owner"
    """The person who looks after the webhook that the event is about."""
    STAFF = "staff"
    """The member of staff whom the event is about."""


class LetterKind(StrEnum):
    TRANSACTIONAL = "transactional"
    """The recipient caused it and expects it."""
    REMINDER = "reminder"
    """Sent only with consent, and with a link to unsubscribe."""


Name = Annotated[str, Meta(examples=["order_paid"])]
OneLine = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=200,
        pattern=NOT_BLANK,
        examples=["Order {order_number}"],
    ),
]
Paragraphs = Annotated[
    str,
    Meta(
        max_length=4_000,
        description="Plain text; an empty line begins a new paragraph. Empty: nothing is said.",
        examples=["We have your order {order_number}."],
    ),
]


class WordingDraft(Struct, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Plain text with placeholders such as `{order_number}`; fields left out keep the default."""

    subject: OneLine | None = None
    heading: OneLine | None = None
    intro: Paragraphs | None = None
    closing: Paragraphs | None = None


class WordingView(Struct, kw_only=True):
    id: UUID
    letter: Name
    locale: Locale
    subject: OneLine | None = None
    heading: OneLine | None = None
    intro: Paragraphs | None = None
    closing: Paragraphs | None = None
    version: int


class LetterView(Struct, kw_only=True):
    """A letter that the shop sends by itself."""

    name: Name
    event: Annotated[str, Meta(examples=["order.paid"])]
    """The event that it is about."""
    audience: Audience
    kind: LetterKind
    fields: Annotated[list[str], Meta(examples=[["subject", "heading", "intro", "closing"]])]
    """The texts that a merchant can replace."""
    placeholders: Annotated[list[str], Meta(examples=[["order_number", "shop"]])]
    wordings: list[WordingView]


class LetterList(Struct):
    items: list[LetterView]


class SentLetterView(Struct, kw_only=True):
    """What became of a letter about one event to one address."""

    id: UUID
    event_id: UUID
    letter: Name
    recipient: Email
    locale: Locale
    state: LetterState
    attempts: Annotated[int, Meta(examples=[1])]
    code: Annotated[int | None, Meta(examples=[250])]
    """The reply of the mail server (RFC 5321), if it refused or delayed."""
    status: Annotated[str | None, Meta(examples=["5.1.1"])]
    """The reason, as mail servers number it (RFC 3463)."""
    created_at: datetime
    changed_at: datetime


class SentLetterPage(Struct):
    items: list[SentLetterView]
    next_cursor: str | None


class BounceView(Struct):
    """How many of our letters a report was about, and how many addresses it suppressed."""

    bounced: Annotated[int, Meta(examples=[1])]
    suppressed: Annotated[int, Meta(examples=[1])]


class SuppressionView(Struct, kw_only=True):
    """An address that letters no longer reach."""

    id: UUID
    email: Email
    status: Annotated[str | None, Meta(examples=["5.1.1"])]
    created_at: datetime


class ConsentView(Struct, kw_only=True):
    """Whether the owner of an address agreed to letters other than transactional ones."""

    id: UUID
    email: Email
    granted: bool
    changed_at: datetime


class SuppressionPage(Struct):
    items: list[SuppressionView]
    next_cursor: str | None


class Outcome(Struct, frozen=True):
    """The outcome of an attempt to send."""

    state: LetterState
    code: int | None = None
    status: str | None = None
    gone: bool = False
    """Whether the address is gone for good."""
