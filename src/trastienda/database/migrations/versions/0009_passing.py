"""Events of what is forgotten are found by age; who sends a letter has a lease on it."""

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
    op.add_column(
        "letters_sent", sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True)
    )


def downgrade() -> None:
    op.drop_column("letters_sent", "leased_until")
    op.drop_index("ix_events_passing", "events")
