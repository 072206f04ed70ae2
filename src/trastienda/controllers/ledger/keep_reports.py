from zoneinfo import ZoneInfo

from trastienda.database.db import transaction, use_case
from trastienda.schemas.shared.context import Context
from trastienda.services.channels import channels
from trastienda.services.ledger import reports


@use_case
async def keep_reports(context: Context) -> int:
    """Sum one batch of days that have ended, for reports; return how many sums were made."""
    async with transaction() as session:
        await channels.refresh(session)
        zone = channels.current().time_zone
        today = context.asked_at.astimezone(ZoneInfo(zone)).date()
        return await reports.keep_days(session, zone, today)
