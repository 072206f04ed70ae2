"""The channel's settings, as staff write and read them."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.database.models.channels.channel import (
    CaptureMode,
    CartMerge,
    CrossBorder,
    Rounding,
    ShippingTax,
    TaxOutside,
    TaxSource,
)
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.shared.address import Country
from trastienda.schemas.shared.email import Email
from trastienda.schemas.shared.money import Currency
from trastienda.schemas.shared.naming import Label

ChannelName = Annotated[Label, Meta(examples=["Azulejos"])]
Currencies = Annotated[list[Currency], Meta(min_length=1, max_length=200, examples=[["EUR"]])]
Countries = Annotated[
    list[Country],
    Meta(max_length=300, description="Where it ships to; none: everywhere.", examples=[["ES"]]),
]
TaxRate = Annotated[
    str,
    Meta(
        pattern=r"\A(100(\.0{1,4})?|[0-9]{1,2}(\.[0-9]{1,4})?)\Z",
        description="Per cent, 0 to 100: the flat rate.",
        examples=["21"],
    ),
]
PricesIncludeTax = Annotated[bool, Meta(examples=[True])]
TaxCountry = Annotated[
    Country | None,
    Meta(description="Where the shop is at home: carts without an address are taxed as there."),
]
_Name = Annotated[str, Meta(min_length=1, max_length=300)]
Hosts = Annotated[
    list[_Name],
    Meta(
        max_length=100,
        description="Names that this server answers to beside its own, with the port if it is not"
        " 443.",
        examples=[["shop.example"]],
    ),
]
Origins = Annotated[
    list[_Name],
    Meta(
        max_length=100,
        description="Other web origins whose pages may call this server from a browser.",
        examples=[["https://www.shop.example"]],
    ),
]

ShippingTaxClass = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=64,
        description="The tax class of shipping, where it is not shared out over the lines.",
        examples=["standard"],
    ),
]
ExemptsBusinesses = Annotated[
    bool,
    Meta(
        description="Whether a business with a VAT number of another country of the EU pays no tax"
        " on what is sent there.",
        examples=[False],
    ),
]
TimeZone = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=64,
        description="IANA: what days and hours of promotions mean.",
        examples=["Europe/Madrid"],
    ),
]

ReminderAfter = Annotated[
    Annotated[int, Meta(ge=1, le=720)] | None,
    Meta(
        description="Hours after the last change of a cart that was left, when who asked for it"
        " is reminded; null reminds nobody.",
    ),
]
PaymentDays = Annotated[
    Annotated[int, Meta(ge=1, le=365)] | None,
    Meta(
        description="Days that a buyer has to pay an order whose money comes later; then it is"
        " cancelled and its stock is free again. null: such orders wait until staff decide."
        " Counts for orders that are placed from then on; null stops it for all.",
    ),
]
DraftOrderDays = Annotated[
    Annotated[int, Meta(ge=1, le=365)] | None,
    Meta(
        description="Days after which a new draft order expires, unless staff say otherwise;"
        " null: never.",
        examples=[14],
    ),
]
CartDays = Annotated[
    int,
    Meta(
        ge=1,
        le=365,
        description="Days after its last change until a cart is deleted, with its addresses.",
        examples=[30],
    ),
]
PaymentHold = Annotated[
    int,
    Meta(
        ge=1,
        le=1_440,
        description="Minutes that stock is held for a buyer whose payment needs a second step,"
        " such as 3-D Secure; then the payment ends and the cart is open again.",
        examples=[15],
    ),
]
GiftCardMonths = Annotated[
    dict[Country, Annotated[int, Meta(ge=1, le=1_200)]],
    Meta(
        max_length=300,
        description="After how many months gift cards expire, by country (ISO 3166-1 alpha-2), as"
        " its law allows. In countries that are not listed, they never do.",
        examples=[{"DE": 36}],
    ),
]
NotifyEmail = Annotated[
    Email | None,
    Meta(description="Who gets a letter about each new order.", examples=["orders@shop.example"]),
]


class ChannelPatch(Struct, forbid_unknown_fields=True, kw_only=True):
    """Settings left out stay as they are; lists are replaced as a whole."""

    name: ChannelName | UnsetType = UNSET
    default_currency: Currency | UnsetType = UNSET
    """One of `currencies`."""
    currencies: Currencies | UnsetType = UNSET
    locale: Locale | UnsetType = UNSET
    """The language in which staff write names; the others are translations."""
    tax_rate: TaxRate | UnsetType = UNSET
    tax_source: TaxSource | UnsetType = UNSET
    prices_include_tax: PricesIncludeTax | UnsetType = UNSET
    rounding: Rounding | UnsetType = UNSET
    tax_country: TaxCountry | UnsetType = UNSET
    tax_outside: TaxOutside | UnsetType = UNSET
    cross_border: CrossBorder | UnsetType = UNSET
    shipping_tax: ShippingTax | UnsetType = UNSET
    shipping_tax_class: ShippingTaxClass | UnsetType = UNSET
    exempts_businesses: ExemptsBusinesses | UnsetType = UNSET
    time_zone: TimeZone | UnsetType = UNSET
    reminder_after: ReminderAfter | UnsetType = UNSET
    payment_days: PaymentDays | UnsetType = UNSET
    draft_order_days: DraftOrderDays | UnsetType = UNSET
    cart_days: CartDays | UnsetType = UNSET
    cart_merge: CartMerge | UnsetType = UNSET
    """What becomes of the cart of a visitor who logs in, and has another one there."""
    capture: CaptureMode | UnsetType = UNSET
    """When the money of a payment is taken."""
    payment_hold_minutes: PaymentHold | UnsetType = UNSET
    gift_card_months: GiftCardMonths | UnsetType = UNSET
    """Counts for gift cards that are issued from then on."""
    countries: Countries | UnsetType = UNSET
    hosts: Hosts | UnsetType = UNSET
    origins: Origins | UnsetType = UNSET
    notify_email: NotifyEmail | UnsetType = UNSET


class ChannelView(Struct, kw_only=True):
    """The channel's settings. Hosts and origins are spelled as browsers send them."""

    name: ChannelName
    default_currency: Currency
    currencies: Currencies
    locale: Locale
    tax_rate: TaxRate
    tax_source: TaxSource
    prices_include_tax: PricesIncludeTax
    rounding: Rounding
    tax_country: TaxCountry
    tax_outside: TaxOutside
    cross_border: CrossBorder
    shipping_tax: ShippingTax
    shipping_tax_class: ShippingTaxClass
    exempts_businesses: ExemptsBusinesses
    time_zone: TimeZone
    reminder_after: ReminderAfter
    payment_days: PaymentDays
    draft_order_days: DraftOrderDays
    cart_days: CartDays
    cart_merge: CartMerge
    capture: CaptureMode
    payment_hold_minutes: PaymentHold
    gift_card_months: GiftCardMonths
    countries: Countries
    hosts: Hosts
    origins: Origins
    notify_email: NotifyEmail
    version: int
