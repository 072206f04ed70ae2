"""How a payment stands, as the buyer's browser is told, and what staff ask of one."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.database.models.payments.payment import PaymentState
from trastienda.schemas.orders.order import OrderView, PaymentChoice
from trastienda.schemas.shared.email import Email
from trastienda.schemas.shared.money import Currency, Sum


class NextAction(Struct, kw_only=True):
    """What the buyer has to do before the payment goes on."""

    type: Annotated[str, Meta(examples=["redirect"])]
    """`redirect`: send the buyer to `url`. Others are the provider's own, for its widget."""
    url: Annotated[str, Meta(examples=["https://bank.example/3ds/8f14"])] | UnsetType = UNSET
    data: dict[str, Any] | UnsetType = UNSET
    """What the provider's widget needs."""


class PaymentView(Struct, kw_only=True):
    """How the payment of a cart stands."""

    status: PaymentState
    next_action: NextAction | UnsetType = UNSET
    """There is one while `status` is `requires_action`."""
    reason: str | UnsetType = UNSET
    """Why it was declined, in the provider's word."""


class CheckoutPending(Struct):
    """The order is not placed yet: the buyer, or the provider, has something to do first."""

    payment: PaymentView


class CartPayment(PaymentView, kw_only=True):
    """How the payment of a cart stands, and its order as soon as there is one."""

    order: OrderView | UnsetType = UNSET


class OrderPaymentDraft(Struct, forbid_unknown_fields=True):
    """All that is still to be paid of an order is paid."""

    payment: PaymentChoice
    expected_amount: Sum | None = None
    """Refuse with 409 when it is another amount: what the buyer saw is what they pay."""


class OrderPaymentStatus(PaymentView, kw_only=True):
    """How the newest payment of an order stands, and the order as it is now."""

    order: OrderView


class PaymentLink(Struct, kw_only=True):
    """Where the buyer of an order pays it, as the mail to them says."""

    order_id: UUID
    email: Email
    amount: Sum
    """What is still to be paid."""
    currency: Currency
    url: Annotated[
        str, Meta(examples=["https://www.shop.example/orders/019ab3f2/pay?access_token=1795…"])
    ]
    """It opens the order for whoever has it."""
    expires_at: datetime


class NoticeTaken(Struct):
    """A webhook was kept, or was there before."""

    received: bool = True


class CaptureDraft(Struct, forbid_unknown_fields=True):
    """How much is captured; left out, it is all that is held, or still to be paid."""

    amount: (
        Annotated[
            int,
            Meta(
                ge=1,
                le=2**63 - 1,
                description="Less than all: what is held beyond it is let go.",
                examples=[2990],
            ),
        ]
        | None
    ) = None
    provider: Literal["manual"] | None = None
    """`manual`: note money that came another way, where a provider has taken or held some too."""
