"""Fulfilments are parcels: what is in each, who brings it, and when it was sent and arrived.

What was sent before is filled in as one parcel per order, sent when the order last told of it. Nodes
of the version before go on counting what they send on the lines only: such units are in no parcel.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
# Older code writes no `ready_quantity`, so that its rows hold; it cannot send what waits to be picked
# up, and the constraint refuses it.
widened = ("ck_order_lines_ready_quantity on order_lines",)

STATES = ("ready", "shipped", "collected", "delivered", "cancelled")
FILL = (
    """
    INSERT INTO fulfilments (id, order_id, number, status, created_at, sent_at, version)
    SELECT gen_random_uuid(), sent.id, 1, 'shipped', sent.at, sent.at, 1
    FROM (SELECT orders.id, coalesce((
                SELECT max(created_at) FROM events
                WHERE aggregate_id = orders.id AND type = 'order.fulfilled'),
            orders.placed_at) AS at
        FROM orders WHERE orders.fulfilment_status <> 'unfulfilled') AS sent
    WHERE EXISTS (
        SELECT FROM order_lines WHERE order_id = sent.id AND fulfilled_quantity > 0)
    """,
    """
    INSERT INTO fulfilment_lines (fulfilment_id, line_id, quantity)
    SELECT fulfilments.id, order_lines.id, order_lines.fulfilled_quantity
    FROM fulfilments JOIN order_lines ON order_lines.order_id = fulfilments.order_id
    WHERE order_lines.fulfilled_quantity > 0
    """,
)


def upgrade() -> None:
    op.add_column(
        "order_lines",
        sa.Column("ready_quantity", sa.BigInteger(), nullable=False, server_default="0"),
    )
    op.create_check_constraint(
        op.f("ck_order_lines_ready_quantity"),
        "order_lines",
        "ready_quantity BETWEEN 0 AND quantity - fulfilled_quantity - removed_quantity",
    )
    op.create_table(
        "fulfilments",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                *STATES,
                name="fulfilmentstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("location_id", sa.Uuid(), nullable=True),
        *(
            sa.Column(name, sa.String(), nullable=True)
            for name in ("carrier", "tracking_number", "tracking_url", "label_reference")
        ),
        *(
            sa.Column(name, sa.DateTime(timezone=True), nullable=True)
            for name in ("sent_at", "ready_at", "collected_at", "delivered_at")
        ),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_fulfilments_number")),
        sa.CheckConstraint(
            "CASE status WHEN 'ready' THEN ready_at WHEN 'shipped' THEN sent_at"
            " WHEN 'collected' THEN collected_at WHEN 'delivered' THEN delivered_at"
            " ELSE created_at END IS NOT NULL",
            name=op.f("ck_fulfilments_times"),
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_fulfilments_order_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["location_id"],
            ["locations.id"],
            name=op.f("fk_fulfilments_location_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fulfilments")),
        sa.UniqueConstraint("order_id", "number", name=op.f("uq_fulfilments_order_id_number")),
    )
    op.create_table(
        "fulfilment_lines",
        sa.Column("fulfilment_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_fulfilment_lines_quantity")),
        sa.ForeignKeyConstraint(
            ["fulfilment_id"],
            ["fulfilments.id"],
            name=op.f("fk_fulfilment_lines_fulfilment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["order_lines.id"],
            name=op.f("fk_fulfilment_lines_line_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("fulfilment_id", "line_id", name=op.f("pk_fulfilment_lines")),
    )
    op.create_index(op.f("ix_fulfilment_lines_line_id"), "fulfilment_lines", ["line_id"])
    for statement in FILL:
        op.execute(statement)


def downgrade() -> None:
    for table in ("fulfilment_lines", "fulfilments"):
        op.drop_table(table)
    op.drop_column("order_lines", "ready_quantity")
