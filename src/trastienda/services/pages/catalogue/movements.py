"""Movements of stock that take others back."""

from trastienda.database.models.stock.stock import StaffReason
from trastienda.schemas.stock.stock import MovementDraft


def opposite(draft: MovementDraft) -> MovementDraft | None:
    """Return the correction that takes a movement back; None for what is a correction itself."""
    if draft.reason is StaffReason.CORRECTION:
        return None
    return MovementDraft(-draft.quantity, StaffReason.CORRECTION, draft.location)
