"""Store credit: what customers have to spend, as staff and as they themselves see it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from trastienda.schemas.credit.amounts import Balance, Change, Held, MovementView, Reason
from trastienda.schemas.shared.email import Email
from trastienda.schemas.shared.money import Currency, Sum


class StoreCreditDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    """What a customer is given; or loses, if it is negative. Name them by address or by id."""

    email: Email | None = None
    user_id: UUID | None = None
    currency: Currency | None = None
    """The channel's default without one."""
    amount: Change
    reason: Reason


class StoreCreditTold(Struct, kw_only=True):
    """Store credit as events tell of it."""

    id: UUID
    version: int
    customer_id: UUID | None
    """null once the account is gone."""
    email: Email | None
    currency: Currency
    balance: Balance
    created_at: datetime


class StoreCreditView(StoreCreditTold, kw_only=True):
    held: Held


class StoreCreditDetail(StoreCreditView, kw_only=True):
    movements: list[MovementView]
    """What has changed the balance, the newest first: the last 100."""


class StoreCreditPage(Struct):
    items: list[StoreCreditView]
    next_cursor: str | None


class MyStoreCredit(Struct, kw_only=True):
    currency: Currency
    available: Annotated[Sum, Meta(description="What a checkout can be paid with now")]


class MyStoreCredits(Struct):
    items: list[MyStoreCredit]
