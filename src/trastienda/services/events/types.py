"""The catalogue: every type of event, and the shape of its data."""

from typing import NamedTuple

from trastienda.schemas.accounts.customer_group import CustomerGroupView
from trastienda.schemas.accounts.event import (
    Appointed,
    Dismissed,
    KeyMade,
    Membership,
    Registered,
    Verified,
)
from trastienda.schemas.carts.merge import CartExpired, CartMerged
from trastienda.schemas.carts.reminder import CartAbandoned
from trastienda.schemas.catalogue.category_draft import StaffCategoryView
from trastienda.schemas.catalogue.product_draft import StaffProductView
from trastienda.schemas.channels.channel import ChannelView
from trastienda.schemas.credit.gift_card import GiftCardSent, GiftCardTold
from trastienda.schemas.credit.store_credit import StoreCreditTold
from trastienda.schemas.draft_orders.draft_order import DraftOrderView
from trastienda.schemas.events.event import EventType, Gone
from trastienda.schemas.invoices.invoice import InvoiceTold
from trastienda.schemas.invoices.settings import InvoiceSettingsView
from trastienda.schemas.mail.mail import ConsentView, SentLetterView, SuppressionView, WordingView
from trastienda.schemas.order_edits.edit import OrderEdited
from trastienda.schemas.orders.event import FulfilmentSnapshot, OrderSnapshot, PaymentRequested
from trastienda.schemas.orders.note import OrderNoted
from trastienda.schemas.payments.event import PaymentCorrected, PaymentRefusal, PaymentTold
from trastienda.schemas.payments.provider import PaymentProviderTold
from trastienda.schemas.payments.refund import RefundSnapshot
from trastienda.schemas.prices.exchange_rate import ExchangeRateView
from trastienda.schemas.prices.list import PriceListView
from trastienda.schemas.promotions.coupon import CouponView
from trastienda.schemas.promotions.event import CodesInvented
from trastienda.schemas.promotions.promotion import PromotionView
from trastienda.schemas.returns.order_return import ReturnSnapshot
from trastienda.schemas.returns.policy import ReturnPolicyView
from trastienda.schemas.returns.reason import ReturnReasonView
from trastienda.schemas.shipping.option import StaffShippingOptionView
from trastienda.schemas.stock.event import StockChange, StockGone
from trastienda.schemas.stock.location import LocationView
from trastienda.schemas.taxes.tax import TaxClassView, TaxRateView
from trastienda.schemas.taxes.zone import ZoneView
from trastienda.schemas.webhooks.webhook import WebhookState, WebhookTest, WebhookTold

CATALOGUE: dict[str, EventType] = {}
"""All event types by name, in the order in which the documents list them."""


class Resource(NamedTuple):
    """The event types of a record that staff write."""

    created: EventType
    changed: EventType
    deleted: EventType


def _kind(name: str, told: str, data: type) -> EventType:
    return CATALOGUE.setdefault(name, EventType(name=name, told=told, data=data))


def _resource(name: str, words: str, view: type) -> Resource:
    return Resource(
        _kind(f"{name}.created", f"Staff made {words}.", view),
        _kind(f"{name}.changed", f"Staff changed {words}.", view),
        _kind(f"{name}.deleted", f"Staff deleted {words}.", Gone),
    )


ORDER_PLACED = _kind("order.placed", "A cart became an order.", OrderSnapshot)
ORDER_PAID = _kind("order.paid", "The money for an order has come.", OrderSnapshot)
ORDER_AUTHORISED = _kind(
    "order.authorised",
    "The money for an order that was placed unpaid is held, and will be captured.",
    OrderSnapshot,
)
ORDER_PAYMENT_REQUESTED = _kind(
    "order.payment_requested",
    "Staff ask the buyer of an order to pay it: the link goes by mail.",
    PaymentRequested,
)
ORDER_FULFILLED = _kind(
    "order.fulfilled", "Something of an order was sent or picked up.", OrderSnapshot
)
ORDER_FULFILMENT_CHANGED = _kind(
    "order.fulfilment_changed",
    "A parcel of an order was made ready, delivered, changed or cancelled.",
    OrderSnapshot,
)
FULFILMENT_CREATED = _kind("fulfilment.created", "Staff made a parcel.", FulfilmentSnapshot)
FULFILMENT_CHANGED = _kind(
    "fulfilment.changed",
    "Staff changed the carrier, tracking or label of a parcel.",
    FulfilmentSnapshot,
)
FULFILMENT_READY = _kind(
    "fulfilment.ready", "A parcel waits for its buyer to pick it up.", FulfilmentSnapshot
)
FULFILMENT_COLLECTED = _kind(
    "fulfilment.collected", "A buyer has picked a parcel up.", FulfilmentSnapshot
)
FULFILMENT_DELIVERED = _kind(
    "fulfilment.delivered", "A parcel has reached its buyer.", FulfilmentSnapshot
)
FULFILMENT_CANCELLED = _kind(
    "fulfilment.cancelled",
    "A parcel that was ready to be picked up was unpacked.",
    FulfilmentSnapshot,
)
ORDER_REFUNDED = _kind(
    "order.refunded",
    "Money of an order was promised back, or that promise was taken back.",
    OrderSnapshot,
)
REFUND_CREATED = _kind("refund.created", "Staff granted a refund.", RefundSnapshot)
REFUND_SUCCEEDED = _kind(
    "refund.succeeded", "All the money of a refund is on its way to the buyer.", RefundSnapshot
)
REFUND_FAILED = _kind(
    "refund.failed",
    "A payment provider refused a refund, or a bank returned its money.",
    RefundSnapshot,
)
REFUND_WITHDRAWN = _kind(
    "refund.withdrawn", "Staff gave up a refund that its provider had refused.", RefundSnapshot
)
ORDER_EDITED = _kind(
    "order.edited",
    "Staff changed what an order contains, where it goes, or what it costs.",
    OrderEdited,
)
ORDER_RETURN_CHANGED = _kind(
    "order.return_changed",
    "A return of an order was asked for or has changed, or it replaces one.",
    OrderSnapshot,
)
RETURN_REQUESTED = _kind(
    "return.requested", "Somebody wants to return goods of an order.", ReturnSnapshot
)
RETURN_APPROVED = _kind("return.approved", "Staff let the goods of a return come.", ReturnSnapshot)
RETURN_REFUSED = _kind("return.refused", "Staff refused a return.", ReturnSnapshot)
RETURN_WITHDRAWN = _kind(
    "return.withdrawn", "A return was given up before anything had arrived.", ReturnSnapshot
)
RETURN_RECEIVED = _kind("return.received", "Goods of a return have arrived.", ReturnSnapshot)
RETURN_CLOSED = _kind(
    "return.closed",
    "What arrived of a return is settled; nothing more is expected.",
    ReturnSnapshot,
)
RETURN_EXPIRED = _kind(
    "return.expired", "Nothing of an approved return arrived in time.", ReturnSnapshot
)
ORDER_CANCELLED = _kind(
    "order.cancelled", "An order was called off, or was not paid in time.", OrderSnapshot
)
ORDER_PAYMENT_REMINDED = _kind(
    "order.payment_reminded",
    "The buyer of an unpaid order is told when it will be cancelled.",
    OrderSnapshot,
)
ORDER_PAYMENT_DUE_CHANGED = _kind(
    "order.payment_due_changed",
    "Staff gave an unpaid order another time to be paid, or no end.",
    OrderSnapshot,
)
ORDER_LINK_WANTED = _kind(
    "order.link_wanted", "Somebody wants a new link to an order, by mail.", OrderSnapshot
)
ORDER_TAGGED = _kind("order.tagged", "Staff gave an order other tags.", OrderSnapshot)
ORDER_NOTED = _kind("order.noted", "Staff wrote a note about an order.", OrderNoted)
INVOICE_ISSUED = _kind(
    "invoice.issued", "An invoice or a credit note is issued, and can be fetched.", InvoiceTold
)
INVOICE_CANCELLED = _kind(
    "invoice.cancelled", "Staff said that an invoice was issued in error.", InvoiceTold
)
INVOICE_SETTINGS_CHANGED = _kind(
    "invoice_settings.changed",
    "Staff changed the seller, the series or the moment of invoices.",
    InvoiceSettingsView,
)
PAYMENT_DECLINED = _kind("payment.declined", "A try to pay was refused.", PaymentRefusal)
PAYMENT_AUTHORISED = _kind(
    "payment.authorised", "The money of an order is held, and will be captured.", PaymentTold
)
PAYMENT_CAPTURED = _kind("payment.captured", "Money held, or late, was captured.", PaymentTold)
PAYMENT_VOIDED = _kind("payment.voided", "The money of an order is held no more.", PaymentTold)
PAYMENT_EXPIRED = _kind("payment.expired", "A payment or authorisation has ended.", PaymentTold)
PAYMENT_EXPIRING = _kind(
    "payment.expiring", "An authorisation ends within a day: capture it before.", PaymentTold
)
PAYMENT_CORRECTED = _kind(
    "payment.corrected",
    "A provider says otherwise of a payment than was noted; it was put right.",
    PaymentCorrected,
)
GIFT_CARD_ISSUED = _kind("gift_card.issued", "A gift card was issued.", GiftCardTold)
GIFT_CARD_CHANGED = _kind("gift_card.changed", "A gift card, or its code, changed.", GiftCardTold)
GIFT_CARD_MOVED = _kind(
    "gift_card.balance_changed", "The balance of a gift card has changed.", GiftCardTold
)
GIFT_CARD_EXPIRED = _kind("gift_card.expired", "A gift card has expired.", GiftCardTold)
GIFT_CARD_SENT = _kind("gift_card.sent", "The code of a gift card goes by email.", GiftCardSent)
STORE_CREDIT = _kind("store_credit.changed", "Store credit has changed.", StoreCreditTold)
CART_ABANDONED = _kind(
    "cart.abandoned", "A cart was left by who wants to be reminded of it.", CartAbandoned
)
CART_MERGED = _kind("cart.merged", "Two carts of a customer became one.", CartMerged)
CART_EXPIRED = _kind(
    "cart.expired", "A cart with an e-mail address was deleted, unchanged for long.", CartExpired
)
STOCK_CHANGED = _kind("stock.changed", "A location holds or owes more or less.", StockChange)
STOCK_GONE = _kind("stock.gone", "A location keeps a variant no more.", StockGone)
USER_REGISTERED = _kind("user.registered", "Somebody asked for an account.", Registered)
USER_REGISTERED_AGAIN = _kind(
    "user.registration_repeated", "An address that has an account was registered.", Registered
)
USER_VERIFIED = _kind("user.verified", "Somebody proved that an address is theirs.", Verified)
USER_APPOINTED = _kind("user.appointed", "Somebody became a member of staff.", Appointed)
USER_DISMISSED = _kind(
    "user.dismissed", "Somebody is a member of staff no longer, but a customer.", Dismissed
)
PRODUCT = _resource("product", "a product", StaffProductView)
DRAFT_ORDER = _resource("draft_order", "a draft order", DraftOrderView)
DRAFT_ORDER_SENT = _kind(
    "draft_order.sent", "Staff sent a draft order to its buyer.", DraftOrderView
)
DRAFT_ORDER_COMPLETED = _kind(
    "draft_order.completed", "A draft order became an order.", DraftOrderView
)
CATEGORY = _resource("category", "a category", StaffCategoryView)
PRICE_LIST = _resource("price_list", "a price list", PriceListView)
PROMOTION = _resource("promotion", "a promotion", PromotionView)
EXCHANGE_RATE_SET = _kind("exchange_rate.set", "Staff set an exchange rate.", ExchangeRateView)
EXCHANGE_RATE_DELETED = _kind("exchange_rate.deleted", "Staff deleted an exchange rate.", Gone)
CODES_INVENTED = _kind(
    "promotion.codes_invented", "A promotion got many codes at once.", CodesInvented
)
COUPON = _resource("coupon", "a code of a promotion", CouponView)
CUSTOMER_GROUP = _resource("customer_group", "a group of customers", CustomerGroupView)
GROUP_JOINED = _kind(
    "customer_group.joined", "An account came into a group of customers.", Membership
)
GROUP_LEFT = _kind("customer_group.left", "An account left a group of customers.", Membership)
CHANNEL_CHANGED = _kind("channel.changed", "Staff changed a storefront's settings.", ChannelView)
RETURN_REASON = _resource("return_reason", "a reason for returns", ReturnReasonView)
RETURN_POLICY_CHANGED = _kind(
    "return_policy.changed", "Staff changed the policy of returns.", ReturnPolicyView
)
MAIL_RESENT = _kind("letter.resent", "Staff let a letter be sent once more.", SentLetterView)
MAIL_CONSENT_GRANTED = _kind(
    "mail_consent.granted", "Somebody wants reminders at an address.", ConsentView
)
MAIL_CONSENT_WITHDRAWN = _kind(
    "mail_consent.withdrawn", "The owner of an address wants no more reminders.", ConsentView
)
MAIL_SUPPRESSION_CREATED = _kind(
    "mail_suppression.created",
    "A mail server said that nothing will ever reach an address.",
    SuppressionView,
)
MAIL_SUPPRESSION_DELETED = _kind(
    "mail_suppression.deleted", "Staff let letters go to an address again.", Gone
)
MAIL_WORDING = _resource("letter_wording", "words of their own for a letter", WordingView)
LOCATION = _resource("location", "a place that keeps stock", LocationView)
SHIPPING_OPTION = _resource("shipping_option", "a way of shipping", StaffShippingOptionView)
ZONE = _resource("zone", "a zone", ZoneView)
TAX_CLASS = _resource("tax_class", "a tax class", TaxClassView)
TAX_RATE = _resource("tax_rate", "a tax rate", TaxRateView)
KEY_CREATED = _kind("api_key.created", "A program got a key.", KeyMade)
KEY_REVOKED = _kind("api_key.revoked", "A key was taken back.", KeyMade)
PAYMENT_PROVIDER = _resource("payment_provider", "a payment provider", PaymentProviderTold)
PAYMENT_PROVIDER_CREDENTIALS_CHANGED = _kind(
    "payment_provider.credentials_changed",
    "A payment provider got other credentials.",
    PaymentProviderTold,
)
WEBHOOK = _resource("webhook", "a webhook", WebhookTold)
WEBHOOK_ROTATED = _kind("webhook.rotated", "A webhook got a new secret.", WebhookTold)
WEBHOOK_DISABLED = _kind(
    "webhook.disabled", "A webhook failed for days or is gone, and gets nothing more.", WebhookTold
)
WEBHOOK_RESTING = _kind(
    "webhook.resting",
    "A webhook has failed for hours, and is tried only now and then.",
    WebhookTold,
)
WEBHOOK_TROUBLES = {
    WebhookState.DISABLED: WEBHOOK_DISABLED,
    WebhookState.RESTING: WEBHOOK_RESTING,
}
WEBHOOK_TEST = EventType(
    name="webhook.test", told="Staff try a webhook, and nothing has happened.", data=WebhookTest
)
"""Sent to one webhook, and not part of the feed, so not in the catalogue. `/asyncapi.json` lists it
as a message of webhooks only."""
