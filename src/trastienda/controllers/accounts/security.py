from trastienda.database.db import transaction, use_case
from trastienda.services.accounts import security
from trastienda.services.accounts.security import Tally


@use_case
async def flush(tally: Tally) -> None:
    """Add this process's counts to the shared ones; if that fails, keep them for next time."""
    with tally.taken() as counts:
        if counts:
            async with transaction() as session:
                await security.add(session, counts)
