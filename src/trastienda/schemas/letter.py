"""Letters: what kinds there are, the merchant's words in them, and what became of each."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from trastienda.database.models.sent_letter import LetterState
from trastienda.database.models.text import Locale
from trastienda.schemas.email import Email


class Audience(StrEnum):
    """Whom a letter is for."""

    CUSTOMER = "customer"
    MERCHANT = "merchant"
    """The `notify_email` of the channel."""
    OWNER = "owner"
    """Whoever looks after the webhook that the event is about."""
    STAFF = "staff"
    """The member of staff whom the event is about."""


class LetterKind(StrEnum):
    TRANSACTIONAL = "transactional"
    """Somebody caused it and waits for it."""
    REMINDER = "reminder"
    """Only with consent, and with a way to want no more."""


Name = Annotated[str, Meta(examples=["order_paid"])]
OneLine = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=200,
        pattern=r"\A[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*\Z",
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
    """Plain text with placeholders such as `{order_number}`; what is left out is ours."""

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
    """A letter that the shop writes by itself."""

    name: Name
    event: Annotated[str, Meta(examples=["order.paid"])]
    """What it is about."""
    audience: Audience
    kind: LetterKind
    fields: Annotated[list[str], Meta(examples=[["subject", "heading", "intro", "closing"]])]
    """What a merchant can put into words of their own."""
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
    """Why, as mail servers number it (RFC 3463)."""
    created_at: datetime
    changed_at: datetime


class SentLetterPage(Struct):
    items: list[SentLetterView]
    next_cursor: str | None


class BounceView(Struct):
    """How many of our letters a report was about, and how many addresses are dead since."""

    bounced: Annotated[int, Meta(examples=[1])]
    suppressed: Annotated[int, Meta(examples=[1])]


class SuppressionView(Struct, kw_only=True):
    """An address that nothing reaches."""

    id: UUID
    email: Email
    status: Annotated[str | None, Meta(examples=["5.1.1"])]
    created_at: datetime


class ConsentView(Struct, kw_only=True):
    """Whether the owner of an address wants letters that they did not cause."""

    id: UUID
    email: Email
    granted: bool
    changed_at: datetime


class SuppressionPage(Struct):
    items: list[SuppressionView]
    next_cursor: str | None


class Outcome(Struct, frozen=True):
    """How sending went."""

    state: LetterState
    code: int | None = None
    status: str | None = None
    gone: bool = False
    """Nothing will ever reach this address."""
