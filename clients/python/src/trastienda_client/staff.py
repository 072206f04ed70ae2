"""What programs for staff call.

Written by `make clients` from the shop's OpenAPI document: do not edit it.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from trastienda_client.calls import Call, Form, read, write, write_once
from trastienda_client.schemas import (
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
    CouponsMade,
    CouponsWanted,
    CouponView,
    CustomerExport,
    CustomerGroupDraft,
    CustomerGroupPage,
    CustomerGroupPatch,
    CustomerGroupView,
    CustomerNoteDraft,
    CustomerNotes,
    CustomerNoteView,
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
    ExchangeRates,
    ExchangeRateView,
    Explanation,
    FulfilmentDraft,
    FulfilmentPatch,
    Fulfilments,
    FulfilmentStatus,
    FulfilmentView,
    GiftCardDetail,
    GiftCardDraft,
    GiftCardPage,
    GiftCardPatch,
    GiftCardRecipient,
    GiftCardsIssued,
    GiftCardsReport,
    GiftCardsWanted,
    GiftCardView,
    GiftCardWithCode,
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
    Locations,
    LocationView,
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
    OrderEdits,
    OrderEditView,
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
    PaymentProviders,
    PaymentProviderView,
    PaymentsReport,
    PaymentStatus,
    PriceHistory,
    PriceListDraft,
    PriceListPatch,
    PriceLists,
    PriceListView,
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
    Refundable,
    RefundDraft,
    Refunds,
    RefundView,
    ReplayView,
    ReplayWanted,
    Returnable,
    ReturnApproval,
    ReturnClosing,
    ReturnPolicyPatch,
    ReturnPolicyView,
    ReturnReasonDraft,
    ReturnReasonPatch,
    ReturnReasons,
    ReturnReasonView,
    ReturnReceiptDraft,
    ReturnRefusal,
    ReturnState,
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
    StaffInvitations,
    StaffInvitationView,
    StaffLegalPages,
    StaffLegalPageView,
    StaffList,
    StaffMediaView,
    StaffPatch,
    StaffProductPage,
    StaffProductView,
    StaffReturnDraft,
    StaffReturnPage,
    StaffReturnView,
    StaffShippingOptions,
    StaffShippingOptionView,
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
    TaxClasses,
    TaxClassPatch,
    TaxClassView,
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
    Zones,
    ZoneView,
)


def list_all_products(
    *, limit: int | None = None, cursor: str | None = None, q: str | None = None
) -> Call[StaffProductPage]:
    """List all products, newest first, unpublished ones too; q matches part of a name or SKU.

    Raises, beside what every call may: CursorUnusable.
    """
    return read(
        "/v1/admin/products",
        {200: StaffProductPage},
        query={"limit": limit, "cursor": cursor, "q": q},
    )


def create_product(body: ProductDraft) -> Call[StaffProductView]:
    """Create a product with its variants, prices and first stock.

    Raises, beside what every call may: CategoryUnknown, CostWithoutPrice,
    GiftCardVariantUnusable, NoChannel, NoSuchCurrency, OptionsDoNotFit, PictureFailed,
    PictureTwice, PictureUnknown, ProviderFieldMissing, ProviderFieldUnknown,
    ProviderFieldUnusable, ReductionUpwards, SkuTaken, SlugNeeded, SlugTaken, TaxClassUnknown,
    TokenUnusable, TranslationDoesNotFit, VariantPictureUnknown, VariantsAlike.
    """
    return write("POST", "/v1/admin/products", {201: StaffProductView}, body=body)


def get_product_for_staff(product_id: UUID | str) -> Call[StaffProductView]:
    """Read a product with every language, currency and stock level.

    Raises, beside what every call may: ProductNotFound.
    """
    return read(
        "/v1/admin/products/{product_id}", {200: StaffProductView}, path={"product_id": product_id}
    )


def delete_product(product_id: UUID | str, *, if_match: int | None = None) -> Call[None]:
    """Delete a product permanently; orders keep their copy of its data.

    Raises, beside what every call may: MediaStoreAway, ProductChanged, ProductNotFound,
    StockPromised.
    """
    return write(
        "DELETE",
        "/v1/admin/products/{product_id}",
        {204: None},
        path={"product_id": product_id},
        header={"If-Match": if_match},
    )


def change_product(
    product_id: UUID | str, body: ProductPatch, *, if_match: int | None = None
) -> Call[StaffProductView]:
    """Change only the fields that you send; variants are matched by SKU.

    Raises, beside what every call may: CategoryUnknown, CostWithoutPrice,
    GiftCardVariantUnusable, NoChannel, NoSuchCurrency, OptionsDoNotFit, PictureFailed,
    PictureTwice, PictureUnknown, PriceMissing, ProductChanged, ProductNotFound,
    ProviderFieldMissing, ProviderFieldUnknown, ProviderFieldUnusable, ReductionUpwards,
    SkuTaken, SlugTaken, StockOnlyMoves, TaxClassUnknown, TokenUnusable,
    TranslationDoesNotFit, VariantPictureUnknown, VariantsAlike.
    """
    return write(
        "PATCH",
        "/v1/admin/products/{product_id}",
        {200: StaffProductView},
        path={"product_id": product_id},
        header={"If-Match": if_match},
        body=body,
    )


def delete_variant(
    product_id: UUID | str, sku: str, *, if_match: int | None = None
) -> Call[StaffProductView]:
    """Delete a variant with its stock, and answer with the product; orders keep their copy.

    Raises, beside what every call may: CostWithoutPrice, GiftCardVariantUnusable,
    LastVariant, NoChannel, NoSuchCurrency, OptionsDoNotFit, ProductChanged, ProductNotFound,
    ProviderFieldMissing, ProviderFieldUnknown, ProviderFieldUnusable, ReductionUpwards,
    SkuTaken, SlugTaken, StockPromised, TaxClassUnknown, TokenUnusable, TranslationDoesNotFit,
    VariantNotFound, VariantsAlike.
    """
    return write(
        "DELETE",
        "/v1/admin/products/{product_id}/variants/{sku}",
        {200: StaffProductView},
        path={"product_id": product_id, "sku": sku},
        header={"If-Match": if_match},
    )


def list_all_categories() -> Call[StaffCategories]:
    """List all categories, each with its parent and its names in every language."""
    return read("/v1/admin/categories", {200: StaffCategories})


def create_category(body: CategoryDraft) -> Call[StaffCategoryView]:
    """Create a category, at the top level or inside another, at most 10 levels deep.

    Raises, beside what every call may: CategoriesFull, CategoryInsideItself,
    CategoryNotFound, CategorySlugTaken, CategoryTooDeep, MediaStoreAway, ParentUnknown,
    PictureEmpty, PictureFormatUnknown, PictureTooLarge, ProviderFieldMissing,
    ProviderFieldUnknown, ProviderFieldUnusable, SlugNeeded, TokenUnusable.
    """
    return write("POST", "/v1/admin/categories", {201: StaffCategoryView}, body=body)


def get_category(category_id: UUID | str) -> Call[StaffCategoryView]:
    """Read a category.

    Raises, beside what every call may: CategoryNotFound.
    """
    return read(
        "/v1/admin/categories/{category_id}",
        {200: StaffCategoryView},
        path={"category_id": category_id},
    )


def delete_category(category_id: UUID | str, *, if_match: int | None = None) -> Call[None]:
    """Delete a category without subcategories; its products stay in the shop.

    Raises, beside what every call may: CategoryChanged, CategoryNotEmpty, CategoryNotFound,
    MediaStoreAway, PictureEmpty, PictureFormatUnknown, PictureTooLarge, ProviderFieldMissing,
    ProviderFieldUnknown, ProviderFieldUnusable, TokenUnusable.
    """
    return write(
        "DELETE",
        "/v1/admin/categories/{category_id}",
        {204: None},
        path={"category_id": category_id},
        header={"If-Match": if_match},
    )


def change_category(
    category_id: UUID | str, body: CategoryPatch, *, if_match: int | None = None
) -> Call[StaffCategoryView]:
    """Rename, reorder or move a category with its subcategories; product lists change at once.

    Raises, beside what every call may: CategoryChanged, CategoryInsideItself,
    CategoryNotFound, CategorySlugTaken, CategoryTooDeep, MediaStoreAway, NoChannel,
    ParentUnknown, PictureEmpty, PictureFormatUnknown, PictureTooLarge, ProviderFieldMissing,
    ProviderFieldUnknown, ProviderFieldUnusable, TokenUnusable.
    """
    return write(
        "PATCH",
        "/v1/admin/categories/{category_id}",
        {200: StaffCategoryView},
        path={"category_id": category_id},
        header={"If-Match": if_match},
        body=body,
    )


def move_category(
    category_id: UUID | str, body: CategoryMove, *, if_match: int | None = None
) -> Call[StaffCategoryView]:
    """Put a category before another one, or at the end of a parent, with its subcategories.

    Raises, beside what every call may: CategoryChanged, CategoryInsideItself,
    CategoryNotBeside, CategoryNotFound, CategoryTooDeep, MediaStoreAway, NoChannel,
    ParentUnknown, PictureEmpty, PictureFormatUnknown, PictureTooLarge, ProviderFieldMissing,
    ProviderFieldUnknown, ProviderFieldUnusable, TokenUnusable.
    """
    return write(
        "POST",
        "/v1/admin/categories/{category_id}/move",
        {200: StaffCategoryView},
        path={"category_id": category_id},
        header={"If-Match": if_match},
        body=body,
    )


def list_media(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    q: str | None = None,
    state: MediaState | None = None,
) -> Call[MediaPage]:
    """List pictures, the newest first; q matches part of a file's name.

    Raises, beside what every call may: CursorUnusable.
    """
    return read(
        "/v1/admin/media",
        {200: MediaPage},
        query={"limit": limit, "cursor": cursor, "q": q, "state": state},
    )


def upload_media(body: MediaDraft | Form) -> Call[StaffMediaView]:
    """Upload a picture as a form with a file, or have it fetched from a public address.

    Raises, beside what every call may: FormMalformed, MediaStoreAway, NoChannel,
    PictureEmpty, PictureFormatUnknown, PictureNotFetched, PictureTooLarge,
    PictureUrlUnusable, ProviderFieldMissing, ProviderFieldUnknown, ProviderFieldUnusable,
    TokenUnusable, TooOften, UploadUnclear.
    """
    return write("POST", "/v1/admin/media", {200: StaffMediaView, 201: StaffMediaView}, body=body)


def get_media(media_id: UUID | str) -> Call[StaffMediaView]:
    """Read a picture: its state, and the addresses of its files.

    Raises, beside what every call may: MediaNotFound.
    """
    return read("/v1/admin/media/{media_id}", {200: StaffMediaView}, path={"media_id": media_id})


def delete_media(media_id: UUID | str, *, if_match: int | None = None) -> Call[None]:
    """Delete a picture that no product shows.

    Raises, beside what every call may: MediaChanged, MediaInUse, MediaIsLogo, MediaNotFound,
    MediaStoreAway.
    """
    return write(
        "DELETE",
        "/v1/admin/media/{media_id}",
        {204: None},
        path={"media_id": media_id},
        header={"If-Match": if_match},
    )


def change_media(
    media_id: UUID | str, body: MediaPatch, *, if_match: int | None = None
) -> Call[StaffMediaView]:
    """Replace the texts with which products begin that are given the picture from now on.

    Raises, beside what every call may: MediaChanged, MediaNotFound, NoChannel.
    """
    return write(
        "PATCH",
        "/v1/admin/media/{media_id}",
        {200: StaffMediaView},
        path={"media_id": media_id},
        header={"If-Match": if_match},
        body=body,
    )


def list_stock(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    sku: str | None = None,
    product_id: UUID | str | None = None,
    location: str | None = None,
    available_below: int | None = None,
    reserved: bool | None = None,
) -> Call[StockPage]:
    """List the stock of all variants at all locations, by SKU.

    Raises, beside what every call may: CursorUnusable.
    """
    return read(
        "/v1/admin/stock",
        {200: StockPage},
        query={
            "limit": limit,
            "cursor": cursor,
            "sku": sku,
            "product_id": product_id,
            "location": location,
            "available_below": available_below,
            "reserved": reserved,
        },
    )


def get_stock(sku: str) -> Call[StockLevels]:
    """List the units of a SKU at each location, and how many of them are reserved.

    Raises, beside what every call may: StockNotFound.
    """
    return read("/v1/admin/stock/{sku}", {200: StockLevels}, path={"sku": sku})


def list_movements(
    sku: str,
    *,
    limit: int | None = None,
    cursor: str | None = None,
    location: str | None = None,
    reason: Reason | None = None,
) -> Call[StockMovementPage]:
    """List what moved the stock of a SKU, the newest first.

    Raises, beside what every call may: CursorUnusable, StockNotFound.
    """
    return read(
        "/v1/admin/stock/{sku}/movements",
        {200: StockMovementPage},
        path={"sku": sku},
        query={"limit": limit, "cursor": cursor, "location": location, "reason": reason},
    )


def move_stock(sku: str, body: MovementDraft, *, if_match: int | None = None) -> Call[Level]:
    """Add units (positive) or remove them (negative), with a reason that the ledger records.

    Raises, beside what every call may: NothingMoved, StockNotFound, StockPromised.
    """
    return write(
        "POST",
        "/v1/admin/stock/{sku}/movements",
        {201: Level},
        path={"sku": sku},
        header={"If-Match": if_match},
        body=body,
    )


def count_stock(sku: str, body: CountDraft, *, if_match: int | None = None) -> Call[CountView]:
    """Say how many units were counted at a location; the difference becomes a movement.

    Raises, beside what every call may: StockMoved, StockNotFound, StockPromised.
    """
    return write(
        "POST",
        "/v1/admin/stock/{sku}/counts",
        {201: CountView},
        path={"sku": sku},
        header={"If-Match": if_match},
        body=body,
    )


def list_locations() -> Call[Locations]:
    """List the stock locations, in the order in which orders take stock from them."""
    return read("/v1/admin/locations", {200: Locations})


def create_location(body: LocationDraft) -> Call[LocationView]:
    """Create a stock location; stock is added to it by movements with its code.

    Raises, beside what every call may: LocationCodeTaken.
    """
    return write("POST", "/v1/admin/locations", {201: LocationView}, body=body)


def get_location(location_id: UUID | str) -> Call[LocationView]:
    """Read a location.

    Raises, beside what every call may: LocationNotFound.
    """
    return read(
        "/v1/admin/locations/{location_id}", {200: LocationView}, path={"location_id": location_id}
    )


def delete_location(location_id: UUID | str, *, if_match: int | None = None) -> Call[None]:
    """Delete a location that has never had stock.

    Raises, beside what every call may: LocationChanged, LocationInUse, LocationNotFound,
    MainLocationNeeded, MediaStoreAway.
    """
    return write(
        "DELETE",
        "/v1/admin/locations/{location_id}",
        {204: None},
        path={"location_id": location_id},
        header={"If-Match": if_match},
    )


def change_location(
    location_id: UUID | str, body: LocationPatch, *, if_match: int | None = None
) -> Call[LocationView]:
    """Rename a location, or change its order; its code never changes.

    Raises, beside what every call may: LocationChanged, LocationNotFound.
    """
    return write(
        "PATCH",
        "/v1/admin/locations/{location_id}",
        {200: LocationView},
        path={"location_id": location_id},
        header={"If-Match": if_match},
        body=body,
    )


def list_all_orders(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    sort: OrderSort | None = None,
    q: str | None = None,
    number: int | None = None,
    customer_id: UUID | str | None = None,
    email: str | None = None,
    name: str | None = None,
    sku: str | None = None,
    tag: str | None = None,
    status: OrderStatus | None = None,
    payment_status: PaymentStatus | None = None,
    fulfilment_status: FulfilmentStatus | None = None,
    placed_from: datetime | None = None,
    placed_until: datetime | None = None,
    currency: str | None = None,
    total_min: int | None = None,
    total_max: int | None = None,
) -> Call[OrderPage]:
    """List orders, the newest first.

    Raises, beside what every call may: CurrencyMissing, CursorUnusable, OrderNotFound,
    SearchAmbiguous, TimeZoneMissing, TooManyTags.
    """
    return read(
        "/v1/admin/orders",
        {200: OrderPage},
        query={
            "limit": limit,
            "cursor": cursor,
            "sort": sort,
            "q": q,
            "number": number,
            "customer_id": customer_id,
            "email": email,
            "name": name,
            "sku": sku,
            "tag": tag,
            "status": status,
            "payment_status": payment_status,
            "fulfilment_status": fulfilment_status,
            "placed_from": placed_from,
            "placed_until": placed_until,
            "currency": currency,
            "total_min": total_min,
            "total_max": total_max,
        },
    )


def get_order_for_staff(order_id: UUID | str) -> Call[OrderView]:
    """Read an order.

    Raises, beside what every call may: OrderNotFound.
    """
    return read("/v1/admin/orders/{order_id}", {200: OrderView}, path={"order_id": order_id})


def explain_order(order_id: UUID | str) -> Call[Explanation]:
    """Say where each part of an order's total comes from, as it was when it was placed.

    Raises, beside what every call may: NothingKept, OrderNotFound.
    """
    return read(
        "/v1/admin/orders/{order_id}/explanation", {200: Explanation}, path={"order_id": order_id}
    )


def capture_order(
    order_id: UUID | str, body: CaptureDraft | None = None, *, if_match: int | None = None
) -> Call[OrderView]:
    """Capture what is held for an order; where nothing is, note that its money has come.

    Raises, beside what every call may: CaptureRefused, CaptureTooLarge, CouponUsedUp,
    CouponUsedUpByYou, CreditSpent, NoChannel, OrderAlreadyPaid, OrderChanged,
    OrderNotCaptured, OrderNotFound, OutOfStock, PaymentBusy, PaymentUnclear, PictureEmpty,
    PictureFormatUnknown, PictureTooLarge, PromotionUsedUp, ProviderFieldMissing,
    ProviderFieldUnknown, ProviderFieldUnusable, ProviderUnknown, StoreCreditNotFound,
    TokenUnusable, TooManyOrders.
    """
    return write(
        "POST",
        "/v1/admin/orders/{order_id}/capture",
        {200: OrderView},
        path={"order_id": order_id},
        header={"If-Match": if_match},
        body=body,
    )


def cancel_order(order_id: UUID | str, *, if_match: int | None = None) -> Call[OrderView]:
    """Call off an order of which nothing was sent; its stock can be sold again.

    Raises, beside what every call may: CouponUsedUp, CouponUsedUpByYou, CreditSpent,
    CreditUnusable, FulfilmentNotFound, GiftCardUsed, InvoiceNotFound, InvoiceSettingsMissing,
    MoreThanInvoiced, MoreThanSent, NoChannel, NoCustomerAccount, NothingPromised,
    OrderChanged, OrderNotFound, OrderNotInvoiced, OrderTooOld, OutOfStock, PaymentBusy,
    PaymentUnclear, PictureEmpty, PictureFormatUnknown, PictureTooLarge, PromotionUsedUp,
    ProviderFieldMissing, ProviderFieldUnknown, ProviderFieldUnusable, ProviderUnknown,
    RefundNotAllowed, RefundTooLarge, StoreCreditNotFound, TokenUnusable, TooManyOrders,
    VerifactuInEuros.
    """
    return write(
        "POST",
        "/v1/admin/orders/{order_id}/cancel",
        {200: OrderView},
        path={"order_id": order_id},
        header={"If-Match": if_match},
    )


def set_payment_due(
    order_id: UUID | str, body: PaymentDue, *, if_match: int | None = None
) -> Call[OrderView]:
    """Give the buyer of an unpaid order another time to pay, or no end (null).

    Raises, beside what every call may: OrderAlreadyPaid, OrderChanged, OrderNotFound,
    PaymentDueUnusable.
    """
    return write(
        "PUT",
        "/v1/admin/orders/{order_id}/payment-due",
        {200: OrderView},
        path={"order_id": order_id},
        header={"If-Match": if_match},
        body=body,
    )


def list_order_fulfilments(order_id: UUID | str) -> Call[Fulfilments]:
    """List the parcels of an order, in the order of their numbers.

    Raises, beside what every call may: OrderNotFound.
    """
    return read(
        "/v1/admin/orders/{order_id}/fulfilments", {200: Fulfilments}, path={"order_id": order_id}
    )


def fulfil_order(
    order_id: UUID | str, body: FulfilmentDraft, *, if_match: int | None = None
) -> Call[OrderView]:
    """Send units of an order as one parcel: they leave the stock now.

    Raises, beside what every call may: CaptureRefused, CaptureTooLarge, CouponUsedUp,
    CouponUsedUpByYou, CreditSpent, FulfilmentNotFound, GiftCardNotShipped, LineNotInOrder,
    MoreThanOrdered, NoChannel, NothingPromised, NothingReservedThere, OrderAlreadyPaid,
    OrderChanged, OrderNotFound, OrderReadyForPickup, OutOfStock, PaymentBusy, PaymentUnclear,
    PickupNotOffered, PictureEmpty, PictureFormatUnknown, PictureTooLarge, PromotionUsedUp,
    ProviderFieldMissing, ProviderFieldUnknown, ProviderFieldUnusable, ProviderUnknown,
    StoreCreditNotFound, TokenUnusable, TooManyOrders.
    """
    return write(
        "POST",
        "/v1/admin/orders/{order_id}/fulfilments",
        {201: OrderView},
        path={"order_id": order_id},
        header={"If-Match": if_match},
        body=body,
    )


def get_fulfilment(fulfilment_id: UUID | str) -> Call[FulfilmentView]:
    """Read a parcel.

    Raises, beside what every call may: FulfilmentNotFound.
    """
    return read(
        "/v1/admin/fulfilments/{fulfilment_id}",
        {200: FulfilmentView},
        path={"fulfilment_id": fulfilment_id},
    )


def change_fulfilment(
    fulfilment_id: UUID | str, body: FulfilmentPatch, *, if_match: int | None = None
) -> Call[FulfilmentView]:
    """Change the carrier, tracking or label of a parcel.

    Raises, beside what every call may: FulfilmentChanged, FulfilmentNotFound, OrderChanged,
    OrderNotFound.
    """
    return write(
        "PATCH",
        "/v1/admin/fulfilments/{fulfilment_id}",
        {200: FulfilmentView},
        path={"fulfilment_id": fulfilment_id},
        header={"If-Match": if_match},
        body=body,
    )


def collect_fulfilment(
    fulfilment_id: UUID | str, *, if_match: int | None = None
) -> Call[FulfilmentView]:
    """Note that the buyer has picked a parcel up: its units leave the stock now.

    Raises, beside what every call may: FulfilmentChanged, FulfilmentNotFound,
    FulfilmentNotReady, NoChannel, OrderChanged, OrderNotFound.
    """
    return write(
        "POST",
        "/v1/admin/fulfilments/{fulfilment_id}/collected",
        {200: FulfilmentView},
        path={"fulfilment_id": fulfilment_id},
        header={"If-Match": if_match},
    )


def deliver_fulfilment(
    fulfilment_id: UUID | str, *, if_match: int | None = None
) -> Call[FulfilmentView]:
    """Note that a parcel has reached the buyer.

    Raises, beside what every call may: FulfilmentChanged, FulfilmentNotFound,
    FulfilmentNotOnItsWay, OrderChanged, OrderNotFound.
    """
    return write(
        "POST",
        "/v1/admin/fulfilments/{fulfilment_id}/delivered",
        {200: FulfilmentView},
        path={"fulfilment_id": fulfilment_id},
        header={"If-Match": if_match},
    )


def cancel_fulfilment(
    fulfilment_id: UUID | str, *, if_match: int | None = None
) -> Call[FulfilmentView]:
    """Unpack a parcel that was not picked up; its units can be put into another one.

    Raises, beside what every call may: FulfilmentChanged, FulfilmentNotFound,
    FulfilmentNotReady, OrderChanged, OrderNotFound.
    """
    return write(
        "POST",
        "/v1/admin/fulfilments/{fulfilment_id}/cancel",
        {200: FulfilmentView},
        path={"fulfilment_id": fulfilment_id},
        header={"If-Match": if_match},
    )


def tag_order(
    order_id: UUID | str, body: TagsDraft, *, if_match: int | None = None
) -> Call[OrderView]:
    """Give an order these tags and no others.

    Raises, beside what every call may: OrderChanged, OrderNotFound, TooManyTags.
    """
    return write(
        "PUT",
        "/v1/admin/orders/{order_id}/tags",
        {200: OrderView},
        path={"order_id": order_id},
        header={"If-Match": if_match},
        body=body,
    )


def note_order(
    order_id: UUID | str, body: NoteDraft, *, if_match: int | None = None
) -> Call[NoteView]:
    """Add a note to an order.

    Raises, beside what every call may: OrderChanged, OrderNotFound.
    """
    return write(
        "POST",
        "/v1/admin/orders/{order_id}/notes",
        {201: NoteView},
        path={"order_id": order_id},
        header={"If-Match": if_match},
        body=body,
    )


def get_timeline(
    order_id: UUID | str,
    *,
    limit: int | None = None,
    cursor: str | None = None,
    sort: TimelineSort | None = None,
) -> Call[Timeline]:
    """List what happened around an order, and who did it: events, payments, emails and notes.

    Raises, beside what every call may: CursorUnusable, OrderNotFound.
    """
    return read(
        "/v1/admin/orders/{order_id}/timeline",
        {200: Timeline},
        path={"order_id": order_id},
        query={"limit": limit, "cursor": cursor, "sort": sort},
    )


def fulfil_orders(body: BulkFulfilment) -> Call[BulkResults]:
    """Send all that is left of each of these orders; each has a result of its own.

    Raises, beside what every call may: CaptureRefused, CaptureTooLarge, CouponUsedUp,
    CouponUsedUpByYou, CreditSpent, FulfilmentNotFound, GiftCardNotShipped, LineNotInOrder,
    MoreThanOrdered, NoChannel, NothingPromised, NothingReservedThere, OrderAlreadyPaid,
    OrderChanged, OrderNotFound, OrderReadyForPickup, OutOfStock, PaymentBusy, PaymentUnclear,
    PickupNotOffered, PictureEmpty, PictureFormatUnknown, PictureTooLarge, PromotionUsedUp,
    ProviderFieldMissing, ProviderFieldUnknown, ProviderFieldUnusable, ProviderUnknown,
    StoreCreditNotFound, TokenUnusable, TooManyOrders.
    """
    return write("POST", "/v1/admin/orders/bulk/fulfil", {200: BulkResults}, body=body)


def tag_orders(body: BulkTags) -> Call[BulkResults]:
    """Add tags to each of these orders and take others away; each has a result of its own.

    Raises, beside what every call may: OrderChanged, OrderNotFound, TooManyTags.
    """
    return write("POST", "/v1/admin/orders/bulk/tags", {200: BulkResults}, body=body)


def list_order_edits(order_id: UUID | str) -> Call[OrderEdits]:
    """List the edits of an order with what each replaced, the oldest first.

    Raises, beside what every call may: OrderNotFound.
    """
    return read("/v1/admin/orders/{order_id}/edits", {200: OrderEdits}, path={"order_id": order_id})


def edit_order(
    order_id: UUID | str, body: OrderEditDraft, *, if_match: int | None = None
) -> Call[OrderEditView]:
    """Change what an open order contains, where it goes, or what it costs.

    Raises, beside what every call may: CartFull, CartMerged, CartNotFound, CountryNotServed,
    CountryUnknown, CouponUsedUp, CouponUsedUpByYou, CreditUnusable, EditLineUnknown,
    GiftCardsNotEdited, InvoiceNotFound, InvoiceSettingsMissing, LessThanRefunded, LineGone,
    LineNamedTwice, LineSent, MediaStoreAway, MoreThanInvoiced, NothingEdited, NothingKept,
    NothingPromised, OrderChanged, OrderEmpty, OrderNotCaptured, OrderNotFound,
    OrderNotInvoiced, OrderTooOld, OutOfStock, PaymentBusy, PictureEmpty,
    PictureFormatUnknown, PictureTooLarge, PromotionUsedUp, ProviderFieldMissing,
    ProviderFieldUnknown, ProviderFieldUnusable, ShippingOptionNotFound, SkuUnknown,
    TaxClassUnknown, TaxExchangeRateMissing, TaxUnavailable, TaxUndecided, TokenUnusable,
    VerifactuInEuros.
    """
    return write(
        "POST",
        "/v1/admin/orders/{order_id}/edits",
        {200: OrderEditView},
        path={"order_id": order_id},
        header={"If-Match": if_match},
        body=body,
    )


def list_draft_orders(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    status: DraftOrderStatus | None = None,
    expired: bool | None = None,
) -> Call[DraftOrderPage]:
    """List draft orders, the newest first.

    Raises, beside what every call may: CursorUnusable.
    """
    return read(
        "/v1/admin/draft-orders",
        {200: DraftOrderPage},
        query={"limit": limit, "cursor": cursor, "status": status, "expired": expired},
    )


def create_draft_order(body: DraftOrderDraft) -> Call[DraftOrderView]:
    """Put an order together for a buyer.

    Raises, beside what every call may: AddressUnusable, CartFull, CartMerged, CartNotFound,
    CountryUnknown, CurrencyUnknown, DiscountUnclear, DraftOrderCustomerUnknown,
    DraftOrderEmpty, DraftOrderSkuTwice, GiftCardPriceFixed, MediaStoreAway, NoChannel,
    NothingPromised, OutOfStock, PriceReasonMissing, ProviderFieldMissing,
    ProviderFieldUnknown, ProviderFieldUnusable, ReservationOver, ShippingOptionNotFound,
    SkuUnknown, TaxClassUnknown, TokenUnusable.
    """
    return write("POST", "/v1/admin/draft-orders", {201: DraftOrderView}, body=body)


def get_draft_order(draft_id: UUID | str) -> Call[DraftOrderView]:
    """Read a draft order at the prices of now; problems lists why it cannot be an order yet.

    Raises, beside what every call may: CartFull, CartMerged, CartNotFound, DraftOrderChanged,
    DraftOrderNotFound, MediaStoreAway.
    """
    return read(
        "/v1/admin/draft-orders/{draft_id}", {200: DraftOrderView}, path={"draft_id": draft_id}
    )


def delete_draft_order(draft_id: UUID | str, *, if_match: int | None = None) -> Call[None]:
    """Delete a draft order that is no order yet.

    Raises, beside what every call may: DraftOrderChanged, DraftOrderNotFound, MediaStoreAway,
    NothingPromised, OutOfStock.
    """
    return write(
        "DELETE",
        "/v1/admin/draft-orders/{draft_id}",
        {204: None},
        path={"draft_id": draft_id},
        header={"If-Match": if_match},
    )


def change_draft_order(
    draft_id: UUID | str, body: DraftOrderPatch, *, if_match: int | None = None
) -> Call[DraftOrderView]:
    """Change a draft order that is no order yet, also one that was sent.

    Raises, beside what every call may: AddressUnusable, CartFull, CartMerged, CartNotFound,
    CountryUnknown, DiscountUnclear, DraftOrderChanged, DraftOrderCustomerUnknown,
    DraftOrderEmpty, DraftOrderNotFound, DraftOrderSkuTwice, GiftCardPriceFixed,
    MediaStoreAway, NothingPromised, OutOfStock, PriceReasonMissing, ProviderFieldMissing,
    ProviderFieldUnknown, ProviderFieldUnusable, ReservationOver, ShippingOptionNotFound,
    SkuUnknown, TaxClassUnknown, TokenUnusable.
    """
    return write(
        "PATCH",
        "/v1/admin/draft-orders/{draft_id}",
        {200: DraftOrderView},
        path={"draft_id": draft_id},
        header={"If-Match": if_match},
        body=body,
    )


def send_draft_order(draft_id: UUID | str, *, if_match: int | None = None) -> Call[DraftOrderLink]:
    """Mail the buyer what was put together for them, with a link to order it, and return the
    link.

    Raises, beside what every call may: CartFull, CartMerged, CartNotFound, CartNotReady,
    DraftOrderChanged, DraftOrderNotFound, MediaStoreAway, OutOfStock.
    """
    return write(
        "POST",
        "/v1/admin/draft-orders/{draft_id}/send",
        {200: DraftOrderLink},
        path={"draft_id": draft_id},
        header={"If-Match": if_match},
    )


def complete_draft_order(
    draft_id: UUID | str, body: Completion | None = None, *, if_match: int | None = None
) -> Call[OrderView]:
    """Turn a draft order into an order: unpaid, or with paid as if its money had come.

    Raises, beside what every call may: AmountDueChanged, CartChanged, CartFull, CartMerged,
    CartNotFound, CartNotReady, CouponUsedUp, CouponUsedUpByYou, CreditSpent,
    DraftOrderChanged, DraftOrderNotFound, MediaStoreAway, NoChannel, OrderChanged,
    OrderNotFound, OutOfStock, PaymentMissing, PictureEmpty, PictureFormatUnknown,
    PictureTooLarge, PromotionUsedUp, ProviderFieldMissing, ProviderFieldUnknown,
    ProviderFieldUnusable, StoreCreditNotFound, TokenUnusable, TooManyOrders, TotalChanged.
    """
    return write(
        "POST",
        "/v1/admin/draft-orders/{draft_id}/complete",
        {201: OrderView},
        path={"draft_id": draft_id},
        header={"If-Match": if_match},
        body=body,
    )


def list_order_payments(order_id: UUID | str) -> Call[OrderPayments]:
    """List what pays an order, the oldest first: refunds go back through them in this order.

    Raises, beside what every call may: OrderNotFound.
    """
    return read(
        "/v1/admin/orders/{order_id}/payments", {200: OrderPayments}, path={"order_id": order_id}
    )


def send_payment_link(order_id: UUID | str, *, if_match: int | None = None) -> Call[PaymentLink]:
    """Mail the buyer a link to pay what is still to be paid of an order; it is good for 90 days.

    Raises, beside what every call may: OrderAlreadyPaid, OrderChanged, OrderNotFound.
    """
    return write(
        "POST",
        "/v1/admin/orders/{order_id}/payment-link",
        {200: PaymentLink},
        path={"order_id": order_id},
        header={"If-Match": if_match},
    )


def get_refundable(order_id: UUID | str) -> Call[Refundable]:
    """Say what can still be paid back of an order: units and amounts of lines, and shipping.

    Raises, beside what every call may: OrderNotFound.
    """
    return read(
        "/v1/admin/orders/{order_id}/refundable", {200: Refundable}, path={"order_id": order_id}
    )


def list_order_refunds(order_id: UUID | str) -> Call[Refunds]:
    """List the refunds of an order, the oldest first.

    Raises, beside what every call may: OrderNotFound.
    """
    return read("/v1/admin/orders/{order_id}/refunds", {200: Refunds}, path={"order_id": order_id})


def refund_order(
    order_id: UUID | str, body: RefundDraft, *, if_match: int | None = None
) -> Call[RefundView]:
    """Pay back lines, shipping, or an amount; together never more than was captured.

    Raises, beside what every call may: CreditUnusable, GiftCardUsed, InvoiceNotFound,
    InvoiceSettingsMissing, MoreThanInvoiced, MoreThanLeft, MoreThanSent, NoCustomerAccount,
    NothingPromised, NothingToRefund, OrderChanged, OrderNotCaptured, OrderNotFound,
    OrderNotInvoiced, OrderTooOld, PaymentBusy, PictureEmpty, PictureFormatUnknown,
    PictureTooLarge, ProviderFieldMissing, ProviderFieldUnknown, ProviderFieldUnusable,
    RefundEmpty, RefundLineUnknown, RefundTooLarge, StoreCreditNotFound, TokenUnusable,
    VerifactuInEuros.
    """
    return write(
        "POST",
        "/v1/admin/orders/{order_id}/refunds",
        {201: RefundView},
        path={"order_id": order_id},
        header={"If-Match": if_match},
        body=body,
    )


def get_refund(refund_id: UUID | str) -> Call[RefundView]:
    """Read a refund.

    Raises, beside what every call may: RefundNotFound.
    """
    return read("/v1/admin/refunds/{refund_id}", {200: RefundView}, path={"refund_id": refund_id})


def retry_refund(refund_id: UUID | str, *, if_match: int | None = None) -> Call[RefundView]:
    """Ask the provider once more to pay back what it refused.

    Raises, beside what every call may: RefundChanged, RefundNotFailed, RefundNotFound.
    """
    return write(
        "POST",
        "/v1/admin/refunds/{refund_id}/retry",
        {200: RefundView},
        path={"refund_id": refund_id},
        header={"If-Match": if_match},
    )


def withdraw_refund(refund_id: UUID | str, *, if_match: int | None = None) -> Call[RefundView]:
    """Give up a refund that its provider refused: it can be granted anew, or otherwise.

    Raises, beside what every call may: InvoiceCancelled, InvoiceCorrected, InvoiceNotFound,
    NoChannel, OrderChanged, OrderNotFound, RefundChanged, RefundNotFailed, RefundNotFound,
    RefundOwed.
    """
    return write(
        "POST",
        "/v1/admin/refunds/{refund_id}/withdraw",
        {200: RefundView},
        path={"refund_id": refund_id},
        header={"If-Match": if_match},
    )


def list_gift_cards(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    last_characters: str | None = None,
    email: str | None = None,
    order_id: UUID | str | None = None,
) -> Call[GiftCardPage]:
    """List gift cards, the newest first: all, or by the end of the code, recipient or order.

    Raises, beside what every call may: CursorUnusable.
    """
    return read(
        "/v1/admin/gift-cards",
        {200: GiftCardPage},
        query={
            "limit": limit,
            "cursor": cursor,
            "last_characters": last_characters,
            "email": email,
            "order_id": order_id,
        },
    )


def issue_gift_card(body: GiftCardDraft) -> Call[GiftCardWithCode]:
    """Issue a gift card.

    Raises, beside what every call may: AddressUnusable, CountryUnknown, CurrencyUnknown,
    GiftCardChanged, GiftCardExpiryUnusable, GiftCardNotFound, NoChannel.
    """
    return write("POST", "/v1/admin/gift-cards", {201: GiftCardWithCode}, body=body)


def issue_gift_cards(body: GiftCardsWanted) -> Call[GiftCardsIssued]:
    """Issue up to 1,000 gift cards of one amount; the answer has their codes, this once.

    Raises, beside what every call may: CountryUnknown, CurrencyUnknown,
    GiftCardExpiryUnusable, NoChannel.
    """
    return write("POST", "/v1/admin/gift-cards/bulk", {201: GiftCardsIssued}, body=body)


def get_gift_card(card_id: UUID | str) -> Call[GiftCardDetail]:
    """Read a gift card and what has changed its balance.

    Raises, beside what every call may: GiftCardNotFound.
    """
    return read("/v1/admin/gift-cards/{card_id}", {200: GiftCardDetail}, path={"card_id": card_id})


def change_gift_card(
    card_id: UUID | str, body: GiftCardPatch, *, if_match: int | None = None
) -> Call[GiftCardView]:
    """Disable or enable a gift card, change its note, or give it another time to expire.

    Raises, beside what every call may: BalanceTooLow, GiftCardChanged,
    GiftCardExpiryUnusable, GiftCardNotFound.
    """
    return write(
        "PATCH",
        "/v1/admin/gift-cards/{card_id}",
        {200: GiftCardView},
        path={"card_id": card_id},
        header={"If-Match": if_match},
        body=body,
    )


def adjust_gift_card(
    card_id: UUID | str, body: Adjustment, *, if_match: int | None = None
) -> Call[GiftCardView]:
    """Add to the balance of a gift card, or take from it, with a reason.

    Raises, beside what every call may: BalanceTooLow, GiftCardChanged, GiftCardExpired,
    GiftCardNotFound, NothingAdjusted.
    """
    return write(
        "POST",
        "/v1/admin/gift-cards/{card_id}/adjustments",
        {200: GiftCardView},
        path={"card_id": card_id},
        header={"If-Match": if_match},
        body=body,
    )


def send_gift_card(
    card_id: UUID | str, body: GiftCardRecipient, *, if_match: int | None = None
) -> Call[GiftCardView]:
    """Send a gift card by email, with a new code: the previous code opens nothing any more.

    Raises, beside what every call may: AddressUnusable, GiftCardChanged, GiftCardDisabled,
    GiftCardExpired, GiftCardNotFound, NoChannel.
    """
    return write(
        "POST",
        "/v1/admin/gift-cards/{card_id}/send",
        {202: GiftCardView},
        path={"card_id": card_id},
        header={"If-Match": if_match},
        body=body,
    )


def list_store_credit(
    *, limit: int | None = None, cursor: str | None = None, email: str | None = None
) -> Call[StoreCreditPage]:
    """List customers' store credit, the newest first, or that of one address.

    Raises, beside what every call may: CursorUnusable.
    """
    return read(
        "/v1/admin/store-credit",
        {200: StoreCreditPage},
        query={"limit": limit, "cursor": cursor, "email": email},
    )


def give_store_credit(body: StoreCreditDraft) -> Call[StoreCreditView]:
    """Give a customer store credit with a reason; a negative amount takes some of it.

    Raises, beside what every call may: BalanceTooLow, CurrencyUnknown, CustomerUnknown,
    NoChannel, NothingAdjusted, StoreCreditNotFound.
    """
    return write("POST", "/v1/admin/store-credit", {201: StoreCreditView}, body=body)


def get_store_credit(account_id: UUID | str) -> Call[StoreCreditDetail]:
    """Read a customer's store credit in one currency, and what has changed its balance.

    Raises, beside what every call may: StoreCreditNotFound.
    """
    return read(
        "/v1/admin/store-credit/{account_id}",
        {200: StoreCreditDetail},
        path={"account_id": account_id},
    )


def adjust_store_credit(
    account_id: UUID | str, body: Adjustment, *, if_match: int | None = None
) -> Call[StoreCreditView]:
    """Add to store credit, or take from it, with a reason.

    Raises, beside what every call may: BalanceTooLow, NothingAdjusted, StoreCreditChanged,
    StoreCreditNotFound.
    """
    return write(
        "POST",
        "/v1/admin/store-credit/{account_id}/adjustments",
        {200: StoreCreditView},
        path={"account_id": account_id},
        header={"If-Match": if_match},
        body=body,
    )


def list_payment_providers() -> Call[PaymentProviders]:
    """List the payment providers, in the order in which buyers are offered them."""
    return read("/v1/admin/payment-providers", {200: PaymentProviders})


def create_payment_provider(body: PaymentProviderDraft) -> Call[PaymentProviderView]:
    """Connect an account at a payment provider.

    Raises, beside what every call may: ChannelUnknown, CountryUnknown, NoSuchCurrency,
    PaymentProviderNameTaken, PaymentProvidersFull, PictureEmpty, PictureFormatUnknown,
    PictureTooLarge, ProviderFieldMissing, ProviderFieldUnknown, ProviderFieldUnusable,
    ProviderKindUnknown, TokenUnusable.
    """
    return write("POST", "/v1/admin/payment-providers", {201: PaymentProviderView}, body=body)


def get_payment_provider(provider_id: UUID | str) -> Call[PaymentProviderView]:
    """Read a payment provider; of its credentials, the last four characters at most.

    Raises, beside what every call may: PaymentProviderNotFound.
    """
    return read(
        "/v1/admin/payment-providers/{provider_id}",
        {200: PaymentProviderView},
        path={"provider_id": provider_id},
    )


def delete_payment_provider(provider_id: UUID | str, *, if_match: int | None = None) -> Call[None]:
    """Delete a payment provider that has never taken a payment; others can be disabled.

    Raises, beside what every call may: MediaStoreAway, PaymentProviderChanged,
    PaymentProviderInUse, PaymentProviderNotFound, PictureEmpty, PictureFormatUnknown,
    PictureTooLarge, ProviderFieldMissing, ProviderFieldUnknown, ProviderFieldUnusable,
    ProviderKindUnknown, TokenUnusable.
    """
    return write(
        "DELETE",
        "/v1/admin/payment-providers/{provider_id}",
        {204: None},
        path={"provider_id": provider_id},
        header={"If-Match": if_match},
    )


def change_payment_provider(
    provider_id: UUID | str, body: PaymentProviderPatch, *, if_match: int | None = None
) -> Call[PaymentProviderView]:
    """Change a payment provider; credentials that are not named stay as they are.

    Raises, beside what every call may: ChannelUnknown, CountryUnknown, NoSuchCurrency,
    PaymentProviderChanged, PaymentProviderNameTaken, PaymentProviderNotFound, PictureEmpty,
    PictureFormatUnknown, PictureTooLarge, ProviderFieldMissing, ProviderFieldUnknown,
    ProviderFieldUnusable, ProviderKindUnknown, TokenUnusable.
    """
    return write(
        "PATCH",
        "/v1/admin/payment-providers/{provider_id}",
        {200: PaymentProviderView},
        path={"provider_id": provider_id},
        header={"If-Match": if_match},
        body=body,
    )


def check_payment_provider(provider_id: UUID | str) -> Call[ProviderCheck]:
    """Ask the provider whether the saved credentials work.

    Raises, beside what every call may: PaymentProviderNotFound, PictureEmpty,
    PictureFormatUnknown, PictureTooLarge, ProviderFieldMissing, ProviderFieldUnknown,
    ProviderFieldUnusable, ProviderKindUnknown, TokenUnusable.
    """
    return write_once(
        "POST",
        "/v1/admin/payment-providers/{provider_id}/check",
        {200: ProviderCheck},
        path={"provider_id": provider_id},
    )


def list_all_returns(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    status: ReturnState | None = None,
    reason: str | None = None,
    order_number: int | None = None,
) -> Call[StaffReturnPage]:
    """List returns, the newest first.

    Raises, beside what every call may: CursorUnusable.
    """
    return read(
        "/v1/admin/returns",
        {200: StaffReturnPage},
        query={
            "limit": limit,
            "cursor": cursor,
            "status": status,
            "reason": reason,
            "order_number": order_number,
        },
    )


def get_return(return_id: UUID | str) -> Call[StaffReturnView]:
    """Read a return.

    Raises, beside what every call may: ReturnNotFound.
    """
    return read(
        "/v1/admin/returns/{return_id}", {200: StaffReturnView}, path={"return_id": return_id}
    )


def preview_settlement(return_id: UUID | str, body: ReturnClosing) -> Call[Settlement]:
    """Say what closing a return would pay back now, without doing it.

    Raises, beside what every call may: OrderNotFound, RefundTooLarge, ReturnNotFound.
    """
    return write_once(
        "POST",
        "/v1/admin/returns/{return_id}/settlement",
        {200: Settlement},
        path={"return_id": return_id},
        body=body,
    )


def approve_return(
    return_id: UUID | str, body: ReturnApproval, *, if_match: int | None = None
) -> Call[StaffReturnView]:
    """Let the goods come; the customer is told how by mail.

    Raises, beside what every call may: GiftCardNotExchanged, NothingPromised, OrderChanged,
    OrderNotFound, OutOfStock, ReturnChanged, ReturnNotFound, SkuUnknown.
    """
    return write(
        "POST",
        "/v1/admin/returns/{return_id}/approve",
        {200: StaffReturnView},
        path={"return_id": return_id},
        header={"If-Match": if_match},
        body=body,
    )


def refuse_return(
    return_id: UUID | str, body: ReturnRefusal, *, if_match: int | None = None
) -> Call[StaffReturnView]:
    """Refuse a return; the customer is told why by mail.

    Raises, beside what every call may: OrderChanged, OrderNotFound, ReturnChanged,
    ReturnNotFound.
    """
    return write(
        "POST",
        "/v1/admin/returns/{return_id}/refuse",
        {200: StaffReturnView},
        path={"return_id": return_id},
        header={"If-Match": if_match},
        body=body,
    )


def withdraw_return(return_id: UUID | str, *, if_match: int | None = None) -> Call[StaffReturnView]:
    """Give a return up for its customer, before anything has arrived.

    Raises, beside what every call may: NothingPromised, OrderChanged, OrderNotFound,
    OutOfStock, ReturnChanged, ReturnNotFound.
    """
    return write(
        "POST",
        "/v1/admin/returns/{return_id}/withdraw",
        {200: StaffReturnView},
        path={"return_id": return_id},
        header={"If-Match": if_match},
    )


def receive_return(
    return_id: UUID | str, body: ReturnReceiptDraft, *, if_match: int | None = None
) -> Call[StaffReturnView]:
    """Note goods that arrived, all or a part: each is restocked or written off at once.

    Raises, beside what every call may: LocationUnknown, MoreThanExpected, MoreThanSent,
    OrderChanged, OrderNotFound, ReturnChanged, ReturnLineUnknown, ReturnNotExpected,
    ReturnNotFound.
    """
    return write(
        "POST",
        "/v1/admin/returns/{return_id}/receipts",
        {201: StaffReturnView},
        path={"return_id": return_id},
        header={"If-Match": if_match},
        body=body,
    )


def exchange_return(
    return_id: UUID | str, body: EarlyExchange, *, if_match: int | None = None
) -> Call[StaffReturnView]:
    """Order what is wanted instead before the goods have arrived, so that it can be sent at
    once.

    Raises, beside what every call may: AmountDueChanged, CartChanged, CartClosed, CartFull,
    CartMerged, CartNotFound, CartNotReady, CheckoutInProgress, CouponUsedUp,
    CouponUsedUpByYou, CreditSpent, ExchangeNotShippable, MediaStoreAway, NoChannel,
    NothingPromised, NothingWanted, OrderChanged, OrderNotFound, OutOfStock, PaymentMissing,
    PictureEmpty, PictureFormatUnknown, PictureTooLarge, PromotionUsedUp,
    ProviderFieldMissing, ProviderFieldUnknown, ProviderFieldUnusable, QuantityTooLarge,
    ReturnChanged, ReturnExchanged, ReturnNotExchangeable, ReturnNotFound,
    ReturnRefundNotAllowed, ShippingOptionNotFound, SkuUnknown, StoreCreditNotFound,
    TokenUnusable, TooManyOrders, TotalChanged.
    """
    return write(
        "POST",
        "/v1/admin/returns/{return_id}/exchange",
        {200: StaffReturnView},
        path={"return_id": return_id},
        header={"If-Match": if_match},
        body=body,
    )


def close_return(
    return_id: UUID | str, body: ReturnClosing, *, if_match: int | None = None
) -> Call[StaffReturnView]:
    """Settle what arrived, and expect nothing more.

    Raises, beside what every call may: AmountDueChanged, CartChanged, CartClosed, CartFull,
    CartMerged, CartNotFound, CartNotReady, CheckoutInProgress, CouponUsedUp,
    CouponUsedUpByYou, CreditSpent, CreditUnusable, ExchangeNotShippable, GiftCardUsed,
    InvoiceNotFound, InvoiceSettingsMissing, MediaStoreAway, MoreThanInvoiced, MoreThanSent,
    NoChannel, NoCustomerAccount, NothingPromised, OrderChanged, OrderNotCaptured,
    OrderNotFound, OrderNotInvoiced, OrderTooOld, OutOfStock, PaymentBusy, PaymentMissing,
    PictureEmpty, PictureFormatUnknown, PictureTooLarge, PromotionUsedUp,
    ProviderFieldMissing, ProviderFieldUnknown, ProviderFieldUnusable, QuantityTooLarge,
    RefundTooLarge, ReturnChanged, ReturnExchanged, ReturnNotFound, ReturnRefundNotAllowed,
    ShippingOptionNotFound, SkuUnknown, StoreCreditNotFound, TokenUnusable, TooManyOrders,
    TotalChanged, VerifactuInEuros.
    """
    return write(
        "POST",
        "/v1/admin/returns/{return_id}/close",
        {200: StaffReturnView},
        path={"return_id": return_id},
        header={"If-Match": if_match},
        body=body,
    )


def get_returnable_for_staff(order_id: UUID | str) -> Call[Returnable]:
    """Say what of an order can be returned, also when the customer's time for it has ended.

    Raises, beside what every call may: NoChannel, OrderNotFound.
    """
    return read(
        "/v1/admin/orders/{order_id}/returnable", {200: Returnable}, path={"order_id": order_id}
    )


def make_return(
    order_id: UUID | str, body: StaffReturnDraft, *, if_match: int | None = None
) -> Call[StaffReturnView]:
    """Make a return for a customer.

    Raises, beside what every call may: GiftCardNotExchanged, MoreThanReturnable,
    NothingPromised, OrderChanged, OrderNotFound, OutOfStock, ReturnLineUnknown,
    ReturnNotFound, ReturnNoteMissing, ReturnReasonUnknown, SkuUnknown, TooManyReturns.
    """
    return write(
        "POST",
        "/v1/admin/orders/{order_id}/returns",
        {201: StaffReturnView},
        path={"order_id": order_id},
        header={"If-Match": if_match},
        body=body,
    )


def list_return_reasons() -> Call[ReturnReasons]:
    """List all reasons for returns, inactive ones too, in the order in which customers see them."""
    return read("/v1/admin/return-reasons", {200: ReturnReasons})


def create_return_reason(body: ReturnReasonDraft) -> Call[ReturnReasonView]:
    """Create a reason for returns.

    Raises, beside what every call may: ReturnReasonCodeTaken.
    """
    return write("POST", "/v1/admin/return-reasons", {201: ReturnReasonView}, body=body)


def get_return_reason(reason_id: UUID | str) -> Call[ReturnReasonView]:
    """Read a reason for returns.

    Raises, beside what every call may: ReturnReasonNotFound.
    """
    return read(
        "/v1/admin/return-reasons/{reason_id}",
        {200: ReturnReasonView},
        path={"reason_id": reason_id},
    )


def delete_return_reason(reason_id: UUID | str, *, if_match: int | None = None) -> Call[None]:
    """Delete a reason that no return has; make others inactive.

    Raises, beside what every call may: MediaStoreAway, ReturnReasonChanged,
    ReturnReasonInUse, ReturnReasonNotFound.
    """
    return write(
        "DELETE",
        "/v1/admin/return-reasons/{reason_id}",
        {204: None},
        path={"reason_id": reason_id},
        header={"If-Match": if_match},
    )


def change_return_reason(
    reason_id: UUID | str, body: ReturnReasonPatch, *, if_match: int | None = None
) -> Call[ReturnReasonView]:
    """Change only the fields that you send; its code never changes.

    Raises, beside what every call may: NoChannel, ReturnReasonChanged, ReturnReasonCodeTaken,
    ReturnReasonNotFound.
    """
    return write(
        "PATCH",
        "/v1/admin/return-reasons/{reason_id}",
        {200: ReturnReasonView},
        path={"reason_id": reason_id},
        header={"If-Match": if_match},
        body=body,
    )


def get_return_policy() -> Call[ReturnPolicyView]:
    """Read until when customers may ask for returns, and what is paid back.

    Raises, beside what every call may: NoChannel.
    """
    return read("/v1/admin/return-policy", {200: ReturnPolicyView})


def change_return_policy(body: ReturnPolicyPatch) -> Call[ReturnPolicyView]:
    """Change only the fields that you send; amounts by currency are replaced as a whole.

    Raises, beside what every call may: NoChannel, NoSuchCurrency, ProviderFieldMissing,
    ProviderFieldUnknown, ProviderFieldUnusable, ReturnPolicyChanged, TokenUnusable.
    """
    return write("PATCH", "/v1/admin/return-policy", {200: ReturnPolicyView}, body=body)


def report_sales(
    *, from_: date, to: date, by: str | None = None, group: str | None = None
) -> Call[SalesReport]:
    """Sum sales by period and currency, and by product, category or country if you say so.

    Raises, beside what every call may: NoChannel, ReportPeriodUnusable.
    """
    return read(
        "/v1/admin/reports/sales",
        {200: SalesReport},
        query={"from": from_, "to": to, "by": by, "group": group},
    )


def export_sales(
    *, from_: date, to: date, by: str | None = None, group: str | None = None
) -> Call[str]:
    """Give the report of sales as CSV, with a line that names the columns.

    Raises, beside what every call may: NoChannel, ReportPeriodUnusable.
    """
    return read(
        "/v1/admin/reports/sales.csv",
        {200: str},
        query={"from": from_, "to": to, "by": by, "group": group},
    )


def report_taxes(*, from_: date, to: date, by: str | None = None) -> Call[TaxReport]:
    """Sum taxes by period, currency, country and rate, as the EU's one-stop shop asks for them.

    Raises, beside what every call may: NoChannel, ReportPeriodUnusable.
    """
    return read(
        "/v1/admin/reports/taxes", {200: TaxReport}, query={"from": from_, "to": to, "by": by}
    )


def export_taxes(*, from_: date, to: date, by: str | None = None) -> Call[str]:
    """Give the report of taxes as CSV, with a line that names the columns.

    Raises, beside what every call may: NoChannel, ReportPeriodUnusable.
    """
    return read(
        "/v1/admin/reports/taxes.csv", {200: str}, query={"from": from_, "to": to, "by": by}
    )


def report_payments(*, from_: date, to: date, by: str | None = None) -> Call[PaymentsReport]:
    """Sum what each payment provider took and paid back, by period and currency.

    Raises, beside what every call may: NoChannel, ReportPeriodUnusable.
    """
    return read(
        "/v1/admin/reports/payments",
        {200: PaymentsReport},
        query={"from": from_, "to": to, "by": by},
    )


def export_payments(*, from_: date, to: date, by: str | None = None) -> Call[str]:
    """Give the report of payments as CSV, with a line that names the columns.

    Raises, beside what every call may: NoChannel, ReportPeriodUnusable.
    """
    return read(
        "/v1/admin/reports/payments.csv", {200: str}, query={"from": from_, "to": to, "by": by}
    )


def report_gift_cards(*, from_: date, to: date, by: str | None = None) -> Call[GiftCardsReport]:
    """Sum what became of gift cards by period and currency, and what is owed on them then.

    Raises, beside what every call may: NoChannel, ReportPeriodUnusable.
    """
    return read(
        "/v1/admin/reports/gift-cards",
        {200: GiftCardsReport},
        query={"from": from_, "to": to, "by": by},
    )


def export_gift_cards(*, from_: date, to: date, by: str | None = None) -> Call[str]:
    """Give the report of gift cards as CSV, with a line that names the columns.

    Raises, beside what every call may: NoChannel, ReportPeriodUnusable.
    """
    return read(
        "/v1/admin/reports/gift-cards.csv", {200: str}, query={"from": from_, "to": to, "by": by}
    )


def report_stock(*, from_: date, to: date, by: str | None = None) -> Call[StockReport]:
    """Sum what came into stock and left it, by period, SKU and location.

    Raises, beside what every call may: NoChannel, ReportPeriodUnusable.
    """
    return read(
        "/v1/admin/reports/stock", {200: StockReport}, query={"from": from_, "to": to, "by": by}
    )


def export_stock(*, from_: date, to: date, by: str | None = None) -> Call[str]:
    """Give the report of stock as CSV, with a line that names the columns.

    Raises, beside what every call may: NoChannel, ReportPeriodUnusable.
    """
    return read(
        "/v1/admin/reports/stock.csv", {200: str}, query={"from": from_, "to": to, "by": by}
    )


def list_invoices(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    kind: InvoiceKind | None = None,
    number: str | None = None,
    order_id: UUID | str | None = None,
) -> Call[InvoicePage]:
    """List invoices and credit notes, the newest first.

    Raises, beside what every call may: CursorUnusable.
    """
    return read(
        "/v1/admin/invoices",
        {200: InvoicePage},
        query={
            "limit": limit,
            "cursor": cursor,
            "kind": kind,
            "number": number,
            "order_id": order_id,
        },
    )


def get_invoice(invoice_id: UUID | str) -> Call[InvoiceView]:
    """Read what there is to know of an invoice beside its files.

    Raises, beside what every call may: InvoiceNotFound.
    """
    return read(
        "/v1/admin/invoices/{invoice_id}", {200: InvoiceView}, path={"invoice_id": invoice_id}
    )


def get_invoice_pdf(invoice_id: UUID | str) -> Call[bytes]:
    """Fetch an invoice as PDF (PDF/A-3b, with its XML inside: Factur-X).

    Raises, beside what every call may: InvoiceNotFound, InvoiceNotReady.
    """
    return read(
        "/v1/admin/invoices/{invoice_id}/pdf", {200: bytes}, path={"invoice_id": invoice_id}
    )


def get_invoice_xml(invoice_id: UUID | str) -> Call[bytes]:
    """Fetch an invoice as XML (EN 16931, in the syntax of UN/CEFACT).

    Raises, beside what every call may: InvoiceNotFound, InvoiceNotReady.
    """
    return read(
        "/v1/admin/invoices/{invoice_id}/xml", {200: bytes}, path={"invoice_id": invoice_id}
    )


def cancel_invoice(
    invoice_id: UUID | str, body: CancellationDraft, *, if_match: int | None = None
) -> Call[InvoiceView]:
    """Say that an invoice was issued in error; its number stays taken.

    Raises, beside what every call may: InvoiceCancelled, InvoiceCorrected, InvoiceNotFound,
    OrderChanged, OrderNotFound.
    """
    return write(
        "POST",
        "/v1/admin/invoices/{invoice_id}/cancellation",
        {200: InvoiceView},
        path={"invoice_id": invoice_id},
        header={"If-Match": if_match},
        body=body,
    )


def issue_invoice(order_id: UUID | str, *, if_match: int | None = None) -> Call[InvoiceView]:
    """Issue the invoice of an order.

    Raises, beside what every call may: CreditUnusable, InvoiceNotFound,
    InvoiceSettingsMissing, MoreThanInvoiced, OrderChanged, OrderNotFound, OrderNotInvoiced,
    OrderTooOld, PictureEmpty, PictureFormatUnknown, PictureTooLarge, ProviderFieldMissing,
    ProviderFieldUnknown, ProviderFieldUnusable, TaxExchangeRateMissing, TokenUnusable,
    VerifactuInEuros.
    """
    return write(
        "POST",
        "/v1/admin/orders/{order_id}/invoice",
        {200: InvoiceView, 201: InvoiceView},
        path={"order_id": order_id},
        header={"If-Match": if_match},
    )


def get_invoice_settings() -> Call[InvoiceSettingsView]:
    """Read who the seller is, how invoices are numbered, and when they are issued.

    Raises, beside what every call may: InvoiceSettingsNotFound, NoChannel.
    """
    return read("/v1/admin/invoice-settings", {200: InvoiceSettingsView})


def put_invoice_settings(body: InvoiceSettingsDraft) -> Call[InvoiceSettingsView]:
    """Write the settings of invoices, whole.

    Raises, beside what every call may: ChannelChanged, CountryUnknown, IbanUnusable,
    InvoiceSettingsChanged, NoChannel, NoSuchCurrency, ProviderFieldMissing,
    ProviderFieldUnknown, ProviderFieldUnusable, SeriesShared, TaxExchangeRatesUnusable,
    TaxNumberMissing, TokenUnusable, VatNumberUnusable, VerifactuNeedsSpain.
    """
    return write("PUT", "/v1/admin/invoice-settings", {200: InvoiceSettingsView}, body=body)


def list_all_shipping_options() -> Call[StaffShippingOptions]:
    """List all shipping options, inactive ones too, in the order in which buyers see them."""
    return read("/v1/admin/shipping-options", {200: StaffShippingOptions})


def create_shipping_option(body: ShippingOptionDraft) -> Call[StaffShippingOptionView]:
    """Create a shipping option; its price is flat unless tariff is given.

    Raises, beside what every call may: CategoryUnknown, CountryUnknown, CourierMissing,
    CourierServiceMissing, LimitsCrossed, NoChannel, NoSuchCurrency, NoSuchShippingOption,
    ProviderFieldMissing, ProviderFieldUnknown, ProviderFieldUnusable, ShippingPriceMissing,
    ShippingZoneUnknown, TariffWithoutThis, TierRepeated, TiersMissing, TokenUnusable.
    """
    return write("POST", "/v1/admin/shipping-options", {201: StaffShippingOptionView}, body=body)


def get_shipping_option(option_id: UUID | str) -> Call[StaffShippingOptionView]:
    """Read a shipping option.

    Raises, beside what every call may: NoSuchShippingOption.
    """
    return read(
        "/v1/admin/shipping-options/{option_id}",
        {200: StaffShippingOptionView},
        path={"option_id": option_id},
    )


def delete_shipping_option(option_id: UUID | str, *, if_match: int | None = None) -> Call[None]:
    """Delete a shipping option; carts with it need another one, orders are not changed.

    Raises, beside what every call may: MediaStoreAway, NoSuchShippingOption,
    ShippingOptionChanged.
    """
    return write(
        "DELETE",
        "/v1/admin/shipping-options/{option_id}",
        {204: None},
        path={"option_id": option_id},
        header={"If-Match": if_match},
    )


def change_shipping_option(
    option_id: UUID | str, body: ShippingOptionPatch, *, if_match: int | None = None
) -> Call[StaffShippingOptionView]:
    """Change only the fields that you send; prices, tiers and lists are replaced as a whole.

    Raises, beside what every call may: CategoryUnknown, CountryUnknown, CourierMissing,
    CourierServiceMissing, LimitsCrossed, NoChannel, NoSuchCurrency, NoSuchShippingOption,
    ProviderFieldMissing, ProviderFieldUnknown, ProviderFieldUnusable, ShippingOptionChanged,
    ShippingPriceMissing, ShippingZoneUnknown, TariffWithoutThis, TierRepeated, TiersMissing,
    TokenUnusable.
    """
    return write(
        "PATCH",
        "/v1/admin/shipping-options/{option_id}",
        {200: StaffShippingOptionView},
        path={"option_id": option_id},
        header={"If-Match": if_match},
        body=body,
    )


def get_channel() -> Call[ChannelView]:
    """Read the storefront's settings.

    Raises, beside what every call may: NoChannel.
    """
    return read("/v1/admin/channel", {200: ChannelView})


def change_channel(body: ChannelPatch) -> Call[ChannelView]:
    """Change the settings that you name; lists are replaced as a whole.

    Raises, beside what every call may: AddressUnusable, ChannelChanged, CountryUnknown,
    DefaultCurrencyMissing, HostUnusable, NoChannel, NoSuchCurrency, OriginUnusable,
    ProviderFieldMissing, ProviderFieldUnknown, ProviderFieldUnusable, TaxClassUnknown,
    TaxCountryMissing, TaxSourceUnavailable, TimeZoneUnknown, TokenUnusable.
    """
    return write("PATCH", "/v1/admin/channel", {200: ChannelView}, body=body)


def get_storefront_settings() -> Call[StorefrontSettingsView]:
    """Read the storefront's logo, colours and texts in all languages.

    Raises, beside what every call may: NoChannel.
    """
    return read("/v1/admin/storefront", {200: StorefrontSettingsView})


def change_storefront(body: StorefrontPatch) -> Call[StorefrontSettingsView]:
    """Change the settings that you name; texts is replaced as a whole.

    Raises, beside what every call may: LogoNotReady, LogoUnknown, NoChannel,
    StorefrontChanged.
    """
    return write("PATCH", "/v1/admin/storefront", {200: StorefrontSettingsView}, body=body)


def list_legal_pages() -> Call[StaffLegalPages]:
    """List the legal pages that are written, in all their languages.

    Raises, beside what every call may: NoChannel.
    """
    return read("/v1/admin/legal-pages", {200: StaffLegalPages})


def get_legal_page_for_staff(kind: LegalKind) -> Call[StaffLegalPageView]:
    """Read a legal page in all its languages.

    Raises, beside what every call may: LegalPageNotFound, NoChannel.
    """
    return read("/v1/admin/legal-pages/{kind}", {200: StaffLegalPageView}, path={"kind": kind})


def put_legal_page(
    kind: LegalKind, body: LegalPageDraft, *, if_match: int | None = None
) -> Call[StaffLegalPageView]:
    """Write a legal page, new or in place of the one that there is, in all its languages.

    Raises, beside what every call may: LegalPageChanged, LegalTextMissing, LegalTitleMissing,
    NoChannel.
    """
    return write(
        "PUT",
        "/v1/admin/legal-pages/{kind}",
        {200: StaffLegalPageView},
        path={"kind": kind},
        header={"If-Match": if_match},
        body=body,
    )


def delete_legal_page(kind: LegalKind, *, if_match: int | None = None) -> Call[None]:
    """Take a legal page off the shop.

    Raises, beside what every call may: LegalPageChanged, LegalPageNotFound, MediaStoreAway,
    NoChannel.
    """
    return write(
        "DELETE",
        "/v1/admin/legal-pages/{kind}",
        {204: None},
        path={"kind": kind},
        header={"If-Match": if_match},
    )


def preview_pricing(body: PricingDraft) -> Call[PricingView]:
    """Compute what a cart would cost, with the function that prices carts; nothing is stored.

    Raises, beside what every call may: NoSuchCurrency, PromotionIncomplete, PromotionUnclear,
    ProviderFieldMissing, ProviderFieldUnknown, ProviderFieldUnusable, TaxRateTooHigh,
    TokenUnusable.
    """
    return write_once("POST", "/v1/admin/pricing/preview", {200: PricingView}, body=body)


def list_promotions(
    *, limit: int | None = None, cursor: str | None = None, trigger: Trigger | None = None
) -> Call[PromotionPage]:
    """List promotions, inactive ones too, the newest first.

    Raises, beside what every call may: CursorUnusable.
    """
    return read(
        "/v1/admin/promotions",
        {200: PromotionPage},
        query={"limit": limit, "cursor": cursor, "trigger": trigger},
    )


def create_promotion(body: PromotionDraft) -> Call[PromotionView]:
    """Create a promotion; it applies once it is active.

    Raises, beside what every call may: NoSuchCurrency, PictureEmpty, PictureFormatUnknown,
    PictureTooLarge, PromotionEndsTooSoon, PromotionHoursAlike, PromotionIncomplete,
    PromotionNotFound, PromotionUnclear, ProviderFieldMissing, ProviderFieldUnknown,
    ProviderFieldUnusable, SaleUnclear, TargetUnknown, TokenUnusable, UsageLimitTooLow.
    """
    return write("POST", "/v1/admin/promotions", {201: PromotionView}, body=body)


def get_promotion(promotion_id: UUID | str) -> Call[PromotionView]:
    """Read a promotion, with how often it has been used.

    Raises, beside what every call may: PromotionNotFound.
    """
    return read(
        "/v1/admin/promotions/{promotion_id}",
        {200: PromotionView},
        path={"promotion_id": promotion_id},
    )


def delete_promotion(promotion_id: UUID | str, *, if_match: int | None = None) -> Call[None]:
    """Delete a promotion with its coupons; orders keep their discounts.

    Raises, beside what every call may: MediaStoreAway, PictureEmpty, PictureFormatUnknown,
    PictureTooLarge, PromotionChanged, PromotionNotFound, ProviderFieldMissing,
    ProviderFieldUnknown, ProviderFieldUnusable, TokenUnusable.
    """
    return write(
        "DELETE",
        "/v1/admin/promotions/{promotion_id}",
        {204: None},
        path={"promotion_id": promotion_id},
        header={"If-Match": if_match},
    )


def change_promotion(
    promotion_id: UUID | str, body: PromotionPatch, *, if_match: int | None = None
) -> Call[PromotionView]:
    """Change only the fields that you send; lists and amounts are replaced as a whole.

    Raises, beside what every call may: NoSuchCurrency, PictureEmpty, PictureFormatUnknown,
    PictureTooLarge, PromotionChanged, PromotionEndsTooSoon, PromotionHoursAlike,
    PromotionIncomplete, PromotionNotFound, PromotionUnclear, ProviderFieldMissing,
    ProviderFieldUnknown, ProviderFieldUnusable, SaleUnclear, TargetUnknown, TokenUnusable,
    UsageLimitTooLow.
    """
    return write(
        "PATCH",
        "/v1/admin/promotions/{promotion_id}",
        {200: PromotionView},
        path={"promotion_id": promotion_id},
        header={"If-Match": if_match},
        body=body,
    )


def simulate_promotion(
    promotion_id: UUID | str, body: SimulationDraft, *, if_match: int | None = None
) -> Call[SimulationView]:
    """Simulate a promotion, active or not, on the orders of the last days; nothing is changed.

    Raises, beside what every call may: PromotionNotFound.
    """
    return write(
        "POST",
        "/v1/admin/promotions/{promotion_id}/simulate",
        {200: SimulationView},
        path={"promotion_id": promotion_id},
        header={"If-Match": if_match},
        body=body,
    )


def list_coupons(
    promotion_id: UUID | str, *, limit: int | None = None, cursor: str | None = None
) -> Call[CouponPage]:
    """List the codes of a promotion, the oldest first.

    Raises, beside what every call may: CursorUnusable, PromotionNotFound.
    """
    return read(
        "/v1/admin/promotions/{promotion_id}/coupons",
        {200: CouponPage},
        path={"promotion_id": promotion_id},
        query={"limit": limit, "cursor": cursor},
    )


def create_coupon(
    promotion_id: UUID | str, body: CouponDraft, *, if_match: int | None = None
) -> Call[CouponView]:
    """Add a coupon (a code) to a promotion.

    Raises, beside what every call may: CouponCodeTaken, CouponNotFound, CouponsOfOthers,
    PromotionChanged, PromotionNotFound.
    """
    return write(
        "POST",
        "/v1/admin/promotions/{promotion_id}/coupons",
        {201: CouponView},
        path={"promotion_id": promotion_id},
        header={"If-Match": if_match},
        body=body,
    )


def export_coupons(promotion_id: UUID | str) -> Call[str]:
    """Read all codes of a promotion as CSV, with a header line.

    Raises, beside what every call may: PromotionNotFound.
    """
    return read(
        "/v1/admin/promotions/{promotion_id}/coupons.csv",
        {200: str},
        path={"promotion_id": promotion_id},
    )


def create_coupons(
    promotion_id: UUID | str, body: CouponsWanted, *, if_match: int | None = None
) -> Call[CouponsMade]:
    """Generate up to 10,000 coupons with random codes; read them as a list or as CSV.

    Raises, beside what every call may: CouponCodesShort, CouponsOfOthers, PromotionChanged,
    PromotionNotFound.
    """
    return write(
        "POST",
        "/v1/admin/promotions/{promotion_id}/coupons/bulk",
        {201: CouponsMade},
        path={"promotion_id": promotion_id},
        header={"If-Match": if_match},
        body=body,
    )


def get_coupon(promotion_id: UUID | str, coupon_id: UUID | str) -> Call[CouponView]:
    """Read a code of a promotion.

    Raises, beside what every call may: CouponNotFound.
    """
    return read(
        "/v1/admin/promotions/{promotion_id}/coupons/{coupon_id}",
        {200: CouponView},
        path={"promotion_id": promotion_id, "coupon_id": coupon_id},
    )


def delete_coupon(
    promotion_id: UUID | str, coupon_id: UUID | str, *, if_match: int | None = None
) -> Call[None]:
    """Delete a coupon; orders keep their discounts.

    Raises, beside what every call may: CouponChanged, CouponNotFound, MediaStoreAway.
    """
    return write(
        "DELETE",
        "/v1/admin/promotions/{promotion_id}/coupons/{coupon_id}",
        {204: None},
        path={"promotion_id": promotion_id, "coupon_id": coupon_id},
        header={"If-Match": if_match},
    )


def change_coupon(
    promotion_id: UUID | str,
    coupon_id: UUID | str,
    body: CouponPatch,
    *,
    if_match: int | None = None,
) -> Call[CouponView]:
    """Change the limit of a coupon, or switch it on or off; the code itself never changes.

    Raises, beside what every call may: CouponChanged, CouponNotFound, UsageLimitTooLow.
    """
    return write(
        "PATCH",
        "/v1/admin/promotions/{promotion_id}/coupons/{coupon_id}",
        {200: CouponView},
        path={"promotion_id": promotion_id, "coupon_id": coupon_id},
        header={"If-Match": if_match},
        body=body,
    )


def list_price_lists(*, limit: int | None = None, cursor: str | None = None) -> Call[PriceLists]:
    """List price lists, the newest first.

    Raises, beside what every call may: CursorUnusable.
    """
    return read(
        "/v1/admin/price-lists", {200: PriceLists}, query={"limit": limit, "cursor": cursor}
    )


def create_price_list(body: PriceListDraft) -> Call[PriceListView]:
    """Create a price list without prices; add them in a second step.

    Raises, beside what every call may: NoSuchCurrency, NoSuchPriceList, PeriodUnusable,
    PriceListGroupUnknown, ProviderFieldMissing, ProviderFieldUnknown, ProviderFieldUnusable,
    TokenUnusable.
    """
    return write("POST", "/v1/admin/price-lists", {201: PriceListView}, body=body)


def get_price_list(list_id: UUID | str) -> Call[PriceListView]:
    """Read a price list, without its prices.

    Raises, beside what every call may: NoSuchPriceList.
    """
    return read("/v1/admin/price-lists/{list_id}", {200: PriceListView}, path={"list_id": list_id})


def delete_price_list(list_id: UUID | str, *, if_match: int | None = None) -> Call[None]:
    """Delete a price list with its prices; orders keep their prices.

    Raises, beside what every call may: MediaStoreAway, NoSuchPriceList, PictureEmpty,
    PictureFormatUnknown, PictureTooLarge, PriceListChanged, ProviderFieldMissing,
    ProviderFieldUnknown, ProviderFieldUnusable, TokenUnusable.
    """
    return write(
        "DELETE",
        "/v1/admin/price-lists/{list_id}",
        {204: None},
        path={"list_id": list_id},
        header={"If-Match": if_match},
    )


def change_price_list(
    list_id: UUID | str, body: PriceListPatch, *, if_match: int | None = None
) -> Call[PriceListView]:
    """Change only the fields that you send; listed prices change at once.

    Raises, beside what every call may: NoSuchPriceList, PeriodUnusable, PictureEmpty,
    PictureFormatUnknown, PictureTooLarge, PriceListChanged, PriceListGroupUnknown,
    ProviderFieldMissing, ProviderFieldUnknown, ProviderFieldUnusable, TokenUnusable.
    """
    return write(
        "PATCH",
        "/v1/admin/price-lists/{list_id}",
        {200: PriceListView},
        path={"list_id": list_id},
        header={"If-Match": if_match},
        body=body,
    )


def list_listed_prices(
    list_id: UUID | str, *, limit: int | None = None, cursor: str | None = None
) -> Call[ListedPrices]:
    """List the prices of a price list.

    Raises, beside what every call may: CursorUnusable, NoSuchPriceList.
    """
    return read(
        "/v1/admin/price-lists/{list_id}/prices",
        {200: ListedPrices},
        path={"list_id": list_id},
        query={"limit": limit, "cursor": cursor},
    )


def set_listed_prices(
    list_id: UUID | str, body: ListedPricesDraft, *, if_match: int | None = None
) -> Call[PriceListView]:
    """Add or replace up to 1,000 prices, all or none; the others stay.

    Raises, beside what every call may: NoSuchPriceList, NoSuchSku, PictureEmpty,
    PictureFormatUnknown, PictureTooLarge, PriceListChanged, ProviderFieldMissing,
    ProviderFieldUnknown, ProviderFieldUnusable, TokenUnusable.
    """
    return write(
        "PUT",
        "/v1/admin/price-lists/{list_id}/prices",
        {200: PriceListView},
        path={"list_id": list_id},
        header={"If-Match": if_match},
        body=body,
    )


def delete_listed_prices(
    list_id: UUID | str, *, sku: str, if_match: int | None = None
) -> Call[None]:
    """Remove all prices of one SKU from the list.

    Raises, beside what every call may: NoSuchPriceList, NotInPriceList, PictureEmpty,
    PictureFormatUnknown, PictureTooLarge, PriceListChanged, ProviderFieldMissing,
    ProviderFieldUnknown, ProviderFieldUnusable, TokenUnusable.
    """
    return write(
        "DELETE",
        "/v1/admin/price-lists/{list_id}/prices",
        {204: None},
        path={"list_id": list_id},
        query={"sku": sku},
        header={"If-Match": if_match},
    )


def list_exchange_rates() -> Call[ExchangeRates]:
    """List all exchange rates by the currency that they convert into."""
    return read("/v1/admin/exchange-rates", {200: ExchangeRates})


def get_exchange_rate(currency: str) -> Call[ExchangeRateView]:
    """Read the exchange rate into a currency.

    Raises, beside what every call may: NoSuchExchangeRate.
    """
    return read(
        "/v1/admin/exchange-rates/{currency}", {200: ExchangeRateView}, path={"currency": currency}
    )


def set_exchange_rate(
    currency: str, body: ExchangeRateDraft, *, if_match: int | None = None
) -> Call[ExchangeRateView]:
    """Set the rate into a currency; variants without a price of their own in it get one at once.

    Raises, beside what every call may: ExchangeRateChanged, NoSuchCurrency, PictureEmpty,
    PictureFormatUnknown, PictureTooLarge, ProviderFieldMissing, ProviderFieldUnknown,
    ProviderFieldUnusable, RateIntoItself, TokenUnusable.
    """
    return write(
        "PUT",
        "/v1/admin/exchange-rates/{currency}",
        {200: ExchangeRateView},
        path={"currency": currency},
        header={"If-Match": if_match},
        body=body,
    )


def delete_exchange_rate(currency: str, *, if_match: int | None = None) -> Call[None]:
    """Delete a rate with the prices that it converted; orders keep their prices.

    Raises, beside what every call may: ExchangeRateChanged, MediaStoreAway,
    NoSuchExchangeRate, PictureEmpty, PictureFormatUnknown, PictureTooLarge,
    ProviderFieldMissing, ProviderFieldUnknown, ProviderFieldUnusable, TokenUnusable.
    """
    return write(
        "DELETE",
        "/v1/admin/exchange-rates/{currency}",
        {204: None},
        path={"currency": currency},
        header={"If-Match": if_match},
    )


def get_price_history(
    sku: str, *, limit: int | None = None, cursor: str | None = None, currency: str | None = None
) -> Call[PriceHistory]:
    """Show the listed prices of a variant: the current ones, and the former ones, newest first.

    Raises, beside what every call may: CursorUnusable, VariantNotFound.
    """
    return read(
        "/v1/admin/variants/{sku}/price-history",
        {200: PriceHistory},
        path={"sku": sku},
        query={"limit": limit, "cursor": cursor, "currency": currency},
    )


def list_customers(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    q: str | None = None,
    group: str | None = None,
) -> Call[CustomerPage]:
    """List customers, the newest first: accounts whose address is verified.

    Raises, beside what every call may: CursorUnusable.
    """
    return read(
        "/v1/admin/customers",
        {200: CustomerPage},
        query={"limit": limit, "cursor": cursor, "q": q, "group": group},
    )


def get_customer(user_id: UUID | str) -> Call[CustomerView]:
    """Read a customer: groups, what they bought, addresses and notes.

    Raises, beside what every call may: CurrencyMissing, CursorUnusable, CustomerNotFound,
    OrderNotFound, SearchAmbiguous, TimeZoneMissing, TooManyTags.
    """
    return read("/v1/admin/customers/{user_id}", {200: CustomerView}, path={"user_id": user_id})


def list_customer_notes(
    user_id: UUID | str, *, limit: int | None = None, cursor: str | None = None
) -> Call[CustomerNotes]:
    """List the notes about a customer, the newest first.

    Raises, beside what every call may: CursorUnusable, CustomerNotFound.
    """
    return read(
        "/v1/admin/customers/{user_id}/notes",
        {200: CustomerNotes},
        path={"user_id": user_id},
        query={"limit": limit, "cursor": cursor},
    )


def note_customer(
    user_id: UUID | str, body: CustomerNoteDraft, *, if_match: int | None = None
) -> Call[CustomerNoteView]:
    """Add a note about a customer, who never sees it; it stays as it is.

    Raises, beside what every call may: CustomerNotFound.
    """
    return write(
        "POST",
        "/v1/admin/customers/{user_id}/notes",
        {201: CustomerNoteView},
        path={"user_id": user_id},
        header={"If-Match": if_match},
        body=body,
    )


def export_customer(user_id: UUID | str) -> Call[CustomerExport]:
    """Read all that is kept about a customer, to be handed to them when they ask for it.

    Raises, beside what every call may: CustomerNotFound.
    """
    return read(
        "/v1/admin/customers/{user_id}/export", {200: CustomerExport}, path={"user_id": user_id}
    )


def erase_customer(user_id: UUID | str, *, if_match: int | None = None) -> Call[None]:
    """Erase the personal data of a customer, for good.

    Raises, beside what every call may: CustomerHasOpenOrders, CustomerIsStaff,
    CustomerNotFound.
    """
    return write(
        "POST",
        "/v1/admin/customers/{user_id}/erasure",
        {204: None},
        path={"user_id": user_id},
        header={"If-Match": if_match},
    )


def list_customer_groups(
    *, limit: int | None = None, cursor: str | None = None
) -> Call[CustomerGroupPage]:
    """List the customer groups, the oldest first.

    Raises, beside what every call may: CursorUnusable.
    """
    return read(
        "/v1/admin/customer-groups",
        {200: CustomerGroupPage},
        query={"limit": limit, "cursor": cursor},
    )


def create_customer_group(body: CustomerGroupDraft) -> Call[CustomerGroupView]:
    """Create a customer group; promotions refer to it by its code.

    Raises, beside what every call may: CustomerGroupCodeTaken, CustomerGroupNotFound.
    """
    return write("POST", "/v1/admin/customer-groups", {201: CustomerGroupView}, body=body)


def get_customer_group(group_id: UUID | str) -> Call[CustomerGroupView]:
    """Read a customer group.

    Raises, beside what every call may: CustomerGroupNotFound.
    """
    return read(
        "/v1/admin/customer-groups/{group_id}",
        {200: CustomerGroupView},
        path={"group_id": group_id},
    )


def delete_customer_group(group_id: UUID | str, *, if_match: int | None = None) -> Call[None]:
    """Delete a customer group, unless promotions or price lists refer to it.

    Raises, beside what every call may: CustomerGroupChanged, CustomerGroupInUse,
    CustomerGroupNotFound, MediaStoreAway.
    """
    return write(
        "DELETE",
        "/v1/admin/customer-groups/{group_id}",
        {204: None},
        path={"group_id": group_id},
        header={"If-Match": if_match},
    )


def change_customer_group(
    group_id: UUID | str, body: CustomerGroupPatch, *, if_match: int | None = None
) -> Call[CustomerGroupView]:
    """Rename a customer group.

    Raises, beside what every call may: CustomerGroupChanged, CustomerGroupNotFound.
    """
    return write(
        "PATCH",
        "/v1/admin/customer-groups/{group_id}",
        {200: CustomerGroupView},
        path={"group_id": group_id},
        header={"If-Match": if_match},
        body=body,
    )


def list_members(
    group_id: UUID | str, *, limit: int | None = None, cursor: str | None = None
) -> Call[MemberPage]:
    """List the members of a customer group.

    Raises, beside what every call may: CursorUnusable, CustomerGroupNotFound.
    """
    return read(
        "/v1/admin/customer-groups/{group_id}/members",
        {200: MemberPage},
        path={"group_id": group_id},
        query={"limit": limit, "cursor": cursor},
    )


def add_member(
    group_id: UUID | str, body: Member, *, if_match: int | None = None
) -> Call[MemberView]:
    """Add an account to a customer group, by address or id; repeating it changes nothing.

    Raises, beside what every call may: CustomerGroupChanged, CustomerGroupNotFound,
    CustomerUnknown.
    """
    return write(
        "PUT",
        "/v1/admin/customer-groups/{group_id}/members",
        {200: MemberView},
        path={"group_id": group_id},
        header={"If-Match": if_match},
        body=body,
    )


def remove_member(
    group_id: UUID | str,
    *,
    email: str | None = None,
    user_id: UUID | str | None = None,
    if_match: int | None = None,
) -> Call[None]:
    """Remove an account from a customer group: ?email= or ?user_id=.

    Raises, beside what every call may: CustomerGroupChanged, CustomerGroupNotFound,
    CustomerUnknown, MemberNotFound.
    """
    return write(
        "DELETE",
        "/v1/admin/customer-groups/{group_id}/members",
        {204: None},
        path={"group_id": group_id},
        query={"email": email, "user_id": user_id},
        header={"If-Match": if_match},
    )


def list_staff() -> Call[StaffList]:
    """List all members of staff, by role."""
    return read("/v1/admin/staff", {200: StaffList})


def get_staff_member(user_id: UUID | str) -> Call[StaffView]:
    """Read a member of staff.

    Raises, beside what every call may: StaffNotFound.
    """
    return read("/v1/admin/staff/{user_id}", {200: StaffView}, path={"user_id": user_id})


def remove_staff_member(user_id: UUID | str, *, if_match: int | None = None) -> Call[None]:
    """Take role, sessions and keys from a member of staff, who stays a customer.

    Raises, beside what every call may: LastOwner, NotYourself, RightsBeyondYours,
    StaffChanged, StaffNotFound.
    """
    return write(
        "DELETE",
        "/v1/admin/staff/{user_id}",
        {204: None},
        path={"user_id": user_id},
        header={"If-Match": if_match},
    )


def change_staff_member(
    user_id: UUID | str, body: StaffPatch, *, if_match: int | None = None
) -> Call[StaffView]:
    """Give a member of staff another role; they have to log in again.

    Raises, beside what every call may: LastOwner, NotYourself, RightsBeyondYours,
    StaffChanged, StaffNotFound.
    """
    return write(
        "PATCH",
        "/v1/admin/staff/{user_id}",
        {200: StaffView},
        path={"user_id": user_id},
        header={"If-Match": if_match},
        body=body,
    )


def suspend_staff_member(user_id: UUID | str, *, if_match: int | None = None) -> Call[StaffView]:
    """Keep a member of staff out: their sessions and keys end at once.

    Raises, beside what every call may: LastOwner, NotYourself, RightsBeyondYours,
    StaffChanged, StaffNotFound.
    """
    return write(
        "POST",
        "/v1/admin/staff/{user_id}/suspend",
        {200: StaffView},
        path={"user_id": user_id},
        header={"If-Match": if_match},
    )


def reinstate_staff_member(user_id: UUID | str, *, if_match: int | None = None) -> Call[StaffView]:
    """Let a suspended member of staff log in again; they need new keys.

    Raises, beside what every call may: RightsBeyondYours, StaffChanged, StaffNotFound.
    """
    return write(
        "POST",
        "/v1/admin/staff/{user_id}/reinstate",
        {200: StaffView},
        path={"user_id": user_id},
        header={"If-Match": if_match},
    )


def list_staff_invitations() -> Call[StaffInvitations]:
    """List the invitations that nobody has accepted yet, the newest first."""
    return read("/v1/admin/staff/invitations", {200: StaffInvitations})


def invite_staff_member(body: StaffInvitationDraft) -> Call[StaffInvitationView]:
    """Invite somebody by mail to become a member of staff, within seven days.

    Raises, beside what every call may: AddressUnusable, RightsBeyondYours, StaffAlready.
    """
    return write("POST", "/v1/admin/staff/invitations", {201: StaffInvitationView}, body=body)


def withdraw_staff_invitation(
    invitation_id: UUID | str, *, if_match: int | None = None
) -> Call[None]:
    """Withdraw an invitation: its link stops working.

    Raises, beside what every call may: InvitationNotFound, RightsBeyondYours.
    """
    return write(
        "DELETE",
        "/v1/admin/staff/invitations/{invitation_id}",
        {204: None},
        path={"invitation_id": invitation_id},
        header={"If-Match": if_match},
    )


def list_keys() -> Call[ApiKeys]:
    """List the keys that are not revoked, with when each was last used."""
    return read("/v1/admin/keys", {200: ApiKeys})


def make_key(body: ApiKeyDraft) -> Call[ApiKeyMade]:
    """Make a key for a program: only this answer contains it.

    Raises, beside what every call may: KeyAllowsNothing, KeyEndsBefore, KeyNotFound,
    RightsBeyondYours, ScopeOutsideRole, ScopeUnknown, StaffChanged, StaffNotFound,
    StaffSuspended.
    """
    return write("POST", "/v1/admin/keys", {201: ApiKeyMade}, body=body)


def revoke_key(key_id: UUID | str, *, if_match: int | None = None) -> Call[None]:
    """Revoke a key, from its next request on.

    Raises, beside what every call may: KeyNotFound, RightsBeyondYours.
    """
    return write(
        "DELETE",
        "/v1/admin/keys/{key_id}",
        {204: None},
        path={"key_id": key_id},
        header={"If-Match": if_match},
    )


def list_zones() -> Call[Zones]:
    """List all zones by name."""
    return read("/v1/admin/zones", {200: Zones})


def create_zone(body: ZoneDraft) -> Call[ZoneView]:
    """Create a zone: a set of areas, for tax rates and shipping options.

    Raises, beside what every call may: CountryUnknown, PostalCodeUnusable, ZoneNameTaken.
    """
    return write("POST", "/v1/admin/zones", {201: ZoneView}, body=body)


def get_zone(zone_id: UUID | str) -> Call[ZoneView]:
    """Read a zone.

    Raises, beside what every call may: ZoneNotFound.
    """
    return read("/v1/admin/zones/{zone_id}", {200: ZoneView}, path={"zone_id": zone_id})


def delete_zone(zone_id: UUID | str, *, if_match: int | None = None) -> Call[None]:
    """Delete a zone that no tax rate or shipping option uses.

    Raises, beside what every call may: MediaStoreAway, ZoneChanged, ZoneInUse, ZoneNotFound.
    """
    return write(
        "DELETE",
        "/v1/admin/zones/{zone_id}",
        {204: None},
        path={"zone_id": zone_id},
        header={"If-Match": if_match},
    )


def change_zone(
    zone_id: UUID | str, body: ZonePatch, *, if_match: int | None = None
) -> Call[ZoneView]:
    """Change only the fields that you send; the areas are replaced as a whole.

    Raises, beside what every call may: CountryUnknown, PostalCodeUnusable, ZoneChanged,
    ZoneNameTaken, ZoneNotFound.
    """
    return write(
        "PATCH",
        "/v1/admin/zones/{zone_id}",
        {200: ZoneView},
        path={"zone_id": zone_id},
        header={"If-Match": if_match},
        body=body,
    )


def list_tax_classes() -> Call[TaxClasses]:
    """List all tax classes by code."""
    return read("/v1/admin/tax-classes", {200: TaxClasses})


def create_tax_class(body: TaxClassDraft) -> Call[TaxClassView]:
    """Create a tax class: a kind of goods that the law taxes alike.

    Raises, beside what every call may: TaxClassCodeTaken.
    """
    return write("POST", "/v1/admin/tax-classes", {201: TaxClassView}, body=body)


def get_tax_class(class_id: UUID | str) -> Call[TaxClassView]:
    """Read a tax class.

    Raises, beside what every call may: TaxClassNotFound.
    """
    return read(
        "/v1/admin/tax-classes/{class_id}", {200: TaxClassView}, path={"class_id": class_id}
    )


def delete_tax_class(class_id: UUID | str, *, if_match: int | None = None) -> Call[None]:
    """Delete a tax class that no variant, rate or setting uses; standard cannot be deleted.

    Raises, beside what every call may: MediaStoreAway, StandardClassNeeded, TaxClassChanged,
    TaxClassInUse, TaxClassNotFound.
    """
    return write(
        "DELETE",
        "/v1/admin/tax-classes/{class_id}",
        {204: None},
        path={"class_id": class_id},
        header={"If-Match": if_match},
    )


def change_tax_class(
    class_id: UUID | str, body: TaxClassPatch, *, if_match: int | None = None
) -> Call[TaxClassView]:
    """Change the name of a tax class; its code never changes.

    Raises, beside what every call may: TaxClassChanged, TaxClassCodeTaken, TaxClassNotFound.
    """
    return write(
        "PATCH",
        "/v1/admin/tax-classes/{class_id}",
        {200: TaxClassView},
        path={"class_id": class_id},
        header={"If-Match": if_match},
        body=body,
    )


def list_tax_rates(
    *, limit: int | None = None, cursor: str | None = None, zone_id: UUID | str | None = None
) -> Call[TaxRatePage]:
    """List tax rates, oldest first; with zone_id, only those of a zone.

    Raises, beside what every call may: CursorUnusable.
    """
    return read(
        "/v1/admin/tax-rates",
        {200: TaxRatePage},
        query={"limit": limit, "cursor": cursor, "zone_id": zone_id},
    )


def create_tax_rate(body: TaxRateDraft) -> Call[TaxRateView]:
    """Create a tax rate for a class of goods in a zone, permanently or for a time.

    Raises, beside what every call may: TaxClassUnknown, TaxEndsBeforeItStarts,
    TaxTimeUnusable, ZoneUnknown.
    """
    return write("POST", "/v1/admin/tax-rates", {201: TaxRateView}, body=body)


def get_tax_rate(rate_id: UUID | str) -> Call[TaxRateView]:
    """Read a tax rate.

    Raises, beside what every call may: TaxRateNotFound.
    """
    return read("/v1/admin/tax-rates/{rate_id}", {200: TaxRateView}, path={"rate_id": rate_id})


def delete_tax_rate(rate_id: UUID | str, *, if_match: int | None = None) -> Call[None]:
    """Delete a tax rate; to end it instead, set ends_at.

    Raises, beside what every call may: MediaStoreAway, TaxRateChanged, TaxRateNotFound.
    """
    return write(
        "DELETE",
        "/v1/admin/tax-rates/{rate_id}",
        {204: None},
        path={"rate_id": rate_id},
        header={"If-Match": if_match},
    )


def change_tax_rate(
    rate_id: UUID | str, body: TaxRatePatch, *, if_match: int | None = None
) -> Call[TaxRateView]:
    """Change only the fields that you send; carts use the rate at once, orders are not changed.

    Raises, beside what every call may: TaxClassUnknown, TaxEndsBeforeItStarts,
    TaxRateChanged, TaxRateNotFound, TaxTimeUnusable, ZoneUnknown.
    """
    return write(
        "PATCH",
        "/v1/admin/tax-rates/{rate_id}",
        {200: TaxRateView},
        path={"rate_id": rate_id},
        header={"If-Match": if_match},
        body=body,
    )


def list_events(
    *,
    after: int | None = None,
    types: str | None = None,
    limit: int | None = None,
    wait: int | None = None,
) -> Call[EventPage]:
    """Read the events after a position, in order, one page at a time.

    Raises, beside what every call may: EventTypeUnknown, PositionUnknown, TooManyWaiting,
    WaitingTooOften.
    """
    return read(
        "/v1/admin/events",
        {200: EventPage},
        query={"after": after, "types": types, "limit": limit, "wait": wait},
    )


def get_event(event_id: UUID | str) -> Call[EventView]:
    """Read one event.

    Raises, beside what every call may: EventNotFound.
    """
    return read("/v1/admin/events/{event_id}", {200: EventView}, path={"event_id": event_id})


def list_jobs(
    *,
    status: JobStatus | None = None,
    task: str | None = None,
    limit: int | None = None,
    cursor: str | None = None,
) -> Call[JobPage]:
    """List jobs, the newest first.

    Raises, beside what every call may: CursorUnusable.
    """
    return read(
        "/v1/admin/jobs",
        {200: JobPage},
        query={"status": status, "task": task, "limit": limit, "cursor": cursor},
    )


def get_job(job_id: int) -> Call[JobView]:
    """Read a job.

    Raises, beside what every call may: JobNotFound.
    """
    return read("/v1/admin/jobs/{job_id}", {200: JobView}, path={"job_id": job_id})


def cancel_job(job_id: int) -> Call[None]:
    """Cancel a waiting job.

    Raises, beside what every call may: JobNotFound, JobNotWaiting.
    """
    return write_once("DELETE", "/v1/admin/jobs/{job_id}", {204: None}, path={"job_id": job_id})


def retry_job(job_id: int) -> Call[None]:
    """Try a job again that has failed for good or was cancelled, with all its tries before it.

    Raises, beside what every call may: JobNotFailed, JobNotFound.
    """
    return write_once("POST", "/v1/admin/jobs/{job_id}/retry", {204: None}, path={"job_id": job_id})


def list_webhooks(*, limit: int | None = None, cursor: str | None = None) -> Call[WebhookPage]:
    """List the webhooks, the oldest first.

    Raises, beside what every call may: CursorUnusable.
    """
    return read("/v1/admin/webhooks", {200: WebhookPage}, query={"limit": limit, "cursor": cursor})


def create_webhook(body: WebhookDraft) -> Call[WebhookWithSecret]:
    """Have events sent to an address.

    Raises, beside what every call may: AddressUnusable, PictureEmpty, PictureFormatUnknown,
    PictureTooLarge, ProviderFieldMissing, ProviderFieldUnknown, ProviderFieldUnusable,
    TokenUnusable, WebhookNotFound, WebhookTypeUnknown, WebhookUrlUnusable, WebhooksFull.
    """
    return write("POST", "/v1/admin/webhooks", {201: WebhookWithSecret}, body=body)


def get_webhook(webhook_id: UUID | str) -> Call[WebhookView]:
    """Read a webhook and its state: active, paused, resting or disabled.

    Raises, beside what every call may: WebhookNotFound.
    """
    return read(
        "/v1/admin/webhooks/{webhook_id}", {200: WebhookView}, path={"webhook_id": webhook_id}
    )


def delete_webhook(webhook_id: UUID | str, *, if_match: int | None = None) -> Call[None]:
    """Delete a webhook, with its log and its waiting deliveries.

    Raises, beside what every call may: MediaStoreAway, WebhookChanged, WebhookNotFound.
    """
    return write(
        "DELETE",
        "/v1/admin/webhooks/{webhook_id}",
        {204: None},
        path={"webhook_id": webhook_id},
        header={"If-Match": if_match},
    )


def change_webhook(
    webhook_id: UUID | str, body: WebhookPatch, *, if_match: int | None = None
) -> Call[WebhookView]:
    """Change a webhook.

    Raises, beside what every call may: AddressUnusable, WebhookChanged, WebhookNotFound,
    WebhookTypeUnknown, WebhookUrlUnusable.
    """
    return write(
        "PATCH",
        "/v1/admin/webhooks/{webhook_id}",
        {200: WebhookView},
        path={"webhook_id": webhook_id},
        header={"If-Match": if_match},
        body=body,
    )


def rotate_webhook_secret(
    webhook_id: UUID | str, *, if_match: int | None = None
) -> Call[WebhookWithSecret]:
    """Give a webhook a new secret.

    Raises, beside what every call may: WebhookChanged, WebhookNotFound.
    """
    return write(
        "POST",
        "/v1/admin/webhooks/{webhook_id}/rotate",
        {200: WebhookWithSecret},
        path={"webhook_id": webhook_id},
        header={"If-Match": if_match},
    )


def test_webhook(webhook_id: UUID | str) -> Call[DeliveryDetail]:
    """Send webhook.test to this webhook only, at once, and say what came of it.

    Raises, beside what every call may: DeliveryNotFound, WebhookNotFound.
    """
    return write_once(
        "POST",
        "/v1/admin/webhooks/{webhook_id}/test",
        {200: DeliveryDetail},
        path={"webhook_id": webhook_id},
    )


def replay_webhook_events(
    webhook_id: UUID | str, body: ReplayWanted, *, if_match: int | None = None
) -> Call[ReplayView]:
    """Send the events of a time or of a range of positions, at most 10,000 in one call.

    Raises, beside what every call may: ReplayUnbounded, WebhookNotFound, WebhookTypeUnknown.
    """
    return write(
        "POST",
        "/v1/admin/webhooks/{webhook_id}/replay",
        {202: ReplayView},
        path={"webhook_id": webhook_id},
        header={"If-Match": if_match},
        body=body,
    )


def list_webhook_deliveries(
    webhook_id: UUID | str,
    *,
    state: DeliveryState | None = None,
    limit: int | None = None,
    cursor: str | None = None,
) -> Call[DeliveryPage]:
    """List the deliveries to a webhook, sent or waiting, the newest first, for 30 days.

    Raises, beside what every call may: CursorUnusable, WebhookNotFound.
    """
    return read(
        "/v1/admin/webhooks/{webhook_id}/deliveries",
        {200: DeliveryPage},
        path={"webhook_id": webhook_id},
        query={"state": state, "limit": limit, "cursor": cursor},
    )


def get_webhook_delivery(webhook_id: UUID | str, delivery_id: UUID | str) -> Call[DeliveryDetail]:
    """Read a delivery with all its tries: request headers, status, time, start of the answer.

    Raises, beside what every call may: DeliveryNotFound.
    """
    return read(
        "/v1/admin/webhooks/{webhook_id}/deliveries/{delivery_id}",
        {200: DeliveryDetail},
        path={"webhook_id": webhook_id, "delivery_id": delivery_id},
    )


def replay_webhook_delivery(
    webhook_id: UUID | str, delivery_id: UUID | str, *, if_match: int | None = None
) -> Call[DeliveryView]:
    """Send an event once more, under the same webhook-id.

    Raises, beside what every call may: DeliveryNotFound.
    """
    return write(
        "POST",
        "/v1/admin/webhooks/{webhook_id}/deliveries/{delivery_id}/replay",
        {202: DeliveryView},
        path={"webhook_id": webhook_id, "delivery_id": delivery_id},
        header={"If-Match": if_match},
    )


def list_mail(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    state: LetterState | None = None,
    recipient: str | None = None,
) -> Call[SentLetterPage]:
    """List letters and what became of them, the newest first; they are kept for 180 days.

    Raises, beside what every call may: CursorUnusable.
    """
    return read(
        "/v1/admin/mail",
        {200: SentLetterPage},
        query={"limit": limit, "cursor": cursor, "state": state, "recipient": recipient},
    )


def resend_mail(letter_id: UUID | str, *, if_match: int | None = None) -> Call[SentLetterView]:
    """Send a letter once more, unless it is on its way or its address is suppressed.

    Raises, beside what every call may: AddressSuppressed, LetterNotFound, LetterOnItsWay.
    """
    return write(
        "POST",
        "/v1/admin/mail/{letter_id}/resend",
        {202: SentLetterView},
        path={"letter_id": letter_id},
        header={"If-Match": if_match},
    )


def report_bounce() -> Call[BounceView]:
    """Take in the report of a mail server that a letter came back (RFC 3464).

    Raises, beside what every call may: BounceTooLarge, BounceUnreadable.
    """
    return write_once("POST", "/v1/admin/mail/bounces", {200: BounceView})


def list_suppressions(
    *, limit: int | None = None, cursor: str | None = None, email: str | None = None
) -> Call[SuppressionPage]:
    """List addresses from which letters came back for good: they get no more.

    Raises, beside what every call may: CursorUnusable.
    """
    return read(
        "/v1/admin/mail/suppressions",
        {200: SuppressionPage},
        query={"limit": limit, "cursor": cursor, "email": email},
    )


def forgive_address(suppression_id: UUID | str, *, if_match: int | None = None) -> Call[None]:
    """Let letters go to an address again.

    Raises, beside what every call may: SuppressionNotFound.
    """
    return write(
        "DELETE",
        "/v1/admin/mail/suppressions/{suppression_id}",
        {204: None},
        path={"suppression_id": suppression_id},
        header={"If-Match": if_match},
    )


def list_letters() -> Call[LetterList]:
    """List the letters that the shop writes, with your own wording of each.

    Raises, beside what every call may: NoChannel.
    """
    return read("/v1/admin/letters", {200: LetterList})


def preview_letter(name: str, *, part: Part | None = None) -> Call[str]:
    """Show a letter with your words and invented data, as HTML or as text (?part=text).

    Raises, beside what every call may: LetterNotFound, NoChannel.
    """
    return read(
        "/v1/admin/letters/{name}/preview", {200: str}, path={"name": name}, query={"part": part}
    )


def get_wording(name: str, language: Locale) -> Call[WordingView]:
    """Read your own wording of a letter in a language.

    Raises, beside what every call may: LetterNotFound, NoChannel, WordingNotFound.
    """
    return read(
        "/v1/admin/letters/{name}/wording/{language}",
        {200: WordingView},
        path={"name": name, "language": language},
    )


def put_wording(
    name: str, language: Locale, body: WordingDraft, *, if_match: int | None = None
) -> Call[WordingView]:
    """Set your own wording of a letter; fields that you leave out keep the default text.

    Raises, beside what every call may: LetterNotFound, NoChannel, PlaceholderUnknown,
    ProviderFieldMissing, ProviderFieldUnknown, ProviderFieldUnusable, TokenUnusable,
    WordingChanged.
    """
    return write(
        "PUT",
        "/v1/admin/letters/{name}/wording/{language}",
        {200: WordingView},
        path={"name": name, "language": language},
        header={"If-Match": if_match},
        body=body,
    )


def delete_wording(name: str, language: Locale, *, if_match: int | None = None) -> Call[None]:
    """Remove your own wording, so that the letter has the default texts again.

    Raises, beside what every call may: LetterNotFound, MediaStoreAway, NoChannel,
    WordingChanged, WordingNotFound.
    """
    return write(
        "DELETE",
        "/v1/admin/letters/{name}/wording/{language}",
        {204: None},
        path={"name": name, "language": language},
        header={"If-Match": if_match},
    )
