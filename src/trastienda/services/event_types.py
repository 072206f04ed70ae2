"""The catalogue: every kind of event there is, and what it tells."""

from typing import NamedTuple

from trastienda.schemas.category_draft import StaffCategoryView
from trastienda.schemas.channel import ChannelView
from trastienda.schemas.coupon import CouponView
from trastienda.schemas.customer_group import CustomerGroupView
from trastienda.schemas.event import (
    Appointed,
    CodesInvented,
    EventType,
    Gone,
    KeyMade,
    Membership,
    OrderSnapshot,
    PaymentRefusal,
    Registered,
    StockChange,
    StockGone,
    Verified,
)
from trastienda.schemas.exchange_rate import ExchangeRateView
from trastienda.schemas.letter import (
    ConsentView,
    SentLetterView,
    SuppressionView,
    WordingView,
)
from trastienda.schemas.location import LocationView
from trastienda.schemas.price_list import PriceListView
from trastienda.schemas.product_draft import StaffProductView
from trastienda.schemas.promotion import PromotionView
from trastienda.schemas.reminder import CartAbandoned
from trastienda.schemas.shipping_option import StaffShippingOptionView
from trastienda.schemas.tax import TaxClassView, TaxRateView
from trastienda.schemas.webhook import WebhookState, WebhookTest, WebhookTold
from trastienda.schemas.zone import ZoneView

CATALOGUE: dict[str, EventType] = {}
"""By name, in the order in which the documents list them."""


class Resource(NamedTuple):
    """What happens to anything that staff write."""

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
ORDER_FULFILLED = _kind("order.fulfilled", "Something of an order was sent.", OrderSnapshot)
ORDER_CANCELLED = _kind("order.cancelled", "An order was called off.", OrderSnapshot)
PAYMENT_DECLINED = _kind("payment.declined", "A try to pay was refused.", PaymentRefusal)
CART_ABANDONED = _kind(
    "cart.abandoned", "A cart was left by who wants to be reminded of it.", CartAbandoned
)
STOCK_CHANGED = _kind("stock.changed", "A location holds or owes more or less.", StockChange)
STOCK_GONE = _kind("stock.gone", "A location keeps a variant no more.", StockGone)
USER_REGISTERED = _kind("user.registered", "Somebody asked for an account.", Registered)
USER_REGISTERED_AGAIN = _kind(
    "user.registration_repeated", "An address that has an account was registered.", Registered
)
USER_VERIFIED = _kind("user.verified", "Somebody proved that an address is theirs.", Verified)
USER_APPOINTED = _kind("user.appointed", "Somebody became a member of staff.", Appointed)
PRODUCT = _resource("product", "a product", StaffProductView)
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
LETTER_RESENT = _kind("letter.resent", "Staff let a letter be sent once more.", SentLetterView)
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
LETTER_WORDING = _resource("letter_wording", "words of their own for a letter", WordingView)
LOCATION = _resource("location", "a place that keeps stock", LocationView)
SHIPPING_OPTION = _resource("shipping_option", "a way of shipping", StaffShippingOptionView)
ZONE = _resource("zone", "a zone", ZoneView)
TAX_CLASS = _resource("tax_class", "a tax class", TaxClassView)
TAX_RATE = _resource("tax_rate", "a tax rate", TaxRateView)
KEY_CREATED = _kind("api_key.created", "A program got a key.", KeyMade)
KEY_REVOKED = _kind("api_key.revoked", "A key was taken back.", KeyMade)
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
"""It is sent to one webhook and stands in no feed, so it is not in the catalogue. `/asyncapi.json`
has it as a message of the webhooks only."""
