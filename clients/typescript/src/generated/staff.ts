// Written by `make clients` from the shop's OpenAPI document: do not edit it.
import { type Call, read, write, writeOnce } from "../call.js";
import type {
  Adjustment,
  ApiKeyDraft,
  ApiKeyMade,
  ApiKeys,
  BounceView,
  BulkFulfilment,
  BulkResults,
  BulkTags,
  CancellationDraft,
  CaptureDraft,
  CategoryDraft,
  CategoryMove,
  CategoryPatch,
  ChannelPatch,
  ChannelView,
  Completion,
  CountDraft,
  CountView,
  CouponDraft,
  CouponPage,
  CouponPatch,
  CouponView,
  CouponsMade,
  CouponsWanted,
  CustomerExport,
  CustomerGroupDraft,
  CustomerGroupPage,
  CustomerGroupPatch,
  CustomerGroupView,
  CustomerNoteDraft,
  CustomerNoteView,
  CustomerNotes,
  CustomerPage,
  CustomerView,
  DeliveryDetail,
  DeliveryPage,
  DeliveryState,
  DeliveryView,
  DraftOrderDraft,
  DraftOrderLink,
  DraftOrderPage,
  DraftOrderPatch,
  DraftOrderStatus,
  DraftOrderView,
  EarlyExchange,
  EventPage,
  EventView,
  ExchangeRateDraft,
  ExchangeRateView,
  ExchangeRates,
  Explanation,
  FulfilmentDraft,
  FulfilmentPatch,
  FulfilmentStatus,
  FulfilmentView,
  Fulfilments,
  GiftCardDetail,
  GiftCardDraft,
  GiftCardPage,
  GiftCardPatch,
  GiftCardRecipient,
  GiftCardView,
  GiftCardWithCode,
  GiftCardsIssued,
  GiftCardsReport,
  GiftCardsWanted,
  InvoiceKind,
  InvoicePage,
  InvoiceSettingsDraft,
  InvoiceSettingsView,
  InvoiceView,
  JobPage,
  JobStatus,
  JobView,
  LegalKind,
  LegalPageDraft,
  LetterList,
  LetterState,
  Level,
  ListedPrices,
  ListedPricesDraft,
  Locale,
  LocationDraft,
  LocationPatch,
  LocationView,
  Locations,
  MediaDraft,
  MediaPage,
  MediaPatch,
  MediaState,
  Member,
  MemberPage,
  MemberView,
  MovementDraft,
  NoteDraft,
  NoteView,
  OrderEditDraft,
  OrderEditView,
  OrderEdits,
  OrderPage,
  OrderPayments,
  OrderSort,
  OrderStatus,
  OrderView,
  Part,
  PaymentDue,
  PaymentLink,
  PaymentProviderDraft,
  PaymentProviderPatch,
  PaymentProviderView,
  PaymentProviders,
  PaymentStatus,
  PaymentsReport,
  PriceHistory,
  PriceListDraft,
  PriceListPatch,
  PriceListView,
  PriceLists,
  PricingDraft,
  PricingView,
  ProductDraft,
  ProductPatch,
  PromotionDraft,
  PromotionPage,
  PromotionPatch,
  PromotionView,
  ProviderCheck,
  Reason,
  RefundDraft,
  RefundView,
  Refundable,
  Refunds,
  ReplayView,
  ReplayWanted,
  ReturnApproval,
  ReturnClosing,
  ReturnPolicyPatch,
  ReturnPolicyView,
  ReturnReasonDraft,
  ReturnReasonPatch,
  ReturnReasonView,
  ReturnReasons,
  ReturnReceiptDraft,
  ReturnRefusal,
  ReturnState,
  Returnable,
  SalesReport,
  SentLetterPage,
  SentLetterView,
  Settlement,
  ShippingOptionDraft,
  ShippingOptionPatch,
  SimulationDraft,
  SimulationView,
  StaffCategories,
  StaffCategoryView,
  StaffInvitationDraft,
  StaffInvitationView,
  StaffInvitations,
  StaffLegalPageView,
  StaffLegalPages,
  StaffList,
  StaffMediaView,
  StaffPatch,
  StaffProductPage,
  StaffProductView,
  StaffReturnDraft,
  StaffReturnPage,
  StaffReturnView,
  StaffShippingOptionView,
  StaffShippingOptions,
  StaffView,
  StockLevels,
  StockMovementPage,
  StockPage,
  StockReport,
  StoreCreditDetail,
  StoreCreditDraft,
  StoreCreditPage,
  StoreCreditView,
  StorefrontPatch,
  StorefrontSettingsView,
  SuppressionPage,
  TagsDraft,
  TaxClassDraft,
  TaxClassPatch,
  TaxClassView,
  TaxClasses,
  TaxRateDraft,
  TaxRatePage,
  TaxRatePatch,
  TaxRateView,
  TaxReport,
  Timeline,
  TimelineSort,
  Trigger,
  WebhookDraft,
  WebhookPage,
  WebhookPatch,
  WebhookView,
  WebhookWithSecret,
  WordingDraft,
  WordingView,
  ZoneDraft,
  ZonePatch,
  ZoneView,
  Zones,
} from "./schemas.js";

/** List all products, newest first, unpublished ones too; q matches part of a name or SKU. */
export const listAllProducts = (input: {
  limit?: number;
  cursor?: string;
  q?: string;
} = {}): Call<StaffProductPage, "cursor-unusable"> =>
  read("/v1/admin/products", input);

/** Create a product with its variants, prices and first stock. */
export const createProduct = (input: { body: ProductDraft }): Call<
  StaffProductView,
  "category-unknown" | "cost-without-price" | "gift-card-variant-unusable" | "no-channel" |
  "no-such-currency" | "options-do-not-fit" | "picture-failed" | "picture-twice" | "picture-unknown"
  | "provider-field-missing" | "provider-field-unknown" | "provider-field-unusable" |
  "reduction-upwards" | "sku-taken" | "slug-needed" | "slug-taken" | "tax-class-unknown" |
  "token-unusable" | "translation-does-not-fit" | "variant-picture-unknown" | "variants-alike"
> =>
  write("POST", "/v1/admin/products", input);

/** Read a product with every language, currency and stock level. */
export const getProductForStaff = (input: { product_id: string }): Call<
  StaffProductView,
  "product-not-found"
> =>
  read("/v1/admin/products/{product_id}", input);

/** Delete a product permanently; orders keep their copy of its data. */
export const deleteProduct = (input: {
  product_id: string;
  if_match?: number;
}): Call<void, "media-store-away" | "product-changed" | "product-not-found" | "stock-promised"> =>
  write("DELETE", "/v1/admin/products/{product_id}", input);

/** Change only the fields that you send; variants are matched by SKU. */
export const changeProduct = (input: {
  product_id: string;
  if_match?: number;
  body: ProductPatch;
}): Call<
  StaffProductView,
  "category-unknown" | "cost-without-price" | "gift-card-variant-unusable" | "no-channel" |
  "no-such-currency" | "options-do-not-fit" | "picture-failed" | "picture-twice" | "picture-unknown"
  | "price-missing" | "product-changed" | "product-not-found" | "provider-field-missing" |
  "provider-field-unknown" | "provider-field-unusable" | "reduction-upwards" | "sku-taken" |
  "slug-taken" | "stock-only-moves" | "tax-class-unknown" | "token-unusable" |
  "translation-does-not-fit" | "variant-picture-unknown" | "variants-alike"
> =>
  write("PATCH", "/v1/admin/products/{product_id}", input);

/** Delete a variant with its stock, and answer with the product; orders keep their copy. */
export const deleteVariant = (input: {
  product_id: string;
  sku: string;
  if_match?: number;
}): Call<
  StaffProductView,
  "cost-without-price" | "gift-card-variant-unusable" | "last-variant" | "no-channel" |
  "no-such-currency" | "options-do-not-fit" | "product-changed" | "product-not-found" |
  "provider-field-missing" | "provider-field-unknown" | "provider-field-unusable" |
  "reduction-upwards" | "sku-taken" | "slug-taken" | "stock-promised" | "tax-class-unknown" |
  "token-unusable" | "translation-does-not-fit" | "variant-not-found" | "variants-alike"
> =>
  write("DELETE", "/v1/admin/products/{product_id}/variants/{sku}", input);

/** List all categories, each with its parent and its names in every language. */
export const listAllCategories = (): Call<StaffCategories> =>
  read("/v1/admin/categories", {});

/** Create a category, at the top level or inside another, at most 10 levels deep. */
export const createCategory = (input: { body: CategoryDraft }): Call<
  StaffCategoryView,
  "categories-full" | "category-inside-itself" | "category-not-found" | "category-slug-taken" |
  "category-too-deep" | "media-store-away" | "parent-unknown" | "picture-empty" |
  "picture-format-unknown" | "picture-too-large" | "provider-field-missing" |
  "provider-field-unknown" | "provider-field-unusable" | "slug-needed" | "token-unusable"
> =>
  write("POST", "/v1/admin/categories", input);

/** Read a category. */
export const getCategory = (input: { category_id: string }): Call<
  StaffCategoryView,
  "category-not-found"
> =>
  read("/v1/admin/categories/{category_id}", input);

/** Delete a category without subcategories; its products stay in the shop. */
export const deleteCategory = (input: {
  category_id: string;
  if_match?: number;
}): Call<
  void,
  "category-changed" | "category-not-empty" | "category-not-found" | "media-store-away" |
  "picture-empty" | "picture-format-unknown" | "picture-too-large" | "provider-field-missing" |
  "provider-field-unknown" | "provider-field-unusable" | "token-unusable"
> =>
  write("DELETE", "/v1/admin/categories/{category_id}", input);

/** Rename, reorder or move a category with its subcategories; product lists change at once. */
export const changeCategory = (input: {
  category_id: string;
  if_match?: number;
  body: CategoryPatch;
}): Call<
  StaffCategoryView,
  "category-changed" | "category-inside-itself" | "category-not-found" | "category-slug-taken" |
  "category-too-deep" | "media-store-away" | "no-channel" | "parent-unknown" | "picture-empty" |
  "picture-format-unknown" | "picture-too-large" | "provider-field-missing" |
  "provider-field-unknown" | "provider-field-unusable" | "token-unusable"
> =>
  write("PATCH", "/v1/admin/categories/{category_id}", input);

/** Put a category before another one, or at the end of a parent, with its subcategories. */
export const moveCategory = (input: {
  category_id: string;
  if_match?: number;
  body: CategoryMove;
}): Call<
  StaffCategoryView,
  "category-changed" | "category-inside-itself" | "category-not-beside" | "category-not-found" |
  "category-too-deep" | "media-store-away" | "no-channel" | "parent-unknown" | "picture-empty" |
  "picture-format-unknown" | "picture-too-large" | "provider-field-missing" |
  "provider-field-unknown" | "provider-field-unusable" | "token-unusable"
> =>
  write("POST", "/v1/admin/categories/{category_id}/move", input);

/** List pictures, the newest first; q matches part of a file's name. */
export const listMedia = (input: {
  limit?: number;
  cursor?: string;
  q?: string;
  state?: MediaState;
} = {}): Call<MediaPage, "cursor-unusable"> =>
  read("/v1/admin/media", input);

/** Upload a picture as a form with a file, or have it fetched from a public address. */
export const uploadMedia = (input: { body: MediaDraft | FormData }): Call<
  StaffMediaView,
  "form-malformed" | "media-store-away" | "no-channel" | "picture-empty" | "picture-format-unknown"
  | "picture-not-fetched" | "picture-too-large" | "picture-url-unusable" | "provider-field-missing"
  | "provider-field-unknown" | "provider-field-unusable" | "token-unusable" | "too-often" |
  "upload-unclear"
> =>
  write("POST", "/v1/admin/media", input);

/** Read a picture: its state, and the addresses of its files. */
export const getMedia = (input: { media_id: string }): Call<StaffMediaView, "media-not-found"> =>
  read("/v1/admin/media/{media_id}", input);

/** Delete a picture that no product shows. */
export const deleteMedia = (input: { media_id: string; if_match?: number }): Call<
  void,
  "media-changed" | "media-in-use" | "media-is-logo" | "media-not-found" | "media-store-away"
> =>
  write("DELETE", "/v1/admin/media/{media_id}", input);

/** Replace the texts with which products begin that are given the picture from now on. */
export const changeMedia = (input: {
  media_id: string;
  if_match?: number;
  body: MediaPatch;
}): Call<StaffMediaView, "media-changed" | "media-not-found" | "no-channel"> =>
  write("PATCH", "/v1/admin/media/{media_id}", input);

/** List the stock of all variants at all locations, by SKU. */
export const listStock = (input: {
  limit?: number;
  cursor?: string;
  sku?: string;
  product_id?: string;
  location?: string;
  available_below?: number;
  reserved?: boolean;
} = {}): Call<StockPage, "cursor-unusable"> =>
  read("/v1/admin/stock", input);

/** List the units of a SKU at each location, and how many of them are reserved. */
export const getStock = (input: { sku: string }): Call<StockLevels, "stock-not-found"> =>
  read("/v1/admin/stock/{sku}", input);

/** List what moved the stock of a SKU, the newest first. */
export const listMovements = (input: {
  sku: string;
  limit?: number;
  cursor?: string;
  location?: string;
  reason?: Reason;
}): Call<StockMovementPage, "cursor-unusable" | "stock-not-found"> =>
  read("/v1/admin/stock/{sku}/movements", input);

/** Add units (positive) or remove them (negative), with a reason that the ledger records. */
export const moveStock = (input: {
  sku: string;
  if_match?: number;
  body: MovementDraft;
}): Call<Level, "nothing-moved" | "stock-not-found" | "stock-promised"> =>
  write("POST", "/v1/admin/stock/{sku}/movements", input);

/** Say how many units were counted at a location; the difference becomes a movement. */
export const countStock = (input: {
  sku: string;
  if_match?: number;
  body: CountDraft;
}): Call<CountView, "stock-moved" | "stock-not-found" | "stock-promised"> =>
  write("POST", "/v1/admin/stock/{sku}/counts", input);

/** List the stock locations, in the order in which orders take stock from them. */
export const listLocations = (): Call<Locations> =>
  read("/v1/admin/locations", {});

/** Create a stock location; stock is added to it by movements with its code. */
export const createLocation = (input: { body: LocationDraft }): Call<
  LocationView,
  "location-code-taken"
> =>
  write("POST", "/v1/admin/locations", input);

/** Read a location. */
export const getLocation = (input: { location_id: string }): Call<
  LocationView,
  "location-not-found"
> =>
  read("/v1/admin/locations/{location_id}", input);

/** Delete a location that has never had stock. */
export const deleteLocation = (input: {
  location_id: string;
  if_match?: number;
}): Call<
  void,
  "location-changed" | "location-in-use" | "location-not-found" | "main-location-needed" |
  "media-store-away"
> =>
  write("DELETE", "/v1/admin/locations/{location_id}", input);

/** Rename a location, or change its order; its code never changes. */
export const changeLocation = (input: {
  location_id: string;
  if_match?: number;
  body: LocationPatch;
}): Call<LocationView, "location-changed" | "location-not-found"> =>
  write("PATCH", "/v1/admin/locations/{location_id}", input);

/** List orders, the newest first. */
export const listAllOrders = (input: {
  limit?: number;
  cursor?: string;
  sort?: OrderSort;
  q?: string;
  number?: number;
  customer_id?: string;
  email?: string;
  name?: string;
  sku?: string;
  tag?: string;
  status?: OrderStatus;
  payment_status?: PaymentStatus;
  fulfilment_status?: FulfilmentStatus;
  placed_from?: string;
  placed_until?: string;
  currency?: string;
  total_min?: number;
  total_max?: number;
} = {}): Call<
  OrderPage,
  "currency-missing" | "cursor-unusable" | "order-not-found" | "search-ambiguous" |
  "time-zone-missing" | "too-many-tags"
> =>
  read("/v1/admin/orders", input);

/** Read an order. */
export const getOrderForStaff = (input: { order_id: string }): Call<OrderView, "order-not-found"> =>
  read("/v1/admin/orders/{order_id}", input);

/** Say where each part of an order's total comes from, as it was when it was placed. */
export const explainOrder = (input: { order_id: string }): Call<
  Explanation,
  "nothing-kept" | "order-not-found"
> =>
  read("/v1/admin/orders/{order_id}/explanation", input);

/** Capture what is held for an order; where nothing is, note that its money has come. */
export const captureOrder = (input: {
  order_id: string;
  if_match?: number;
  body?: CaptureDraft;
}): Call<
  OrderView,
  "capture-refused" | "capture-too-large" | "coupon-used-up" | "coupon-used-up-by-you" |
  "credit-spent" | "no-channel" | "order-already-paid" | "order-changed" | "order-not-captured" |
  "order-not-found" | "out-of-stock" | "payment-busy" | "payment-unclear" | "picture-empty" |
  "picture-format-unknown" | "picture-too-large" | "promotion-used-up" | "provider-field-missing" |
  "provider-field-unknown" | "provider-field-unusable" | "provider-unknown" |
  "store-credit-not-found" | "token-unusable" | "too-many-orders"
> =>
  write("POST", "/v1/admin/orders/{order_id}/capture", input);

/** Call off an order of which nothing was sent; its stock can be sold again. */
export const cancelOrder = (input: { order_id: string; if_match?: number }): Call<
  OrderView,
  "coupon-used-up" | "coupon-used-up-by-you" | "credit-spent" | "credit-unusable" |
  "fulfilment-not-found" | "gift-card-used" | "invoice-not-found" | "invoice-settings-missing" |
  "more-than-invoiced" | "more-than-sent" | "no-channel" | "no-customer-account" |
  "nothing-promised" | "order-changed" | "order-not-found" | "order-not-invoiced" | "order-too-old"
  | "out-of-stock" | "payment-busy" | "payment-unclear" | "picture-empty" | "picture-format-unknown"
  | "picture-too-large" | "promotion-used-up" | "provider-field-missing" | "provider-field-unknown"
  | "provider-field-unusable" | "provider-unknown" | "refund-not-allowed" | "refund-too-large" |
  "store-credit-not-found" | "token-unusable" | "too-many-orders" | "verifactu-in-euros"
> =>
  write("POST", "/v1/admin/orders/{order_id}/cancel", input);

/** Give the buyer of an unpaid order another time to pay, or no end (null). */
export const setPaymentDue = (input: {
  order_id: string;
  if_match?: number;
  body: PaymentDue;
}): Call<
  OrderView,
  "order-already-paid" | "order-changed" | "order-not-found" | "payment-due-unusable"
> =>
  write("PUT", "/v1/admin/orders/{order_id}/payment-due", input);

/** List the parcels of an order, in the order of their numbers. */
export const listOrderFulfilments = (input: { order_id: string }): Call<
  Fulfilments,
  "order-not-found"
> =>
  read("/v1/admin/orders/{order_id}/fulfilments", input);

/** Send units of an order as one parcel: they leave the stock now. */
export const fulfilOrder = (input: {
  order_id: string;
  if_match?: number;
  body: FulfilmentDraft;
}): Call<
  OrderView,
  "capture-refused" | "capture-too-large" | "coupon-used-up" | "coupon-used-up-by-you" |
  "credit-spent" | "fulfilment-not-found" | "gift-card-not-shipped" | "line-not-in-order" |
  "more-than-ordered" | "no-channel" | "nothing-promised" | "nothing-reserved-there" |
  "order-already-paid" | "order-changed" | "order-not-found" | "order-ready-for-pickup" |
  "out-of-stock" | "payment-busy" | "payment-unclear" | "pickup-not-offered" | "picture-empty" |
  "picture-format-unknown" | "picture-too-large" | "promotion-used-up" | "provider-field-missing" |
  "provider-field-unknown" | "provider-field-unusable" | "provider-unknown" |
  "store-credit-not-found" | "token-unusable" | "too-many-orders"
> =>
  write("POST", "/v1/admin/orders/{order_id}/fulfilments", input);

/** Read a parcel. */
export const getFulfilment = (input: { fulfilment_id: string }): Call<
  FulfilmentView,
  "fulfilment-not-found"
> =>
  read("/v1/admin/fulfilments/{fulfilment_id}", input);

/** Change the carrier, tracking or label of a parcel. */
export const changeFulfilment = (input: {
  fulfilment_id: string;
  if_match?: number;
  body: FulfilmentPatch;
}): Call<
  FulfilmentView,
  "fulfilment-changed" | "fulfilment-not-found" | "order-changed" | "order-not-found"
> =>
  write("PATCH", "/v1/admin/fulfilments/{fulfilment_id}", input);

/** Note that the buyer has picked a parcel up: its units leave the stock now. */
export const collectFulfilment = (input: {
  fulfilment_id: string;
  if_match?: number;
}): Call<
  FulfilmentView,
  "fulfilment-changed" | "fulfilment-not-found" | "fulfilment-not-ready" | "no-channel" |
  "order-changed" | "order-not-found"
> =>
  write("POST", "/v1/admin/fulfilments/{fulfilment_id}/collected", input);

/** Note that a parcel has reached the buyer. */
export const deliverFulfilment = (input: {
  fulfilment_id: string;
  if_match?: number;
}): Call<
  FulfilmentView,
  "fulfilment-changed" | "fulfilment-not-found" | "fulfilment-not-on-its-way" | "order-changed" |
  "order-not-found"
> =>
  write("POST", "/v1/admin/fulfilments/{fulfilment_id}/delivered", input);

/** Unpack a parcel that was not picked up; its units can be put into another one. */
export const cancelFulfilment = (input: {
  fulfilment_id: string;
  if_match?: number;
}): Call<
  FulfilmentView,
  "fulfilment-changed" | "fulfilment-not-found" | "fulfilment-not-ready" | "order-changed" |
  "order-not-found"
> =>
  write("POST", "/v1/admin/fulfilments/{fulfilment_id}/cancel", input);

/** Give an order these tags and no others. */
export const tagOrder = (input: {
  order_id: string;
  if_match?: number;
  body: TagsDraft;
}): Call<OrderView, "order-changed" | "order-not-found" | "too-many-tags"> =>
  write("PUT", "/v1/admin/orders/{order_id}/tags", input);

/** Add a note to an order. */
export const noteOrder = (input: {
  order_id: string;
  if_match?: number;
  body: NoteDraft;
}): Call<NoteView, "order-changed" | "order-not-found"> =>
  write("POST", "/v1/admin/orders/{order_id}/notes", input);

/** List what happened around an order, and who did it: events, payments, emails and notes. */
export const getTimeline = (input: {
  order_id: string;
  limit?: number;
  cursor?: string;
  sort?: TimelineSort;
}): Call<Timeline, "cursor-unusable" | "order-not-found"> =>
  read("/v1/admin/orders/{order_id}/timeline", input);

/** Send all that is left of each of these orders; each has a result of its own. */
export const fulfilOrders = (input: { body: BulkFulfilment }): Call<
  BulkResults,
  "capture-refused" | "capture-too-large" | "coupon-used-up" | "coupon-used-up-by-you" |
  "credit-spent" | "fulfilment-not-found" | "gift-card-not-shipped" | "line-not-in-order" |
  "more-than-ordered" | "no-channel" | "nothing-promised" | "nothing-reserved-there" |
  "order-already-paid" | "order-changed" | "order-not-found" | "order-ready-for-pickup" |
  "out-of-stock" | "payment-busy" | "payment-unclear" | "pickup-not-offered" | "picture-empty" |
  "picture-format-unknown" | "picture-too-large" | "promotion-used-up" | "provider-field-missing" |
  "provider-field-unknown" | "provider-field-unusable" | "provider-unknown" |
  "store-credit-not-found" | "token-unusable" | "too-many-orders"
> =>
  write("POST", "/v1/admin/orders/bulk/fulfil", input);

/** Add tags to each of these orders and take others away; each has a result of its own. */
export const tagOrders = (input: { body: BulkTags }): Call<
  BulkResults,
  "order-changed" | "order-not-found" | "too-many-tags"
> =>
  write("POST", "/v1/admin/orders/bulk/tags", input);

/** List the edits of an order with what each replaced, the oldest first. */
export const listOrderEdits = (input: { order_id: string }): Call<OrderEdits, "order-not-found"> =>
  read("/v1/admin/orders/{order_id}/edits", input);

/** Change what an open order contains, where it goes, or what it costs. */
export const editOrder = (input: {
  order_id: string;
  if_match?: number;
  body: OrderEditDraft;
}): Call<
  OrderEditView,
  "cart-full" | "cart-merged" | "cart-not-found" | "country-not-served" | "country-unknown" |
  "coupon-used-up" | "coupon-used-up-by-you" | "credit-unusable" | "edit-line-unknown" |
  "gift-cards-not-edited" | "invoice-not-found" | "invoice-settings-missing" | "less-than-refunded"
  | "line-gone" | "line-named-twice" | "line-sent" | "media-store-away" | "more-than-invoiced" |
  "nothing-edited" | "nothing-kept" | "nothing-promised" | "order-changed" | "order-empty" |
  "order-not-captured" | "order-not-found" | "order-not-invoiced" | "order-too-old" | "out-of-stock"
  | "payment-busy" | "picture-empty" | "picture-format-unknown" | "picture-too-large" |
  "promotion-used-up" | "provider-field-missing" | "provider-field-unknown" |
  "provider-field-unusable" | "shipping-option-not-found" | "sku-unknown" | "tax-class-unknown" |
  "tax-exchange-rate-missing" | "tax-unavailable" | "tax-undecided" | "token-unusable" |
  "verifactu-in-euros"
> =>
  write("POST", "/v1/admin/orders/{order_id}/edits", input);

/** List draft orders, the newest first. */
export const listDraftOrders = (input: {
  limit?: number;
  cursor?: string;
  status?: DraftOrderStatus;
  expired?: boolean;
} = {}): Call<DraftOrderPage, "cursor-unusable"> =>
  read("/v1/admin/draft-orders", input);

/** Put an order together for a buyer. */
export const createDraftOrder = (input: { body: DraftOrderDraft }): Call<
  DraftOrderView,
  "address-unusable" | "cart-full" | "cart-merged" | "cart-not-found" | "country-unknown" |
  "currency-unknown" | "discount-unclear" | "draft-order-customer-unknown" | "draft-order-empty" |
  "draft-order-sku-twice" | "gift-card-price-fixed" | "media-store-away" | "no-channel" |
  "nothing-promised" | "out-of-stock" | "price-reason-missing" | "provider-field-missing" |
  "provider-field-unknown" | "provider-field-unusable" | "reservation-over" |
  "shipping-option-not-found" | "sku-unknown" | "tax-class-unknown" | "token-unusable"
> =>
  write("POST", "/v1/admin/draft-orders", input);

/** Read a draft order at the prices of now; problems lists why it cannot be an order yet. */
export const getDraftOrder = (input: { draft_id: string }): Call<
  DraftOrderView,
  "cart-full" | "cart-merged" | "cart-not-found" | "draft-order-changed" | "draft-order-not-found" |
  "media-store-away"
> =>
  read("/v1/admin/draft-orders/{draft_id}", input);

/** Delete a draft order that is no order yet. */
export const deleteDraftOrder = (input: {
  draft_id: string;
  if_match?: number;
}): Call<
  void,
  "draft-order-changed" | "draft-order-not-found" | "media-store-away" | "nothing-promised" |
  "out-of-stock"
> =>
  write("DELETE", "/v1/admin/draft-orders/{draft_id}", input);

/** Change a draft order that is no order yet, also one that was sent. */
export const changeDraftOrder = (input: {
  draft_id: string;
  if_match?: number;
  body: DraftOrderPatch;
}): Call<
  DraftOrderView,
  "address-unusable" | "cart-full" | "cart-merged" | "cart-not-found" | "country-unknown" |
  "discount-unclear" | "draft-order-changed" | "draft-order-customer-unknown" | "draft-order-empty"
  | "draft-order-not-found" | "draft-order-sku-twice" | "gift-card-price-fixed" | "media-store-away"
  | "nothing-promised" | "out-of-stock" | "price-reason-missing" | "provider-field-missing" |
  "provider-field-unknown" | "provider-field-unusable" | "reservation-over" |
  "shipping-option-not-found" | "sku-unknown" | "tax-class-unknown" | "token-unusable"
> =>
  write("PATCH", "/v1/admin/draft-orders/{draft_id}", input);

/** Mail the buyer what was put together for them, with a link to order it, and return the link. */
export const sendDraftOrder = (input: {
  draft_id: string;
  if_match?: number;
}): Call<
  DraftOrderLink,
  "cart-full" | "cart-merged" | "cart-not-found" | "cart-not-ready" | "draft-order-changed" |
  "draft-order-not-found" | "media-store-away" | "out-of-stock"
> =>
  write("POST", "/v1/admin/draft-orders/{draft_id}/send", input);

/** Turn a draft order into an order: unpaid, or with paid as if its money had come. */
export const completeDraftOrder = (input: {
  draft_id: string;
  if_match?: number;
  body?: Completion;
}): Call<
  OrderView,
  "amount-due-changed" | "cart-changed" | "cart-full" | "cart-merged" | "cart-not-found" |
  "cart-not-ready" | "coupon-used-up" | "coupon-used-up-by-you" | "credit-spent" |
  "draft-order-changed" | "draft-order-not-found" | "media-store-away" | "no-channel" |
  "order-changed" | "order-not-found" | "out-of-stock" | "payment-missing" | "picture-empty" |
  "picture-format-unknown" | "picture-too-large" | "promotion-used-up" | "provider-field-missing" |
  "provider-field-unknown" | "provider-field-unusable" | "store-credit-not-found" | "token-unusable"
  | "too-many-orders" | "total-changed"
> =>
  write("POST", "/v1/admin/draft-orders/{draft_id}/complete", input);

/** List what pays an order, the oldest first: refunds go back through them in this order. */
export const listOrderPayments = (input: { order_id: string }): Call<
  OrderPayments,
  "order-not-found"
> =>
  read("/v1/admin/orders/{order_id}/payments", input);

/** Mail the buyer a link to pay what is still to be paid of an order; it is good for 90 days. */
export const sendPaymentLink = (input: {
  order_id: string;
  if_match?: number;
}): Call<PaymentLink, "order-already-paid" | "order-changed" | "order-not-found"> =>
  write("POST", "/v1/admin/orders/{order_id}/payment-link", input);

/** Say what can still be paid back of an order: units and amounts of lines, and shipping. */
export const getRefundable = (input: { order_id: string }): Call<Refundable, "order-not-found"> =>
  read("/v1/admin/orders/{order_id}/refundable", input);

/** List the refunds of an order, the oldest first. */
export const listOrderRefunds = (input: { order_id: string }): Call<Refunds, "order-not-found"> =>
  read("/v1/admin/orders/{order_id}/refunds", input);

/** Pay back lines, shipping, or an amount; together never more than was captured. */
export const refundOrder = (input: {
  order_id: string;
  if_match?: number;
  body: RefundDraft;
}): Call<
  RefundView,
  "credit-unusable" | "gift-card-used" | "invoice-not-found" | "invoice-settings-missing" |
  "more-than-invoiced" | "more-than-left" | "more-than-sent" | "no-customer-account" |
  "nothing-promised" | "nothing-to-refund" | "order-changed" | "order-not-captured" |
  "order-not-found" | "order-not-invoiced" | "order-too-old" | "payment-busy" | "picture-empty" |
  "picture-format-unknown" | "picture-too-large" | "provider-field-missing" |
  "provider-field-unknown" | "provider-field-unusable" | "refund-empty" | "refund-line-unknown" |
  "refund-too-large" | "store-credit-not-found" | "token-unusable" | "verifactu-in-euros"
> =>
  write("POST", "/v1/admin/orders/{order_id}/refunds", input);

/** Read a refund. */
export const getRefund = (input: { refund_id: string }): Call<RefundView, "refund-not-found"> =>
  read("/v1/admin/refunds/{refund_id}", input);

/** Ask the provider once more to pay back what it refused. */
export const retryRefund = (input: { refund_id: string; if_match?: number }): Call<
  RefundView,
  "refund-changed" | "refund-not-failed" | "refund-not-found"
> =>
  write("POST", "/v1/admin/refunds/{refund_id}/retry", input);

/** Give up a refund that its provider refused: it can be granted anew, or otherwise. */
export const withdrawRefund = (input: {
  refund_id: string;
  if_match?: number;
}): Call<
  RefundView,
  "invoice-cancelled" | "invoice-corrected" | "invoice-not-found" | "no-channel" | "order-changed" |
  "order-not-found" | "refund-changed" | "refund-not-failed" | "refund-not-found" | "refund-owed"
> =>
  write("POST", "/v1/admin/refunds/{refund_id}/withdraw", input);

/** List gift cards, the newest first: all, or by the end of the code, recipient or order. */
export const listGiftCards = (input: {
  limit?: number;
  cursor?: string;
  last_characters?: string;
  email?: string;
  order_id?: string;
} = {}): Call<GiftCardPage, "cursor-unusable"> =>
  read("/v1/admin/gift-cards", input);

/** Issue a gift card. */
export const issueGiftCard = (input: { body: GiftCardDraft }): Call<
  GiftCardWithCode,
  "address-unusable" | "country-unknown" | "currency-unknown" | "gift-card-changed" |
  "gift-card-expiry-unusable" | "gift-card-not-found" | "no-channel"
> =>
  write("POST", "/v1/admin/gift-cards", input);

/** Issue up to 1,000 gift cards of one amount; the answer has their codes, this once. */
export const issueGiftCards = (input: { body: GiftCardsWanted }): Call<
  GiftCardsIssued,
  "country-unknown" | "currency-unknown" | "gift-card-expiry-unusable" | "no-channel"
> =>
  write("POST", "/v1/admin/gift-cards/bulk", input);

/** Read a gift card and what has changed its balance. */
export const getGiftCard = (input: { card_id: string }): Call<
  GiftCardDetail,
  "gift-card-not-found"
> =>
  read("/v1/admin/gift-cards/{card_id}", input);

/** Disable or enable a gift card, change its note, or give it another time to expire. */
export const changeGiftCard = (input: {
  card_id: string;
  if_match?: number;
  body: GiftCardPatch;
}): Call<
  GiftCardView,
  "balance-too-low" | "gift-card-changed" | "gift-card-expiry-unusable" | "gift-card-not-found"
> =>
  write("PATCH", "/v1/admin/gift-cards/{card_id}", input);

/** Add to the balance of a gift card, or take from it, with a reason. */
export const adjustGiftCard = (input: {
  card_id: string;
  if_match?: number;
  body: Adjustment;
}): Call<
  GiftCardView,
  "balance-too-low" | "gift-card-changed" | "gift-card-expired" | "gift-card-not-found" |
  "nothing-adjusted"
> =>
  write("POST", "/v1/admin/gift-cards/{card_id}/adjustments", input);

/** Send a gift card by email, with a new code: the previous code opens nothing any more. */
export const sendGiftCard = (input: {
  card_id: string;
  if_match?: number;
  body: GiftCardRecipient;
}): Call<
  GiftCardView,
  "address-unusable" | "gift-card-changed" | "gift-card-disabled" | "gift-card-expired" |
  "gift-card-not-found" | "no-channel"
> =>
  write("POST", "/v1/admin/gift-cards/{card_id}/send", input);

/** List customers' store credit, the newest first, or that of one address. */
export const listStoreCredit = (input: {
  limit?: number;
  cursor?: string;
  email?: string;
} = {}): Call<StoreCreditPage, "cursor-unusable"> =>
  read("/v1/admin/store-credit", input);

/** Give a customer store credit with a reason; a negative amount takes some of it. */
export const giveStoreCredit = (input: { body: StoreCreditDraft }): Call<
  StoreCreditView,
  "balance-too-low" | "currency-unknown" | "customer-unknown" | "no-channel" | "nothing-adjusted" |
  "store-credit-not-found"
> =>
  write("POST", "/v1/admin/store-credit", input);

/** Read a customer's store credit in one currency, and what has changed its balance. */
export const getStoreCredit = (input: { account_id: string }): Call<
  StoreCreditDetail,
  "store-credit-not-found"
> =>
  read("/v1/admin/store-credit/{account_id}", input);

/** Add to store credit, or take from it, with a reason. */
export const adjustStoreCredit = (input: {
  account_id: string;
  if_match?: number;
  body: Adjustment;
}): Call<
  StoreCreditView,
  "balance-too-low" | "nothing-adjusted" | "store-credit-changed" | "store-credit-not-found"
> =>
  write("POST", "/v1/admin/store-credit/{account_id}/adjustments", input);

/** List the payment providers, in the order in which buyers are offered them. */
export const listPaymentProviders = (): Call<PaymentProviders> =>
  read("/v1/admin/payment-providers", {});

/** Connect an account at a payment provider. */
export const createPaymentProvider = (input: { body: PaymentProviderDraft }): Call<
  PaymentProviderView,
  "channel-unknown" | "country-unknown" | "no-such-currency" | "payment-provider-name-taken" |
  "payment-providers-full" | "picture-empty" | "picture-format-unknown" | "picture-too-large" |
  "provider-field-missing" | "provider-field-unknown" | "provider-field-unusable" |
  "provider-kind-unknown" | "token-unusable"
> =>
  write("POST", "/v1/admin/payment-providers", input);

/** Read a payment provider; of its credentials, the last four characters at most. */
export const getPaymentProvider = (input: { provider_id: string }): Call<
  PaymentProviderView,
  "payment-provider-not-found"
> =>
  read("/v1/admin/payment-providers/{provider_id}", input);

/** Delete a payment provider that has never taken a payment; others can be disabled. */
export const deletePaymentProvider = (input: {
  provider_id: string;
  if_match?: number;
}): Call<
  void,
  "media-store-away" | "payment-provider-changed" | "payment-provider-in-use" |
  "payment-provider-not-found" | "picture-empty" | "picture-format-unknown" | "picture-too-large" |
  "provider-field-missing" | "provider-field-unknown" | "provider-field-unusable" |
  "provider-kind-unknown" | "token-unusable"
> =>
  write("DELETE", "/v1/admin/payment-providers/{provider_id}", input);

/** Change a payment provider; credentials that are not named stay as they are. */
export const changePaymentProvider = (input: {
  provider_id: string;
  if_match?: number;
  body: PaymentProviderPatch;
}): Call<
  PaymentProviderView,
  "channel-unknown" | "country-unknown" | "no-such-currency" | "payment-provider-changed" |
  "payment-provider-name-taken" | "payment-provider-not-found" | "picture-empty" |
  "picture-format-unknown" | "picture-too-large" | "provider-field-missing" |
  "provider-field-unknown" | "provider-field-unusable" | "provider-kind-unknown" | "token-unusable"
> =>
  write("PATCH", "/v1/admin/payment-providers/{provider_id}", input);

/** Ask the provider whether the saved credentials work. */
export const checkPaymentProvider = (input: { provider_id: string }): Call<
  ProviderCheck,
  "payment-provider-not-found" | "picture-empty" | "picture-format-unknown" | "picture-too-large" |
  "provider-field-missing" | "provider-field-unknown" | "provider-field-unusable" |
  "provider-kind-unknown" | "token-unusable"
> =>
  writeOnce("POST", "/v1/admin/payment-providers/{provider_id}/check", input);

/** List returns, the newest first. */
export const listAllReturns = (input: {
  limit?: number;
  cursor?: string;
  status?: ReturnState;
  reason?: string;
  order_number?: number;
} = {}): Call<StaffReturnPage, "cursor-unusable"> =>
  read("/v1/admin/returns", input);

/** Read a return. */
export const getReturn = (input: { return_id: string }): Call<
  StaffReturnView,
  "return-not-found"
> =>
  read("/v1/admin/returns/{return_id}", input);

/** Say what closing a return would pay back now, without doing it. */
export const previewSettlement = (input: {
  return_id: string;
  body: ReturnClosing;
}): Call<Settlement, "order-not-found" | "refund-too-large" | "return-not-found"> =>
  writeOnce("POST", "/v1/admin/returns/{return_id}/settlement", input);

/** Let the goods come; the customer is told how by mail. */
export const approveReturn = (input: {
  return_id: string;
  if_match?: number;
  body: ReturnApproval;
}): Call<
  StaffReturnView,
  "gift-card-not-exchanged" | "nothing-promised" | "order-changed" | "order-not-found" |
  "out-of-stock" | "return-changed" | "return-not-found" | "sku-unknown"
> =>
  write("POST", "/v1/admin/returns/{return_id}/approve", input);

/** Refuse a return; the customer is told why by mail. */
export const refuseReturn = (input: {
  return_id: string;
  if_match?: number;
  body: ReturnRefusal;
}): Call<
  StaffReturnView,
  "order-changed" | "order-not-found" | "return-changed" | "return-not-found"
> =>
  write("POST", "/v1/admin/returns/{return_id}/refuse", input);

/** Give a return up for its customer, before anything has arrived. */
export const withdrawReturn = (input: {
  return_id: string;
  if_match?: number;
}): Call<
  StaffReturnView,
  "nothing-promised" | "order-changed" | "order-not-found" | "out-of-stock" | "return-changed" |
  "return-not-found"
> =>
  write("POST", "/v1/admin/returns/{return_id}/withdraw", input);

/** Note goods that arrived, all or a part: each is restocked or written off at once. */
export const receiveReturn = (input: {
  return_id: string;
  if_match?: number;
  body: ReturnReceiptDraft;
}): Call<
  StaffReturnView,
  "location-unknown" | "more-than-expected" | "more-than-sent" | "order-changed" | "order-not-found"
  | "return-changed" | "return-line-unknown" | "return-not-expected" | "return-not-found"
> =>
  write("POST", "/v1/admin/returns/{return_id}/receipts", input);

/** Order what is wanted instead before the goods have arrived, so that it can be sent at once. */
export const exchangeReturn = (input: {
  return_id: string;
  if_match?: number;
  body: EarlyExchange;
}): Call<
  StaffReturnView,
  "amount-due-changed" | "cart-changed" | "cart-closed" | "cart-full" | "cart-merged" |
  "cart-not-found" | "cart-not-ready" | "checkout-in-progress" | "coupon-used-up" |
  "coupon-used-up-by-you" | "credit-spent" | "exchange-not-shippable" | "media-store-away" |
  "no-channel" | "nothing-promised" | "nothing-wanted" | "order-changed" | "order-not-found" |
  "out-of-stock" | "payment-missing" | "picture-empty" | "picture-format-unknown" |
  "picture-too-large" | "promotion-used-up" | "provider-field-missing" | "provider-field-unknown" |
  "provider-field-unusable" | "quantity-too-large" | "return-changed" | "return-exchanged" |
  "return-not-exchangeable" | "return-not-found" | "return-refund-not-allowed" |
  "shipping-option-not-found" | "sku-unknown" | "store-credit-not-found" | "token-unusable" |
  "too-many-orders" | "total-changed"
> =>
  write("POST", "/v1/admin/returns/{return_id}/exchange", input);

/** Settle what arrived, and expect nothing more. */
export const closeReturn = (input: {
  return_id: string;
  if_match?: number;
  body: ReturnClosing;
}): Call<
  StaffReturnView,
  "amount-due-changed" | "cart-changed" | "cart-closed" | "cart-full" | "cart-merged" |
  "cart-not-found" | "cart-not-ready" | "checkout-in-progress" | "coupon-used-up" |
  "coupon-used-up-by-you" | "credit-spent" | "credit-unusable" | "exchange-not-shippable" |
  "gift-card-used" | "invoice-not-found" | "invoice-settings-missing" | "media-store-away" |
  "more-than-invoiced" | "more-than-sent" | "no-channel" | "no-customer-account" |
  "nothing-promised" | "order-changed" | "order-not-captured" | "order-not-found" |
  "order-not-invoiced" | "order-too-old" | "out-of-stock" | "payment-busy" | "payment-missing" |
  "picture-empty" | "picture-format-unknown" | "picture-too-large" | "promotion-used-up" |
  "provider-field-missing" | "provider-field-unknown" | "provider-field-unusable" |
  "quantity-too-large" | "refund-too-large" | "return-changed" | "return-exchanged" |
  "return-not-found" | "return-refund-not-allowed" | "shipping-option-not-found" | "sku-unknown" |
  "store-credit-not-found" | "token-unusable" | "too-many-orders" | "total-changed" |
  "verifactu-in-euros"
> =>
  write("POST", "/v1/admin/returns/{return_id}/close", input);

/** Say what of an order can be returned, also when the customer's time for it has ended. */
export const getReturnableForStaff = (input: { order_id: string }): Call<
  Returnable,
  "no-channel" | "order-not-found"
> =>
  read("/v1/admin/orders/{order_id}/returnable", input);

/** Make a return for a customer. */
export const makeReturn = (input: {
  order_id: string;
  if_match?: number;
  body: StaffReturnDraft;
}): Call<
  StaffReturnView,
  "gift-card-not-exchanged" | "more-than-returnable" | "nothing-promised" | "order-changed" |
  "order-not-found" | "out-of-stock" | "return-line-unknown" | "return-not-found" |
  "return-note-missing" | "return-reason-unknown" | "sku-unknown" | "too-many-returns"
> =>
  write("POST", "/v1/admin/orders/{order_id}/returns", input);

/** List all reasons for returns, inactive ones too, in the order in which customers see them. */
export const listReturnReasons = (): Call<ReturnReasons> =>
  read("/v1/admin/return-reasons", {});

/** Create a reason for returns. */
export const createReturnReason = (input: { body: ReturnReasonDraft }): Call<
  ReturnReasonView,
  "return-reason-code-taken"
> =>
  write("POST", "/v1/admin/return-reasons", input);

/** Read a reason for returns. */
export const getReturnReason = (input: { reason_id: string }): Call<
  ReturnReasonView,
  "return-reason-not-found"
> =>
  read("/v1/admin/return-reasons/{reason_id}", input);

/** Delete a reason that no return has; make others inactive. */
export const deleteReturnReason = (input: {
  reason_id: string;
  if_match?: number;
}): Call<
  void,
  "media-store-away" | "return-reason-changed" | "return-reason-in-use" | "return-reason-not-found"
> =>
  write("DELETE", "/v1/admin/return-reasons/{reason_id}", input);

/** Change only the fields that you send; its code never changes. */
export const changeReturnReason = (input: {
  reason_id: string;
  if_match?: number;
  body: ReturnReasonPatch;
}): Call<
  ReturnReasonView,
  "no-channel" | "return-reason-changed" | "return-reason-code-taken" | "return-reason-not-found"
> =>
  write("PATCH", "/v1/admin/return-reasons/{reason_id}", input);

/** Read until when customers may ask for returns, and what is paid back. */
export const getReturnPolicy = (): Call<ReturnPolicyView, "no-channel"> =>
  read("/v1/admin/return-policy", {});

/** Change only the fields that you send; amounts by currency are replaced as a whole. */
export const changeReturnPolicy = (input: { body: ReturnPolicyPatch }): Call<
  ReturnPolicyView,
  "no-channel" | "no-such-currency" | "provider-field-missing" | "provider-field-unknown" |
  "provider-field-unusable" | "return-policy-changed" | "token-unusable"
> =>
  write("PATCH", "/v1/admin/return-policy", input);

/** Sum sales by period and currency, and by product, category or country if you say so. */
export const reportSales = (input: {
  from: string;
  to: string;
  by?: "day" | "week" | "month";
  group?: "all" | "product" | "category" | "country";
}): Call<SalesReport, "no-channel" | "report-period-unusable"> =>
  read("/v1/admin/reports/sales", input);

/** Give the report of sales as CSV, with a line that names the columns. */
export const exportSales = (input: {
  from: string;
  to: string;
  by?: "day" | "week" | "month";
  group?: "all" | "product" | "category" | "country";
}): Call<string, "no-channel" | "report-period-unusable"> =>
  read("/v1/admin/reports/sales.csv", input, "text");

/** Sum taxes by period, currency, country and rate, as the EU's one-stop shop asks for them. */
export const reportTaxes = (input: {
  from: string;
  to: string;
  by?: "day" | "week" | "month";
}): Call<TaxReport, "no-channel" | "report-period-unusable"> =>
  read("/v1/admin/reports/taxes", input);

/** Give the report of taxes as CSV, with a line that names the columns. */
export const exportTaxes = (input: {
  from: string;
  to: string;
  by?: "day" | "week" | "month";
}): Call<string, "no-channel" | "report-period-unusable"> =>
  read("/v1/admin/reports/taxes.csv", input, "text");

/** Sum what each payment provider took and paid back, by period and currency. */
export const reportPayments = (input: {
  from: string;
  to: string;
  by?: "day" | "week" | "month";
}): Call<PaymentsReport, "no-channel" | "report-period-unusable"> =>
  read("/v1/admin/reports/payments", input);

/** Give the report of payments as CSV, with a line that names the columns. */
export const exportPayments = (input: {
  from: string;
  to: string;
  by?: "day" | "week" | "month";
}): Call<string, "no-channel" | "report-period-unusable"> =>
  read("/v1/admin/reports/payments.csv", input, "text");

/** Sum what became of gift cards by period and currency, and what is owed on them then. */
export const reportGiftCards = (input: {
  from: string;
  to: string;
  by?: "day" | "week" | "month";
}): Call<GiftCardsReport, "no-channel" | "report-period-unusable"> =>
  read("/v1/admin/reports/gift-cards", input);

/** Give the report of gift cards as CSV, with a line that names the columns. */
export const exportGiftCards = (input: {
  from: string;
  to: string;
  by?: "day" | "week" | "month";
}): Call<string, "no-channel" | "report-period-unusable"> =>
  read("/v1/admin/reports/gift-cards.csv", input, "text");

/** Sum what came into stock and left it, by period, SKU and location. */
export const reportStock = (input: {
  from: string;
  to: string;
  by?: "day" | "week" | "month";
}): Call<StockReport, "no-channel" | "report-period-unusable"> =>
  read("/v1/admin/reports/stock", input);

/** Give the report of stock as CSV, with a line that names the columns. */
export const exportStock = (input: {
  from: string;
  to: string;
  by?: "day" | "week" | "month";
}): Call<string, "no-channel" | "report-period-unusable"> =>
  read("/v1/admin/reports/stock.csv", input, "text");

/** List invoices and credit notes, the newest first. */
export const listInvoices = (input: {
  limit?: number;
  cursor?: string;
  kind?: InvoiceKind;
  number?: string;
  order_id?: string;
} = {}): Call<InvoicePage, "cursor-unusable"> =>
  read("/v1/admin/invoices", input);

/** Read what there is to know of an invoice beside its files. */
export const getInvoice = (input: { invoice_id: string }): Call<InvoiceView, "invoice-not-found"> =>
  read("/v1/admin/invoices/{invoice_id}", input);

/** Fetch an invoice as PDF (PDF/A-3b, with its XML inside: Factur-X). */
export const getInvoicePdf = (input: { invoice_id: string }): Call<
  ArrayBuffer,
  "invoice-not-found" | "invoice-not-ready"
> =>
  read("/v1/admin/invoices/{invoice_id}/pdf", input, "bytes");

/** Fetch an invoice as XML (EN 16931, in the syntax of UN/CEFACT). */
export const getInvoiceXml = (input: { invoice_id: string }): Call<
  ArrayBuffer,
  "invoice-not-found" | "invoice-not-ready"
> =>
  read("/v1/admin/invoices/{invoice_id}/xml", input, "bytes");

/** Say that an invoice was issued in error; its number stays taken. */
export const cancelInvoice = (input: {
  invoice_id: string;
  if_match?: number;
  body: CancellationDraft;
}): Call<
  InvoiceView,
  "invoice-cancelled" | "invoice-corrected" | "invoice-not-found" | "order-changed" |
  "order-not-found"
> =>
  write("POST", "/v1/admin/invoices/{invoice_id}/cancellation", input);

/** Issue the invoice of an order. */
export const issueInvoice = (input: { order_id: string; if_match?: number }): Call<
  InvoiceView,
  "credit-unusable" | "invoice-not-found" | "invoice-settings-missing" | "more-than-invoiced" |
  "order-changed" | "order-not-found" | "order-not-invoiced" | "order-too-old" | "picture-empty" |
  "picture-format-unknown" | "picture-too-large" | "provider-field-missing" |
  "provider-field-unknown" | "provider-field-unusable" | "tax-exchange-rate-missing" |
  "token-unusable" | "verifactu-in-euros"
> =>
  write("POST", "/v1/admin/orders/{order_id}/invoice", input);

/** Read who the seller is, how invoices are numbered, and when they are issued. */
export const getInvoiceSettings = (): Call<
  InvoiceSettingsView,
  "invoice-settings-not-found" | "no-channel"
> =>
  read("/v1/admin/invoice-settings", {});

/** Write the settings of invoices, whole. */
export const putInvoiceSettings = (input: { body: InvoiceSettingsDraft }): Call<
  InvoiceSettingsView,
  "channel-changed" | "country-unknown" | "iban-unusable" | "invoice-settings-changed" |
  "no-channel" | "no-such-currency" | "provider-field-missing" | "provider-field-unknown" |
  "provider-field-unusable" | "series-shared" | "tax-exchange-rates-unusable" | "tax-number-missing"
  | "token-unusable" | "vat-number-unusable" | "verifactu-needs-spain"
> =>
  write("PUT", "/v1/admin/invoice-settings", input);

/** List all shipping options, inactive ones too, in the order in which buyers see them. */
export const listAllShippingOptions = (): Call<StaffShippingOptions> =>
  read("/v1/admin/shipping-options", {});

/** Create a shipping option; its price is flat unless tariff is given. */
export const createShippingOption = (input: { body: ShippingOptionDraft }): Call<
  StaffShippingOptionView,
  "category-unknown" | "country-unknown" | "courier-missing" | "courier-service-missing" |
  "limits-crossed" | "no-channel" | "no-such-currency" | "no-such-shipping-option" |
  "provider-field-missing" | "provider-field-unknown" | "provider-field-unusable" |
  "shipping-price-missing" | "shipping-zone-unknown" | "tariff-without-this" | "tier-repeated" |
  "tiers-missing" | "token-unusable"
> =>
  write("POST", "/v1/admin/shipping-options", input);

/** Read a shipping option. */
export const getShippingOption = (input: { option_id: string }): Call<
  StaffShippingOptionView,
  "no-such-shipping-option"
> =>
  read("/v1/admin/shipping-options/{option_id}", input);

/** Delete a shipping option; carts with it need another one, orders are not changed. */
export const deleteShippingOption = (input: {
  option_id: string;
  if_match?: number;
}): Call<void, "media-store-away" | "no-such-shipping-option" | "shipping-option-changed"> =>
  write("DELETE", "/v1/admin/shipping-options/{option_id}", input);

/** Change only the fields that you send; prices, tiers and lists are replaced as a whole. */
export const changeShippingOption = (input: {
  option_id: string;
  if_match?: number;
  body: ShippingOptionPatch;
}): Call<
  StaffShippingOptionView,
  "category-unknown" | "country-unknown" | "courier-missing" | "courier-service-missing" |
  "limits-crossed" | "no-channel" | "no-such-currency" | "no-such-shipping-option" |
  "provider-field-missing" | "provider-field-unknown" | "provider-field-unusable" |
  "shipping-option-changed" | "shipping-price-missing" | "shipping-zone-unknown" |
  "tariff-without-this" | "tier-repeated" | "tiers-missing" | "token-unusable"
> =>
  write("PATCH", "/v1/admin/shipping-options/{option_id}", input);

/** Read the storefront's settings. */
export const getChannel = (): Call<ChannelView, "no-channel"> =>
  read("/v1/admin/channel", {});

/** Change the settings that you name; lists are replaced as a whole. */
export const changeChannel = (input: { body: ChannelPatch }): Call<
  ChannelView,
  "address-unusable" | "channel-changed" | "country-unknown" | "default-currency-missing" |
  "host-unusable" | "no-channel" | "no-such-currency" | "origin-unusable" | "provider-field-missing"
  | "provider-field-unknown" | "provider-field-unusable" | "tax-class-unknown" |
  "tax-country-missing" | "tax-source-unavailable" | "time-zone-unknown" | "token-unusable"
> =>
  write("PATCH", "/v1/admin/channel", input);

/** Read the storefront's logo, colours and texts in all languages. */
export const getStorefrontSettings = (): Call<StorefrontSettingsView, "no-channel"> =>
  read("/v1/admin/storefront", {});

/** Change the settings that you name; texts is replaced as a whole. */
export const changeStorefront = (input: { body: StorefrontPatch }): Call<
  StorefrontSettingsView,
  "logo-not-ready" | "logo-unknown" | "no-channel" | "storefront-changed"
> =>
  write("PATCH", "/v1/admin/storefront", input);

/** List the legal pages that are written, in all their languages. */
export const listLegalPages = (): Call<StaffLegalPages, "no-channel"> =>
  read("/v1/admin/legal-pages", {});

/** Read a legal page in all its languages. */
export const getLegalPageForStaff = (input: { kind: LegalKind }): Call<
  StaffLegalPageView,
  "legal-page-not-found" | "no-channel"
> =>
  read("/v1/admin/legal-pages/{kind}", input);

/** Write a legal page, new or in place of the one that there is, in all its languages. */
export const putLegalPage = (input: {
  kind: LegalKind;
  if_match?: number;
  body: LegalPageDraft;
}): Call<
  StaffLegalPageView,
  "legal-page-changed" | "legal-text-missing" | "legal-title-missing" | "no-channel"
> =>
  write("PUT", "/v1/admin/legal-pages/{kind}", input);

/** Take a legal page off the shop. */
export const deleteLegalPage = (input: {
  kind: LegalKind;
  if_match?: number;
}): Call<void, "legal-page-changed" | "legal-page-not-found" | "media-store-away" | "no-channel"> =>
  write("DELETE", "/v1/admin/legal-pages/{kind}", input);

/** Compute what a cart would cost, with the function that prices carts; nothing is stored. */
export const previewPricing = (input: { body: PricingDraft }): Call<
  PricingView,
  "no-such-currency" | "promotion-incomplete" | "promotion-unclear" | "provider-field-missing" |
  "provider-field-unknown" | "provider-field-unusable" | "tax-rate-too-high" | "token-unusable"
> =>
  writeOnce("POST", "/v1/admin/pricing/preview", input);

/** List promotions, inactive ones too, the newest first. */
export const listPromotions = (input: {
  limit?: number;
  cursor?: string;
  trigger?: Trigger;
} = {}): Call<PromotionPage, "cursor-unusable"> =>
  read("/v1/admin/promotions", input);

/** Create a promotion; it applies once it is active. */
export const createPromotion = (input: { body: PromotionDraft }): Call<
  PromotionView,
  "no-such-currency" | "picture-empty" | "picture-format-unknown" | "picture-too-large" |
  "promotion-ends-too-soon" | "promotion-hours-alike" | "promotion-incomplete" |
  "promotion-not-found" | "promotion-unclear" | "provider-field-missing" | "provider-field-unknown"
  | "provider-field-unusable" | "sale-unclear" | "target-unknown" | "token-unusable" |
  "usage-limit-too-low"
> =>
  write("POST", "/v1/admin/promotions", input);

/** Read a promotion, with how often it has been used. */
export const getPromotion = (input: { promotion_id: string }): Call<
  PromotionView,
  "promotion-not-found"
> =>
  read("/v1/admin/promotions/{promotion_id}", input);

/** Delete a promotion with its coupons; orders keep their discounts. */
export const deletePromotion = (input: {
  promotion_id: string;
  if_match?: number;
}): Call<
  void,
  "media-store-away" | "picture-empty" | "picture-format-unknown" | "picture-too-large" |
  "promotion-changed" | "promotion-not-found" | "provider-field-missing" | "provider-field-unknown"
  | "provider-field-unusable" | "token-unusable"
> =>
  write("DELETE", "/v1/admin/promotions/{promotion_id}", input);

/** Change only the fields that you send; lists and amounts are replaced as a whole. */
export const changePromotion = (input: {
  promotion_id: string;
  if_match?: number;
  body: PromotionPatch;
}): Call<
  PromotionView,
  "no-such-currency" | "picture-empty" | "picture-format-unknown" | "picture-too-large" |
  "promotion-changed" | "promotion-ends-too-soon" | "promotion-hours-alike" | "promotion-incomplete"
  | "promotion-not-found" | "promotion-unclear" | "provider-field-missing" |
  "provider-field-unknown" | "provider-field-unusable" | "sale-unclear" | "target-unknown" |
  "token-unusable" | "usage-limit-too-low"
> =>
  write("PATCH", "/v1/admin/promotions/{promotion_id}", input);

/** Simulate a promotion, active or not, on the orders of the last days; nothing is changed. */
export const simulatePromotion = (input: {
  promotion_id: string;
  if_match?: number;
  body: SimulationDraft;
}): Call<SimulationView, "promotion-not-found"> =>
  write("POST", "/v1/admin/promotions/{promotion_id}/simulate", input);

/** List the codes of a promotion, the oldest first. */
export const listCoupons = (input: {
  promotion_id: string;
  limit?: number;
  cursor?: string;
}): Call<CouponPage, "cursor-unusable" | "promotion-not-found"> =>
  read("/v1/admin/promotions/{promotion_id}/coupons", input);

/** Add a coupon (a code) to a promotion. */
export const createCoupon = (input: {
  promotion_id: string;
  if_match?: number;
  body: CouponDraft;
}): Call<
  CouponView,
  "coupon-code-taken" | "coupon-not-found" | "coupons-of-others" | "promotion-changed" |
  "promotion-not-found"
> =>
  write("POST", "/v1/admin/promotions/{promotion_id}/coupons", input);

/** Read all codes of a promotion as CSV, with a header line. */
export const exportCoupons = (input: { promotion_id: string }): Call<
  string,
  "promotion-not-found"
> =>
  read("/v1/admin/promotions/{promotion_id}/coupons.csv", input, "text");

/** Generate up to 10,000 coupons with random codes; read them as a list or as CSV. */
export const createCoupons = (input: {
  promotion_id: string;
  if_match?: number;
  body: CouponsWanted;
}): Call<
  CouponsMade,
  "coupon-codes-short" | "coupons-of-others" | "promotion-changed" | "promotion-not-found"
> =>
  write("POST", "/v1/admin/promotions/{promotion_id}/coupons/bulk", input);

/** Read a code of a promotion. */
export const getCoupon = (input: { promotion_id: string; coupon_id: string }): Call<
  CouponView,
  "coupon-not-found"
> =>
  read("/v1/admin/promotions/{promotion_id}/coupons/{coupon_id}", input);

/** Delete a coupon; orders keep their discounts. */
export const deleteCoupon = (input: {
  promotion_id: string;
  coupon_id: string;
  if_match?: number;
}): Call<void, "coupon-changed" | "coupon-not-found" | "media-store-away"> =>
  write("DELETE", "/v1/admin/promotions/{promotion_id}/coupons/{coupon_id}", input);

/** Change the limit of a coupon, or switch it on or off; the code itself never changes. */
export const changeCoupon = (input: {
  promotion_id: string;
  coupon_id: string;
  if_match?: number;
  body: CouponPatch;
}): Call<CouponView, "coupon-changed" | "coupon-not-found" | "usage-limit-too-low"> =>
  write("PATCH", "/v1/admin/promotions/{promotion_id}/coupons/{coupon_id}", input);

/** List price lists, the newest first. */
export const listPriceLists = (input: { limit?: number; cursor?: string } = {}): Call<
  PriceLists,
  "cursor-unusable"
> =>
  read("/v1/admin/price-lists", input);

/** Create a price list without prices; add them in a second step. */
export const createPriceList = (input: { body: PriceListDraft }): Call<
  PriceListView,
  "no-such-currency" | "no-such-price-list" | "period-unusable" | "price-list-group-unknown" |
  "provider-field-missing" | "provider-field-unknown" | "provider-field-unusable" | "token-unusable"
> =>
  write("POST", "/v1/admin/price-lists", input);

/** Read a price list, without its prices. */
export const getPriceList = (input: { list_id: string }): Call<
  PriceListView,
  "no-such-price-list"
> =>
  read("/v1/admin/price-lists/{list_id}", input);

/** Delete a price list with its prices; orders keep their prices. */
export const deletePriceList = (input: {
  list_id: string;
  if_match?: number;
}): Call<
  void,
  "media-store-away" | "no-such-price-list" | "picture-empty" | "picture-format-unknown" |
  "picture-too-large" | "price-list-changed" | "provider-field-missing" | "provider-field-unknown" |
  "provider-field-unusable" | "token-unusable"
> =>
  write("DELETE", "/v1/admin/price-lists/{list_id}", input);

/** Change only the fields that you send; listed prices change at once. */
export const changePriceList = (input: {
  list_id: string;
  if_match?: number;
  body: PriceListPatch;
}): Call<
  PriceListView,
  "no-such-price-list" | "period-unusable" | "picture-empty" | "picture-format-unknown" |
  "picture-too-large" | "price-list-changed" | "price-list-group-unknown" | "provider-field-missing"
  | "provider-field-unknown" | "provider-field-unusable" | "token-unusable"
> =>
  write("PATCH", "/v1/admin/price-lists/{list_id}", input);

/** List the prices of a price list. */
export const listListedPrices = (input: {
  list_id: string;
  limit?: number;
  cursor?: string;
}): Call<ListedPrices, "cursor-unusable" | "no-such-price-list"> =>
  read("/v1/admin/price-lists/{list_id}/prices", input);

/** Add or replace up to 1,000 prices, all or none; the others stay. */
export const setListedPrices = (input: {
  list_id: string;
  if_match?: number;
  body: ListedPricesDraft;
}): Call<
  PriceListView,
  "no-such-price-list" | "no-such-sku" | "picture-empty" | "picture-format-unknown" |
  "picture-too-large" | "price-list-changed" | "provider-field-missing" | "provider-field-unknown" |
  "provider-field-unusable" | "token-unusable"
> =>
  write("PUT", "/v1/admin/price-lists/{list_id}/prices", input);

/** Remove all prices of one SKU from the list. */
export const deleteListedPrices = (input: {
  list_id: string;
  sku: string;
  if_match?: number;
}): Call<
  void,
  "no-such-price-list" | "not-in-price-list" | "picture-empty" | "picture-format-unknown" |
  "picture-too-large" | "price-list-changed" | "provider-field-missing" | "provider-field-unknown" |
  "provider-field-unusable" | "token-unusable"
> =>
  write("DELETE", "/v1/admin/price-lists/{list_id}/prices", input);

/** List all exchange rates by the currency that they convert into. */
export const listExchangeRates = (): Call<ExchangeRates> =>
  read("/v1/admin/exchange-rates", {});

/** Read the exchange rate into a currency. */
export const getExchangeRate = (input: { currency: string }): Call<
  ExchangeRateView,
  "no-such-exchange-rate"
> =>
  read("/v1/admin/exchange-rates/{currency}", input);

/** Set the rate into a currency; variants without a price of their own in it get one at once. */
export const setExchangeRate = (input: {
  currency: string;
  if_match?: number;
  body: ExchangeRateDraft;
}): Call<
  ExchangeRateView,
  "exchange-rate-changed" | "no-such-currency" | "picture-empty" | "picture-format-unknown" |
  "picture-too-large" | "provider-field-missing" | "provider-field-unknown" |
  "provider-field-unusable" | "rate-into-itself" | "token-unusable"
> =>
  write("PUT", "/v1/admin/exchange-rates/{currency}", input);

/** Delete a rate with the prices that it converted; orders keep their prices. */
export const deleteExchangeRate = (input: {
  currency: string;
  if_match?: number;
}): Call<
  void,
  "exchange-rate-changed" | "media-store-away" | "no-such-exchange-rate" | "picture-empty" |
  "picture-format-unknown" | "picture-too-large" | "provider-field-missing" |
  "provider-field-unknown" | "provider-field-unusable" | "token-unusable"
> =>
  write("DELETE", "/v1/admin/exchange-rates/{currency}", input);

/** Show the listed prices of a variant: the current ones, and the former ones, newest first. */
export const getPriceHistory = (input: {
  sku: string;
  limit?: number;
  cursor?: string;
  currency?: string;
}): Call<PriceHistory, "cursor-unusable" | "variant-not-found"> =>
  read("/v1/admin/variants/{sku}/price-history", input);

/** List customers, the newest first: accounts whose address is verified. */
export const listCustomers = (input: {
  limit?: number;
  cursor?: string;
  q?: string;
  group?: string;
} = {}): Call<CustomerPage, "cursor-unusable"> =>
  read("/v1/admin/customers", input);

/** Read a customer: groups, what they bought, addresses and notes. */
export const getCustomer = (input: { user_id: string }): Call<
  CustomerView,
  "currency-missing" | "cursor-unusable" | "customer-not-found" | "order-not-found" |
  "search-ambiguous" | "time-zone-missing" | "too-many-tags"
> =>
  read("/v1/admin/customers/{user_id}", input);

/** List the notes about a customer, the newest first. */
export const listCustomerNotes = (input: {
  user_id: string;
  limit?: number;
  cursor?: string;
}): Call<CustomerNotes, "cursor-unusable" | "customer-not-found"> =>
  read("/v1/admin/customers/{user_id}/notes", input);

/** Add a note about a customer, who never sees it; it stays as it is. */
export const noteCustomer = (input: {
  user_id: string;
  if_match?: number;
  body: CustomerNoteDraft;
}): Call<CustomerNoteView, "customer-not-found"> =>
  write("POST", "/v1/admin/customers/{user_id}/notes", input);

/** Read all that is kept about a customer, to be handed to them when they ask for it. */
export const exportCustomer = (input: { user_id: string }): Call<
  CustomerExport,
  "customer-not-found"
> =>
  read("/v1/admin/customers/{user_id}/export", input);

/** Erase the personal data of a customer, for good. */
export const eraseCustomer = (input: { user_id: string; if_match?: number }): Call<
  void,
  "customer-has-open-orders" | "customer-is-staff" | "customer-not-found"
> =>
  write("POST", "/v1/admin/customers/{user_id}/erasure", input);

/** List the customer groups, the oldest first. */
export const listCustomerGroups = (input: {
  limit?: number;
  cursor?: string;
} = {}): Call<CustomerGroupPage, "cursor-unusable"> =>
  read("/v1/admin/customer-groups", input);

/** Create a customer group; promotions refer to it by its code. */
export const createCustomerGroup = (input: { body: CustomerGroupDraft }): Call<
  CustomerGroupView,
  "customer-group-code-taken" | "customer-group-not-found"
> =>
  write("POST", "/v1/admin/customer-groups", input);

/** Read a customer group. */
export const getCustomerGroup = (input: { group_id: string }): Call<
  CustomerGroupView,
  "customer-group-not-found"
> =>
  read("/v1/admin/customer-groups/{group_id}", input);

/** Delete a customer group, unless promotions or price lists refer to it. */
export const deleteCustomerGroup = (input: {
  group_id: string;
  if_match?: number;
}): Call<
  void,
  "customer-group-changed" | "customer-group-in-use" | "customer-group-not-found" |
  "media-store-away"
> =>
  write("DELETE", "/v1/admin/customer-groups/{group_id}", input);

/** Rename a customer group. */
export const changeCustomerGroup = (input: {
  group_id: string;
  if_match?: number;
  body: CustomerGroupPatch;
}): Call<CustomerGroupView, "customer-group-changed" | "customer-group-not-found"> =>
  write("PATCH", "/v1/admin/customer-groups/{group_id}", input);

/** List the members of a customer group. */
export const listMembers = (input: {
  group_id: string;
  limit?: number;
  cursor?: string;
}): Call<MemberPage, "cursor-unusable" | "customer-group-not-found"> =>
  read("/v1/admin/customer-groups/{group_id}/members", input);

/** Add an account to a customer group, by address or id; repeating it changes nothing. */
export const addMember = (input: {
  group_id: string;
  if_match?: number;
  body: Member;
}): Call<MemberView, "customer-group-changed" | "customer-group-not-found" | "customer-unknown"> =>
  write("PUT", "/v1/admin/customer-groups/{group_id}/members", input);

/** Remove an account from a customer group: ?email= or ?user_id=. */
export const removeMember = (input: {
  group_id: string;
  email?: string;
  user_id?: string;
  if_match?: number;
}): Call<
  void,
  "customer-group-changed" | "customer-group-not-found" | "customer-unknown" | "member-not-found"
> =>
  write("DELETE", "/v1/admin/customer-groups/{group_id}/members", input);

/** List all members of staff, by role. */
export const listStaff = (): Call<StaffList> =>
  read("/v1/admin/staff", {});

/** Read a member of staff. */
export const getStaffMember = (input: { user_id: string }): Call<StaffView, "staff-not-found"> =>
  read("/v1/admin/staff/{user_id}", input);

/** Take role, sessions and keys from a member of staff, who stays a customer. */
export const removeStaffMember = (input: {
  user_id: string;
  if_match?: number;
}): Call<
  void,
  "last-owner" | "not-yourself" | "rights-beyond-yours" | "staff-changed" | "staff-not-found"
> =>
  write("DELETE", "/v1/admin/staff/{user_id}", input);

/** Give a member of staff another role; they have to log in again. */
export const changeStaffMember = (input: {
  user_id: string;
  if_match?: number;
  body: StaffPatch;
}): Call<
  StaffView,
  "last-owner" | "not-yourself" | "rights-beyond-yours" | "staff-changed" | "staff-not-found"
> =>
  write("PATCH", "/v1/admin/staff/{user_id}", input);

/** Keep a member of staff out: their sessions and keys end at once. */
export const suspendStaffMember = (input: {
  user_id: string;
  if_match?: number;
}): Call<
  StaffView,
  "last-owner" | "not-yourself" | "rights-beyond-yours" | "staff-changed" | "staff-not-found"
> =>
  write("POST", "/v1/admin/staff/{user_id}/suspend", input);

/** Let a suspended member of staff log in again; they need new keys. */
export const reinstateStaffMember = (input: {
  user_id: string;
  if_match?: number;
}): Call<StaffView, "rights-beyond-yours" | "staff-changed" | "staff-not-found"> =>
  write("POST", "/v1/admin/staff/{user_id}/reinstate", input);

/** List the invitations that nobody has accepted yet, the newest first. */
export const listStaffInvitations = (): Call<StaffInvitations> =>
  read("/v1/admin/staff/invitations", {});

/** Invite somebody by mail to become a member of staff, within seven days. */
export const inviteStaffMember = (input: { body: StaffInvitationDraft }): Call<
  StaffInvitationView,
  "address-unusable" | "rights-beyond-yours" | "staff-already"
> =>
  write("POST", "/v1/admin/staff/invitations", input);

/** Withdraw an invitation: its link stops working. */
export const withdrawStaffInvitation = (input: {
  invitation_id: string;
  if_match?: number;
}): Call<void, "invitation-not-found" | "rights-beyond-yours"> =>
  write("DELETE", "/v1/admin/staff/invitations/{invitation_id}", input);

/** List the keys that are not revoked, with when each was last used. */
export const listKeys = (): Call<ApiKeys> =>
  read("/v1/admin/keys", {});

/** Make a key for a program: only this answer contains it. */
export const makeKey = (input: { body: ApiKeyDraft }): Call<
  ApiKeyMade,
  "key-allows-nothing" | "key-ends-before" | "key-not-found" | "rights-beyond-yours" |
  "scope-outside-role" | "scope-unknown" | "staff-changed" | "staff-not-found" | "staff-suspended"
> =>
  write("POST", "/v1/admin/keys", input);

/** Revoke a key, from its next request on. */
export const revokeKey = (input: { key_id: string; if_match?: number }): Call<
  void,
  "key-not-found" | "rights-beyond-yours"
> =>
  write("DELETE", "/v1/admin/keys/{key_id}", input);

/** List all zones by name. */
export const listZones = (): Call<Zones> =>
  read("/v1/admin/zones", {});

/** Create a zone: a set of areas, for tax rates and shipping options. */
export const createZone = (input: { body: ZoneDraft }): Call<
  ZoneView,
  "country-unknown" | "postal-code-unusable" | "zone-name-taken"
> =>
  write("POST", "/v1/admin/zones", input);

/** Read a zone. */
export const getZone = (input: { zone_id: string }): Call<ZoneView, "zone-not-found"> =>
  read("/v1/admin/zones/{zone_id}", input);

/** Delete a zone that no tax rate or shipping option uses. */
export const deleteZone = (input: { zone_id: string; if_match?: number }): Call<
  void,
  "media-store-away" | "zone-changed" | "zone-in-use" | "zone-not-found"
> =>
  write("DELETE", "/v1/admin/zones/{zone_id}", input);

/** Change only the fields that you send; the areas are replaced as a whole. */
export const changeZone = (input: {
  zone_id: string;
  if_match?: number;
  body: ZonePatch;
}): Call<
  ZoneView,
  "country-unknown" | "postal-code-unusable" | "zone-changed" | "zone-name-taken" | "zone-not-found"
> =>
  write("PATCH", "/v1/admin/zones/{zone_id}", input);

/** List all tax classes by code. */
export const listTaxClasses = (): Call<TaxClasses> =>
  read("/v1/admin/tax-classes", {});

/** Create a tax class: a kind of goods that the law taxes alike. */
export const createTaxClass = (input: { body: TaxClassDraft }): Call<
  TaxClassView,
  "tax-class-code-taken"
> =>
  write("POST", "/v1/admin/tax-classes", input);

/** Read a tax class. */
export const getTaxClass = (input: { class_id: string }): Call<
  TaxClassView,
  "tax-class-not-found"
> =>
  read("/v1/admin/tax-classes/{class_id}", input);

/** Delete a tax class that no variant, rate or setting uses; standard cannot be deleted. */
export const deleteTaxClass = (input: {
  class_id: string;
  if_match?: number;
}): Call<
  void,
  "media-store-away" | "standard-class-needed" | "tax-class-changed" | "tax-class-in-use" |
  "tax-class-not-found"
> =>
  write("DELETE", "/v1/admin/tax-classes/{class_id}", input);

/** Change the name of a tax class; its code never changes. */
export const changeTaxClass = (input: {
  class_id: string;
  if_match?: number;
  body: TaxClassPatch;
}): Call<TaxClassView, "tax-class-changed" | "tax-class-code-taken" | "tax-class-not-found"> =>
  write("PATCH", "/v1/admin/tax-classes/{class_id}", input);

/** List tax rates, oldest first; with zone_id, only those of a zone. */
export const listTaxRates = (input: {
  limit?: number;
  cursor?: string;
  zone_id?: string;
} = {}): Call<TaxRatePage, "cursor-unusable"> =>
  read("/v1/admin/tax-rates", input);

/** Create a tax rate for a class of goods in a zone, permanently or for a time. */
export const createTaxRate = (input: { body: TaxRateDraft }): Call<
  TaxRateView,
  "tax-class-unknown" | "tax-ends-before-it-starts" | "tax-time-unusable" | "zone-unknown"
> =>
  write("POST", "/v1/admin/tax-rates", input);

/** Read a tax rate. */
export const getTaxRate = (input: { rate_id: string }): Call<TaxRateView, "tax-rate-not-found"> =>
  read("/v1/admin/tax-rates/{rate_id}", input);

/** Delete a tax rate; to end it instead, set ends_at. */
export const deleteTaxRate = (input: { rate_id: string; if_match?: number }): Call<
  void,
  "media-store-away" | "tax-rate-changed" | "tax-rate-not-found"
> =>
  write("DELETE", "/v1/admin/tax-rates/{rate_id}", input);

/** Change only the fields that you send; carts use the rate at once, orders are not changed. */
export const changeTaxRate = (input: {
  rate_id: string;
  if_match?: number;
  body: TaxRatePatch;
}): Call<
  TaxRateView,
  "tax-class-unknown" | "tax-ends-before-it-starts" | "tax-rate-changed" | "tax-rate-not-found" |
  "tax-time-unusable" | "zone-unknown"
> =>
  write("PATCH", "/v1/admin/tax-rates/{rate_id}", input);

/** Read the events after a position, in order, one page at a time. */
export const listEvents = (input: {
  after?: number;
  types?: string;
  limit?: number;
  wait?: number;
} = {}): Call<
  EventPage,
  "event-type-unknown" | "position-unknown" | "too-many-waiting" | "waiting-too-often"
> =>
  read("/v1/admin/events", input);

/** Read one event. */
export const getEvent = (input: { event_id: string }): Call<EventView, "event-not-found"> =>
  read("/v1/admin/events/{event_id}", input);

/** List jobs, the newest first. */
export const listJobs = (input: {
  status?: JobStatus;
  task?: string;
  limit?: number;
  cursor?: string;
} = {}): Call<JobPage, "cursor-unusable"> =>
  read("/v1/admin/jobs", input);

/** Read a job. */
export const getJob = (input: { job_id: number }): Call<JobView, "job-not-found"> =>
  read("/v1/admin/jobs/{job_id}", input);

/** Cancel a waiting job. */
export const cancelJob = (input: { job_id: number }): Call<
  void,
  "job-not-found" | "job-not-waiting"
> =>
  writeOnce("DELETE", "/v1/admin/jobs/{job_id}", input);

/** Try a job again that has failed for good or was cancelled, with all its tries before it. */
export const retryJob = (input: { job_id: number }): Call<
  void,
  "job-not-failed" | "job-not-found"
> =>
  writeOnce("POST", "/v1/admin/jobs/{job_id}/retry", input);

/** List the webhooks, the oldest first. */
export const listWebhooks = (input: { limit?: number; cursor?: string } = {}): Call<
  WebhookPage,
  "cursor-unusable"
> =>
  read("/v1/admin/webhooks", input);

/** Have events sent to an address. */
export const createWebhook = (input: { body: WebhookDraft }): Call<
  WebhookWithSecret,
  "address-unusable" | "picture-empty" | "picture-format-unknown" | "picture-too-large" |
  "provider-field-missing" | "provider-field-unknown" | "provider-field-unusable" | "token-unusable"
  | "webhook-not-found" | "webhook-type-unknown" | "webhook-url-unusable" | "webhooks-full"
> =>
  write("POST", "/v1/admin/webhooks", input);

/** Read a webhook and its state: active, paused, resting or disabled. */
export const getWebhook = (input: { webhook_id: string }): Call<WebhookView, "webhook-not-found"> =>
  read("/v1/admin/webhooks/{webhook_id}", input);

/** Delete a webhook, with its log and its waiting deliveries. */
export const deleteWebhook = (input: {
  webhook_id: string;
  if_match?: number;
}): Call<void, "media-store-away" | "webhook-changed" | "webhook-not-found"> =>
  write("DELETE", "/v1/admin/webhooks/{webhook_id}", input);

/** Change a webhook. */
export const changeWebhook = (input: {
  webhook_id: string;
  if_match?: number;
  body: WebhookPatch;
}): Call<
  WebhookView,
  "address-unusable" | "webhook-changed" | "webhook-not-found" | "webhook-type-unknown" |
  "webhook-url-unusable"
> =>
  write("PATCH", "/v1/admin/webhooks/{webhook_id}", input);

/** Give a webhook a new secret. */
export const rotateWebhookSecret = (input: {
  webhook_id: string;
  if_match?: number;
}): Call<WebhookWithSecret, "webhook-changed" | "webhook-not-found"> =>
  write("POST", "/v1/admin/webhooks/{webhook_id}/rotate", input);

/** Send webhook.test to this webhook only, at once, and say what came of it. */
export const testWebhook = (input: { webhook_id: string }): Call<
  DeliveryDetail,
  "delivery-not-found" | "webhook-not-found"
> =>
  writeOnce("POST", "/v1/admin/webhooks/{webhook_id}/test", input);

/** Send the events of a time or of a range of positions, at most 10,000 in one call. */
export const replayWebhookEvents = (input: {
  webhook_id: string;
  if_match?: number;
  body: ReplayWanted;
}): Call<ReplayView, "replay-unbounded" | "webhook-not-found" | "webhook-type-unknown"> =>
  write("POST", "/v1/admin/webhooks/{webhook_id}/replay", input);

/** List the deliveries to a webhook, sent or waiting, the newest first, for 30 days. */
export const listWebhookDeliveries = (input: {
  webhook_id: string;
  state?: DeliveryState;
  limit?: number;
  cursor?: string;
}): Call<DeliveryPage, "cursor-unusable" | "webhook-not-found"> =>
  read("/v1/admin/webhooks/{webhook_id}/deliveries", input);

/** Read a delivery with all its tries: request headers, status, time, start of the answer. */
export const getWebhookDelivery = (input: {
  webhook_id: string;
  delivery_id: string;
}): Call<DeliveryDetail, "delivery-not-found"> =>
  read("/v1/admin/webhooks/{webhook_id}/deliveries/{delivery_id}", input);

/** Send an event once more, under the same webhook-id. */
export const replayWebhookDelivery = (input: {
  webhook_id: string;
  delivery_id: string;
  if_match?: number;
}): Call<DeliveryView, "delivery-not-found"> =>
  write("POST", "/v1/admin/webhooks/{webhook_id}/deliveries/{delivery_id}/replay", input);

/** List letters and what became of them, the newest first; they are kept for 180 days. */
export const listMail = (input: {
  limit?: number;
  cursor?: string;
  state?: LetterState;
  recipient?: string;
} = {}): Call<SentLetterPage, "cursor-unusable"> =>
  read("/v1/admin/mail", input);

/** Send a letter once more, unless it is on its way or its address is suppressed. */
export const resendMail = (input: { letter_id: string; if_match?: number }): Call<
  SentLetterView,
  "address-suppressed" | "letter-not-found" | "letter-on-its-way"
> =>
  write("POST", "/v1/admin/mail/{letter_id}/resend", input);

/** Take in the report of a mail server that a letter came back (RFC 3464). */
export const reportBounce = (): Call<BounceView, "bounce-too-large" | "bounce-unreadable"> =>
  writeOnce("POST", "/v1/admin/mail/bounces", {});

/** List addresses from which letters came back for good: they get no more. */
export const listSuppressions = (input: {
  limit?: number;
  cursor?: string;
  email?: string;
} = {}): Call<SuppressionPage, "cursor-unusable"> =>
  read("/v1/admin/mail/suppressions", input);

/** Let letters go to an address again. */
export const forgiveAddress = (input: {
  suppression_id: string;
  if_match?: number;
}): Call<void, "suppression-not-found"> =>
  write("DELETE", "/v1/admin/mail/suppressions/{suppression_id}", input);

/** List the letters that the shop writes, with your own wording of each. */
export const listLetters = (): Call<LetterList, "no-channel"> =>
  read("/v1/admin/letters", {});

/** Show a letter with your words and invented data, as HTML or as text (?part=text). */
export const previewLetter = (input: { name: string; part?: Part }): Call<
  string,
  "letter-not-found" | "no-channel"
> =>
  read("/v1/admin/letters/{name}/preview", input, "text");

/** Read your own wording of a letter in a language. */
export const getWording = (input: { name: string; language: Locale }): Call<
  WordingView,
  "letter-not-found" | "no-channel" | "wording-not-found"
> =>
  read("/v1/admin/letters/{name}/wording/{language}", input);

/** Set your own wording of a letter; fields that you leave out keep the default text. */
export const putWording = (input: {
  name: string;
  language: Locale;
  if_match?: number;
  body: WordingDraft;
}): Call<
  WordingView,
  "letter-not-found" | "no-channel" | "placeholder-unknown" | "provider-field-missing" |
  "provider-field-unknown" | "provider-field-unusable" | "token-unusable" | "wording-changed"
> =>
  write("PUT", "/v1/admin/letters/{name}/wording/{language}", input);

/** Remove your own wording, so that the letter has the default texts again. */
export const deleteWording = (input: {
  name: string;
  language: Locale;
  if_match?: number;
}): Call<
  void,
  "letter-not-found" | "media-store-away" | "no-channel" | "wording-changed" | "wording-not-found"
> =>
  write("DELETE", "/v1/admin/letters/{name}/wording/{language}", input);
