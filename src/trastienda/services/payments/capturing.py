"""When the money of a payment is taken: the merchant chooses."""

from trastienda.database.models.channels.channel import CaptureMode
from trastienda.services.channels import channels


def at_once(*, gift_cards_alone: bool) -> bool:
    """Say whether a payment is captured with itself, and not only authorised.

    In the capture mode `fulfilment`, so is that of gift cards alone: no parcel would ever cause it.
    """
    mode = channels.current().capture
    return mode is CaptureMode.PAYMENT or (mode is CaptureMode.FULFILMENT and gift_cards_alone)
