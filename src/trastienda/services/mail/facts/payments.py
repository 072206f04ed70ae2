"""The facts of mails about payments and refunds, and the link to where an order is paid."""

from datetime import datetime
from uuid import UUID

from babel import Locale as Language

from trastienda.database.models.payments.dispute import DisputeState
from trastienda.database.models.payments.payment import EXCHANGE
from trastienda.database.models.payments.refund import RefundDestination
from trastienda.services.mail.rendering import Facts, MailSettings, Rendering, moment, orders_page
from trastienda.services.orders import access as order_access
from trastienda.services.shared import currencies
from trastienda.services.shared.hostile_text import unlinked


def payment_page(mail_settings: MailSettings, order_id: UUID, since: datetime) -> str:
    """Return the link to where an order is paid; without a front-end it leads to the order."""
    page = "/pay" if mail_settings.storefront else ""
    token = order_access.token_for(order_id, since)
    return f"{orders_page(mail_settings)}/{order_id}{page}?access_token={token}"


def of_payment(data: Facts, rendering: Rendering) -> Facts:
    """Return the facts of a payment that failed; its cart, or its order, is unchanged."""
    mail_settings, locale, at = rendering
    paid = currencies.written(data["amount"], currency=data["currency"], locale=locale)
    if order_id := data.get("order_id"):
        link = payment_page(mail_settings, UUID(order_id), at)
        return {"payment_amount": paid, "of_order": True, "see": "pay", "link": link}
    cart = f"{mail_settings.storefront}/cart" if mail_settings.storefront else None
    return {"payment_amount": paid, "of_order": False, "see": "back", "link": cart}


def of_held(data: Facts, rendering: Rendering) -> Facts:
    """Say until when money can be captured. The link opens nothing by itself."""
    mail_settings, locale, _ = rendering
    ends = moment(datetime.fromisoformat(data["capture_before"]), Language.parse(locale.value))
    return {
        "payment_amount": currencies.written(data["amount"], data["currency"], locale),
        "due_at": ends,
        "see": "see_admin",
        "link": f"{mail_settings.api}/v1/admin/orders/{data['order_id']}",
    }


def of_dispute(data: Facts, rendering: Rendering) -> Facts:
    """Say what a buyer's bank demands back, and until when to answer."""
    mail_settings, locale, _ = rendering
    ends = data["respond_by"]
    language = Language.parse(locale.value)
    link = f"{mail_settings.api}/v1/admin/orders/{data['order_id']}" if data["order_id"] else None
    return {
        "payment_amount": currencies.written(data["amount"], data["currency"], locale),
        "dispute_reason": unlinked(data["reason"]),
        "dispute_lost": data["status"] == DisputeState.LOST,
        "withdrawn": data["withdrawn"],
        "due_at": moment(datetime.fromisoformat(ends), language) if ends else "",
        "see": "see_admin",
        "link": link,
    }


def of_refund(data: Facts, rendering: Rendering) -> Facts:
    """Say how much is paid back; the order it is of is one click away."""
    mail_settings, locale, at = rendering
    moved = (it for it in data.get("transfers", ()) if it["provider"] == EXCHANGE)
    amount = data["amount"] - sum(it["amount"] for it in moved)
    paid_back = currencies.written(amount, currency=data["currency"], locale=locale)
    link = None
    if data["order_id"] is not None:
        token = order_access.token_for(UUID(data["order_id"]), at)
        link = f"{orders_page(mail_settings)}/{data['order_id']}?access_token={token}"
    return {
        "refund_amount": paid_back,
        "to_store_credit": data.get("to") == RefundDestination.STORE_CREDIT,
        "order_number": data["number"],
        "see": "see",
        "link": link,
    }
