"""Mails wait for their first attempt in their own table; a job is made of what fails.

Jobs about events that an earlier version has queued are still done.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
WAITING = sa.text("due_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("letters_sent", sa.Column("aggregate_id", sa.Uuid(), nullable=True))
    op.add_column(
        "letters_sent",
        sa.Column("priority", sa.BigInteger(), server_default="0", nullable=False),
    )
    op.add_column("letters_sent", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_letters_sent_waiting",
        "letters_sent",
        [sa.text("priority DESC"), "id"],
        postgresql_where=WAITING,
    )
    op.create_index(
        "ix_letters_sent_waiting_about",
        "letters_sent",
        ["aggregate_id", "id"],
        postgresql_where=WAITING,
    )


def downgrade() -> None:
    raise NotImplementedError("mails that wait would not be sent")
