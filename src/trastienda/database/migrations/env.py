"""Run by Alembic, on the connection that holds the lock."""

from alembic import context

import trastienda.database.models  # noqa: F401 - it fills the metadata
from trastienda.database.base import Model

QUEUE = "procrastinate_"


def ours(name: str | None, kind: str, _: object) -> bool:
    """Leave the queue's tables to the queue: they have a revision of their own."""
    return not (kind == "table" and (name or "").startswith(QUEUE))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Model.metadata,
    include_name=ours,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
