"""What a channel says of returns, as staff write and read it."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.database.models.returns.policy import ShippingRefund
from trastienda.schemas.shared.money import Amount, Currency
from trastienda.schemas.shared.percent import Percent

WindowDays = Annotated[
    Annotated[int, Meta(ge=1, le=3_650)] | None,
    Meta(
        description="Whole days after the last parcel of an order was delivered, or else sent, in"
        " which its customer may ask for a return. The EU demands 14. null: customers ask for none"
        " over the API; staff make them.",
    ),
]
ExpiryDays = Annotated[
    Annotated[int, Meta(ge=1, le=365)] | None,
    Meta(
        description="Days that an approved return waits for its goods; then it ends. null: it"
        " waits without end.",
    ),
]
RestockingPercent = Annotated[
    Percent,
    Meta(
        description="Per cent of what the goods are worth that the merchant keeps.",
        examples=["0"],
    ),
]
ReturnFees = Annotated[
    dict[Currency, Amount],
    Meta(
        max_length=200,
        description="What the merchant keeps for the way back, once per return.",
        examples=[{"EUR": 495}],
    ),
]
ShippingRefunds = Annotated[
    ShippingRefund, Meta(description="When the outward shipping is paid back.")
]
StandardShipping = Annotated[
    dict[Currency, Amount],
    Meta(
        max_length=200,
        description="At most this is paid back of the outward shipping: the price of the cheapest"
        " usual way. In a currency without an amount, all of it.",
        examples=[{"EUR": 490}],
    ),
]


class ReturnPolicyPatch(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays; objects are replaced as a whole."""

    window_days: WindowDays | UnsetType = UNSET
    expiry_days: ExpiryDays | UnsetType = UNSET
    restocking_percent: RestockingPercent | UnsetType = UNSET
    return_fees: ReturnFees | UnsetType = UNSET
    shipping_refund: ShippingRefunds | UnsetType = UNSET
    standard_shipping: StandardShipping | UnsetType = UNSET


class ReturnPolicyView(Struct, kw_only=True):
    """What the shop says of returns."""

    window_days: WindowDays
    expiry_days: ExpiryDays
    restocking_percent: RestockingPercent
    return_fees: ReturnFees
    shipping_refund: ShippingRefunds
    standard_shipping: StandardShipping
    version: int
