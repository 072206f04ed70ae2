"""Security events are counted."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "security_counts",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_security_counts_count")),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_security_counts")),
    )


def downgrade() -> None:
    op.drop_table("security_counts")
