"""Carts are updated in place: no index on columns that change, and free space on each page."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.drop_index("ix_carts_untouched", "carts")
    op.create_index(
        "ix_carts_open", "carts", ["created_at"], postgresql_where=sa.text("state = 'open'")
    )
    op.execute("ALTER TABLE carts SET (fillfactor = 70)")


def downgrade() -> None:
    op.execute("ALTER TABLE carts RESET (fillfactor)")
    op.drop_index("ix_carts_open", "carts")
    op.create_index(
        "ix_carts_untouched", "carts", ["updated_at"], postgresql_where=sa.text("state = 'open'")
    )
