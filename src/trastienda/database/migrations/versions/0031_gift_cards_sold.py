"""Gift cards sold as products: who gets those of a line, and which cards came of it.

An order of gift cards alone is not shipped, so that it has no way of shipping. Invoices in other
currencies say their tax in the seller's own, at rates that the seller sets.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0031"
down_revision = "0030"
# Older code finds no stock of a gift card, so that it sells none. It reads the new kinds as text. It
# cannot show an order without a way of shipping, which newer nodes make of gift cards alone.
widened = (
    "ck_credit_movements_movementkind on credit_movements",
    "ck_ledger_entries_account on ledger_entries",
    "ck_ledger_transactions_transactionkind on ledger_transactions",
)

MOVEMENTS = ("issued", "adjusted", "spent", "refunded", "expired", "reinstated")
NEW_MOVEMENTS = ("taken_back",)
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
    "edit",
    "credit_issued",
    "credit_adjusted",
    "credit_expired",
    "credit_reinstated",
)
NEW_KINDS = ("gift_cards_sold", "gift_cards_taken_back", "dispute")
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
    "gift_cards_owed",
    "store_credit",
    "credit_granted",
    "breakage",
)
NEW_ACCOUNTS = ("disputed", "chargebacks")
STATES = ("inquiry", "needs_response", "under_review", "won", "lost", "closed")


def upgrade() -> None:
    op.add_column(
        "products", sa.Column("gift_card", sa.Boolean(), server_default="false", nullable=False)
    )
    op.add_column("cart_lines", sa.Column("recipient", postgresql.JSONB(), nullable=True))
    op.add_column("order_lines", sa.Column("gift_card", postgresql.JSONB(), nullable=True))
    op.alter_column("orders", "shipping_option", nullable=True)
    op.add_column("credit_accounts", sa.Column("order_line_id", sa.Uuid(), nullable=True))
    op.add_column("credit_accounts", sa.Column("unit", sa.BigInteger(), nullable=True))
    op.create_check_constraint(
        op.f("ck_credit_accounts_sold"),
        "credit_accounts",
        "(order_line_id IS NULL) = (unit IS NULL)",
    )
    op.create_index(
        "uq_credit_accounts_unit",
        "credit_accounts",
        ["order_line_id", "unit"],
        unique=True,
        postgresql_where=sa.text("order_line_id IS NOT NULL"),
    )
    op.add_column("invoice_settings", sa.Column("tax_currency", sa.String(length=3), nullable=True))
    op.add_column(
        "invoice_settings",
        sa.Column("tax_rates", postgresql.JSONB(), server_default="[]", nullable=False),
    )
    _disputes()
    op.create_table(
        "gift_cards_to_issue",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["orders.id"],
            name=op.f("fk_gift_cards_to_issue_order_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_gift_cards_to_issue")),
    )
    _widen(MOVEMENTS + NEW_MOVEMENTS, KINDS + NEW_KINDS, ACCOUNTS + NEW_ACCOUNTS)


def downgrade() -> None:
    op.drop_table("gift_cards_to_issue")
    op.drop_table("payment_disputes")
    op.drop_column("payment_notices", "dispute")
    op.drop_column("invoice_settings", "tax_currency")
    op.drop_column("invoice_settings", "tax_rates")
    op.drop_column("products", "gift_card")
    op.drop_column("cart_lines", "recipient")
    op.drop_column("order_lines", "gift_card")
    op.drop_index("uq_credit_accounts_unit", "credit_accounts")
    op.drop_constraint(op.f("ck_credit_accounts_sold"), "credit_accounts")
    op.drop_column("credit_accounts", "order_line_id")
    op.drop_column("credit_accounts", "unit")
    op.alter_column("orders", "shipping_option", nullable=False)
    _widen(MOVEMENTS, KINDS, ACCOUNTS)


def _disputes() -> None:
    op.add_column("payment_notices", sa.Column("dispute", sa.String(), nullable=True))
    states = sa.Enum(
        *STATES, name="disputestate", native_enum=False, create_constraint=True, length=32
    )
    op.create_table(
        "payment_disputes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("state", states, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("respond_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "amount > 0 AND withdrawn BETWEEN 0 AND amount",
            name=op.f("ck_payment_disputes_amounts"),
        ),
        sa.CheckConstraint("version > 0", name=op.f("ck_payment_disputes_version")),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment_attempts.id"], name=op.f("fk_payment_disputes_payment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_disputes")),
        sa.UniqueConstraint(
            "payment_id", "reference", name=op.f("uq_payment_disputes_payment_id_reference")
        ),
    )


def _widen(movements: tuple[str, ...], kinds: tuple[str, ...], accounts: tuple[str, ...]) -> None:
    for table, column, name, words in (
        ("credit_movements", "kind", "movementkind", movements),
        ("ledger_transactions", "kind", "transactionkind", kinds),
        ("ledger_entries", "account", "account", accounts),
    ):
        constraint = op.f(f"ck_{table}_{name}")
        op.drop_constraint(constraint, table)
        listed = ", ".join(repr(word) for word in words)
        op.execute(
            f"ALTER TABLE {table} ADD CONSTRAINT {constraint} CHECK ({column} IN ({listed}))"
            " NOT VALID"
        )
        op.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {constraint}")
