"""PayPal's webhooks: RSA over the transmission, the webhook's id, and the CRC32 of the body.

A CRC32 is easily made to fit another body. So nothing of the body is believed but what the payment
is to be looked for by, and each transmission is kept once, whatever body it comes with.
"""

import base64
import binascii
import re
import zlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from trastienda.services.payments.paypal.certificates import Certificates
from trastienda.services.payments.paypal.records import Event
from trastienda.services.payments.port import Notice, Webhook, WebhookUnverified
from trastienda.services.payments.remote.reading import Nonsense, decoded

ALGORITHM = "SHA256withRSA"
EARLY, LATE = timedelta(minutes=5), timedelta(days=4)
"""How far from now a transmission may be: PayPal tries for three days."""
_ID = re.compile(r"[A-Za-z0-9-]{1,100}", re.ASCII)
_ORDERS = "CHECKOUT.ORDER."
LONGEST_KIND = 64


async def verified(
    webhook: Webhook, now: datetime, webhook_id: str, certificates: Certificates
) -> Notice:
    """Return what a webhook is about. Raise WebhookUnverified or WebhookUncheckable.

    `webhook_id` is PayPal's own of the address that it sends to.
    """
    headers = webhook.headers
    transmission, at = _named(headers, "id"), _named(headers, "time")
    if not webhook_id or not _ID.fullmatch(transmission) or not _in_time(at, now):
        raise WebhookUnverified
    if headers.get("paypal-auth-algo") != ALGORITHM:
        raise WebhookUnverified
    signature = _signature(_named(headers, "sig"))
    event = _event(webhook.body)
    key = await certificates.key(headers.get("paypal-cert-url", ""), now)
    signed = f"{transmission}|{at}|{webhook_id}|{zlib.crc32(webhook.body)}"
    try:
        key.verify(signature, signed.encode(), PKCS1v15(), SHA256())
    except InvalidSignature as forged:
        raise WebhookUnverified from forged
    refund = event.resource.id if event.resource_type == "refund" else None
    kind = event.event_type[:LONGEST_KIND]
    return Notice(transmission, kind, _reference(event), refund=refund)


def _named(headers: Mapping[str, str], name: str) -> str:
    return headers.get(f"paypal-transmission-{name}", "")


def _in_time(text: str, now: datetime) -> bool:
    try:
        at = datetime.fromisoformat(text) if text.isascii() else None
    except ValueError:
        return False
    return at is not None and at.tzinfo is not None and now - LATE <= at <= now + EARLY


def _signature(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as nonsense:
        raise WebhookUnverified from nonsense


def _event(body: bytes) -> Event:
    try:
        return decoded(body, Event)
    except Nonsense as nonsense:
        raise WebhookUnverified from nonsense


def _reference(event: Event) -> str | None:
    """Return PayPal's id of the order that an event is about."""
    if event.event_type.startswith(_ORDERS):
        found = event.resource.id
    else:
        found = event.resource.supplementary_data.related_ids.order_id
    return found if found and _ID.fullmatch(found) else None
