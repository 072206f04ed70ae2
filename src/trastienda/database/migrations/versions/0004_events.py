"""The outbox: the actor of an event, and its position among all events."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _know_who()
    _place()
    _number_stock()


def downgrade() -> None:
    raise NotImplementedError("consumers would lose their place")


def _know_who() -> None:
    for column in (
        sa.Column("schema_version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("actor", sa.String(), server_default="system", nullable=False),
    ):
        op.add_column("events", column)
        op.alter_column("events", column.name, server_default=None)
    op.add_column("events", sa.Column("actor_id", sa.Uuid(), nullable=True))


def _place() -> None:
    """Give relayed events their position; the others get one from the relay."""
    op.add_column("events", sa.Column("position", sa.BigInteger(), nullable=True))
    op.execute("""
        UPDATE events SET position = placed.position FROM (
            SELECT id, row_number() OVER (ORDER BY first, sequence) AS position FROM (
                SELECT id, sequence, min(id::text) OVER (PARTITION BY aggregate_id) AS first
                FROM events WHERE relayed_at IS NOT NULL) AS relayed) AS placed
        WHERE placed.id = events.id
    """)
    op.create_unique_constraint(op.f("uq_events_position"), "events", ["position"])
    op.create_check_constraint(
        op.f("ck_events_placed_when_relayed"),
        "events",
        "(position IS NULL) = (relayed_at IS NULL)",
    )
    op.drop_index("ix_events_waiting", "events")
    op.create_index(
        "ix_events_waiting",
        "events",
        ["created_at", "id"],
        postgresql_where=sa.text("position IS NULL"),
    )
    op.create_index(
        op.f("ix_events_relayed_at"),
        "events",
        ["relayed_at"],
        postgresql_where=sa.text("position IS NOT NULL"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_outbox_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.execute("INSERT INTO outbox (id, last) SELECT 1, coalesce(max(position), 0) FROM events")


def _number_stock() -> None:
    """Record events about existing stock, so that readers of all events know it."""
    op.add_column(
        "stock", sa.Column("version", sa.BigInteger(), server_default="1", nullable=False)
    )
    op.execute("""
        INSERT INTO events (id, aggregate, aggregate_id, sequence, type, schema_version, data,
            actor, created_at)
        SELECT gen_random_uuid(), 'stock', stock.id, 1, 'stock.changed', 1,
            jsonb_build_object('variant_id', variant_id, 'sku', variants.sku,
                'location', locations.code, 'on_hand', on_hand, 'reserved', reserved,
                'available', on_hand - reserved, 'reason', 'counted'),
            'system', now()
        FROM stock JOIN variants ON variants.id = stock.variant_id
            JOIN locations ON locations.id = stock.location_id
    """)
