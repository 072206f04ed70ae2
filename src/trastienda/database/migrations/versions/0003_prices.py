"""Exchange rates, outside quotes and what else decides a price."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _quotes()


def _quotes() -> None:
    for table in ("carts", "orders"):
        check = sa.Column("vat_check", postgresql.JSONB(astext_type=sa.Text()), nullable=True)
        op.add_column(table, check)


def downgrade() -> None:
    for table in ("orders", "carts"):
        op.drop_column(table, "vat_check")
