"""Unpaid orders expire: when payment is due, when the buyer was reminded, why it was cancelled.

Orders that are unpaid now get the full time from now on, as their buyers were not told of it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

UNPAID = "status = 'open' AND payment_status = 'pending' AND fulfilment_status = 'unfulfilled'"


def upgrade() -> None:
    op.add_column("channels", sa.Column("payment_days", sa.BigInteger(), nullable=True))
    op.create_check_constraint(
        op.f("ck_channels_payment_days"), "channels", "payment_days BETWEEN 1 AND 365"
    )
    op.execute("UPDATE channels SET payment_days = 7")
    reasons = sa.Enum(
        "staff",
        "unpaid",
        name="cancelreason",
        native_enum=False,
        create_constraint=True,
        length=32,
    )
    op.add_column("orders", sa.Column("cancel_reason", reasons, nullable=True))
    for name in ("payment_due_at", "payment_reminded_at"):
        op.add_column("orders", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.execute(f"UPDATE orders SET payment_due_at = now() + interval '7 days' WHERE {UNPAID}")  # noqa: S608 - ours
    op.create_index(
        "ix_orders_payment_due_at",
        "orders",
        ["payment_due_at"],
        postgresql_where=sa.text(UNPAID),
    )


def downgrade() -> None:
    op.drop_index("ix_orders_payment_due_at", "orders")
    for name in ("payment_reminded_at", "payment_due_at", "cancel_reason"):
        op.drop_column("orders", name)
    op.drop_constraint(op.f("ck_channels_payment_days"), "channels")
    op.drop_column("channels", "payment_days")
