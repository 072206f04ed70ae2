"""Money that the shop owes to whom it was promised: gift cards, and customers' store credit."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model
from trastienda.errors import Conflict, Invalid, NotFound, Stale

CODE_SHOWN = 4
"""How many characters of a code are kept, so that people can tell cards apart."""


class CreditKind(StrEnum):
    GIFT_CARD = "gift_card"
    """Whoever knows its code may pay with it."""
    STORE_CREDIT = "store_credit"
    """The customer whose account it is may pay with it."""


class GiftCardStatus(StrEnum):
    """How a gift card stands, as staff see it."""

    ACTIVE = "active"
    USED = "used"
    """Nothing is left on it."""
    EXPIRED = "expired"
    DISABLED = "disabled"


_CARD = f"kind = '{CreditKind.GIFT_CARD}'"


class CreditAccount(Identified, Model):
    """A gift card, or a customer's store credit in one currency.

    Its balance changes only by statements that check it, each with a row of `CreditMovement` and
    entries in the ledger; a deferred trigger holds that the three agree.
    """

    __tablename__ = "credit_accounts"
    __table_args__ = (
        CheckConstraint("held BETWEEN 0 AND balance", name="held"),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("initial_amount > 0", name="initial_amount"),
        CheckConstraint(f"({_CARD}) = (initial_amount IS NOT NULL)", name="gift_card"),
        CheckConstraint("(code_digest IS NULL) = (last_characters IS NULL)", name="code"),
        CheckConstraint("(order_line_id IS NULL) = (unit IS NULL)", name="sold"),
        Index(
            "uq_credit_accounts_unit",
            "order_line_id",
            "unit",
            unique=True,
            postgresql_where=text("order_line_id IS NOT NULL"),
        ),
        Index(
            "uq_credit_accounts_customer",
            "customer_id",
            "currency",
            unique=True,
            postgresql_where=text("customer_id IS NOT NULL"),
        ),
        Index("ix_credit_accounts_kind", "kind", "id"),
        Index(None, "last_characters", "id", postgresql_where=text("last_characters IS NOT NULL")),
        Index(None, "recipient_key", "id", postgresql_where=text("recipient_key IS NOT NULL")),
        Index(None, "expires_at", postgresql_where=text("balance > held")),
    )
    kind: Mapped[CreditKind]
    currency: Mapped[str] = mapped_column(String(3))
    created_at: Mapped[datetime]
    balance: Mapped[int] = mapped_column(default=0, server_default="0")
    """What can still be paid with it, in minor units, and what is held."""
    held: Mapped[int] = mapped_column(default=0, server_default="0")
    """The part of the balance that checkouts under way have been promised."""
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    customer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), default=None
    )
    """Whose store credit it is; None for gift cards, and once the account is gone."""
    code_digest: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True, default=None)
    """The keyed hash of a gift card's code; None until there is one."""
    last_characters: Mapped[str | None] = mapped_column(String(CODE_SHOWN), default=None)
    """The end of the code."""
    initial_amount: Mapped[int | None] = mapped_column(default=None)
    """What a gift card was issued with, in minor units."""
    expires_at: Mapped[datetime | None] = mapped_column(default=None)
    disabled_at: Mapped[datetime | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)
    """For staff."""
    recipient_email: Mapped[str | None] = mapped_column(default=None)
    """Who gets the code of a gift card by email."""
    recipient_key: Mapped[str | None] = mapped_column(default=None)
    """The same as `services.accounts.users.normalised` writes it."""
    sends: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often its code was asked to be sent: only the newest email about it is written."""
    issued_by: Mapped[UUID | None] = mapped_column(default=None)
    """The member of staff, or the key, that issued it."""
    order_line_id: Mapped[UUID | None] = mapped_column(default=None)
    """The line of the order that it was sold with."""
    unit: Mapped[int | None] = mapped_column(default=None)
    """Which unit of that line it is, from 1: each is issued once."""


class GiftCardNotFound(NotFound):
    """There is no such gift card."""


class GiftCardChanged(Stale):
    """The gift card has changed since you read it."""


class GiftCardUnknown(Invalid):
    """No gift card with this code can be used."""


class GiftCardExpired(Invalid):
    """This gift card has expired."""


class GiftCardInOtherCurrency(Invalid):
    """This gift card is in another currency than the cart."""


class GiftCardsFull(Conflict):
    """A cart holds at most 10 gift cards."""


class GiftCardNotInCart(NotFound):
    """This gift card is not in the cart."""


class GiftCardDisabled(Conflict):
    """This gift card is disabled."""


class GiftCardUsed(Conflict):
    """A gift card can be refunded while all that it was sold for is on it; this one was used."""


class GiftCardExpiryUnusable(Invalid):
    """A gift card expires at a time that is to come."""


class StoreCreditNotFound(NotFound):
    """There is no such store credit."""


class StoreCreditChanged(Stale):
    """The store credit has changed since you read it."""


class BalanceTooLow(Conflict):
    """This is more than the balance that is not held by a checkout."""


class CreditSpent(Conflict):
    """A gift card or the store credit does not hold this much any more; read the cart again."""
