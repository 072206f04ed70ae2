"""Days of reports that have ended are summed, once."""

from trastienda.controllers.ledger.keep_reports import keep_reports
from trastienda.database.db import utcnow
from trastienda.schemas.shared.context import Context


async def keep() -> bool:
    """Sum one batch; say whether there may be more."""
    return await keep_reports(Context(utcnow())) > 0
