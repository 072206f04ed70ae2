"""Gift cards that are sold: who gets them."""

from typing import Annotated

from msgspec import Meta, Struct

from trastienda.database.models.shared.text import Locale
from trastienda.schemas.shared.email import Email
from trastienda.schemas.shared.naming import NOT_BLANK

GiftMessage = Annotated[
    str, Meta(max_length=1_000, description="Plain text", examples=["Happy birthday!"])
]
GiverName = Annotated[
    str,
    Meta(
        max_length=100,
        pattern=NOT_BLANK,
        description="Who the mail says that the gift card is from",
        examples=["Ada"],
    ),
]


class GiftRecipient(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """Who gets the codes of gift cards by email; null: in the language of the order."""

    email: Email
    message: GiftMessage | None = None
    from_name: GiverName | None = None
    locale: Locale | None = None


class GiftCardLine(Struct, frozen=True, kw_only=True):
    """What is particular to a line of gift cards."""

    recipient: GiftRecipient | None = None
    """null: the buyer gets them."""
