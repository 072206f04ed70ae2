"""Events about what is itself forgotten are found by their age."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_index(
        "ix_events_passing",
        "events",
        ["relayed_at"],
        postgresql_where=sa.text("aggregate IN ('cart', 'letter', 'payment')"),
    )


def downgrade() -> None:
    op.drop_index("ix_events_passing", "events")
