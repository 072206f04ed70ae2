"""Payments that need a second step, are captured later, and are told of by webhooks.

Payments that nodes of the version before write have no `check_at`: nobody compares them with their
provider later, which settles each at once.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
# No code before this one captures parts, so no order is in the new state while such code runs.
widened = ("ck_orders_paymentstatus on orders",)

PAYMENT_STATUSES = (
    "pending",
    "authorised",
    "partially_paid",
    "paid",
    "partially_refunded",
    "refunded",
    "cancelled",
)
PAYMENT_STATES = (
    "pending",
    "requires_action",
    "processing",
    "authorised",
    "succeeded",
    "declined",
    "voided",
    "expired",
)


def upgrade() -> None:
    _orders_and_channels()
    _payments()
    _notices()
    _simulated()


def downgrade() -> None:
    for table in ("test_payments", "payment_notices"):
        op.drop_table(table)
    table = "payment_attempts"
    op.drop_index("ix_payment_attempts_without_order", table)
    op.drop_index(op.f("ix_payment_attempts_check_at"), table)
    op.drop_index(op.f("ix_payment_attempts_doubt"), table)
    for name in (
        "doubt",
        "expiry_told_at",
        "operation_attempt",
        "operation_amount",
        "operation",
        "return_url",
        "capture_at_once",
        "check_at",
    ):
        op.drop_column(table, name)
    op.drop_constraint(op.f("ck_channels_payment_hold_minutes"), "channels")
    op.drop_column("channels", "payment_hold_minutes")
    op.drop_column("channels", "capture")


def _known(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def _moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _orders_and_channels() -> None:
    words = ", ".join(repr(word) for word in PAYMENT_STATUSES)
    op.drop_constraint(op.f("ck_orders_paymentstatus"), "orders")
    op.create_check_constraint(
        op.f("ck_orders_paymentstatus"), "orders", f"payment_status IN ({words})"
    )
    modes = _known("capturemode", "payment", "fulfilment", "manual")
    op.add_column("channels", sa.Column("capture", modes, nullable=False, server_default="payment"))
    op.add_column(
        "channels",
        sa.Column("payment_hold_minutes", sa.BigInteger(), nullable=False, server_default="15"),
    )
    op.create_check_constraint(
        op.f("ck_channels_payment_hold_minutes"),
        "channels",
        "payment_hold_minutes BETWEEN 1 AND 1440",
    )


def _payments() -> None:
    table = "payment_attempts"
    op.add_column(table, _moment("check_at"))
    op.add_column(
        table,
        sa.Column("capture_at_once", sa.Boolean(), nullable=False, server_default="true"),
    )
    op.add_column(table, sa.Column("return_url", sa.String(), nullable=True))
    op.add_column(
        table, sa.Column("operation", _known("operation", "capture", "void"), nullable=True)
    )
    op.add_column(table, sa.Column("operation_amount", sa.BigInteger(), nullable=True))
    op.add_column(
        table, sa.Column("operation_attempt", sa.BigInteger(), nullable=False, server_default="0")
    )
    op.add_column(table, _moment("expiry_told_at"))
    op.add_column(table, sa.Column("doubt", sa.String(), nullable=True))
    op.create_index(
        op.f("ix_payment_attempts_doubt"),
        table,
        ["doubt"],
        postgresql_where=sa.text("doubt IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_payment_attempts_check_at"),
        table,
        ["check_at"],
        postgresql_where=sa.text("check_at IS NOT NULL"),
    )
    op.create_index(
        "ix_payment_attempts_without_order",
        table,
        ["id"],
        postgresql_where=sa.text("captured > refunded AND order_id IS NULL"),
    )


def _notices() -> None:
    outcomes = _known("noticeoutcome", "settled", "ignored", "unknown")
    op.create_table(
        "payment_notices",
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        _moment("received_at", nullable=False),
        _moment("due_at"),
        sa.Column("tries", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("outcome", outcomes, nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_notices")),
        sa.UniqueConstraint(
            "provider", "event_id", name=op.f("uq_payment_notices_provider_event_id")
        ),
    )
    op.create_index(
        op.f("ix_payment_notices_due_at"),
        "payment_notices",
        ["due_at"],
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index(op.f("ix_payment_notices_received_at"), "payment_notices", ["received_at"])


def _simulated() -> None:
    op.create_table(
        "test_payments",
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("capture", sa.Boolean(), nullable=False),
        sa.Column("return_url", sa.String(), nullable=True),
        sa.Column("state", _known("paymentstate", *PAYMENT_STATES), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("captured", sa.BigInteger(), nullable=False),
        _moment("capture_before", nullable=False),
        _moment("act_at"),
        sa.Column("refunded", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("answers", postgresql.JSONB(), nullable=False, server_default="{}"),
        _moment("notify_at"),
        sa.Column("notices", sa.BigInteger(), nullable=False, server_default="0"),
        sa.CheckConstraint("captured BETWEEN 0 AND amount", name=op.f("ck_test_payments_captured")),
        sa.CheckConstraint(
            "refunded BETWEEN 0 AND captured", name=op.f("ck_test_payments_refunded")
        ),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_test_payments")),
    )
    for name in ("act_at", "notify_at"):
        op.create_index(
            op.f(f"ix_test_payments_{name}"),
            "test_payments",
            [name],
            postgresql_where=sa.text(f"{name} IS NOT NULL"),
        )
