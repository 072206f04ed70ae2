"""The states of orders, payments, parcels and returns in words, each with the tone of its badge."""

from enum import StrEnum
from typing import NamedTuple

from trastienda.database.models.draft_orders.draft_order import DraftOrderStatus
from trastienda.database.models.invoices.invoice import InvoiceKind
from trastienda.database.models.orders.fulfilment import FulfilmentState
from trastienda.database.models.orders.order_states import (
    FulfilmentStatus,
    OrderStatus,
    PaymentStatus,
)
from trastienda.database.models.payments.payment import PaymentState
from trastienda.database.models.returns.order_return import ReturnState
from trastienda.schemas.catalogue.product import Sort


class Word(NamedTuple):
    """The English word for a state, and its tone: good, warn, bad, info or none."""

    text: str
    tone: str = ""


def marked(text: str) -> str:
    """Mark a text for the catalogue of translations, which is asked when a page is rendered."""
    return text


WORDS: list[tuple[StrEnum, Word]] = [
    (OrderStatus.OPEN, Word(marked("Open"), "info")),
    (OrderStatus.CANCELLED, Word(marked("Cancelled"), "bad")),
    (PaymentStatus.PENDING, Word(marked("Payment pending"), "warn")),
    (PaymentStatus.AUTHORISED, Word(marked("Authorised"), "info")),
    (PaymentStatus.PARTIALLY_PAID, Word(marked("Partly paid"), "warn")),
    (PaymentStatus.PAID, Word(marked("Paid"), "good")),
    (PaymentStatus.PARTIALLY_REFUNDED, Word(marked("Partly refunded"), "info")),
    (PaymentStatus.REFUNDED, Word(marked("Refunded"), "info")),
    (PaymentStatus.CANCELLED, Word(marked("Not paid"), "")),
    (FulfilmentStatus.UNFULFILLED, Word(marked("Not sent yet"), "warn")),
    (FulfilmentStatus.PARTIAL, Word(marked("Partly sent"), "info")),
    (FulfilmentStatus.FULFILLED, Word(marked("Sent"), "good")),
    (FulfilmentState.READY, Word(marked("Ready for pick-up"), "info")),
    (FulfilmentState.SHIPPED, Word(marked("Shipped"), "info")),
    (FulfilmentState.COLLECTED, Word(marked("Collected"), "good")),
    (FulfilmentState.DELIVERED, Word(marked("Delivered"), "good")),
    (FulfilmentState.CANCELLED, Word(marked("Cancelled"), "bad")),
    (PaymentState.STARTED, Word(marked("Started"), "info")),
    (PaymentState.REQUIRES_ACTION, Word(marked("Waits for the buyer"), "warn")),
    (PaymentState.PROCESSING, Word(marked("Being processed"), "info")),
    (PaymentState.AUTHORISED, Word(marked("Authorised"), "info")),
    (PaymentState.CAPTURED, Word(marked("Captured"), "good")),
    (PaymentState.DECLINED, Word(marked("Declined"), "bad")),
    (PaymentState.VOIDED, Word(marked("Voided"), "")),
    (PaymentState.EXPIRED, Word(marked("Expired"), "")),
    (ReturnState.ASKED, Word(marked("Asked for"), "info")),
    (ReturnState.APPROVED, Word(marked("Approved"), "info")),
    (ReturnState.REFUSED, Word(marked("Refused"), "bad")),
    (ReturnState.WITHDRAWN, Word(marked("Withdrawn"), "")),
    (ReturnState.EXPIRED, Word(marked("Expired"), "")),
    (ReturnState.PART_RECEIVED, Word(marked("Partly received"), "info")),
    (ReturnState.RECEIVED, Word(marked("Received"), "info")),
    (ReturnState.CLOSED, Word(marked("Closed"), "good")),
    (DraftOrderStatus.OPEN, Word(marked("Draft"), "info")),
    (DraftOrderStatus.SENT, Word(marked("Sent to the buyer"), "info")),
    (DraftOrderStatus.COMPLETED, Word(marked("Ordered"), "good")),
    (InvoiceKind.INVOICE, Word(marked("Invoice"), "")),
    (InvoiceKind.CREDIT_NOTE, Word(marked("Credit note"), "")),
]
SORTS = {
    Sort.NEWEST: marked("Newest first"),
    Sort.PRICE: marked("Lowest price first"),
    Sort.PRICE_DESC: marked("Highest price first"),
    Sort.NAME: marked("Name"),
    Sort.RELEVANCE: marked("Best match"),
}
_BY_KIND: dict[tuple[type[StrEnum], str], Word] = {
    (type(state), state.value): word for state, word in WORDS
}


def of(state: StrEnum) -> Word:
    """Return the word for a state. StrEnums of the same value are equal, so their kind decides."""
    return _BY_KIND[type(state), state.value]
