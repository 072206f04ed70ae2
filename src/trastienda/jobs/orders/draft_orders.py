"""Draft orders expire, and give back what they hold, at most a minute late."""

import asyncio

from trastienda.controllers import draft_orders
from trastienda.controllers.outside.quotes import quoted
from trastienda.database.db import utcnow
from trastienda.schemas.shared.context import Context


async def look() -> bool:
    """Handle one batch; say whether there may be more.

    A failure keeps no other back, and is raised at the end.
    """
    context = Context(utcnow())
    done, failures = 0, []
    for draft_id in await draft_orders.find_due(context):
        work = quoted(draft_orders.settle_due, draft_id, context)
        (result,) = await asyncio.gather(work, return_exceptions=True)
        if isinstance(result, BaseException):
            failures.append(result)
        else:
            done += result
    for failure in failures:
        raise failure
    return done > 0
