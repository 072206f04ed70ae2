from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from trastienda.database.models.cart import MOST_LINES
from trastienda.schemas.money import Quantity


class SentLine(Struct, forbid_unknown_fields=True):
    line_id: UUID
    quantity: Quantity


class FulfilmentDraft(Struct, forbid_unknown_fields=True):
    """What is sent now; without lines, all that has not been sent yet."""

    lines: Annotated[list[SentLine], Meta(min_length=1, max_length=MOST_LINES)] | None = None
