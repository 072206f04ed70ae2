"""Reminders of abandoned carts."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "cart_reminders",
        sa.Column("cart_id", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cart_id"],
            ["carts.id"],
            name=op.f("fk_cart_reminders_cart_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cart_reminders")),
        sa.UniqueConstraint("cart_id", name=op.f("uq_cart_reminders_cart_id")),
    )
    op.create_index(
        "ix_cart_reminders_waiting",
        "cart_reminders",
        ["cart_id"],
        postgresql_where=sa.text("reminded_at IS NULL"),
    )
    op.create_index(op.f("ix_cart_reminders_email"), "cart_reminders", ["email"])
    op.add_column("channels", sa.Column("reminder_after", sa.BigInteger(), nullable=True))
    op.create_check_constraint(
        op.f("ck_channels_reminder_after"), "channels", "reminder_after BETWEEN 1 AND 720"
    )
    op.execute("UPDATE channels SET reminder_after = 24")


def downgrade() -> None:
    op.drop_constraint(op.f("ck_channels_reminder_after"), "channels")
    op.drop_column("channels", "reminder_after")
    op.drop_table("cart_reminders")
