"""Draft orders with lines and discounts of staff's own, that reserve stock and expire.

Invoices of orders that were edited are replaced by newer ones.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0030"
down_revision = "0029"
NOT_AN_ORDER = "status <> 'completed'"


def upgrade() -> None:
    document = postgresql.JSONB(none_as_null=True)
    op.add_column("order_lines", sa.Column("custom", document, nullable=True))
    op.add_column("invoices", sa.Column("replaces_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_invoices_replaces_id"), "invoices", "invoices", ["replaces_id"], ["id"]
    )
    op.create_index("uq_invoices_replaces_id", "invoices", ["replaces_id"], unique=True)
    op.add_column("channels", sa.Column("draft_order_days", sa.BigInteger(), nullable=True))
    op.create_check_constraint(
        op.f("ck_channels_draft_order_days"), "channels", "draft_order_days BETWEEN 1 AND 365"
    )
    op.add_column("draft_orders", sa.Column("staff_discount", document, nullable=True))
    for name in ("reserve_until", "reminded_at", "expired_at"):
        op.add_column("draft_orders", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        op.f("ix_draft_orders_expires_at"),
        "draft_orders",
        ["expires_at"],
        postgresql_where=sa.text(f"{NOT_AN_ORDER} AND expired_at IS NULL"),
    )
    op.create_index(
        op.f("ix_draft_orders_reserve_until"),
        "draft_orders",
        ["reserve_until"],
        postgresql_where=sa.text(f"{NOT_AN_ORDER} AND reserve_until IS NOT NULL"),
    )


def downgrade() -> None:
    for name in ("expires_at", "reserve_until"):
        op.drop_index(op.f(f"ix_draft_orders_{name}"), "draft_orders")
    for name in ("staff_discount", "reserve_until", "reminded_at", "expired_at"):
        op.drop_column("draft_orders", name)
    op.drop_constraint(op.f("ck_channels_draft_order_days"), "channels")
    op.drop_column("channels", "draft_order_days")
    op.drop_index("uq_invoices_replaces_id", "invoices")
    op.drop_constraint(op.f("fk_invoices_replaces_id"), "invoices")
    op.drop_column("invoices", "replaces_id")
    op.drop_column("order_lines", "custom")
