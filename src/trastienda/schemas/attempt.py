from uuid import UUID

from msgspec import Struct

from trastienda.database.models.payment_attempt import AttemptState
from trastienda.schemas.order import OrderDraft


class Attempt(Struct, kw_only=True):
    """One try to be paid; `id` is the key that the provider deduplicates by."""

    id: UUID
    provider: str
    token: str | None
    draft: OrderDraft
    state: AttemptState = AttemptState.PENDING
    reason: str | None = None
