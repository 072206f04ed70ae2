"""Draft orders: what staff put together for a buyer."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.create_table(
        "draft_orders",
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("lines", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("shipping_address", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("billing_address", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("shipping_option_id", sa.Uuid(), nullable=True),
        sa.Column("shipping_price", sa.BigInteger(), nullable=True),
        sa.Column("coupons", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "sent",
                "completed",
                name="draftorderstatus",
                native_enum=False,
                length=32,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_draft_orders_version")),
        sa.CheckConstraint("shipping_price >= 0", name=op.f("ck_draft_orders_shipping_price")),
        sa.CheckConstraint(
            "(status = 'completed') = (order_id IS NOT NULL)",
            name=op.f("ck_draft_orders_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channels.id"], name=op.f("fk_draft_orders_channel_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["users.id"],
            name=op.f("fk_draft_orders_customer_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["shipping_option_id"],
            ["shipping_options.id"],
            name=op.f("fk_draft_orders_shipping_option_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_draft_orders_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_orders")),
        sa.UniqueConstraint("order_id", name=op.f("uq_draft_orders_order_id")),
    )
    op.create_index(op.f("ix_draft_orders_status_id"), "draft_orders", ["status", "id"])
    op.create_index(op.f("ix_draft_orders_customer_id"), "draft_orders", ["customer_id"])


def downgrade() -> None:
    op.drop_table("draft_orders")
