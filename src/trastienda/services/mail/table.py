"""The table of mails: the event that causes each one, its recipient, and its facts."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import msgspec

from trastienda.database.models.mail.sent_mail import PAYMENT_REMINDER
from trastienda.schemas.carts.reminder import CartAbandoned
from trastienda.schemas.invoices.invoice import InvoiceTold
from trastienda.schemas.mail.mail import Audience, LetterKind
from trastienda.services.mail import fitting, samples
from trastienda.services.mail.facts import draft_orders, gift_cards, orders, payments, returned
from trastienda.services.mail.rendering import Facts, Rendering
from trastienda.services.orders import access as order_access
from trastienda.services.shared import currencies


class Subject(NamedTuple):
    """What a mail can be about: its frame, its facts, and sample data."""

    frame: str
    """The templates `templates/{frame}.mjml` and `.txt`."""
    facts: Callable[[Facts, Rendering], Facts]
    """Makes the facts for the templates from the event's data."""
    placeholders: tuple[str, ...]
    """The facts that merchants may name in their wording: plain text. `shop` is always one."""
    sample: Facts
    """Event data for previews."""


class Mail(NamedTuple):
    """A kind of mail; `templates/{locale}/{name}.jinja` holds its default wording."""

    name: str
    event: str
    about: Subject
    why: str
    """The entry in `templates/{locale}/words.jinja` that says why the recipient gets this mail."""
    audience: Audience = Audience.CUSTOMER
    kind: LetterKind = LetterKind.TRANSACTIONAL
    also: str | None = None
    """A second event that may cause this mail."""
    unanswered: bool = False
    """Whether it is sent only when the system, not the customer's own request, caused the event."""
    fits: Callable[[Facts], bool] = lambda _: True
    """Whether an event's data calls for this mail."""
    ignores_suppression: bool = False
    """Whether it is tried again at an address that bounced, because somebody has just typed it
    in."""


def _of_address(data: Facts, rendering: Rendering) -> Facts:
    """Return the facts for a mail that confirms an address: nothing that was typed into the form.

    Anybody can register any address, and must not be able to send it text through the shop.
    """
    return _with_token("verify", data, rendering) | {"see": "confirm", "instead": "or_code"}


def _of_reset(data: Facts, rendering: Rendering) -> Facts:
    """Return the facts for a mail with which a password is chosen."""
    facts = _with_token("reset-password", data, rendering)
    return facts | {"see": "choose_password", "instead": "or_reset_code"}


def _of_invitation(data: Facts, rendering: Rendering) -> Facts:
    """Return the facts for a mail with which somebody becomes a member of staff."""
    return _with_token("join", data, rendering) | {"see": "accept", "instead": "or_join_code"}


def _with_token(page: str, data: Facts, rendering: Rendering) -> Facts:
    """Return a token that is used once, and the link to the storefront's page that takes it."""
    token, storefront = data["token"], rendering.mail_settings.storefront
    return {"token": token, "link": f"{storefront}/{page}?token={token}" if storefront else None}


def _of_nothing(_: Facts, __: Rendering) -> Facts:
    return {"link": None}


def _of_cart(data: Facts, rendering: Rendering) -> Facts:
    """Return the facts of an abandoned cart; the link opens a new cart without any address."""
    mail_settings, locale, _ = rendering
    cart, token = msgspec.convert(data, CartAbandoned), data["token"]
    money = partial(currencies.written, currency=cart.currency, locale=locale)
    link = f"{mail_settings.storefront}/cart?restore={token}" if mail_settings.storefront else None
    return {
        "cart": cart,
        "money": money,
        "token": token,
        "link": link,
        "cart_total": money(cart.totals.total),
    }


def _of_invoice(data: Facts, rendering: Rendering) -> Facts:
    """Return the facts of an invoice, with a link that opens its PDF."""
    mail_settings, locale, at = rendering
    invoice = msgspec.convert(data, InvoiceTold)
    token = order_access.token_for(invoice.order_id, at)
    address = f"{mail_settings.api}/v1/orders/{invoice.order_id}/invoices/{invoice.id}/pdf"
    return {
        "invoice_number": invoice.number,
        "invoice_total": currencies.written(invoice.total, invoice.currency, locale),
        "order_number": invoice.order_number,
        "see": "see_invoice",
        "link": f"{address}?access_token={token}",
    }


def _of_gift_card(data: Facts, rendering: Rendering) -> Facts:
    """Return the facts of a gift card; the link is to the front page of the storefront."""
    link = rendering.mail_settings.storefront
    return gift_cards.facts(data, rendering.locale) | {"see": "shop_now", "link": link}


def _of_webhook(data: Facts, _: Rendering) -> Facts:
    return {"webhook": data, "webhook_host": data["host"], "link": None}


NAMES = ("amount_due", "due_at", "name", "order_number", "order_total", "placed_on")
ORDER = Subject("order", orders.of_order, NAMES, samples.ORDER)
READY_PARCEL = Subject("order", orders.of_ready_parcel, NAMES, samples.READY_PARCEL)
PAYMENT_REQUEST = Subject(
    "order", orders.of_payment_request, (*NAMES, "payment_amount"), samples.PAYMENT_REQUEST
)
EDITED_ORDER = Subject(
    "order",
    orders.of_edited_order,
    (*NAMES, "payment_amount", "refund_amount"),
    samples.EDITED_ORDER,
)
DRAFT_ORDER = Subject(
    "order",
    draft_orders.of_draft_order,
    ("due_at", "name", "order_total"),
    samples.DRAFT_ORDER,
)
EXPIRED_DRAFT_ORDER = DRAFT_ORDER._replace(facts=draft_orders.of_expired)
NEW_ORDER = ORDER._replace(facts=orders.of_new_order)
ADDRESS = Subject("verify", _of_address, (), samples.ADDRESS)
RESET = ADDRESS._replace(facts=_of_reset)
INVITATION = ADDRESS._replace(facts=_of_invitation)
CART = Subject("cart", _of_cart, ("cart_total",), samples.CART)
RETURN_NAMES = (
    "deduction_amount",
    "exchange_due",
    "exchange_number",
    "expires_on",
    "instructions",
    "label_reference",
    "order_number",
    "reason",
    "refund_amount",
    "refusal",
    "return_number",
)
RETURN = Subject("return", returned.facts, RETURN_NAMES, samples.RETURN)
NEW_RETURN = RETURN._replace(facts=returned.for_merchant)
PAYMENT = Subject("note", payments.of_payment, ("payment_amount",), samples.PAYMENT)
HELD = Subject("note", payments.of_held, ("due_at", "payment_amount"), samples.HELD)
DISPUTE = Subject(
    "note",
    payments.of_dispute,
    ("dispute_reason", "due_at", "payment_amount"),
    samples.DISPUTE,
)
REFUND = Subject("note", payments.of_refund, ("order_number", "refund_amount"), samples.REFUND)
INVOICED = ("invoice_number", "invoice_total", "order_number")
INVOICE = Subject("note", _of_invoice, INVOICED, samples.INVOICE)
GIFT_CARD = Subject(
    "gift_card",
    _of_gift_card,
    ("expires_on", "from_name", "gift_card_balance", "message"),
    samples.GIFT_CARD,
)
WEBHOOK = Subject("note", _of_webhook, ("webhook_host",), samples.WEBHOOK)
NOTE = Subject("note", _of_nothing, (), {})

GIFT_CARD_CODE = "gift_card"
REMINDER = "cart_reminder"
REPEATED = "user.registration_repeated"
_MAILS = (
    Mail("order_placed", "order.placed", ORDER, "why"),
    Mail("order_paid", "order.paid", ORDER, "why", fits=fitting.paid),
    Mail("order_fulfilled", "order.fulfilled", ORDER, "why", fits=fitting.is_on_its_way),
    Mail("order_ready", "fulfilment.ready", READY_PARCEL, "why"),
    Mail("refund_succeeded", "refund.succeeded", REFUND, "why"),
    Mail("return_requested", "return.requested", RETURN, "why", fits=fitting.by_customer),
    Mail(
        "new_return",
        "return.requested",
        NEW_RETURN,
        "why_new_order",
        Audience.MERCHANT,
        fits=fitting.by_customer,
    ),
    Mail("return_approved", "return.approved", RETURN, "why"),
    Mail("return_refused", "return.refused", RETURN, "why"),
    Mail("return_received", "return.received", RETURN, "why"),
    Mail("return_exchanged", "return.exchanged", RETURN, "why"),
    Mail("return_closed", "return.closed", RETURN, "why"),
    Mail("return_expired", "return.expired", RETURN, "why"),
    Mail("order_cancelled", "order.cancelled", ORDER, "why", fits=fitting.called_off),
    Mail("order_expired", "order.cancelled", ORDER, "why", fits=fitting.expired),
    Mail(PAYMENT_REMINDER, "order.payment_reminded", ORDER, "why"),
    Mail("draft_order", "draft_order.sent", DRAFT_ORDER, "why_draft_order"),
    Mail(
        "draft_order_reminder",
        "draft_order.reminded",
        DRAFT_ORDER,
        "why_draft_order",
        fits=fitting.sent_somewhere,
    ),
    Mail(
        "draft_order_expired",
        "draft_order.expired",
        EXPIRED_DRAFT_ORDER,
        "why_draft_order",
        fits=fitting.sent_somewhere,
    ),
    Mail("order_edited", "order.edited", EDITED_ORDER, "why"),
    Mail("payment_request", "order.payment_requested", PAYMENT_REQUEST, "why"),
    Mail("order_link", "order.link_wanted", ORDER, "why_link"),
    Mail("invoice_issued", "invoice.issued", INVOICE, "why", fits=fitting.is_invoice),
    Mail("credit_note_issued", "invoice.issued", INVOICE, "why", fits=fitting.is_credit_note),
    Mail(GIFT_CARD_CODE, "gift_card.sent", GIFT_CARD, "why_gift_card"),
    Mail("payment_declined", "payment.declined", PAYMENT, "why_payment", unanswered=True),
    Mail("authorisation_ends", "payment.expiring", HELD, "why_new_order", Audience.MERCHANT),
    Mail("payment_disputed", "payment.disputed", DISPUTE, "why_new_order", Audience.MERCHANT),
    Mail("dispute_closed", "payment.dispute_closed", DISPUTE, "why_new_order", Audience.MERCHANT),
    Mail("new_order", "order.placed", NEW_ORDER, "why_new_order", Audience.MERCHANT),
    Mail(
        "verify", "user.registered", ADDRESS, "why_account", also=REPEATED, ignores_suppression=True
    ),
    Mail(
        "password_reset",
        "user.password_reset_requested",
        RESET,
        "why_known",
        ignores_suppression=True,
    ),
    Mail("password_changed", "user.password_changed", NOTE, "why_known"),
    Mail("known_already", REPEATED, NOTE, "why_account"),
    Mail(REMINDER, "cart.abandoned", CART, "why_reminder", kind=LetterKind.REMINDER),
    Mail("webhook_resting", "webhook.resting", WEBHOOK, "why_webhook", Audience.OWNER),
    Mail("webhook_disabled", "webhook.disabled", WEBHOOK, "why_webhook", Audience.OWNER),
    Mail(
        "appointed",
        "user.appointed",
        NOTE,
        "why_staff",
        Audience.STAFF,
        fits=fitting.is_no_invitation,
    ),
    Mail(
        "staff_invitation",
        "staff_invitation.created",
        INVITATION,
        "why_invited",
        ignores_suppression=True,
    ),
)
MAILS = {mail.name: mail for mail in _MAILS}
TYPES = frozenset(mail.event for mail in _MAILS)
"""The event types that cause a mail."""


def about(event: str) -> list[Mail]:
    """Return the mails that a type of event may cause."""
    return [mail for mail in _MAILS if event in {mail.event, mail.also}]


def placeholders(mail: Mail) -> list[str]:
    """Return the names of the placeholders that a merchant may use in a mail."""
    return sorted({*mail.about.placeholders, "shop"})
