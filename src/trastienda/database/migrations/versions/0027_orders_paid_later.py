"""Orders that are paid after they were placed, and orders that staff edit.

One payment of an order is under way at a time.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027"
down_revision = "0026"
# In older code a payment has its order only when it has ended: no two rows of it ever collide here.
# It has never more captured than an order's total, and reads kinds of bookings as text. It leaves
# what is given back of an excess at nothing.
widened = (
    "uq_payment_attempts_of_order on payment_attempts",
    "ck_orders_captured on orders",
    "ck_orders_excess_refunded on orders",
    "ck_ledger_transactions_transactionkind on ledger_transactions",
)
KINDS = (
    "sale",
    "cancellation",
    "capture",
    "refund",
    "refund_paid",
    "refund_returned",
    "refund_withdrawn",
    "late_money",
    "late_money_returned",
)


def upgrade() -> None:
    op.create_index(
        "uq_payment_attempts_of_order",
        "payment_attempts",
        ["order_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('pending', 'processing', 'requires_action')"),
    )
    op.add_column(
        "orders",
        sa.Column("excess_refunded", sa.BigInteger(), server_default="0", nullable=False),
    )
    op.create_check_constraint(
        op.f("ck_orders_excess_refunded"), "orders", "excess_refunded BETWEEN 0 AND refunded"
    )
    _captured("captured - excess_refunded BETWEEN 0 AND total")
    _kinds(*KINDS, "edit")
    op.create_table(
        "order_edits",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("order_version", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("before", postgresql.JSONB(), nullable=False),
        sa.Column("after", postgresql.JSONB(), nullable=False),
        sa.Column("refund_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_order_edits_reason")),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["orders.id"],
            name=op.f("fk_order_edits_order_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["refund_id"], ["refunds.id"], name=op.f("fk_order_edits_refund_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_edits")),
    )
    op.create_index(op.f("ix_order_edits_order_id_id"), "order_edits", ["order_id", "id"])


def downgrade() -> None:
    op.drop_table("order_edits")
    _kinds(*KINDS)
    _captured("captured BETWEEN 0 AND total")
    op.drop_constraint(op.f("ck_orders_excess_refunded"), "orders")
    op.drop_column("orders", "excess_refunded")
    op.drop_index("uq_payment_attempts_of_order", "payment_attempts")


def _captured(condition: str) -> None:
    op.drop_constraint(op.f("ck_orders_captured"), "orders")
    op.create_check_constraint(op.f("ck_orders_captured"), "orders", condition)


def _kinds(*kinds: str) -> None:
    name, known = "ck_ledger_transactions_transactionkind", ", ".join(f"'{it}'" for it in kinds)
    op.drop_constraint(op.f(name), "ledger_transactions")
    op.create_check_constraint(op.f(name), "ledger_transactions", f"kind IN ({known})")
