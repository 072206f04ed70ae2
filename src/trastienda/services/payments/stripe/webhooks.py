"""Stripe's signed webhooks: https://docs.stripe.com/webhooks#verify-manually.

The SDK's own check lets a time in the future pass, and a tolerance of 0 switch it off; what is no
text in the header, or no event in the body, it answers with errors of four other kinds.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from hmac import compare_digest
from hmac import digest as hmac_digest

import msgspec
import structlog

from trastienda.services.payments.port import Notice, WebhookUnverified

log = structlog.get_logger()
HEADER = "stripe-signature"
TOLERANCE = 300  # seconds that a webhook may be older or newer than now
LONGEST = 4_096  # characters of the header: a few signatures have 70 each


class _Object(msgspec.Struct):
    id: str
    object: str
    payment_intent: str | None = None


class _Data(msgspec.Struct):
    object: _Object


class _Event(msgspec.Struct):
    id: str
    type: str
    livemode: bool
    data: _Data


_events = msgspec.json.Decoder(_Event)


def notice(
    headers: Mapping[str, str], body: bytes, secret: str, now: datetime, *, live: bool
) -> Notice:
    """Verify a webhook as it came. Raise WebhookUnverified.

    That includes a thin event, and one of the other mode: neither is of this account's endpoint.
    """
    if not _signed(headers.get(HEADER, ""), body, secret, now.timestamp()):
        raise WebhookUnverified
    try:
        event = _events.decode(body)
    except msgspec.MsgspecError as error:
        log.warning("a webhook of Stripe is no snapshot event", reason=str(error))
        raise WebhookUnverified from error
    if event.livemode is not live:
        log.error("a webhook of Stripe is of the other mode", type=event.type)
        raise WebhookUnverified
    about = event.data.object
    is_payment = about.object in {"payment_intent", "checkout.session"}
    return Notice(
        event.id,
        event.type,
        about.id if is_payment else about.payment_intent,
        refund=about.id if about.object == "refund" else None,
        dispute=about.id if about.object == "dispute" else None,
    )


def _signed(header: str, body: bytes, secret: str, now: float) -> bool:
    """Say whether one of the signatures is right: while a secret is rotated there are several."""
    if not header.isascii() or len(header) > LONGEST:
        return False
    times = list(_items(header, "t"))
    if len(times) != 1 or not times[0].isdecimal() or abs(now - int(times[0][:12])) > TOLERANCE:
        return False
    expected = hmac_digest(secret.encode(), f"{times[0]}.".encode() + body, "sha256").hex()
    return any([compare_digest(expected, it) for it in _items(header, "v1")])  # noqa: C419 - all


def _items(header: str, name: str) -> Iterator[str]:
    for item in header.split(","):
        key, _, text = item.partition("=")
        if key.strip() == name:
            yield text.strip()
