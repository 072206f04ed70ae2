"""Returns of orders: reasons, policy, the returns themselves, and what arrived of them."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from uuid_utils.compat import uuid7

revision = "0024"
down_revision = "0023"
# Older code neither writes the new reason of movements nor asks for it, and shows it as text. It
# counts `returned_quantity` as before. It writes no events of returns.
widened = (
    "ck_stock_movements_reason on stock_movements",
    "trigger order_history_of_event on events",
)

MOVEMENTS = (
    "received",
    "returned",
    "damaged",
    "lost",
    "recount",
    "correction",
    "reserved",
    "released",
    "fulfilled",
)
STATES = (
    "asked",
    "approved",
    "refused",
    "withdrawn",
    "expired",
    "part_received",
    "received",
    "closed",
)
TIMES = (
    "CASE status WHEN 'approved' THEN decided_at WHEN 'refused' THEN decided_at"
    " WHEN 'part_received' THEN received_at WHEN 'received' THEN received_at"
    " WHEN 'closed' THEN ended_at WHEN 'withdrawn' THEN ended_at WHEN 'expired' THEN ended_at"
    " ELSE asked_at END IS NOT NULL"
)
# Whether the customer has to say more, and whether the policy's deductions apply.
REASONS = (
    ("changed_mind", "I have changed my mind", "He cambiado de opinión", False, True),
    ("does_not_fit", "It does not fit", "No me queda bien", False, True),
    ("damaged", "It arrived damaged", "Ha llegado dañado", True, False),
    ("defective", "It does not work", "No funciona", True, False),
    ("not_as_described", "It is not as described", "No es como se describía", True, False),
    ("wrong_item", "It is not what I ordered", "No es lo que pedí", False, False),
    ("arrived_late", "It arrived too late", "Ha llegado demasiado tarde", False, False),
    ("other", "Another reason", "Otro motivo", True, True),
)
DETAIL = """
    CREATE OR REPLACE FUNCTION order_history_detail(aggregate text, aggregate_id uuid, type text,
        data jsonb, OUT order_id uuid, OUT detail jsonb)
        LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT CASE aggregate WHEN 'order' THEN aggregate_id ELSE (data ->> 'order_id')::uuid END,
            nullif(jsonb_strip_nulls(CASE
                WHEN aggregate = 'refund' THEN jsonb_build_object('refund_id', aggregate_id,
                    'amount', data -> 'amount', 'currency', data -> 'currency',
                    'reason', data -> 'reason')
                {of_returns}
                WHEN type = 'order.cancelled' THEN
                    jsonb_build_object('reason', data -> 'cancel_reason')
                WHEN type = 'order.tagged' THEN jsonb_build_object('tags', data -> 'tags')
                ELSE '{{}}' END), '{{}}')
    $$
"""
OF_RETURNS = """
                WHEN aggregate = 'return' THEN jsonb_build_object('return_id', aggregate_id,
                    'number', data -> 'number', 'reason', CASE type
                        WHEN 'return.refused' THEN data -> 'refusal'
                        ELSE data #> '{reason,code}' END)
"""
TRIGGER = """
    CREATE TRIGGER order_history_of_event AFTER INSERT ON events FOR EACH ROW
        WHEN (NEW.aggregate IN ({aggregates}) AND NEW.type {silent})
        EXECUTE FUNCTION order_history_of_event()
"""


def upgrade() -> None:
    _reasons()
    _policies()
    _returns()
    _movements(*MOVEMENTS, "written_off")
    _history(
        OF_RETURNS, "'order', 'refund', 'return'", "NOT IN ('order.noted', 'order.return_changed')"
    )


def downgrade() -> None:
    _history("", "'order', 'refund'", "<> 'order.noted'")
    _movements(*MOVEMENTS)
    for table in (
        "return_receipts",
        "return_lines",
        "returns",
        "return_policies",
        "return_reasons",
    ):
        op.drop_table(table)


def _history(of_returns: str, aggregates: str, silent: str) -> None:
    """Keep the events of returns in the history; what the order says of them, it says itself."""
    op.execute(DETAIL.format(of_returns=of_returns))
    op.execute("DROP TRIGGER order_history_of_event ON events")
    op.execute(TRIGGER.format(aggregates=aggregates, silent=silent))


def _movements(*reasons: str) -> None:
    op.drop_constraint(op.f("ck_stock_movements_reason"), "stock_movements")
    op.create_check_constraint(
        op.f("ck_stock_movements_reason"),
        "stock_movements",
        f"reason IN ({', '.join(repr(reason) for reason in reasons)})",
    )


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _reasons() -> None:
    reasons = op.create_table(
        "return_reasons",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("names", postgresql.JSONB(), nullable=False),
        sa.Column("needs_note", sa.Boolean(), nullable=False),
        sa.Column("charges_fees", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_return_reasons_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_reasons")),
        sa.UniqueConstraint("code", name=op.f("uq_return_reasons_code")),
    )
    rows: list[dict[str, Any]] = [
        {
            "id": uuid7(),
            "code": code,
            "names": {"en": english, "es": spanish},
            "needs_note": needs_note,
            "charges_fees": charges_fees,
            "active": True,
            "position": 10 * place,
            "version": 1,
        }
        for place, (code, english, spanish, needs_note, charges_fees) in enumerate(REASONS, 1)
    ]
    op.bulk_insert(reasons, rows)


def _policies() -> None:
    op.create_table(
        "return_policies",
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("window_days", sa.BigInteger(), nullable=True),
        sa.Column("expiry_days", sa.BigInteger(), nullable=True),
        sa.Column("restocking_percent", sa.Numeric(7, 4), nullable=False),
        sa.Column("return_fees", postgresql.JSONB(), nullable=False),
        sa.Column(
            "shipping_refund", _choice("shippingrefund", "whole_order", "never"), nullable=False
        ),
        sa.Column("standard_shipping", postgresql.JSONB(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_return_policies_version")),
        sa.CheckConstraint(
            "window_days BETWEEN 1 AND 3650", name=op.f("ck_return_policies_window_days")
        ),
        sa.CheckConstraint(
            "expiry_days BETWEEN 1 AND 365", name=op.f("ck_return_policies_expiry_days")
        ),
        sa.CheckConstraint(
            "restocking_percent BETWEEN 0 AND 100",
            name=op.f("ck_return_policies_restocking_percent"),
        ),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channels.id"], name=op.f("fk_return_policies_channel_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_policies")),
        sa.UniqueConstraint("channel_id", name=op.f("uq_return_policies_channel_id")),
    )


def _returns() -> None:
    op.create_table(
        "returns",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("reason_id", sa.Uuid(), nullable=False),
        sa.Column("charges_fees", sa.Boolean(), nullable=False),
        sa.Column("by_staff", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("status", _choice("returnstate", *STATES), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        *(
            sa.Column(name, sa.String(), nullable=True)
            for name in ("refusal", "instructions", "label_reference")
        ),
        *(
            sa.Column(name, sa.DateTime(timezone=True), nullable=True)
            for name in ("expires_at", "received_at", "ended_at")
        ),
        sa.Column("refund_id", sa.Uuid(), nullable=True),
        sa.Column("deduction", sa.BigInteger(), nullable=True),
        sa.Column("exchange", postgresql.JSONB(), nullable=False),
        sa.Column("exchange_order_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_returns_number")),
        sa.CheckConstraint("version > 0", name=op.f("ck_returns_version")),
        sa.CheckConstraint("deduction >= 0", name=op.f("ck_returns_deduction")),
        sa.CheckConstraint(TIMES, name=op.f("ck_returns_times")),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_returns_order_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reason_id"], ["return_reasons.id"], name=op.f("fk_returns_reason_id")
        ),
        sa.ForeignKeyConstraint(["refund_id"], ["refunds.id"], name=op.f("fk_returns_refund_id")),
        sa.ForeignKeyConstraint(
            ["exchange_order_id"],
            ["orders.id"],
            name=op.f("fk_returns_exchange_order_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returns")),
        sa.UniqueConstraint("order_id", "number", name=op.f("uq_returns_order_id_number")),
    )
    op.create_index(op.f("ix_returns_status_id"), "returns", ["status", "id"])
    op.create_index(op.f("ix_returns_exchange_order_id"), "returns", ["exchange_order_id"])
    op.create_index(op.f("ix_returns_reason_id_id"), "returns", ["reason_id", "id"])
    op.create_index(
        op.f("ix_returns_expires_at"),
        "returns",
        ["expires_at"],
        postgresql_where=sa.text("status = 'approved'"),
    )
    _lines()
    _receipts()


def _lines() -> None:
    op.create_table(
        "return_lines",
        sa.Column("return_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("restocked_quantity", sa.BigInteger(), nullable=False),
        sa.Column("written_off_quantity", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_return_lines_quantity")),
        sa.CheckConstraint(
            "restocked_quantity >= 0 AND written_off_quantity >= 0"
            " AND restocked_quantity + written_off_quantity <= quantity",
            name=op.f("ck_return_lines_received"),
        ),
        sa.ForeignKeyConstraint(
            ["return_id"],
            ["returns.id"],
            name=op.f("fk_return_lines_return_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["order_lines.id"],
            name=op.f("fk_return_lines_line_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("return_id", "line_id", name=op.f("pk_return_lines")),
    )
    op.create_index(op.f("ix_return_lines_line_id"), "return_lines", ["line_id"])


def _receipts() -> None:
    op.create_table(
        "return_receipts",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("return_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("disposition", _choice("disposition", "restock", "write_off"), nullable=False),
        sa.Column("location_id", sa.Uuid(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_return_receipts_quantity")),
        sa.ForeignKeyConstraint(
            ["return_id"],
            ["returns.id"],
            name=op.f("fk_return_receipts_return_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["order_lines.id"],
            name=op.f("fk_return_receipts_line_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["location_id"], ["locations.id"], name=op.f("fk_return_receipts_location_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_receipts")),
    )
    op.create_index(op.f("ix_return_receipts_return_id"), "return_receipts", ["return_id"])
