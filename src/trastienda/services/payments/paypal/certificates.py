"""The certificates that PayPal signs webhooks with: from PayPal's own address, and kept."""

import asyncio
import re
from collections import deque
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509.oid import NameOID

from trastienda.database.models.payments.payment import PaymentUnclear
from trastienda.services.payments.port import WebhookUncheckable, WebhookUnverified
from trastienda.services.payments.remote.service import Service

MOST, FETCHES, WINDOW = 16, 6, 60.0
"""How many are kept, and how many are fetched in how many seconds: strangers name them too."""
_PATH = re.compile(r"/v1/notifications/certs/[A-Za-z0-9_-]{1,100}", re.ASCII)
SIGNER = ".paypal.com"
"""How the name in each certificate ends."""


class Certificates:
    """Fetches certificates from a few places, and from nowhere else."""

    def __init__(self, service: Service, places: tuple[str, ...]) -> None:
        """Take the places as origins: a scheme, and a host."""
        self._service, self._places = service, places
        self._kept: dict[str, x509.Certificate] = {}
        self._fetched: deque[float] = deque()
        self._turn = asyncio.Lock()

    async def key(self, url: str, now: datetime) -> RSAPublicKey:
        """Return the public key of the certificate at an address, which is valid now.

        Raise WebhookUnverified for an address or a certificate that is not PayPal's, and
        WebhookUncheckable when it cannot be fetched, or too many were.
        """
        place = next((it for it in self._places if url.startswith(f"{it}/")), None)
        if place is None or not _PATH.fullmatch(url[len(place) :]):
            raise WebhookUnverified
        async with self._turn:
            certificate = self._kept.get(url) or await self._fetch(url)
        key = certificate.public_key()
        in_time = certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc
        if not in_time or not _is_signer(certificate) or not isinstance(key, RSAPublicKey):
            raise WebhookUnverified
        return key

    async def _fetch(self, url: str) -> x509.Certificate:
        self._count()
        try:
            reply = await self._service.ask("GET", url, {"accept": "*/*"})
        except PaymentUnclear as silence:
            raise WebhookUncheckable from silence
        if not reply.ok:
            raise WebhookUncheckable
        try:
            certificate, *_ = x509.load_pem_x509_certificates(reply.body)
        except ValueError as nonsense:
            raise WebhookUnverified from nonsense
        while len(self._kept) >= MOST:
            self._kept.pop(next(iter(self._kept)))
        self._kept[url] = certificate
        return certificate

    def _count(self) -> None:
        """Count a fetch. Raise WebhookUncheckable if there have been too many just now."""
        now = asyncio.get_running_loop().time()
        while self._fetched and self._fetched[0] <= now - WINDOW:
            self._fetched.popleft()
        if len(self._fetched) >= FETCHES:
            raise WebhookUncheckable
        self._fetched.append(now)


def _is_signer(certificate: x509.Certificate) -> bool:
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return any(str(it.value).lower().endswith(SIGNER) for it in names)
