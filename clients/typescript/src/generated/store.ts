// Written by `make clients` from the shop's OpenAPI document: do not edit it.
import { type Call, read, write, writeOnce } from "../call.js";
import type {
  Acceptance,
  CartDraft,
  CartMergeView,
  CartPayment,
  CartView,
  CategoryTree,
  Checkout,
  CheckoutPending,
  Contact,
  CouponChoice,
  Credentials,
  DraftOrderView,
  Explanation,
  GiftCardBalance,
  GiftCardChoice,
  GiftRecipient,
  Health,
  InvoiceList,
  LegalKind,
  LegalPageView,
  LineDraft,
  LinePatch,
  ListFilters,
  LoginSessionsView,
  LoginView,
  MergeDraft,
  MyStoreCredits,
  NewPassword,
  OrderLinkDraft,
  OrderLinkView,
  OrderPage,
  OrderPaymentDraft,
  OrderPaymentStatus,
  OrderView,
  PasswordChange,
  PasswordResetDraft,
  PasswordResetView,
  PaymentOptionsView,
  PriceAcceptance,
  ProblemKind,
  ProblemKinds,
  ProductPage,
  ProductView,
  Registration,
  RegistrationView,
  ReminderDraft,
  RestoreDraft,
  ReturnDraft,
  ReturnView,
  Returnable,
  Returns,
  SavedAddressDraft,
  SavedAddressPatch,
  SavedAddressView,
  SavedAddresses,
  SessionView,
  SetAsidePage,
  ShippingChoice,
  ShippingOptionsView,
  Sort,
  StaffAcceptance,
  StaffInvitationOffer,
  StoreCreditChoice,
  StorefrontView,
  VerificationDraft,
} from "./schemas.js";

/** Say that this process runs. */
export const checkLive = (): Call<Health> =>
  read("/health/live", {});

/** Say whether this process can serve: the database answers, and has the tables that it needs. */
export const checkReady = (): Call<
  Health,
  "database-ahead" | "database-behind" | "jobs-neglected"
> =>
  read("/health/ready", {});

/** List all types of problems that the shop answers with, as JSON or as a page for people. */
export const listProblems = (): Call<ProblemKinds> =>
  read("/problems", {});

/** Explain one type of problem: its title, its status and the facts that come with it. */
export const getProblem = (input: { name: string }): Call<ProblemKind, "no-such-problem"> =>
  read("/problems/{name}", input);

/** Search, filter and sort the products for sale, and list them page by page. */
export const listProducts = (input: {
  limit?: number;
  cursor?: string;
  q?: string;
  category?: string;
  sort?: Sort;
  min_price?: number;
  max_price?: number;
  in_stock?: boolean;
  filter?: string[];
  currency?: string;
} = {}): Call<
  ProductPage,
  "currency-unknown" | "cursor-unusable" | "filter-unusable" | "no-channel" |
  "relevance-needs-query"
> =>
  read("/v1/products", input);

/** List what a product list can be narrowed by, and how many products each value leaves. */
export const countFilters = (input: {
  q?: string;
  category?: string;
  min_price?: number;
  max_price?: number;
  in_stock?: boolean;
  filter?: string[];
  currency?: string;
} = {}): Call<ListFilters, "currency-unknown" | "filter-unusable" | "no-channel"> =>
  read("/v1/product-filters", input);

/** Show one product with its variants, pictures and stock. */
export const getProduct = (input: { slug: string; currency?: string }): Call<
  ProductView,
  "currency-unknown" | "no-channel" | "product-not-found"
> =>
  read("/v1/products/{slug}", input);

/** Show all categories as a tree. */
export const listCategories = (): Call<CategoryTree> =>
  read("/v1/categories", {});

/** Read what a front-end shows around its pages: name, logo, colours, texts, legal pages. */
export const getStorefront = (): Call<StorefrontView, "no-channel"> =>
  read("/v1/storefront", {});

/** Read a legal page in your language, or in the shop's. */
export const getLegalPage = (input: { kind: LegalKind }): Call<
  LegalPageView,
  "legal-page-not-found" | "no-channel"
> =>
  read("/v1/legal-pages/{kind}", input);

/** Open a cart, optionally with lines. */
export const openCart = (input: { body: CartDraft }): Call<
  CartView,
  "cart-full" | "cart-merged" | "cart-not-found" | "currency-unknown" | "no-channel" |
  "quantity-too-large" | "sku-unknown" | "too-often"
> =>
  write("POST", "/v1/carts", input);

/** Open a new cart from a reminder's link, with its lines and coupons, without addresses. */
export const restoreCart = (input: { body: RestoreDraft }): Call<
  CartView,
  "cart-closed" | "cart-full" | "cart-merged" | "cart-not-found" | "link-unusable" | "no-channel" |
  "quantity-too-large" | "sku-unknown" | "too-often"
> =>
  write("POST", "/v1/carts/restored", input);

/** Read the cart that you changed last, on whichever device; 404 if you have none. */
export const getMyCart = (): Call<
  CartView,
  "cart-full" | "cart-merged" | "cart-not-found" | "for-customers"
> =>
  read("/v1/carts/mine", {});

/** List your carts that were merged into others in the last 24 hours, the last one first. */
export const listSetAsideCarts = (): Call<SetAsidePage, "for-customers"> =>
  read("/v1/carts/set-aside", {});

/** Read a cart at current prices; problems lists why it cannot be ordered yet. */
export const getCart = (input: { cart_id: string }): Call<
  CartView,
  "cart-full" | "cart-merged" | "cart-not-found"
> =>
  read("/v1/carts/{cart_id}", input);

/** Explain a cart's total: the amounts of all steps add up to it. */
export const explainCart = (input: { cart_id: string }): Call<
  Explanation,
  "cart-full" | "cart-merged" | "cart-not-found"
> =>
  read("/v1/carts/{cart_id}/explanation", input);

/** Add units of a SKU to a cart; if it is in the cart already, they are added to its line. */
export const addLine = (input: {
  cart_id: string;
  if_match?: number;
  body: LineDraft;
}): Call<
  CartView,
  "cart-changed" | "cart-closed" | "cart-full" | "cart-merged" | "cart-not-found" |
  "checkout-in-progress" | "conflict" | "quantity-too-large" | "sku-unknown"
> =>
  write("POST", "/v1/carts/{cart_id}/lines", input);

/** Remove a line from a cart. */
export const removeLine = (input: {
  cart_id: string;
  line_id: string;
  if_match?: number;
}): Call<
  CartView,
  "cart-changed" | "cart-closed" | "cart-full" | "cart-line-not-found" | "cart-merged" |
  "cart-not-found" | "checkout-in-progress" | "sku-unknown"
> =>
  write("DELETE", "/v1/carts/{cart_id}/lines/{line_id}", input);

/** Set the quantity of a line; 0 removes it. */
export const changeLine = (input: {
  cart_id: string;
  line_id: string;
  if_match?: number;
  body: LinePatch;
}): Call<
  CartView,
  "cart-changed" | "cart-closed" | "cart-full" | "cart-line-not-found" | "cart-merged" |
  "cart-not-found" | "checkout-in-progress" | "sku-unknown"
> =>
  write("PATCH", "/v1/carts/{cart_id}/lines/{line_id}", input);

/** Say who gets the gift cards of a line by email, with a message from you. */
export const setGiftRecipient = (input: {
  cart_id: string;
  line_id: string;
  if_match?: number;
  body: GiftRecipient;
}): Call<
  CartView,
  "address-unusable" | "cart-changed" | "cart-closed" | "cart-full" | "cart-line-not-found" |
  "cart-merged" | "cart-not-found" | "checkout-in-progress" | "no-gift-card" | "sku-unknown"
> =>
  write("PUT", "/v1/carts/{cart_id}/lines/{line_id}/recipient", input);

/** Let the gift cards of a line go to the buyer's own address. */
export const removeGiftRecipient = (input: {
  cart_id: string;
  line_id: string;
  if_match?: number;
}): Call<
  CartView,
  "address-unusable" | "cart-changed" | "cart-closed" | "cart-full" | "cart-line-not-found" |
  "cart-merged" | "cart-not-found" | "checkout-in-progress" | "no-gift-card" | "sku-unknown"
> =>
  write("DELETE", "/v1/carts/{cart_id}/lines/{line_id}/recipient", input);

/** Add a coupon to a cart. */
export const addCoupon = (input: {
  cart_id: string;
  if_match?: number;
  body: CouponChoice;
}): Call<
  CartView,
  "cart-changed" | "cart-closed" | "cart-full" | "cart-merged" | "cart-not-found" |
  "checkout-in-progress" | "conflict" | "coupon-unknown" | "coupons-full" | "sku-unknown" |
  "slow-down"
> =>
  write("POST", "/v1/carts/{cart_id}/coupons", input);

/** Remove a coupon from a cart. */
export const removeCoupon = (input: {
  cart_id: string;
  code: string;
  if_match?: number;
}): Call<
  CartView,
  "cart-changed" | "cart-closed" | "cart-full" | "cart-merged" | "cart-not-found" |
  "checkout-in-progress" | "coupon-not-in-cart" | "sku-unknown"
> =>
  write("DELETE", "/v1/carts/{cart_id}/coupons/{code}", input);

/** Pay a cart with a gift card, as far as it goes; amount_due is what remains. */
export const addGiftCard = (input: {
  cart_id: string;
  if_match?: number;
  body: GiftCardChoice;
}): Call<
  CartView,
  "cart-changed" | "cart-closed" | "cart-full" | "cart-merged" | "cart-not-found" |
  "checkout-in-progress" | "conflict" | "gift-card-expired" | "gift-card-in-other-currency" |
  "gift-card-unknown" | "gift-cards-full" | "sku-unknown" | "slow-down"
> =>
  write("POST", "/v1/carts/{cart_id}/gift-cards", input);

/** Do not pay a cart with a gift card. */
export const removeGiftCard = (input: {
  cart_id: string;
  card_id: string;
  if_match?: number;
}): Call<
  CartView,
  "cart-changed" | "cart-closed" | "cart-full" | "cart-merged" | "cart-not-found" |
  "checkout-in-progress" | "gift-card-not-in-cart" | "sku-unknown"
> =>
  write("DELETE", "/v1/carts/{cart_id}/gift-cards/{card_id}", input);

/** Pay a cart with your store credit, as far as it goes after gift cards; or do not. */
export const chooseStoreCredit = (input: {
  cart_id: string;
  if_match?: number;
  body: StoreCreditChoice;
}): Call<
  CartView,
  "cart-changed" | "cart-closed" | "cart-full" | "cart-merged" | "cart-not-found" |
  "checkout-in-progress" | "for-customers" | "sku-unknown"
> =>
  write("PUT", "/v1/carts/{cart_id}/store-credit", input);

/** Accept prices that have changed since the buyer last looked; name the total they saw. */
export const acceptPrices = (input: {
  cart_id: string;
  if_match?: number;
  body: PriceAcceptance;
}): Call<
  CartView,
  "cart-changed" | "cart-closed" | "cart-full" | "cart-merged" | "cart-not-found" |
  "checkout-in-progress" | "sku-unknown" | "total-changed"
> =>
  write("POST", "/v1/carts/{cart_id}/accepted-prices", input);

/** Make one cart of this one and another one of yours, such as one from another device. */
export const mergeCart = (input: {
  cart_id: string;
  if_match?: number;
  body: MergeDraft;
}): Call<
  CartMergeView,
  "cart-changed" | "cart-closed" | "cart-not-found" | "checkout-in-progress" | "for-customers"
> =>
  write("POST", "/v1/carts/{cart_id}/merge", input);

/** Get a cart back that was merged into another one, as it was; the other one does not change. */
export const recoverCart = (input: { cart_id: string; if_match?: number }): Call<
  CartView,
  "cart-full" | "cart-merged" | "cart-not-found" | "for-customers"
> =>
  write("POST", "/v1/carts/{cart_id}/recovery", input);

/** Request one mail about this cart if it is abandoned; only call this if the buyer agreed. */
export const remindOfCart = (input: {
  cart_id: string;
  if_match?: number;
  body: ReminderDraft;
}): Call<
  CartView,
  "address-unusable" | "cart-changed" | "cart-closed" | "cart-full" | "cart-merged" |
  "cart-not-found" | "checkout-in-progress" | "conflict" | "sku-unknown" | "slow-down"
> =>
  write("PUT", "/v1/carts/{cart_id}/reminder", input);

/** Cancel the reminder of a cart. */
export const forgetReminder = (input: { cart_id: string; if_match?: number }): Call<
  void,
  "cart-merged" | "cart-not-found" | "conflict"
> =>
  write("DELETE", "/v1/carts/{cart_id}/reminder", input);

/** Set the buyer's contact and addresses; shipping_option may be chosen in the same call. */
export const setContact = (input: {
  cart_id: string;
  if_match?: number;
  body: Contact;
}): Call<
  CartView,
  "address-unusable" | "cart-changed" | "cart-closed" | "cart-full" | "cart-merged" |
  "cart-not-found" | "checkout-in-progress" | "country-unknown" | "shipping-option-not-found" |
  "sku-unknown" | "vat-number-not-in-force" | "vat-number-unusable" | "vat-register-away"
> =>
  write("PUT", "/v1/carts/{cart_id}/contact", input);

/** List the shipping options that are available for a cart, with their prices. */
export const listShippingOptions = (input: { cart_id: string }): Call<
  ShippingOptionsView,
  "cart-full" | "cart-merged" | "cart-not-found"
> =>
  read("/v1/carts/{cart_id}/shipping-options", input);

/** Choose the shipping option of a cart. */
export const chooseShippingOption = (input: {
  cart_id: string;
  if_match?: number;
  body: ShippingChoice;
}): Call<
  CartView,
  "cart-changed" | "cart-closed" | "cart-full" | "cart-merged" | "cart-not-found" |
  "checkout-in-progress" | "shipping-option-not-found" | "sku-unknown"
> =>
  write("PUT", "/v1/carts/{cart_id}/shipping-option", input);

/** List the payment providers that are offered for a cart, with what their widgets need. */
export const listPaymentOptions = (input: { cart_id: string }): Call<
  PaymentOptionsView,
  "cart-full" | "cart-merged" | "cart-not-found" | "no-channel" | "provider-unusable"
> =>
  read("/v1/carts/{cart_id}/payment-options", input);

/** Say how the newest payment of a cart stands, and give the order as soon as there is one. */
export const getCartPayment = (input: { cart_id: string }): Call<
  CartPayment,
  "cart-merged" | "cart-not-found" | "coupon-used-up" | "coupon-used-up-by-you" | "credit-spent" |
  "no-channel" | "order-not-found" | "out-of-stock" | "payment-declined" | "payment-not-found" |
  "payment-unclear" | "promotion-used-up" | "provider-field-missing" | "provider-field-unknown" |
  "provider-field-unusable" | "provider-unknown" | "provider-unusable" | "store-credit-not-found" |
  "token-unusable" | "too-many-orders"
> =>
  read("/v1/carts/{cart_id}/payment", input);

/** End the payment of a cart, because its buyer does not want to make it. */
export const cancelCartPayment = (input: {
  cart_id: string;
  if_match?: number;
}): Call<
  CartPayment,
  "cart-merged" | "cart-not-found" | "coupon-used-up" | "coupon-used-up-by-you" | "credit-spent" |
  "no-channel" | "order-not-found" | "out-of-stock" | "payment-busy" | "payment-not-found" |
  "payment-unclear" | "promotion-used-up" | "provider-field-missing" | "provider-field-unknown" |
  "provider-field-unusable" | "provider-unknown" | "provider-unusable" | "store-credit-not-found" |
  "token-unusable" | "too-many-orders"
> =>
  write("DELETE", "/v1/carts/{cart_id}/payment", input);

/** Order what is in a cart. */
export const checkout = (input: {
  cart_id: string;
  if_match?: number;
  body: Checkout;
}): Call<
  OrderView | CheckoutPending,
  "amount-due-changed" | "amount-too-small" | "cart-changed" | "cart-full" | "cart-merged" |
  "cart-not-found" | "cart-not-ready" | "checkout-in-progress" | "coupon-used-up" |
  "coupon-used-up-by-you" | "credit-spent" | "no-channel" | "order-not-found" | "out-of-stock" |
  "payment-busy" | "payment-declined" | "payment-missing" | "payment-not-found" |
  "payment-provider-not-found" | "payment-unclear" | "promotion-used-up" | "provider-field-missing"
  | "provider-field-unknown" | "provider-field-unusable" | "provider-not-offered" |
  "provider-unknown" | "provider-unusable" | "return-url-unusable" | "store-credit-not-found" |
  "token-unusable" | "too-many-orders" | "too-often" | "total-changed"
> =>
  write("POST", "/v1/carts/{cart_id}/checkout", input);

/** List your own orders, the newest first. */
export const listOrders = (input: { limit?: number; cursor?: string } = {}): Call<
  OrderPage,
  "currency-missing" | "cursor-unusable" | "for-customers" | "order-not-found" | "search-ambiguous"
  | "time-zone-missing" | "too-many-tags"
> =>
  read("/v1/orders", input);

/** Ask for a new link to an order, by mail to the address it was placed with. */
export const requestOrderLink = (input: { body: OrderLinkDraft }): Call<
  OrderLinkView,
  "address-unusable" | "conflict" | "slow-down"
> =>
  write("POST", "/v1/orders/links", input);

/** Read an order that GET /v1/orders lists, or one whose access token you hold. */
export const getOrder = (input: {
  order_id: string;
  order_token?: string;
  access_token?: string;
}): Call<OrderView, "order-link-expired" | "order-not-found"> =>
  read("/v1/orders/{order_id}", input);

/** Read what was put together for you, by the token of its link or as its customer. */
export const getSentDraftOrder = (input: {
  draft_id: string;
  draft_order_token?: string;
  access_token?: string;
}): Call<
  DraftOrderView,
  "cart-full" | "cart-merged" | "cart-not-found" | "draft-order-changed" | "draft-order-expired" |
  "draft-order-not-found"
> =>
  read("/v1/draft-orders/{draft_id}", input);

/** Order what was put together for you: the order is placed unpaid, to be paid at once. */
export const orderDraftOrder = (input: {
  draft_id: string;
  draft_order_token?: string;
  access_token?: string;
  if_match?: number;
  body?: Acceptance;
}): Call<
  OrderView,
  "amount-due-changed" | "cart-changed" | "cart-full" | "cart-merged" | "cart-not-found" |
  "cart-not-ready" | "coupon-used-up" | "coupon-used-up-by-you" | "credit-spent" |
  "draft-order-changed" | "draft-order-expired" | "draft-order-not-found" | "no-channel" |
  "order-not-found" | "out-of-stock" | "payment-missing" | "promotion-used-up" |
  "store-credit-not-found" | "too-many-orders" | "too-often" | "total-changed"
> =>
  write("POST", "/v1/draft-orders/{draft_id}/order", input);

/** Read what is on a gift card; the code is in the body, so that no log of addresses has it. */
export const checkGiftCard = (input: { body: GiftCardChoice }): Call<
  GiftCardBalance,
  "gift-card-unknown" | "slow-down"
> =>
  write("POST", "/v1/gift-cards/balance", input);

/** Read what you can spend of your store credit, by currency. */
export const getMyStoreCredit = (): Call<MyStoreCredits, "for-customers"> =>
  read("/v1/store-credit", {});

/** Pay what is still to be paid of an order that you may read. */
export const payOrder = (input: {
  order_id: string;
  order_token?: string;
  access_token?: string;
  if_match?: number;
  body: OrderPaymentDraft;
}): Call<
  OrderView | CheckoutPending,
  "amount-too-small" | "coupon-used-up" | "coupon-used-up-by-you" | "credit-spent" |
  "draft-order-completed" | "no-channel" | "order-already-paid" | "order-changed" | "order-closed" |
  "order-link-expired" | "order-not-found" | "out-of-stock" | "payment-busy" | "payment-declined" |
  "payment-not-found" | "payment-provider-not-found" | "payment-unclear" | "promotion-used-up" |
  "provider-field-missing" | "provider-field-unknown" | "provider-field-unusable" |
  "provider-not-offered" | "provider-unknown" | "provider-unusable" | "return-url-unusable" |
  "store-credit-not-found" | "token-unusable" | "too-many-orders" | "too-often" | "total-changed"
> =>
  write("POST", "/v1/orders/{order_id}/payments", input);

/** Say how the newest payment of an order stands. */
export const getOrderPayment = (input: {
  order_id: string;
  order_token?: string;
  access_token?: string;
}): Call<
  OrderPaymentStatus,
  "coupon-used-up" | "coupon-used-up-by-you" | "credit-spent" | "no-channel" | "order-link-expired"
  | "order-not-found" | "out-of-stock" | "payment-declined" | "payment-not-found" |
  "payment-unclear" | "promotion-used-up" | "provider-field-missing" | "provider-field-unknown" |
  "provider-field-unusable" | "provider-unknown" | "provider-unusable" | "store-credit-not-found" |
  "token-unusable" | "too-many-orders"
> =>
  read("/v1/orders/{order_id}/payment", input);

/** End the payment of an order that is under way, because its buyer does not want to make it. */
export const cancelOrderPayment = (input: {
  order_id: string;
  order_token?: string;
  access_token?: string;
  if_match?: number;
}): Call<
  OrderPaymentStatus,
  "coupon-used-up" | "coupon-used-up-by-you" | "credit-spent" | "no-channel" | "order-link-expired"
  | "order-not-found" | "out-of-stock" | "payment-busy" | "payment-not-found" | "payment-unclear" |
  "promotion-used-up" | "provider-field-missing" | "provider-field-unknown" |
  "provider-field-unusable" | "provider-unknown" | "provider-unusable" | "store-credit-not-found" |
  "token-unusable" | "too-many-orders"
> =>
  write("DELETE", "/v1/orders/{order_id}/payment", input);

/** List the invoices and credit notes of an order that you may read. */
export const listInvoicesOfOrder = (input: {
  order_id: string;
  order_token?: string;
  access_token?: string;
}): Call<InvoiceList, "order-link-expired" | "order-not-found"> =>
  read("/v1/orders/{order_id}/invoices", input);

/** Fetch an invoice of an order that you may read, as PDF. */
export const getPdfOfOrder = (input: {
  order_id: string;
  invoice_id: string;
  order_token?: string;
  access_token?: string;
}): Call<
  ArrayBuffer,
  "invoice-not-found" | "invoice-not-ready" | "order-link-expired" | "order-not-found"
> =>
  read("/v1/orders/{order_id}/invoices/{invoice_id}/pdf", input, "bytes");

/** Fetch an invoice of an order that you may read, as XML (EN 16931). */
export const getXmlOfOrder = (input: {
  order_id: string;
  invoice_id: string;
  order_token?: string;
  access_token?: string;
}): Call<
  ArrayBuffer,
  "invoice-not-found" | "invoice-not-ready" | "order-link-expired" | "order-not-found"
> =>
  read("/v1/orders/{order_id}/invoices/{invoice_id}/xml", input, "bytes");

/** Say what of an order you can return, until when, for which reasons, and what is kept. */
export const getReturnable = (input: {
  order_id: string;
  order_token?: string;
  access_token?: string;
}): Call<Returnable, "no-channel" | "order-link-expired" | "order-not-found"> =>
  read("/v1/orders/{order_id}/returnable", input);

/** List the returns of an order that you may read, in the order of their numbers. */
export const listReturnsOfOrder = (input: {
  order_id: string;
  order_token?: string;
  access_token?: string;
}): Call<Returns, "order-link-expired" | "order-not-found"> =>
  read("/v1/orders/{order_id}/returns", input);

/** Ask to return units that were sent to you; the shop answers by mail. */
export const askForReturn = (input: {
  order_id: string;
  order_token?: string;
  if_match?: number;
  body: ReturnDraft;
}): Call<
  ReturnView,
  "gift-card-not-exchanged" | "more-than-returnable" | "no-channel" | "nothing-sent-yet" |
  "order-changed" | "order-link-expired" | "order-not-found" | "return-line-unknown" |
  "return-not-found" | "return-note-missing" | "return-reason-unknown" | "return-window-over" |
  "returns-not-offered" | "sku-unknown" | "too-many-returns"
> =>
  write("POST", "/v1/orders/{order_id}/returns", input);

/** Give up a return of which nothing has arrived; its units can be returned anew. */
export const withdrawOwnReturn = (input: {
  order_id: string;
  return_id: string;
  order_token?: string;
  if_match?: number;
}): Call<
  ReturnView,
  "conflict" | "nothing-promised" | "order-changed" | "order-link-expired" | "order-not-found" |
  "out-of-stock" | "return-changed" | "return-not-found"
> =>
  write("POST", "/v1/orders/{order_id}/returns/{return_id}/withdraw", input);

/** Show who you are, and the token for X-CSRF-Token. */
export const showSession = (): Call<SessionView> =>
  read("/v1/session", {});

/** Log in with e-mail address and password. */
export const logIn = (input: { body: Credentials }): Call<
  LoginView,
  "account-suspended" | "conflict" | "invalid-credentials" | "no-channel" | "slow-down" |
  "too-many-logins"
> =>
  writeOnce("POST", "/v1/session", input);

/** Log out: end this session. */
export const logOut = (): Call<void> =>
  writeOnce("DELETE", "/v1/session", {});

/** List your sessions, the latest first; there are at most 100. */
export const listSessions = (): Call<LoginSessionsView, "for-customers"> =>
  read("/v1/sessions", {});

/** End one of your sessions, for example after losing a device. */
export const endSession = (input: { session_id: string }): Call<
  void,
  "for-customers" | "session-not-found"
> =>
  writeOnce("DELETE", "/v1/sessions/{session_id}", input);

/** Register with an e-mail address. */
export const registerUser = (input: { body: Registration }): Call<
  RegistrationView,
  "address-unusable" | "conflict" | "password-too-common" | "slow-down" | "too-many-logins"
> =>
  writeOnce("POST", "/v1/users", input);

/** Prove that an address is yours, with the token of the mail. */
export const verifyUser = (input: { body: VerificationDraft }): Call<
  void,
  "password-needed" | "password-too-common" | "too-many-logins" | "verification-expired"
> =>
  writeOnce("POST", "/v1/users/verification", input);

/** Ask for a new password, by mail to the address of the account. */
export const requestPasswordReset = (input: { body: PasswordResetDraft }): Call<
  PasswordResetView,
  "address-unusable" | "conflict" | "slow-down"
> =>
  writeOnce("POST", "/v1/password-resets", input);

/** Choose a new password with the token of the mail, within 15 minutes. */
export const resetPassword = (input: { token: string; body: NewPassword }): Call<
  void,
  "password-reset-expired" | "password-too-common" | "too-many-logins"
> =>
  writeOnce("PUT", "/v1/password-resets/{token}", input);

/** Change your password. */
export const changePassword = (input: { body: PasswordChange }): Call<
  SessionView,
  "conflict" | "for-customers" | "password-too-common" | "password-wrong" | "slow-down" |
  "too-many-logins"
> =>
  writeOnce("PUT", "/v1/users/me/password", input);

/** List your addresses, the oldest first; there are at most 50. */
export const listAddresses = (): Call<SavedAddresses, "for-customers"> =>
  read("/v1/users/me/addresses", {});

/** Keep an address for your next order; your first one is the default for everything. */
export const addAddress = (input: { body: SavedAddressDraft }): Call<
  SavedAddressView,
  "address-book-full" | "country-unknown" | "for-customers"
> =>
  write("POST", "/v1/users/me/addresses", input);

/** Read one of your addresses. */
export const getAddress = (input: { address_id: string }): Call<
  SavedAddressView,
  "for-customers" | "saved-address-not-found"
> =>
  read("/v1/users/me/addresses/{address_id}", input);

/** Remove one of your addresses; orders keep theirs. */
export const removeAddress = (input: {
  address_id: string;
  if_match?: number;
}): Call<void, "for-customers" | "saved-address-changed" | "saved-address-not-found"> =>
  write("DELETE", "/v1/users/me/addresses/{address_id}", input);

/** Change one of your addresses, or make it the default; orders keep the old one. */
export const changeAddress = (input: {
  address_id: string;
  if_match?: number;
  body: SavedAddressPatch;
}): Call<
  SavedAddressView,
  "country-unknown" | "for-customers" | "saved-address-changed" | "saved-address-not-found"
> =>
  write("PATCH", "/v1/users/me/addresses/{address_id}", input);

/** Read what the invitation in a mail offers. */
export const getStaffInvitation = (input: { token: string }): Call<
  StaffInvitationOffer,
  "invitation-expired"
> =>
  read("/v1/staff-invitations/{token}", input);

/** Accept an invitation, with the token of the mail and a password of your own. */
export const acceptStaffInvitation = (input: {
  token: string;
  body: StaffAcceptance;
}): Call<
  void,
  "address-unusable" | "invitation-expired" | "password-too-common" | "staff-already" |
  "too-many-logins"
> =>
  writeOnce("PUT", "/v1/staff-invitations/{token}", input);
