"""What members of staff do with the lists that they save for themselves."""

from datetime import datetime
from uuid import UUID

from trastienda.database.db import transaction, use_case
from trastienda.schemas.pages.saved_view import SavedViewDraft
from trastienda.services.pages import saved_views


@use_case
async def save(user_id: UUID, draft: SavedViewDraft, now: datetime) -> None:
    """Save a list with its filters under a name of one's own. Raise TooManyViews."""
    async with transaction() as session:
        await saved_views.save(session, user_id, draft, now)


@use_case
async def drop(user_id: UUID, view_id: UUID) -> None:
    """Delete a view that one has saved."""
    async with transaction() as session:
        await saved_views.drop(session, user_id, view_id)
