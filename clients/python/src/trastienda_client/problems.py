"""Each problem that the shop refuses a call with.

Written by `make clients` from the shop's OpenAPI document: do not edit it.
"""

from __future__ import annotations

from uuid import UUID

from trastienda_client.refusals import Refusal
from trastienda_client.schemas import CartProblem


class AccountSuspended(Refusal, type="/problems/account-suspended"):
    """This account is suspended."""


class AddressBookFull(Refusal, type="/problems/address-book-full"):
    """There are as many addresses as an account can keep; remove one first."""

    limit: int
    """The most that is allowed."""


class AddressSuppressed(Refusal, type="/problems/address-suppressed"):
    """Letters to this address come back; take it off the list of suppressed addresses first."""


class AddressUnusable(Refusal, type="/problems/address-unusable"):
    """No mail can go to this e-mail address."""


class AmountDueChanged(Refusal, type="/problems/amount-due-changed"):
    """Gift cards and store credit leave another amount to pay than you expected."""

    amount_due: int
    """What is left to pay now, in the currency's minor unit."""
    expected_amount_due: int
    """What you expected to be left to pay, in the currency's minor unit."""


class AmountTooSmall(Refusal, type="/problems/amount-too-small"):
    """This is less than this payment provider takes."""

    minimum: int
    """The least that is taken, in the currency's minor unit."""
    offered: list[str]
    """The payment providers that are offered."""


class BalanceTooLow(Refusal, type="/problems/balance-too-low"):
    """This is more than the balance that is not held by a checkout."""


class BodyTooLarge(Refusal, type="/problems/body-too-large"):
    """The body is larger than this server takes."""

    limit: int | None
    """The most that is allowed."""


class BodyTooSlow(Refusal, type="/problems/body-too-slow"):
    """The body of the request did not arrive in time."""


class BounceTooLarge(Refusal, type="/problems/bounce-too-large"):
    """A report of a mail server has at most 256 KiB."""

    limit: int
    """The most that is allowed."""


class BounceUnreadable(Refusal, type="/problems/bounce-unreadable"):
    """This is no report of a mail server about a letter (RFC 3464)."""


class CaptureRefused(Refusal, type="/problems/capture-refused"):
    """The payment provider refused to capture this payment."""

    reason: str
    """The reason that the other side gave, in its words."""


class CaptureTooLarge(Refusal, type="/problems/capture-too-large"):
    """This is more than is still to be paid, or was authorised."""


class CartChanged(Refusal, type="/problems/cart-changed"):
    """The cart has changed since you read it."""

    version: int
    """The version that there is now."""


class CartClosed(Refusal, type="/problems/cart-closed"):
    """This cart has become an order and cannot change any more."""


class CartFull(Refusal, type="/problems/cart-full"):
    """A cart holds at most 200 lines."""


class CartLineNotFound(Refusal, type="/problems/cart-line-not-found"):
    """There is no such line in this cart."""


class CartMerged(Refusal, type="/problems/cart-merged"):
    """This cart was merged into another cart of its customer."""

    cart: str
    """The id of the cart to continue with."""


class CartNotFound(Refusal, type="/problems/cart-not-found"):
    """There is no such cart."""


class CartNotReady(Refusal, type="/problems/cart-not-ready"):
    """The cart cannot be ordered yet."""

    problems: list[CartProblem] | None
    """The cart's problems, as the cart shows them."""


class CategoriesFull(Refusal, type="/problems/categories-full"):
    """The shop holds at most 1,000 categories."""

    limit: int
    """The most that is allowed."""


class CategoryChanged(Refusal, type="/problems/category-changed"):
    """The category has changed since you read it."""

    version: int
    """The version that there is now."""


class CategoryInsideItself(Refusal, type="/problems/category-inside-itself"):
    """A category cannot stand inside itself or inside one of its own."""


class CategoryNotBeside(Refusal, type="/problems/category-not-beside"):
    """The category that it is to stand before is not in this parent, or no longer."""


class CategoryNotEmpty(Refusal, type="/problems/category-not-empty"):
    """Other categories stand inside this one; move or delete them first."""


class CategoryNotFound(Refusal, type="/problems/category-not-found"):
    """There is no such category."""


class CategorySlugTaken(Refusal, type="/problems/category-slug-taken"):
    """Another category has this slug."""

    slug: str
    """The slug."""


class CategoryTooDeep(Refusal, type="/problems/category-too-deep"):
    """Categories stand inside each other at most 10 levels deep."""

    limit: int
    """The most that is allowed."""


class CategoryUnknown(Refusal, type="/problems/category-unknown"):
    """There is no such category."""

    category: str
    """The slug of the category."""


class ChannelChanged(Refusal, type="/problems/channel-changed"):
    """The settings have changed since you read them."""

    version: int
    """The version that there is now."""


class ChannelUnknown(Refusal, type="/problems/channel-unknown"):
    """The shop has no such channel."""

    known: list[str]
    """The names that there are."""


class CheckoutInProgress(Refusal, type="/problems/checkout-in-progress"):
    """A payment for this cart is under way; please try again in a moment."""

    retry_after: int
    """After how many seconds to try again."""


class Conflict(Refusal, type="/problems/conflict"):
    """The request was fine; the state of the shop does not allow it."""


class CostWithoutPrice(Refusal, type="/problems/cost-without-price"):
    """A cost needs a price in the same currency."""


class CountryNotServed(Refusal, type="/problems/country-not-served"):
    """We do not ship to this country."""


class CountryUnknown(Refusal, type="/problems/country-unknown"):
    """There is no such country (ISO 3166-1 alpha-2)."""

    country: str
    """The country (ISO 3166-1)."""


class CouponChanged(Refusal, type="/problems/coupon-changed"):
    """The coupon has changed since you read it."""

    version: int
    """The version that there is now."""


class CouponCodeTaken(Refusal, type="/problems/coupon-code-taken"):
    """Another coupon has this code."""


class CouponCodesShort(Refusal, type="/problems/coupon-codes-short"):
    """There are not so many different codes of this length; make it longer."""


class CouponNotFound(Refusal, type="/problems/coupon-not-found"):
    """This promotion has no such coupon."""


class CouponNotInCart(Refusal, type="/problems/coupon-not-in-cart"):
    """There is no such code in this cart."""


class CouponUnknown(Refusal, type="/problems/coupon-unknown"):
    """There is no such code, or it is not in use."""


class CouponUsedUp(Refusal, type="/problems/coupon-used-up"):
    """This code has been used up."""


class CouponUsedUpByYou(Refusal, type="/problems/coupon-used-up-by-you"):
    """You have used this code as often as one customer may."""


class CouponsFull(Refusal, type="/problems/coupons-full"):
    """A cart takes at most 10 codes."""


class CouponsOfOthers(Refusal, type="/problems/coupons-of-others"):
    """Only promotions that a coupon sets off have codes."""


class CourierMissing(Refusal, type="/problems/courier-missing"):
    """No courier is connected whose prices could be asked for."""


class CourierServiceMissing(Refusal, type="/problems/courier-service-missing"):
    """This tariff needs the service to ask the courier for (`courier`)."""


class CreditSpent(Refusal, type="/problems/credit-spent"):
    """A gift card or the store credit does not hold this much any more; read the cart again."""


class CreditUnusable(Refusal, type="/problems/credit-unusable"):
    """A credit note gives back something of what its invoice charged."""


class CsrfTokenWrong(Refusal, type="/problems/csrf-token-wrong"):
    """The X-CSRF-Token header is missing or wrong; ask for GET /v1/session to get one."""


class CurrencyMissing(Refusal, type="/problems/currency-missing"):
    """Totals can be compared in one currency only: say which."""


class CurrencyUnknown(Refusal, type="/problems/currency-unknown"):
    """The shop does not sell in this currency."""

    currency: str
    """The currency (ISO 4217)."""
    known: list[str]
    """The names that there are."""


class CursorUnusable(Refusal, type="/problems/cursor-unusable"):
    """This cursor was not made for this list with this sort and these filters."""


class CustomerGroupChanged(Refusal, type="/problems/customer-group-changed"):
    """The customer group has changed since you read it."""

    version: int
    """The version that there is now."""


class CustomerGroupCodeTaken(Refusal, type="/problems/customer-group-code-taken"):
    """Another customer group has this code."""


class CustomerGroupInUse(Refusal, type="/problems/customer-group-in-use"):
    """There are promotions or price lists for this customer group."""


class CustomerGroupNotFound(Refusal, type="/problems/customer-group-not-found"):
    """There is no such customer group."""


class CustomerHasOpenOrders(Refusal, type="/problems/customer-has-open-orders"):
    """There are orders that were not sent yet, or a checkout under way: finish or cancel them."""


class CustomerIsStaff(Refusal, type="/problems/customer-is-staff"):
    """This is a member of staff: take the role away first."""


class CustomerNotFound(Refusal, type="/problems/customer-not-found"):
    """There is no such customer."""


class CustomerUnknown(Refusal, type="/problems/customer-unknown"):
    """There is no such account."""


class DatabaseAhead(Refusal, type="/problems/database-ahead"):
    """The database belongs to a newer version of the shop."""


class DatabaseAway(Refusal, type="/problems/database-away"):
    """The database cannot be reached; please try again."""


class DatabaseBehind(Refusal, type="/problems/database-behind"):
    """The database is not up to date yet."""


class DefaultCurrencyMissing(Refusal, type="/problems/default-currency-missing"):
    """The default currency is one of those that the shop takes."""

    currency: str
    """The currency (ISO 4217)."""


class DeliveryNotFound(Refusal, type="/problems/delivery-not-found"):
    """There is no such delivery, or it is not kept any more."""


class DiscountUnclear(Refusal, type="/problems/discount-unclear"):
    """A discount is a percentage or an amount."""


class DraftOrderChanged(Refusal, type="/problems/draft-order-changed"):
    """The draft order has changed since you read it."""

    version: int
    """The version that there is now."""


class DraftOrderCompleted(Refusal, type="/problems/draft-order-completed"):
    """This draft order has become an order."""

    order: UUID
    """The order's id."""


class DraftOrderCustomerUnknown(Refusal, type="/problems/draft-order-customer-unknown"):
    """There is no account with this id."""


class DraftOrderEmpty(Refusal, type="/problems/draft-order-empty"):
    """A draft order has at least one line."""


class DraftOrderExpired(Refusal, type="/problems/draft-order-expired"):
    """The time to order this has ended; please ask the shop."""


class DraftOrderNotFound(Refusal, type="/problems/draft-order-not-found"):
    """There is no such draft order."""


class DraftOrderSkuTwice(Refusal, type="/problems/draft-order-sku-twice"):
    """A draft order has each SKU once."""


class EditLineUnknown(Refusal, type="/problems/edit-line-unknown"):
    """This order has no line with this id."""


class EventNotFound(Refusal, type="/problems/event-not-found"):
    """There is no such event, or it is not kept any more."""


class EventTypeUnknown(Refusal, type="/problems/event-type-unknown"):
    """There is no such type of event."""

    event_type: str
    """The event type."""


class ExchangeNotShippable(Refusal, type="/problems/exchange-not-shippable"):
    """Say how the new order is to be sent: the way of the old one is not there any more."""


class ExchangeRateChanged(Refusal, type="/problems/exchange-rate-changed"):
    """The exchange rate has changed since you read it."""


class FilterUnusable(Refusal, type="/problems/filter-unusable"):
    """A filter is a name, an equals sign and a value; a list takes at most 8 names."""


class ForCustomers(Refusal, type="/problems/for-customers"):
    """Only people who have logged in may do this, not API keys."""


class ForeignOrigin(Refusal, type="/problems/foreign-origin"):
    """The request comes from a page of another site."""


class FormMalformed(Refusal, type="/problems/form-malformed"):
    """The form has one part `file`, and may have a part `alt` with JSON; nothing else."""


class FulfilmentChanged(Refusal, type="/problems/fulfilment-changed"):
    """The fulfilment has changed since you read it."""

    version: int
    """The version that there is now."""


class FulfilmentNotFound(Refusal, type="/problems/fulfilment-not-found"):
    """There is no such fulfilment."""


class FulfilmentNotOnItsWay(Refusal, type="/problems/fulfilment-not-on-its-way"):
    """This fulfilment is not on its way to the buyer."""


class FulfilmentNotReady(Refusal, type="/problems/fulfilment-not-ready"):
    """This fulfilment is not waiting to be picked up."""


class GiftCardChanged(Refusal, type="/problems/gift-card-changed"):
    """The gift card has changed since you read it."""

    version: int
    """The version that there is now."""


class GiftCardDisabled(Refusal, type="/problems/gift-card-disabled"):
    """This gift card is disabled."""


class GiftCardExpired(Refusal, type="/problems/gift-card-expired"):
    """This gift card has expired."""


class GiftCardExpiryUnusable(Refusal, type="/problems/gift-card-expiry-unusable"):
    """A gift card expires at a time that is to come."""


class GiftCardInOtherCurrency(Refusal, type="/problems/gift-card-in-other-currency"):
    """This gift card is in another currency than the cart."""

    currency: str
    """The currency (ISO 4217)."""


class GiftCardNotExchanged(Refusal, type="/problems/gift-card-not-exchanged"):
    """Goods are not exchanged for gift cards."""

    sku: str
    """The SKU."""


class GiftCardNotFound(Refusal, type="/problems/gift-card-not-found"):
    """There is no such gift card."""


class GiftCardNotInCart(Refusal, type="/problems/gift-card-not-in-cart"):
    """This gift card is not in the cart."""


class GiftCardNotShipped(Refusal, type="/problems/gift-card-not-shipped"):
    """Gift cards are not sent in parcels: they go by email when all of the order is paid."""


class GiftCardPriceFixed(Refusal, type="/problems/gift-card-price-fixed"):
    """A gift card is worth its price, so that no other price can be set."""

    sku: str
    """The SKU."""


class GiftCardUnknown(Refusal, type="/problems/gift-card-unknown"):
    """No gift card with this code can be used."""


class GiftCardUsed(Refusal, type="/problems/gift-card-used"):
    """A gift card can be refunded while all that it was sold for is on it; this one was used."""


class GiftCardVariantUnusable(Refusal, type="/problems/gift-card-variant-unusable"):
    """A gift card is worth its price, and has no stock, weight, size, tax class or higher price."""


class GiftCardsFull(Refusal, type="/problems/gift-cards-full"):
    """A cart holds at most 10 gift cards."""


class GiftCardsNotEdited(Refusal, type="/problems/gift-cards-not-edited"):
    """Gift cards are neither added to an order nor changed in it: refund them, or order anew."""


class HostUnusable(Refusal, type="/problems/host-unusable"):
    """A host is a name or an address, with a port if need be."""

    host: str
    """The host name."""


class IbanUnusable(Refusal, type="/problems/iban-unusable"):
    """This is no number of a bank account (ISO 13616)."""


class InvalidCredentials(Refusal, type="/problems/invalid-credentials"):
    """No account has this address and password."""


class InvalidRequest(Refusal, type="/problems/invalid-request"):
    """The request does not have the shape that is asked for."""


class InvalidText(Refusal, type="/problems/invalid-text"):
    """Text must be UTF-8 and hold no NUL."""


class InvitationExpired(Refusal, type="/problems/invitation-expired"):
    """The invitation is not valid, was accepted already, or is too old; ask for a new one."""


class InvitationNotFound(Refusal, type="/problems/invitation-not-found"):
    """There is no such invitation, or somebody has accepted it."""


class InvoiceCancelled(Refusal, type="/problems/invoice-cancelled"):
    """This invoice has been cancelled."""


class InvoiceCorrected(Refusal, type="/problems/invoice-corrected"):
    """A credit note corrects this invoice, so it cannot be cancelled as an error."""


class InvoiceNotFound(Refusal, type="/problems/invoice-not-found"):
    """There is no such invoice."""


class InvoiceNotReady(Refusal, type="/problems/invoice-not-ready"):
    """The invoice is being written; try again in a moment."""

    retry_after: int
    """After how many seconds to try again."""


class InvoiceSettingsChanged(Refusal, type="/problems/invoice-settings-changed"):
    """The settings of invoices have changed since you read them."""

    version: int
    """The version that there is now."""


class InvoiceSettingsMissing(Refusal, type="/problems/invoice-settings-missing"):
    """Before the first invoice, somebody has to say who the seller is."""


class InvoiceSettingsNotFound(Refusal, type="/problems/invoice-settings-not-found"):
    """The settings of invoices have not been written yet."""


class JobNotFailed(Refusal, type="/problems/job-not-failed"):
    """Only a job that has failed for good, or was cancelled, can be tried again."""

    job_status: str
    """What the job is doing now."""


class JobNotFound(Refusal, type="/problems/job-not-found"):
    """There is no such job, or it has been done."""


class JobNotWaiting(Refusal, type="/problems/job-not-waiting"):
    """Only a job that waits can be cancelled."""

    job_status: str
    """What the job is doing now."""


class JobsNeglected(Refusal, type="/problems/jobs-neglected"):
    """Jobs are due, and no worker takes them."""


class KeyAllowsNothing(Refusal, type="/problems/key-allows-nothing"):
    """A key needs a role or at least one scope."""


class KeyEndsBefore(Refusal, type="/problems/key-ends-before"):
    """A key ends after it was made."""


class KeyInUse(Refusal, type="/problems/key-in-use"):
    """The first request with this idempotency key is still running."""

    retry_after: int
    """After how many seconds to try again."""


class KeyNotFound(Refusal, type="/problems/key-not-found"):
    """There is no such key, or it is revoked already."""

    key: str
    """The first characters of the API key."""


class KeyPrinted(Refusal, type="/problems/key-printed"):
    """This idempotency key is printed in the documentation; make one of your own."""


class KeyReused(Refusal, type="/problems/key-reused"):
    """This idempotency key was used for another request."""


class KeyUnusable(Refusal, type="/problems/key-unusable"):
    """An idempotency key has 1 to 255 visible ASCII characters; an anonymous one at least 22."""


class LastOwner(Refusal, type="/problems/last-owner"):
    """The last owner stays: make somebody else an owner first."""

    staff: str
    """The e-mail address or id of the member of staff."""


class LastVariant(Refusal, type="/problems/last-variant"):
    """This is the product's only variant: delete the product instead."""


class LegalPageChanged(Refusal, type="/problems/legal-page-changed"):
    """The legal page has changed since you read it."""

    version: int
    """The version that there is now."""


class LegalPageNotFound(Refusal, type="/problems/legal-page-not-found"):
    """The shop has no such legal page."""


class LegalTextMissing(Refusal, type="/problems/legal-text-missing"):
    """A legal page needs a text in one language at least."""


class LegalTitleMissing(Refusal, type="/problems/legal-title-missing"):
    """A text needs a title."""


class LessThanRefunded(Refusal, type="/problems/less-than-refunded"):
    """This edit would leave less of the order than was refunded of it."""


class LetterNotFound(Refusal, type="/problems/letter-not-found"):
    """There is no such letter."""


class LetterOnItsWay(Refusal, type="/problems/letter-on-its-way"):
    """The letter is on its way already."""


class LimitsCrossed(Refusal, type="/problems/limits-crossed"):
    """The upper limit is below the lower one."""


class LineGone(Refusal, type="/problems/line-gone"):
    """What this line sold is not in the shop any more: its tax at another place is not known."""

    line_id: UUID
    """The line."""


class LineNamedTwice(Refusal, type="/problems/line-named-twice"):
    """An edit names each line once."""


class LineNotInOrder(Refusal, type="/problems/line-not-in-order"):
    """This order has no such line."""

    line_id: UUID
    """The line."""


class LineSent(Refusal, type="/problems/line-sent"):
    """Units of this line were sent, are ready to be picked up, or were refunded: they stay."""

    line_id: UUID
    """The line."""
    quantity: int
    """How many units are left."""


class LinkUnusable(Refusal, type="/problems/link-unusable"):
    """The link is not valid, or too old."""


class LocationChanged(Refusal, type="/problems/location-changed"):
    """The location has changed since you read it."""

    version: int
    """The version that there is now."""


class LocationCodeTaken(Refusal, type="/problems/location-code-taken"):
    """Another location has this code."""

    code: str
    """The code that is in question."""


class LocationInUse(Refusal, type="/problems/location-in-use"):
    """This location keeps or has kept stock, and its ledger is never deleted."""


class LocationNotFound(Refusal, type="/problems/location-not-found"):
    """There is no such location."""


class LocationUnknown(Refusal, type="/problems/location-unknown"):
    """There is no such location."""


class LogInFirst(Refusal, type="/problems/log-in-first"):
    """Log in, or send an API key, to do this."""


class LogoNotReady(Refusal, type="/problems/logo-not-ready"):
    """This picture is not ready, so it cannot be the logo."""


class LogoUnknown(Refusal, type="/problems/logo-unknown"):
    """There is no such picture."""


class MainLocationNeeded(Refusal, type="/problems/main-location-needed"):
    """The first stock of a product arrives at the main location: it stays."""


class MalformedJson(Refusal, type="/problems/malformed-json"):
    """The body is not JSON."""

    byte: int
    """Where reading failed: bytes from the start."""


class MediaChanged(Refusal, type="/problems/media-changed"):
    """The picture has changed since you read it."""

    version: int
    """The version that there is now."""


class MediaInUse(Refusal, type="/problems/media-in-use"):
    """Products show this picture; take it off them first."""

    products: list[str]
    """The slugs of the first products that show it."""


class MediaIsLogo(Refusal, type="/problems/media-is-logo"):
    """This picture is the shop's logo; choose another one first."""


class MediaNotFound(Refusal, type="/problems/media-not-found"):
    """There is no such picture."""


class MediaStoreAway(Refusal, type="/problems/media-store-away"):
    """Pictures cannot be stored or read at the moment."""


class MemberNotFound(Refusal, type="/problems/member-not-found"):
    """This account is not in this group."""


class MoreThanExpected(Refusal, type="/problems/more-than-expected"):
    """More units would arrive than are to come back of this line."""

    line_id: UUID
    """The line."""
    quantity: int
    """How many units are left."""


class MoreThanInvoiced(Refusal, type="/problems/more-than-invoiced"):
    """Credit notes give back no more than their invoice charged."""


class MoreThanLeft(Refusal, type="/problems/more-than-left"):
    """More units would be refunded than are left of this line."""

    line_id: UUID
    """The line."""
    quantity: int
    """How many units are left."""


class MoreThanOrdered(Refusal, type="/problems/more-than-ordered"):
    """More would be sent than was ordered."""

    line_id: UUID
    """The line."""


class MoreThanReturnable(Refusal, type="/problems/more-than-returnable"):
    """More units would be returned than can be of this line."""

    line_id: UUID
    """The line."""
    quantity: int
    """How many units are left."""


class MoreThanSent(Refusal, type="/problems/more-than-sent"):
    """More would come back into stock than was sent."""

    line_id: UUID
    """The line."""


class NestedTooDeep(Refusal, type="/problems/nested-too-deep"):
    """The body is nested deeper than anything here could mean."""

    limit: int
    """The most that is allowed."""


class NoChannel(Refusal, type="/problems/no-channel"):
    """The shop has no channel yet."""


class NoCustomerAccount(Refusal, type="/problems/no-customer-account"):
    """This order is of a guest, who has no store credit."""


class NoGiftCard(Refusal, type="/problems/no-gift-card"):
    """Only gift cards have a recipient."""


class NoSuchAddress(Refusal, type="/problems/no-such-address"):
    """There is nothing at this address."""


class NoSuchCurrency(Refusal, type="/problems/no-such-currency"):
    """There is no such currency (ISO 4217)."""

    currency: str
    """The currency (ISO 4217)."""


class NoSuchExchangeRate(Refusal, type="/problems/no-such-exchange-rate"):
    """There is no exchange rate into this currency."""


class NoSuchPriceList(Refusal, type="/problems/no-such-price-list"):
    """There is no such price list."""


class NoSuchProblem(Refusal, type="/problems/no-such-problem"):
    """There is no problem of this name."""

    name: str
    """The name."""


class NoSuchShippingOption(Refusal, type="/problems/no-such-shipping-option"):
    """There is no such way of shipping."""


class NoSuchSku(Refusal, type="/problems/no-such-sku"):
    """There is no variant with this SKU."""

    sku: str
    """The SKU."""


class NotAllowed(Refusal, type="/problems/not-allowed"):
    """Your role or key does not allow this."""

    scope: str
    """The scope that is missing or unknown."""


class NotInPriceList(Refusal, type="/problems/not-in-price-list"):
    """The price list has no price for this SKU."""


class NotYourself(Refusal, type="/problems/not-yourself"):
    """Nobody changes their own role, or suspends or removes themselves."""


class NothingAdjusted(Refusal, type="/problems/nothing-adjusted"):
    """An adjustment of 0 changes nothing."""


class NothingEdited(Refusal, type="/problems/nothing-edited"):
    """This edit would change nothing."""


class NothingKept(Refusal, type="/problems/nothing-kept"):
    """This order is from before the shop kept what its totals were computed from."""


class NothingMoved(Refusal, type="/problems/nothing-moved"):
    """A movement of nothing is not a movement."""


class NothingPromised(Refusal, type="/problems/nothing-promised"):
    """More was sent than this order had been promised."""


class NothingReservedThere(Refusal, type="/problems/nothing-reserved-there"):
    """This location does not hold that much for this order."""


class NothingSentYet(Refusal, type="/problems/nothing-sent-yet"):
    """Nothing of this order has been sent yet, so that nothing can come back."""


class NothingToRefund(Refusal, type="/problems/nothing-to-refund"):
    """Nothing of this is left to be refunded."""


class NothingWanted(Refusal, type="/problems/nothing-wanted"):
    """Say what is wanted instead: this return does not."""


class OptionsDoNotFit(Refusal, type="/problems/options-do-not-fit"):
    """A variant names exactly one known value of each option, and names and values differ."""


class OrderAlreadyFulfilled(Refusal, type="/problems/order-already-fulfilled"):
    """Part of this order has already been sent."""

    order: UUID | None
    """The order's id."""


class OrderAlreadyPaid(Refusal, type="/problems/order-already-paid"):
    """This order has already been paid."""

    order: UUID
    """The order's id."""


class OrderChanged(Refusal, type="/problems/order-changed"):
    """The order has changed since you read it."""

    version: int
    """The version that there is now."""


class OrderClosed(Refusal, type="/problems/order-closed"):
    """This order has been cancelled."""

    order: UUID
    """The order's id."""


class OrderEmpty(Refusal, type="/problems/order-empty"):
    """An order keeps a line at least; cancel it instead."""


class OrderLinkExpired(Refusal, type="/problems/order-link-expired"):
    """This link has ended; ask for a new one by mail."""


class OrderNotCaptured(Refusal, type="/problems/order-not-captured"):
    """Money for this order is only held, and does not fit this: capture it first."""


class OrderNotFound(Refusal, type="/problems/order-not-found"):
    """There is no such order."""


class OrderNotInvoiced(Refusal, type="/problems/order-not-invoiced"):
    """This order has no invoice that could be corrected."""


class OrderReadyForPickup(Refusal, type="/problems/order-ready-for-pickup"):
    """All that is left of this order is ready to be picked up."""


class OrderTooOld(Refusal, type="/problems/order-too-old"):
    """This order is from before the shop kept what an invoice is drawn up from."""


class OriginUnusable(Refusal, type="/problems/origin-unusable"):
    """An origin is https:// and a host, with a port if need be."""

    origin: str
    """The origin."""


class OutOfStock(Refusal, type="/problems/out-of-stock"):
    """There is not enough in stock."""

    problems: list[CartProblem]
    """The cart's problems, as the cart shows them."""


class ParentUnknown(Refusal, type="/problems/parent-unknown"):
    """There is no such category to stand in."""

    parent: str
    """The slug of the category above."""


class PasswordNeeded(Refusal, type="/problems/password-needed"):
    """This link was not asked for in this browser: choose the password of the account."""


class PasswordResetExpired(Refusal, type="/problems/password-reset-expired"):
    """The link is not valid, was used already, or is too old; ask for a new one."""


class PasswordTooCommon(Refusal, type="/problems/password-too-common"):
    """The password is among the first that anybody would try; choose another."""


class PasswordWrong(Refusal, type="/problems/password-wrong"):
    """This is not your current password."""


class PaymentBusy(Refusal, type="/problems/payment-busy"):
    """The payment provider is being asked about this payment; please try again in a moment."""

    retry_after: int
    """After how many seconds to try again."""


class PaymentDeclined(Refusal, type="/problems/payment-declined"):
    """The payment was declined."""

    reason: str
    """The reason that the other side gave, in its words."""


class PaymentDueUnusable(Refusal, type="/problems/payment-due-unusable"):
    """Payment can be due at a time that is to come, within a year."""


class PaymentMissing(Refusal, type="/problems/payment-missing"):
    """Something is left to pay: name a payment provider."""

    amount_due: int
    """What is left to pay now, in the currency's minor unit."""


class PaymentNotFound(Refusal, type="/problems/payment-not-found"):
    """There is no such payment."""


class PaymentProviderChanged(Refusal, type="/problems/payment-provider-changed"):
    """The payment provider has changed since you read it."""

    version: int
    """The version that there is now."""


class PaymentProviderInUse(Refusal, type="/problems/payment-provider-in-use"):
    """This provider has taken payments: disable it, and it takes no more."""


class PaymentProviderNameTaken(Refusal, type="/problems/payment-provider-name-taken"):
    """Another payment provider has this name."""

    name: str
    """The name."""


class PaymentProviderNotFound(Refusal, type="/problems/payment-provider-not-found"):
    """There is no such payment provider."""


class PaymentProvidersFull(Refusal, type="/problems/payment-providers-full"):
    """A shop has at most 50 payment providers."""

    limit: int
    """The most that is allowed."""


class PaymentUnclear(Refusal, type="/problems/payment-unclear"):
    """The payment provider has not said yet what became of this payment; please try again."""


class PeriodUnusable(Refusal, type="/problems/period-unusable"):
    """A period ends after it begins, and lies between the years 2000 and 2200."""


class PickupNotOffered(Refusal, type="/problems/pickup-not-offered"):
    """This order was not placed with a pick-up point."""


class PictureEmpty(Refusal, type="/problems/picture-empty"):
    """The file is empty."""


class PictureFailed(Refusal, type="/problems/picture-failed"):
    """No files could be made of this picture."""


class PictureFormatUnknown(Refusal, type="/problems/picture-format-unknown"):
    """The file is not a JPEG, PNG, WebP, AVIF or GIF."""


class PictureNotFetched(Refusal, type="/problems/picture-not-fetched"):
    """The picture could not be fetched from its address."""

    trouble: str
    """Why the address gave no picture."""


class PictureTooLarge(Refusal, type="/problems/picture-too-large"):
    """The file is larger than pictures may be."""

    limit: int
    """The most that is allowed."""


class PictureTwice(Refusal, type="/problems/picture-twice"):
    """A product shows a picture only once."""


class PictureUnknown(Refusal, type="/problems/picture-unknown"):
    """There is no such picture."""


class PictureUrlUnusable(Refusal, type="/problems/picture-url-unusable"):
    """Pictures are fetched from public https:// addresses, without a password in them."""


class PlaceholderUnknown(Refusal, type="/problems/placeholder-unknown"):
    """There is no such placeholder in this letter."""

    known: list[str]
    """The names that there are."""
    placeholder: str
    """The placeholder."""


class PositionUnknown(Refusal, type="/problems/position-unknown"):
    """No event has come as far as this position."""

    last: int
    """The last position that there is."""


class PostalCodeUnusable(Refusal, type="/problems/postal-code-unusable"):
    """Write one postal code, the beginning of codes (28*), or a run (28001-28080)."""


class PriceListChanged(Refusal, type="/problems/price-list-changed"):
    """The price list has changed since you read it."""

    version: int
    """The version that there is now."""


class PriceListGroupUnknown(Refusal, type="/problems/price-list-group-unknown"):
    """There is no such customer group."""


class PriceMissing(Refusal, type="/problems/price-missing"):
    """A new variant needs a price."""

    sku: str
    """The SKU."""


class PriceReasonMissing(Refusal, type="/problems/price-reason-missing"):
    """Say why this price is another one."""


class ProductChanged(Refusal, type="/problems/product-changed"):
    """The product has changed since you read it."""

    version: int
    """The version that there is now."""


class ProductNotFound(Refusal, type="/problems/product-not-found"):
    """There is no such product."""


class PromotionChanged(Refusal, type="/problems/promotion-changed"):
    """The promotion has changed since you read it."""

    version: int
    """The version that there is now."""


class PromotionEndsTooSoon(Refusal, type="/problems/promotion-ends-too-soon"):
    """A promotion ends after it starts."""


class PromotionHoursAlike(Refusal, type="/problems/promotion-hours-alike"):
    """The hours of a promotion begin and end at different times."""


class PromotionIncomplete(Refusal, type="/problems/promotion-incomplete"):
    """A promotion of this kind needs this field."""

    kind: str | None
    """The kind of the promotion."""


class PromotionNotFound(Refusal, type="/problems/promotion-not-found"):
    """There is no such promotion."""


class PromotionUnclear(Refusal, type="/problems/promotion-unclear"):
    """A promotion of this kind has no use for this field."""

    kind: str | None
    """The kind of the promotion."""


class PromotionUsedUp(Refusal, type="/problems/promotion-used-up"):
    """A promotion has just ended or been used up; look at the cart again."""


class ProviderFieldMissing(Refusal, type="/problems/provider-field-missing"):
    """This kind of payment provider needs this field."""


class ProviderFieldUnknown(Refusal, type="/problems/provider-field-unknown"):
    """This kind of payment provider has no such field."""

    known: list[str]
    """The names that there are."""


class ProviderFieldUnusable(Refusal, type="/problems/provider-field-unusable"):
    """This does not have the form that this kind of payment provider uses."""


class ProviderKindUnknown(Refusal, type="/problems/provider-kind-unknown"):
    """There is no such kind of payment provider."""

    known: list[str]
    """The names that there are."""


class ProviderNotFound(Refusal, type="/problems/provider-not-found"):
    """The shop has no such payment provider."""


class ProviderNotOffered(Refusal, type="/problems/provider-not-offered"):
    """This payment provider does not take the payment of this cart."""

    offered: list[str]
    """The payment providers that are offered."""


class ProviderUnknown(Refusal, type="/problems/provider-unknown"):
    """The shop has no such payment provider."""

    known: list[str]
    """The names that there are."""


class ProviderUnusable(Refusal, type="/problems/provider-unusable"):
    """The shop cannot use this payment provider at the moment."""


class QuantityTooLarge(Refusal, type="/problems/quantity-too-large"):
    """A line holds at most 9,999 units."""


class RateIntoItself(Refusal, type="/problems/rate-into-itself"):
    """A rate is between two currencies."""


class ReductionUpwards(Refusal, type="/problems/reduction-upwards"):
    """The price before a reduction is higher than the price, in the same currency."""


class RefundChanged(Refusal, type="/problems/refund-changed"):
    """The refund has changed since you read it."""

    version: int
    """The version that there is now."""


class RefundEmpty(Refusal, type="/problems/refund-empty"):
    """Say what to refund: lines, shipping or an amount."""


class RefundLineUnknown(Refusal, type="/problems/refund-line-unknown"):
    """This order has no such line."""


class RefundNotAllowed(Refusal, type="/problems/refund-not-allowed"):
    """This order was paid, so that cancelling it is a refund, which your rights do not allow."""

    scope: str
    """The scope that is missing or unknown."""


class RefundNotFailed(Refusal, type="/problems/refund-not-failed"):
    """Only a refund that its provider refused can be tried again or withdrawn."""


class RefundNotFound(Refusal, type="/problems/refund-not-found"):
    """There is no such refund."""


class RefundOwed(Refusal, type="/problems/refund-owed"):
    """The order costs less since it was edited, and this is owed to its buyer: try it again."""


class RefundTooLarge(Refusal, type="/problems/refund-too-large"):
    """This is more than can still be refunded."""

    refundable: int
    """The most that can be paid back, in the currency's minor unit."""


class RelevanceNeedsQuery(Refusal, type="/problems/relevance-needs-query"):
    """Sorting by relevance needs a search (`q`)."""


class ReplayUnbounded(Refusal, type="/problems/replay-unbounded"):
    """Say from where on: `after` a position, or `from` a time."""


class ReportPeriodUnusable(Refusal, type="/problems/report-period-unusable"):
    """A report ends on the day it begins or later, and covers 400 days at most."""

    limit: int
    """The most that is allowed."""


class ReservationOver(Refusal, type="/problems/reservation-over"):
    """Stock is reserved until a time to come, for a draft order that has not expired."""


class ReturnChanged(Refusal, type="/problems/return-changed"):
    """The return has changed since you read it."""

    version: int
    """The version that there is now."""


class ReturnExchanged(Refusal, type="/problems/return-exchanged"):
    """What is wanted instead of these goods is ordered already."""


class ReturnLineUnknown(Refusal, type="/problems/return-line-unknown"):
    """This order has no such line."""


class ReturnNotExchangeable(Refusal, type="/problems/return-not-exchangeable"):
    """This return is not approved, or it has ended."""


class ReturnNotExpected(Refusal, type="/problems/return-not-expected"):
    """No goods of this return are expected."""


class ReturnNotFound(Refusal, type="/problems/return-not-found"):
    """There is no such return."""


class ReturnNoteMissing(Refusal, type="/problems/return-note-missing"):
    """This reason needs a note that says more."""


class ReturnPolicyChanged(Refusal, type="/problems/return-policy-changed"):
    """The policy of returns has changed since you read it."""

    version: int
    """The version that there is now."""


class ReturnReasonChanged(Refusal, type="/problems/return-reason-changed"):
    """The reason has changed since you read it."""

    version: int
    """The version that there is now."""


class ReturnReasonCodeTaken(Refusal, type="/problems/return-reason-code-taken"):
    """Another reason for returns has this code."""

    code: str
    """The code that is in question."""


class ReturnReasonInUse(Refusal, type="/problems/return-reason-in-use"):
    """Returns have this reason: make it inactive instead of deleting it."""


class ReturnReasonNotFound(Refusal, type="/problems/return-reason-not-found"):
    """There is no such reason for returns."""


class ReturnReasonUnknown(Refusal, type="/problems/return-reason-unknown"):
    """This is no reason for returns that can be chosen now."""


class ReturnRefundNotAllowed(Refusal, type="/problems/return-refund-not-allowed"):
    """Closing this return pays money back, or exchanges goods, which your rights do not allow."""

    scope: str
    """The scope that is missing or unknown."""


class ReturnUrlUnusable(Refusal, type="/problems/return-url-unusable"):
    """The buyer can only be sent back to a page of the shop, or of an origin of its channel."""


class ReturnWindowOver(Refusal, type="/problems/return-window-over"):
    """The time in which this order could be returned has ended."""


class ReturnsNotOffered(Refusal, type="/problems/returns-not-offered"):
    """This shop takes requests for returns by mail or telephone only."""


class RightsBeyondYours(Refusal, type="/problems/rights-beyond-yours"):
    """You may only give, change and take away rights that you have yourself."""


class SaleUnclear(Refusal, type="/problems/sale-unclear"):
    """A sale in the catalogue has no use for this; it knows what it is about and its dates."""


class SavedAddressChanged(Refusal, type="/problems/saved-address-changed"):
    """The address has changed since you read it."""

    version: int
    """The version that there is now."""


class SavedAddressNotFound(Refusal, type="/problems/saved-address-not-found"):
    """There is no such address among yours."""


class ScopeOutsideRole(Refusal, type="/problems/scope-outside-role"):
    """The role does not have that scope."""

    role: str
    """The role."""
    scope: str
    """The scope that is missing or unknown."""


class ScopeUnknown(Refusal, type="/problems/scope-unknown"):
    """There is no such scope."""

    scope: str
    """The scope that is missing or unknown."""


class SearchAmbiguous(Refusal, type="/problems/search-ambiguous"):
    """A search with `q` is for a number, an email address or a name: give the other one alone."""


class SeriesShared(Refusal, type="/problems/series-shared"):
    """Invoices and credit notes are numbered in series of their own."""


class SessionNotFound(Refusal, type="/problems/session-not-found"):
    """There is no such session."""

    session: UUID
    """The session."""


class ShippingOptionChanged(Refusal, type="/problems/shipping-option-changed"):
    """The way of shipping has changed since you read it."""

    version: int
    """The version that there is now."""


class ShippingOptionNotFound(Refusal, type="/problems/shipping-option-not-found"):
    """There is no such way of shipping for this cart."""

    shipping_option: UUID
    """The way of shipping."""


class ShippingPriceMissing(Refusal, type="/problems/shipping-price-missing"):
    """The way of shipping has no price in this currency."""

    currency: str
    """The currency (ISO 4217)."""


class ShippingZoneUnknown(Refusal, type="/problems/shipping-zone-unknown"):
    """There is no such zone."""

    zone: UUID
    """The zone."""


class SkuTaken(Refusal, type="/problems/sku-taken"):
    """Another variant has this SKU."""

    slug: str
    """The slug."""


class SkuUnknown(Refusal, type="/problems/sku-unknown"):
    """There is no such SKU for sale in this currency."""

    sku: str
    """The SKU."""


class SlowDown(Refusal, type="/problems/slow-down"):
    """There were too many attempts; wait a little before the next."""

    retry_after: int
    """After how many seconds to try again."""


class SlugNeeded(Refusal, type="/problems/slug-needed"):
    """No address can be made of this name: give a slug."""


class SlugTaken(Refusal, type="/problems/slug-taken"):
    """Another product has this slug."""

    slug: str
    """The slug."""


class StaffAlready(Refusal, type="/problems/staff-already"):
    """Somebody with this address is a member of staff already."""


class StaffChanged(Refusal, type="/problems/staff-changed"):
    """The member of staff has changed since you read them."""

    version: int
    """The version that there is now."""


class StaffNotFound(Refusal, type="/problems/staff-not-found"):
    """There is no such member of staff."""

    staff: str
    """The e-mail address or id of the member of staff."""


class StaffSuspended(Refusal, type="/problems/staff-suspended"):
    """This member of staff is suspended."""

    staff: str
    """The e-mail address or id of the member of staff."""


class StandardClassNeeded(Refusal, type="/problems/standard-class-needed"):
    """What has no other tax class is in this one: it stays."""


class StockMoved(Refusal, type="/problems/stock-moved"):
    """Units have come or gone since the count began; count again."""

    on_hand: int
    """How many units are on hand now."""


class StockNotFound(Refusal, type="/problems/stock-not-found"):
    """There is no such SKU, or no such location."""


class StockOnlyMoves(Refusal, type="/problems/stock-only-moves"):
    """The stock of a variant that is there already changes by movements only."""

    sku: str
    """The SKU."""


class StockPromised(Refusal, type="/problems/stock-promised"):
    """There is not that much to take: the rest has been promised to buyers."""


class StoreCreditChanged(Refusal, type="/problems/store-credit-changed"):
    """The store credit has changed since you read it."""

    version: int
    """The version that there is now."""


class StoreCreditNotFound(Refusal, type="/problems/store-credit-not-found"):
    """There is no such store credit."""


class StorefrontChanged(Refusal, type="/problems/storefront-changed"):
    """The storefront's settings have changed since you read them."""

    version: int
    """The version that there is now."""


class SuppressionNotFound(Refusal, type="/problems/suppression-not-found"):
    """There is no such suppressed address."""


class TargetUnknown(Refusal, type="/problems/target-unknown"):
    """There is nothing of this name that a promotion could be about."""


class TariffWithoutThis(Refusal, type="/problems/tariff-without-this"):
    """This means nothing for the tariff."""

    tariff: str
    """The tariff."""


class TaxClassChanged(Refusal, type="/problems/tax-class-changed"):
    """The tax class has changed since you read it."""

    version: int
    """The version that there is now."""


class TaxClassCodeTaken(Refusal, type="/problems/tax-class-code-taken"):
    """Another tax class has this code."""

    code: str
    """The code that is in question."""


class TaxClassInUse(Refusal, type="/problems/tax-class-in-use"):
    """Variants, rates or the shipping of the shop are in this tax class; change them first."""


class TaxClassNotFound(Refusal, type="/problems/tax-class-not-found"):
    """There is no such tax class, or not any more."""


class TaxClassUnknown(Refusal, type="/problems/tax-class-unknown"):
    """There is no such tax class."""

    slug: str | None
    """The slug."""


class TaxCountryMissing(Refusal, type="/problems/tax-country-missing"):
    """This setting needs the country of the shop (`tax_country`)."""


class TaxEndsBeforeItStarts(Refusal, type="/problems/tax-ends-before-it-starts"):
    """A tax rate ends after it starts."""


class TaxExchangeRateMissing(Refusal, type="/problems/tax-exchange-rate-missing"):
    """Before an invoice in this currency, set its rate into the currency of your taxes."""

    currency: str
    """The currency (ISO 4217)."""


class TaxExchangeRatesUnusable(Refusal, type="/problems/tax-exchange-rates-unusable"):
    """Rates are into the currency of your taxes: one from each other currency."""


class TaxNumberMissing(Refusal, type="/problems/tax-number-missing"):
    """A seller has a VAT number or a tax number, or both."""


class TaxRateChanged(Refusal, type="/problems/tax-rate-changed"):
    """The tax rate has changed since you read it."""

    version: int
    """The version that there is now."""


class TaxRateNotFound(Refusal, type="/problems/tax-rate-not-found"):
    """There is no such tax rate."""


class TaxRateTooHigh(Refusal, type="/problems/tax-rate-too-high"):
    """Tax rates add up to 100 per cent at most."""


class TaxSourceUnavailable(Refusal, type="/problems/tax-source-unavailable"):
    """The shop has no tax service connected."""


class TaxTimeUnusable(Refusal, type="/problems/tax-time-unusable"):
    """A tax rate starts and ends between the years 1900 and 9000."""


class TaxUnavailable(Refusal, type="/problems/tax-unavailable"):
    """The tax for this destination cannot be asked for at the moment; please try again."""


class TaxUndecided(Refusal, type="/problems/tax-undecided"):
    """The tax for this destination cannot be worked out yet; please ask the shop."""


class TierRepeated(Refusal, type="/problems/tier-repeated"):
    """Another tier begins at the same threshold."""


class TiersMissing(Refusal, type="/problems/tiers-missing"):
    """This tariff needs tiers."""

    tariff: str
    """The tariff."""


class TimeZoneMissing(Refusal, type="/problems/time-zone-missing"):
    """A time needs its zone, as in 2026-11-24T10:15:00Z."""


class TimeZoneUnknown(Refusal, type="/problems/time-zone-unknown"):
    """There is no such time zone (IANA)."""


class TokenUnusable(Refusal, type="/problems/token-unusable"):
    """This payment token cannot be used."""

    known: list[str]
    """The names that there are."""


class TooManyAtOnce(Refusal, type="/problems/too-many-at-once"):
    """Too many of your requests are being worked on; wait for some of them."""

    limit: int
    """The most that is allowed."""
    retry_after: int
    """After how many seconds to try again."""


class TooManyLogins(Refusal, type="/problems/too-many-logins"):
    """Many people are logging in at this moment; please try again."""


class TooManyOrders(Refusal, type="/problems/too-many-orders"):
    """Many unpaid orders were placed with this e-mail address; pay one, or wait a little."""

    retry_after: int
    """After how many seconds to try again."""


class TooManyReturns(Refusal, type="/problems/too-many-returns"):
    """There have been too many returns of this order."""

    limit: int
    """The most that is allowed."""


class TooManyTags(Refusal, type="/problems/too-many-tags"):
    """An order has at most 50 tags."""

    limit: int
    """The most that is allowed."""


class TooManyWaiting(Refusal, type="/problems/too-many-waiting"):
    """Too many programs are waiting for events here; try again in a moment."""

    limit: int
    """The most that is allowed."""


class TooOften(Refusal, type="/problems/too-often"):
    """This was asked for very often from your network; wait a little."""

    retry_after: int
    """After how many seconds to try again."""


class TotalChanged(Refusal, type="/problems/total-changed"):
    """The total is not the one you expected."""

    expected_total: int
    """The total that you sent, in the currency's minor unit."""
    total: int
    """The total now, in the currency's minor unit."""


class TranslationDoesNotFit(Refusal, type="/problems/translation-does-not-fit"):
    """A translation has as many options and values as the first language."""


class UnknownHost(Refusal, type="/problems/unknown-host"):
    """No shop answers to that host name here."""


class UnknownParameter(Refusal, type="/problems/unknown-parameter"):
    """There is no such query parameter here."""


class UnsubscribeLinkWrong(Refusal, type="/problems/unsubscribe-link-wrong"):
    """This link is not complete; follow the one in the letter."""


class UploadUnclear(Refusal, type="/problems/upload-unclear"):
    """A picture comes as multipart/form-data, or as JSON with its address."""


class UsageLimitTooLow(Refusal, type="/problems/usage-limit-too-low"):
    """It has been used more often than that already."""


class VariantNotFound(Refusal, type="/problems/variant-not-found"):
    """No variant has this SKU."""


class VariantPictureUnknown(Refusal, type="/problems/variant-picture-unknown"):
    """A variant's own picture must be one of the product's."""


class VariantsAlike(Refusal, type="/problems/variants-alike"):
    """Two variants have the same options."""

    slug: str
    """The slug."""


class VatNumberNotInForce(Refusal, type="/problems/vat-number-not-in-force"):
    """The register of its country does not know this VAT number."""


class VatNumberUnusable(Refusal, type="/problems/vat-number-unusable"):
    """This is no VAT number of a country of the EU."""


class VatRegisterAway(Refusal, type="/problems/vat-register-away"):
    """VAT numbers cannot be checked at the moment; try again, or leave the number out."""

    retry_after: int
    """After how many seconds to try again."""


class VerifactuInEuros(Refusal, type="/problems/verifactu-in-euros"):
    """VERI*FACTU takes amounts in euros only."""

    currency: str
    """The currency (ISO 4217)."""


class VerifactuNeedsSpain(Refusal, type="/problems/verifactu-needs-spain"):
    """VERI*FACTU is for sellers in Spain."""


class VerificationExpired(Refusal, type="/problems/verification-expired"):
    """The link is not valid, was used already, or is too old; register again for a new one."""


class VersionUnreadable(Refusal, type="/problems/version-unreadable"):
    """If-Match takes one version as its ETag was given, or *."""


class WaitingTooOften(Refusal, type="/problems/waiting-too-often"):
    """You wait for events too often at once here; end some of your streams and calls first."""

    limit: int
    """The most that is allowed."""


class WebhookChanged(Refusal, type="/problems/webhook-changed"):
    """The webhook has changed since you read it."""

    version: int
    """The version that there is now."""


class WebhookNotFound(Refusal, type="/problems/webhook-not-found"):
    """There is no such webhook."""


class WebhookTypeUnknown(Refusal, type="/problems/webhook-type-unknown"):
    """There is no such type of event; `order.*` is all of a kind, `*` is all."""

    event_type: str
    """The event type."""


class WebhookUnverified(Refusal, type="/problems/webhook-unverified"):
    """This is not from the payment provider, or too old."""


class WebhookUrlUnusable(Refusal, type="/problems/webhook-url-unusable"):
    """A webhook's address is https://, of a host on the internet, without a user or a fragment."""


class WebhooksFull(Refusal, type="/problems/webhooks-full"):
    """A shop has at most 100 webhooks."""

    limit: int
    """The most that is allowed."""


class WordingChanged(Refusal, type="/problems/wording-changed"):
    """The words of this letter have changed since you read them."""

    version: int | None
    """The version that there is now."""


class WordingNotFound(Refusal, type="/problems/wording-not-found"):
    """This letter has no words of your own in this language."""


class WrongContentType(Refusal, type="/problems/wrong-content-type"):
    """The body must be JSON, announced as application/json."""


class WrongKey(Refusal, type="/problems/wrong-key"):
    """The API key is not valid, or no longer."""


class WrongLength(Refusal, type="/problems/wrong-length"):
    """Content-Length is not a number."""


class WrongTransferEncoding(Refusal, type="/problems/wrong-transfer-encoding"):
    """Transfer-Encoding may only be chunked, and only once."""


class ZoneChanged(Refusal, type="/problems/zone-changed"):
    """The zone has changed since you read it."""

    version: int
    """The version that there is now."""


class ZoneInUse(Refusal, type="/problems/zone-in-use"):
    """Tax rates or ways of shipping hold in this zone; change them first."""


class ZoneNameTaken(Refusal, type="/problems/zone-name-taken"):
    """Another zone has this name."""

    name: str
    """The name."""


class ZoneNotFound(Refusal, type="/problems/zone-not-found"):
    """There is no such zone."""


class ZoneUnknown(Refusal, type="/problems/zone-unknown"):
    """There is no such zone."""
