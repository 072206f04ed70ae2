"""What a storefront calls.

Written by `make clients` from the shop's OpenAPI document: do not edit it.
"""

from __future__ import annotations

from uuid import UUID

from trastienda_client.calls import Call, read, write, write_once
from trastienda_client.schemas import (
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
    Returnable,
    ReturnDraft,
    Returns,
    ReturnView,
    SavedAddressDraft,
    SavedAddresses,
    SavedAddressPatch,
    SavedAddressView,
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
)


def check_live() -> Call[Health]:
    """Say that this process runs."""
    return read("/health/live", {200: Health})


def check_ready() -> Call[Health]:
    """Say whether this process can serve: the database answers, and has the tables that it
    needs.

    Raises, beside what every call may: DatabaseAhead, DatabaseBehind, JobsNeglected.
    """
    return read("/health/ready", {200: Health})


def list_problems() -> Call[ProblemKinds]:
    """List all types of problems that the shop answers with, as JSON or as a page for people."""
    return read("/problems", {200: ProblemKinds})


def get_problem(name: str) -> Call[ProblemKind]:
    """Explain one type of problem: its title, its status and the facts that come with it.

    Raises, beside what every call may: NoSuchProblem.
    """
    return read("/problems/{name}", {200: ProblemKind}, path={"name": name})


def list_products(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    q: str | None = None,
    category: str | None = None,
    sort: Sort | None = None,
    min_price: int | None = None,
    max_price: int | None = None,
    in_stock: bool | None = None,
    filter: list[str] | None = None,
    currency: str | None = None,
) -> Call[ProductPage]:
    """Search, filter and sort the products for sale, and list them page by page.

    Raises, beside what every call may: CurrencyUnknown, CursorUnusable, FilterUnusable,
    NoChannel, RelevanceNeedsQuery.
    """
    return read(
        "/v1/products",
        {200: ProductPage},
        query={
            "limit": limit,
            "cursor": cursor,
            "q": q,
            "category": category,
            "sort": sort,
            "min_price": min_price,
            "max_price": max_price,
            "in_stock": in_stock,
            "filter": filter,
            "currency": currency,
        },
    )


def count_filters(
    *,
    q: str | None = None,
    category: str | None = None,
    min_price: int | None = None,
    max_price: int | None = None,
    in_stock: bool | None = None,
    filter: list[str] | None = None,
    currency: str | None = None,
) -> Call[ListFilters]:
    """List what a product list can be narrowed by, and how many products each value leaves.

    Raises, beside what every call may: CurrencyUnknown, FilterUnusable, NoChannel.
    """
    return read(
        "/v1/product-filters",
        {200: ListFilters},
        query={
            "q": q,
            "category": category,
            "min_price": min_price,
            "max_price": max_price,
            "in_stock": in_stock,
            "filter": filter,
            "currency": currency,
        },
    )


def get_product(slug: str, *, currency: str | None = None) -> Call[ProductView]:
    """Show one product with its variants, pictures and stock.

    Raises, beside what every call may: CurrencyUnknown, NoChannel, ProductNotFound.
    """
    return read(
        "/v1/products/{slug}", {200: ProductView}, path={"slug": slug}, query={"currency": currency}
    )


def list_categories() -> Call[CategoryTree]:
    """Show all categories as a tree."""
    return read("/v1/categories", {200: CategoryTree})


def get_storefront() -> Call[StorefrontView]:
    """Read what a front-end shows around its pages: name, logo, colours, texts, legal pages.

    Raises, beside what every call may: NoChannel.
    """
    return read("/v1/storefront", {200: StorefrontView})


def get_legal_page(kind: LegalKind) -> Call[LegalPageView]:
    """Read a legal page in your language, or in the shop's.

    Raises, beside what every call may: LegalPageNotFound, NoChannel.
    """
    return read("/v1/legal-pages/{kind}", {200: LegalPageView}, path={"kind": kind})


def open_cart(body: CartDraft) -> Call[CartView]:
    """Open a cart, optionally with lines.

    Raises, beside what every call may: CartFull, CartMerged, CartNotFound, CurrencyUnknown,
    NoChannel, QuantityTooLarge, SkuUnknown, TooOften.
    """
    return write("POST", "/v1/carts", {201: CartView}, body=body)


def restore_cart(body: RestoreDraft) -> Call[CartView]:
    """Open a new cart from a reminder's link, with its lines and coupons, without addresses.

    Raises, beside what every call may: CartClosed, CartFull, CartMerged, CartNotFound,
    LinkUnusable, NoChannel, QuantityTooLarge, SkuUnknown, TooOften.
    """
    return write("POST", "/v1/carts/restored", {201: CartView}, body=body)


def get_my_cart() -> Call[CartView]:
    """Read the cart that you changed last, on whichever device; 404 if you have none.

    Raises, beside what every call may: CartFull, CartMerged, CartNotFound, ForCustomers.
    """
    return read("/v1/carts/mine", {200: CartView})


def list_set_aside_carts() -> Call[SetAsidePage]:
    """List your carts that were merged into others in the last 24 hours, the last one first.

    Raises, beside what every call may: ForCustomers.
    """
    return read("/v1/carts/set-aside", {200: SetAsidePage})


def get_cart(cart_id: str) -> Call[CartView]:
    """Read a cart at current prices; problems lists why it cannot be ordered yet.

    Raises, beside what every call may: CartFull, CartMerged, CartNotFound.
    """
    return read("/v1/carts/{cart_id}", {200: CartView}, path={"cart_id": cart_id})


def explain_cart(cart_id: str) -> Call[Explanation]:
    """Explain a cart's total: the amounts of all steps add up to it.

    Raises, beside what every call may: CartFull, CartMerged, CartNotFound.
    """
    return read("/v1/carts/{cart_id}/explanation", {200: Explanation}, path={"cart_id": cart_id})


def add_line(cart_id: str, body: LineDraft, *, if_match: int | None = None) -> Call[CartView]:
    """Add units of a SKU to a cart; if it is in the cart already, they are added to its line.

    Raises, beside what every call may: CartChanged, CartClosed, CartFull, CartMerged,
    CartNotFound, CheckoutInProgress, Conflict, QuantityTooLarge, SkuUnknown.
    """
    return write(
        "POST",
        "/v1/carts/{cart_id}/lines",
        {201: CartView},
        path={"cart_id": cart_id},
        header={"If-Match": if_match},
        body=body,
    )


def remove_line(
    cart_id: str, line_id: UUID | str, *, if_match: int | None = None
) -> Call[CartView]:
    """Remove a line from a cart.

    Raises, beside what every call may: CartChanged, CartClosed, CartFull, CartLineNotFound,
    CartMerged, CartNotFound, CheckoutInProgress, SkuUnknown.
    """
    return write(
        "DELETE",
        "/v1/carts/{cart_id}/lines/{line_id}",
        {200: CartView},
        path={"cart_id": cart_id, "line_id": line_id},
        header={"If-Match": if_match},
    )


def change_line(
    cart_id: str, line_id: UUID | str, body: LinePatch, *, if_match: int | None = None
) -> Call[CartView]:
    """Set the quantity of a line; 0 removes it.

    Raises, beside what every call may: CartChanged, CartClosed, CartFull, CartLineNotFound,
    CartMerged, CartNotFound, CheckoutInProgress, SkuUnknown.
    """
    return write(
        "PATCH",
        "/v1/carts/{cart_id}/lines/{line_id}",
        {200: CartView},
        path={"cart_id": cart_id, "line_id": line_id},
        header={"If-Match": if_match},
        body=body,
    )


def set_gift_recipient(
    cart_id: str, line_id: UUID | str, body: GiftRecipient, *, if_match: int | None = None
) -> Call[CartView]:
    """Say who gets the gift cards of a line by email, with a message from you.

    Raises, beside what every call may: AddressUnusable, CartChanged, CartClosed, CartFull,
    CartLineNotFound, CartMerged, CartNotFound, CheckoutInProgress, NoGiftCard, SkuUnknown.
    """
    return write(
        "PUT",
        "/v1/carts/{cart_id}/lines/{line_id}/recipient",
        {200: CartView},
        path={"cart_id": cart_id, "line_id": line_id},
        header={"If-Match": if_match},
        body=body,
    )


def remove_gift_recipient(
    cart_id: str, line_id: UUID | str, *, if_match: int | None = None
) -> Call[CartView]:
    """Let the gift cards of a line go to the buyer's own address.

    Raises, beside what every call may: AddressUnusable, CartChanged, CartClosed, CartFull,
    CartLineNotFound, CartMerged, CartNotFound, CheckoutInProgress, NoGiftCard, SkuUnknown.
    """
    return write(
        "DELETE",
        "/v1/carts/{cart_id}/lines/{line_id}/recipient",
        {200: CartView},
        path={"cart_id": cart_id, "line_id": line_id},
        header={"If-Match": if_match},
    )


def add_coupon(cart_id: str, body: CouponChoice, *, if_match: int | None = None) -> Call[CartView]:
    """Add a coupon to a cart.

    Raises, beside what every call may: CartChanged, CartClosed, CartFull, CartMerged,
    CartNotFound, CheckoutInProgress, Conflict, CouponUnknown, CouponsFull, SkuUnknown,
    SlowDown.
    """
    return write(
        "POST",
        "/v1/carts/{cart_id}/coupons",
        {200: CartView},
        path={"cart_id": cart_id},
        header={"If-Match": if_match},
        body=body,
    )


def remove_coupon(cart_id: str, code: str, *, if_match: int | None = None) -> Call[CartView]:
    """Remove a coupon from a cart.

    Raises, beside what every call may: CartChanged, CartClosed, CartFull, CartMerged,
    CartNotFound, CheckoutInProgress, CouponNotInCart, SkuUnknown.
    """
    return write(
        "DELETE",
        "/v1/carts/{cart_id}/coupons/{code}",
        {200: CartView},
        path={"cart_id": cart_id, "code": code},
        header={"If-Match": if_match},
    )


def add_gift_card(
    cart_id: str, body: GiftCardChoice, *, if_match: int | None = None
) -> Call[CartView]:
    """Pay a cart with a gift card, as far as it goes; amount_due is what remains.

    Raises, beside what every call may: CartChanged, CartClosed, CartFull, CartMerged,
    CartNotFound, CheckoutInProgress, Conflict, GiftCardExpired, GiftCardInOtherCurrency,
    GiftCardUnknown, GiftCardsFull, SkuUnknown, SlowDown.
    """
    return write(
        "POST",
        "/v1/carts/{cart_id}/gift-cards",
        {200: CartView},
        path={"cart_id": cart_id},
        header={"If-Match": if_match},
        body=body,
    )


def remove_gift_card(
    cart_id: str, card_id: UUID | str, *, if_match: int | None = None
) -> Call[CartView]:
    """Do not pay a cart with a gift card.

    Raises, beside what every call may: CartChanged, CartClosed, CartFull, CartMerged,
    CartNotFound, CheckoutInProgress, GiftCardNotInCart, SkuUnknown.
    """
    return write(
        "DELETE",
        "/v1/carts/{cart_id}/gift-cards/{card_id}",
        {200: CartView},
        path={"cart_id": cart_id, "card_id": card_id},
        header={"If-Match": if_match},
    )


def choose_store_credit(
    cart_id: str, body: StoreCreditChoice, *, if_match: int | None = None
) -> Call[CartView]:
    """Pay a cart with your store credit, as far as it goes after gift cards; or do not.

    Raises, beside what every call may: CartChanged, CartClosed, CartFull, CartMerged,
    CartNotFound, CheckoutInProgress, ForCustomers, SkuUnknown.
    """
    return write(
        "PUT",
        "/v1/carts/{cart_id}/store-credit",
        {200: CartView},
        path={"cart_id": cart_id},
        header={"If-Match": if_match},
        body=body,
    )


def accept_prices(
    cart_id: str, body: PriceAcceptance, *, if_match: int | None = None
) -> Call[CartView]:
    """Accept prices that have changed since the buyer last looked; name the total they saw.

    Raises, beside what every call may: CartChanged, CartClosed, CartFull, CartMerged,
    CartNotFound, CheckoutInProgress, SkuUnknown, TotalChanged.
    """
    return write(
        "POST",
        "/v1/carts/{cart_id}/accepted-prices",
        {200: CartView},
        path={"cart_id": cart_id},
        header={"If-Match": if_match},
        body=body,
    )


def merge_cart(
    cart_id: str, body: MergeDraft, *, if_match: int | None = None
) -> Call[CartMergeView]:
    """Make one cart of this one and another one of yours, such as one from another device.

    Raises, beside what every call may: CartChanged, CartClosed, CartNotFound,
    CheckoutInProgress, ForCustomers.
    """
    return write(
        "POST",
        "/v1/carts/{cart_id}/merge",
        {200: CartMergeView},
        path={"cart_id": cart_id},
        header={"If-Match": if_match},
        body=body,
    )


def recover_cart(cart_id: str, *, if_match: int | None = None) -> Call[CartView]:
    """Get a cart back that was merged into another one, as it was; the other one does not
    change.

    Raises, beside what every call may: CartFull, CartMerged, CartNotFound, ForCustomers.
    """
    return write(
        "POST",
        "/v1/carts/{cart_id}/recovery",
        {200: CartView},
        path={"cart_id": cart_id},
        header={"If-Match": if_match},
    )


def remind_of_cart(
    cart_id: str, body: ReminderDraft, *, if_match: int | None = None
) -> Call[CartView]:
    """Request one mail about this cart if it is abandoned; only call this if the buyer agreed.

    Raises, beside what every call may: AddressUnusable, CartChanged, CartClosed, CartFull,
    CartMerged, CartNotFound, CheckoutInProgress, Conflict, SkuUnknown, SlowDown.
    """
    return write(
        "PUT",
        "/v1/carts/{cart_id}/reminder",
        {200: CartView},
        path={"cart_id": cart_id},
        header={"If-Match": if_match},
        body=body,
    )


def forget_reminder(cart_id: str, *, if_match: int | None = None) -> Call[None]:
    """Cancel the reminder of a cart.

    Raises, beside what every call may: CartMerged, CartNotFound, Conflict.
    """
    return write(
        "DELETE",
        "/v1/carts/{cart_id}/reminder",
        {204: None},
        path={"cart_id": cart_id},
        header={"If-Match": if_match},
    )


def set_contact(cart_id: str, body: Contact, *, if_match: int | None = None) -> Call[CartView]:
    """Set the buyer's contact and addresses; shipping_option may be chosen in the same call.

    Raises, beside what every call may: AddressUnusable, CartChanged, CartClosed, CartFull,
    CartMerged, CartNotFound, CheckoutInProgress, CountryUnknown, ShippingOptionNotFound,
    SkuUnknown, VatNumberNotInForce, VatNumberUnusable, VatRegisterAway.
    """
    return write(
        "PUT",
        "/v1/carts/{cart_id}/contact",
        {200: CartView},
        path={"cart_id": cart_id},
        header={"If-Match": if_match},
        body=body,
    )


def list_shipping_options(cart_id: str) -> Call[ShippingOptionsView]:
    """List the shipping options that are available for a cart, with their prices.

    Raises, beside what every call may: CartFull, CartMerged, CartNotFound.
    """
    return read(
        "/v1/carts/{cart_id}/shipping-options",
        {200: ShippingOptionsView},
        path={"cart_id": cart_id},
    )


def choose_shipping_option(
    cart_id: str, body: ShippingChoice, *, if_match: int | None = None
) -> Call[CartView]:
    """Choose the shipping option of a cart.

    Raises, beside what every call may: CartChanged, CartClosed, CartFull, CartMerged,
    CartNotFound, CheckoutInProgress, ShippingOptionNotFound, SkuUnknown.
    """
    return write(
        "PUT",
        "/v1/carts/{cart_id}/shipping-option",
        {200: CartView},
        path={"cart_id": cart_id},
        header={"If-Match": if_match},
        body=body,
    )


def list_payment_options(cart_id: str) -> Call[PaymentOptionsView]:
    """List the payment providers that are offered for a cart, with what their widgets need.

    Raises, beside what every call may: CartFull, CartMerged, CartNotFound, NoChannel,
    ProviderUnusable.
    """
    return read(
        "/v1/carts/{cart_id}/payment-options", {200: PaymentOptionsView}, path={"cart_id": cart_id}
    )


def get_cart_payment(cart_id: str) -> Call[CartPayment]:
    """Say how the newest payment of a cart stands, and give the order as soon as there is one.

    Raises, beside what every call may: CartMerged, CartNotFound, CouponUsedUp,
    CouponUsedUpByYou, CreditSpent, NoChannel, OrderNotFound, OutOfStock, PaymentDeclined,
    PaymentNotFound, PaymentUnclear, PromotionUsedUp, ProviderFieldMissing,
    ProviderFieldUnknown, ProviderFieldUnusable, ProviderUnknown, ProviderUnusable,
    StoreCreditNotFound, TokenUnusable, TooManyOrders.
    """
    return read("/v1/carts/{cart_id}/payment", {200: CartPayment}, path={"cart_id": cart_id})


def cancel_cart_payment(cart_id: str, *, if_match: int | None = None) -> Call[CartPayment]:
    """End the payment of a cart, because its buyer does not want to make it.

    Raises, beside what every call may: CartMerged, CartNotFound, CouponUsedUp,
    CouponUsedUpByYou, CreditSpent, NoChannel, OrderNotFound, OutOfStock, PaymentBusy,
    PaymentNotFound, PaymentUnclear, PromotionUsedUp, ProviderFieldMissing,
    ProviderFieldUnknown, ProviderFieldUnusable, ProviderUnknown, ProviderUnusable,
    StoreCreditNotFound, TokenUnusable, TooManyOrders.
    """
    return write(
        "DELETE",
        "/v1/carts/{cart_id}/payment",
        {200: CartPayment},
        path={"cart_id": cart_id},
        header={"If-Match": if_match},
    )


def checkout(
    cart_id: str, body: Checkout, *, if_match: int | None = None
) -> Call[OrderView | CheckoutPending]:
    """Order what is in a cart.

    Raises, beside what every call may: AmountDueChanged, AmountTooSmall, CartChanged,
    CartFull, CartMerged, CartNotFound, CartNotReady, CheckoutInProgress, CouponUsedUp,
    CouponUsedUpByYou, CreditSpent, NoChannel, OrderNotFound, OutOfStock, PaymentBusy,
    PaymentDeclined, PaymentMissing, PaymentNotFound, PaymentProviderNotFound, PaymentUnclear,
    PromotionUsedUp, ProviderFieldMissing, ProviderFieldUnknown, ProviderFieldUnusable,
    ProviderNotOffered, ProviderUnknown, ProviderUnusable, ReturnUrlUnusable,
    StoreCreditNotFound, TokenUnusable, TooManyOrders, TooOften, TotalChanged.
    """
    return write(
        "POST",
        "/v1/carts/{cart_id}/checkout",
        {200: OrderView, 201: OrderView, 202: CheckoutPending},
        path={"cart_id": cart_id},
        header={"If-Match": if_match},
        body=body,
    )


def list_orders(*, limit: int | None = None, cursor: str | None = None) -> Call[OrderPage]:
    """List your own orders, the newest first.

    Raises, beside what every call may: CurrencyMissing, CursorUnusable, ForCustomers,
    OrderNotFound, SearchAmbiguous, TimeZoneMissing, TooManyTags.
    """
    return read("/v1/orders", {200: OrderPage}, query={"limit": limit, "cursor": cursor})


def request_order_link(body: OrderLinkDraft) -> Call[OrderLinkView]:
    """Ask for a new link to an order, by mail to the address it was placed with.

    Raises, beside what every call may: AddressUnusable, Conflict, SlowDown.
    """
    return write("POST", "/v1/orders/links", {202: OrderLinkView}, body=body)


def get_order(
    order_id: UUID | str, *, order_token: str | None = None, access_token: str | None = None
) -> Call[OrderView]:
    """Read an order that GET /v1/orders lists, or one whose access token you hold.

    Raises, beside what every call may: OrderLinkExpired, OrderNotFound.
    """
    return read(
        "/v1/orders/{order_id}",
        {200: OrderView},
        path={"order_id": order_id},
        query={"access_token": access_token},
        header={"X-Order-Token": order_token},
    )


def get_sent_draft_order(
    draft_id: UUID | str, *, draft_order_token: str | None = None, access_token: str | None = None
) -> Call[DraftOrderView]:
    """Read what was put together for you, by the token of its link or as its customer.

    Raises, beside what every call may: CartFull, CartMerged, CartNotFound, DraftOrderChanged,
    DraftOrderExpired, DraftOrderNotFound.
    """
    return read(
        "/v1/draft-orders/{draft_id}",
        {200: DraftOrderView},
        path={"draft_id": draft_id},
        query={"access_token": access_token},
        header={"X-Draft-Order-Token": draft_order_token},
    )


def order_draft_order(
    draft_id: UUID | str,
    body: Acceptance | None = None,
    *,
    draft_order_token: str | None = None,
    access_token: str | None = None,
    if_match: int | None = None,
) -> Call[OrderView]:
    """Order what was put together for you: the order is placed unpaid, to be paid at once.

    Raises, beside what every call may: AmountDueChanged, CartChanged, CartFull, CartMerged,
    CartNotFound, CartNotReady, CouponUsedUp, CouponUsedUpByYou, CreditSpent,
    DraftOrderChanged, DraftOrderExpired, DraftOrderNotFound, NoChannel, OrderNotFound,
    OutOfStock, PaymentMissing, PromotionUsedUp, StoreCreditNotFound, TooManyOrders, TooOften,
    TotalChanged.
    """
    return write(
        "POST",
        "/v1/draft-orders/{draft_id}/order",
        {200: OrderView, 201: OrderView},
        path={"draft_id": draft_id},
        query={"access_token": access_token},
        header={"X-Draft-Order-Token": draft_order_token, "If-Match": if_match},
        body=body,
    )


def check_gift_card(body: GiftCardChoice) -> Call[GiftCardBalance]:
    """Read what is on a gift card; the code is in the body, so that no log of addresses has it.

    Raises, beside what every call may: GiftCardUnknown, SlowDown.
    """
    return write("POST", "/v1/gift-cards/balance", {200: GiftCardBalance}, body=body)


def get_my_store_credit() -> Call[MyStoreCredits]:
    """Read what you can spend of your store credit, by currency.

    Raises, beside what every call may: ForCustomers.
    """
    return read("/v1/store-credit", {200: MyStoreCredits})


def pay_order(
    order_id: UUID | str,
    body: OrderPaymentDraft,
    *,
    order_token: str | None = None,
    access_token: str | None = None,
    if_match: int | None = None,
) -> Call[OrderView | CheckoutPending]:
    """Pay what is still to be paid of an order that you may read.

    Raises, beside what every call may: AmountTooSmall, CouponUsedUp, CouponUsedUpByYou,
    CreditSpent, DraftOrderCompleted, NoChannel, OrderAlreadyPaid, OrderChanged, OrderClosed,
    OrderLinkExpired, OrderNotFound, OutOfStock, PaymentBusy, PaymentDeclined,
    PaymentNotFound, PaymentProviderNotFound, PaymentUnclear, PromotionUsedUp,
    ProviderFieldMissing, ProviderFieldUnknown, ProviderFieldUnusable, ProviderNotOffered,
    ProviderUnknown, ProviderUnusable, ReturnUrlUnusable, StoreCreditNotFound, TokenUnusable,
    TooManyOrders, TooOften, TotalChanged.
    """
    return write(
        "POST",
        "/v1/orders/{order_id}/payments",
        {200: OrderView, 202: CheckoutPending},
        path={"order_id": order_id},
        query={"access_token": access_token},
        header={"X-Order-Token": order_token, "If-Match": if_match},
        body=body,
    )


def get_order_payment(
    order_id: UUID | str, *, order_token: str | None = None, access_token: str | None = None
) -> Call[OrderPaymentStatus]:
    """Say how the newest payment of an order stands.

    Raises, beside what every call may: CouponUsedUp, CouponUsedUpByYou, CreditSpent,
    NoChannel, OrderLinkExpired, OrderNotFound, OutOfStock, PaymentDeclined, PaymentNotFound,
    PaymentUnclear, PromotionUsedUp, ProviderFieldMissing, ProviderFieldUnknown,
    ProviderFieldUnusable, ProviderUnknown, ProviderUnusable, StoreCreditNotFound,
    TokenUnusable, TooManyOrders.
    """
    return read(
        "/v1/orders/{order_id}/payment",
        {200: OrderPaymentStatus},
        path={"order_id": order_id},
        query={"access_token": access_token},
        header={"X-Order-Token": order_token},
    )


def cancel_order_payment(
    order_id: UUID | str,
    *,
    order_token: str | None = None,
    access_token: str | None = None,
    if_match: int | None = None,
) -> Call[OrderPaymentStatus]:
    """End the payment of an order that is under way, because its buyer does not want to make it.

    Raises, beside what every call may: CouponUsedUp, CouponUsedUpByYou, CreditSpent,
    NoChannel, OrderLinkExpired, OrderNotFound, OutOfStock, PaymentBusy, PaymentNotFound,
    PaymentUnclear, PromotionUsedUp, ProviderFieldMissing, ProviderFieldUnknown,
    ProviderFieldUnusable, ProviderUnknown, ProviderUnusable, StoreCreditNotFound,
    TokenUnusable, TooManyOrders.
    """
    return write(
        "DELETE",
        "/v1/orders/{order_id}/payment",
        {200: OrderPaymentStatus},
        path={"order_id": order_id},
        query={"access_token": access_token},
        header={"X-Order-Token": order_token, "If-Match": if_match},
    )


def list_invoices_of_order(
    order_id: UUID | str, *, order_token: str | None = None, access_token: str | None = None
) -> Call[InvoiceList]:
    """List the invoices and credit notes of an order that you may read.

    Raises, beside what every call may: OrderLinkExpired, OrderNotFound.
    """
    return read(
        "/v1/orders/{order_id}/invoices",
        {200: InvoiceList},
        path={"order_id": order_id},
        query={"access_token": access_token},
        header={"X-Order-Token": order_token},
    )


def get_pdf_of_order(
    order_id: UUID | str,
    invoice_id: UUID | str,
    *,
    order_token: str | None = None,
    access_token: str | None = None,
) -> Call[bytes]:
    """Fetch an invoice of an order that you may read, as PDF.

    Raises, beside what every call may: InvoiceNotFound, InvoiceNotReady, OrderLinkExpired,
    OrderNotFound.
    """
    return read(
        "/v1/orders/{order_id}/invoices/{invoice_id}/pdf",
        {200: bytes},
        path={"order_id": order_id, "invoice_id": invoice_id},
        query={"access_token": access_token},
        header={"X-Order-Token": order_token},
    )


def get_xml_of_order(
    order_id: UUID | str,
    invoice_id: UUID | str,
    *,
    order_token: str | None = None,
    access_token: str | None = None,
) -> Call[bytes]:
    """Fetch an invoice of an order that you may read, as XML (EN 16931).

    Raises, beside what every call may: InvoiceNotFound, InvoiceNotReady, OrderLinkExpired,
    OrderNotFound.
    """
    return read(
        "/v1/orders/{order_id}/invoices/{invoice_id}/xml",
        {200: bytes},
        path={"order_id": order_id, "invoice_id": invoice_id},
        query={"access_token": access_token},
        header={"X-Order-Token": order_token},
    )


def get_returnable(
    order_id: UUID | str, *, order_token: str | None = None, access_token: str | None = None
) -> Call[Returnable]:
    """Say what of an order you can return, until when, for which reasons, and what is kept.

    Raises, beside what every call may: NoChannel, OrderLinkExpired, OrderNotFound.
    """
    return read(
        "/v1/orders/{order_id}/returnable",
        {200: Returnable},
        path={"order_id": order_id},
        query={"access_token": access_token},
        header={"X-Order-Token": order_token},
    )


def list_returns_of_order(
    order_id: UUID | str, *, order_token: str | None = None, access_token: str | None = None
) -> Call[Returns]:
    """List the returns of an order that you may read, in the order of their numbers.

    Raises, beside what every call may: OrderLinkExpired, OrderNotFound.
    """
    return read(
        "/v1/orders/{order_id}/returns",
        {200: Returns},
        path={"order_id": order_id},
        query={"access_token": access_token},
        header={"X-Order-Token": order_token},
    )


def ask_for_return(
    order_id: UUID | str,
    body: ReturnDraft,
    *,
    order_token: str | None = None,
    if_match: int | None = None,
) -> Call[ReturnView]:
    """Ask to return units that were sent to you; the shop answers by mail.

    Raises, beside what every call may: GiftCardNotExchanged, MoreThanReturnable, NoChannel,
    NothingSentYet, OrderChanged, OrderLinkExpired, OrderNotFound, ReturnLineUnknown,
    ReturnNotFound, ReturnNoteMissing, ReturnReasonUnknown, ReturnWindowOver,
    ReturnsNotOffered, SkuUnknown, TooManyReturns.
    """
    return write(
        "POST",
        "/v1/orders/{order_id}/returns",
        {201: ReturnView},
        path={"order_id": order_id},
        header={"X-Order-Token": order_token, "If-Match": if_match},
        body=body,
    )


def withdraw_own_return(
    order_id: UUID | str,
    return_id: UUID | str,
    *,
    order_token: str | None = None,
    if_match: int | None = None,
) -> Call[ReturnView]:
    """Give up a return of which nothing has arrived; its units can be returned anew.

    Raises, beside what every call may: Conflict, NothingPromised, OrderChanged,
    OrderLinkExpired, OrderNotFound, OutOfStock, ReturnChanged, ReturnNotFound.
    """
    return write(
        "POST",
        "/v1/orders/{order_id}/returns/{return_id}/withdraw",
        {200: ReturnView},
        path={"order_id": order_id, "return_id": return_id},
        header={"X-Order-Token": order_token, "If-Match": if_match},
    )


def show_session() -> Call[SessionView]:
    """Show who you are, and the token for X-CSRF-Token."""
    return read("/v1/session", {200: SessionView})


def log_in(body: Credentials) -> Call[LoginView]:
    """Log in with e-mail address and password.

    Raises, beside what every call may: AccountSuspended, Conflict, InvalidCredentials,
    NoChannel, SlowDown, TooManyLogins.
    """
    return write_once("POST", "/v1/session", {200: LoginView}, body=body)


def log_out() -> Call[None]:
    """Log out: end this session."""
    return write_once("DELETE", "/v1/session", {204: None})


def list_sessions() -> Call[LoginSessionsView]:
    """List your sessions, the latest first; there are at most 100.

    Raises, beside what every call may: ForCustomers.
    """
    return read("/v1/sessions", {200: LoginSessionsView})


def end_session(session_id: UUID | str) -> Call[None]:
    """End one of your sessions, for example after losing a device.

    Raises, beside what every call may: ForCustomers, SessionNotFound.
    """
    return write_once(
        "DELETE", "/v1/sessions/{session_id}", {204: None}, path={"session_id": session_id}
    )


def register_user(body: Registration) -> Call[RegistrationView]:
    """Register with an e-mail address.

    Raises, beside what every call may: AddressUnusable, Conflict, PasswordTooCommon,
    SlowDown, TooManyLogins.
    """
    return write_once("POST", "/v1/users", {202: RegistrationView}, body=body)


def verify_user(body: VerificationDraft) -> Call[None]:
    """Prove that an address is yours, with the token of the mail.

    Raises, beside what every call may: PasswordNeeded, PasswordTooCommon, TooManyLogins,
    VerificationExpired.
    """
    return write_once("POST", "/v1/users/verification", {204: None}, body=body)


def request_password_reset(body: PasswordResetDraft) -> Call[PasswordResetView]:
    """Ask for a new password, by mail to the address of the account.

    Raises, beside what every call may: AddressUnusable, Conflict, SlowDown.
    """
    return write_once("POST", "/v1/password-resets", {202: PasswordResetView}, body=body)


def reset_password(token: str, body: NewPassword) -> Call[None]:
    """Choose a new password with the token of the mail, within 15 minutes.

    Raises, beside what every call may: PasswordResetExpired, PasswordTooCommon,
    TooManyLogins.
    """
    return write_once(
        "PUT", "/v1/password-resets/{token}", {204: None}, path={"token": token}, body=body
    )


def change_password(body: PasswordChange) -> Call[SessionView]:
    """Change your password.

    Raises, beside what every call may: Conflict, ForCustomers, PasswordTooCommon,
    PasswordWrong, SlowDown, TooManyLogins.
    """
    return write_once("PUT", "/v1/users/me/password", {200: SessionView}, body=body)


def list_addresses() -> Call[SavedAddresses]:
    """List your addresses, the oldest first; there are at most 50.

    Raises, beside what every call may: ForCustomers.
    """
    return read("/v1/users/me/addresses", {200: SavedAddresses})


def add_address(body: SavedAddressDraft) -> Call[SavedAddressView]:
    """Keep an address for your next order; your first one is the default for everything.

    Raises, beside what every call may: AddressBookFull, CountryUnknown, ForCustomers.
    """
    return write("POST", "/v1/users/me/addresses", {201: SavedAddressView}, body=body)


def get_address(address_id: UUID | str) -> Call[SavedAddressView]:
    """Read one of your addresses.

    Raises, beside what every call may: ForCustomers, SavedAddressNotFound.
    """
    return read(
        "/v1/users/me/addresses/{address_id}",
        {200: SavedAddressView},
        path={"address_id": address_id},
    )


def remove_address(address_id: UUID | str, *, if_match: int | None = None) -> Call[None]:
    """Remove one of your addresses; orders keep theirs.

    Raises, beside what every call may: ForCustomers, SavedAddressChanged,
    SavedAddressNotFound.
    """
    return write(
        "DELETE",
        "/v1/users/me/addresses/{address_id}",
        {204: None},
        path={"address_id": address_id},
        header={"If-Match": if_match},
    )


def change_address(
    address_id: UUID | str, body: SavedAddressPatch, *, if_match: int | None = None
) -> Call[SavedAddressView]:
    """Change one of your addresses, or make it the default; orders keep the old one.

    Raises, beside what every call may: CountryUnknown, ForCustomers, SavedAddressChanged,
    SavedAddressNotFound.
    """
    return write(
        "PATCH",
        "/v1/users/me/addresses/{address_id}",
        {200: SavedAddressView},
        path={"address_id": address_id},
        header={"If-Match": if_match},
        body=body,
    )


def get_staff_invitation(token: str) -> Call[StaffInvitationOffer]:
    """Read what the invitation in a mail offers.

    Raises, beside what every call may: InvitationExpired.
    """
    return read("/v1/staff-invitations/{token}", {200: StaffInvitationOffer}, path={"token": token})


def accept_staff_invitation(token: str, body: StaffAcceptance) -> Call[None]:
    """Accept an invitation, with the token of the mail and a password of your own.

    Raises, beside what every call may: AddressUnusable, InvitationExpired, PasswordTooCommon,
    StaffAlready, TooManyLogins.
    """
    return write_once(
        "PUT", "/v1/staff-invitations/{token}", {204: None}, path={"token": token}, body=body
    )
