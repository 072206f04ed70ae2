"""Money that goes back: granted by staff, sent by a job, and corrected by what providers say."""

from trastienda.controllers.payments.refund import refund, retry, withdraw
from trastienda.controllers.payments.send import send_refunds

__all__ = ["refund", "retry", "send_refunds", "withdraw"]
