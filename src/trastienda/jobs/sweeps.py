"""Work that the clock causes, not a customer."""

import structlog

from trastienda.controllers import orders
from trastienda.controllers.jobs import jobs, sweeps
from trastienda.database.db import utcnow
from trastienda.jobs.retries import Backoff
from trastienda.services.payments import Providers

log = structlog.get_logger()
TASK = "sweeps"
RETRIES = Backoff(retries=3, first=60.0)


async def settle_abandoned(providers: Providers) -> bool:
    """Finish payments whose process died; say whether there may be more.

    A payment that cannot be finished now gets a new lease, so this ends.
    """
    found = await orders.settle_abandoned(providers)
    if found:
        log.info("abandoned payments taken up", payments=found)
    return found > 0


async def take_up() -> bool:
    """Queue the jobs of dead workers again; say whether there may be more."""
    found = await jobs.take_up()
    if found.again:
        log.warning("jobs of a dead worker taken up", jobs=found.again)
    if found.given_up:
        log.error("jobs given up: workers keep dying over them", jobs=found.given_up)
    return sum(found) == jobs.BATCH


async def forget() -> None:
    """Delete what is past its retention."""
    swept = {what: many for what, many in (await sweeps.sweep(utcnow())).items() if many}
    if swept:
        log.info("swept", **{what.replace(" ", "_"): many for what, many in swept.items()})
