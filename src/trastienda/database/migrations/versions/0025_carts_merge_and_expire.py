"""Carts merge at login and expire, and their lines remember the price that the buyer saw."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.add_column(
        "channels", sa.Column("cart_days", sa.BigInteger(), server_default="30", nullable=False)
    )
    op.add_column(
        "channels", sa.Column("cart_merge", sa.String(32), server_default="sum", nullable=False)
    )
    op.create_check_constraint(
        op.f("ck_channels_cart_days"), "channels", "cart_days BETWEEN 1 AND 365"
    )
    op.create_check_constraint(
        op.f("ck_channels_cartmerge"), "channels", "cart_merge IN ('sum', 'keep_newest', 'ask')"
    )
    op.add_column("cart_lines", sa.Column("seen_price", sa.BigInteger(), nullable=True))
    op.create_table(
        "set_aside_carts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("merged_into", sa.String(), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cart", postgresql.JSONB(), nullable=False),
        sa.Column("lines", postgresql.JSONB(), nullable=False),
        sa.Column("coupons", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["users.id"],
            name=op.f("fk_set_aside_carts_customer_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_aside_carts")),
    )
    for column in ("customer_id", "set_aside_at"):
        op.create_index(op.f(f"ix_set_aside_carts_{column}"), "set_aside_carts", [column])


def downgrade() -> None:
    op.drop_table("set_aside_carts")
    op.drop_column("cart_lines", "seen_price")
    op.drop_constraint(op.f("ck_channels_cartmerge"), "channels")
    op.drop_constraint(op.f("ck_channels_cart_days"), "channels")
    for column in ("cart_merge", "cart_days"):
        op.drop_column("channels", column)
