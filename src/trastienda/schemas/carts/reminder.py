"""Reminders of abandoned carts."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from trastienda.database.models.shared.text import Locale
from trastienda.schemas.pricing.pricing import Totals
from trastienda.schemas.shared.email import Email
from trastienda.schemas.shared.line import LineView
from trastienda.schemas.shared.money import Currency


class ReminderDraft(Struct, forbid_unknown_fields=True):
    """The buyer to remind of this cart if it is abandoned; they have agreed to it."""

    email: Email


class RestoreDraft(Struct, forbid_unknown_fields=True):
    token: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=256,
            description="The token of the link in the mail.",
            examples=["019abc…"],
        ),
    ]


class AbandonedCart(Struct, kw_only=True):
    """A cart that is due for a reminder."""

    id: UUID
    """The id of the reminder. The cart's own id is a secret and not published."""
    cart_id: str
    email: str
    locale: Locale
    customer_id: UUID | None = None


class CartAbandoned(Struct, kw_only=True):
    """The data of the event about an abandoned cart, without its secret id and addresses."""

    email: str
    locale: Locale
    currency: Currency
    lines: list[LineView]
    totals: Totals
