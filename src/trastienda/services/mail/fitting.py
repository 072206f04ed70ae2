"""Which of the events of a type a mail is about, by what they tell."""

from typing import Any

from trastienda.database.models.draft_orders.draft_order import DraftOrderStatus
from trastienda.database.models.invoices.invoice import InvoiceKind
from trastienda.database.models.orders.fulfilment import FulfilmentState
from trastienda.database.models.orders.order import CancelReason, PaymentStatus

Facts = dict[str, Any]


def is_invoice(data: Facts) -> bool:
    return bool(data["kind"] == InvoiceKind.INVOICE)


def is_credit_note(data: Facts) -> bool:
    return bool(data["kind"] == InvoiceKind.CREDIT_NOTE)


def expired(data: Facts) -> bool:
    return data.get("cancel_reason") == CancelReason.UNPAID


def paid(data: Facts) -> bool:
    """Say whether all of it is paid: parts are only noted. A part of it may be refunded already."""
    status = data.get("payment_status")
    rest = status == PaymentStatus.PARTIALLY_REFUNDED and data.get("outstanding") == 0
    return rest or status == PaymentStatus.PAID


def called_off(data: Facts) -> bool:
    return not expired(data)


def sent_somewhere(data: Facts) -> bool:
    """Say whether a draft order was sent to its buyer, and says where its goods go."""
    sent = data["status"] == DraftOrderStatus.SENT
    return sent and data["shipping_address"] is not None


def by_customer(data: Facts) -> bool:
    """Say whether a return was asked for by its customer: what staff make they know of."""
    return not data["by_staff"]


def is_on_its_way(data: Facts) -> bool:
    """Say whether it was sent: who picks a parcel up needs no letter about it."""
    number = data.get("fulfilment_number")
    about = (it for it in data.get("fulfilments", ()) if it["number"] == number)
    return all(parcel["status"] != FulfilmentState.COLLECTED for parcel in about)


def is_no_invitation(data: Facts) -> bool:
    """Say whether somebody else made them staff: who accepts an invitation knows."""
    return not data.get("invited")
