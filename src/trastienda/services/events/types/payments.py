"""Events about payments, refunds and payment providers."""

from trastienda.schemas.payments.dispute import DisputeTold
from trastienda.schemas.payments.event import PaymentCorrected, PaymentRefusal, PaymentTold
from trastienda.schemas.payments.provider import PaymentProviderTold
from trastienda.schemas.payments.refund import RefundSnapshot
from trastienda.services.events.types.kinds import kind, resource

REFUND_CREATED = kind("refund.created", "Staff granted a refund.", RefundSnapshot)
REFUND_SUCCEEDED = kind(
    "refund.succeeded", "All the money of a refund is on its way to the buyer.", RefundSnapshot
)
REFUND_FAILED = kind(
    "refund.failed",
    "A payment provider refused a refund, or a bank returned its money.",
    RefundSnapshot,
)
REFUND_WITHDRAWN = kind(
    "refund.withdrawn", "Staff gave up a refund that its provider had refused.", RefundSnapshot
)
PAYMENT_DECLINED = kind("payment.declined", "A try to pay was refused.", PaymentRefusal)
PAYMENT_AUTHORISED = kind(
    "payment.authorised", "The money of an order is held, and will be captured.", PaymentTold
)
PAYMENT_CAPTURED = kind("payment.captured", "Money held, or late, was captured.", PaymentTold)
PAYMENT_VOIDED = kind("payment.voided", "The money of an order is held no more.", PaymentTold)
PAYMENT_EXPIRED = kind("payment.expired", "A payment or authorisation has ended.", PaymentTold)
PAYMENT_EXPIRING = kind(
    "payment.expiring", "An authorisation ends within a day: capture it before.", PaymentTold
)
PAYMENT_CORRECTED = kind(
    "payment.corrected",
    "A provider says otherwise of a payment than was noted; it was put right.",
    PaymentCorrected,
)
PAYMENT_DISPUTED = kind(
    "payment.disputed", "A buyer's bank demands the money of a payment back.", DisputeTold
)
PAYMENT_DISPUTE_CHANGED = kind(
    "payment.dispute_changed", "A dispute, or what was withdrawn for it, changed.", DisputeTold
)
PAYMENT_DISPUTE_CLOSED = kind(
    "payment.dispute_closed", "A dispute was won, lost, or came to nothing.", DisputeTold
)
PAYMENT_PROVIDER = resource("payment_provider", "a payment provider", PaymentProviderTold)
PAYMENT_PROVIDER_CREDENTIALS_CHANGED = kind(
    "payment_provider.credentials_changed",
    "A payment provider got other credentials.",
    PaymentProviderTold,
)
