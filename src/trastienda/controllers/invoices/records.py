"""Records of VERI*FACTU on their way to whoever sends them to the tax agency."""

from uuid import UUID

from trastienda.database.db import reading
from trastienda.services.invoices.verifactu import chain
from trastienda.services.invoices.verifactu.port import Registry


async def hand_over(record_id: UUID, registry: Registry) -> None:
    """Hand a record over; nothing is locked meanwhile. Raise Unavailable to be asked later."""
    async with reading() as session:
        record = await chain.by_id(session, record_id)
    if record is not None:
        await registry.take(record)
