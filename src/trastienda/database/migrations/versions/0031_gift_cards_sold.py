"""Gift cards sold as products: who gets those of a line, and which cards came of it.

An order of gift cards alone is not shipped, so that it has no way of shipping. Invoices in other
currencies say their tax in the seller's own, at rates that the seller sets.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0031"
down_revision = "0029"
# Older code finds no stock of a gift card, so that it sells none. It reads the new kinds as text. It
# cannot show an order without a way of shipping, which newer nodes make of gift cards alone.
widened = (
    "ck_credit_movements_movementkind on credit_movements",
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
NEW_KINDS = ("gift_cards_sold", "gift_cards_taken_back")


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
    _widen(MOVEMENTS + NEW_MOVEMENTS, KINDS + NEW_KINDS)


def downgrade() -> None:
    op.drop_table("gift_cards_to_issue")
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
    _widen(MOVEMENTS, KINDS)


def _widen(movements: tuple[str, ...], kinds: tuple[str, ...]) -> None:
    for table, name, words in (
        ("credit_movements", "movementkind", movements),
        ("ledger_transactions", "transactionkind", kinds),
    ):
        constraint = op.f(f"ck_{table}_{name}")
        op.drop_constraint(constraint, table)
        listed = ", ".join(repr(word) for word in words)
        op.execute(
            f"ALTER TABLE {table} ADD CONSTRAINT {constraint} CHECK (kind IN ({listed})) NOT VALID"
        )
        op.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {constraint}")
