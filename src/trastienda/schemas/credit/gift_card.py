"""Gift cards, as staff issue and read them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.database.models.credit.account import GiftCardStatus
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.credit.amounts import Balance, Held, MovementView, Worth
from trastienda.schemas.shared.address import Country
from trastienda.schemas.shared.email import Email
from trastienda.schemas.shared.money import Currency

GiftCardNote = Annotated[
    str, Meta(max_length=2_000, description="For staff", examples=["Prize of the raffle"])
]
ExpiresAt = Annotated[datetime, Meta(tz=True, examples=["2029-12-31T23:00:00Z"])]
LastCharacters = Annotated[str, Meta(description="The end of the code", examples=["7MKQ"])]
Code = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=64,
        description="Case, spaces and hyphens do not matter.",
        examples=["K7XM-2RQT-9WPA-7MKQ"],
    ),
]


class GiftCardBalance(Struct, kw_only=True):
    """What whoever has the code of a gift card may know of it."""

    last_characters: LastCharacters | None
    currency: Currency
    available: Annotated[int, Meta(description="What it can pay", examples=[5000])]
    """0 if it has expired."""
    expires_at: datetime | None


class GiftCardRecipient(Struct, forbid_unknown_fields=True, kw_only=True):
    """Who gets the code by email, and in which language; null: in the channel's."""

    email: Email
    locale: Locale | None = None


class GiftCardsDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    amount: Worth
    currency: Currency | None = None
    """The channel's default without one."""
    expires_at: ExpiresAt | UnsetType | None = UNSET
    """null: never. Left out: after the months that the channel has set for the country."""
    country: Country | None = None
    """Whose months those are; the channel's `tax_country` without one."""
    note: GiftCardNote | None = None


class GiftCardDraft(GiftCardsDraft, kw_only=True):
    """A gift card to be issued. Without a recipient, the answer has its code."""

    recipient: GiftCardRecipient | None = None


class GiftCardsWanted(GiftCardsDraft, kw_only=True):
    """Many gift cards of the same amount, to be printed: the answer has their codes."""

    count: Annotated[int, Meta(ge=1, le=1_000, examples=[2])]


class GiftCardPatch(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays as it is."""

    disabled: Annotated[bool, Meta(examples=[True])] | UnsetType = UNSET
    expires_at: ExpiresAt | UnsetType | None = UNSET
    """null: never. What had expired can be used again."""
    note: GiftCardNote | UnsetType | None = UNSET


class GiftCardTold(Struct, kw_only=True):
    """A gift card as events tell of it: never its code."""

    id: UUID
    version: int
    status: GiftCardStatus
    currency: Currency
    balance: Balance
    initial_amount: Worth
    last_characters: LastCharacters | None
    """null until the first email with its code is written."""
    expires_at: datetime | None
    disabled: bool
    note: GiftCardNote | None
    recipient_email: Email | None
    issued_by: UUID | None
    """The member of staff, or the API key, that issued it."""
    order_id: UUID | None
    """The order that it was sold with."""
    created_at: datetime


class GiftCardView(GiftCardTold, kw_only=True):
    held: Held


class GiftCardWithCode(GiftCardView, kw_only=True):
    """A gift card that was issued just now. The code is shown this once."""

    code: Code | None
    """null if it goes to the recipient by email, or if a repeated request asks for it again."""


class GiftCardDetail(GiftCardView, kw_only=True):
    movements: list[MovementView]
    """What has changed the balance, the newest first: the last 100."""


class GiftCardPage(Struct):
    items: list[GiftCardView]
    next_cursor: str | None


class GiftCardsIssued(Struct):
    items: list[GiftCardWithCode]


class GiftCardSent(GiftCardTold, kw_only=True):
    """A gift card whose code goes to a recipient by email; `send` counts these emails."""

    email: Email
    locale: Locale
    send: int
    message: str | None = None
    """What its buyer says to the recipient."""
    from_name: str | None = None


class GiftCardsListed(Struct, kw_only=True, frozen=True):
    """Which gift cards staff look for."""

    last_characters: str | None = None
    email: str | None = None
    order_id: UUID | None = None
