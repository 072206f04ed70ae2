"""What is sent and received.

Written by `make clients` from the shop's OpenAPI document: do not edit it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from msgspec import UNSET, UnsetType, field

from trastienda_client.models import Model, Word


class ActorKind(Word):
    CUSTOMER = "customer"
    GUEST = "guest"
    KEY = "key"
    STAFF = "staff"
    SYSTEM = "system"


class Audience(Word):
    """The recipient of a letter."""

    CUSTOMER = "customer"
    MERCHANT = "merchant"
    OWNER = "owner"
    STAFF = "staff"


class CancelReason(Word):
    """Why an order was cancelled."""

    STAFF = "staff"
    UNPAID = "unpaid"


class CaptureMode(Word):
    """When the money of a payment is taken."""

    FULFILMENT = "fulfilment"
    MANUAL = "manual"
    PAYMENT = "payment"


class CartMerge(Word):
    """What becomes of a visitor's cart and their customer's at login."""

    ASK = "ask"
    KEEP_NEWEST = "keep_newest"
    SUM = "sum"


class CreditKind(Word):
    GIFT_CARD = "gift_card"
    STORE_CREDIT = "store_credit"


class CrossBorder(Word):
    """What stays the same when another country's rate applies to a price that includes tax."""

    SAME_GROSS = "same_gross"
    SAME_NET = "same_net"


class DeliveryState(Word):
    DELIVERED = "delivered"
    FAILED = "failed"
    PENDING = "pending"


class Disabled(Word):
    """Why the shop itself disabled an endpoint."""

    FAILING = "failing"
    GONE = "gone"


class Disposition(Word):
    """What becomes of units that came back."""

    RESTOCK = "restock"
    WRITE_OFF = "write_off"


class DisputeState(Word):
    """How a dispute stands, in the provider's words."""

    CLOSED = "closed"
    INQUIRY = "inquiry"
    LOST = "lost"
    NEEDS_RESPONSE = "needs_response"
    UNDER_REVIEW = "under_review"
    WON = "won"


class DraftOrderStatus(Word):
    COMPLETED = "completed"
    OPEN = "open"
    SENT = "sent"


class FulfilmentState(Word):
    """How far one parcel is."""

    CANCELLED = "cancelled"
    COLLECTED = "collected"
    DELIVERED = "delivered"
    READY = "ready"
    SHIPPED = "shipped"


class FulfilmentStatus(Word):
    FULFILLED = "fulfilled"
    PARTIALLY_FULFILLED = "partially_fulfilled"
    UNFULFILLED = "unfulfilled"


class GiftCardStatus(Word):
    """How a gift card stands, as staff see it."""

    ACTIVE = "active"
    DISABLED = "disabled"
    EXPIRED = "expired"
    USED = "used"


class ImportCancelReason(Word):
    NOT_ALLOWED = "not_allowed"
    REQUESTED = "requested"


class ImportState(Word):
    CANCELLED = "cancelled"
    CHECKED = "checked"
    CHECKING = "checking"
    FINISHED = "finished"
    RUNNING = "running"


class InvoiceKind(Word):
    CREDIT_NOTE = "credit_note"
    INVOICE = "invoice"


class InvoiceMoment(Word):
    """When an order gets its invoice."""

    FULFILLED = "fulfilled"
    MANUAL = "manual"
    PAID = "paid"
    PLACED = "placed"


class JobStatus(Word):
    ABORTED = "aborted"
    CANCELLED = "cancelled"
    DOING = "doing"
    FAILED = "failed"
    SUCCEEDED = "succeeded"
    TODO = "todo"


class LegalKind(Word):
    """What a legal page is about, in the order in which the footer lists them."""

    IMPRINT = "imprint"
    PRIVACY = "privacy"
    SHIPPING = "shipping"
    TERMS = "terms"
    WITHDRAWAL = "withdrawal"


class LetterKind(Word):
    REMINDER = "reminder"
    TRANSACTIONAL = "transactional"


class LetterState(Word):
    """How far a letter has come."""

    BOUNCED = "bounced"
    DELAYED = "delayed"
    QUEUED = "queued"
    REFUSED = "refused"
    SENT = "sent"
    SUPPRESSED = "suppressed"


class Locale(Word):
    EN = "en"
    ES = "es"


class MediaFailure(Word):
    """Why no files could be made."""

    ANIMATED = "animated"
    LOST = "lost"
    TOO_COMPLEX = "too_complex"
    TOO_MANY_PIXELS = "too_many_pixels"
    UNREADABLE = "unreadable"


class MediaState(Word):
    FAILED = "failed"
    PROCESSING = "processing"
    READY = "ready"


class MergeChoice(Word):
    """What becomes of two carts."""

    KEEP_NEWEST = "keep_newest"
    KEEP_OTHER = "keep_other"
    KEEP_THIS = "keep_this"
    SUM = "sum"


class MergeOutcome(Word):
    MERGED = "merged"
    NOTHING = "nothing"
    UNDECIDED = "undecided"


class MovementKind(Word):
    """Why a balance has changed."""

    ADJUSTED = "adjusted"
    EXPIRED = "expired"
    ISSUED = "issued"
    REFUNDED = "refunded"
    REINSTATED = "reinstated"
    SPENT = "spent"
    TAKEN_BACK = "taken_back"


class OrderSort(Word):
    NEWEST = "newest"
    OLDEST = "oldest"
    TOTAL = "total"
    TOTAL_DESCENDING = "-total"


class OrderStatus(Word):
    CANCELLED = "cancelled"
    OPEN = "open"


class Part(Word):
    """Which of the two parts of the letter."""

    HTML = "html"
    TEXT = "text"


class PaymentState(Word):
    """How far a payment is."""

    AUTHORISED = "authorised"
    DECLINED = "declined"
    EXPIRED = "expired"
    PENDING = "pending"
    PROCESSING = "processing"
    REQUIRES_ACTION = "requires_action"
    SUCCEEDED = "succeeded"
    VOIDED = "voided"


class PaymentStatus(Word):
    """Follows from what was captured and what was refunded."""

    AUTHORISED = "authorised"
    CANCELLED = "cancelled"
    PAID = "paid"
    PARTIALLY_PAID = "partially_paid"
    PARTIALLY_REFUNDED = "partially_refunded"
    PENDING = "pending"
    REFUNDED = "refunded"


class PromotionKind(Word):
    BUY_X_GET_Y = "buy_x_get_y"
    CHEAPEST_UNIT = "cheapest_unit"
    FIXED_PRICE = "fixed_price"
    FREE_GIFT = "free_gift"
    ITEM_FIXED = "item_fixed"
    ITEM_PERCENT = "item_percent"
    ORDER_FIXED = "order_fixed"
    ORDER_PERCENT = "order_percent"
    ORDER_TIERED = "order_tiered"
    SHIPPING_FIXED = "shipping_fixed"
    SHIPPING_PERCENT = "shipping_percent"


class ProviderMode(Word):
    """Whether real money moves."""

    LIVE = "live"
    TEST = "test"


class Reason(Word):
    """The reasons for stock movements: those of staff, and four of orders."""

    CORRECTION = "correction"
    DAMAGED = "damaged"
    FULFILLED = "fulfilled"
    LOST = "lost"
    RECEIVED = "received"
    RECOUNT = "recount"
    RELEASED = "released"
    RESERVED = "reserved"
    RETURNED = "returned"
    WRITTEN_OFF = "written_off"


class RefundDestination(Word):
    """Where the money of a refund goes."""

    PAYMENT = "payment"
    STORE_CREDIT = "store_credit"


class RefundReason(Word):
    """Why money goes back, as the merchant's reports group it."""

    CANCELLED = "cancelled"
    DAMAGED = "damaged"
    DUPLICATE = "duplicate"
    FRAUDULENT = "fraudulent"
    GOODWILL = "goodwill"
    LATE_PAYMENT = "late_payment"
    NOT_DELIVERED = "not_delivered"
    OTHER = "other"
    OUT_OF_STOCK = "out_of_stock"
    REQUESTED_BY_CUSTOMER = "requested_by_customer"
    RETURNED = "returned"
    WRONG_ITEM = "wrong_item"


class ReturnState(Word):
    """How far one return is."""

    APPROVED = "approved"
    ASKED = "asked"
    CLOSED = "closed"
    EXPIRED = "expired"
    PART_RECEIVED = "part_received"
    RECEIVED = "received"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Role(Word):
    EDITOR = "editor"
    MANAGER = "manager"
    OWNER = "owner"
    SUPPORT = "support"
    WAREHOUSE = "warehouse"


class Rounding(Word):
    """Where tax is rounded, half up."""

    DOCUMENT = "document"
    LINE = "line"
    UNIT = "unit"


class RowOutcome(Word):
    """What a row would do when it was checked, or has done."""

    CHANGED = "changed"
    FAILED = "failed"
    NEW = "new"
    UNCHANGED = "unchanged"


class ShippingRefund(Word):
    """When the price of the outward shipping is paid back."""

    NEVER = "never"
    WHOLE_ORDER = "whole_order"


class ShippingTax(Word):
    """How shipping is taxed."""

    CLASS = "class"
    SHARED = "shared"


class Sort(Word):
    NEWEST = "newest"
    PRICE = "price"
    PRICE_DESCENDING = "-price"
    NAME = "name"
    RELEVANCE = "relevance"


class StaffReason(Word):
    """The reasons for stock movements that staff can give."""

    CORRECTION = "correction"
    DAMAGED = "damaged"
    LOST = "lost"
    RECEIVED = "received"
    RECOUNT = "recount"
    RETURNED = "returned"


class Tariff(Word):
    """What the price of a shipping option depends on."""

    COURIER = "courier"
    FIRST_ADDITIONAL = "first_additional"
    FLAT = "flat"
    PER_ITEM = "per_item"
    SUBTOTAL = "subtotal"
    WEIGHT = "weight"


class TaxOutside(Word):
    """What is charged where no zone applies."""

    EXPORT = "export"
    FLAT = "flat"


class TaxSource(Word):
    """The source of tax rates."""

    FLAT = "flat"
    SERVICE = "service"
    ZONES = "zones"


class TimelineSort(Word):
    NEWEST = "newest"
    OLDEST = "oldest"


class TransferState(Word):
    """How far the money of a refund is on its way through one payment."""

    ASKED = "asked"
    CANCELLED = "cancelled"
    DONE = "done"
    PENDING = "pending"
    REFUSED = "refused"
    SENT = "sent"


class Trigger(Word):
    """What makes a promotion apply."""

    AUTOMATIC = "automatic"
    CATALOGUE = "catalogue"
    COUPON = "coupon"


class Trouble(Word):
    """Why an attempt failed."""

    ADDRESS_REFUSED = "address_refused"
    BAD_ANSWER = "bad_answer"
    CONNECTION_FAILED = "connection_failed"
    EVENT_FORGOTTEN = "event_forgotten"
    GONE = "gone"
    NAME_NOT_FOUND = "name_not_found"
    REDIRECTED = "redirected"
    REFUSED = "refused"
    SECRET_UNREADABLE = "secret_unreadable"
    TIMEOUT = "timeout"
    TLS_FAILED = "tls_failed"


class VerifactuMode(Word):
    """Whether invoices are chained for the Spanish tax agency."""

    DISABLED = "disabled"
    ENABLED = "enabled"
    TEST = "test"


class WebhookState(Word):
    ACTIVE = "active"
    DISABLED = "disabled"
    PAUSED = "paused"
    RESTING = "resting"


class Acceptance(Model, kw_only=True):
    expected_total: int | None = None


class Actor(Model, kw_only=True):
    type: ActorKind
    id: UUID | None = None


class AddedLine(Model, kw_only=True):
    """Units of something that is for sale now, as a line of its own."""

    sku: str
    quantity: int
    unit_price: int | None = None


class Address(Model, kw_only=True):
    """A postal address."""

    name: str
    line1: str
    line2: str | None = None
    city: str
    postal_code: str | None = None
    region: str | None = None
    country: str
    """ISO 3166-1 alpha-2."""
    phone: str | None = None


class Adjustment(Model, kw_only=True):
    amount: int
    """In the currency's minor unit: given, or taken if it is negative; not 0."""
    reason: str
    """For staff."""


class ApiKeyDraft(Model, kw_only=True):
    """A key needs a role or at least one scope."""

    name: str
    """One line that is not blank."""
    role: Role | None = None
    scopes: list[Any] | None = None
    expires_at: datetime | None = None
    staff: UUID | None = None


class ApiKeyMade(Model, kw_only=True):
    """The only answer with the key: repeating the request by its idempotency key omits it."""

    id: UUID
    prefix: str
    """Identifies the key."""
    name: str
    """One line that is not blank."""
    role: Role | None
    scopes: list[Any]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    staff: str | None
    made_by: str | None
    maker_left: bool
    key: str | None = None


class ApiKeyView(Model, kw_only=True):
    id: UUID
    prefix: str
    """Identifies the key."""
    name: str
    """One line that is not blank."""
    role: Role | None
    scopes: list[Any]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    staff: str | None
    made_by: str | None
    maker_left: bool


class ApiKeys(Model, kw_only=True):
    """The keys that are not revoked, the newest first."""

    items: list[ApiKeyView]
    next_cursor: None = None


class AreaDraft(Model, kw_only=True):
    """A country, or only a region of it, or only some of its postal codes."""

    country: str
    """ISO 3166-1 alpha-2."""
    region: str | None = None
    postal_code: str | None = None


class AttemptView(Model, kw_only=True):
    number: int
    at: datetime
    milliseconds: int
    request_headers: dict[str, Any]
    status: int | None
    answer: str | None
    trouble: Trouble | None


class BounceView(Model, kw_only=True):
    """How many of our letters a report was about, and how many addresses it suppressed."""

    bounced: int
    suppressed: int


class BulkFulfilment(Model, kw_only=True):
    orders: list[UUID]


class BulkProblem(Model, kw_only=True):
    type: str
    title: str


class BulkResult(Model, kw_only=True):
    """What came of one order."""

    id: UUID
    status: int
    """As if it had been asked alone."""
    problem: BulkProblem | None = None


class BulkResults(Model, kw_only=True):
    """In the order of the request, each order once."""

    items: list[BulkResult]


class BulkTags(Model, kw_only=True):
    orders: list[UUID]
    add: list[str] | None = None
    remove: list[str] | None = None


class CancellationDraft(Model, kw_only=True):
    """Why an invoice should not have been issued."""

    reason: str
    """One line that is not blank."""


class CaptureDraft(Model, kw_only=True):
    """How much is captured; left out, it is all that is held, or still to be paid."""

    amount: int | None = None
    provider: Any | None = None


class CartContent(Model, kw_only=True):
    """A quantity of a SKU."""

    sku: str
    quantity: int


class CartDraft(Model, kw_only=True):
    currency: str | None = None
    lines: list[LineDraft] | None = None


class CartGiftCardView(Model, kw_only=True):
    """A gift card that pays a part of the cart; those that were added first pay first."""

    id: UUID
    last_characters: str | None
    available: int
    """What it could pay."""
    pays: int
    """What it pays of this cart."""
    expires_at: datetime | None


class CartMergeView(Model, kw_only=True):
    """What became of two carts. Continue with the one that `cart` names."""

    outcome: MergeOutcome
    cart: str | None
    set_aside: str | None = None
    kept_until: datetime | None = None
    limited: list[LimitedContent] = []
    carts: list[CartToChoose] = []


class CartPayment(Model, kw_only=True):
    """How the payment of a cart stands, and its order as soon as there is one."""

    status: PaymentState
    next_action: NextAction | None = None
    reason: str | None = None
    order: OrderView | None = None


class CartProblem(Model, kw_only=True):
    """One reason why a cart cannot be ordered yet, or, with `blocking` false, news about it."""

    type: str
    title: str
    line_id: UUID | None = None
    sku: str | None = None
    available: int | None = None
    coupon: str | None = None
    previous_price: int | None = None
    price: int | None = None
    blocking: bool | None = None


class CartStoreCreditView(Model, kw_only=True):
    """The customer's store credit, which pays what gift cards leave."""

    available: int
    """What it could pay."""
    pays: int
    """What it pays of this cart."""


class CartToChoose(Model, kw_only=True):
    id: str
    currency: str
    """ISO 4217."""
    changed_at: datetime
    lines: list[CartContent]


class CartView(Model, kw_only=True):
    """The whole cart; `problems` lists why it cannot be ordered yet."""

    id: str
    version: int
    currency: str
    """ISO 4217."""
    email: str | None
    lines: list[LineView]
    coupons: list[str]
    shipping_address: Address | None
    billing_address: Address | None
    shipping_option: ShippingOptionView | None
    totals: Totals
    problems: list[CartProblem]
    amount_due: int = 0
    """In the currency's minor unit; may be the sum of many amounts. Left out, it is `0`."""
    gift_cards: list[CartGiftCardView] = []
    store_credit: CartStoreCreditView | None = None
    vat_number: str | None = None
    vat_check: VatCheck | None = None


class CategoryDraft(Model, kw_only=True):
    """Without a slug, one is made from the name; without a parent, it is at the top level."""

    name: str
    """One line that is not blank."""
    slug: str | None = None
    parent: str | None = None
    position: int | None = None
    """The lowest comes first. Left out, it is `0`."""
    translations: dict[str, str] | None = None


class CategoryMove(Model, kw_only=True):
    """Where a category goes, with its subcategories."""

    parent: str | None = None
    before: str | None = None


class CategoryName(Model, kw_only=True):
    slug: str
    name: str


class CategoryPatch(Model, kw_only=True):
    """What is left out stays. A null parent means the top level; null removes a translation."""

    name: str | None = None
    """One line that is not blank."""
    slug: str | None = None
    parent: str | UnsetType | None = UNSET
    position: int | None = None
    """The lowest comes first."""
    translations: dict[str, str | None] | None = None


class CategoryTree(Model, kw_only=True):
    items: list[CategoryView]


class CategoryView(Model, kw_only=True):
    slug: str
    name: str
    children: list[CategoryView]


class ChannelPatch(Model, kw_only=True):
    """Settings left out stay as they are; lists are replaced as a whole."""

    name: str | None = None
    """One line that is not blank."""
    default_currency: str | None = None
    """ISO 4217."""
    currencies: list[str] | None = None
    locale: Locale | None = None
    tax_rate: str | None = None
    """Per cent, 0 to 100: the flat rate."""
    tax_source: TaxSource | None = None
    prices_include_tax: bool | None = None
    rounding: Rounding | None = None
    tax_country: str | UnsetType | None = UNSET
    """Where the shop is at home: carts without an address are taxed as there."""
    tax_outside: TaxOutside | None = None
    cross_border: CrossBorder | None = None
    shipping_tax: ShippingTax | None = None
    shipping_tax_class: str | None = None
    """The tax class of shipping, where it is not shared out over the lines."""
    exempts_businesses: bool | None = None
    """Whether a business with a VAT number of another country of the EU pays no tax on what is
    sent there.
    """
    time_zone: str | None = None
    """IANA: what days and hours of promotions mean."""
    reminder_after: int | UnsetType | None = UNSET
    """Hours after the last change of a cart that was left, when who asked for it is reminded;
    null reminds nobody.
    """
    payment_days: int | UnsetType | None = UNSET
    """Days that a buyer has to pay an order whose money comes later; then it is cancelled and
    its stock is free again. null: such orders wait until staff decide. Counts for orders that
    are placed from then on; null stops it for all.
    """
    draft_order_days: int | UnsetType | None = UNSET
    """Days after which a new draft order expires, unless staff say otherwise; null: never."""
    cart_days: int | None = None
    """Days after its last change until a cart is deleted, with its addresses."""
    cart_merge: CartMerge | None = None
    capture: CaptureMode | None = None
    payment_hold_minutes: int | None = None
    """Minutes that stock is held for a buyer whose payment needs a second step, such as 3-D
    Secure; then the payment ends and the cart is open again.
    """
    gift_card_months: dict[str, int] | None = None
    """After how many months gift cards expire, by country (ISO 3166-1 alpha-2), as its law
    allows. In countries that are not listed, they never do.
    """
    countries: list[str] | None = None
    """Where it ships to; none: everywhere."""
    hosts: list[str] | None = None
    """Names that this server answers to beside its own, with the port if it is not 443."""
    origins: list[str] | None = None
    """Other web origins whose pages may call this server from a browser."""
    notify_email: str | UnsetType | None = UNSET
    """Who gets a letter about each new order."""


class ChannelView(Model, kw_only=True):
    """The channel's settings. Hosts and origins are spelled as browsers send them."""

    name: str
    """One line that is not blank."""
    default_currency: str
    """ISO 4217."""
    currencies: list[str]
    locale: Locale
    tax_rate: str
    """Per cent, 0 to 100: the flat rate."""
    tax_source: TaxSource
    prices_include_tax: bool
    rounding: Rounding
    tax_country: str | None
    """Where the shop is at home: carts without an address are taxed as there."""
    tax_outside: TaxOutside
    cross_border: CrossBorder
    shipping_tax: ShippingTax
    shipping_tax_class: str
    """The tax class of shipping, where it is not shared out over the lines."""
    exempts_businesses: bool
    """Whether a business with a VAT number of another country of the EU pays no tax on what is
    sent there.
    """
    time_zone: str
    """IANA: what days and hours of promotions mean."""
    reminder_after: int | None
    """Hours after the last change of a cart that was left, when who asked for it is reminded;
    null reminds nobody.
    """
    payment_days: int | None
    """Days that a buyer has to pay an order whose money comes later; then it is cancelled and
    its stock is free again. null: such orders wait until staff decide. Counts for orders that
    are placed from then on; null stops it for all.
    """
    draft_order_days: int | None
    """Days after which a new draft order expires, unless staff say otherwise; null: never."""
    cart_days: int
    """Days after its last change until a cart is deleted, with its addresses."""
    cart_merge: CartMerge
    capture: CaptureMode
    payment_hold_minutes: int
    """Minutes that stock is held for a buyer whose payment needs a second step, such as 3-D
    Secure; then the payment ends and the cart is open again.
    """
    gift_card_months: dict[str, int]
    """After how many months gift cards expire, by country (ISO 3166-1 alpha-2), as its law
    allows. In countries that are not listed, they never do.
    """
    countries: list[str]
    """Where it ships to; none: everywhere."""
    hosts: list[str]
    """Names that this server answers to beside its own, with the port if it is not 443."""
    origins: list[str]
    """Other web origins whose pages may call this server from a browser."""
    notify_email: str | None
    """Who gets a letter about each new order."""
    version: int


class Checkout(Model, kw_only=True):
    payment: PaymentChoice | None = None
    expected_total: int | None = None
    expected_amount_due: int | None = None


class CheckoutPending(Model, kw_only=True):
    """The order is not placed yet: the buyer, or the provider, has something to do first."""

    payment: PaymentView


class Completion(Model, kw_only=True):
    paid: bool | None = None
    """Left out, it is `false`."""


class Contact(Model, kw_only=True):
    """The buyer's contact and addresses. The default billing address is the shipping address."""

    email: str
    shipping_address: Address
    billing_address: Address | None = None
    shipping_option: UUID | None = None
    vat_number: str | None = None


class CountDraft(Model, kw_only=True):
    """How many units are on the shelf, those included that are reserved for orders."""

    counted: int
    location: str | None = None
    """Left out, it is `"main"`."""
    expected: int | None = None


class CountView(Model, kw_only=True):
    """The level after a count."""

    on_hand: int
    reserved: int
    available: int
    difference: int
    """What the count has added or removed."""


class CouponChoice(Model, kw_only=True):
    code: str
    """Case and spaces do not matter."""


class CouponDraft(Model, kw_only=True):
    code: str
    """Letters, digits, `-` and `_`; stored in capitals."""
    usage_limit: int | None = None
    active: bool | None = None
    """Left out, it is `true`."""


class CouponPage(Model, kw_only=True):
    items: list[CouponView]
    next_cursor: str | None


class CouponPatch(Model, kw_only=True):
    """What is left out stays; null removes the limit."""

    usage_limit: int | UnsetType | None = UNSET
    active: bool | None = None


class CouponView(Model, kw_only=True):
    id: UUID
    code: str
    """Letters, digits, `-` and `_`; stored in capitals."""
    usage_limit: int | None
    uses: int
    """Counted only if there is a limit."""
    active: bool
    created_at: datetime
    version: int


class CouponsMade(Model, kw_only=True):
    count: int


class CouponsWanted(Model, kw_only=True):
    """A number of random codes, each valid for one use unless `usage_limit` says otherwise."""

    count: int
    prefix: str | None = None
    length: int | None = None
    """Random characters, without prefix. Left out, it is `12`."""
    usage_limit: int | None = None
    """Left out, it is `1`."""


class Credentials(Model, kw_only=True):
    email: str
    password: str
    cart: str | None = None


class CustomDraftLine(Model, kw_only=True):
    title: str
    quantity: int
    unit_price: int
    """In the currency's minor unit."""
    sku: str | None = None
    """Your own reference; not a SKU of the shop. Left out, it is `""`."""
    tax_class: str | None = None
    """The code by which variants and rates refer to the class; it never changes. Left out, it is
    `"standard"`.
    """
    requires_shipping: bool | None = None
    """Left out, it is `true`."""
    staff_discount: StaffDiscount | None = None


class CustomGoods(Model, kw_only=True):
    """What is not in the shop: staff named it and its price."""

    tax_class: str
    requires_shipping: bool


class CustomLine(Model, kw_only=True):
    """Something that is not in the shop, at a price that staff name."""

    title: str
    quantity: int
    unit_price: int
    """In the currency's minor unit."""
    sku: str | None = None
    """Your own reference; not a SKU of the shop. Left out, it is `""`."""
    tax_class: str | None = None
    """The code by which variants and rates refer to the class; it never changes. Left out, it is
    `"standard"`.
    """
    requires_shipping: bool | None = None
    """Left out, it is `true`."""


class CustomerCard(Model, kw_only=True):
    """An account with a verified address, and what came of it. Orders that were placed without
    an account, with that address, count as well.
    """

    id: UUID
    email: str
    name: str
    registered_at: datetime
    groups: list[str]
    """Their codes."""
    orders: int
    last_order_at: datetime | None
    spent: list[Spent]


class CustomerExport(Model, kw_only=True):
    """All that is kept about a customer, to be handed to them."""

    account: dict[str, Any]
    addresses: list[dict[str, Any]]
    groups: list[str]
    notes: list[dict[str, Any]]
    sessions: list[dict[str, Any]]
    store_credit: list[dict[str, Any]]
    consents: list[dict[str, Any]]
    letters: list[dict[str, Any]]
    orders: list[dict[str, Any]]


class CustomerGroupDraft(Model, kw_only=True):
    code: str
    """How promotions name it; it never changes."""
    name: str
    """One line that is not blank."""


class CustomerGroupPage(Model, kw_only=True):
    items: list[CustomerGroupView]
    next_cursor: str | None


class CustomerGroupPatch(Model, kw_only=True):
    name: str | None = None
    """One line that is not blank."""


class CustomerGroupView(Model, kw_only=True):
    id: UUID
    code: str
    """How promotions name it; it never changes."""
    name: str
    """One line that is not blank."""
    version: int


class CustomerNoteDraft(Model, kw_only=True):
    text: str


class CustomerNoteView(Model, kw_only=True):
    """What staff wrote down about a customer."""

    id: UUID
    text: str
    at: datetime
    by: Actor


class CustomerNotes(Model, kw_only=True):
    items: list[CustomerNoteView]
    next_cursor: str | None


class CustomerPage(Model, kw_only=True):
    items: list[CustomerCard]
    next_cursor: str | None


class CustomerView(Model, kw_only=True):
    """A customer with what staff need to help them."""

    id: UUID
    email: str
    name: str
    registered_at: datetime
    groups: list[str]
    """Their codes."""
    orders: int
    last_order_at: datetime | None
    spent: list[Spent]
    addresses: list[SavedAddressView]
    notes: list[CustomerNoteView]
    latest_orders: list[OrderCard] = []
    store_credit: list[MyStoreCredit] = []


class DeliveryDetail(Model, kw_only=True):
    id: UUID
    webhook_id: UUID
    event_id: UUID
    type: str
    state: DeliveryState
    attempts: int
    created_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    tries: list[AttemptView]


class DeliveryPage(Model, kw_only=True):
    items: list[DeliveryView]
    next_cursor: str | None


class DeliveryView(Model, kw_only=True):
    id: UUID
    webhook_id: UUID
    event_id: UUID
    type: str
    state: DeliveryState
    attempts: int
    created_at: datetime
    due_at: datetime | None
    ended_at: datetime | None


class DisputeView(Model, kw_only=True):
    """That a buyer has their bank demand the money of a payment back."""

    id: UUID
    status: DisputeState
    reason: str
    amount: int
    """In the currency's minor unit; may be the sum of many amounts."""
    withdrawn: int
    """In the currency's minor unit; may be the sum of many amounts."""
    currency: str
    """ISO 4217."""
    reference: str
    respond_by: datetime | None
    opened_at: datetime
    ended_at: datetime | None


class DraftLine(Model, kw_only=True):
    sku: str
    quantity: int
    unit_price: int | None = None
    reason: str | None = None
    staff_discount: StaffDiscount | None = None


class DraftLineView(Model, kw_only=True):
    id: UUID
    sku: str
    name: str
    slug: str
    variant_id: UUID | None
    options: dict[str, str]
    thumbnail: str | None
    quantity: int
    unit_price: int
    """In the currency's minor unit; may be the sum of many amounts."""
    subtotal: int
    """In the currency's minor unit; may be the sum of many amounts."""
    discount: int
    """In the currency's minor unit; may be the sum of many amounts."""
    tax: int
    """In the currency's minor unit; may be the sum of many amounts."""
    total: int
    """In the currency's minor unit; may be the sum of many amounts."""
    gift_card: GiftCardLine | None = None
    price_reason: str | None = None
    price_by: Actor | None = None
    staff_discount: GrantedDiscount | None = None
    custom: CustomGoods | None = None


class DraftOrderCard(Model, kw_only=True):
    id: UUID
    status: DraftOrderStatus
    email: str
    currency: str
    """ISO 4217."""
    created_at: datetime
    expires_at: datetime | None
    expired_at: datetime | None
    order_id: UUID | None


class DraftOrderDraft(Model, kw_only=True):
    email: str
    lines: list[DraftLine] | None = None
    custom_lines: list[CustomDraftLine] | None = None
    staff_discount: StaffDiscount | None = None
    customer_id: UUID | None = None
    currency: str | None = None
    locale: Locale | None = None
    shipping_address: Address | None = None
    billing_address: Address | None = None
    shipping_option: UUID | None = None
    shipping_price: int | None = None
    coupons: list[str] | None = None
    note: str | None = None
    expires_at: datetime | None = None
    reserve_until: datetime | None = None


class DraftOrderLink(Model, kw_only=True):
    """Where a buyer orders what was put together for them, as the mail says."""

    draft_order_id: UUID
    email: str
    total: int
    """In the currency's minor unit; may be the sum of many amounts."""
    currency: str
    """ISO 4217."""
    url: str
    expires_at: datetime


class DraftOrderPage(Model, kw_only=True):
    items: list[DraftOrderCard]
    next_cursor: str | None


class DraftOrderPatch(Model, kw_only=True):
    """What is left out stays."""

    email: str | None = None
    lines: list[DraftLine] | None = None
    custom_lines: list[CustomDraftLine] | None = None
    staff_discount: StaffDiscount | UnsetType | None = UNSET
    customer_id: UUID | UnsetType | None = UNSET
    shipping_address: Address | UnsetType | None = UNSET
    billing_address: Address | UnsetType | None = UNSET
    shipping_option: UUID | UnsetType | None = UNSET
    shipping_price: int | UnsetType | None = UNSET
    coupons: list[str] | None = None
    note: str | UnsetType | None = UNSET
    expires_at: datetime | UnsetType | None = UNSET
    reserve_until: datetime | UnsetType | None = UNSET


class DraftOrderView(Model, kw_only=True):
    """A draft order at the prices of now; `problems` lists why it cannot be an order yet."""

    id: UUID
    version: int
    status: DraftOrderStatus
    email: str
    customer_id: UUID | None = None
    locale: Locale
    currency: str
    """ISO 4217."""
    lines: list[DraftLineView]
    coupons: list[str]
    shipping_address: Address | None
    billing_address: Address | None
    shipping_option: ShippingOptionView | None
    totals: Totals
    problems: list[CartProblem]
    note: str | None = None
    staff_discount: GrantedDiscount | None = None
    expires_at: datetime | None
    expired_at: datetime | None
    reserve_until: datetime | None = None
    created_at: datetime
    sent_at: datetime | None
    order_id: UUID | None


class EarlyExchange(Model, kw_only=True):
    """An order of what is wanted instead, before the goods have arrived."""

    exchange: list[LineDraft] | None = None
    shipping_option: UUID | None = None


class EditedLine(Model, kw_only=True):
    """What is left out stays."""

    line: UUID
    quantity: int | None = None
    unit_price: int | None = None


class EventPage(Model, kw_only=True):
    items: list[EventView]
    next_after: int
    more: bool


class EventView(Model, kw_only=True):
    """An event, as the feed, the stream and webhooks carry it."""

    id: UUID
    type: str
    timestamp: datetime
    position: int
    aggregate: str
    aggregate_id: UUID
    sequence: int
    schema_version: int
    actor: Actor
    data: dict[str, Any]


class ExchangeFor(Model, kw_only=True):
    """The return whose goods this order replaces."""

    order_id: UUID
    return_id: UUID
    number: str


class ExchangeOrder(Model, kw_only=True):
    """The order of an exchange: the goods paid `captured` of its `total`."""

    id: UUID
    number: str
    total: int
    """In the currency's minor unit; may be the sum of many amounts."""
    captured: int
    """In the currency's minor unit; may be the sum of many amounts."""


class ExchangeRateDraft(Model, kw_only=True):
    """Without an ending, prices stay as calculated."""

    base_currency: str
    """ISO 4217."""
    rate: str
    """Whole units of `currency` for one of `base_currency`."""
    ending: str | None = None


class ExchangeRateView(Model, kw_only=True):
    currency: str
    """ISO 4217."""
    base_currency: str
    """ISO 4217."""
    rate: str
    """Whole units of `currency` for one of `base_currency`."""
    ending: str | None
    updated_at: datetime
    version: int


class ExchangeRates(Model, kw_only=True):
    items: list[ExchangeRateView]


class ExplainedStep(Model, kw_only=True):
    """One step to the total; the amounts of all steps add up to it. `rule` is a formula over the
    names in `input`. Amounts are in the currency's minor unit, rates and percentages in per
    cent.
    """

    step: str
    line: int | None = None
    sku: str | None = None
    shipping: bool | None = None
    name: str | None = None
    rule: str
    input: dict[str, int | str]
    rounding: str | None = None
    amount: int
    unit_price: int | None = None
    included: int | None = None


class Explanation(Model, kw_only=True):
    currency: str
    """ISO 4217."""
    rounding: Rounding
    steps: list[ExplainedStep]
    total: int


class FactView(Model, kw_only=True):
    """A fact that may stand beside a problem."""

    name: str
    meaning: str


class Fault(Model, kw_only=True):
    """One thing that is wrong with the request."""

    pointer: str
    """JSON pointer into the body, or `/` and the parameter's name."""
    code: str
    """What is wrong; programs compare this. Where a rule of the shop is broken, it is the
    problem's own name.
    """
    detail: str
    """The same for people, in the client's language."""
    source: str | None = None
    """Where it stands, when not in the body: `query`, `path` or `header`."""
    expected: list[str] | None = None
    """Which types, formats or patterns would do, by name."""
    allowed: list[str | int] | None = None
    """All values that would do."""
    minimum: int | float | None = None
    """The smallest number, length or count that would do."""
    maximum: int | float | None = None
    """The largest number, length or count that would do."""
    step: int | float | None = None
    """What it must be a multiple of."""


class FilterGroup(Model, kw_only=True):
    """An option or an attribute, with the values that most products have."""

    name: str
    values: list[FilterValue]


class FilterValue(Model, kw_only=True):
    """A value of an option or an attribute."""

    value: str
    filter: str
    """What to send as `filter`."""
    count: int
    """Products with it, given the filters of other names."""
    selected: bool


class FulfilmentDraft(Model, kw_only=True):
    """One parcel; without lines, all that is in no parcel yet."""

    lines: list[SentLine] | None = None
    carrier: str | None = None
    tracking_number: str | None = None
    tracking_url: str | None = None
    label_reference: str | None = None
    location: str | None = None
    pickup: bool | None = None
    """Left out, it is `false`."""


class FulfilmentLineView(Model, kw_only=True):
    line_id: UUID
    quantity: int


class FulfilmentPatch(Model, kw_only=True):
    """What is left out stays."""

    carrier: str | UnsetType | None = UNSET
    tracking_number: str | UnsetType | None = UNSET
    tracking_url: str | UnsetType | None = UNSET
    label_reference: str | UnsetType | None = UNSET


class FulfilmentView(Model, kw_only=True):
    """A parcel, as staff see it."""

    id: UUID
    number: int
    status: FulfilmentState
    carrier: str | None = None
    tracking_number: str | None = None
    tracking_url: str | None = None
    lines: list[FulfilmentLineView]
    sent_at: datetime | None = None
    ready_at: datetime | None = None
    collected_at: datetime | None = None
    delivered_at: datetime | None = None
    order_id: UUID
    version: int
    location: str | None
    label_reference: str | None
    created_at: datetime


class Fulfilments(Model, kw_only=True):
    items: list[FulfilmentView]


class GiftCardBalance(Model, kw_only=True):
    """What whoever has the code of a gift card may know of it."""

    last_characters: str | None
    currency: str
    """ISO 4217."""
    available: int
    """What it can pay."""
    expires_at: datetime | None


class GiftCardChoice(Model, kw_only=True):
    code: str
    """Case, spaces and hyphens do not matter."""


class GiftCardDetail(Model, kw_only=True):
    id: UUID
    version: int
    status: GiftCardStatus
    currency: str
    """ISO 4217."""
    balance: int
    """In the currency's minor unit, with what checkouts under way hold of it."""
    initial_amount: int
    """In the currency's minor unit."""
    last_characters: str | None
    expires_at: datetime | None
    disabled: bool
    note: str | None
    recipient_email: str | None
    issued_by: UUID | None
    order_id: UUID | None
    created_at: datetime
    held: int
    """The part of the balance that checkouts under way have been promised."""
    movements: list[MovementView]


class GiftCardDraft(Model, kw_only=True):
    """A gift card to be issued. Without a recipient, the answer has its code."""

    amount: int
    """In the currency's minor unit."""
    currency: str | None = None
    expires_at: datetime | None = None
    country: str | None = None
    note: str | None = None
    recipient: GiftCardRecipient | None = None


class GiftCardLine(Model, kw_only=True):
    """What is particular to a line of gift cards."""

    recipient: GiftRecipient | None = None


class GiftCardPage(Model, kw_only=True):
    items: list[GiftCardView]
    next_cursor: str | None


class GiftCardPatch(Model, kw_only=True):
    """What is left out stays as it is."""

    disabled: bool | None = None
    expires_at: datetime | UnsetType | None = UNSET
    note: str | UnsetType | None = UNSET


class GiftCardRecipient(Model, kw_only=True):
    """Who gets the code by email, and in which language; null: in the channel's."""

    email: str
    locale: Locale | None = None


class GiftCardView(Model, kw_only=True):
    id: UUID
    version: int
    status: GiftCardStatus
    currency: str
    """ISO 4217."""
    balance: int
    """In the currency's minor unit, with what checkouts under way hold of it."""
    initial_amount: int
    """In the currency's minor unit."""
    last_characters: str | None
    expires_at: datetime | None
    disabled: bool
    note: str | None
    recipient_email: str | None
    issued_by: UUID | None
    order_id: UUID | None
    created_at: datetime
    held: int
    """The part of the balance that checkouts under way have been promised."""


class GiftCardWithCode(Model, kw_only=True):
    """A gift card that was issued just now. The code is shown this once."""

    id: UUID
    version: int
    status: GiftCardStatus
    currency: str
    """ISO 4217."""
    balance: int
    """In the currency's minor unit, with what checkouts under way hold of it."""
    initial_amount: int
    """In the currency's minor unit."""
    last_characters: str | None
    expires_at: datetime | None
    disabled: bool
    note: str | None
    recipient_email: str | None
    issued_by: UUID | None
    order_id: UUID | None
    created_at: datetime
    held: int
    """The part of the balance that checkouts under way have been promised."""
    code: str | None


class GiftCardsIssued(Model, kw_only=True):
    items: list[GiftCardWithCode]


class GiftCardsReport(Model, kw_only=True):
    items: list[GiftCardsRow]


class GiftCardsRow(Model, kw_only=True):
    """What became of gift cards: money that is owed, and no sale before it is used."""

    period: date
    currency: str
    """ISO 4217."""
    sold: int
    granted: int
    spent: int
    returned: int
    refunded: int
    expired: int
    change: int
    owed: int


class GiftCardsWanted(Model, kw_only=True):
    """Many gift cards of the same amount, to be printed: the answer has their codes."""

    amount: int
    """In the currency's minor unit."""
    currency: str | None = None
    expires_at: datetime | None = None
    country: str | None = None
    note: str | None = None
    count: int


class GiftRecipient(Model, kw_only=True):
    """Who gets the codes of gift cards by email; null: in the language of the order."""

    email: str
    message: str | None = None
    from_name: str | None = None
    locale: Locale | None = None


class GrantedDiscount(Model, kw_only=True):
    """A discount as it is kept, and shown to staff."""

    percent: str | None
    amount: int | None
    reason: str
    by: Actor


class Health(Model, kw_only=True):
    status: Any


class ImportPage(Model, kw_only=True):
    items: list[ImportView]
    next_cursor: str | None


class ImportRowPage(Model, kw_only=True):
    items: list[ImportRowView]
    next_cursor: str | None


class ImportRowView(Model, kw_only=True):
    number: int
    """As a spreadsheet counts: the first row has the names."""
    outcome: RowOutcome | None
    cells: dict[str, str]
    problems: list[RowProblem]


class ImportView(Model, kw_only=True):
    """An import. The numbers of rows are those of the check, and after the start of the import."""

    id: UUID
    name: str
    """The name of the file."""
    bytes: int
    """The size of the file."""
    state: ImportState
    columns: list[str]
    """The columns that are read."""
    ignored_columns: list[str]
    """The columns that mean nothing here."""
    rows: int
    done: int
    """How many rows were looked at so far."""
    new: int
    """Rows that add a variant."""
    changed: int
    unchanged: int
    failed: int
    """Rows that were left out: `rows` says why."""
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    cancel_reason: ImportCancelReason | None
    """`not_allowed`: whoever started it may no longer change products, or stock if the file has
    columns of stock.
    """
    version: int


class InvoiceList(Model, kw_only=True):
    items: list[InvoiceView]


class InvoicePage(Model, kw_only=True):
    items: list[InvoiceView]
    next_cursor: str | None


class InvoiceSettingsDraft(Model, kw_only=True):
    """The seller, the series, and when invoices are issued."""

    name: str
    """The legal name."""
    address: Address
    vat_number: str | None = None
    """Of the EU, with its country. What is exempt needs it."""
    tax_number: str | None = None
    """The number that its country knows the seller by, such as a NIF."""
    registration: str | None = None
    """Where the seller stands in the commercial register."""
    iban: str | None = None
    """The account for what is not paid yet."""
    invoice_series: str | None = None
    """How numbers are made. What stands before the number makes a series, which counts from 1:
    with the year in it, a new one each year. Left out, it is `"F{year}-{number:05}"`.
    """
    credit_note_series: str | None = None
    """The same for credit notes: another series. Left out, it is `"R{year}-{number:05}"`."""
    moment: InvoiceMoment | None = None
    """Left out, it is `"paid"`."""
    locale: Locale | None = None
    """The language of all invoices; null: that of each order."""
    verifactu: VerifactuMode | None = None
    """Left out, it is `"disabled"`."""
    tax_currency: str | None = None
    """The currency of the country that the seller pays taxes in."""
    tax_rates: list[TaxExchangeRate] | None = None
    """One for each currency of invoices beside `tax_currency`."""


class InvoiceSettingsView(Model, kw_only=True):
    id: UUID
    name: str
    """The legal name."""
    address: Address
    vat_number: str | None
    """Of the EU, with its country. What is exempt needs it."""
    tax_number: str | None
    """The number that its country knows the seller by, such as a NIF."""
    registration: str | None
    """Where the seller stands in the commercial register."""
    iban: str | None
    """The account for what is not paid yet."""
    invoice_series: str
    """How numbers are made. What stands before the number makes a series, which counts from 1:
    with the year in it, a new one each year.
    """
    credit_note_series: str
    """The same for credit notes: another series."""
    moment: InvoiceMoment
    locale: Locale | None
    """The language of all invoices; null: that of each order."""
    verifactu: VerifactuMode
    tax_currency: str | None
    """The currency of the country that the seller pays taxes in."""
    tax_rates: list[TaxExchangeRate]
    """One for each currency of invoices beside `tax_currency`."""
    version: int


class InvoiceView(Model, kw_only=True):
    """An invoice or a credit note. What it says stands in its PDF and its XML."""

    id: UUID
    kind: InvoiceKind
    number: str
    order_id: UUID
    order_number: str
    currency: str
    """ISO 4217."""
    net: int
    """In the currency's minor unit; may be the sum of many amounts."""
    tax: int
    """In the currency's minor unit; may be the sum of many amounts."""
    total: int
    """In the currency's minor unit; may be the sum of many amounts."""
    issued_at: datetime
    issued_on: date
    corrects: UUID | None = None
    cancelled_at: datetime | None = None
    pdf_sha256: str | None = None
    xml_sha256: str | None = None


class JobFailure(Model, kw_only=True):
    """Why the last try failed, without arguments or others' answers."""

    kind: str
    reason: str
    at: datetime
    deaths: int = 0
    """How many workers in a row died over it. Left out, it is `0`."""


class JobPage(Model, kw_only=True):
    items: list[JobView]
    next_cursor: str | None


class JobView(Model, kw_only=True):
    id: int
    task: str
    status: JobStatus
    priority: int
    """Higher goes first."""
    attempts: int
    """Tries that have ended."""
    queued_at: datetime | None
    due_at: datetime | None
    """When it is tried next, or was to be tried last."""
    event_id: str | None
    """The event that it is about, if any."""
    failure: JobFailure | None


class LegalPageDraft(Model, kw_only=True):
    """Replaces the page in all languages."""

    texts: dict[str, LegalText]
    """Readers of other languages see that of the shop's first language."""


class LegalPageName(Model, kw_only=True):
    """A legal page, as the foot of a page names it."""

    kind: LegalKind
    title: str


class LegalPageView(Model, kw_only=True):
    """A legal page in one language."""

    kind: LegalKind
    locale: Locale
    title: str
    text: str
    """Paragraphs with empty lines between them. `## ` begins a heading, `- ` and `1. ` an item
    of a list; `**bold**` and `[a link](https://…)` may stand in a line.
    """
    changed_at: datetime


class LegalText(Model, kw_only=True):
    """A legal page in one language; without a text it is not written in it."""

    title: str | None = None
    """Left out, it is `""`."""
    text: str | None = None
    """Paragraphs with empty lines between them. `## ` begins a heading, `- ` and `1. ` an item
    of a list; `**bold**` and `[a link](https://…)` may stand in a line. Left out, it is `""`.
    """


class LetterList(Model, kw_only=True):
    items: list[LetterView]


class LetterView(Model, kw_only=True):
    """A letter that the shop sends by itself."""

    name: str
    event: str
    audience: Audience
    kind: LetterKind
    fields: list[str]
    placeholders: list[str]
    wordings: list[WordingView]


class Level(Model, kw_only=True):
    on_hand: int
    reserved: int
    available: int


class LimitedContent(Model, kw_only=True):
    """A quantity that was wanted in all, and how much of it is in the cart."""

    sku: str
    wanted: int
    quantity: int


class LineDraft(Model, kw_only=True):
    sku: str
    quantity: int


class LinePatch(Model, kw_only=True):
    quantity: int
    """0 removes."""


class LineView(Model, kw_only=True):
    """A quantity of one variant with its price, in a cart or an order."""

    id: UUID
    sku: str
    name: str
    slug: str
    variant_id: UUID | None
    options: dict[str, str]
    thumbnail: str | None
    quantity: int
    unit_price: int
    """In the currency's minor unit; may be the sum of many amounts."""
    subtotal: int
    """In the currency's minor unit; may be the sum of many amounts."""
    discount: int
    """In the currency's minor unit; may be the sum of many amounts."""
    tax: int
    """In the currency's minor unit; may be the sum of many amounts."""
    total: int
    """In the currency's minor unit; may be the sum of many amounts."""
    gift_card: GiftCardLine | None = None


class ListFilters(Model, kw_only=True):
    """What the list of a query can be narrowed by further."""

    in_stock: int
    """How many of the listed products are in stock."""
    groups: list[FilterGroup]


class ListedPrice(Model, kw_only=True):
    """The price of one unit in lines of at least `min_quantity` units."""

    sku: str
    price: int
    """In the currency's minor unit."""
    min_quantity: int | None = None
    """Left out, it is `1`."""


class ListedPrices(Model, kw_only=True):
    items: list[ListedPrice]
    currency: str
    """ISO 4217."""
    next_cursor: str | None


class ListedPricesDraft(Model, kw_only=True):
    prices: list[ListedPrice]


class LocationDraft(Model, kw_only=True):
    code: str
    """The code that stock movements use; it never changes."""
    name: str
    """One line that is not blank."""
    position: int | None = None
    """The lowest comes first. Left out, it is `0`."""


class LocationPatch(Model, kw_only=True):
    """What is left out stays."""

    name: str | None = None
    """One line that is not blank."""
    position: int | None = None
    """The lowest comes first."""


class LocationView(Model, kw_only=True):
    id: UUID
    code: str
    """The code that stock movements use; it never changes."""
    name: str
    """One line that is not blank."""
    position: int
    """The lowest comes first."""
    version: int


class Locations(Model, kw_only=True):
    items: list[LocationView]
    next_cursor: None = None


class LoginSessionView(Model, kw_only=True):
    id: UUID
    user_agent: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    current: bool


class LoginSessionsView(Model, kw_only=True):
    items: list[LoginSessionView]
    next_cursor: None = None


class LoginView(Model, kw_only=True):
    """Who you are, the token for `X-CSRF-Token`, and what became of the cart that you named."""

    visitor: VisitorView | None
    csrf_token: str
    cart: CartMergeView | None = None


class LogoView(Model, kw_only=True):
    """The logo: what an `<img>` and the `<source>`s of a `<picture>` need."""

    url: str
    width: int
    height: int
    sources: list[PictureSource]


class MediaDraft(Model, kw_only=True):
    """A picture to be fetched from a public address."""

    url: str
    alt: dict[str, str] | None = None


class MediaPage(Model, kw_only=True):
    items: list[StaffMediaView]
    next_cursor: str | None


class MediaPatch(Model, kw_only=True):
    """Replaces the texts; products that show the picture keep their own."""

    alt: dict[str, str]


class MediaView(Model, kw_only=True):
    """A picture: what an `<img>` and the `<source>`s of a `<picture>` need."""

    id: UUID
    url: str
    alt: str
    width: int
    height: int
    sources: list[PictureSource]


class Member(Model, kw_only=True):
    """An account, named by its address or its id."""

    email: str | None = None
    user_id: UUID | None = None


class MemberPage(Model, kw_only=True):
    items: list[MemberView]
    next_cursor: str | None


class MemberView(Model, kw_only=True):
    user_id: UUID
    email: str
    name: str


class MergeDraft(Model, kw_only=True):
    """What to do with this cart and another one of yours, by default the one changed last."""

    policy: MergeChoice
    other: str | None = None


class MovementDraft(Model, kw_only=True):
    """Units that are added to the stock (positive) or removed from it (negative)."""

    quantity: int
    reason: StaffReason
    location: str | None = None
    """Left out, it is `"main"`."""


class MovementView(Model, kw_only=True):
    """One change of a balance; `amount` is negative where the balance has become less."""

    kind: MovementKind
    amount: int
    """In the currency's minor unit."""
    at: datetime
    by: Actor
    order_id: UUID | None
    payment_id: UUID | None
    refund_id: UUID | None
    reason: str | None


class MyStoreCredit(Model, kw_only=True):
    currency: str
    """ISO 4217."""
    available: int
    """What a checkout can be paid with now."""


class MyStoreCredits(Model, kw_only=True):
    items: list[MyStoreCredit]


class NewPassword(Model, kw_only=True):
    password: str
    """Any characters. What is soon guessed is refused; mixtures are not asked for."""


class NextAction(Model, kw_only=True):
    """What the buyer has to do before the payment goes on."""

    type: str
    url: str | None = None
    data: dict[str, Any] = {}


class NoteDraft(Model, kw_only=True):
    text: str


class NoteView(Model, kw_only=True):
    """What staff wrote down about an order."""

    id: UUID
    order_id: UUID
    text: str
    at: datetime
    by: Actor


class OptionDraft(Model, kw_only=True):
    name: str
    values: list[str]


class OptionView(Model, kw_only=True):
    name: str
    values: list[str]


class OrderCard(Model, kw_only=True):
    id: UUID
    number: str
    status: OrderStatus
    payment_status: PaymentStatus
    fulfilment_status: FulfilmentStatus
    currency: str
    """ISO 4217."""
    email: str
    total: int
    """In the currency's minor unit; may be the sum of many amounts."""
    placed_at: datetime


class OrderContent(Model, kw_only=True):
    """What an edit of an order may change."""

    lines: list[OrderLineView]
    totals: Totals
    shipping_address: Address
    billing_address: Address
    shipping_option: ShippingOptionView | None


class OrderCredit(Model, kw_only=True):
    """What a gift card, or store credit, paid of an order."""

    type: CreditKind
    amount: int
    """In the currency's minor unit."""
    last_characters: str | None


class OrderEditDraft(Model, kw_only=True):
    """What is left out stays as it is."""

    reason: str
    """For staff; the buyer does not see it."""
    add: list[AddedLine] | None = None
    add_custom: list[CustomLine] | None = None
    lines: list[EditedLine] | None = None
    shipping_address: Address | None = None
    billing_address: Address | None = None
    shipping_option: UUID | None = None
    shipping_price: int | None = None
    preview: bool | None = None
    """Left out, it is `false`."""


class OrderEditView(Model, kw_only=True):
    id: UUID | None = None
    order_id: UUID
    order_version: int
    preview: bool
    reason: str
    """For staff; the buyer does not see it."""
    at: datetime
    by: Actor
    currency: str
    """ISO 4217."""
    difference: int
    """In the currency's minor unit; negative where the order costs less."""
    owed: int
    """In the currency's minor unit; may be the sum of many amounts."""
    refunded: int
    """In the currency's minor unit; may be the sum of many amounts."""
    refund_id: UUID | None = None
    before: OrderContent
    after: OrderContent


class OrderEdits(Model, kw_only=True):
    items: list[OrderEditView]


class OrderFulfilment(Model, kw_only=True):
    """A parcel, as an order shows it to its buyer."""

    id: UUID
    number: int
    status: FulfilmentState
    carrier: str | None = None
    tracking_number: str | None = None
    tracking_url: str | None = None
    lines: list[FulfilmentLineView]
    sent_at: datetime | None = None
    ready_at: datetime | None = None
    collected_at: datetime | None = None
    delivered_at: datetime | None = None


class OrderLineView(Model, kw_only=True):
    """A line as it was sold. Without `variant_id`, what was sold is not in the shop (any more)."""

    id: UUID
    sku: str
    name: str
    slug: str
    variant_id: UUID | None
    options: dict[str, str]
    thumbnail: str | None
    quantity: int
    unit_price: int
    """In the currency's minor unit; may be the sum of many amounts."""
    subtotal: int
    """In the currency's minor unit; may be the sum of many amounts."""
    discount: int
    """In the currency's minor unit; may be the sum of many amounts."""
    tax: int
    """In the currency's minor unit; may be the sum of many amounts."""
    total: int
    """In the currency's minor unit; may be the sum of many amounts."""
    gift_card: GiftCardLine | None = None
    tax_rate: str
    fulfilled_quantity: int = 0
    """Left out, it is `0`."""
    removed_quantity: int = 0
    """Left out, it is `0`."""
    returned_quantity: int = 0
    """Left out, it is `0`."""
    custom: CustomGoods | None = None


class OrderLinkDraft(Model, kw_only=True):
    """Which order, and the address that it was placed with."""

    number: str
    email: str


class OrderLinkView(Model, kw_only=True):
    email: str


class OrderPage(Model, kw_only=True):
    items: list[OrderCard]
    next_cursor: str | None


class OrderPaymentDraft(Model, kw_only=True):
    """All that is still to be paid of an order is paid."""

    payment: PaymentChoice
    expected_amount: int | None = None


class OrderPaymentStatus(Model, kw_only=True):
    """How the newest payment of an order stands, and the order as it is now."""

    status: PaymentState
    next_action: NextAction | None = None
    reason: str | None = None
    order: OrderView


class OrderPaymentView(Model, kw_only=True):
    """One payment of an order, as staff see it."""

    id: UUID
    provider: str
    status: str
    currency: str
    """ISO 4217."""
    amount: int
    """In the currency's minor unit; may be the sum of many amounts."""
    captured: int
    """In the currency's minor unit; may be the sum of many amounts."""
    refunded: int
    """In the currency's minor unit; may be the sum of many amounts."""
    reference: str | None
    failure: str | None
    created_at: datetime
    disputes: list[DisputeView] = []


class OrderPayments(Model, kw_only=True):
    items: list[OrderPaymentView]


class OrderReturnLine(Model, kw_only=True):
    line_id: UUID
    quantity: int
    received_quantity: int


class OrderReturnView(Model, kw_only=True):
    """A return, in short."""

    id: UUID
    number: str
    status: ReturnState
    lines: list[OrderReturnLine]
    asked_at: datetime


class OrderView(Model, kw_only=True):
    """A snapshot: changing a product never changes an order."""

    id: UUID
    number: str
    version: int
    status: OrderStatus
    payment_status: PaymentStatus
    fulfilment_status: FulfilmentStatus
    currency: str
    """ISO 4217."""
    email: str
    lines: list[OrderLineView]
    totals: Totals
    shipping_address: Address
    billing_address: Address
    shipping_option: ShippingOptionView | None
    payment_provider: str
    placed_at: datetime
    captured: int = 0
    """In the currency's minor unit; may be the sum of many amounts. Left out, it is `0`."""
    refunded: int = 0
    """In the currency's minor unit; may be the sum of many amounts. Left out, it is `0`."""
    outstanding: int = 0
    """In the currency's minor unit; may be the sum of many amounts. Left out, it is `0`."""
    payment_due_at: datetime | None = None
    cancel_reason: CancelReason | None = None
    coupons: list[str] = []
    credits: list[OrderCredit] = []
    fulfilments: list[OrderFulfilment] = []
    returns: list[OrderReturnView] = []
    exchange_for: ExchangeFor | None = None
    tags: list[str] = []
    vat_number: str | None = None
    vat_check: VatCheck | None = None
    access_token: str | None = None


class Palette(Model, kw_only=True):
    """The shop's own colours; null where it has none."""

    light: Shades | None
    dark: Shades | None
    accent: str | None
    on_accent: str | None


class PasswordChange(Model, kw_only=True):
    current: str
    password: str
    """Any characters. What is soon guessed is refused; mixtures are not asked for."""


class PasswordResetDraft(Model, kw_only=True):
    email: str


class PasswordResetView(Model, kw_only=True):
    email: str


class PastPriceView(Model, kw_only=True):
    """The listed price until `ended_at`."""

    currency: str
    """ISO 4217."""
    price: int
    """In the currency's minor unit."""
    ended_at: datetime


class PaymentChoice(Model, kw_only=True):
    """Which provider takes the money; `token` is what its widget gave the buyer's browser.
    Without a token, `stripe`, `mercadopago` and `paypal` send the buyer to a page of their
    own.
    """

    provider: str
    token: str | None = None
    return_url: str | None = None


class PaymentDue(Model, kw_only=True):
    payment_due_at: datetime | None


class PaymentLink(Model, kw_only=True):
    """Where the buyer of an order pays it, as the mail to them says."""

    order_id: UUID
    email: str
    amount: int
    """In the currency's minor unit; may be the sum of many amounts."""
    currency: str
    """ISO 4217."""
    url: str
    expires_at: datetime


class PaymentOptionView(Model, kw_only=True):
    """A payment provider that takes the payment of a cart."""

    provider: str
    kind: str
    """Which provider it is."""
    mode: ProviderMode
    client: dict[str, str]


class PaymentOptionsView(Model, kw_only=True):
    currency: str
    """ISO 4217."""
    items: list[PaymentOptionView]


class PaymentProviderDraft(Model, kw_only=True):
    name: str
    """What payments, the address of its webhooks and the ledger call it; it never changes."""
    kind: str
    """Which provider it is."""
    mode: ProviderMode
    credentials: dict[str, str]
    """The fields of its kind. They are encrypted, and never shown again."""
    options: dict[str, str] | None = None
    """Options of its kind."""
    enabled: bool | None = None
    """Whether it takes new payments. Those that it has taken go on in any case. Left out, it is
    `true`.
    """
    channels: list[str] | None = None
    """Where it is offered; none: in all."""
    countries: list[str] | None = None
    """Of billing addresses that it is offered to; none: all."""
    currencies: list[str] | None = None
    """Of carts that it is offered to; none: all that it takes."""
    position: int | None = None
    """The lowest comes first. Left out, it is `0`."""


class PaymentProviderPatch(Model, kw_only=True):
    """What is left out stays; lists and `options` are replaced as a whole."""

    mode: ProviderMode | None = None
    credentials: dict[str, str | None] | None = None
    """Those that are named are replaced, or with null taken away."""
    options: dict[str, str] | None = None
    """Options of its kind."""
    enabled: bool | None = None
    """Whether it takes new payments. Those that it has taken go on in any case."""
    channels: list[str] | None = None
    """Where it is offered; none: in all."""
    countries: list[str] | None = None
    """Of billing addresses that it is offered to; none: all."""
    currencies: list[str] | None = None
    """Of carts that it is offered to; none: all that it takes."""
    position: int | None = None
    """The lowest comes first."""


class PaymentProviderView(Model, kw_only=True):
    """A payment provider; its credentials are write-only."""

    id: UUID
    name: str
    """What payments, the address of its webhooks and the ledger call it; it never changes."""
    kind: str
    """Which provider it is."""
    mode: ProviderMode
    options: dict[str, str]
    """Options of its kind."""
    enabled: bool
    """Whether it takes new payments. Those that it has taken go on in any case."""
    channels: list[str]
    """Where it is offered; none: in all."""
    countries: list[str]
    """Of billing addresses that it is offered to; none: all."""
    currencies: list[str]
    """Of carts that it is offered to; none: all that it takes."""
    position: int
    """The lowest comes first."""
    version: int
    credentials: dict[str, str]
    """Which credentials are set, each with its last four characters at most."""
    webhook_path: str
    created_at: datetime


class PaymentProviders(Model, kw_only=True):
    items: list[PaymentProviderView]
    next_cursor: None = None


class PaymentView(Model, kw_only=True):
    """How the payment of a cart stands."""

    status: PaymentState
    next_action: NextAction | None = None
    reason: str | None = None


class PaymentsReport(Model, kw_only=True):
    items: list[PaymentsRow]


class PaymentsRow(Model, kw_only=True):
    period: date
    currency: str
    """ISO 4217."""
    provider: str
    captured: int
    refunded: int
    disputed: int
    net: int


class PictureDraft(Model, kw_only=True):
    """A picture that was uploaded. Without texts of its own, it begins with those of the upload."""

    id: UUID
    alt: dict[str, str] | None = None


class PictureSource(Model, kw_only=True):
    """A format of a picture, as a `<source>` of HTML's `<picture>` takes it."""

    type: str
    srcset: str


class PresentPrice(Model, kw_only=True):
    """The current listed price; `base` is the price before sales and price lists."""

    currency: str
    """ISO 4217."""
    price: int
    """In the currency's minor unit."""
    base: int
    """In the currency's minor unit."""
    converted: bool
    compare_at_price: int | None
    reduced_at: datetime | None
    lowest_price_30_days: int | None


class PriceAcceptance(Model, kw_only=True):
    total: int
    """The total that the buyer has seen."""


class PriceHistory(Model, kw_only=True):
    present: list[PresentPrice]
    items: list[PastPriceView]
    next_cursor: str | None


class PriceListDraft(Model, kw_only=True):
    """Without a customer group it is for everybody; without times it always applies."""

    name: str
    """One line that is not blank."""
    currency: str
    """ISO 4217."""
    customer_group: UUID | None = None
    active: bool | None = None
    """Left out, it is `true`."""
    priority: int | None = None
    """The highest applies. Left out, it is `0`."""
    starts_at: datetime | None = None
    ends_at: datetime | None = None


class PriceListPatch(Model, kw_only=True):
    """What is left out stays."""

    name: str | None = None
    """One line that is not blank."""
    customer_group: UUID | UnsetType | None = UNSET
    active: bool | None = None
    priority: int | None = None
    """The highest applies."""
    starts_at: datetime | UnsetType | None = UNSET
    ends_at: datetime | UnsetType | None = UNSET


class PriceListView(Model, kw_only=True):
    id: UUID
    name: str
    currency: str
    """ISO 4217."""
    customer_group: UUID | None
    active: bool
    priority: int
    starts_at: datetime | None
    ends_at: datetime | None
    version: int


class PriceLists(Model, kw_only=True):
    items: list[PriceListView]
    next_cursor: str | None


class PricingDraft(Model, kw_only=True):
    """The lines, promotions and shipping to price; none of them has to exist in the shop."""

    currency: str
    """ISO 4217."""
    rounding: Rounding | None = None
    """Left out, it is `"line"`."""
    lines: list[PricingLineDraft]
    promotions: list[PricingPromotionDraft] | None = None
    shipping: PricingShippingDraft | None = None


class PricingLineDraft(Model, kw_only=True):
    ref: str
    """The client's own name for a line; several lines may share one."""
    unit_price: int
    """In the currency's minor unit."""
    quantity: int
    tax_rate: str
    """Per cent; rates of several jurisdictions are added: `5+10`. At most 100."""
    prices_include_tax: bool
    """Whether the price includes the tax."""
    floor_price: int | None = None


class PricingLineView(Model, kw_only=True):
    ref: str
    subtotal: int
    discount: int
    tax: int
    total: int


class PricingPromotionDraft(Model, kw_only=True):
    """Percentage kinds need `percent`, fixed ones `amount`, `cheapest_unit` one of the two.
    `buy_x_get_y` needs `buy` and `get`; without `percent`, the `get` units are free.
    `fixed_price` needs `amount`, the new price of a unit; `order_tiered` needs `tiers`;
    `free_gift` needs `gifts` and `get`.
    """

    name: str
    kind: PromotionKind
    percent: str | None = None
    amount: int | None = None
    buy: int | None = None
    get: int | None = None
    tiers: list[PricingTierDraft] | None = None
    gifts: list[str] | None = None
    max_discount: int | None = None
    stack_group: str | None = None
    refs: list[str] | None = None
    min_subtotal: int | None = None
    min_quantity: int | None = None
    max_quantity: int | None = None
    priority: int | None = None
    """Higher first, then as listed. Left out, it is `0`."""
    exclusive: bool | None = None
    """Left out, it is `false`."""


class PricingShippingDraft(Model, kw_only=True):
    price: int
    """In the currency's minor unit."""
    tax_rate: str
    """Per cent; rates of several jurisdictions are added: `5+10`. At most 100."""
    prices_include_tax: bool
    """Whether the price includes the tax."""


class PricingStep(Model, kw_only=True):
    """One part of the total; the amounts of all steps add up to it."""

    step: str
    name: str | None = None
    line: int | None = None
    shipping: bool | None = None
    amount: int
    included: int | None = None


class PricingTierDraft(Model, kw_only=True):
    """`percent` or `amount`, if both thresholds are reached."""

    min_subtotal: int | None = None
    min_quantity: int | None = None
    percent: str | None = None
    amount: int | None = None


class PricingView(Model, kw_only=True):
    """`total` is the sum of lines, `shipping` and tax added to it; `net_total` is without tax."""

    currency: str
    """ISO 4217."""
    subtotal: int
    discount: int
    shipping: int
    tax: int
    tax_included: int
    tax_added: int
    total: int
    lines: list[PricingLineView]
    shipping_discount: int
    shipping_tax: int
    net_total: int
    explanation: list[PricingStep]


class Problem(Model, kw_only=True):
    type: str
    """Which problem; programs compare this."""
    title: str
    """The same in words, in the client's language."""
    status: int
    instance: str
    """The number of the request, as in X-Request-Id."""
    detail: str | None = None
    """What a person may want to know more."""
    errors: list[Fault] = []


class ProblemKind(Model, kw_only=True):
    """What a `type` of problem means."""

    type: str
    title: str
    meaning: str
    """What all problems of this kind have in common."""
    status: int
    facts: list[FactView]


class ProblemKinds(Model, kw_only=True):
    """All types of problems."""

    items: list[ProblemKind]


class ProductCard(Model, kw_only=True):
    """A product as an item of a list."""

    id: UUID
    slug: str
    name: str
    thumbnail: str | None
    price: int
    """In the currency's minor unit."""
    in_stock: bool
    compare_at_price: int | None = None
    """In the currency's minor unit."""
    picture: MediaView | None = None


class ProductDraft(Model, kw_only=True):
    name: str
    slug: str | None = None
    description: str | None = None
    """Left out, it is `""`."""
    categories: list[str] | None = None
    options: list[OptionDraft] | None = None
    variants: list[VariantDraft]
    media: list[PictureDraft] | None = None
    published: bool | None = None
    """Left out, it is `true`."""
    attributes: dict[str, str] | None = None
    translations: dict[str, Translation] | None = None
    gift_card: bool | None = None
    """Left out, it is `false`."""


class ProductPage(Model, kw_only=True):
    items: list[ProductCard]
    currency: str
    """ISO 4217."""
    next_cursor: str | None


class ProductPatch(Model, kw_only=True):
    """What is left out stays. Variants are matched by SKU: a SKU that is new adds a variant.
    `media` is replaced as a whole; a variant whose picture is no longer in it has none of its
    own.
    """

    name: str | None = None
    slug: str | None = None
    description: str | None = None
    categories: list[str] | None = None
    options: list[OptionDraft] | None = None
    variants: list[VariantPatch] | None = None
    media: list[PictureDraft] | None = None
    published: bool | None = None
    attributes: dict[str, str] | None = None
    translations: dict[str, Translation] | None = None


class ProductView(Model, kw_only=True):
    """A product as its page shows it."""

    id: UUID
    slug: str
    name: str
    description: str
    currency: str
    """ISO 4217."""
    categories: list[CategoryName]
    options: list[OptionView]
    variants: list[VariantView]
    media: list[MediaView]
    attributes: dict[str, Any]
    gift_card: bool


class PromotionDraft(Model, kw_only=True):
    """A promotion. Amounts are in minor units, by currency."""

    name: str
    """One line that is not blank."""
    kind: PromotionKind
    trigger: Trigger
    active: bool | None = None
    """Left out, it is `false`."""
    percent: str | None = None
    amounts: dict[str, int] | None = None
    buy: int | None = None
    get: int | None = None
    max_quantity: int | None = None
    tiers: list[PromotionTier] | None = None
    gift_sku: str | None = None
    gift_quantity: int | None = None
    products: list[UUID] | None = None
    """What it applies to; if `categories` and `skus` are empty too, everything."""
    categories: list[str] | None = None
    """Slugs; products in these categories and their subcategories."""
    skus: list[str] | None = None
    channels: list[str] | None = None
    """Slugs of channels; if empty, all."""
    customer_groups: list[str] | None = None
    """Codes of customer groups; if empty, everybody."""
    first_order: bool | None = None
    """Left out, it is `false`."""
    weekdays: list[int] | None = None
    """ISO: Monday is 1. In the channel's time zone; if empty, every day."""
    time_from: str | None = None
    time_to: str | None = None
    min_subtotals: dict[str, int] | None = None
    min_quantity: int | None = None
    """The lines it applies to have at least this many units in all. Left out, it is `0`."""
    max_discounts: dict[str, int] | None = None
    priority: int | None = None
    """Higher first, then as listed. Left out, it is `0`."""
    exclusive: bool | None = None
    """Left out, it is `false`."""
    stack_group: str | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    usage_limit: int | None = None
    usage_limit_per_customer: int | None = None


class PromotionPage(Model, kw_only=True):
    items: list[PromotionView]
    next_cursor: str | None


class PromotionPatch(Model, kw_only=True):
    """What is left out stays, null removes a value. Kind and trigger cannot be changed."""

    name: str | None = None
    """One line that is not blank."""
    active: bool | None = None
    percent: str | UnsetType | None = UNSET
    amounts: dict[str, int] | None = None
    buy: int | UnsetType | None = UNSET
    get: int | UnsetType | None = UNSET
    max_quantity: int | UnsetType | None = UNSET
    tiers: list[PromotionTier] | None = None
    gift_sku: str | UnsetType | None = UNSET
    gift_quantity: int | UnsetType | None = UNSET
    products: list[UUID] | None = None
    """What it applies to; if `categories` and `skus` are empty too, everything."""
    categories: list[str] | None = None
    """Slugs; products in these categories and their subcategories."""
    skus: list[str] | None = None
    channels: list[str] | None = None
    """Slugs of channels; if empty, all."""
    customer_groups: list[str] | None = None
    """Codes of customer groups; if empty, everybody."""
    first_order: bool | None = None
    weekdays: list[int] | None = None
    """ISO: Monday is 1. In the channel's time zone; if empty, every day."""
    time_from: str | UnsetType | None = UNSET
    time_to: str | UnsetType | None = UNSET
    min_subtotals: dict[str, int] | None = None
    min_quantity: int | None = None
    """The lines it applies to have at least this many units in all."""
    max_discounts: dict[str, int] | None = None
    priority: int | None = None
    """Higher first, then as listed."""
    exclusive: bool | None = None
    stack_group: str | UnsetType | None = UNSET
    starts_at: datetime | UnsetType | None = UNSET
    ends_at: datetime | UnsetType | None = UNSET
    usage_limit: int | UnsetType | None = UNSET
    usage_limit_per_customer: int | UnsetType | None = UNSET


class PromotionTier(Model, kw_only=True):
    """A percentage or an amount, from a quantity or a subtotal on, inclusive."""

    min_quantity: int | None = None
    min_subtotals: dict[str, int] | None = None
    percent: str | None = None
    amounts: dict[str, int] | None = None


class PromotionView(Model, kw_only=True):
    name: str
    """One line that is not blank."""
    kind: PromotionKind
    trigger: Trigger
    active: bool = False
    """Left out, it is `false`."""
    percent: str | None = None
    amounts: dict[str, int] = {}
    buy: int | None = None
    get: int | None = None
    max_quantity: int | None = None
    tiers: list[PromotionTier] = []
    gift_sku: str | None = None
    gift_quantity: int | None = None
    products: list[UUID] = []
    """What it applies to; if `categories` and `skus` are empty too, everything."""
    categories: list[str] = []
    """Slugs; products in these categories and their subcategories."""
    skus: list[str] = []
    channels: list[str] = []
    """Slugs of channels; if empty, all."""
    customer_groups: list[str] = []
    """Codes of customer groups; if empty, everybody."""
    first_order: bool = False
    """Left out, it is `false`."""
    weekdays: list[int] = []
    """ISO: Monday is 1. In the channel's time zone; if empty, every day."""
    time_from: str | None = None
    time_to: str | None = None
    min_subtotals: dict[str, int] = {}
    min_quantity: int = 0
    """The lines it applies to have at least this many units in all. Left out, it is `0`."""
    max_discounts: dict[str, int] = {}
    priority: int = 0
    """Higher first, then as listed. Left out, it is `0`."""
    exclusive: bool = False
    """Left out, it is `false`."""
    stack_group: str | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    usage_limit: int | None = None
    usage_limit_per_customer: int | None = None
    id: UUID
    uses: int
    """Counted only if there is a limit."""
    created_at: datetime
    updated_at: datetime
    version: int


class ProviderCheck(Model, kw_only=True):
    """What a provider says of the credentials that are saved."""

    result: Any


class ReceivedLine(Model, kw_only=True):
    """Units of one line that arrived, and what becomes of them."""

    line_id: UUID
    quantity: int
    disposition: Disposition | None = None
    """Left out, it is `"restock"`."""
    location: str | None = None


class RefundDraft(Model, kw_only=True):
    """What to pay back; lines, shipping and an amount add up."""

    lines: list[RefundLineDraft] | None = None
    shipping: int | Any | None = None
    amount: int | None = None
    reason: RefundReason
    note: str | None = None
    restock: bool | None = None
    """Left out, it is `false`."""
    to: RefundDestination | None = None
    """Left out, it is `"payment"`."""


class RefundLineDraft(Model, kw_only=True):
    """Units of one line: they are worth what was paid for them."""

    line: UUID
    quantity: int


class RefundLineView(Model, kw_only=True):
    line: UUID
    quantity: int
    amount: int
    """In the currency's minor unit; may be the sum of many amounts."""
    tax: int
    """In the currency's minor unit; may be the sum of many amounts."""


class RefundShippingView(Model, kw_only=True):
    amount: int
    """In the currency's minor unit; may be the sum of many amounts."""
    tax: int
    """In the currency's minor unit; may be the sum of many amounts."""


class RefundTransferView(Model, kw_only=True):
    """The part of a refund that goes back through one payment."""

    id: UUID
    payment_id: UUID
    provider: str
    amount: int
    """In the currency's minor unit; may be the sum of many amounts."""
    status: TransferState
    failure: str | None = None


class RefundView(Model, kw_only=True):
    id: UUID
    order_id: UUID | None
    version: int
    status: Any
    currency: str
    """ISO 4217."""
    amount: int
    """In the currency's minor unit; may be the sum of many amounts."""
    tax: int
    """In the currency's minor unit; may be the sum of many amounts."""
    reason: RefundReason
    note: str | None
    restock: bool
    to: RefundDestination
    lines: list[RefundLineView]
    shipping: RefundShippingView
    transfers: list[RefundTransferView]
    created_at: datetime


class Refundable(Model, kw_only=True):
    """What is left to be paid back of an order."""

    order_id: UUID
    currency: str
    """ISO 4217."""
    lines: list[RefundableLine]
    shipping: RefundShippingView
    amount: int
    """In the currency's minor unit; may be the sum of many amounts."""


class RefundableLine(Model, kw_only=True):
    line: UUID
    quantity: int
    amount: int
    """In the currency's minor unit; may be the sum of many amounts."""
    tax: int
    """In the currency's minor unit; may be the sum of many amounts."""


class Refunds(Model, kw_only=True):
    items: list[RefundView]


class Registration(Model, kw_only=True):
    email: str
    password: str
    """Any characters. What is soon guessed is refused; mixtures are not asked for."""
    name: str
    """How we address the person."""


class RegistrationView(Model, kw_only=True):
    email: str


class ReminderDraft(Model, kw_only=True):
    """The buyer to remind of this cart if it is abandoned; they have agreed to it."""

    email: str


class ReplayView(Model, kw_only=True):
    queued: int
    up_to: int | None
    more: bool


class ReplayWanted(Model, kw_only=True):
    """The events of a time (`from` ≤ time < `to`), or between two positions, exclusive."""

    from_: datetime | None = field(name="from", default=None)
    to: datetime | None = None
    after: int | None = None
    before: int | None = None
    types: list[str] | None = None


class RestoreDraft(Model, kw_only=True):
    token: str
    """The token of the link in the mail."""


class ReturnApproval(Model, kw_only=True):
    instructions: str | None = None
    label_reference: str | None = None
    exchange: list[LineDraft] | None = None
    reserve: bool | None = None
    """Whether stock of what is wanted instead is reserved until the return ends. Left out, it is
    `true`.
    """


class ReturnClosing(Model, kw_only=True):
    """How a return is settled; what is left out follows the policy."""

    refund: bool | None = None
    """Left out, it is `true`."""
    return_fee: int | None = None
    restocking_percent: str | None = None
    shipping: Any | None = None
    exchange: list[LineDraft] | None = None
    shipping_option: UUID | None = None


class ReturnDraft(Model, kw_only=True):
    """What a customer wants to return; goods for another reason are another return."""

    lines: list[ReturnedLine]
    reason: str
    """What programs call the reason; it never changes."""
    note: str | None = None
    exchange: list[LineDraft] | None = None
    """What is wanted instead; nothing: the money."""


class ReturnLineView(Model, kw_only=True):
    line_id: UUID
    sku: str
    name: str
    quantity: int
    restocked_quantity: int
    written_off_quantity: int


class ReturnPolicyPatch(Model, kw_only=True):
    """What is left out stays; objects are replaced as a whole."""

    window_days: int | UnsetType | None = UNSET
    """Whole days after the last parcel of an order was delivered, or else sent, in which its
    customer may ask for a return. The EU demands 14. null: customers ask for none over the
    API; staff make them.
    """
    expiry_days: int | UnsetType | None = UNSET
    """Days that an approved return waits for its goods; then it ends. null: it waits without
    end.
    """
    restocking_percent: str | None = None
    """Per cent of what the goods are worth that the merchant keeps."""
    return_fees: dict[str, int] | None = None
    """What the merchant keeps for the way back, once per return."""
    shipping_refund: ShippingRefund | None = None
    """When the outward shipping is paid back."""
    standard_shipping: dict[str, int] | None = None
    """At most this is paid back of the outward shipping: the price of the cheapest usual way. In
    a currency without an amount, all of it.
    """


class ReturnPolicyView(Model, kw_only=True):
    """What the shop says of returns."""

    window_days: int | None
    """Whole days after the last parcel of an order was delivered, or else sent, in which its
    customer may ask for a return. The EU demands 14. null: customers ask for none over the
    API; staff make them.
    """
    expiry_days: int | None
    """Days that an approved return waits for its goods; then it ends. null: it waits without
    end.
    """
    restocking_percent: str
    """Per cent of what the goods are worth that the merchant keeps."""
    return_fees: dict[str, int]
    """What the merchant keeps for the way back, once per return."""
    shipping_refund: ShippingRefund
    """When the outward shipping is paid back."""
    standard_shipping: dict[str, int]
    """At most this is paid back of the outward shipping: the price of the cheapest usual way. In
    a currency without an amount, all of it.
    """
    version: int


class ReturnReasonChoice(Model, kw_only=True):
    code: str
    """What programs call the reason; it never changes."""
    name: str
    needs_note: bool
    """Whether the customer has to say more."""
    charges_fees: bool
    """Whether the policy's deductions apply; not where the merchant is at fault."""


class ReturnReasonDraft(Model, kw_only=True):
    code: str
    """What programs call the reason; it never changes."""
    name: str
    """One line that is not blank."""
    translations: dict[str, str] | None = None
    needs_note: bool | None = None
    """Whether the customer has to say more. Left out, it is `false`."""
    charges_fees: bool | None = None
    """Whether the policy's deductions apply; not where the merchant is at fault. Left out, it is
    `true`.
    """
    active: bool | None = None
    """Whether it can be chosen. Left out, it is `true`."""
    position: int | None = None
    """The lowest comes first. Left out, it is `0`."""


class ReturnReasonName(Model, kw_only=True):
    code: str
    """What programs call the reason; it never changes."""
    name: str


class ReturnReasonPatch(Model, kw_only=True):
    """What is left out stays."""

    name: str | None = None
    """One line that is not blank."""
    translations: dict[str, str | None] | None = None
    needs_note: bool | None = None
    """Whether the customer has to say more."""
    charges_fees: bool | None = None
    """Whether the policy's deductions apply; not where the merchant is at fault."""
    active: bool | None = None
    """Whether it can be chosen."""
    position: int | None = None
    """The lowest comes first."""


class ReturnReasonView(Model, kw_only=True):
    id: UUID
    code: str
    """What programs call the reason; it never changes."""
    names: dict[str, str]
    needs_note: bool
    """Whether the customer has to say more."""
    charges_fees: bool
    """Whether the policy's deductions apply; not where the merchant is at fault."""
    active: bool
    """Whether it can be chosen."""
    position: int
    """The lowest comes first."""
    version: int


class ReturnReasons(Model, kw_only=True):
    items: list[ReturnReasonView]
    next_cursor: None = None


class ReturnReceiptDraft(Model, kw_only=True):
    lines: list[ReceivedLine]


class ReturnReceiptView(Model, kw_only=True):
    line_id: UUID
    quantity: int
    disposition: Disposition
    location: str
    received_at: datetime


class ReturnRefusal(Model, kw_only=True):
    reason: str
    """Why not; the customer reads it."""


class ReturnView(Model, kw_only=True):
    """A return, as its customer sees it."""

    id: UUID
    number: str
    order_id: UUID
    version: int
    status: ReturnState
    reason: ReturnReasonName
    note: str | None
    by_staff: bool
    lines: list[ReturnLineView]
    asked_at: datetime
    decided_at: datetime | None
    refusal: str | None
    instructions: str | None
    label_reference: str | None
    expires_at: datetime | None
    received_at: datetime | None
    ended_at: datetime | None
    currency: str
    """ISO 4217."""
    refunded: int | None
    deduction: int | None
    exchange: list[LineDraft]
    """What is wanted instead; nothing: the money."""
    exchange_order: ExchangeOrder | None


class Returnable(Model, kw_only=True):
    """What of an order can be returned, until when, and what that costs."""

    order_id: UUID
    until: datetime | None
    lines: list[ReturnableLine]
    reasons: list[ReturnReasonChoice]
    currency: str
    """ISO 4217."""
    return_fee: int
    """In the currency's minor unit; may be the sum of many amounts."""
    restocking_percent: str
    """Per cent, 0 to 100."""


class ReturnableLine(Model, kw_only=True):
    line_id: UUID
    quantity: int


class ReturnedLine(Model, kw_only=True):
    """Units of one line that are to come back."""

    line_id: UUID
    quantity: int


class Returns(Model, kw_only=True):
    items: list[ReturnView]


class RowProblem(Model, kw_only=True):
    """Why a row is left out, with the whole product that it belongs to."""

    column: str | None
    """None if it is not about one cell."""
    type: str
    title: str


class SalesReport(Model, kw_only=True):
    items: list[SalesRow]


class SalesRow(Model, kw_only=True):
    period: date
    currency: str
    """ISO 4217."""
    group: str | None
    orders: int
    gross: int
    discounts: int
    shipping: int
    refunds: int
    net: int
    tax: int
    total: int


class SavedAddressDraft(Model, kw_only=True):
    address: Address
    default_shipping: bool | None = None
    """Whether front-ends suggest it; then no other address is the default. Left out, it is
    `false`.
    """
    default_billing: bool | None = None
    """Whether front-ends suggest it; then no other address is the default. Left out, it is
    `false`.
    """


class SavedAddressPatch(Model, kw_only=True):
    """What is left out stays; an address is replaced as a whole."""

    address: Address | None = None
    default_shipping: bool | None = None
    """Whether front-ends suggest it; then no other address is the default."""
    default_billing: bool | None = None
    """Whether front-ends suggest it; then no other address is the default."""


class SavedAddressView(Model, kw_only=True):
    id: UUID
    address: Address
    default_shipping: bool
    default_billing: bool
    version: int


class SavedAddresses(Model, kw_only=True):
    items: list[SavedAddressView]
    next_cursor: None = None


class SentLetterPage(Model, kw_only=True):
    items: list[SentLetterView]
    next_cursor: str | None


class SentLetterView(Model, kw_only=True):
    """What became of a letter about one event to one address."""

    id: UUID
    event_id: UUID
    letter: str
    recipient: str
    locale: Locale
    state: LetterState
    attempts: int
    code: int | None
    status: str | None
    created_at: datetime
    changed_at: datetime


class SentLine(Model, kw_only=True):
    line_id: UUID
    quantity: int


class SessionView(Model, kw_only=True):
    """Who you are, and the token for `X-CSRF-Token`."""

    visitor: VisitorView | None
    csrf_token: str


class SetAsidePage(Model, kw_only=True):
    items: list[SetAsideView]
    next_cursor: None = None


class SetAsideView(Model, kw_only=True):
    """A cart that was merged into another one, and can be had back."""

    id: str
    merged_into: str
    set_aside_at: datetime
    kept_until: datetime
    lines: list[CartContent]


class Settlement(Model, kw_only=True):
    """What closing a return pays back, as things stand."""

    return_id: UUID
    currency: str
    """ISO 4217."""
    goods: int
    """In the currency's minor unit; may be the sum of many amounts."""
    shipping: int
    """In the currency's minor unit; may be the sum of many amounts."""
    deduction: int
    """In the currency's minor unit; may be the sum of many amounts."""
    refund: int
    """In the currency's minor unit; may be the sum of many amounts."""


class Shades(Model, kw_only=True):
    """The brand's colours on a ground, with the texts that can be read on them (WCAG 2.2, AA)."""

    brand: str
    on_brand: str
    link: str


class ShippingChoice(Model, kw_only=True):
    id: UUID


class ShippingOptionDraft(Model, kw_only=True):
    """Carts in a currency without a price cannot choose the option."""

    tariff: Tariff | None = None
    """What the price depends on. Left out, it is `"flat"`."""
    courier: str | None = None
    tiers: dict[str, list[Tier]] | None = None
    """Required for `weight` and `subtotal`, only."""
    additional: dict[str, int] | None = None
    """For each unit after the first; for `first_additional` only."""
    free_from: dict[str, int] | None = None
    """Free from this subtotal before discounts on, inclusive."""
    zones: list[UUID] | None = None
    """Only addresses in these zones; if empty, all addresses."""
    min_weight: int | None = None
    """Inclusive. Left out, it is `0`."""
    max_weight: int | None = None
    max_length: int | None = None
    excluded_categories: list[str] | None = None
    """Not for products in these categories or their subcategories."""
    min_days: int | None = None
    max_days: int | None = None
    pickup_address: Address | None = None
    name: str
    """One line that is not blank."""
    prices: dict[str, int]
    translations: dict[str, str] | None = None
    countries: list[str] | None = None
    """If empty, all the shop ships to."""
    position: int | None = None
    """The lowest comes first. Left out, it is `0`."""
    active: bool | None = None
    """Whether buyers may choose it. Left out, it is `true`."""


class ShippingOptionPatch(Model, kw_only=True):
    """What is left out stays; lists and objects are replaced as a whole. A change of `tariff`
    removes the tiers, additional prices and courier of the old one.
    """

    name: str | None = None
    """One line that is not blank."""
    prices: dict[str, int] | None = None
    translations: dict[str, str | None] | None = None
    countries: list[str] | None = None
    """If empty, all the shop ships to."""
    position: int | None = None
    """The lowest comes first."""
    active: bool | None = None
    """Whether buyers may choose it."""
    tariff: Tariff | None = None
    """What the price depends on."""
    courier: str | UnsetType | None = UNSET
    tiers: dict[str, list[Tier]] | None = None
    """Required for `weight` and `subtotal`, only."""
    additional: dict[str, int] | None = None
    """For each unit after the first; for `first_additional` only."""
    free_from: dict[str, int] | None = None
    """Free from this subtotal before discounts on, inclusive."""
    zones: list[UUID] | None = None
    """Only addresses in these zones; if empty, all addresses."""
    min_weight: int | None = None
    """Inclusive."""
    max_weight: int | UnsetType | None = UNSET
    max_length: int | UnsetType | None = UNSET
    excluded_categories: list[str] | None = None
    """Not for products in these categories or their subcategories."""
    min_days: int | UnsetType | None = UNSET
    max_days: int | UnsetType | None = UNSET
    pickup_address: Address | UnsetType | None = UNSET


class ShippingOptionView(Model, kw_only=True):
    id: UUID
    name: str
    price: int
    """In the currency's minor unit; may be the sum of many amounts."""
    min_days: int | None = None
    max_days: int | None = None
    pickup_address: Address | None = None


class ShippingOptionsView(Model, kw_only=True):
    currency: str
    """ISO 4217."""
    items: list[ShippingOptionView]


class SimulatedConflict(Model, kw_only=True):
    """A promotion that would have reduced less if this one had applied."""

    promotion_id: str
    name: str
    orders: int


class SimulatedMoney(Model, kw_only=True):
    """The totals of the orders in one currency, without and with the promotion. `margin` is the
    lines' total without tax, less the cost of their units to the shop. It includes the
    `lines_with_cost` only; the others have no cost price.
    """

    currency: str
    """ISO 4217."""
    orders: int
    touched: int
    total_before: int
    """In the currency's minor unit."""
    total_after: int
    """In the currency's minor unit."""
    cost: int
    """In the currency's minor unit."""
    lines_with_cost: int
    lines_without_cost: int
    margin_before: int
    """In the currency's minor unit."""
    margin_after: int
    """In the currency's minor unit."""


class SimulationDraft(Model, kw_only=True):
    days: int | None = None
    """How far to look back. Left out, it is `30`."""


class SimulationView(Model, kw_only=True):
    """`free` counts orders that would have become free; `free_numbers` has the first 20 of them."""

    days: int
    """How far to look back."""
    orders: int
    complete: bool
    touched: int
    money: list[SimulatedMoney]
    free: int
    free_numbers: list[str]
    conflicts: list[SimulatedConflict]


class Spent(Model, kw_only=True):
    """What a customer has paid in one currency, less what was given back."""

    currency: str
    """ISO 4217."""
    amount: int
    """In the currency's minor unit."""


class StaffAcceptance(Model, kw_only=True):
    name: str
    """How we address the person."""
    password: str
    """Any characters. What is soon guessed is refused; mixtures are not asked for."""


class StaffCategories(Model, kw_only=True):
    """All categories; siblings are in the order in which the shop shows them."""

    items: list[StaffCategoryView]
    next_cursor: None = None


class StaffCategoryView(Model, kw_only=True):
    """A category as staff see it: its name in every language."""

    id: UUID
    slug: str
    parent: str | None
    names: dict[str, str]
    position: int
    """The lowest comes first."""
    version: int


class StaffDiscount(Model, kw_only=True):
    """A discount that staff grant: either `percent` or `amount`."""

    percent: str | None = None
    amount: int | None = None
    reason: str


class StaffInvitationDraft(Model, kw_only=True):
    email: str
    role: Role


class StaffInvitationOffer(Model, kw_only=True):
    """What the link in a mail offers."""

    email: str
    role: Role
    expires_at: datetime


class StaffInvitationView(Model, kw_only=True):
    """An invitation that nobody has accepted yet."""

    id: UUID
    email: str
    role: Role
    created_at: datetime
    expires_at: datetime


class StaffInvitations(Model, kw_only=True):
    items: list[StaffInvitationView]
    next_cursor: None = None


class StaffLegalPageView(Model, kw_only=True):
    """A legal page in all its languages."""

    kind: LegalKind
    texts: dict[str, LegalText]
    """Readers of other languages see that of the shop's first language."""
    changed_at: datetime
    version: int


class StaffLegalPages(Model, kw_only=True):
    items: list[StaffLegalPageView]


class StaffList(Model, kw_only=True):
    items: list[StaffView]
    next_cursor: None = None


class StaffMediaView(Model, kw_only=True):
    """A picture as staff see it: `url`, `width` and the like are null until it is ready."""

    id: UUID
    name: str
    """The name of the file that was uploaded."""
    state: MediaState
    failure: MediaFailure | None
    bytes: int
    """The size of the upload."""
    alt: dict[str, str]
    url: str | None
    thumbnail: str | None
    width: int | None
    height: int | None
    sources: list[PictureSource] | None
    created_at: datetime
    version: int


class StaffPatch(Model, kw_only=True):
    role: Role


class StaffPictureView(Model, kw_only=True):
    """A picture of a product; it is shown when it is ready."""

    id: UUID
    alt: dict[str, str]
    state: MediaState
    thumbnail: str | None


class StaffProductCard(Model, kw_only=True):
    id: UUID
    slug: str
    name: str
    published: bool
    version: int
    updated_at: datetime


class StaffProductPage(Model, kw_only=True):
    items: list[StaffProductCard]
    next_cursor: str | None


class StaffProductView(Model, kw_only=True):
    """A product as staff see it, in every language and currency, with stock levels."""

    id: UUID
    slug: str
    version: int
    published: bool
    texts: dict[str, StaffText]
    categories: list[str]
    attributes: dict[str, dict[str, str]]
    gift_card: bool
    variants: list[StaffVariantView]
    media: list[StaffPictureView]
    created_at: datetime
    updated_at: datetime


class StaffReturnDraft(Model, kw_only=True):
    """A return that staff make for a customer: it is approved at once."""

    lines: list[ReturnedLine]
    reason: str
    """What programs call the reason; it never changes."""
    note: str | None = None
    exchange: list[LineDraft] | None = None
    """What is wanted instead; nothing: the money."""
    instructions: str | None = None
    label_reference: str | None = None
    reserve: bool | None = None
    """Whether stock of what is wanted instead is reserved until the return ends. Left out, it is
    `true`.
    """


class StaffReturnPage(Model, kw_only=True):
    items: list[StaffReturnView]
    next_cursor: str | None


class StaffReturnView(Model, kw_only=True):
    """A return, as staff see it."""

    id: UUID
    number: str
    order_id: UUID
    version: int
    status: ReturnState
    reason: ReturnReasonName
    note: str | None
    by_staff: bool
    lines: list[ReturnLineView]
    asked_at: datetime
    decided_at: datetime | None
    refusal: str | None
    instructions: str | None
    label_reference: str | None
    expires_at: datetime | None
    received_at: datetime | None
    ended_at: datetime | None
    currency: str
    """ISO 4217."""
    refunded: int | None
    deduction: int | None
    exchange: list[LineDraft]
    """What is wanted instead; nothing: the money."""
    exchange_order: ExchangeOrder | None
    order_number: str
    email: str
    charges_fees: bool
    """Whether the policy's deductions apply; not where the merchant is at fault."""
    receipts: list[ReturnReceiptView]
    refund_id: UUID | None


class StaffShippingOptionView(Model, kw_only=True):
    """A shipping option as staff see it, in every language and currency."""

    tariff: Tariff | None = None
    """What the price depends on. Left out, it is `"flat"`."""
    courier: str | None = None
    tiers: dict[str, list[Tier]] = {}
    """Required for `weight` and `subtotal`, only."""
    additional: dict[str, int] = {}
    """For each unit after the first; for `first_additional` only."""
    free_from: dict[str, int] = {}
    """Free from this subtotal before discounts on, inclusive."""
    zones: list[UUID] = []
    """Only addresses in these zones; if empty, all addresses."""
    min_weight: int = 0
    """Inclusive. Left out, it is `0`."""
    max_weight: int | None = None
    max_length: int | None = None
    excluded_categories: list[str] = []
    """Not for products in these categories or their subcategories."""
    min_days: int | None = None
    max_days: int | None = None
    pickup_address: Address | None = None
    id: UUID
    names: dict[str, str]
    prices: dict[str, int]
    countries: list[str]
    """If empty, all the shop ships to."""
    position: int
    """The lowest comes first."""
    active: bool
    """Whether buyers may choose it."""
    version: int


class StaffShippingOptions(Model, kw_only=True):
    items: list[StaffShippingOptionView]
    next_cursor: None = None


class StaffText(Model, kw_only=True):
    name: str
    description: str
    options: list[OptionDraft]


class StaffVariantView(Model, kw_only=True):
    id: UUID
    sku: str
    names: dict[str, str]
    options: dict[str, str]
    prices: dict[str, int]
    compare_at_prices: dict[str, int]
    cost_prices: dict[str, int]
    converted_prices: dict[str, int]
    weight_grams: int | None
    length_mm: int | None
    width_mm: int | None
    height_mm: int | None
    tax_class: str
    media: UUID | None
    on_hand: int
    reserved: int
    available: int


class StaffView(Model, kw_only=True):
    id: UUID
    email: str
    name: str
    role: Role
    suspended_at: datetime | None
    version: int


class StockItem(Model, kw_only=True):
    """The stock of a variant at a location."""

    sku: str
    name: str
    variant_id: UUID
    product_id: UUID
    location: str
    on_hand: int
    reserved: int
    available: int


class StockLevel(Model, kw_only=True):
    location: str
    on_hand: int
    reserved: int
    available: int


class StockLevels(Model, kw_only=True):
    items: list[StockLevel]


class StockMovementPage(Model, kw_only=True):
    items: list[StockMovementView]
    next_cursor: str | None


class StockMovementView(Model, kw_only=True):
    """An entry of the stock ledger, which is never changed."""

    location: str
    reason: Reason
    on_hand: int
    """How many units came, or (negative) went."""
    reserved: int
    """How many units more, or fewer, were promised."""
    at: datetime
    source_id: UUID | None
    actor_id: UUID | None


class StockPage(Model, kw_only=True):
    items: list[StockItem]
    next_cursor: str | None


class StockReport(Model, kw_only=True):
    items: list[StockRow]


class StockRow(Model, kw_only=True):
    period: date
    sku: str
    location: str
    received: int
    sold: int
    returned: int
    adjusted: int
    change: int


class StoreCreditChoice(Model, kw_only=True):
    use: bool
    """Whether to pay with store credit."""


class StoreCreditDetail(Model, kw_only=True):
    id: UUID
    version: int
    customer_id: UUID | None
    email: str | None
    currency: str
    """ISO 4217."""
    balance: int
    """In the currency's minor unit, with what checkouts under way hold of it."""
    created_at: datetime
    held: int
    """The part of the balance that checkouts under way have been promised."""
    movements: list[MovementView]


class StoreCreditDraft(Model, kw_only=True):
    """What a customer is given; or loses, if it is negative. Name them by address or by id."""

    email: str | None = None
    user_id: UUID | None = None
    currency: str | None = None
    amount: int
    """In the currency's minor unit: given, or taken if it is negative; not 0."""
    reason: str
    """For staff."""


class StoreCreditPage(Model, kw_only=True):
    items: list[StoreCreditView]
    next_cursor: str | None


class StoreCreditView(Model, kw_only=True):
    id: UUID
    version: int
    customer_id: UUID | None
    email: str | None
    currency: str
    """ISO 4217."""
    balance: int
    """In the currency's minor unit, with what checkouts under way hold of it."""
    created_at: datetime
    held: int
    """The part of the balance that checkouts under way have been promised."""


class StorefrontPatch(Model, kw_only=True):
    """What is left out stays; `texts` is replaced as a whole."""

    logo: UUID | UnsetType | None = UNSET
    """The id of a picture that is ready; null: the shop's name is written."""
    brand_colour: str | UnsetType | None = UNSET
    """`#rrggbb`; null: the default. The colour of the text on it is worked out."""
    dark_brand_colour: str | UnsetType | None = UNSET
    """`#rrggbb`; null: the default. The colour of the text on it is worked out."""
    accent_colour: str | UnsetType | None = UNSET
    """`#rrggbb`; null: the default. The colour of the text on it is worked out."""
    texts: dict[str, StorefrontTexts] | None = None
    """Where a text is missing in a language, the one of the shop's first language is shown."""


class StorefrontSettingsView(Model, kw_only=True):
    """The storefront's settings, as staff see them."""

    logo: UUID | None
    """The id of a picture that is ready; null: the shop's name is written."""
    brand_colour: str | None
    """`#rrggbb`; null: the default. The colour of the text on it is worked out."""
    dark_brand_colour: str | None
    """`#rrggbb`; null: the default. The colour of the text on it is worked out."""
    accent_colour: str | None
    """`#rrggbb`; null: the default. The colour of the text on it is worked out."""
    texts: dict[str, StorefrontTexts]
    """Where a text is missing in a language, the one of the shop's first language is shown."""
    version: int


class StorefrontTexts(Model, kw_only=True):
    """Plain texts of the storefront in one language; null or empty: the default."""

    announcement: str | None = None
    welcome: str | None = None
    introduction: str | None = None
    footer: str | None = None


class StorefrontView(Model, kw_only=True):
    """What a front-end shows around its pages."""

    name: str
    logo: LogoView | None
    palette: Palette
    texts: StorefrontTexts
    legal_pages: list[LegalPageName]
    currencies: list[str]
    locales: list[Locale]


class SuppressionPage(Model, kw_only=True):
    items: list[SuppressionView]
    next_cursor: str | None


class SuppressionView(Model, kw_only=True):
    """An address that letters no longer reach."""

    id: UUID
    email: str
    status: str | None
    created_at: datetime


class TagsDraft(Model, kw_only=True):
    tags: list[str]


class TaxClassDraft(Model, kw_only=True):
    code: str
    """The code by which variants and rates refer to the class; it never changes."""
    name: str
    """One line that is not blank."""


class TaxClassPatch(Model, kw_only=True):
    """What is left out stays."""

    name: str | None = None
    """One line that is not blank."""


class TaxClassView(Model, kw_only=True):
    id: UUID
    code: str
    """The code by which variants and rates refer to the class; it never changes."""
    name: str
    """One line that is not blank."""
    version: int


class TaxClasses(Model, kw_only=True):
    items: list[TaxClassView]
    next_cursor: None = None


class TaxExchangeRate(Model, kw_only=True):
    """The rate at which the tax of invoices in a currency is converted, and where it is from."""

    currency: str
    """ISO 4217."""
    rate: str
    """Whole units of `tax_currency` for one of `currency`."""
    published_on: date
    source: str
    """One line that is not blank."""


class TaxRateDraft(Model, kw_only=True):
    """A tax of one jurisdiction; all that are in force for a zone and class are combined."""

    zone_id: UUID
    tax_class: str | None = None
    """The code by which variants and rates refer to the class; it never changes. Left out, it is
    `"standard"`.
    """
    name: str
    """One line that is not blank."""
    percent: str
    """Per cent, 0 to 100."""
    compound: bool | None = None
    """Whether it is also levied on the taxes before it. Left out, it is `false`."""
    position: int | None = None
    """The lowest comes first. Left out, it is `0`."""
    starts_at: datetime | None = None
    ends_at: datetime | None = None


class TaxRatePage(Model, kw_only=True):
    items: list[TaxRateView]
    next_cursor: str | None


class TaxRatePatch(Model, kw_only=True):
    """What is left out stays; null removes a start or an end."""

    zone_id: UUID | None = None
    tax_class: str | None = None
    """The code by which variants and rates refer to the class; it never changes."""
    name: str | None = None
    """One line that is not blank."""
    percent: str | None = None
    """Per cent, 0 to 100."""
    compound: bool | None = None
    """Whether it is also levied on the taxes before it."""
    position: int | None = None
    """The lowest comes first."""
    starts_at: datetime | UnsetType | None = UNSET
    ends_at: datetime | UnsetType | None = UNSET


class TaxRateView(Model, kw_only=True):
    id: UUID
    zone_id: UUID
    tax_class: str
    """The code by which variants and rates refer to the class; it never changes."""
    name: str
    """One line that is not blank."""
    percent: str
    """Per cent, 0 to 100."""
    compound: bool
    """Whether it is also levied on the taxes before it."""
    position: int
    """The lowest comes first."""
    starts_at: datetime | None
    ends_at: datetime | None
    version: int


class TaxReport(Model, kw_only=True):
    items: list[TaxRow]


class TaxRow(Model, kw_only=True):
    period: date
    currency: str
    """ISO 4217."""
    country: str | None
    rate: str
    taxable: int
    tax: int
    refunded_taxable: int
    refunded_tax: int


class Tier(Model, kw_only=True):
    """The price from a threshold up to the next tier."""

    from_: int = field(name="from")
    """Grams, or minor units; inclusive."""
    price: int
    """In the currency's minor unit."""


class Timeline(Model, kw_only=True):
    items: list[TimelineEntry]
    next_cursor: str | None


class TimelineActor(Model, kw_only=True):
    """Who did it; the name that they have now."""

    type: ActorKind
    id: UUID | None
    name: str | None


class TimelineEntry(Model, kw_only=True):
    id: UUID
    kind: Any
    type: str
    """The type of the event, the provider of the payment or the dispute, the name of the email,
    `note`, or `edit`.
    """
    at: datetime
    by: TimelineActor
    status: str | None = None
    amount: int | None = None
    """In the currency's minor unit; may be the sum of many amounts."""
    currency: str | None = None
    """ISO 4217."""
    refund_id: UUID | None = None
    return_id: UUID | None = None
    number: str | None = None
    reason: str | None = None
    difference: int | None = None
    recipient: str | None = None
    tags: list[str] = []
    text: str | None = None


class Totals(Model, kw_only=True):
    """The sums of a cart: `total = subtotal - discount + shipping + tax_added`."""

    subtotal: int
    discount: int
    shipping: int
    tax: int
    tax_included: int
    tax_added: int
    total: int


class Translation(Model, kw_only=True):
    """A product in another language; what is left out is shown in the shop's first language."""

    name: str | None = None
    description: str | None = None
    options: list[OptionDraft] | None = None


class VariantDraft(Model, kw_only=True):
    sku: str
    name: str | None = None
    options: dict[str, str] | None = None
    prices: dict[str, int]
    compare_at_prices: dict[str, int] | None = None
    cost_prices: dict[str, int] | None = None
    stock: int | None = None
    weight_grams: int | None = None
    length_mm: int | None = None
    width_mm: int | None = None
    height_mm: int | None = None
    tax_class: str | None = None
    """Left out, it is `"standard"`."""
    media: UUID | None = None
    translations: dict[str, str] | None = None


class VariantPatch(Model, kw_only=True):
    """What is left out stays; lists and objects are replaced as a whole. A currency that is
    missing from `prices` loses its compare-at price and its cost, too. A new variant needs
    prices.
    """

    name: str | UnsetType | None = UNSET
    options: dict[str, str] | None = None
    prices: dict[str, int] | None = None
    compare_at_prices: dict[str, int] | None = None
    cost_prices: dict[str, int] | None = None
    weight_grams: int | UnsetType | None = UNSET
    length_mm: int | UnsetType | None = UNSET
    width_mm: int | UnsetType | None = UNSET
    height_mm: int | UnsetType | None = UNSET
    tax_class: str | None = None
    media: UUID | UnsetType | None = UNSET
    translations: dict[str, str] | None = None
    sku: str
    stock: int | UnsetType | None = UNSET


class VariantView(Model, kw_only=True):
    id: UUID
    sku: str
    name: str
    options: dict[str, str]
    price: int
    """In the currency's minor unit."""
    in_stock: bool
    available: int
    compare_at_price: int | None = None
    """In the currency's minor unit."""
    lowest_price_30_days: int | None = None
    """In the currency's minor unit."""
    media: UUID | None = None


class VatCheck(Model, kw_only=True):
    """Whether the register knew the number when it was checked."""

    checked: bool
    at: datetime
    reference: str | None = None


class VerificationDraft(Model, kw_only=True):
    token: str
    password: str | None = None
    """Any characters. What is soon guessed is refused; mixtures are not asked for."""


class VisitorView(Model, kw_only=True):
    """A known visitor, as we describe them to themselves; a key has a name and no address."""

    id: UUID
    email: str | None
    name: str
    roles: list[str]


class WebhookDraft(Model, kw_only=True):
    url: str
    """`https://…`, without a user or a fragment."""
    types: list[str]
    """Names of events, `order.*` for all of a kind, or `*` for all."""
    owner_email: str
    """Who gets a mail when it is disabled."""
    description: str | None = None
    """Left out, it is `""`."""
    ordered: bool | None = None
    """True: each event only after the one before it was delivered or given up. Left out, it is
    `false`.
    """
    active: bool | None = None
    """Left out, it is `true`."""


class WebhookPage(Model, kw_only=True):
    items: list[WebhookView]
    next_cursor: str | None


class WebhookPatch(Model, kw_only=True):
    url: str | None = None
    """`https://…`, without a user or a fragment."""
    types: list[str] | None = None
    """Names of events, `order.*` for all of a kind, or `*` for all."""
    owner_email: str | None = None
    """Who gets a mail when it is disabled."""
    description: str | None = None
    ordered: bool | None = None
    """True: each event only after the one before it was delivered or given up."""
    active: bool | None = None


class WebhookView(Model, kw_only=True):
    id: UUID
    url: str
    """`https://…`, without a user or a fragment."""
    types: list[str]
    """Names of events, `order.*` for all of a kind, or `*` for all."""
    description: str
    owner_email: str
    """Who gets a mail when it is disabled."""
    ordered: bool
    """True: each event only after the one before it was delivered or given up."""
    active: bool
    state: WebhookState
    disabled: Disabled | None
    old_secret_until: datetime | None
    created_at: datetime
    version: int


class WebhookWithSecret(Model, kw_only=True):
    """The only answer with the secret: repeating the request by its idempotency key omits it."""

    id: UUID
    url: str
    """`https://…`, without a user or a fragment."""
    types: list[str]
    """Names of events, `order.*` for all of a kind, or `*` for all."""
    description: str
    owner_email: str
    """Who gets a mail when it is disabled."""
    ordered: bool
    """True: each event only after the one before it was delivered or given up."""
    active: bool
    state: WebhookState
    disabled: Disabled | None
    old_secret_until: datetime | None
    created_at: datetime
    version: int
    secret: str | None = None


class WordingDraft(Model, kw_only=True):
    """Plain text with placeholders such as `{order_number}`; fields left out keep the default."""

    subject: str | None = None
    heading: str | None = None
    intro: str | None = None
    closing: str | None = None


class WordingView(Model, kw_only=True):
    id: UUID
    letter: str
    locale: Locale
    subject: str | None = None
    heading: str | None = None
    intro: str | None = None
    closing: str | None = None
    version: int


class ZoneDraft(Model, kw_only=True):
    """The zone contains the addresses in any of its areas."""

    name: str
    """One line that is not blank."""
    areas: list[AreaDraft]


class ZonePatch(Model, kw_only=True):
    """What is left out stays; the areas are replaced as a whole."""

    name: str | None = None
    """One line that is not blank."""
    areas: list[AreaDraft] | None = None


class ZoneView(Model, kw_only=True):
    id: UUID
    name: str
    """One line that is not blank."""
    areas: list[AreaDraft]
    version: int


class Zones(Model, kw_only=True):
    items: list[ZoneView]
    next_cursor: None = None
