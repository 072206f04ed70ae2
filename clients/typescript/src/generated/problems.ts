// Written by `make clients` from the shop's OpenAPI document: do not edit it.
import type {
  CartProblem,
  Problem,
} from "./schemas.js";

/** Each problem that the shop may answer with, by its type. */
export interface Problems {
  /** This account is suspended. */
  "/problems/account-suspended": Of<"/problems/account-suspended", 403>;
  /** There are as many addresses as an account can keep; remove one first. */
  "/problems/address-book-full": Of<"/problems/address-book-full", 409> & { limit: number };
  /** Letters to this address come back; take it off the list of suppressed addresses first. */
  "/problems/address-suppressed": Of<"/problems/address-suppressed", 409>;
  /** No mail can go to this e-mail address. */
  "/problems/address-unusable": Of<"/problems/address-unusable", 422>;
  /** Gift cards and store credit leave another amount to pay than you expected. */
  "/problems/amount-due-changed": Of<"/problems/amount-due-changed", 409> & { amount_due: number; expected_amount_due: number };
  /** This is less than this payment provider takes. */
  "/problems/amount-too-small": Of<"/problems/amount-too-small", 422> & { minimum: number; offered: string[] };
  /** This is more than the balance that is not held by a checkout. */
  "/problems/balance-too-low": Of<"/problems/balance-too-low", 409>;
  /** The body is larger than this server takes. */
  "/problems/body-too-large": Of<"/problems/body-too-large", 413> & { limit?: number };
  /** The body of the request did not arrive in time. */
  "/problems/body-too-slow": Of<"/problems/body-too-slow", 408>;
  /** A report of a mail server has at most 256 KiB. */
  "/problems/bounce-too-large": Of<"/problems/bounce-too-large", 422> & { limit: number };
  /** This is no report of a mail server about a letter (RFC 3464). */
  "/problems/bounce-unreadable": Of<"/problems/bounce-unreadable", 422>;
  /** The payment provider refused to capture this payment. */
  "/problems/capture-refused": Of<"/problems/capture-refused", 409> & { reason: string };
  /** This is more than is still to be paid, or was authorised. */
  "/problems/capture-too-large": Of<"/problems/capture-too-large", 409>;
  /** The cart has changed since you read it. */
  "/problems/cart-changed": Of<"/problems/cart-changed", 412> & { version: number };
  /** This cart has become an order and cannot change any more. */
  "/problems/cart-closed": Of<"/problems/cart-closed", 409>;
  /** A cart holds at most 200 lines. */
  "/problems/cart-full": Of<"/problems/cart-full", 422>;
  /** There is no such line in this cart. */
  "/problems/cart-line-not-found": Of<"/problems/cart-line-not-found", 404>;
  /** This cart was merged into another cart of its customer. */
  "/problems/cart-merged": Of<"/problems/cart-merged", 409> & { cart: string };
  /** There is no such cart. */
  "/problems/cart-not-found": Of<"/problems/cart-not-found", 404>;
  /** The cart cannot be ordered yet. */
  "/problems/cart-not-ready": Of<"/problems/cart-not-ready", 409> & { problems?: CartProblem[] };
  /** The shop holds at most 1,000 categories. */
  "/problems/categories-full": Of<"/problems/categories-full", 409> & { limit: number };
  /** The category has changed since you read it. */
  "/problems/category-changed": Of<"/problems/category-changed", 412> & { version: number };
  /** A category cannot stand inside itself or inside one of its own. */
  "/problems/category-inside-itself": Of<"/problems/category-inside-itself", 422>;
  /** The category that it is to stand before is not in this parent, or no longer. */
  "/problems/category-not-beside": Of<"/problems/category-not-beside", 409>;
  /** Other categories stand inside this one; move or delete them first. */
  "/problems/category-not-empty": Of<"/problems/category-not-empty", 409>;
  /** There is no such category. */
  "/problems/category-not-found": Of<"/problems/category-not-found", 404>;
  /** Another category has this slug. */
  "/problems/category-slug-taken": Of<"/problems/category-slug-taken", 409> & { slug: string };
  /** Categories stand inside each other at most 10 levels deep. */
  "/problems/category-too-deep": Of<"/problems/category-too-deep", 422> & { limit: number };
  /** There is no such category. */
  "/problems/category-unknown": Of<"/problems/category-unknown", 422> & { category: string };
  /** The settings have changed since you read them. */
  "/problems/channel-changed": Of<"/problems/channel-changed", 412> & { version: number };
  /** The shop has no such channel. */
  "/problems/channel-unknown": Of<"/problems/channel-unknown", 422> & { known: string[] };
  /** A payment for this cart is under way; please try again in a moment. */
  "/problems/checkout-in-progress": Of<"/problems/checkout-in-progress", 409> & { retry_after: number };
  /** The request was fine; the state of the shop does not allow it. */
  "/problems/conflict": Of<"/problems/conflict", 409>;
  /** A cost needs a price in the same currency. */
  "/problems/cost-without-price": Of<"/problems/cost-without-price", 422>;
  /** We do not ship to this country. */
  "/problems/country-not-served": Of<"/problems/country-not-served", 409>;
  /** There is no such country (ISO 3166-1 alpha-2). */
  "/problems/country-unknown": Of<"/problems/country-unknown", 422> & { country: string };
  /** The coupon has changed since you read it. */
  "/problems/coupon-changed": Of<"/problems/coupon-changed", 412> & { version: number };
  /** Another coupon has this code. */
  "/problems/coupon-code-taken": Of<"/problems/coupon-code-taken", 409>;
  /** There are not so many different codes of this length; make it longer. */
  "/problems/coupon-codes-short": Of<"/problems/coupon-codes-short", 409>;
  /** This promotion has no such coupon. */
  "/problems/coupon-not-found": Of<"/problems/coupon-not-found", 404>;
  /** There is no such code in this cart. */
  "/problems/coupon-not-in-cart": Of<"/problems/coupon-not-in-cart", 404>;
  /** There is no such code, or it is not in use. */
  "/problems/coupon-unknown": Of<"/problems/coupon-unknown", 422>;
  /** This code has been used up. */
  "/problems/coupon-used-up": Of<"/problems/coupon-used-up", 409>;
  /** You have used this code as often as one customer may. */
  "/problems/coupon-used-up-by-you": Of<"/problems/coupon-used-up-by-you", 409>;
  /** A cart takes at most 10 codes. */
  "/problems/coupons-full": Of<"/problems/coupons-full", 422>;
  /** Only promotions that a coupon sets off have codes. */
  "/problems/coupons-of-others": Of<"/problems/coupons-of-others", 409>;
  /** No courier is connected whose prices could be asked for. */
  "/problems/courier-missing": Of<"/problems/courier-missing", 422>;
  /** This tariff needs the service to ask the courier for (`courier`). */
  "/problems/courier-service-missing": Of<"/problems/courier-service-missing", 422>;
  /** A gift card or the store credit does not hold this much any more; read the cart again. */
  "/problems/credit-spent": Of<"/problems/credit-spent", 409>;
  /** A credit note gives back something of what its invoice charged. */
  "/problems/credit-unusable": Of<"/problems/credit-unusable", 422>;
  /** The X-CSRF-Token header is missing or wrong; ask for GET /v1/session to get one. */
  "/problems/csrf-token-wrong": Of<"/problems/csrf-token-wrong", 403>;
  /** Totals can be compared in one currency only: say which. */
  "/problems/currency-missing": Of<"/problems/currency-missing", 422>;
  /** The shop does not sell in this currency. */
  "/problems/currency-unknown": Of<"/problems/currency-unknown", 422> & { currency: string; known: string[] };
  /** This cursor was not made for this list with this sort and these filters. */
  "/problems/cursor-unusable": Of<"/problems/cursor-unusable", 400>;
  /** The customer group has changed since you read it. */
  "/problems/customer-group-changed": Of<"/problems/customer-group-changed", 412> & { version: number };
  /** Another customer group has this code. */
  "/problems/customer-group-code-taken": Of<"/problems/customer-group-code-taken", 409>;
  /** There are promotions or price lists for this customer group. */
  "/problems/customer-group-in-use": Of<"/problems/customer-group-in-use", 409>;
  /** There is no such customer group. */
  "/problems/customer-group-not-found": Of<"/problems/customer-group-not-found", 404>;
  /** There are orders that were not sent yet, or a checkout under way: finish or cancel them. */
  "/problems/customer-has-open-orders": Of<"/problems/customer-has-open-orders", 409>;
  /** This is a member of staff: take the role away first. */
  "/problems/customer-is-staff": Of<"/problems/customer-is-staff", 409>;
  /** There is no such customer. */
  "/problems/customer-not-found": Of<"/problems/customer-not-found", 404>;
  /** There is no such account. */
  "/problems/customer-unknown": Of<"/problems/customer-unknown", 422>;
  /** The database belongs to a newer version of the shop. */
  "/problems/database-ahead": Of<"/problems/database-ahead", 503>;
  /** The database cannot be reached; please try again. */
  "/problems/database-away": Of<"/problems/database-away", 503>;
  /** The database is not up to date yet. */
  "/problems/database-behind": Of<"/problems/database-behind", 503>;
  /** The default currency is one of those that the shop takes. */
  "/problems/default-currency-missing": Of<"/problems/default-currency-missing", 422> & { currency: string };
  /** There is no such delivery, or it is not kept any more. */
  "/problems/delivery-not-found": Of<"/problems/delivery-not-found", 404>;
  /** A discount is a percentage or an amount. */
  "/problems/discount-unclear": Of<"/problems/discount-unclear", 422>;
  /** The draft order has changed since you read it. */
  "/problems/draft-order-changed": Of<"/problems/draft-order-changed", 412> & { version: number };
  /** This draft order has become an order. */
  "/problems/draft-order-completed": Of<"/problems/draft-order-completed", 409> & { order: string };
  /** There is no account with this id. */
  "/problems/draft-order-customer-unknown": Of<"/problems/draft-order-customer-unknown", 422>;
  /** A draft order has at least one line. */
  "/problems/draft-order-empty": Of<"/problems/draft-order-empty", 422>;
  /** The time to order this has ended; please ask the shop. */
  "/problems/draft-order-expired": Of<"/problems/draft-order-expired", 403>;
  /** There is no such draft order. */
  "/problems/draft-order-not-found": Of<"/problems/draft-order-not-found", 404>;
  /** A draft order has each SKU once. */
  "/problems/draft-order-sku-twice": Of<"/problems/draft-order-sku-twice", 422>;
  /** This order has no line with this id. */
  "/problems/edit-line-unknown": Of<"/problems/edit-line-unknown", 422>;
  /** There is no such event, or it is not kept any more. */
  "/problems/event-not-found": Of<"/problems/event-not-found", 404>;
  /** There is no such type of event. */
  "/problems/event-type-unknown": Of<"/problems/event-type-unknown", 422> & { event_type: string };
  /** Say how the new order is to be sent: the way of the old one is not there any more. */
  "/problems/exchange-not-shippable": Of<"/problems/exchange-not-shippable", 409>;
  /** The exchange rate has changed since you read it. */
  "/problems/exchange-rate-changed": Of<"/problems/exchange-rate-changed", 412>;
  /** A filter is a name, an equals sign and a value; a list takes at most 8 names. */
  "/problems/filter-unusable": Of<"/problems/filter-unusable", 400>;
  /** Only people who have logged in may do this, not API keys. */
  "/problems/for-customers": Of<"/problems/for-customers", 403>;
  /** The request comes from a page of another site. */
  "/problems/foreign-origin": Of<"/problems/foreign-origin", 403>;
  /** The form has one part `file`, and may have a part `alt` with JSON; nothing else. */
  "/problems/form-malformed": Of<"/problems/form-malformed", 400>;
  /** The fulfilment has changed since you read it. */
  "/problems/fulfilment-changed": Of<"/problems/fulfilment-changed", 412> & { version: number };
  /** There is no such fulfilment. */
  "/problems/fulfilment-not-found": Of<"/problems/fulfilment-not-found", 404>;
  /** This fulfilment is not on its way to the buyer. */
  "/problems/fulfilment-not-on-its-way": Of<"/problems/fulfilment-not-on-its-way", 409>;
  /** This fulfilment is not waiting to be picked up. */
  "/problems/fulfilment-not-ready": Of<"/problems/fulfilment-not-ready", 409>;
  /** The gift card has changed since you read it. */
  "/problems/gift-card-changed": Of<"/problems/gift-card-changed", 412> & { version: number };
  /** This gift card is disabled. */
  "/problems/gift-card-disabled": Of<"/problems/gift-card-disabled", 409>;
  /** This gift card has expired. */
  "/problems/gift-card-expired": Of<"/problems/gift-card-expired", 422>;
  /** A gift card expires at a time that is to come. */
  "/problems/gift-card-expiry-unusable": Of<"/problems/gift-card-expiry-unusable", 422>;
  /** This gift card is in another currency than the cart. */
  "/problems/gift-card-in-other-currency": Of<"/problems/gift-card-in-other-currency", 422> & { currency: string };
  /** Goods are not exchanged for gift cards. */
  "/problems/gift-card-not-exchanged": Of<"/problems/gift-card-not-exchanged", 422> & { sku: string };
  /** There is no such gift card. */
  "/problems/gift-card-not-found": Of<"/problems/gift-card-not-found", 404>;
  /** This gift card is not in the cart. */
  "/problems/gift-card-not-in-cart": Of<"/problems/gift-card-not-in-cart", 404>;
  /** Gift cards are not sent in parcels: they go by email when all of the order is paid. */
  "/problems/gift-card-not-shipped": Of<"/problems/gift-card-not-shipped", 409>;
  /** A gift card is worth its price, so that no other price can be set. */
  "/problems/gift-card-price-fixed": Of<"/problems/gift-card-price-fixed", 422> & { sku: string };
  /** No gift card with this code can be used. */
  "/problems/gift-card-unknown": Of<"/problems/gift-card-unknown", 422>;
  /** A gift card can be refunded while all that it was sold for is on it; this one was used. */
  "/problems/gift-card-used": Of<"/problems/gift-card-used", 409>;
  /** A gift card is worth its price, and has no stock, weight, size, tax class or higher price. */
  "/problems/gift-card-variant-unusable": Of<"/problems/gift-card-variant-unusable", 422>;
  /** A cart holds at most 10 gift cards. */
  "/problems/gift-cards-full": Of<"/problems/gift-cards-full", 409>;
  /** Gift cards are neither added to an order nor changed in it: refund them, or order anew. */
  "/problems/gift-cards-not-edited": Of<"/problems/gift-cards-not-edited", 409>;
  /** A host is a name or an address, with a port if need be. */
  "/problems/host-unusable": Of<"/problems/host-unusable", 422> & { host: string };
  /** This is no number of a bank account (ISO 13616). */
  "/problems/iban-unusable": Of<"/problems/iban-unusable", 422>;
  /** No account has this address and password. */
  "/problems/invalid-credentials": Of<"/problems/invalid-credentials", 401>;
  /** The request does not have the shape that is asked for. */
  "/problems/invalid-request": Of<"/problems/invalid-request", 400>;
  /** Text must be UTF-8 and hold no NUL. */
  "/problems/invalid-text": Of<"/problems/invalid-text", 400>;
  /** The invitation is not valid, was accepted already, or is too old; ask for a new one. */
  "/problems/invitation-expired": Of<"/problems/invitation-expired", 422>;
  /** There is no such invitation, or somebody has accepted it. */
  "/problems/invitation-not-found": Of<"/problems/invitation-not-found", 404>;
  /** This invoice has been cancelled. */
  "/problems/invoice-cancelled": Of<"/problems/invoice-cancelled", 409>;
  /** A credit note corrects this invoice, so it cannot be cancelled as an error. */
  "/problems/invoice-corrected": Of<"/problems/invoice-corrected", 409>;
  /** There is no such invoice. */
  "/problems/invoice-not-found": Of<"/problems/invoice-not-found", 404>;
  /** The invoice is being written; try again in a moment. */
  "/problems/invoice-not-ready": Of<"/problems/invoice-not-ready", 503> & { retry_after: number };
  /** The settings of invoices have changed since you read them. */
  "/problems/invoice-settings-changed": Of<"/problems/invoice-settings-changed", 412> & { version: number };
  /** Before the first invoice, somebody has to say who the seller is. */
  "/problems/invoice-settings-missing": Of<"/problems/invoice-settings-missing", 409>;
  /** The settings of invoices have not been written yet. */
  "/problems/invoice-settings-not-found": Of<"/problems/invoice-settings-not-found", 404>;
  /** Only a job that has failed for good, or was cancelled, can be tried again. */
  "/problems/job-not-failed": Of<"/problems/job-not-failed", 409> & { job_status: string };
  /** There is no such job, or it has been done. */
  "/problems/job-not-found": Of<"/problems/job-not-found", 404>;
  /** Only a job that waits can be cancelled. */
  "/problems/job-not-waiting": Of<"/problems/job-not-waiting", 409> & { job_status: string };
  /** Jobs are due, and no worker takes them. */
  "/problems/jobs-neglected": Of<"/problems/jobs-neglected", 503>;
  /** A key needs a role or at least one scope. */
  "/problems/key-allows-nothing": Of<"/problems/key-allows-nothing", 422>;
  /** A key ends after it was made. */
  "/problems/key-ends-before": Of<"/problems/key-ends-before", 422>;
  /** The first request with this idempotency key is still running. */
  "/problems/key-in-use": Of<"/problems/key-in-use", 409> & { retry_after: number };
  /** There is no such key, or it is revoked already. */
  "/problems/key-not-found": Of<"/problems/key-not-found", 404> & { key: string };
  /** This idempotency key is printed in the documentation; make one of your own. */
  "/problems/key-printed": Of<"/problems/key-printed", 400>;
  /** This idempotency key was used for another request. */
  "/problems/key-reused": Of<"/problems/key-reused", 422>;
  /** An idempotency key has 1 to 255 visible ASCII characters; an anonymous one at least 22. */
  "/problems/key-unusable": Of<"/problems/key-unusable", 400>;
  /** The last owner stays: make somebody else an owner first. */
  "/problems/last-owner": Of<"/problems/last-owner", 409> & { staff: string };
  /** This is the product's only variant: delete the product instead. */
  "/problems/last-variant": Of<"/problems/last-variant", 409>;
  /** The legal page has changed since you read it. */
  "/problems/legal-page-changed": Of<"/problems/legal-page-changed", 412> & { version: number };
  /** The shop has no such legal page. */
  "/problems/legal-page-not-found": Of<"/problems/legal-page-not-found", 404>;
  /** A legal page needs a text in one language at least. */
  "/problems/legal-text-missing": Of<"/problems/legal-text-missing", 422>;
  /** A text needs a title. */
  "/problems/legal-title-missing": Of<"/problems/legal-title-missing", 422>;
  /** This edit would leave less of the order than was refunded of it. */
  "/problems/less-than-refunded": Of<"/problems/less-than-refunded", 409>;
  /** There is no such letter. */
  "/problems/letter-not-found": Of<"/problems/letter-not-found", 404>;
  /** The letter is on its way already. */
  "/problems/letter-on-its-way": Of<"/problems/letter-on-its-way", 409>;
  /** The upper limit is below the lower one. */
  "/problems/limits-crossed": Of<"/problems/limits-crossed", 422>;
  /** What this line sold is not in the shop any more: its tax at another place is not known. */
  "/problems/line-gone": Of<"/problems/line-gone", 409> & { line_id: string };
  /** An edit names each line once. */
  "/problems/line-named-twice": Of<"/problems/line-named-twice", 422>;
  /** This order has no such line. */
  "/problems/line-not-in-order": Of<"/problems/line-not-in-order", 422> & { line_id: string };
  /** Units of this line were sent, are ready to be picked up, or were refunded: they stay. */
  "/problems/line-sent": Of<"/problems/line-sent", 409> & { line_id: string; quantity: number };
  /** The link is not valid, or too old. */
  "/problems/link-unusable": Of<"/problems/link-unusable", 422>;
  /** The location has changed since you read it. */
  "/problems/location-changed": Of<"/problems/location-changed", 412> & { version: number };
  /** Another location has this code. */
  "/problems/location-code-taken": Of<"/problems/location-code-taken", 409> & { code: string };
  /** This location keeps or has kept stock, and its ledger is never deleted. */
  "/problems/location-in-use": Of<"/problems/location-in-use", 409>;
  /** There is no such location. */
  "/problems/location-not-found": Of<"/problems/location-not-found", 404>;
  /** There is no such location. */
  "/problems/location-unknown": Of<"/problems/location-unknown", 422>;
  /** Log in, or send an API key, to do this. */
  "/problems/log-in-first": Of<"/problems/log-in-first", 401>;
  /** This picture is not ready, so it cannot be the logo. */
  "/problems/logo-not-ready": Of<"/problems/logo-not-ready", 422>;
  /** There is no such picture. */
  "/problems/logo-unknown": Of<"/problems/logo-unknown", 422>;
  /** The first stock of a product arrives at the main location: it stays. */
  "/problems/main-location-needed": Of<"/problems/main-location-needed", 409>;
  /** The body is not JSON. */
  "/problems/malformed-json": Of<"/problems/malformed-json", 400> & { byte: number };
  /** The picture has changed since you read it. */
  "/problems/media-changed": Of<"/problems/media-changed", 412> & { version: number };
  /** Products show this picture; take it off them first. */
  "/problems/media-in-use": Of<"/problems/media-in-use", 409> & { products: string[] };
  /** This picture is the shop's logo; choose another one first. */
  "/problems/media-is-logo": Of<"/problems/media-is-logo", 409>;
  /** There is no such picture. */
  "/problems/media-not-found": Of<"/problems/media-not-found", 404>;
  /** Pictures cannot be stored or read at the moment. */
  "/problems/media-store-away": Of<"/problems/media-store-away", 503>;
  /** This account is not in this group. */
  "/problems/member-not-found": Of<"/problems/member-not-found", 404>;
  /** More units would arrive than are to come back of this line. */
  "/problems/more-than-expected": Of<"/problems/more-than-expected", 409> & { line_id: string; quantity: number };
  /** Credit notes give back no more than their invoice charged. */
  "/problems/more-than-invoiced": Of<"/problems/more-than-invoiced", 409>;
  /** More units would be refunded than are left of this line. */
  "/problems/more-than-left": Of<"/problems/more-than-left", 409> & { line_id: string; quantity: number };
  /** More would be sent than was ordered. */
  "/problems/more-than-ordered": Of<"/problems/more-than-ordered", 409> & { line_id: string };
  /** More units would be returned than can be of this line. */
  "/problems/more-than-returnable": Of<"/problems/more-than-returnable", 409> & { line_id: string; quantity: number };
  /** More would come back into stock than was sent. */
  "/problems/more-than-sent": Of<"/problems/more-than-sent", 409> & { line_id: string };
  /** The body is nested deeper than anything here could mean. */
  "/problems/nested-too-deep": Of<"/problems/nested-too-deep", 400> & { limit: number };
  /** The shop has no channel yet. */
  "/problems/no-channel": Of<"/problems/no-channel", 503>;
  /** This order is of a guest, who has no store credit. */
  "/problems/no-customer-account": Of<"/problems/no-customer-account", 422>;
  /** Only gift cards have a recipient. */
  "/problems/no-gift-card": Of<"/problems/no-gift-card", 409>;
  /** There is nothing at this address. */
  "/problems/no-such-address": Of<"/problems/no-such-address", 404>;
  /** There is no such currency (ISO 4217). */
  "/problems/no-such-currency": Of<"/problems/no-such-currency", 422> & { currency: string };
  /** There is no exchange rate into this currency. */
  "/problems/no-such-exchange-rate": Of<"/problems/no-such-exchange-rate", 404>;
  /** There is no such price list. */
  "/problems/no-such-price-list": Of<"/problems/no-such-price-list", 404>;
  /** There is no problem of this name. */
  "/problems/no-such-problem": Of<"/problems/no-such-problem", 404> & { name: string };
  /** There is no such way of shipping. */
  "/problems/no-such-shipping-option": Of<"/problems/no-such-shipping-option", 404>;
  /** There is no variant with this SKU. */
  "/problems/no-such-sku": Of<"/problems/no-such-sku", 422> & { sku: string };
  /** Your role or key does not allow this. */
  "/problems/not-allowed": Of<"/problems/not-allowed", 403> & { scope: string };
  /** The price list has no price for this SKU. */
  "/problems/not-in-price-list": Of<"/problems/not-in-price-list", 404>;
  /** Nobody changes their own role, or suspends or removes themselves. */
  "/problems/not-yourself": Of<"/problems/not-yourself", 403>;
  /** An adjustment of 0 changes nothing. */
  "/problems/nothing-adjusted": Of<"/problems/nothing-adjusted", 422>;
  /** This edit would change nothing. */
  "/problems/nothing-edited": Of<"/problems/nothing-edited", 409>;
  /** This order is from before the shop kept what its totals were computed from. */
  "/problems/nothing-kept": Of<"/problems/nothing-kept", 404>;
  /** A movement of nothing is not a movement. */
  "/problems/nothing-moved": Of<"/problems/nothing-moved", 422>;
  /** More was sent than this order had been promised. */
  "/problems/nothing-promised": Of<"/problems/nothing-promised", 409>;
  /** This location does not hold that much for this order. */
  "/problems/nothing-reserved-there": Of<"/problems/nothing-reserved-there", 409>;
  /** Nothing of this order has been sent yet, so that nothing can come back. */
  "/problems/nothing-sent-yet": Of<"/problems/nothing-sent-yet", 409>;
  /** Nothing of this is left to be refunded. */
  "/problems/nothing-to-refund": Of<"/problems/nothing-to-refund", 409>;
  /** Say what is wanted instead: this return does not. */
  "/problems/nothing-wanted": Of<"/problems/nothing-wanted", 409>;
  /** A variant names exactly one known value of each option, and names and values differ. */
  "/problems/options-do-not-fit": Of<"/problems/options-do-not-fit", 422>;
  /** Part of this order has already been sent. */
  "/problems/order-already-fulfilled": Of<"/problems/order-already-fulfilled", 409> & { order?: string };
  /** This order has already been paid. */
  "/problems/order-already-paid": Of<"/problems/order-already-paid", 409> & { order: string };
  /** The order has changed since you read it. */
  "/problems/order-changed": Of<"/problems/order-changed", 412> & { version: number };
  /** This order has been cancelled. */
  "/problems/order-closed": Of<"/problems/order-closed", 409> & { order: string };
  /** An order keeps a line at least; cancel it instead. */
  "/problems/order-empty": Of<"/problems/order-empty", 409>;
  /** This link has ended; ask for a new one by mail. */
  "/problems/order-link-expired": Of<"/problems/order-link-expired", 403>;
  /** Money for this order is only held, and does not fit this: capture it first. */
  "/problems/order-not-captured": Of<"/problems/order-not-captured", 409>;
  /** There is no such order. */
  "/problems/order-not-found": Of<"/problems/order-not-found", 404>;
  /** This order has no invoice that could be corrected. */
  "/problems/order-not-invoiced": Of<"/problems/order-not-invoiced", 409>;
  /** All that is left of this order is ready to be picked up. */
  "/problems/order-ready-for-pickup": Of<"/problems/order-ready-for-pickup", 409>;
  /** This order is from before the shop kept what an invoice is drawn up from. */
  "/problems/order-too-old": Of<"/problems/order-too-old", 409>;
  /** An origin is https:// and a host, with a port if need be. */
  "/problems/origin-unusable": Of<"/problems/origin-unusable", 422> & { origin: string };
  /** There is not enough in stock. */
  "/problems/out-of-stock": Of<"/problems/out-of-stock", 409> & { problems: CartProblem[] };
  /** There is no such category to stand in. */
  "/problems/parent-unknown": Of<"/problems/parent-unknown", 422> & { parent: string };
  /** This link was not asked for in this browser: choose the password of the account. */
  "/problems/password-needed": Of<"/problems/password-needed", 422>;
  /** The link is not valid, was used already, or is too old; ask for a new one. */
  "/problems/password-reset-expired": Of<"/problems/password-reset-expired", 422>;
  /** The password is among the first that anybody would try; choose another. */
  "/problems/password-too-common": Of<"/problems/password-too-common", 422>;
  /** This is not your current password. */
  "/problems/password-wrong": Of<"/problems/password-wrong", 422>;
  /** The payment provider is being asked about this payment; please try again in a moment. */
  "/problems/payment-busy": Of<"/problems/payment-busy", 409> & { retry_after: number };
  /** The payment was declined. */
  "/problems/payment-declined": Of<"/problems/payment-declined", 402> & { reason: string };
  /** Payment can be due at a time that is to come, within a year. */
  "/problems/payment-due-unusable": Of<"/problems/payment-due-unusable", 422>;
  /** Something is left to pay: name a payment provider. */
  "/problems/payment-missing": Of<"/problems/payment-missing", 422> & { amount_due: number };
  /** There is no such payment. */
  "/problems/payment-not-found": Of<"/problems/payment-not-found", 404>;
  /** The payment provider has changed since you read it. */
  "/problems/payment-provider-changed": Of<"/problems/payment-provider-changed", 412> & { version: number };
  /** This provider has taken payments: disable it, and it takes no more. */
  "/problems/payment-provider-in-use": Of<"/problems/payment-provider-in-use", 409>;
  /** Another payment provider has this name. */
  "/problems/payment-provider-name-taken": Of<"/problems/payment-provider-name-taken", 409> & { name: string };
  /** There is no such payment provider. */
  "/problems/payment-provider-not-found": Of<"/problems/payment-provider-not-found", 404>;
  /** A shop has at most 50 payment providers. */
  "/problems/payment-providers-full": Of<"/problems/payment-providers-full", 409> & { limit: number };
  /** The payment provider has not said yet what became of this payment; please try again. */
  "/problems/payment-unclear": Of<"/problems/payment-unclear", 503>;
  /** A period ends after it begins, and lies between the years 2000 and 2200. */
  "/problems/period-unusable": Of<"/problems/period-unusable", 422>;
  /** This order was not placed with a pick-up point. */
  "/problems/pickup-not-offered": Of<"/problems/pickup-not-offered", 422>;
  /** The file is empty. */
  "/problems/picture-empty": Of<"/problems/picture-empty", 422>;
  /** No files could be made of this picture. */
  "/problems/picture-failed": Of<"/problems/picture-failed", 422>;
  /** The file is not a JPEG, PNG, WebP, AVIF or GIF. */
  "/problems/picture-format-unknown": Of<"/problems/picture-format-unknown", 422>;
  /** The picture could not be fetched from its address. */
  "/problems/picture-not-fetched": Of<"/problems/picture-not-fetched", 422> & { trouble: string };
  /** The file is larger than pictures may be. */
  "/problems/picture-too-large": Of<"/problems/picture-too-large", 422> & { limit: number };
  /** A product shows a picture only once. */
  "/problems/picture-twice": Of<"/problems/picture-twice", 422>;
  /** There is no such picture. */
  "/problems/picture-unknown": Of<"/problems/picture-unknown", 422>;
  /** Pictures are fetched from public https:// addresses, without a password in them. */
  "/problems/picture-url-unusable": Of<"/problems/picture-url-unusable", 422>;
  /** There is no such placeholder in this letter. */
  "/problems/placeholder-unknown": Of<"/problems/placeholder-unknown", 422> & { known: string[]; placeholder: string };
  /** No event has come as far as this position. */
  "/problems/position-unknown": Of<"/problems/position-unknown", 422> & { last: number };
  /** Write one postal code, the beginning of codes (28*), or a run (28001-28080). */
  "/problems/postal-code-unusable": Of<"/problems/postal-code-unusable", 422>;
  /** The price list has changed since you read it. */
  "/problems/price-list-changed": Of<"/problems/price-list-changed", 412> & { version: number };
  /** There is no such customer group. */
  "/problems/price-list-group-unknown": Of<"/problems/price-list-group-unknown", 422>;
  /** A new variant needs a price. */
  "/problems/price-missing": Of<"/problems/price-missing", 422> & { sku: string };
  /** Say why this price is another one. */
  "/problems/price-reason-missing": Of<"/problems/price-reason-missing", 422>;
  /** The product has changed since you read it. */
  "/problems/product-changed": Of<"/problems/product-changed", 412> & { version: number };
  /** There is no such product. */
  "/problems/product-not-found": Of<"/problems/product-not-found", 404>;
  /** The promotion has changed since you read it. */
  "/problems/promotion-changed": Of<"/problems/promotion-changed", 412> & { version: number };
  /** A promotion ends after it starts. */
  "/problems/promotion-ends-too-soon": Of<"/problems/promotion-ends-too-soon", 422>;
  /** The hours of a promotion begin and end at different times. */
  "/problems/promotion-hours-alike": Of<"/problems/promotion-hours-alike", 422>;
  /** A promotion of this kind needs this field. */
  "/problems/promotion-incomplete": Of<"/problems/promotion-incomplete", 422> & { kind?: string };
  /** There is no such promotion. */
  "/problems/promotion-not-found": Of<"/problems/promotion-not-found", 404>;
  /** A promotion of this kind has no use for this field. */
  "/problems/promotion-unclear": Of<"/problems/promotion-unclear", 422> & { kind?: string };
  /** A promotion has just ended or been used up; look at the cart again. */
  "/problems/promotion-used-up": Of<"/problems/promotion-used-up", 409>;
  /** This kind of payment provider needs this field. */
  "/problems/provider-field-missing": Of<"/problems/provider-field-missing", 422>;
  /** This kind of payment provider has no such field. */
  "/problems/provider-field-unknown": Of<"/problems/provider-field-unknown", 422> & { known: string[] };
  /** This does not have the form that this kind of payment provider uses. */
  "/problems/provider-field-unusable": Of<"/problems/provider-field-unusable", 422>;
  /** There is no such kind of payment provider. */
  "/problems/provider-kind-unknown": Of<"/problems/provider-kind-unknown", 422> & { known: string[] };
  /** The shop has no such payment provider. */
  "/problems/provider-not-found": Of<"/problems/provider-not-found", 404>;
  /** This payment provider does not take the payment of this cart. */
  "/problems/provider-not-offered": Of<"/problems/provider-not-offered", 422> & { offered: string[] };
  /** The shop has no such payment provider. */
  "/problems/provider-unknown": Of<"/problems/provider-unknown", 422> & { known: string[] };
  /** The shop cannot use this payment provider at the moment. */
  "/problems/provider-unusable": Of<"/problems/provider-unusable", 503>;
  /** A line holds at most 9,999 units. */
  "/problems/quantity-too-large": Of<"/problems/quantity-too-large", 422>;
  /** A rate is between two currencies. */
  "/problems/rate-into-itself": Of<"/problems/rate-into-itself", 422>;
  /** The price before a reduction is higher than the price, in the same currency. */
  "/problems/reduction-upwards": Of<"/problems/reduction-upwards", 422>;
  /** The refund has changed since you read it. */
  "/problems/refund-changed": Of<"/problems/refund-changed", 412> & { version: number };
  /** Say what to refund: lines, shipping or an amount. */
  "/problems/refund-empty": Of<"/problems/refund-empty", 422>;
  /** This order has no such line. */
  "/problems/refund-line-unknown": Of<"/problems/refund-line-unknown", 422>;
  /** This order was paid, so that cancelling it is a refund, which your rights do not allow. */
  "/problems/refund-not-allowed": Of<"/problems/refund-not-allowed", 403> & { scope: string };
  /** Only a refund that its provider refused can be tried again or withdrawn. */
  "/problems/refund-not-failed": Of<"/problems/refund-not-failed", 409>;
  /** There is no such refund. */
  "/problems/refund-not-found": Of<"/problems/refund-not-found", 404>;
  /** The order costs less since it was edited, and this is owed to its buyer: try it again. */
  "/problems/refund-owed": Of<"/problems/refund-owed", 409>;
  /** This is more than can still be refunded. */
  "/problems/refund-too-large": Of<"/problems/refund-too-large", 409> & { refundable: number };
  /** Sorting by relevance needs a search (`q`). */
  "/problems/relevance-needs-query": Of<"/problems/relevance-needs-query", 400>;
  /** Say from where on: `after` a position, or `from` a time. */
  "/problems/replay-unbounded": Of<"/problems/replay-unbounded", 422>;
  /** A report ends on the day it begins or later, and covers 400 days at most. */
  "/problems/report-period-unusable": Of<"/problems/report-period-unusable", 422> & { limit: number };
  /** Stock is reserved until a time to come, for a draft order that has not expired. */
  "/problems/reservation-over": Of<"/problems/reservation-over", 422>;
  /** The return has changed since you read it. */
  "/problems/return-changed": Of<"/problems/return-changed", 412> & { version: number };
  /** What is wanted instead of these goods is ordered already. */
  "/problems/return-exchanged": Of<"/problems/return-exchanged", 409>;
  /** This order has no such line. */
  "/problems/return-line-unknown": Of<"/problems/return-line-unknown", 422>;
  /** This return is not approved, or it has ended. */
  "/problems/return-not-exchangeable": Of<"/problems/return-not-exchangeable", 409>;
  /** No goods of this return are expected. */
  "/problems/return-not-expected": Of<"/problems/return-not-expected", 409>;
  /** There is no such return. */
  "/problems/return-not-found": Of<"/problems/return-not-found", 404>;
  /** This reason needs a note that says more. */
  "/problems/return-note-missing": Of<"/problems/return-note-missing", 422>;
  /** The policy of returns has changed since you read it. */
  "/problems/return-policy-changed": Of<"/problems/return-policy-changed", 412> & { version: number };
  /** The reason has changed since you read it. */
  "/problems/return-reason-changed": Of<"/problems/return-reason-changed", 412> & { version: number };
  /** Another reason for returns has this code. */
  "/problems/return-reason-code-taken": Of<"/problems/return-reason-code-taken", 409> & { code: string };
  /** Returns have this reason: make it inactive instead of deleting it. */
  "/problems/return-reason-in-use": Of<"/problems/return-reason-in-use", 409>;
  /** There is no such reason for returns. */
  "/problems/return-reason-not-found": Of<"/problems/return-reason-not-found", 404>;
  /** This is no reason for returns that can be chosen now. */
  "/problems/return-reason-unknown": Of<"/problems/return-reason-unknown", 422>;
  /** Closing this return pays money back, or exchanges goods, which your rights do not allow. */
  "/problems/return-refund-not-allowed": Of<"/problems/return-refund-not-allowed", 403> & { scope: string };
  /** The buyer can only be sent back to a page of the shop, or of an origin of its channel. */
  "/problems/return-url-unusable": Of<"/problems/return-url-unusable", 422>;
  /** The time in which this order could be returned has ended. */
  "/problems/return-window-over": Of<"/problems/return-window-over", 409>;
  /** This shop takes requests for returns by mail or telephone only. */
  "/problems/returns-not-offered": Of<"/problems/returns-not-offered", 409>;
  /** You may only give, change and take away rights that you have yourself. */
  "/problems/rights-beyond-yours": Of<"/problems/rights-beyond-yours", 403>;
  /** A sale in the catalogue has no use for this; it knows what it is about and its dates. */
  "/problems/sale-unclear": Of<"/problems/sale-unclear", 422>;
  /** The address has changed since you read it. */
  "/problems/saved-address-changed": Of<"/problems/saved-address-changed", 412> & { version: number };
  /** There is no such address among yours. */
  "/problems/saved-address-not-found": Of<"/problems/saved-address-not-found", 404>;
  /** The role does not have that scope. */
  "/problems/scope-outside-role": Of<"/problems/scope-outside-role", 422> & { role: string; scope: string };
  /** There is no such scope. */
  "/problems/scope-unknown": Of<"/problems/scope-unknown", 422> & { scope: string };
  /** A search with `q` is for a number, an email address or a name: give the other one alone. */
  "/problems/search-ambiguous": Of<"/problems/search-ambiguous", 422>;
  /** Invoices and credit notes are numbered in series of their own. */
  "/problems/series-shared": Of<"/problems/series-shared", 422>;
  /** There is no such session. */
  "/problems/session-not-found": Of<"/problems/session-not-found", 404> & { session: string };
  /** The way of shipping has changed since you read it. */
  "/problems/shipping-option-changed": Of<"/problems/shipping-option-changed", 412> & { version: number };
  /** There is no such way of shipping for this cart. */
  "/problems/shipping-option-not-found": Of<"/problems/shipping-option-not-found", 404> & { shipping_option: string };
  /** The way of shipping has no price in this currency. */
  "/problems/shipping-price-missing": Of<"/problems/shipping-price-missing", 422> & { currency: string };
  /** There is no such zone. */
  "/problems/shipping-zone-unknown": Of<"/problems/shipping-zone-unknown", 422> & { zone: string };
  /** Another variant has this SKU. */
  "/problems/sku-taken": Of<"/problems/sku-taken", 409> & { slug: string };
  /** There is no such SKU for sale in this currency. */
  "/problems/sku-unknown": Of<"/problems/sku-unknown", 422> & { sku: string };
  /** There were too many attempts; wait a little before the next. */
  "/problems/slow-down": Of<"/problems/slow-down", 429> & { retry_after: number };
  /** No address can be made of this name: give a slug. */
  "/problems/slug-needed": Of<"/problems/slug-needed", 422>;
  /** Another product has this slug. */
  "/problems/slug-taken": Of<"/problems/slug-taken", 409> & { slug: string };
  /** Somebody with this address is a member of staff already. */
  "/problems/staff-already": Of<"/problems/staff-already", 409>;
  /** The member of staff has changed since you read them. */
  "/problems/staff-changed": Of<"/problems/staff-changed", 412> & { version: number };
  /** There is no such member of staff. */
  "/problems/staff-not-found": Of<"/problems/staff-not-found", 404> & { staff: string };
  /** This member of staff is suspended. */
  "/problems/staff-suspended": Of<"/problems/staff-suspended", 409> & { staff: string };
  /** What has no other tax class is in this one: it stays. */
  "/problems/standard-class-needed": Of<"/problems/standard-class-needed", 409>;
  /** Units have come or gone since the count began; count again. */
  "/problems/stock-moved": Of<"/problems/stock-moved", 409> & { on_hand: number };
  /** There is no such SKU, or no such location. */
  "/problems/stock-not-found": Of<"/problems/stock-not-found", 404>;
  /** The stock of a variant that is there already changes by movements only. */
  "/problems/stock-only-moves": Of<"/problems/stock-only-moves", 422> & { sku: string };
  /** There is not that much to take: the rest has been promised to buyers. */
  "/problems/stock-promised": Of<"/problems/stock-promised", 409>;
  /** The store credit has changed since you read it. */
  "/problems/store-credit-changed": Of<"/problems/store-credit-changed", 412> & { version: number };
  /** There is no such store credit. */
  "/problems/store-credit-not-found": Of<"/problems/store-credit-not-found", 404>;
  /** The storefront's settings have changed since you read them. */
  "/problems/storefront-changed": Of<"/problems/storefront-changed", 412> & { version: number };
  /** There is no such suppressed address. */
  "/problems/suppression-not-found": Of<"/problems/suppression-not-found", 404>;
  /** There is nothing of this name that a promotion could be about. */
  "/problems/target-unknown": Of<"/problems/target-unknown", 422>;
  /** This means nothing for the tariff. */
  "/problems/tariff-without-this": Of<"/problems/tariff-without-this", 422> & { tariff: string };
  /** The tax class has changed since you read it. */
  "/problems/tax-class-changed": Of<"/problems/tax-class-changed", 412> & { version: number };
  /** Another tax class has this code. */
  "/problems/tax-class-code-taken": Of<"/problems/tax-class-code-taken", 409> & { code: string };
  /** Variants, rates or the shipping of the shop are in this tax class; change them first. */
  "/problems/tax-class-in-use": Of<"/problems/tax-class-in-use", 409>;
  /** There is no such tax class, or not any more. */
  "/problems/tax-class-not-found": Of<"/problems/tax-class-not-found", 404>;
  /** There is no such tax class. */
  "/problems/tax-class-unknown": Of<"/problems/tax-class-unknown", 422> & { slug?: string };
  /** This setting needs the country of the shop (`tax_country`). */
  "/problems/tax-country-missing": Of<"/problems/tax-country-missing", 422>;
  /** A tax rate ends after it starts. */
  "/problems/tax-ends-before-it-starts": Of<"/problems/tax-ends-before-it-starts", 422>;
  /** Before an invoice in this currency, set its rate into the currency of your taxes. */
  "/problems/tax-exchange-rate-missing": Of<"/problems/tax-exchange-rate-missing", 409> & { currency: string };
  /** Rates are into the currency of your taxes: one from each other currency. */
  "/problems/tax-exchange-rates-unusable": Of<"/problems/tax-exchange-rates-unusable", 422>;
  /** A seller has a VAT number or a tax number, or both. */
  "/problems/tax-number-missing": Of<"/problems/tax-number-missing", 422>;
  /** The tax rate has changed since you read it. */
  "/problems/tax-rate-changed": Of<"/problems/tax-rate-changed", 412> & { version: number };
  /** There is no such tax rate. */
  "/problems/tax-rate-not-found": Of<"/problems/tax-rate-not-found", 404>;
  /** Tax rates add up to 100 per cent at most. */
  "/problems/tax-rate-too-high": Of<"/problems/tax-rate-too-high", 422>;
  /** The shop has no tax service connected. */
  "/problems/tax-source-unavailable": Of<"/problems/tax-source-unavailable", 422>;
  /** A tax rate starts and ends between the years 1900 and 9000. */
  "/problems/tax-time-unusable": Of<"/problems/tax-time-unusable", 422>;
  /** The tax for this destination cannot be asked for at the moment; please try again. */
  "/problems/tax-unavailable": Of<"/problems/tax-unavailable", 409>;
  /** The tax for this destination cannot be worked out yet; please ask the shop. */
  "/problems/tax-undecided": Of<"/problems/tax-undecided", 409>;
  /** Another tier begins at the same threshold. */
  "/problems/tier-repeated": Of<"/problems/tier-repeated", 422>;
  /** This tariff needs tiers. */
  "/problems/tiers-missing": Of<"/problems/tiers-missing", 422> & { tariff: string };
  /** A time needs its zone, as in 2026-11-24T10:15:00Z. */
  "/problems/time-zone-missing": Of<"/problems/time-zone-missing", 422>;
  /** There is no such time zone (IANA). */
  "/problems/time-zone-unknown": Of<"/problems/time-zone-unknown", 422>;
  /** This payment token cannot be used. */
  "/problems/token-unusable": Of<"/problems/token-unusable", 422> & { known: string[] };
  /** Too many of your requests are being worked on; wait for some of them. */
  "/problems/too-many-at-once": Of<"/problems/too-many-at-once", 429> & { limit: number; retry_after: number };
  /** Many people are logging in at this moment; please try again. */
  "/problems/too-many-logins": Of<"/problems/too-many-logins", 503>;
  /** Many unpaid orders were placed with this e-mail address; pay one, or wait a little. */
  "/problems/too-many-orders": Of<"/problems/too-many-orders", 429> & { retry_after: number };
  /** There have been too many returns of this order. */
  "/problems/too-many-returns": Of<"/problems/too-many-returns", 409> & { limit: number };
  /** An order has at most 50 tags. */
  "/problems/too-many-tags": Of<"/problems/too-many-tags", 422> & { limit: number };
  /** Too many programs are waiting for events here; try again in a moment. */
  "/problems/too-many-waiting": Of<"/problems/too-many-waiting", 503> & { limit: number };
  /** This was asked for very often from your network; wait a little. */
  "/problems/too-often": Of<"/problems/too-often", 429> & { retry_after: number };
  /** The total is not the one you expected. */
  "/problems/total-changed": Of<"/problems/total-changed", 409> & { expected_total: number; total: number };
  /** A translation has as many options and values as the first language. */
  "/problems/translation-does-not-fit": Of<"/problems/translation-does-not-fit", 422>;
  /** No shop answers to that host name here. */
  "/problems/unknown-host": Of<"/problems/unknown-host", 400>;
  /** There is no such query parameter here. */
  "/problems/unknown-parameter": Of<"/problems/unknown-parameter", 400>;
  /** This link is not complete; follow the one in the letter. */
  "/problems/unsubscribe-link-wrong": Of<"/problems/unsubscribe-link-wrong", 422>;
  /** A picture comes as multipart/form-data, or as JSON with its address. */
  "/problems/upload-unclear": Of<"/problems/upload-unclear", 415>;
  /** It has been used more often than that already. */
  "/problems/usage-limit-too-low": Of<"/problems/usage-limit-too-low", 409>;
  /** No variant has this SKU. */
  "/problems/variant-not-found": Of<"/problems/variant-not-found", 404>;
  /** A variant's own picture must be one of the product's. */
  "/problems/variant-picture-unknown": Of<"/problems/variant-picture-unknown", 422>;
  /** Two variants have the same options. */
  "/problems/variants-alike": Of<"/problems/variants-alike", 422> & { slug: string };
  /** The register of its country does not know this VAT number. */
  "/problems/vat-number-not-in-force": Of<"/problems/vat-number-not-in-force", 422>;
  /** This is no VAT number of a country of the EU. */
  "/problems/vat-number-unusable": Of<"/problems/vat-number-unusable", 422>;
  /** VAT numbers cannot be checked at the moment; try again, or leave the number out. */
  "/problems/vat-register-away": Of<"/problems/vat-register-away", 503> & { retry_after: number };
  /** VERI*FACTU takes amounts in euros only. */
  "/problems/verifactu-in-euros": Of<"/problems/verifactu-in-euros", 409> & { currency: string };
  /** VERI*FACTU is for sellers in Spain. */
  "/problems/verifactu-needs-spain": Of<"/problems/verifactu-needs-spain", 422>;
  /** The link is not valid, was used already, or is too old; register again for a new one. */
  "/problems/verification-expired": Of<"/problems/verification-expired", 422>;
  /** If-Match takes one version as its ETag was given, or *. */
  "/problems/version-unreadable": Of<"/problems/version-unreadable", 400>;
  /** You wait for events too often at once here; end some of your streams and calls first. */
  "/problems/waiting-too-often": Of<"/problems/waiting-too-often", 429> & { limit: number };
  /** The webhook has changed since you read it. */
  "/problems/webhook-changed": Of<"/problems/webhook-changed", 412> & { version: number };
  /** There is no such webhook. */
  "/problems/webhook-not-found": Of<"/problems/webhook-not-found", 404>;
  /** There is no such type of event; `order.*` is all of a kind, `*` is all. */
  "/problems/webhook-type-unknown": Of<"/problems/webhook-type-unknown", 422> & { event_type: string };
  /** This is not from the payment provider, or too old. */
  "/problems/webhook-unverified": Of<"/problems/webhook-unverified", 403>;
  /** A webhook's address is https://, of a host on the internet, without a user or a fragment. */
  "/problems/webhook-url-unusable": Of<"/problems/webhook-url-unusable", 422>;
  /** A shop has at most 100 webhooks. */
  "/problems/webhooks-full": Of<"/problems/webhooks-full", 409> & { limit: number };
  /** The words of this letter have changed since you read them. */
  "/problems/wording-changed": Of<"/problems/wording-changed", 412> & { version?: number };
  /** This letter has no words of your own in this language. */
  "/problems/wording-not-found": Of<"/problems/wording-not-found", 404>;
  /** The body must be JSON, announced as application/json. */
  "/problems/wrong-content-type": Of<"/problems/wrong-content-type", 415>;
  /** The API key is not valid, or no longer. */
  "/problems/wrong-key": Of<"/problems/wrong-key", 401>;
  /** Content-Length is not a number. */
  "/problems/wrong-length": Of<"/problems/wrong-length", 400>;
  /** Transfer-Encoding may only be chunked, and only once. */
  "/problems/wrong-transfer-encoding": Of<"/problems/wrong-transfer-encoding", 400>;
  /** The zone has changed since you read it. */
  "/problems/zone-changed": Of<"/problems/zone-changed", 412> & { version: number };
  /** Tax rates or ways of shipping hold in this zone; change them first. */
  "/problems/zone-in-use": Of<"/problems/zone-in-use", 409>;
  /** Another zone has this name. */
  "/problems/zone-name-taken": Of<"/problems/zone-name-taken", 409> & { name: string };
  /** There is no such zone. */
  "/problems/zone-not-found": Of<"/problems/zone-not-found", 404>;
  /** There is no such zone. */
  "/problems/zone-unknown": Of<"/problems/zone-unknown", 422>;
}

export type ProblemType = keyof Problems;

/** Any problem: its `type` tells which, and so which facts it has. */
export type AnyProblem = Problems[ProblemType];

/** What nearly every call may be answered with. */
export type UsualProblem =
  | "/problems/body-too-large"
  | "/problems/body-too-slow"
  | "/problems/conflict"
  | "/problems/csrf-token-wrong"
  | "/problems/database-away"
  | "/problems/draft-order-completed"
  | "/problems/draft-order-expired"
  | "/problems/foreign-origin"
  | "/problems/invalid-request"
  | "/problems/invalid-text"
  | "/problems/key-in-use"
  | "/problems/key-printed"
  | "/problems/key-reused"
  | "/problems/key-unusable"
  | "/problems/log-in-first"
  | "/problems/malformed-json"
  | "/problems/nested-too-deep"
  | "/problems/no-such-address"
  | "/problems/not-allowed"
  | "/problems/order-already-fulfilled"
  | "/problems/order-closed"
  | "/problems/provider-unusable"
  | "/problems/too-many-at-once"
  | "/problems/unknown-host"
  | "/problems/unknown-parameter"
  | "/problems/version-unreadable"
  | "/problems/wrong-content-type"
  | "/problems/wrong-key"
  | "/problems/wrong-length"
  | "/problems/wrong-transfer-encoding";

type Named<T> = T extends `/problems/${infer N}` ? N : never;

/** The name of a problem: the end of its type. */
export type ProblemName = Named<ProblemType>;

/** The usual problems, and those of these names. */
export type Refused<N extends ProblemName> = Problems[
  Extract<ProblemType, UsualProblem | `/problems/${N}`>
];

type Of<T, S> = Omit<Problem, "type" | "status"> & { type: T; status: S };
