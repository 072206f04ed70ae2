"""The webhooks of Mercado Pago: HMAC over the payment's id, the request's id, and the time.

The body is not signed. So only what is signed is believed, and each signature is kept once.
"""

import hmac
import re
from datetime import UTC, datetime, timedelta

from trastienda.services.payments.mercadopago.records import Event
from trastienda.services.payments.port import Notice, Webhook, WebhookUnverified
from trastienda.services.payments.remote.reading import Nonsense, decoded

EARLY, LATE = timedelta(minutes=5), timedelta(days=5)
"""How far from now a webhook may be signed: Mercado Pago tries again for four days."""
LONGEST, LONGEST_KIND = 512, 64
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_REQUEST = re.compile(r"[\x21-\x3a\x3c-\x7e]{1,128}", re.ASCII)
_TIME = re.compile(r"[0-9]{10}(?:[0-9]{3})?", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_MILLISECONDS = 13
PAYMENT = "payment"


def verified(secret: str, webhook: Webhook, now: datetime) -> Notice:
    """Return what a webhook is about. Raise WebhookUnverified."""
    event = _event(webhook.body)
    subject = webhook.query.get("data.id") or _said(event)
    request = webhook.headers.get("x-request-id", "")
    at, claimed = _parts(webhook.headers.get("x-signature", ""))
    if not secret or not _ID.fullmatch(subject) or not _REQUEST.fullmatch(request):
        raise WebhookUnverified
    if not now - LATE <= _time(at) <= now + EARLY:
        raise WebhookUnverified
    # Mercado Pago lowers the letters of an id before it signs, or does not: both occur.
    digests = [
        hmac.digest(secret.encode(), _manifest(id_, request, at), "sha256").hex()
        for id_ in (subject, subject.lower())
    ]
    if not any(hmac.compare_digest(digest, claimed) for digest in digests):
        raise WebhookUnverified
    kind = event.type or webhook.query.get("type", "")
    reference = subject if kind == PAYMENT else None
    return Notice(claimed, (event.action or kind)[:LONGEST_KIND], reference)


def _manifest(subject: str, request: str, at: str) -> bytes:
    return f"id:{subject};request-id:{request};ts:{at};".encode()


def _parts(header: str) -> tuple[str, str]:
    """Return the time and the signature of a header `ts=…,v1=…`."""
    if len(header) > LONGEST:
        raise WebhookUnverified
    pairs = [part.strip().partition("=") for part in header.split(",")]
    named = {name.strip(): value.strip() for name, _, value in pairs}
    at, claimed = named.get("ts", ""), named.get("v1", "")
    if not _TIME.fullmatch(at) or not _DIGEST.fullmatch(claimed):
        raise WebhookUnverified
    return at, claimed


def _time(at: str) -> datetime:
    """Read a time in seconds or in milliseconds: both occur."""
    seconds = int(at) / (1_000 if len(at) == _MILLISECONDS else 1)
    return datetime.fromtimestamp(seconds, UTC)


def _event(body: bytes) -> Event:
    try:
        return decoded(body, Event)
    except Nonsense as nonsense:
        raise WebhookUnverified from nonsense


def _said(event: Event) -> str:
    found = event.data.id if event.data else None
    return "" if found is None else str(found)
