// Written by `make clients` from the shop's OpenAPI document: do not edit it.

export interface Acceptance {
  expected_total?: number | null;
}

export interface Actor {
  type: ActorKind;
  id?: string | null;
}

export type ActorKind = "customer" | "guest" | "key" | "staff" | "system";

/** Units of something that is for sale now, as a line of its own. */
export interface AddedLine {
  sku: string;
  quantity: number;
  unit_price?: number | null;
}

/** A postal address. */
export interface Address {
  name: string;
  line1: string;
  line2?: string | null;
  city: string;
  postal_code?: string | null;
  region?: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string;
  phone?: string | null;
}

export interface Adjustment {
  /** In the currency's minor unit: given, or taken if it is negative; not 0. */
  amount: number;
  /** For staff. */
  reason: string;
}

/** A key needs a role or at least one scope. */
export interface ApiKeyDraft {
  /** One line that is not blank. */
  name: string;
  role?: Role | null;
  scopes?: ("catalogue.read" | "catalogue.write" | "credit.read" | "credit.write" | "customers.erase" | "customers.read" | "customers.write" | "events.read" | "invoices.read" | "invoices.write" | "jobs.read" | "jobs.write" | "keys.write" | "mail.read" | "mail.write" | "media.read" | "media.write" | "metrics.read" | "orders.read" | "orders.write" | "pricing.read" | "pricing.write" | "providers.read" | "providers.write" | "refunds.write" | "reports.read" | "returns.read" | "returns.write" | "settings.write" | "staff.read" | "staff.write" | "stock.read" | "stock.write" | "webhooks.read" | "webhooks.write")[];
  expires_at?: string | null;
  staff?: string | null;
}

/** The only answer with the key: repeating the request by its idempotency key omits it. */
export interface ApiKeyMade {
  id: string;
  /** Identifies the key. */
  prefix: string;
  /** One line that is not blank. */
  name: string;
  role: Role | null;
  scopes: ("catalogue.read" | "catalogue.write" | "credit.read" | "credit.write" | "customers.erase" | "customers.read" | "customers.write" | "events.read" | "invoices.read" | "invoices.write" | "jobs.read" | "jobs.write" | "keys.write" | "mail.read" | "mail.write" | "media.read" | "media.write" | "metrics.read" | "orders.read" | "orders.write" | "pricing.read" | "pricing.write" | "providers.read" | "providers.write" | "refunds.write" | "reports.read" | "returns.read" | "returns.write" | "settings.write" | "staff.read" | "staff.write" | "stock.read" | "stock.write" | "webhooks.read" | "webhooks.write")[];
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
  staff: string | null;
  made_by: string | null;
  maker_left: boolean;
  key?: string | null;
}

export interface ApiKeyView {
  id: string;
  /** Identifies the key. */
  prefix: string;
  /** One line that is not blank. */
  name: string;
  role: Role | null;
  scopes: ("catalogue.read" | "catalogue.write" | "credit.read" | "credit.write" | "customers.erase" | "customers.read" | "customers.write" | "events.read" | "invoices.read" | "invoices.write" | "jobs.read" | "jobs.write" | "keys.write" | "mail.read" | "mail.write" | "media.read" | "media.write" | "metrics.read" | "orders.read" | "orders.write" | "pricing.read" | "pricing.write" | "providers.read" | "providers.write" | "refunds.write" | "reports.read" | "returns.read" | "returns.write" | "settings.write" | "staff.read" | "staff.write" | "stock.read" | "stock.write" | "webhooks.read" | "webhooks.write")[];
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
  staff: string | null;
  made_by: string | null;
  maker_left: boolean;
}

/** The keys that are not revoked, the newest first. */
export interface ApiKeys {
  items: ApiKeyView[];
  next_cursor?: null;
}

/** A country, or only a region of it, or only some of its postal codes. */
export interface AreaDraft {
  /** ISO 3166-1 alpha-2. */
  country: string;
  region?: string | null;
  postal_code?: string | null;
}

export interface AttemptView {
  number: number;
  at: string;
  milliseconds: number;
  request_headers: Record<string, unknown>;
  status: number | null;
  answer: string | null;
  trouble: Trouble | null;
}

/** The recipient of a letter. */
export type Audience = "customer" | "merchant" | "owner" | "staff";

/** How many of our letters a report was about, and how many addresses it suppressed. */
export interface BounceView {
  bounced: number;
  suppressed: number;
}

export interface BulkFulfilment {
  orders: string[];
}

export interface BulkProblem {
  type: string;
  title: string;
}

/** What came of one order. */
export interface BulkResult {
  id: string;
  /** As if it had been asked alone. */
  status: number;
  problem?: BulkProblem;
}

/** In the order of the request, each order once. */
export interface BulkResults {
  items: BulkResult[];
}

export interface BulkTags {
  orders: string[];
  add?: string[];
  remove?: string[];
}

/** Why an order was cancelled. */
export type CancelReason = "staff" | "unpaid";

/** Why an invoice should not have been issued. */
export interface CancellationDraft {
  /** One line that is not blank. */
  reason: string;
}

/** How much is captured; left out, it is all that is held, or still to be paid. */
export interface CaptureDraft {
  amount?: number | null;
  provider?: "manual" | null;
}

/** When the money of a payment is taken. */
export type CaptureMode = "fulfilment" | "manual" | "payment";

/** A quantity of a SKU. */
export interface CartContent {
  sku: string;
  quantity: number;
}

export interface CartDraft {
  currency?: string | null;
  lines?: LineDraft[];
}

/** A gift card that pays a part of the cart; those that were added first pay first. */
export interface CartGiftCardView {
  id: string;
  last_characters: string | null;
  /** What it could pay. */
  available: number;
  /** What it pays of this cart. */
  pays: number;
  expires_at: string | null;
}

/** What becomes of a visitor's cart and their customer's at login. */
export type CartMerge = "ask" | "keep_newest" | "sum";

/** What became of two carts. Continue with the one that `cart` names. */
export interface CartMergeView {
  outcome: MergeOutcome;
  cart: string | null;
  set_aside?: string;
  kept_until?: string;
  limited?: LimitedContent[];
  carts?: CartToChoose[];
}

/** How the payment of a cart stands, and its order as soon as there is one. */
export interface CartPayment {
  status: PaymentState;
  next_action?: NextAction;
  reason?: string;
  order?: OrderView;
}

/** One reason why a cart cannot be ordered yet, or, with `blocking` false, news about it. */
export interface CartProblem {
  type: string;
  title: string;
  line_id?: string;
  sku?: string;
  available?: number;
  coupon?: string;
  previous_price?: number;
  price?: number;
  blocking?: boolean;
}

/** The customer's store credit, which pays what gift cards leave. */
export interface CartStoreCreditView {
  /** What it could pay. */
  available: number;
  /** What it pays of this cart. */
  pays: number;
}

export interface CartToChoose {
  id: string;
  /** ISO 4217. */
  currency: string;
  changed_at: string;
  lines: CartContent[];
}

/** The whole cart; `problems` lists why it cannot be ordered yet. */
export interface CartView {
  id: string;
  version: number;
  /** ISO 4217. */
  currency: string;
  email: string | null;
  lines: LineView[];
  coupons: string[];
  shipping_address: Address | null;
  billing_address: Address | null;
  shipping_option: ShippingOptionView | null;
  totals: Totals;
  problems: CartProblem[];
  /** In the currency's minor unit; may be the sum of many amounts. Left out, it is `0`. */
  amount_due?: number;
  gift_cards?: CartGiftCardView[];
  store_credit?: CartStoreCreditView;
  vat_number?: string;
  vat_check?: VatCheck;
}

/** Without a slug, one is made from the name; without a parent, it is at the top level. */
export interface CategoryDraft {
  /** One line that is not blank. */
  name: string;
  slug?: string | null;
  parent?: string | null;
  /** The lowest comes first. Left out, it is `0`. */
  position?: number;
  translations?: Record<string, string>;
}

/** Where a category goes, with its subcategories. */
export interface CategoryMove {
  parent?: string | null;
  before?: string | null;
}

export interface CategoryName {
  slug: string;
  name: string;
}

/** What is left out stays. A null parent means the top level; null removes a translation. */
export interface CategoryPatch {
  /** One line that is not blank. */
  name?: string;
  slug?: string;
  parent?: string | null;
  /** The lowest comes first. */
  position?: number;
  translations?: Record<string, string | null>;
}

export interface CategoryTree {
  items: CategoryView[];
}

export interface CategoryView {
  slug: string;
  name: string;
  children: CategoryView[];
}

/** Settings left out stay as they are; lists are replaced as a whole. */
export interface ChannelPatch {
  /** One line that is not blank. */
  name?: string;
  /** ISO 4217. */
  default_currency?: string;
  currencies?: string[];
  locale?: Locale;
  /** Per cent, 0 to 100: the flat rate. */
  tax_rate?: string;
  tax_source?: TaxSource;
  prices_include_tax?: boolean;
  rounding?: Rounding;
  /** Where the shop is at home: carts without an address are taxed as there. */
  tax_country?: string | null;
  tax_outside?: TaxOutside;
  cross_border?: CrossBorder;
  shipping_tax?: ShippingTax;
  /** The tax class of shipping, where it is not shared out over the lines. */
  shipping_tax_class?: string;
  /**
   * Whether a business with a VAT number of another country of the EU pays no tax on what is sent
   * there.
   */
  exempts_businesses?: boolean;
  /** IANA: what days and hours of promotions mean. */
  time_zone?: string;
  /**
   * Hours after the last change of a cart that was left, when who asked for it is reminded; null
   * reminds nobody.
   */
  reminder_after?: number | null;
  /**
   * Days that a buyer has to pay an order whose money comes later; then it is cancelled and its
   * stock is free again. null: such orders wait until staff decide. Counts for orders that are
   * placed from then on; null stops it for all.
   */
  payment_days?: number | null;
  /** Days after which a new draft order expires, unless staff say otherwise; null: never. */
  draft_order_days?: number | null;
  /** Days after its last change until a cart is deleted, with its addresses. */
  cart_days?: number;
  cart_merge?: CartMerge;
  capture?: CaptureMode;
  /**
   * Minutes that stock is held for a buyer whose payment needs a second step, such as 3-D Secure;
   * then the payment ends and the cart is open again.
   */
  payment_hold_minutes?: number;
  /**
   * After how many months gift cards expire, by country (ISO 3166-1 alpha-2), as its law allows. In
   * countries that are not listed, they never do.
   */
  gift_card_months?: Record<string, number>;
  /** Where it ships to; none: everywhere. */
  countries?: string[];
  /** Names that this server answers to beside its own, with the port if it is not 443. */
  hosts?: string[];
  /** Other web origins whose pages may call this server from a browser. */
  origins?: string[];
  /** Who gets a letter about each new order. */
  notify_email?: string | null;
}

/** The channel's settings. Hosts and origins are spelled as browsers send them. */
export interface ChannelView {
  /** One line that is not blank. */
  name: string;
  /** ISO 4217. */
  default_currency: string;
  currencies: string[];
  locale: Locale;
  /** Per cent, 0 to 100: the flat rate. */
  tax_rate: string;
  tax_source: TaxSource;
  prices_include_tax: boolean;
  rounding: Rounding;
  /** Where the shop is at home: carts without an address are taxed as there. */
  tax_country: string | null;
  tax_outside: TaxOutside;
  cross_border: CrossBorder;
  shipping_tax: ShippingTax;
  /** The tax class of shipping, where it is not shared out over the lines. */
  shipping_tax_class: string;
  /**
   * Whether a business with a VAT number of another country of the EU pays no tax on what is sent
   * there.
   */
  exempts_businesses: boolean;
  /** IANA: what days and hours of promotions mean. */
  time_zone: string;
  /**
   * Hours after the last change of a cart that was left, when who asked for it is reminded; null
   * reminds nobody.
   */
  reminder_after: number | null;
  /**
   * Days that a buyer has to pay an order whose money comes later; then it is cancelled and its
   * stock is free again. null: such orders wait until staff decide. Counts for orders that are
   * placed from then on; null stops it for all.
   */
  payment_days: number | null;
  /** Days after which a new draft order expires, unless staff say otherwise; null: never. */
  draft_order_days: number | null;
  /** Days after its last change until a cart is deleted, with its addresses. */
  cart_days: number;
  cart_merge: CartMerge;
  capture: CaptureMode;
  /**
   * Minutes that stock is held for a buyer whose payment needs a second step, such as 3-D Secure;
   * then the payment ends and the cart is open again.
   */
  payment_hold_minutes: number;
  /**
   * After how many months gift cards expire, by country (ISO 3166-1 alpha-2), as its law allows. In
   * countries that are not listed, they never do.
   */
  gift_card_months: Record<string, number>;
  /** Where it ships to; none: everywhere. */
  countries: string[];
  /** Names that this server answers to beside its own, with the port if it is not 443. */
  hosts: string[];
  /** Other web origins whose pages may call this server from a browser. */
  origins: string[];
  /** Who gets a letter about each new order. */
  notify_email: string | null;
  version: number;
}

export interface Checkout {
  payment?: PaymentChoice | null;
  expected_total?: number | null;
  expected_amount_due?: number | null;
}

/** The order is not placed yet: the buyer, or the provider, has something to do first. */
export interface CheckoutPending {
  payment: PaymentView;
}

export interface Completion {
  /** Left out, it is `false`. */
  paid?: boolean;
}

/** The buyer's contact and addresses. The default billing address is the shipping address. */
export interface Contact {
  email: string;
  shipping_address: Address;
  billing_address?: Address | null;
  shipping_option?: string | null;
  vat_number?: string | null;
}

/** How many units are on the shelf, those included that are reserved for orders. */
export interface CountDraft {
  counted: number;
  /** Left out, it is `"main"`. */
  location?: string;
  expected?: number | null;
}

/** The level after a count. */
export interface CountView {
  on_hand: number;
  reserved: number;
  available: number;
  /** What the count has added or removed. */
  difference: number;
}

export interface CouponChoice {
  /** Case and spaces do not matter. */
  code: string;
}

export interface CouponDraft {
  /** Letters, digits, `-` and `_`; stored in capitals. */
  code: string;
  usage_limit?: number | null;
  /** Left out, it is `true`. */
  active?: boolean;
}

export interface CouponPage {
  items: CouponView[];
  next_cursor: string | null;
}

/** What is left out stays; null removes the limit. */
export interface CouponPatch {
  usage_limit?: number | null;
  active?: boolean;
}

export interface CouponView {
  id: string;
  /** Letters, digits, `-` and `_`; stored in capitals. */
  code: string;
  usage_limit: number | null;
  /** Counted only if there is a limit. */
  uses: number;
  active: boolean;
  created_at: string;
  version: number;
}

export interface CouponsMade {
  count: number;
}

/** A number of random codes, each valid for one use unless `usage_limit` says otherwise. */
export interface CouponsWanted {
  count: number;
  prefix?: string | null;
  /** Random characters, without prefix. Left out, it is `12`. */
  length?: number;
  /** Left out, it is `1`. */
  usage_limit?: number | null;
}

export interface Credentials {
  email: string;
  password: string;
  cart?: string | null;
}

export type CreditKind = "gift_card" | "store_credit";

/** What stays the same when another country's rate applies to a price that includes tax. */
export type CrossBorder = "same_gross" | "same_net";

export interface CustomDraftLine {
  title: string;
  quantity: number;
  /** In the currency's minor unit. */
  unit_price: number;
  /** Your own reference; not a SKU of the shop. Left out, it is `""`. */
  sku?: string;
  /**
   * The code by which variants and rates refer to the class; it never changes. Left out, it is
   * `"standard"`.
   */
  tax_class?: string;
  /** Left out, it is `true`. */
  requires_shipping?: boolean;
  staff_discount?: StaffDiscount | null;
}

/** What is not in the shop: staff named it and its price. */
export interface CustomGoods {
  tax_class: string;
  requires_shipping: boolean;
}

/** Something that is not in the shop, at a price that staff name. */
export interface CustomLine {
  title: string;
  quantity: number;
  /** In the currency's minor unit. */
  unit_price: number;
  /** Your own reference; not a SKU of the shop. Left out, it is `""`. */
  sku?: string;
  /**
   * The code by which variants and rates refer to the class; it never changes. Left out, it is
   * `"standard"`.
   */
  tax_class?: string;
  /** Left out, it is `true`. */
  requires_shipping?: boolean;
}

/**
 * An account with a verified address, and what came of it. Orders that were placed without an
 * account, with that address, count as well.
 */
export interface CustomerCard {
  id: string;
  email: string;
  name: string;
  registered_at: string;
  /** Their codes. */
  groups: string[];
  orders: number;
  last_order_at: string | null;
  spent: Spent[];
}

/** All that is kept about a customer, to be handed to them. */
export interface CustomerExport {
  account: Record<string, unknown>;
  addresses: Record<string, unknown>[];
  groups: string[];
  notes: Record<string, unknown>[];
  sessions: Record<string, unknown>[];
  store_credit: Record<string, unknown>[];
  consents: Record<string, unknown>[];
  letters: Record<string, unknown>[];
  orders: Record<string, unknown>[];
}

export interface CustomerGroupDraft {
  /** How promotions name it; it never changes. */
  code: string;
  /** One line that is not blank. */
  name: string;
}

export interface CustomerGroupPage {
  items: CustomerGroupView[];
  next_cursor: string | null;
}

export interface CustomerGroupPatch {
  /** One line that is not blank. */
  name?: string;
}

export interface CustomerGroupView {
  id: string;
  /** How promotions name it; it never changes. */
  code: string;
  /** One line that is not blank. */
  name: string;
  version: number;
}

export interface CustomerNoteDraft {
  text: string;
}

/** What staff wrote down about a customer. */
export interface CustomerNoteView {
  id: string;
  text: string;
  at: string;
  by: Actor;
}

export interface CustomerNotes {
  items: CustomerNoteView[];
  next_cursor: string | null;
}

export interface CustomerPage {
  items: CustomerCard[];
  next_cursor: string | null;
}

/** A customer with what staff need to help them. */
export interface CustomerView {
  id: string;
  email: string;
  name: string;
  registered_at: string;
  /** Their codes. */
  groups: string[];
  orders: number;
  last_order_at: string | null;
  spent: Spent[];
  addresses: SavedAddressView[];
  notes: CustomerNoteView[];
  latest_orders?: OrderCard[];
  store_credit?: MyStoreCredit[];
}

export interface DeliveryDetail {
  id: string;
  webhook_id: string;
  event_id: string;
  type: string;
  state: DeliveryState;
  attempts: number;
  created_at: string;
  due_at: string | null;
  ended_at: string | null;
  tries: AttemptView[];
}

export interface DeliveryPage {
  items: DeliveryView[];
  next_cursor: string | null;
}

export type DeliveryState = "delivered" | "failed" | "pending";

export interface DeliveryView {
  id: string;
  webhook_id: string;
  event_id: string;
  type: string;
  state: DeliveryState;
  attempts: number;
  created_at: string;
  due_at: string | null;
  ended_at: string | null;
}

/** Why the shop itself disabled an endpoint. */
export type Disabled = "failing" | "gone";

/** What becomes of units that came back. */
export type Disposition = "restock" | "write_off";

/** How a dispute stands, in the provider's words. */
export type DisputeState =
  | "closed"
  | "inquiry"
  | "lost"
  | "needs_response"
  | "under_review"
  | "won";

/** That a buyer has their bank demand the money of a payment back. */
export interface DisputeView {
  id: string;
  status: DisputeState;
  reason: string;
  /** In the currency's minor unit; may be the sum of many amounts. */
  amount: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  withdrawn: number;
  /** ISO 4217. */
  currency: string;
  reference: string;
  respond_by: string | null;
  opened_at: string;
  ended_at: string | null;
}

export interface DraftLine {
  sku: string;
  quantity: number;
  unit_price?: number | null;
  reason?: string | null;
  staff_discount?: StaffDiscount | null;
}

export interface DraftLineView {
  id: string;
  sku: string;
  name: string;
  slug: string;
  variant_id: string | null;
  options: Record<string, string>;
  thumbnail: string | null;
  quantity: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  unit_price: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  subtotal: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  discount: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  tax: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  total: number;
  gift_card?: GiftCardLine | null;
  price_reason?: string;
  price_by?: Actor;
  staff_discount?: GrantedDiscount;
  custom?: CustomGoods;
}

export interface DraftOrderCard {
  id: string;
  status: DraftOrderStatus;
  email: string;
  /** ISO 4217. */
  currency: string;
  created_at: string;
  expires_at: string | null;
  expired_at: string | null;
  order_id: string | null;
}

export interface DraftOrderDraft {
  email: string;
  lines?: DraftLine[];
  custom_lines?: CustomDraftLine[];
  staff_discount?: StaffDiscount | null;
  customer_id?: string | null;
  currency?: string | null;
  locale?: Locale | null;
  shipping_address?: Address | null;
  billing_address?: Address | null;
  shipping_option?: string | null;
  shipping_price?: number | null;
  coupons?: string[];
  note?: string | null;
  expires_at?: string | null;
  reserve_until?: string | null;
}

/** Where a buyer orders what was put together for them, as the mail says. */
export interface DraftOrderLink {
  draft_order_id: string;
  email: string;
  /** In the currency's minor unit; may be the sum of many amounts. */
  total: number;
  /** ISO 4217. */
  currency: string;
  url: string;
  expires_at: string;
}

export interface DraftOrderPage {
  items: DraftOrderCard[];
  next_cursor: string | null;
}

/** What is left out stays. */
export interface DraftOrderPatch {
  email?: string;
  lines?: DraftLine[];
  custom_lines?: CustomDraftLine[];
  staff_discount?: StaffDiscount | null;
  customer_id?: string | null;
  shipping_address?: Address | null;
  billing_address?: Address | null;
  shipping_option?: string | null;
  shipping_price?: number | null;
  coupons?: string[];
  note?: string | null;
  expires_at?: string | null;
  reserve_until?: string | null;
}

export type DraftOrderStatus = "completed" | "open" | "sent";

/** A draft order at the prices of now; `problems` lists why it cannot be an order yet. */
export interface DraftOrderView {
  id: string;
  version: number;
  status: DraftOrderStatus;
  email: string;
  customer_id?: string | null;
  locale: Locale;
  /** ISO 4217. */
  currency: string;
  lines: DraftLineView[];
  coupons: string[];
  shipping_address: Address | null;
  billing_address: Address | null;
  shipping_option: ShippingOptionView | null;
  totals: Totals;
  problems: CartProblem[];
  note?: string | null;
  staff_discount?: GrantedDiscount | null;
  expires_at: string | null;
  expired_at: string | null;
  reserve_until?: string | null;
  created_at: string;
  sent_at: string | null;
  order_id: string | null;
}

/** An order of what is wanted instead, before the goods have arrived. */
export interface EarlyExchange {
  exchange?: LineDraft[] | null;
  shipping_option?: string | null;
}

/** What is left out stays. */
export interface EditedLine {
  line: string;
  quantity?: number | null;
  unit_price?: number | null;
}

export interface EventPage {
  items: EventView[];
  next_after: number;
  more: boolean;
}

/** An event, as the feed, the stream and webhooks carry it. */
export interface EventView {
  id: string;
  type: string;
  timestamp: string;
  position: number;
  aggregate: string;
  aggregate_id: string;
  sequence: number;
  schema_version: number;
  actor: Actor;
  data: Record<string, unknown>;
}

/** The return whose goods this order replaces. */
export interface ExchangeFor {
  order_id: string;
  return_id: string;
  number: string;
}

/** The order of an exchange: the goods paid `captured` of its `total`. */
export interface ExchangeOrder {
  id: string;
  number: string;
  /** In the currency's minor unit; may be the sum of many amounts. */
  total: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  captured: number;
}

/** Without an ending, prices stay as calculated. */
export interface ExchangeRateDraft {
  /** ISO 4217. */
  base_currency: string;
  /** Whole units of `currency` for one of `base_currency`. */
  rate: string;
  ending?: string | null;
}

export interface ExchangeRateView {
  /** ISO 4217. */
  currency: string;
  /** ISO 4217. */
  base_currency: string;
  /** Whole units of `currency` for one of `base_currency`. */
  rate: string;
  ending: string | null;
  updated_at: string;
  version: number;
}

export interface ExchangeRates {
  items: ExchangeRateView[];
}

/**
 * One step to the total; the amounts of all steps add up to it. `rule` is a formula over the names
 * in `input`. Amounts are in the currency's minor unit, rates and percentages in per cent.
 */
export interface ExplainedStep {
  step: string;
  line?: number;
  sku?: string;
  shipping?: boolean;
  name?: string;
  rule: string;
  input: Record<string, number | string>;
  rounding?: string;
  amount: number;
  unit_price?: number;
  included?: number;
}

export interface Explanation {
  /** ISO 4217. */
  currency: string;
  rounding: Rounding;
  steps: ExplainedStep[];
  total: number;
}

/** A fact that may stand beside a problem. */
export interface FactView {
  name: string;
  meaning: string;
}

/** One thing that is wrong with the request. */
export interface Fault {
  /** JSON pointer into the body, or `/` and the parameter's name. */
  pointer: string;
  /**
   * What is wrong; programs compare this. Where a rule of the shop is broken, it is the problem's
   * own name.
   */
  code: string;
  /** The same for people, in the client's language. */
  detail: string;
  /** Where it stands, when not in the body: `query`, `path` or `header`. */
  source?: string | null;
  /** Which types, formats or patterns would do, by name. */
  expected?: string[] | null;
  /** All values that would do. */
  allowed?: (string | number)[] | null;
  /** The smallest number, length or count that would do. */
  minimum?: number | null;
  /** The largest number, length or count that would do. */
  maximum?: number | null;
  /** What it must be a multiple of. */
  step?: number | null;
}

/** An option or an attribute, with the values that most products have. */
export interface FilterGroup {
  name: string;
  values: FilterValue[];
}

/** A value of an option or an attribute. */
export interface FilterValue {
  value: string;
  /** What to send as `filter`. */
  filter: string;
  /** Products with it, given the filters of other names. */
  count: number;
  selected: boolean;
}

/** One parcel; without lines, all that is in no parcel yet. */
export interface FulfilmentDraft {
  lines?: SentLine[] | null;
  carrier?: string | null;
  tracking_number?: string | null;
  tracking_url?: string | null;
  label_reference?: string | null;
  location?: string | null;
  /** Left out, it is `false`. */
  pickup?: boolean;
}

export interface FulfilmentLineView {
  line_id: string;
  quantity: number;
}

/** What is left out stays. */
export interface FulfilmentPatch {
  carrier?: string | null;
  tracking_number?: string | null;
  tracking_url?: string | null;
  label_reference?: string | null;
}

/** How far one parcel is. */
export type FulfilmentState = "cancelled" | "collected" | "delivered" | "ready" | "shipped";

export type FulfilmentStatus = "fulfilled" | "partially_fulfilled" | "unfulfilled";

/** A parcel, as staff see it. */
export interface FulfilmentView {
  id: string;
  number: number;
  status: FulfilmentState;
  carrier?: string | null;
  tracking_number?: string | null;
  tracking_url?: string | null;
  lines: FulfilmentLineView[];
  sent_at?: string | null;
  ready_at?: string | null;
  collected_at?: string | null;
  delivered_at?: string | null;
  order_id: string;
  version: number;
  location: string | null;
  label_reference: string | null;
  created_at: string;
}

export interface Fulfilments {
  items: FulfilmentView[];
}

/** What whoever has the code of a gift card may know of it. */
export interface GiftCardBalance {
  last_characters: string | null;
  /** ISO 4217. */
  currency: string;
  /** What it can pay. */
  available: number;
  expires_at: string | null;
}

export interface GiftCardChoice {
  /** Case, spaces and hyphens do not matter. */
  code: string;
}

export interface GiftCardDetail {
  id: string;
  version: number;
  status: GiftCardStatus;
  /** ISO 4217. */
  currency: string;
  /** In the currency's minor unit, with what checkouts under way hold of it. */
  balance: number;
  /** In the currency's minor unit. */
  initial_amount: number;
  last_characters: string | null;
  expires_at: string | null;
  disabled: boolean;
  note: string | null;
  recipient_email: string | null;
  issued_by: string | null;
  order_id: string | null;
  created_at: string;
  /** The part of the balance that checkouts under way have been promised. */
  held: number;
  movements: MovementView[];
}

/** A gift card to be issued. Without a recipient, the answer has its code. */
export interface GiftCardDraft {
  /** In the currency's minor unit. */
  amount: number;
  currency?: string | null;
  expires_at?: string | null;
  country?: string | null;
  note?: string | null;
  recipient?: GiftCardRecipient | null;
}

/** What is particular to a line of gift cards. */
export interface GiftCardLine {
  recipient?: GiftRecipient | null;
}

export interface GiftCardPage {
  items: GiftCardView[];
  next_cursor: string | null;
}

/** What is left out stays as it is. */
export interface GiftCardPatch {
  disabled?: boolean;
  expires_at?: string | null;
  note?: string | null;
}

/** Who gets the code by email, and in which language; null: in the channel's. */
export interface GiftCardRecipient {
  email: string;
  locale?: Locale | null;
}

/** How a gift card stands, as staff see it. */
export type GiftCardStatus = "active" | "disabled" | "expired" | "used";

export interface GiftCardView {
  id: string;
  version: number;
  status: GiftCardStatus;
  /** ISO 4217. */
  currency: string;
  /** In the currency's minor unit, with what checkouts under way hold of it. */
  balance: number;
  /** In the currency's minor unit. */
  initial_amount: number;
  last_characters: string | null;
  expires_at: string | null;
  disabled: boolean;
  note: string | null;
  recipient_email: string | null;
  issued_by: string | null;
  order_id: string | null;
  created_at: string;
  /** The part of the balance that checkouts under way have been promised. */
  held: number;
}

/** A gift card that was issued just now. The code is shown this once. */
export interface GiftCardWithCode {
  id: string;
  version: number;
  status: GiftCardStatus;
  /** ISO 4217. */
  currency: string;
  /** In the currency's minor unit, with what checkouts under way hold of it. */
  balance: number;
  /** In the currency's minor unit. */
  initial_amount: number;
  last_characters: string | null;
  expires_at: string | null;
  disabled: boolean;
  note: string | null;
  recipient_email: string | null;
  issued_by: string | null;
  order_id: string | null;
  created_at: string;
  /** The part of the balance that checkouts under way have been promised. */
  held: number;
  code: string | null;
}

export interface GiftCardsIssued {
  items: GiftCardWithCode[];
}

export interface GiftCardsReport {
  items: GiftCardsRow[];
}

/** What became of gift cards: money that is owed, and no sale before it is used. */
export interface GiftCardsRow {
  period: string;
  /** ISO 4217. */
  currency: string;
  sold: number;
  granted: number;
  spent: number;
  returned: number;
  refunded: number;
  expired: number;
  change: number;
  owed: number;
}

/** Many gift cards of the same amount, to be printed: the answer has their codes. */
export interface GiftCardsWanted {
  /** In the currency's minor unit. */
  amount: number;
  currency?: string | null;
  expires_at?: string | null;
  country?: string | null;
  note?: string | null;
  count: number;
}

/** Who gets the codes of gift cards by email; null: in the language of the order. */
export interface GiftRecipient {
  email: string;
  message?: string | null;
  from_name?: string | null;
  locale?: Locale | null;
}

/** A discount as it is kept, and shown to staff. */
export interface GrantedDiscount {
  percent: string | null;
  amount: number | null;
  reason: string;
  by: Actor;
}

export interface Health {
  status: "live" | "ready";
}

export type ImportCancelReason = "not_allowed" | "requested";

export interface ImportPage {
  items: ImportView[];
  next_cursor: string | null;
}

export interface ImportRowPage {
  items: ImportRowView[];
  next_cursor: string | null;
}

export interface ImportRowView {
  /** As a spreadsheet counts: the first row has the names. */
  number: number;
  outcome: RowOutcome | null;
  cells: Record<string, string>;
  problems: RowProblem[];
}

export type ImportState = "cancelled" | "checked" | "checking" | "finished" | "running";

/** An import. The numbers of rows are those of the check, and after the start of the import. */
export interface ImportView {
  id: string;
  /** The name of the file. */
  name: string;
  /** The size of the file. */
  bytes: number;
  state: ImportState;
  /** The columns that are read. */
  columns: string[];
  /** The columns that mean nothing here. */
  ignored_columns: string[];
  rows: number;
  /** How many rows were looked at so far. */
  done: number;
  /** Rows that add a variant. */
  new: number;
  changed: number;
  unchanged: number;
  /** Rows that were left out: `rows` says why. */
  failed: number;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  /**
   * `not_allowed`: whoever started it may no longer change products, or stock if the file has
   * columns of stock.
   */
  cancel_reason: ImportCancelReason | null;
  version: number;
}

export type InvoiceKind = "credit_note" | "invoice";

export interface InvoiceList {
  items: InvoiceView[];
}

/** When an order gets its invoice. */
export type InvoiceMoment = "fulfilled" | "manual" | "paid" | "placed";

export interface InvoicePage {
  items: InvoiceView[];
  next_cursor: string | null;
}

/** The seller, the series, and when invoices are issued. */
export interface InvoiceSettingsDraft {
  /** The legal name. */
  name: string;
  address: Address;
  /** Of the EU, with its country. What is exempt needs it. */
  vat_number?: string | null;
  /** The number that its country knows the seller by, such as a NIF. */
  tax_number?: string | null;
  /** Where the seller stands in the commercial register. */
  registration?: string | null;
  /** The account for what is not paid yet. */
  iban?: string | null;
  /**
   * How numbers are made. What stands before the number makes a series, which counts from 1: with
   * the year in it, a new one each year. Left out, it is `"F{year}-{number:05}"`.
   */
  invoice_series?: string;
  /** The same for credit notes: another series. Left out, it is `"R{year}-{number:05}"`. */
  credit_note_series?: string;
  /** Left out, it is `"paid"`. */
  moment?: InvoiceMoment;
  /** The language of all invoices; null: that of each order. */
  locale?: Locale | null;
  /** Left out, it is `"disabled"`. */
  verifactu?: VerifactuMode;
  /** The currency of the country that the seller pays taxes in. */
  tax_currency?: string | null;
  /** One for each currency of invoices beside `tax_currency`. */
  tax_rates?: TaxExchangeRate[];
}

export interface InvoiceSettingsView {
  id: string;
  /** The legal name. */
  name: string;
  address: Address;
  /** Of the EU, with its country. What is exempt needs it. */
  vat_number: string | null;
  /** The number that its country knows the seller by, such as a NIF. */
  tax_number: string | null;
  /** Where the seller stands in the commercial register. */
  registration: string | null;
  /** The account for what is not paid yet. */
  iban: string | null;
  /**
   * How numbers are made. What stands before the number makes a series, which counts from 1: with
   * the year in it, a new one each year.
   */
  invoice_series: string;
  /** The same for credit notes: another series. */
  credit_note_series: string;
  moment: InvoiceMoment;
  /** The language of all invoices; null: that of each order. */
  locale: Locale | null;
  verifactu: VerifactuMode;
  /** The currency of the country that the seller pays taxes in. */
  tax_currency: string | null;
  /** One for each currency of invoices beside `tax_currency`. */
  tax_rates: TaxExchangeRate[];
  version: number;
}

/** An invoice or a credit note. What it says stands in its PDF and its XML. */
export interface InvoiceView {
  id: string;
  kind: InvoiceKind;
  number: string;
  order_id: string;
  order_number: string;
  /** ISO 4217. */
  currency: string;
  /** In the currency's minor unit; may be the sum of many amounts. */
  net: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  tax: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  total: number;
  issued_at: string;
  issued_on: string;
  corrects?: string | null;
  cancelled_at?: string | null;
  pdf_sha256?: string | null;
  xml_sha256?: string | null;
}

/** Why the last try failed, without arguments or others' answers. */
export interface JobFailure {
  kind: string;
  reason: string;
  at: string;
  /** How many workers in a row died over it. Left out, it is `0`. */
  deaths?: number;
}

export interface JobPage {
  items: JobView[];
  next_cursor: string | null;
}

export type JobStatus = "aborted" | "cancelled" | "doing" | "failed" | "succeeded" | "todo";

export interface JobView {
  id: number;
  task: string;
  status: JobStatus;
  /** Higher goes first. */
  priority: number;
  /** Tries that have ended. */
  attempts: number;
  queued_at: string | null;
  /** When it is tried next, or was to be tried last. */
  due_at: string | null;
  /** The event that it is about, if any. */
  event_id: string | null;
  failure: JobFailure | null;
}

/** What a legal page is about, in the order in which the footer lists them. */
export type LegalKind = "imprint" | "privacy" | "shipping" | "terms" | "withdrawal";

/** Replaces the page in all languages. */
export interface LegalPageDraft {
  /** Readers of other languages see that of the shop's first language. */
  texts: Record<string, LegalText>;
}

/** A legal page, as the foot of a page names it. */
export interface LegalPageName {
  kind: LegalKind;
  title: string;
}

/** A legal page in one language. */
export interface LegalPageView {
  kind: LegalKind;
  locale: Locale;
  title: string;
  /**
   * Paragraphs with empty lines between them. `## ` begins a heading, `- ` and `1. ` an item of a
   * list; `**bold**` and `[a link](https://…)` may stand in a line.
   */
  text: string;
  changed_at: string;
}

/** A legal page in one language; without a text it is not written in it. */
export interface LegalText {
  /** Left out, it is `""`. */
  title?: string;
  /**
   * Paragraphs with empty lines between them. `## ` begins a heading, `- ` and `1. ` an item of a
   * list; `**bold**` and `[a link](https://…)` may stand in a line. Left out, it is `""`.
   */
  text?: string;
}

export type LetterKind = "reminder" | "transactional";

export interface LetterList {
  items: LetterView[];
}

/** How far a letter has come. */
export type LetterState = "bounced" | "delayed" | "queued" | "refused" | "sent" | "suppressed";

/** A letter that the shop sends by itself. */
export interface LetterView {
  name: string;
  event: string;
  audience: Audience;
  kind: LetterKind;
  fields: string[];
  placeholders: string[];
  wordings: WordingView[];
}

export interface Level {
  on_hand: number;
  reserved: number;
  available: number;
}

/** A quantity that was wanted in all, and how much of it is in the cart. */
export interface LimitedContent {
  sku: string;
  wanted: number;
  quantity: number;
}

export interface LineDraft {
  sku: string;
  quantity: number;
}

export interface LinePatch {
  /** 0 removes. */
  quantity: number;
}

/** A quantity of one variant with its price, in a cart or an order. */
export interface LineView {
  id: string;
  sku: string;
  name: string;
  slug: string;
  variant_id: string | null;
  options: Record<string, string>;
  thumbnail: string | null;
  quantity: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  unit_price: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  subtotal: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  discount: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  tax: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  total: number;
  gift_card?: GiftCardLine | null;
}

/** What the list of a query can be narrowed by further. */
export interface ListFilters {
  /** How many of the listed products are in stock. */
  in_stock: number;
  groups: FilterGroup[];
}

/** The price of one unit in lines of at least `min_quantity` units. */
export interface ListedPrice {
  sku: string;
  /** In the currency's minor unit. */
  price: number;
  /** Left out, it is `1`. */
  min_quantity?: number;
}

export interface ListedPrices {
  items: ListedPrice[];
  /** ISO 4217. */
  currency: string;
  next_cursor: string | null;
}

export interface ListedPricesDraft {
  prices: ListedPrice[];
}

export type Locale = "en" | "es";

export interface LocationDraft {
  /** The code that stock movements use; it never changes. */
  code: string;
  /** One line that is not blank. */
  name: string;
  /** The lowest comes first. Left out, it is `0`. */
  position?: number;
}

/** What is left out stays. */
export interface LocationPatch {
  /** One line that is not blank. */
  name?: string;
  /** The lowest comes first. */
  position?: number;
}

export interface LocationView {
  id: string;
  /** The code that stock movements use; it never changes. */
  code: string;
  /** One line that is not blank. */
  name: string;
  /** The lowest comes first. */
  position: number;
  version: number;
}

export interface Locations {
  items: LocationView[];
  next_cursor?: null;
}

export interface LoginSessionView {
  id: string;
  user_agent: string;
  created_at: string;
  seen_at: string;
  expires_at: string;
  current: boolean;
}

export interface LoginSessionsView {
  items: LoginSessionView[];
  next_cursor?: null;
}

/** Who you are, the token for `X-CSRF-Token`, and what became of the cart that you named. */
export interface LoginView {
  visitor: VisitorView | null;
  csrf_token: string;
  cart?: CartMergeView;
}

/** The logo: what an `<img>` and the `<source>`s of a `<picture>` need. */
export interface LogoView {
  url: string;
  width: number;
  height: number;
  sources: PictureSource[];
}

/** A picture to be fetched from a public address. */
export interface MediaDraft {
  url: string;
  alt?: Record<string, string>;
}

/** Why no files could be made. */
export type MediaFailure = "animated" | "lost" | "too_complex" | "too_many_pixels" | "unreadable";

export interface MediaPage {
  items: StaffMediaView[];
  next_cursor: string | null;
}

/** Replaces the texts; products that show the picture keep their own. */
export interface MediaPatch {
  alt: Record<string, string>;
}

export type MediaState = "failed" | "processing" | "ready";

/** A picture: what an `<img>` and the `<source>`s of a `<picture>` need. */
export interface MediaView {
  id: string;
  url: string;
  alt: string;
  width: number;
  height: number;
  sources: PictureSource[];
}

/** An account, named by its address or its id. */
export interface Member {
  email?: string | null;
  user_id?: string | null;
}

export interface MemberPage {
  items: MemberView[];
  next_cursor: string | null;
}

export interface MemberView {
  user_id: string;
  email: string;
  name: string;
}

/** What becomes of two carts. */
export type MergeChoice = "keep_newest" | "keep_other" | "keep_this" | "sum";

/** What to do with this cart and another one of yours, by default the one changed last. */
export interface MergeDraft {
  policy: MergeChoice;
  other?: string | null;
}

export type MergeOutcome = "merged" | "nothing" | "undecided";

/** Units that are added to the stock (positive) or removed from it (negative). */
export interface MovementDraft {
  quantity: number;
  reason: StaffReason;
  /** Left out, it is `"main"`. */
  location?: string;
}

/** Why a balance has changed. */
export type MovementKind =
  | "adjusted"
  | "expired"
  | "issued"
  | "refunded"
  | "reinstated"
  | "spent"
  | "taken_back";

/** One change of a balance; `amount` is negative where the balance has become less. */
export interface MovementView {
  kind: MovementKind;
  /** In the currency's minor unit. */
  amount: number;
  at: string;
  by: Actor;
  order_id: string | null;
  payment_id: string | null;
  refund_id: string | null;
  reason: string | null;
}

export interface MyStoreCredit {
  /** ISO 4217. */
  currency: string;
  /** What a checkout can be paid with now. */
  available: number;
}

export interface MyStoreCredits {
  items: MyStoreCredit[];
}

export interface NewPassword {
  /** Any characters. What is soon guessed is refused; mixtures are not asked for. */
  password: string;
}

/** What the buyer has to do before the payment goes on. */
export interface NextAction {
  type: string;
  url?: string;
  data?: Record<string, unknown>;
}

export interface NoteDraft {
  text: string;
}

/** What staff wrote down about an order. */
export interface NoteView {
  id: string;
  order_id: string;
  text: string;
  at: string;
  by: Actor;
}

export interface OptionDraft {
  name: string;
  values: string[];
}

export interface OptionView {
  name: string;
  values: string[];
}

export interface OrderCard {
  id: string;
  number: string;
  status: OrderStatus;
  payment_status: PaymentStatus;
  fulfilment_status: FulfilmentStatus;
  /** ISO 4217. */
  currency: string;
  email: string;
  /** In the currency's minor unit; may be the sum of many amounts. */
  total: number;
  placed_at: string;
}

/** What an edit of an order may change. */
export interface OrderContent {
  lines: OrderLineView[];
  totals: Totals;
  shipping_address: Address;
  billing_address: Address;
  shipping_option: ShippingOptionView | null;
}

/** What a gift card, or store credit, paid of an order. */
export interface OrderCredit {
  type: CreditKind;
  /** In the currency's minor unit. */
  amount: number;
  last_characters: string | null;
}

/** What is left out stays as it is. */
export interface OrderEditDraft {
  /** For staff; the buyer does not see it. */
  reason: string;
  add?: AddedLine[];
  add_custom?: CustomLine[];
  lines?: EditedLine[];
  shipping_address?: Address | null;
  billing_address?: Address | null;
  shipping_option?: string | null;
  shipping_price?: number | null;
  /** Left out, it is `false`. */
  preview?: boolean;
}

export interface OrderEditView {
  id?: string;
  order_id: string;
  order_version: number;
  preview: boolean;
  /** For staff; the buyer does not see it. */
  reason: string;
  at: string;
  by: Actor;
  /** ISO 4217. */
  currency: string;
  /** In the currency's minor unit; negative where the order costs less. */
  difference: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  owed: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  refunded: number;
  refund_id?: string | null;
  before: OrderContent;
  after: OrderContent;
}

export interface OrderEdits {
  items: OrderEditView[];
}

/** A parcel, as an order shows it to its buyer. */
export interface OrderFulfilment {
  id: string;
  number: number;
  status: FulfilmentState;
  carrier?: string | null;
  tracking_number?: string | null;
  tracking_url?: string | null;
  lines: FulfilmentLineView[];
  sent_at?: string | null;
  ready_at?: string | null;
  collected_at?: string | null;
  delivered_at?: string | null;
}

/** A line as it was sold. Without `variant_id`, what was sold is not in the shop (any more). */
export interface OrderLineView {
  id: string;
  sku: string;
  name: string;
  slug: string;
  variant_id: string | null;
  options: Record<string, string>;
  thumbnail: string | null;
  quantity: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  unit_price: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  subtotal: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  discount: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  tax: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  total: number;
  gift_card?: GiftCardLine | null;
  tax_rate: string;
  /** Left out, it is `0`. */
  fulfilled_quantity?: number;
  /** Left out, it is `0`. */
  removed_quantity?: number;
  /** Left out, it is `0`. */
  returned_quantity?: number;
  custom?: CustomGoods | null;
}

/** Which order, and the address that it was placed with. */
export interface OrderLinkDraft {
  number: string;
  email: string;
}

export interface OrderLinkView {
  email: string;
}

export interface OrderPage {
  items: OrderCard[];
  next_cursor: string | null;
}

/** All that is still to be paid of an order is paid. */
export interface OrderPaymentDraft {
  payment: PaymentChoice;
  expected_amount?: number | null;
}

/** How the newest payment of an order stands, and the order as it is now. */
export interface OrderPaymentStatus {
  status: PaymentState;
  next_action?: NextAction;
  reason?: string;
  order: OrderView;
}

/** One payment of an order, as staff see it. */
export interface OrderPaymentView {
  id: string;
  provider: string;
  status: string;
  /** ISO 4217. */
  currency: string;
  /** In the currency's minor unit; may be the sum of many amounts. */
  amount: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  captured: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  refunded: number;
  reference: string | null;
  failure: string | null;
  created_at: string;
  disputes?: DisputeView[];
}

export interface OrderPayments {
  items: OrderPaymentView[];
}

export interface OrderReturnLine {
  line_id: string;
  quantity: number;
  received_quantity: number;
}

/** A return, in short. */
export interface OrderReturnView {
  id: string;
  number: string;
  status: ReturnState;
  lines: OrderReturnLine[];
  asked_at: string;
}

export type OrderSort = "newest" | "oldest" | "total" | "-total";

export type OrderStatus = "cancelled" | "open";

/** A snapshot: changing a product never changes an order. */
export interface OrderView {
  id: string;
  number: string;
  version: number;
  status: OrderStatus;
  payment_status: PaymentStatus;
  fulfilment_status: FulfilmentStatus;
  /** ISO 4217. */
  currency: string;
  email: string;
  lines: OrderLineView[];
  totals: Totals;
  shipping_address: Address;
  billing_address: Address;
  shipping_option: ShippingOptionView | null;
  payment_provider: string;
  placed_at: string;
  /** In the currency's minor unit; may be the sum of many amounts. Left out, it is `0`. */
  captured?: number;
  /** In the currency's minor unit; may be the sum of many amounts. Left out, it is `0`. */
  refunded?: number;
  /** In the currency's minor unit; may be the sum of many amounts. Left out, it is `0`. */
  outstanding?: number;
  payment_due_at?: string | null;
  cancel_reason?: CancelReason | null;
  coupons?: string[];
  credits?: OrderCredit[];
  fulfilments?: OrderFulfilment[];
  returns?: OrderReturnView[];
  exchange_for?: ExchangeFor | null;
  tags?: string[];
  vat_number?: string | null;
  vat_check?: VatCheck | null;
  access_token?: string;
}

/** The shop's own colours; null where it has none. */
export interface Palette {
  light: Shades | null;
  dark: Shades | null;
  accent: string | null;
  on_accent: string | null;
}

/** Which of the two parts of the letter. */
export type Part = "html" | "text";

export interface PasswordChange {
  current: string;
  /** Any characters. What is soon guessed is refused; mixtures are not asked for. */
  password: string;
}

export interface PasswordResetDraft {
  email: string;
}

export interface PasswordResetView {
  email: string;
}

/** The listed price until `ended_at`. */
export interface PastPriceView {
  /** ISO 4217. */
  currency: string;
  /** In the currency's minor unit. */
  price: number;
  ended_at: string;
}

/**
 * Which provider takes the money; `token` is what its widget gave the buyer's browser. Without a
 * token, `stripe`, `mercadopago` and `paypal` send the buyer to a page of their own.
 */
export interface PaymentChoice {
  provider: string;
  token?: string | null;
  return_url?: string | null;
}

export interface PaymentDue {
  payment_due_at: string | null;
}

/** Where the buyer of an order pays it, as the mail to them says. */
export interface PaymentLink {
  order_id: string;
  email: string;
  /** In the currency's minor unit; may be the sum of many amounts. */
  amount: number;
  /** ISO 4217. */
  currency: string;
  url: string;
  expires_at: string;
}

/** A payment provider that takes the payment of a cart. */
export interface PaymentOptionView {
  provider: string;
  /** Which provider it is. */
  kind: string;
  mode: ProviderMode;
  client: Record<string, string>;
}

export interface PaymentOptionsView {
  /** ISO 4217. */
  currency: string;
  items: PaymentOptionView[];
}

export interface PaymentProviderDraft {
  /** What payments, the address of its webhooks and the ledger call it; it never changes. */
  name: string;
  /** Which provider it is. */
  kind: string;
  mode: ProviderMode;
  /** The fields of its kind. They are encrypted, and never shown again. */
  credentials: Record<string, string>;
  /** Options of its kind. */
  options?: Record<string, string>;
  /**
   * Whether it takes new payments. Those that it has taken go on in any case. Left out, it is
   * `true`.
   */
  enabled?: boolean;
  /** Where it is offered; none: in all. */
  channels?: string[];
  /** Of billing addresses that it is offered to; none: all. */
  countries?: string[];
  /** Of carts that it is offered to; none: all that it takes. */
  currencies?: string[];
  /** The lowest comes first. Left out, it is `0`. */
  position?: number;
}

/** What is left out stays; lists and `options` are replaced as a whole. */
export interface PaymentProviderPatch {
  mode?: ProviderMode;
  /** Those that are named are replaced, or with null taken away. */
  credentials?: Record<string, string | null>;
  /** Options of its kind. */
  options?: Record<string, string>;
  /** Whether it takes new payments. Those that it has taken go on in any case. */
  enabled?: boolean;
  /** Where it is offered; none: in all. */
  channels?: string[];
  /** Of billing addresses that it is offered to; none: all. */
  countries?: string[];
  /** Of carts that it is offered to; none: all that it takes. */
  currencies?: string[];
  /** The lowest comes first. */
  position?: number;
}

/** A payment provider; its credentials are write-only. */
export interface PaymentProviderView {
  id: string;
  /** What payments, the address of its webhooks and the ledger call it; it never changes. */
  name: string;
  /** Which provider it is. */
  kind: string;
  mode: ProviderMode;
  /** Options of its kind. */
  options: Record<string, string>;
  /** Whether it takes new payments. Those that it has taken go on in any case. */
  enabled: boolean;
  /** Where it is offered; none: in all. */
  channels: string[];
  /** Of billing addresses that it is offered to; none: all. */
  countries: string[];
  /** Of carts that it is offered to; none: all that it takes. */
  currencies: string[];
  /** The lowest comes first. */
  position: number;
  version: number;
  /** Which credentials are set, each with its last four characters at most. */
  credentials: Record<string, string>;
  webhook_path: string;
  created_at: string;
}

export interface PaymentProviders {
  items: PaymentProviderView[];
  next_cursor?: null;
}

/** How far a payment is. */
export type PaymentState =
  | "authorised"
  | "declined"
  | "expired"
  | "pending"
  | "processing"
  | "requires_action"
  | "succeeded"
  | "voided";

/** Follows from what was captured and what was refunded. */
export type PaymentStatus =
  | "authorised"
  | "cancelled"
  | "paid"
  | "partially_paid"
  | "partially_refunded"
  | "pending"
  | "refunded";

/** How the payment of a cart stands. */
export interface PaymentView {
  status: PaymentState;
  next_action?: NextAction;
  reason?: string;
}

export interface PaymentsReport {
  items: PaymentsRow[];
}

export interface PaymentsRow {
  period: string;
  /** ISO 4217. */
  currency: string;
  provider: string;
  captured: number;
  refunded: number;
  disputed: number;
  net: number;
}

/** A picture that was uploaded. Without texts of its own, it begins with those of the upload. */
export interface PictureDraft {
  id: string;
  alt?: Record<string, string> | null;
}

/** A format of a picture, as a `<source>` of HTML's `<picture>` takes it. */
export interface PictureSource {
  type: string;
  srcset: string;
}

/** The current listed price; `base` is the price before sales and price lists. */
export interface PresentPrice {
  /** ISO 4217. */
  currency: string;
  /** In the currency's minor unit. */
  price: number;
  /** In the currency's minor unit. */
  base: number;
  converted: boolean;
  compare_at_price: number | null;
  reduced_at: string | null;
  lowest_price_30_days: number | null;
}

export interface PriceAcceptance {
  /** The total that the buyer has seen. */
  total: number;
}

export interface PriceHistory {
  present: PresentPrice[];
  items: PastPriceView[];
  next_cursor: string | null;
}

/** Without a customer group it is for everybody; without times it always applies. */
export interface PriceListDraft {
  /** One line that is not blank. */
  name: string;
  /** ISO 4217. */
  currency: string;
  customer_group?: string | null;
  /** Left out, it is `true`. */
  active?: boolean;
  /** The highest applies. Left out, it is `0`. */
  priority?: number;
  starts_at?: string | null;
  ends_at?: string | null;
}

/** What is left out stays. */
export interface PriceListPatch {
  /** One line that is not blank. */
  name?: string;
  customer_group?: string | null;
  active?: boolean;
  /** The highest applies. */
  priority?: number;
  starts_at?: string | null;
  ends_at?: string | null;
}

export interface PriceListView {
  id: string;
  name: string;
  /** ISO 4217. */
  currency: string;
  customer_group: string | null;
  active: boolean;
  priority: number;
  starts_at: string | null;
  ends_at: string | null;
  version: number;
}

export interface PriceLists {
  items: PriceListView[];
  next_cursor: string | null;
}

/** The lines, promotions and shipping to price; none of them has to exist in the shop. */
export interface PricingDraft {
  /** ISO 4217. */
  currency: string;
  /** Left out, it is `"line"`. */
  rounding?: Rounding;
  lines: PricingLineDraft[];
  promotions?: PricingPromotionDraft[];
  shipping?: PricingShippingDraft | null;
}

export interface PricingLineDraft {
  /** The client's own name for a line; several lines may share one. */
  ref: string;
  /** In the currency's minor unit. */
  unit_price: number;
  quantity: number;
  /** Per cent; rates of several jurisdictions are added: `5+10`. At most 100. */
  tax_rate: string;
  /** Whether the price includes the tax. */
  prices_include_tax: boolean;
  floor_price?: number | null;
}

export interface PricingLineView {
  ref: string;
  subtotal: number;
  discount: number;
  tax: number;
  total: number;
}

/**
 * Percentage kinds need `percent`, fixed ones `amount`, `cheapest_unit` one of the two.
 * `buy_x_get_y` needs `buy` and `get`; without `percent`, the `get` units are free. `fixed_price`
 * needs `amount`, the new price of a unit; `order_tiered` needs `tiers`; `free_gift` needs `gifts`
 * and `get`.
 */
export interface PricingPromotionDraft {
  name: string;
  kind: PromotionKind;
  percent?: string | null;
  amount?: number | null;
  buy?: number | null;
  get?: number | null;
  tiers?: PricingTierDraft[];
  gifts?: string[];
  max_discount?: number | null;
  stack_group?: string | null;
  refs?: string[];
  min_subtotal?: number | null;
  min_quantity?: number | null;
  max_quantity?: number | null;
  /** Higher first, then as listed. Left out, it is `0`. */
  priority?: number;
  /** Left out, it is `false`. */
  exclusive?: boolean;
}

export interface PricingShippingDraft {
  /** In the currency's minor unit. */
  price: number;
  /** Per cent; rates of several jurisdictions are added: `5+10`. At most 100. */
  tax_rate: string;
  /** Whether the price includes the tax. */
  prices_include_tax: boolean;
}

/** One part of the total; the amounts of all steps add up to it. */
export interface PricingStep {
  step: string;
  name?: string;
  line?: number;
  shipping?: boolean;
  amount: number;
  included?: number;
}

/** `percent` or `amount`, if both thresholds are reached. */
export interface PricingTierDraft {
  min_subtotal?: number | null;
  min_quantity?: number | null;
  percent?: string | null;
  amount?: number | null;
}

/** `total` is the sum of lines, `shipping` and tax added to it; `net_total` is without tax. */
export interface PricingView {
  /** ISO 4217. */
  currency: string;
  subtotal: number;
  discount: number;
  shipping: number;
  tax: number;
  tax_included: number;
  tax_added: number;
  total: number;
  lines: PricingLineView[];
  shipping_discount: number;
  shipping_tax: number;
  net_total: number;
  explanation: PricingStep[];
}

export interface Problem {
  /** Which problem; programs compare this. */
  type: string;
  /** The same in words, in the client's language. */
  title: string;
  status: number;
  /** The number of the request, as in X-Request-Id. */
  instance: string;
  /** What a person may want to know more. */
  detail?: string | null;
  errors?: Fault[];
}

/** What a `type` of problem means. */
export interface ProblemKind {
  type: string;
  title: string;
  /** What all problems of this kind have in common. */
  meaning: string;
  status: number;
  facts: FactView[];
}

/** All types of problems. */
export interface ProblemKinds {
  items: ProblemKind[];
}

/** A product as an item of a list. */
export interface ProductCard {
  id: string;
  slug: string;
  name: string;
  thumbnail: string | null;
  /** In the currency's minor unit. */
  price: number;
  in_stock: boolean;
  /** In the currency's minor unit. */
  compare_at_price?: number;
  picture?: MediaView;
}

export interface ProductDraft {
  name: string;
  slug?: string | null;
  /** Left out, it is `""`. */
  description?: string;
  categories?: string[];
  options?: OptionDraft[];
  variants: VariantDraft[];
  media?: PictureDraft[];
  /** Left out, it is `true`. */
  published?: boolean;
  attributes?: Record<string, string>;
  translations?: Record<string, Translation>;
  /** Left out, it is `false`. */
  gift_card?: boolean;
}

export interface ProductPage {
  items: ProductCard[];
  /** ISO 4217. */
  currency: string;
  next_cursor: string | null;
}

/**
 * What is left out stays. Variants are matched by SKU: a SKU that is new adds a variant. `media` is
 * replaced as a whole; a variant whose picture is no longer in it has none of its own.
 */
export interface ProductPatch {
  name?: string;
  slug?: string;
  description?: string;
  categories?: string[];
  options?: OptionDraft[];
  variants?: VariantPatch[];
  media?: PictureDraft[];
  published?: boolean;
  attributes?: Record<string, string>;
  translations?: Record<string, Translation>;
}

/** A product as its page shows it. */
export interface ProductView {
  id: string;
  slug: string;
  name: string;
  description: string;
  /** ISO 4217. */
  currency: string;
  categories: CategoryName[];
  options: OptionView[];
  variants: VariantView[];
  media: MediaView[];
  attributes: Record<string, unknown>;
  gift_card: boolean;
}

/** A promotion. Amounts are in minor units, by currency. */
export interface PromotionDraft {
  /** One line that is not blank. */
  name: string;
  kind: PromotionKind;
  trigger: Trigger;
  /** Left out, it is `false`. */
  active?: boolean;
  percent?: string | null;
  amounts?: Record<string, number>;
  buy?: number | null;
  get?: number | null;
  max_quantity?: number | null;
  tiers?: PromotionTier[];
  gift_sku?: string | null;
  gift_quantity?: number | null;
  /** What it applies to; if `categories` and `skus` are empty too, everything. */
  products?: string[];
  /** Slugs; products in these categories and their subcategories. */
  categories?: string[];
  skus?: string[];
  /** Slugs of channels; if empty, all. */
  channels?: string[];
  /** Codes of customer groups; if empty, everybody. */
  customer_groups?: string[];
  /** Left out, it is `false`. */
  first_order?: boolean;
  /** ISO: Monday is 1. In the channel's time zone; if empty, every day. */
  weekdays?: number[];
  time_from?: string | null;
  time_to?: string | null;
  min_subtotals?: Record<string, number>;
  /** The lines it applies to have at least this many units in all. Left out, it is `0`. */
  min_quantity?: number;
  max_discounts?: Record<string, number>;
  /** Higher first, then as listed. Left out, it is `0`. */
  priority?: number;
  /** Left out, it is `false`. */
  exclusive?: boolean;
  stack_group?: string | null;
  starts_at?: string | null;
  ends_at?: string | null;
  usage_limit?: number | null;
  usage_limit_per_customer?: number | null;
}

export type PromotionKind =
  | "buy_x_get_y"
  | "cheapest_unit"
  | "fixed_price"
  | "free_gift"
  | "item_fixed"
  | "item_percent"
  | "order_fixed"
  | "order_percent"
  | "order_tiered"
  | "shipping_fixed"
  | "shipping_percent";

export interface PromotionPage {
  items: PromotionView[];
  next_cursor: string | null;
}

/** What is left out stays, null removes a value. Kind and trigger cannot be changed. */
export interface PromotionPatch {
  /** One line that is not blank. */
  name?: string;
  active?: boolean;
  percent?: string | null;
  amounts?: Record<string, number>;
  buy?: number | null;
  get?: number | null;
  max_quantity?: number | null;
  tiers?: PromotionTier[];
  gift_sku?: string | null;
  gift_quantity?: number | null;
  /** What it applies to; if `categories` and `skus` are empty too, everything. */
  products?: string[];
  /** Slugs; products in these categories and their subcategories. */
  categories?: string[];
  skus?: string[];
  /** Slugs of channels; if empty, all. */
  channels?: string[];
  /** Codes of customer groups; if empty, everybody. */
  customer_groups?: string[];
  first_order?: boolean;
  /** ISO: Monday is 1. In the channel's time zone; if empty, every day. */
  weekdays?: number[];
  time_from?: string | null;
  time_to?: string | null;
  min_subtotals?: Record<string, number>;
  /** The lines it applies to have at least this many units in all. */
  min_quantity?: number;
  max_discounts?: Record<string, number>;
  /** Higher first, then as listed. */
  priority?: number;
  exclusive?: boolean;
  stack_group?: string | null;
  starts_at?: string | null;
  ends_at?: string | null;
  usage_limit?: number | null;
  usage_limit_per_customer?: number | null;
}

/** A percentage or an amount, from a quantity or a subtotal on, inclusive. */
export interface PromotionTier {
  min_quantity?: number | null;
  min_subtotals?: Record<string, number>;
  percent?: string | null;
  amounts?: Record<string, number>;
}

export interface PromotionView {
  /** One line that is not blank. */
  name: string;
  kind: PromotionKind;
  trigger: Trigger;
  /** Left out, it is `false`. */
  active?: boolean;
  percent?: string | null;
  amounts?: Record<string, number>;
  buy?: number | null;
  get?: number | null;
  max_quantity?: number | null;
  tiers?: PromotionTier[];
  gift_sku?: string | null;
  gift_quantity?: number | null;
  /** What it applies to; if `categories` and `skus` are empty too, everything. */
  products?: string[];
  /** Slugs; products in these categories and their subcategories. */
  categories?: string[];
  skus?: string[];
  /** Slugs of channels; if empty, all. */
  channels?: string[];
  /** Codes of customer groups; if empty, everybody. */
  customer_groups?: string[];
  /** Left out, it is `false`. */
  first_order?: boolean;
  /** ISO: Monday is 1. In the channel's time zone; if empty, every day. */
  weekdays?: number[];
  time_from?: string | null;
  time_to?: string | null;
  min_subtotals?: Record<string, number>;
  /** The lines it applies to have at least this many units in all. Left out, it is `0`. */
  min_quantity?: number;
  max_discounts?: Record<string, number>;
  /** Higher first, then as listed. Left out, it is `0`. */
  priority?: number;
  /** Left out, it is `false`. */
  exclusive?: boolean;
  stack_group?: string | null;
  starts_at?: string | null;
  ends_at?: string | null;
  usage_limit?: number | null;
  usage_limit_per_customer?: number | null;
  id: string;
  /** Counted only if there is a limit. */
  uses: number;
  created_at: string;
  updated_at: string;
  version: number;
}

/** What a provider says of the credentials that are saved. */
export interface ProviderCheck {
  result: "refused" | "unknown" | "works";
}

/** Whether real money moves. */
export type ProviderMode = "live" | "test";

/** The reasons for stock movements: those of staff, and four of orders. */
export type Reason =
  | "correction"
  | "damaged"
  | "fulfilled"
  | "lost"
  | "received"
  | "recount"
  | "released"
  | "reserved"
  | "returned"
  | "written_off";

/** Units of one line that arrived, and what becomes of them. */
export interface ReceivedLine {
  line_id: string;
  quantity: number;
  /** Left out, it is `"restock"`. */
  disposition?: Disposition;
  location?: string | null;
}

/** Where the money of a refund goes. */
export type RefundDestination = "payment" | "store_credit";

/** What to pay back; lines, shipping and an amount add up. */
export interface RefundDraft {
  lines?: RefundLineDraft[] | null;
  shipping?: number | "all" | null;
  amount?: number | null;
  reason: RefundReason;
  note?: string | null;
  /** Left out, it is `false`. */
  restock?: boolean;
  /** Left out, it is `"payment"`. */
  to?: RefundDestination;
}

/** Units of one line: they are worth what was paid for them. */
export interface RefundLineDraft {
  line: string;
  quantity: number;
}

export interface RefundLineView {
  line: string;
  quantity: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  amount: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  tax: number;
}

/** Why money goes back, as the merchant's reports group it. */
export type RefundReason =
  | "cancelled"
  | "damaged"
  | "duplicate"
  | "fraudulent"
  | "goodwill"
  | "late_payment"
  | "not_delivered"
  | "other"
  | "out_of_stock"
  | "requested_by_customer"
  | "returned"
  | "wrong_item";

export interface RefundShippingView {
  /** In the currency's minor unit; may be the sum of many amounts. */
  amount: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  tax: number;
}

/** The part of a refund that goes back through one payment. */
export interface RefundTransferView {
  id: string;
  payment_id: string;
  provider: string;
  /** In the currency's minor unit; may be the sum of many amounts. */
  amount: number;
  status: TransferState;
  failure?: string;
}

export interface RefundView {
  id: string;
  order_id: string | null;
  version: number;
  status: "failed" | "pending" | "succeeded" | "withdrawn";
  /** ISO 4217. */
  currency: string;
  /** In the currency's minor unit; may be the sum of many amounts. */
  amount: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  tax: number;
  reason: RefundReason;
  note: string | null;
  restock: boolean;
  to: RefundDestination;
  lines: RefundLineView[];
  shipping: RefundShippingView;
  transfers: RefundTransferView[];
  created_at: string;
}

/** What is left to be paid back of an order. */
export interface Refundable {
  order_id: string;
  /** ISO 4217. */
  currency: string;
  lines: RefundableLine[];
  shipping: RefundShippingView;
  /** In the currency's minor unit; may be the sum of many amounts. */
  amount: number;
}

export interface RefundableLine {
  line: string;
  quantity: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  amount: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  tax: number;
}

export interface Refunds {
  items: RefundView[];
}

export interface Registration {
  email: string;
  /** Any characters. What is soon guessed is refused; mixtures are not asked for. */
  password: string;
  /** How we address the person. */
  name: string;
}

export interface RegistrationView {
  email: string;
}

/** The buyer to remind of this cart if it is abandoned; they have agreed to it. */
export interface ReminderDraft {
  email: string;
}

export interface ReplayView {
  queued: number;
  up_to: number | null;
  more: boolean;
}

/** The events of a time (`from` ≤ time < `to`), or between two positions, exclusive. */
export interface ReplayWanted {
  from?: string | null;
  to?: string | null;
  after?: number | null;
  before?: number | null;
  types?: string[] | null;
}

export interface RestoreDraft {
  /** The token of the link in the mail. */
  token: string;
}

export interface ReturnApproval {
  instructions?: string | null;
  label_reference?: string | null;
  exchange?: LineDraft[] | null;
  /**
   * Whether stock of what is wanted instead is reserved until the return ends. Left out, it is
   * `true`.
   */
  reserve?: boolean;
}

/** How a return is settled; what is left out follows the policy. */
export interface ReturnClosing {
  /** Left out, it is `true`. */
  refund?: boolean;
  return_fee?: number | null;
  restocking_percent?: string | null;
  shipping?: "all" | "none" | null;
  exchange?: LineDraft[] | null;
  shipping_option?: string | null;
}

/** What a customer wants to return; goods for another reason are another return. */
export interface ReturnDraft {
  lines: ReturnedLine[];
  /** What programs call the reason; it never changes. */
  reason: string;
  note?: string | null;
  /** What is wanted instead; nothing: the money. */
  exchange?: LineDraft[];
}

export interface ReturnLineView {
  line_id: string;
  sku: string;
  name: string;
  quantity: number;
  restocked_quantity: number;
  written_off_quantity: number;
}

/** What is left out stays; objects are replaced as a whole. */
export interface ReturnPolicyPatch {
  /**
   * Whole days after the last parcel of an order was delivered, or else sent, in which its customer
   * may ask for a return. The EU demands 14. null: customers ask for none over the API; staff make
   * them.
   */
  window_days?: number | null;
  /** Days that an approved return waits for its goods; then it ends. null: it waits without end. */
  expiry_days?: number | null;
  /** Per cent of what the goods are worth that the merchant keeps. */
  restocking_percent?: string;
  /** What the merchant keeps for the way back, once per return. */
  return_fees?: Record<string, number>;
  /** When the outward shipping is paid back. */
  shipping_refund?: ShippingRefund;
  /**
   * At most this is paid back of the outward shipping: the price of the cheapest usual way. In a
   * currency without an amount, all of it.
   */
  standard_shipping?: Record<string, number>;
}

/** What the shop says of returns. */
export interface ReturnPolicyView {
  /**
   * Whole days after the last parcel of an order was delivered, or else sent, in which its customer
   * may ask for a return. The EU demands 14. null: customers ask for none over the API; staff make
   * them.
   */
  window_days: number | null;
  /** Days that an approved return waits for its goods; then it ends. null: it waits without end. */
  expiry_days: number | null;
  /** Per cent of what the goods are worth that the merchant keeps. */
  restocking_percent: string;
  /** What the merchant keeps for the way back, once per return. */
  return_fees: Record<string, number>;
  /** When the outward shipping is paid back. */
  shipping_refund: ShippingRefund;
  /**
   * At most this is paid back of the outward shipping: the price of the cheapest usual way. In a
   * currency without an amount, all of it.
   */
  standard_shipping: Record<string, number>;
  version: number;
}

export interface ReturnReasonChoice {
  /** What programs call the reason; it never changes. */
  code: string;
  name: string;
  /** Whether the customer has to say more. */
  needs_note: boolean;
  /** Whether the policy's deductions apply; not where the merchant is at fault. */
  charges_fees: boolean;
}

export interface ReturnReasonDraft {
  /** What programs call the reason; it never changes. */
  code: string;
  /** One line that is not blank. */
  name: string;
  translations?: Record<string, string>;
  /** Whether the customer has to say more. Left out, it is `false`. */
  needs_note?: boolean;
  /**
   * Whether the policy's deductions apply; not where the merchant is at fault. Left out, it is
   * `true`.
   */
  charges_fees?: boolean;
  /** Whether it can be chosen. Left out, it is `true`. */
  active?: boolean;
  /** The lowest comes first. Left out, it is `0`. */
  position?: number;
}

export interface ReturnReasonName {
  /** What programs call the reason; it never changes. */
  code: string;
  name: string;
}

/** What is left out stays. */
export interface ReturnReasonPatch {
  /** One line that is not blank. */
  name?: string;
  translations?: Record<string, string | null>;
  /** Whether the customer has to say more. */
  needs_note?: boolean;
  /** Whether the policy's deductions apply; not where the merchant is at fault. */
  charges_fees?: boolean;
  /** Whether it can be chosen. */
  active?: boolean;
  /** The lowest comes first. */
  position?: number;
}

export interface ReturnReasonView {
  id: string;
  /** What programs call the reason; it never changes. */
  code: string;
  names: Record<string, string>;
  /** Whether the customer has to say more. */
  needs_note: boolean;
  /** Whether the policy's deductions apply; not where the merchant is at fault. */
  charges_fees: boolean;
  /** Whether it can be chosen. */
  active: boolean;
  /** The lowest comes first. */
  position: number;
  version: number;
}

export interface ReturnReasons {
  items: ReturnReasonView[];
  next_cursor?: null;
}

export interface ReturnReceiptDraft {
  lines: ReceivedLine[];
}

export interface ReturnReceiptView {
  line_id: string;
  quantity: number;
  disposition: Disposition;
  location: string;
  received_at: string;
}

export interface ReturnRefusal {
  /** Why not; the customer reads it. */
  reason: string;
}

/** How far one return is. */
export type ReturnState =
  | "approved"
  | "asked"
  | "closed"
  | "expired"
  | "part_received"
  | "received"
  | "refused"
  | "withdrawn";

/** A return, as its customer sees it. */
export interface ReturnView {
  id: string;
  number: string;
  order_id: string;
  version: number;
  status: ReturnState;
  reason: ReturnReasonName;
  note: string | null;
  by_staff: boolean;
  lines: ReturnLineView[];
  asked_at: string;
  decided_at: string | null;
  refusal: string | null;
  instructions: string | null;
  label_reference: string | null;
  expires_at: string | null;
  received_at: string | null;
  ended_at: string | null;
  /** ISO 4217. */
  currency: string;
  refunded: number | null;
  deduction: number | null;
  /** What is wanted instead; nothing: the money. */
  exchange: LineDraft[];
  exchange_order: ExchangeOrder | null;
}

/** What of an order can be returned, until when, and what that costs. */
export interface Returnable {
  order_id: string;
  until: string | null;
  lines: ReturnableLine[];
  reasons: ReturnReasonChoice[];
  /** ISO 4217. */
  currency: string;
  /** In the currency's minor unit; may be the sum of many amounts. */
  return_fee: number;
  /** Per cent, 0 to 100. */
  restocking_percent: string;
}

export interface ReturnableLine {
  line_id: string;
  quantity: number;
}

/** Units of one line that are to come back. */
export interface ReturnedLine {
  line_id: string;
  quantity: number;
}

export interface Returns {
  items: ReturnView[];
}

export type Role = "editor" | "manager" | "owner" | "support" | "warehouse";

/** Where tax is rounded, half up. */
export type Rounding = "document" | "line" | "unit";

/** What a row would do when it was checked, or has done. */
export type RowOutcome = "changed" | "failed" | "new" | "unchanged";

/** Why a row is left out, with the whole product that it belongs to. */
export interface RowProblem {
  /** None if it is not about one cell. */
  column: string | null;
  type: string;
  title: string;
}

export interface SalesReport {
  items: SalesRow[];
}

export interface SalesRow {
  period: string;
  /** ISO 4217. */
  currency: string;
  group: string | null;
  orders: number;
  gross: number;
  discounts: number;
  shipping: number;
  refunds: number;
  net: number;
  tax: number;
  total: number;
}

export interface SavedAddressDraft {
  address: Address;
  /**
   * Whether front-ends suggest it; then no other address is the default. Left out, it is `false`.
   */
  default_shipping?: boolean;
  /**
   * Whether front-ends suggest it; then no other address is the default. Left out, it is `false`.
   */
  default_billing?: boolean;
}

/** What is left out stays; an address is replaced as a whole. */
export interface SavedAddressPatch {
  address?: Address;
  /** Whether front-ends suggest it; then no other address is the default. */
  default_shipping?: boolean;
  /** Whether front-ends suggest it; then no other address is the default. */
  default_billing?: boolean;
}

export interface SavedAddressView {
  id: string;
  address: Address;
  default_shipping: boolean;
  default_billing: boolean;
  version: number;
}

export interface SavedAddresses {
  items: SavedAddressView[];
  next_cursor?: null;
}

export interface SentLetterPage {
  items: SentLetterView[];
  next_cursor: string | null;
}

/** What became of a letter about one event to one address. */
export interface SentLetterView {
  id: string;
  event_id: string;
  letter: string;
  recipient: string;
  locale: Locale;
  state: LetterState;
  attempts: number;
  code: number | null;
  status: string | null;
  created_at: string;
  changed_at: string;
}

export interface SentLine {
  line_id: string;
  quantity: number;
}

/** Who you are, and the token for `X-CSRF-Token`. */
export interface SessionView {
  visitor: VisitorView | null;
  csrf_token: string;
}

export interface SetAsidePage {
  items: SetAsideView[];
  next_cursor?: null;
}

/** A cart that was merged into another one, and can be had back. */
export interface SetAsideView {
  id: string;
  merged_into: string;
  set_aside_at: string;
  kept_until: string;
  lines: CartContent[];
}

/** What closing a return pays back, as things stand. */
export interface Settlement {
  return_id: string;
  /** ISO 4217. */
  currency: string;
  /** In the currency's minor unit; may be the sum of many amounts. */
  goods: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  shipping: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  deduction: number;
  /** In the currency's minor unit; may be the sum of many amounts. */
  refund: number;
}

/** The brand's colours on a ground, with the texts that can be read on them (WCAG 2.2, AA). */
export interface Shades {
  brand: string;
  on_brand: string;
  link: string;
}

export interface ShippingChoice {
  id: string;
}

/** Carts in a currency without a price cannot choose the option. */
export interface ShippingOptionDraft {
  /** What the price depends on. Left out, it is `"flat"`. */
  tariff?: Tariff;
  courier?: string | null;
  /** Required for `weight` and `subtotal`, only. */
  tiers?: Record<string, Tier[]>;
  /** For each unit after the first; for `first_additional` only. */
  additional?: Record<string, number>;
  /** Free from this subtotal before discounts on, inclusive. */
  free_from?: Record<string, number>;
  /** Only addresses in these zones; if empty, all addresses. */
  zones?: string[];
  /** Inclusive. Left out, it is `0`. */
  min_weight?: number;
  max_weight?: number | null;
  max_length?: number | null;
  /** Not for products in these categories or their subcategories. */
  excluded_categories?: string[];
  min_days?: number | null;
  max_days?: number | null;
  pickup_address?: Address | null;
  /** One line that is not blank. */
  name: string;
  prices: Record<string, number>;
  translations?: Record<string, string>;
  /** If empty, all the shop ships to. */
  countries?: string[];
  /** The lowest comes first. Left out, it is `0`. */
  position?: number;
  /** Whether buyers may choose it. Left out, it is `true`. */
  active?: boolean;
}

/**
 * What is left out stays; lists and objects are replaced as a whole. A change of `tariff` removes
 * the tiers, additional prices and courier of the old one.
 */
export interface ShippingOptionPatch {
  /** One line that is not blank. */
  name?: string;
  prices?: Record<string, number>;
  translations?: Record<string, string | null>;
  /** If empty, all the shop ships to. */
  countries?: string[];
  /** The lowest comes first. */
  position?: number;
  /** Whether buyers may choose it. */
  active?: boolean;
  /** What the price depends on. */
  tariff?: Tariff;
  courier?: string | null;
  /** Required for `weight` and `subtotal`, only. */
  tiers?: Record<string, Tier[]>;
  /** For each unit after the first; for `first_additional` only. */
  additional?: Record<string, number>;
  /** Free from this subtotal before discounts on, inclusive. */
  free_from?: Record<string, number>;
  /** Only addresses in these zones; if empty, all addresses. */
  zones?: string[];
  /** Inclusive. */
  min_weight?: number;
  max_weight?: number | null;
  max_length?: number | null;
  /** Not for products in these categories or their subcategories. */
  excluded_categories?: string[];
  min_days?: number | null;
  max_days?: number | null;
  pickup_address?: Address | null;
}

export interface ShippingOptionView {
  id: string;
  name: string;
  /** In the currency's minor unit; may be the sum of many amounts. */
  price: number;
  min_days?: number;
  max_days?: number;
  pickup_address?: Address;
}

export interface ShippingOptionsView {
  /** ISO 4217. */
  currency: string;
  items: ShippingOptionView[];
}

/** When the price of the outward shipping is paid back. */
export type ShippingRefund = "never" | "whole_order";

/** How shipping is taxed. */
export type ShippingTax = "class" | "shared";

/** A promotion that would have reduced less if this one had applied. */
export interface SimulatedConflict {
  promotion_id: string;
  name: string;
  orders: number;
}

/**
 * The totals of the orders in one currency, without and with the promotion. `margin` is the lines'
 * total without tax, less the cost of their units to the shop. It includes the `lines_with_cost`
 * only; the others have no cost price.
 */
export interface SimulatedMoney {
  /** ISO 4217. */
  currency: string;
  orders: number;
  touched: number;
  /** In the currency's minor unit. */
  total_before: number;
  /** In the currency's minor unit. */
  total_after: number;
  /** In the currency's minor unit. */
  cost: number;
  lines_with_cost: number;
  lines_without_cost: number;
  /** In the currency's minor unit. */
  margin_before: number;
  /** In the currency's minor unit. */
  margin_after: number;
}

export interface SimulationDraft {
  /** How far to look back. Left out, it is `30`. */
  days?: number;
}

/** `free` counts orders that would have become free; `free_numbers` has the first 20 of them. */
export interface SimulationView {
  /** How far to look back. */
  days: number;
  orders: number;
  complete: boolean;
  touched: number;
  money: SimulatedMoney[];
  free: number;
  free_numbers: string[];
  conflicts: SimulatedConflict[];
}

export type Sort = "newest" | "price" | "-price" | "name" | "relevance";

/** What a customer has paid in one currency, less what was given back. */
export interface Spent {
  /** ISO 4217. */
  currency: string;
  /** In the currency's minor unit. */
  amount: number;
}

export interface StaffAcceptance {
  /** How we address the person. */
  name: string;
  /** Any characters. What is soon guessed is refused; mixtures are not asked for. */
  password: string;
}

/** All categories; siblings are in the order in which the shop shows them. */
export interface StaffCategories {
  items: StaffCategoryView[];
  next_cursor?: null;
}

/** A category as staff see it: its name in every language. */
export interface StaffCategoryView {
  id: string;
  slug: string;
  parent: string | null;
  names: Record<string, string>;
  /** The lowest comes first. */
  position: number;
  version: number;
}

/** A discount that staff grant: either `percent` or `amount`. */
export interface StaffDiscount {
  percent?: string | null;
  amount?: number | null;
  reason: string;
}

export interface StaffInvitationDraft {
  email: string;
  role: Role;
}

/** What the link in a mail offers. */
export interface StaffInvitationOffer {
  email: string;
  role: Role;
  expires_at: string;
}

/** An invitation that nobody has accepted yet. */
export interface StaffInvitationView {
  id: string;
  email: string;
  role: Role;
  created_at: string;
  expires_at: string;
}

export interface StaffInvitations {
  items: StaffInvitationView[];
  next_cursor?: null;
}

/** A legal page in all its languages. */
export interface StaffLegalPageView {
  kind: LegalKind;
  /** Readers of other languages see that of the shop's first language. */
  texts: Record<string, LegalText>;
  changed_at: string;
  version: number;
}

export interface StaffLegalPages {
  items: StaffLegalPageView[];
}

export interface StaffList {
  items: StaffView[];
  next_cursor?: null;
}

/** A picture as staff see it: `url`, `width` and the like are null until it is ready. */
export interface StaffMediaView {
  id: string;
  /** The name of the file that was uploaded. */
  name: string;
  state: MediaState;
  failure: MediaFailure | null;
  /** The size of the upload. */
  bytes: number;
  alt: Record<string, string>;
  url: string | null;
  thumbnail: string | null;
  width: number | null;
  height: number | null;
  sources: PictureSource[] | null;
  created_at: string;
  version: number;
}

export interface StaffPatch {
  role: Role;
}

/** A picture of a product; it is shown when it is ready. */
export interface StaffPictureView {
  id: string;
  alt: Record<string, string>;
  state: MediaState;
  thumbnail: string | null;
}

export interface StaffProductCard {
  id: string;
  slug: string;
  name: string;
  published: boolean;
  version: number;
  updated_at: string;
}

export interface StaffProductPage {
  items: StaffProductCard[];
  next_cursor: string | null;
}

/** A product as staff see it, in every language and currency, with stock levels. */
export interface StaffProductView {
  id: string;
  slug: string;
  version: number;
  published: boolean;
  texts: Record<string, StaffText>;
  categories: string[];
  attributes: Record<string, Record<string, string>>;
  gift_card: boolean;
  variants: StaffVariantView[];
  media: StaffPictureView[];
  created_at: string;
  updated_at: string;
}

/** The reasons for stock movements that staff can give. */
export type StaffReason = "correction" | "damaged" | "lost" | "received" | "recount" | "returned";

/** A return that staff make for a customer: it is approved at once. */
export interface StaffReturnDraft {
  lines: ReturnedLine[];
  /** What programs call the reason; it never changes. */
  reason: string;
  note?: string | null;
  /** What is wanted instead; nothing: the money. */
  exchange?: LineDraft[];
  instructions?: string | null;
  label_reference?: string | null;
  /**
   * Whether stock of what is wanted instead is reserved until the return ends. Left out, it is
   * `true`.
   */
  reserve?: boolean;
}

export interface StaffReturnPage {
  items: StaffReturnView[];
  next_cursor: string | null;
}

/** A return, as staff see it. */
export interface StaffReturnView {
  id: string;
  number: string;
  order_id: string;
  version: number;
  status: ReturnState;
  reason: ReturnReasonName;
  note: string | null;
  by_staff: boolean;
  lines: ReturnLineView[];
  asked_at: string;
  decided_at: string | null;
  refusal: string | null;
  instructions: string | null;
  label_reference: string | null;
  expires_at: string | null;
  received_at: string | null;
  ended_at: string | null;
  /** ISO 4217. */
  currency: string;
  refunded: number | null;
  deduction: number | null;
  /** What is wanted instead; nothing: the money. */
  exchange: LineDraft[];
  exchange_order: ExchangeOrder | null;
  order_number: string;
  email: string;
  /** Whether the policy's deductions apply; not where the merchant is at fault. */
  charges_fees: boolean;
  receipts: ReturnReceiptView[];
  refund_id: string | null;
}

/** A shipping option as staff see it, in every language and currency. */
export interface StaffShippingOptionView {
  /** What the price depends on. Left out, it is `"flat"`. */
  tariff?: Tariff;
  courier?: string | null;
  /** Required for `weight` and `subtotal`, only. */
  tiers?: Record<string, Tier[]>;
  /** For each unit after the first; for `first_additional` only. */
  additional?: Record<string, number>;
  /** Free from this subtotal before discounts on, inclusive. */
  free_from?: Record<string, number>;
  /** Only addresses in these zones; if empty, all addresses. */
  zones?: string[];
  /** Inclusive. Left out, it is `0`. */
  min_weight?: number;
  max_weight?: number | null;
  max_length?: number | null;
  /** Not for products in these categories or their subcategories. */
  excluded_categories?: string[];
  min_days?: number | null;
  max_days?: number | null;
  pickup_address?: Address | null;
  id: string;
  names: Record<string, string>;
  prices: Record<string, number>;
  /** If empty, all the shop ships to. */
  countries: string[];
  /** The lowest comes first. */
  position: number;
  /** Whether buyers may choose it. */
  active: boolean;
  version: number;
}

export interface StaffShippingOptions {
  items: StaffShippingOptionView[];
  next_cursor?: null;
}

export interface StaffText {
  name: string;
  description: string;
  options: OptionDraft[];
}

export interface StaffVariantView {
  id: string;
  sku: string;
  names: Record<string, string>;
  options: Record<string, string>;
  prices: Record<string, number>;
  compare_at_prices: Record<string, number>;
  cost_prices: Record<string, number>;
  converted_prices: Record<string, number>;
  weight_grams: number | null;
  length_mm: number | null;
  width_mm: number | null;
  height_mm: number | null;
  tax_class: string;
  media: string | null;
  on_hand: number;
  reserved: number;
  available: number;
}

export interface StaffView {
  id: string;
  email: string;
  name: string;
  role: Role;
  suspended_at: string | null;
  version: number;
}

/** The stock of a variant at a location. */
export interface StockItem {
  sku: string;
  name: string;
  variant_id: string;
  product_id: string;
  location: string;
  on_hand: number;
  reserved: number;
  available: number;
}

export interface StockLevel {
  location: string;
  on_hand: number;
  reserved: number;
  available: number;
}

export interface StockLevels {
  items: StockLevel[];
}

export interface StockMovementPage {
  items: StockMovementView[];
  next_cursor: string | null;
}

/** An entry of the stock ledger, which is never changed. */
export interface StockMovementView {
  location: string;
  reason: Reason;
  /** How many units came, or (negative) went. */
  on_hand: number;
  /** How many units more, or fewer, were promised. */
  reserved: number;
  at: string;
  source_id: string | null;
  actor_id: string | null;
}

export interface StockPage {
  items: StockItem[];
  next_cursor: string | null;
}

export interface StockReport {
  items: StockRow[];
}

export interface StockRow {
  period: string;
  sku: string;
  location: string;
  received: number;
  sold: number;
  returned: number;
  adjusted: number;
  change: number;
}

export interface StoreCreditChoice {
  /** Whether to pay with store credit. */
  use: boolean;
}

export interface StoreCreditDetail {
  id: string;
  version: number;
  customer_id: string | null;
  email: string | null;
  /** ISO 4217. */
  currency: string;
  /** In the currency's minor unit, with what checkouts under way hold of it. */
  balance: number;
  created_at: string;
  /** The part of the balance that checkouts under way have been promised. */
  held: number;
  movements: MovementView[];
}

/** What a customer is given; or loses, if it is negative. Name them by address or by id. */
export interface StoreCreditDraft {
  email?: string | null;
  user_id?: string | null;
  currency?: string | null;
  /** In the currency's minor unit: given, or taken if it is negative; not 0. */
  amount: number;
  /** For staff. */
  reason: string;
}

export interface StoreCreditPage {
  items: StoreCreditView[];
  next_cursor: string | null;
}

export interface StoreCreditView {
  id: string;
  version: number;
  customer_id: string | null;
  email: string | null;
  /** ISO 4217. */
  currency: string;
  /** In the currency's minor unit, with what checkouts under way hold of it. */
  balance: number;
  created_at: string;
  /** The part of the balance that checkouts under way have been promised. */
  held: number;
}

/** What is left out stays; `texts` is replaced as a whole. */
export interface StorefrontPatch {
  /** The id of a picture that is ready; null: the shop's name is written. */
  logo?: string | null;
  /** `#rrggbb`; null: the default. The colour of the text on it is worked out. */
  brand_colour?: string | null;
  /** `#rrggbb`; null: the default. The colour of the text on it is worked out. */
  dark_brand_colour?: string | null;
  /** `#rrggbb`; null: the default. The colour of the text on it is worked out. */
  accent_colour?: string | null;
  /** Where a text is missing in a language, the one of the shop's first language is shown. */
  texts?: Record<string, StorefrontTexts>;
}

/** The storefront's settings, as staff see them. */
export interface StorefrontSettingsView {
  /** The id of a picture that is ready; null: the shop's name is written. */
  logo: string | null;
  /** `#rrggbb`; null: the default. The colour of the text on it is worked out. */
  brand_colour: string | null;
  /** `#rrggbb`; null: the default. The colour of the text on it is worked out. */
  dark_brand_colour: string | null;
  /** `#rrggbb`; null: the default. The colour of the text on it is worked out. */
  accent_colour: string | null;
  /** Where a text is missing in a language, the one of the shop's first language is shown. */
  texts: Record<string, StorefrontTexts>;
  version: number;
}

/** Plain texts of the storefront in one language; null or empty: the default. */
export interface StorefrontTexts {
  announcement?: string | null;
  welcome?: string | null;
  introduction?: string | null;
  footer?: string | null;
}

/** What a front-end shows around its pages. */
export interface StorefrontView {
  name: string;
  logo: LogoView | null;
  palette: Palette;
  texts: StorefrontTexts;
  legal_pages: LegalPageName[];
  currencies: string[];
  locales: Locale[];
}

export interface SuppressionPage {
  items: SuppressionView[];
  next_cursor: string | null;
}

/** An address that letters no longer reach. */
export interface SuppressionView {
  id: string;
  email: string;
  status: string | null;
  created_at: string;
}

export interface TagsDraft {
  tags: string[];
}

/** What the price of a shipping option depends on. */
export type Tariff = "courier" | "first_additional" | "flat" | "per_item" | "subtotal" | "weight";

export interface TaxClassDraft {
  /** The code by which variants and rates refer to the class; it never changes. */
  code: string;
  /** One line that is not blank. */
  name: string;
}

/** What is left out stays. */
export interface TaxClassPatch {
  /** One line that is not blank. */
  name?: string;
}

export interface TaxClassView {
  id: string;
  /** The code by which variants and rates refer to the class; it never changes. */
  code: string;
  /** One line that is not blank. */
  name: string;
  version: number;
}

export interface TaxClasses {
  items: TaxClassView[];
  next_cursor?: null;
}

/** The rate at which the tax of invoices in a currency is converted, and where it is from. */
export interface TaxExchangeRate {
  /** ISO 4217. */
  currency: string;
  /** Whole units of `tax_currency` for one of `currency`. */
  rate: string;
  published_on: string;
  /** One line that is not blank. */
  source: string;
}

/** What is charged where no zone applies. */
export type TaxOutside = "export" | "flat";

/** A tax of one jurisdiction; all that are in force for a zone and class are combined. */
export interface TaxRateDraft {
  zone_id: string;
  /**
   * The code by which variants and rates refer to the class; it never changes. Left out, it is
   * `"standard"`.
   */
  tax_class?: string;
  /** One line that is not blank. */
  name: string;
  /** Per cent, 0 to 100. */
  percent: string;
  /** Whether it is also levied on the taxes before it. Left out, it is `false`. */
  compound?: boolean;
  /** The lowest comes first. Left out, it is `0`. */
  position?: number;
  starts_at?: string | null;
  ends_at?: string | null;
}

export interface TaxRatePage {
  items: TaxRateView[];
  next_cursor: string | null;
}

/** What is left out stays; null removes a start or an end. */
export interface TaxRatePatch {
  zone_id?: string;
  /** The code by which variants and rates refer to the class; it never changes. */
  tax_class?: string;
  /** One line that is not blank. */
  name?: string;
  /** Per cent, 0 to 100. */
  percent?: string;
  /** Whether it is also levied on the taxes before it. */
  compound?: boolean;
  /** The lowest comes first. */
  position?: number;
  starts_at?: string | null;
  ends_at?: string | null;
}

export interface TaxRateView {
  id: string;
  zone_id: string;
  /** The code by which variants and rates refer to the class; it never changes. */
  tax_class: string;
  /** One line that is not blank. */
  name: string;
  /** Per cent, 0 to 100. */
  percent: string;
  /** Whether it is also levied on the taxes before it. */
  compound: boolean;
  /** The lowest comes first. */
  position: number;
  starts_at: string | null;
  ends_at: string | null;
  version: number;
}

export interface TaxReport {
  items: TaxRow[];
}

export interface TaxRow {
  period: string;
  /** ISO 4217. */
  currency: string;
  country: string | null;
  rate: string;
  taxable: number;
  tax: number;
  refunded_taxable: number;
  refunded_tax: number;
}

/** The source of tax rates. */
export type TaxSource = "flat" | "service" | "zones";

/** The price from a threshold up to the next tier. */
export interface Tier {
  /** Grams, or minor units; inclusive. */
  from: number;
  /** In the currency's minor unit. */
  price: number;
}

export interface Timeline {
  items: TimelineEntry[];
  next_cursor: string | null;
}

/** Who did it; the name that they have now. */
export interface TimelineActor {
  type: ActorKind;
  id: string | null;
  name: string | null;
}

export interface TimelineEntry {
  id: string;
  kind: "dispute" | "edit" | "email" | "event" | "note" | "payment" | "refund" | "return";
  /**
   * The type of the event, the provider of the payment or the dispute, the name of the email,
   * `note`, or `edit`.
   */
  type: string;
  at: string;
  by: TimelineActor;
  status?: string;
  /** In the currency's minor unit; may be the sum of many amounts. */
  amount?: number;
  /** ISO 4217. */
  currency?: string;
  refund_id?: string;
  return_id?: string;
  number?: string;
  reason?: string;
  difference?: number;
  recipient?: string;
  tags?: string[];
  text?: string;
}

export type TimelineSort = "newest" | "oldest";

/** The sums of a cart: `total = subtotal - discount + shipping + tax_added`. */
export interface Totals {
  subtotal: number;
  discount: number;
  shipping: number;
  tax: number;
  tax_included: number;
  tax_added: number;
  total: number;
}

/** How far the money of a refund is on its way through one payment. */
export type TransferState = "asked" | "cancelled" | "done" | "pending" | "refused" | "sent";

/** A product in another language; what is left out is shown in the shop's first language. */
export interface Translation {
  name?: string | null;
  description?: string | null;
  options?: OptionDraft[] | null;
}

/** What makes a promotion apply. */
export type Trigger = "automatic" | "catalogue" | "coupon";

/** Why an attempt failed. */
export type Trouble =
  | "address_refused"
  | "bad_answer"
  | "connection_failed"
  | "event_forgotten"
  | "gone"
  | "name_not_found"
  | "redirected"
  | "refused"
  | "secret_unreadable"
  | "timeout"
  | "tls_failed";

export interface VariantDraft {
  sku: string;
  name?: string | null;
  options?: Record<string, string>;
  prices: Record<string, number>;
  compare_at_prices?: Record<string, number>;
  cost_prices?: Record<string, number>;
  stock?: number | null;
  weight_grams?: number | null;
  length_mm?: number | null;
  width_mm?: number | null;
  height_mm?: number | null;
  /** Left out, it is `"standard"`. */
  tax_class?: string;
  media?: string | null;
  translations?: Record<string, string>;
}

/**
 * What is left out stays; lists and objects are replaced as a whole. A currency that is missing
 * from `prices` loses its compare-at price and its cost, too. A new variant needs prices.
 */
export interface VariantPatch {
  name?: string | null;
  options?: Record<string, string>;
  prices?: Record<string, number>;
  compare_at_prices?: Record<string, number>;
  cost_prices?: Record<string, number>;
  weight_grams?: number | null;
  length_mm?: number | null;
  width_mm?: number | null;
  height_mm?: number | null;
  tax_class?: string;
  media?: string | null;
  translations?: Record<string, string>;
  sku: string;
  stock?: number | null;
}

export interface VariantView {
  id: string;
  sku: string;
  name: string;
  options: Record<string, string>;
  /** In the currency's minor unit. */
  price: number;
  in_stock: boolean;
  available: number;
  /** In the currency's minor unit. */
  compare_at_price?: number;
  /** In the currency's minor unit. */
  lowest_price_30_days?: number;
  media?: string;
}

/** Whether the register knew the number when it was checked. */
export interface VatCheck {
  checked: boolean;
  at: string;
  reference?: string | null;
}

/** Whether invoices are chained for the Spanish tax agency. */
export type VerifactuMode = "disabled" | "enabled" | "test";

export interface VerificationDraft {
  token: string;
  /** Any characters. What is soon guessed is refused; mixtures are not asked for. */
  password?: string;
}

/** A known visitor, as we describe them to themselves; a key has a name and no address. */
export interface VisitorView {
  id: string;
  email: string | null;
  name: string;
  roles: string[];
}

export interface WebhookDraft {
  /** `https://…`, without a user or a fragment. */
  url: string;
  /** Names of events, `order.*` for all of a kind, or `*` for all. */
  types: string[];
  /** Who gets a mail when it is disabled. */
  owner_email: string;
  /** Left out, it is `""`. */
  description?: string;
  /**
   * True: each event only after the one before it was delivered or given up. Left out, it is
   * `false`.
   */
  ordered?: boolean;
  /** Left out, it is `true`. */
  active?: boolean;
}

export interface WebhookPage {
  items: WebhookView[];
  next_cursor: string | null;
}

export interface WebhookPatch {
  /** `https://…`, without a user or a fragment. */
  url?: string;
  /** Names of events, `order.*` for all of a kind, or `*` for all. */
  types?: string[];
  /** Who gets a mail when it is disabled. */
  owner_email?: string;
  description?: string;
  /** True: each event only after the one before it was delivered or given up. */
  ordered?: boolean;
  active?: boolean;
}

export type WebhookState = "active" | "disabled" | "paused" | "resting";

export interface WebhookView {
  id: string;
  /** `https://…`, without a user or a fragment. */
  url: string;
  /** Names of events, `order.*` for all of a kind, or `*` for all. */
  types: string[];
  description: string;
  /** Who gets a mail when it is disabled. */
  owner_email: string;
  /** True: each event only after the one before it was delivered or given up. */
  ordered: boolean;
  active: boolean;
  state: WebhookState;
  disabled: Disabled | null;
  old_secret_until: string | null;
  created_at: string;
  version: number;
}

/** The only answer with the secret: repeating the request by its idempotency key omits it. */
export interface WebhookWithSecret {
  id: string;
  /** `https://…`, without a user or a fragment. */
  url: string;
  /** Names of events, `order.*` for all of a kind, or `*` for all. */
  types: string[];
  description: string;
  /** Who gets a mail when it is disabled. */
  owner_email: string;
  /** True: each event only after the one before it was delivered or given up. */
  ordered: boolean;
  active: boolean;
  state: WebhookState;
  disabled: Disabled | null;
  old_secret_until: string | null;
  created_at: string;
  version: number;
  secret?: string | null;
}

/** Plain text with placeholders such as `{order_number}`; fields left out keep the default. */
export interface WordingDraft {
  subject?: string | null;
  heading?: string | null;
  intro?: string | null;
  closing?: string | null;
}

export interface WordingView {
  id: string;
  letter: string;
  locale: Locale;
  subject?: string | null;
  heading?: string | null;
  intro?: string | null;
  closing?: string | null;
  version: number;
}

/** The zone contains the addresses in any of its areas. */
export interface ZoneDraft {
  /** One line that is not blank. */
  name: string;
  areas: AreaDraft[];
}

/** What is left out stays; the areas are replaced as a whole. */
export interface ZonePatch {
  /** One line that is not blank. */
  name?: string;
  areas?: AreaDraft[];
}

export interface ZoneView {
  id: string;
  /** One line that is not blank. */
  name: string;
  areas: AreaDraft[];
  version: number;
}

export interface Zones {
  items: ZoneView[];
  next_cursor?: null;
}
