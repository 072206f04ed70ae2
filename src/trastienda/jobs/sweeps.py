"""What the clock asks for, not a customer."""

import structlog

from trastienda.controllers import orders, outbox, sweeps
from trastienda.database.db import utcnow

log = structlog.get_logger()


async def settle_abandoned() -> bool:
    """Finish payments whose process died; say whether there may be more.

    That ends: those that cannot be finished now have a lease again, and are not found.
    """
    found = await orders.settle_abandoned()
    if found:
        log.info("abandoned payments taken up", payments=found)
    return found > 0


async def take_up() -> bool:
    """Queue the jobs of dead workers again; say whether there may be more."""
    if found := await outbox.take_up():
        log.warning("jobs of a dead worker taken up", jobs=found)
    return found == outbox.BATCH


async def forget() -> bool:
    """Delete what is too old."""
    swept = {what: many for what, many in (await sweeps.sweep(utcnow())).items() if many}
    if swept:
        log.info("swept", **{what.replace(" ", "_"): many for what, many in swept.items()})
    return False
