"""Run by Alembic, on the connection that holds the lock."""

from collections.abc import Collection, Mapping
from typing import Any

from alembic import context
from alembic.runtime.migration import MigrationContext, MigrationInfo

import trastienda.database.models  # noqa: F401 - it fills the metadata
from trastienda.database.base import Model
from trastienda.database.migrations import commented

QUEUE = "procrastinate_"


def ours(name: str | None, kind: str, _: object) -> bool:
    """Return whether Alembic compares a table: not the queue's, which has a revision of its own."""
    return not (kind == "table" and (name or "").startswith(QUEUE))


def leave_note(
    ctx: MigrationContext, step: MigrationInfo, heads: Collection[Any], run_args: Mapping[str, Any]
) -> None:
    """Note, in the step's own transaction, which older versions may keep running."""
    _ = run_args
    if ctx.connection is not None and step.is_upgrade:
        ctx.connection.execute(commented(*heads))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Model.metadata,
    include_name=ours,
    transaction_per_migration=True,
    on_version_apply=leave_note,
)
with context.begin_transaction():
    context.run_migrations()
