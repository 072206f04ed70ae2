"""Customers, as staff find and read them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.schemas.accounts.address_book import SavedAddressView
from trastienda.schemas.credit.store_credit import MyStoreCredit
from trastienda.schemas.orders.listing import OrderCard
from trastienda.schemas.shared.actor import Actor
from trastienda.schemas.shared.email import Email
from trastienda.schemas.shared.money import Currency

NoteText = Annotated[
    str, Meta(min_length=1, max_length=4_000, pattern=r"\S", examples=["Prefers to be called."])
]


class Spent(Struct):
    """What a customer has paid in one currency, less what was given back."""

    currency: Currency
    amount: Annotated[int, Meta(description="In the currency's minor unit", examples=[2990])]


class CustomerCard(Struct, kw_only=True):
    """An account with a verified address, and what came of it.

    Orders that were placed without an account, with that address, count as well.
    """

    id: UUID
    email: Email
    name: Annotated[str, Meta(examples=["Ana"])]
    registered_at: datetime
    groups: Annotated[list[str], Meta(description="Their codes.", examples=[["club"]])]
    orders: Annotated[int, Meta(examples=[3])]
    last_order_at: datetime | None
    spent: list[Spent]


class CustomerPage(Struct):
    items: list[CustomerCard]
    next_cursor: str | None


class CustomerNoteDraft(Struct, forbid_unknown_fields=True):
    text: NoteText


class CustomerNoteView(Struct, kw_only=True):
    """What staff wrote down about a customer."""

    id: UUID
    text: NoteText
    at: datetime
    by: Actor


class CustomerNotes(Struct):
    items: list[CustomerNoteView]
    next_cursor: str | None


class CustomerView(CustomerCard, kw_only=True):
    """A customer with what staff need to help them."""

    addresses: list[SavedAddressView]
    notes: list[CustomerNoteView]
    """The newest 20; `/notes` has all."""
    latest_orders: list[OrderCard] | UnsetType = UNSET
    """The newest 10; left out without the scope `orders.read`."""
    store_credit: list[MyStoreCredit] | UnsetType = UNSET
    """Left out without the scope `credit.read`."""


class CustomersWanted(Struct, frozen=True, kw_only=True):
    """Which customers, from where on."""

    limit: int = 24
    cursor: str | None = None
    q: str | None = None
    group: str | None = None


class CustomerExport(Struct):
    """All that is kept about a customer, to be handed to them."""

    account: dict[str, Any]
    addresses: list[dict[str, Any]]
    groups: list[str]
    notes: list[dict[str, Any]]
    sessions: list[dict[str, Any]]
    store_credit: list[dict[str, Any]]
    consents: list[dict[str, Any]]
    letters: list[dict[str, Any]]
    """The emails that were sent to the address in the last 180 days."""
    orders: list[dict[str, Any]]


class Erased(Struct):
    """The account, which has no name any more: forget what you know of it."""

    id: UUID


class CustomerNoted(Struct):
    """A note about a customer; its text is read over the API alone."""

    note_id: UUID
