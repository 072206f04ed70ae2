"""Sending the webhook deliveries that are due: many at once, few to one endpoint."""

from collections.abc import Callable
from datetime import datetime

import structlog

from trastienda.controllers.webhooks import deliveries as webhook_deliveries
from trastienda.database.db import utcnow
from trastienda.jobs.clock import reason
from trastienda.jobs.leases import AWAY, Leases, Taken
from trastienda.services.webhooks.sending import AT_ONCE, LeasedDelivery, Sender

log = structlog.get_logger()
SLOW = AT_ONCE // 2
"""Simultaneous requests to endpoints whose last attempts failed, so that others have room."""


class Dispatcher:
    """Sends what is due, with at most AT_ONCE requests under way."""

    def __init__(self, sender: Sender, clock: Callable[[], datetime] = utcnow) -> None:
        self._sender, self._clock = sender, clock
        self._leases = Leases("webhooks", AT_ONCE, self._due)
        self._slow = 0
        self.run, self.wake = self._leases.run, self._leases.wake
        self.take, self.idle = self._leases.take, self._leases.idle

    async def _due(self, room: int) -> Taken:
        slow = max(0, SLOW - self._slow)
        deliveries = await webhook_deliveries.lease(room, slow, self._clock())
        self._slow += sum(delivery.struggling for delivery in deliveries)
        return Taken([self._send(delivery) for delivery in deliveries])

    async def _send(self, delivery: LeasedDelivery) -> None:
        try:
            outcome = await self._sender.send(delivery, self._clock())
            await webhook_deliveries.record(delivery, outcome, self._clock())
        except AWAY as error:
            # The lease runs out, and the delivery is sent once more.
            log.warning("a delivery is not written down", reason=reason(error))
        finally:
            self._slow -= delivery.struggling
