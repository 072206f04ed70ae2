"""Being reminded of a cart."""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from trastienda.database.models.text import Locale
from trastienda.schemas.email import Email
from trastienda.schemas.line import LineView
from trastienda.schemas.money import Currency
from trastienda.schemas.pricing import Totals


class ReminderDraft(Struct, forbid_unknown_fields=True):
    """Whom to remind of this cart, if it is left; they have said yes to that."""

    email: Email


class RestoreDraft(Struct, forbid_unknown_fields=True):
    token: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=256,
            description="Of the link in the mail.",
            examples=["019abc…"],
        ),
    ]


class AbandonedCart(Struct, kw_only=True):
    """A cart that is due for a reminder."""

    id: UUID
    """Of the reminder: the cart's own id opens it, so nobody is told."""
    cart_id: str
    email: str
    locale: Locale
    customer_id: UUID | None = None


class CartAbandoned(Struct, kw_only=True):
    """What events tell of a cart that was left: nothing that opens it, nor where it goes."""

    email: str
    locale: Locale
    currency: Currency
    lines: list[LineView]
    totals: Totals
