"""Lists of orders: what is asked for, and what is shown of each."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from trastienda.database.models.orders.order import FulfilmentStatus, OrderStatus, PaymentStatus
from trastienda.schemas.shared.money import Currency, Sum


class OrderSort(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    TOTAL = "total"
    """The smallest total first."""
    LARGEST = "-total"


class OrderCard(Struct):
    id: UUID
    number: str
    status: OrderStatus
    payment_status: PaymentStatus
    fulfilment_status: FulfilmentStatus
    currency: Currency
    email: str
    total: Sum
    placed_at: datetime


class OrderPage(Struct):
    items: list[OrderCard]
    next_cursor: str | None


class OrdersWanted(Struct, frozen=True, kw_only=True):
    """Which orders, from where on."""

    limit: int = 24
    cursor: str | None = None
    sort: OrderSort | None = None
    """None: the newest first, or the largest where totals are bounded."""
    owner: UUID | None = None
    """An account: its orders, and the guest orders of its verified address."""
    q: str | None = None
    """A number, an email address, or words of a name."""
    number: int | None = None
    customer_id: UUID | None = None
    email: str | None = None
    name: str | None = None
    """Words of the name in the shipping or the billing address."""
    sku: str | None = None
    tag: str | None = None
    status: OrderStatus | None = None
    payment_status: PaymentStatus | None = None
    fulfilment_status: FulfilmentStatus | None = None
    placed_from: datetime | None = None
    placed_until: datetime | None = None
    """Not included."""
    currency: str | None = None
    total_min: int | None = None
    total_max: int | None = None
