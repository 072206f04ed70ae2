"""Requests for new links to orders; a job checks whether the order exists."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "order_link_requests",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("email_key", sa.String(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_link_requests")),
    )


def downgrade() -> None:
    op.drop_table("order_link_requests")
