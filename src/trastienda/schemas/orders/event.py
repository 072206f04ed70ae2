"""What events tell of orders."""

from msgspec import UNSET, UnsetType

from trastienda.database.models.shared.text import Locale
from trastienda.schemas.orders.fulfilment import FulfilmentView
from trastienda.schemas.orders.order import OrderView
from trastienda.schemas.shared.money import Sum


class OrderSnapshot(OrderView, kw_only=True):
    """The whole order, as it was when the event happened."""

    locale: Locale
    """The language to talk about it in."""
    fulfilment_number: int | UnsetType = UNSET
    """The parcel that the event is about; left out when it is about none."""


class PaymentRequested(OrderSnapshot, kw_only=True):
    """The order, and what its buyer is asked to pay."""

    amount: Sum
    """What is still to be paid."""


class FulfilmentSnapshot(FulfilmentView, kw_only=True):
    """The parcel and its order, as they were when the event happened."""

    order: OrderView
    email: str
    locale: Locale
    """The language to talk about it in."""
