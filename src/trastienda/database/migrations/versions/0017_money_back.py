"""Payments that go on after the checkout, refunds, and the ledger.

The table of attempts becomes that of payments; it keeps its name, which nodes of the version before
use. They write orders that are not in the ledger: a job finds these by `booked_at`, as it does the
orders that were there before.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
# Older code reads the new states of payments and orders as text, and takes none of them for paid. In
# the rows that it writes, `captured` is 0 and no payment waits, so that these constraints hold.
widened = (
    "ck_payment_attempts_paymentstate on payment_attempts",
    "ck_payment_attempts_captured on payment_attempts",
    "ck_orders_paymentstatus on orders",
    "ck_orders_captured on orders",
    "ck_order_lines_removed_quantity on order_lines",
    "ck_order_lines_returned_quantity on order_lines",
    "fk_payment_attempts_cart_id on payment_attempts",
    "uq_payment_attempts_waiting on payment_attempts",
    "uq_payment_attempts_reference on payment_attempts",
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
PAYMENT_STATUSES = (
    "pending",
    "authorised",
    "paid",
    "partially_refunded",
    "refunded",
    "cancelled",
)
ACCOUNTS = (
    "receivable",
    "cash",
    "revenue",
    "discounts",
    "shipping",
    "tax",
    "refunds",
    "refunds_payable",
    "suspense",
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
REASONS = (
    "requested_by_customer",
    "damaged",
    "wrong_item",
    "not_delivered",
    "out_of_stock",
    "duplicate",
    "fraudulent",
    "goodwill",
    "cancelled",
    "returned",
    "late_payment",
    "other",
)
TRANSFER_STATES = ("asked", "sent", "pending", "done", "refused", "cancelled")
TRIGGERS = (
    """
    CREATE FUNCTION ledger_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'ledger_kept';
    END $$
    """,
    """
    CREATE FUNCTION ledger_balances() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        entries bigint;
        unbalanced bigint;
    BEGIN
        SELECT coalesce(sum(written), 0), count(*) FILTER (WHERE total <> 0)
        INTO entries, unbalanced
        FROM (SELECT count(*) AS written, sum(amount) AS total FROM ledger_entries
              WHERE transaction_id = NEW.id GROUP BY currency) AS by_currency;
        IF entries < 2 OR unbalanced > 0 THEN
            RAISE EXCEPTION 'the entries of ledger transaction % do not add up to zero', NEW.key
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_balances';
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE CONSTRAINT TRIGGER ledger_balances AFTER INSERT ON ledger_transactions
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_balances()
    """,
    """
    CREATE TRIGGER ledger_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_transactions
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_kept()
    """,
    """
    CREATE FUNCTION ledger_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT FROM written JOIN ledger_transactions AS header
                   ON header.id = written.transaction_id
                   WHERE header.xid <> pg_current_xact_id()::text::bigint) THEN
            RAISE EXCEPTION 'a ledger transaction takes entries only while it is being written'
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'ledger_sealed';
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER ledger_sealed AFTER INSERT ON ledger_entries
        REFERENCING NEW TABLE AS written
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_sealed()
    """,
    """
    CREATE TRIGGER ledger_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entries
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_kept()
    """,
)


def upgrade() -> None:
    _payments()
    _orders()
    _lines()
    _refunds()
    _ledger()


def downgrade() -> None:
    for table in ("ledger_entries", "ledger_transactions"):
        op.drop_table(table)
    for function in ("ledger_kept", "ledger_balances", "ledger_sealed"):
        op.execute(f"DROP FUNCTION {function}")
    for table in ("refund_transfers", "refund_items", "refunds"):
        op.drop_table(table)
    op.drop_index("ix_orders_unbooked", "orders")
    for name in ("booked_at", "taxed_shipping", "tax_country", "refunded", "captured"):
        op.drop_column("orders", name)
    for name in ("returned_quantity", "removed_quantity"):
        op.drop_column("order_lines", name)
    for name in ("uq_payment_attempts_waiting", "uq_payment_attempts_reference"):
        op.drop_index(name, "payment_attempts")
    op.drop_index(op.f("ix_payment_attempts_order_id"), "payment_attempts")
    for name in (
        "checked_at",
        "capture_before",
        "held_until",
        "next_action",
        "refunded",
        "captured",
        "reference",
        "order_id",
    ):
        op.drop_column("payment_attempts", name)


def _known(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def _among(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


def _payments() -> None:
    table = "payment_attempts"
    for column in ("cart_id", "snapshot", "leased_until"):
        op.alter_column(table, column, nullable=True)
    op.drop_constraint(op.f("fk_payment_attempts_cart_id"), table)
    op.create_foreign_key(
        op.f("fk_payment_attempts_cart_id"),
        table,
        "carts",
        ["cart_id"],
        ["id"],
        ondelete="SET NULL",
    )
    op.drop_constraint(op.f("ck_payment_attempts_attemptstate"), table)
    op.create_check_constraint(
        op.f("ck_payment_attempts_paymentstate"), table, _among("state", PAYMENT_STATES)
    )
    op.add_column(
        table,
        sa.Column(
            "order_id",
            sa.Uuid(),
            sa.ForeignKey("orders.id", name=op.f("fk_payment_attempts_order_id")),
            nullable=True,
        ),
    )
    op.add_column(table, sa.Column("reference", sa.String(), nullable=True))
    for name in ("captured", "refunded"):
        op.add_column(table, sa.Column(name, sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column(table, sa.Column("next_action", postgresql.JSONB(), nullable=True))
    for name in ("held_until", "capture_before", "checked_at"):
        op.add_column(table, sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint(
        op.f("ck_payment_attempts_captured"), table, "captured BETWEEN 0 AND amount"
    )
    op.create_check_constraint(
        op.f("ck_payment_attempts_refunded"), table, "refunded BETWEEN 0 AND captured"
    )
    op.create_index(
        "uq_payment_attempts_waiting",
        table,
        ["cart_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('requires_action', 'processing')"),
    )
    op.create_index(
        "uq_payment_attempts_reference",
        table,
        ["provider", "reference"],
        unique=True,
        postgresql_where=sa.text("reference IS NOT NULL"),
    )
    op.create_index(op.f("ix_payment_attempts_order_id"), table, ["order_id"])


def _orders() -> None:
    op.drop_constraint(op.f("ck_orders_paymentstatus"), "orders")
    op.create_check_constraint(
        op.f("ck_orders_paymentstatus"), "orders", _among("payment_status", PAYMENT_STATUSES)
    )
    for name in ("captured", "refunded"):
        op.add_column(
            "orders", sa.Column(name, sa.BigInteger(), nullable=False, server_default="0")
        )
    op.add_column("orders", sa.Column("tax_country", sa.String(2), nullable=True))
    op.add_column("orders", sa.Column("taxed_shipping", postgresql.JSONB(), nullable=True))
    op.add_column("orders", sa.Column("booked_at", sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint(
        op.f("ck_orders_refunded"), "orders", "refunded BETWEEN 0 AND captured"
    )
    op.create_check_constraint(op.f("ck_orders_captured"), "orders", "captured BETWEEN 0 AND total")
    op.create_index(
        "ix_orders_unbooked",
        "orders",
        ["placed_at"],
        postgresql_where=sa.text("booked_at IS NULL"),
    )


def _lines() -> None:
    table = "order_lines"
    for name in ("removed_quantity", "returned_quantity"):
        op.add_column(table, sa.Column(name, sa.BigInteger(), nullable=False, server_default="0"))
    op.create_check_constraint(
        op.f("ck_order_lines_removed_quantity"),
        table,
        "removed_quantity BETWEEN 0 AND quantity - fulfilled_quantity",
    )
    op.create_check_constraint(
        op.f("ck_order_lines_returned_quantity"),
        table,
        "returned_quantity BETWEEN 0 AND fulfilled_quantity",
    )


def _refunds() -> None:
    op.create_table(
        "refunds",
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("reason", _known("refundreason", REASONS), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("restock", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_refunds_amount")),
        sa.CheckConstraint("tax >= 0", name=op.f("ck_refunds_tax")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_refunds_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refunds")),
    )
    op.create_index(op.f("ix_refunds_order_id"), "refunds", ["order_id"])
    op.create_table(
        "refund_items",
        sa.Column("refund_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=True),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("rate", sa.Numeric(11, 8), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_refund_items_quantity")),
        sa.CheckConstraint("tax BETWEEN 0 AND amount", name=op.f("ck_refund_items_tax")),
        sa.ForeignKeyConstraint(
            ["refund_id"], ["refunds.id"], name=op.f("fk_refund_items_refund_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_items")),
    )
    op.create_index(op.f("ix_refund_items_refund_id"), "refund_items", ["refund_id"])
    op.create_table(
        "refund_transfers",
        sa.Column("refund_id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", _known("transferstate", TRANSFER_STATES), nullable=False),
        sa.Column("attempt", sa.BigInteger(), nullable=False),
        sa.Column("requests", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_refund_transfers_amount")),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment_attempts.id"], name=op.f("fk_refund_transfers_payment_id")
        ),
        sa.ForeignKeyConstraint(
            ["refund_id"], ["refunds.id"], name=op.f("fk_refund_transfers_refund_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_transfers")),
        sa.UniqueConstraint(
            "refund_id", "position", name=op.f("uq_refund_transfers_refund_id_position")
        ),
    )
    op.create_index(op.f("ix_refund_transfers_payment_id"), "refund_transfers", ["payment_id"])
    op.create_index(
        op.f("ix_refund_transfers_leased_until"),
        "refund_transfers",
        ["leased_until"],
        postgresql_where=sa.text("state IN ('asked', 'sent', 'pending')"),
    )


def _ledger() -> None:
    op.create_table(
        "ledger_transactions",
        sa.Column("kind", _known("transactionkind", KINDS), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "xid",
            sa.BigInteger(),
            nullable=False,
            server_default=sa.text("pg_current_xact_id()::text::bigint"),
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_ledger_transactions_order_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_transactions")),
        sa.UniqueConstraint("key", name=op.f("uq_ledger_transactions_key")),
    )
    for column in ("order_id", "at"):
        op.create_index(op.f(f"ix_ledger_transactions_{column}"), "ledger_transactions", [column])
    op.create_table(
        "ledger_entries",
        sa.Column("transaction_id", sa.Uuid(), nullable=False),
        sa.Column("account", _known("account", ACCOUNTS), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("provider", sa.String(), nullable=True),
        sa.Column("country", sa.String(2), nullable=True),
        sa.Column("rate", sa.Numeric(11, 8), nullable=True),
        sa.Column("line_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_ledger_entries_amount")),
        sa.ForeignKeyConstraint(
            ["transaction_id"],
            ["ledger_transactions.id"],
            name=op.f("fk_ledger_entries_transaction_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entries")),
    )
    op.create_index(op.f("ix_ledger_entries_transaction_id"), "ledger_entries", ["transaction_id"])
    for statement in TRIGGERS:
        op.execute(statement)
