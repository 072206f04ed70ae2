"""Money that staff take and give back by hand: bank transfers, cash on delivery."""

from datetime import datetime

from trastienda.database.models.payments.payment import PaymentState
from trastienda.database.models.payments.refund import TransferState
from trastienda.services.payments.port import (
    Charge,
    Notice,
    RefundStanding,
    Standing,
    TokenUnusable,
    Webhook,
    WebhookUnverified,
)


class ByHand:
    """Staff's word is what the provider says: a refund is done when they have granted it."""

    def check(self, token: str | None, return_url: str | None) -> None:  # noqa: ARG002 - the port's signature
        if token is not None:
            raise TokenUnusable(pointer="/payment/token", known=[])

    async def authorise(self, charge: Charge) -> Standing:
        """Say that the money is still to come."""
        return Standing(PaymentState.PROCESSING, reference=charge.reference)

    async def capture(self, charge: Charge, amount: int, key: str) -> Standing:  # noqa: ARG002 - the port's signature
        return Standing(PaymentState.CAPTURED, charge.reference, captured=amount)

    async def void(self, charge: Charge, key: str) -> Standing:  # noqa: ARG002 - the port's signature
        return Standing(PaymentState.VOIDED, charge.reference)

    async def refund(self, charge: Charge, amount: int, key: str) -> RefundStanding:  # noqa: ARG002 - the port's signature
        return RefundStanding(TransferState.DONE)

    async def read(self, charge: Charge) -> Standing | None:  # noqa: ARG002 - the port's signature
        return None

    async def read_refund(self, charge: Charge, reference: str) -> RefundStanding:  # noqa: ARG002 - the port's signature
        return RefundStanding(TransferState.DONE, reference)

    async def notice(self, webhook: Webhook, now: datetime) -> Notice:  # noqa: ARG002 - the port's signature
        raise WebhookUnverified
