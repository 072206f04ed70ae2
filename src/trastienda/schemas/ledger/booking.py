"""What is written into the ledger: amounts in minor units, debits positive."""

from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from msgspec import Struct

from trastienda.database.models.ledger.ledger import Account, TransactionKind


class TaxedAmount(Struct, frozen=True, kw_only=True):
    """One line of an order, or shipping at one tax rate: what was sold, or is given back of it."""

    line_id: UUID | None
    """None: shipping."""
    quantity: int
    rate: Decimal
    """Per cent."""
    amount: int
    """After discounts, with tax: what the buyer pays for it."""
    tax: int
    """The tax within `amount`."""
    discount: int = 0
    """What promotions took, without tax."""
    gift_card: bool = False
    """Whether gift cards were sold: they are owed, and are no sale before they are used."""


class Entry(NamedTuple):
    """One amount in one account."""

    account: Account
    amount: int
    provider: str | None = None
    country: str | None = None
    rate: Decimal | None = None
    line_id: UUID | None = None
    credit_account_id: UUID | None = None


class Booking(NamedTuple):
    """Entries that belong together and add up to zero."""

    kind: TransactionKind
    key: str
    entries: list[Entry]
