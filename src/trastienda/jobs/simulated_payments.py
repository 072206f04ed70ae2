"""What the simulated provider does by itself: it goes on with payments, and tells the shop."""

import ssl
from pathlib import Path

import httpx
import structlog

from trastienda.controllers.payments import simulated
from trastienda.database.db import utcnow
from trastienda.services.payments.simulated.cards import NAME, signed
from trastienda.settings import Settings

log = structlog.get_logger()
DEADLINE = 5.0  # seconds for the shop to take a webhook


class Provider:
    """Sends webhooks to the shop's own address, as a provider outside would."""

    def __init__(self, settings: Settings) -> None:
        """Trust the certificates that the shop has made for itself while it is developed."""
        self._url = f"{settings.url}/v1/payments/{NAME}/webhook"
        self._authority = settings.data / "tls" / "ca.pem"

    async def act(self) -> bool:
        """Go on with what is due; what the shop does not take comes again."""
        await simulated.go_on()
        due = await simulated.speak()
        if not due:
            return False
        async with httpx.AsyncClient(verify=_trusting(self._authority), timeout=DEADLINE) as client:
            for event in due:
                webhook = signed(event, utcnow())
                try:
                    answer = await client.post(
                        self._url, content=webhook.body, headers=webhook.headers
                    )
                except httpx.HTTPError as error:
                    log.info("simulated webhook not delivered", reason=type(error).__name__)
                    continue
                if answer.is_success:
                    await simulated.heard(event)
        return False


def _trusting(authority: Path) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if authority.is_file():
        context.load_verify_locations(authority)
    return context
