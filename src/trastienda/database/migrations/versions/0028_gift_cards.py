"""Gift cards and store credit: accounts with balances that the ledger agrees with.

A deferred trigger compares each balance that has changed with its movements, its entries in the
ledger and what is held of it.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0028"
down_revision = "0027"
# Older code writes none of the new accounts and kinds, reads them as text, and asks for no index by
# name. It cancels no order that gift cards have paid a part of: newer nodes do.
widened = (
    "ck_ledger_entries_account on ledger_entries",
    "ck_ledger_transactions_transactionkind on ledger_transactions",
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
NEW_ACCOUNTS = ("gift_cards_owed", "store_credit", "credit_granted", "breakage")
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
)
NEW_KINDS = ("credit_issued", "credit_adjusted", "credit_expired", "credit_reinstated")
CREDIT_KINDS = ("gift_card", "store_credit")
MOVEMENTS = ("issued", "adjusted", "spent", "refunded", "expired", "reinstated")
DESTINATIONS = ("payment", "store_credit")
UNPAID = "status = 'open' AND payment_status {paid} AND fulfilment_status = 'unfulfilled'"
BALANCES = """
    CREATE FUNCTION credit_balances() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        touched uuid;
    BEGIN
        IF TG_TABLE_NAME = 'credit_accounts' THEN
            touched := NEW.id;
        ELSIF TG_OP = 'DELETE' THEN
            touched := OLD.account_id;
        ELSE
            touched := NEW.account_id;
        END IF;
        IF EXISTS (
            SELECT FROM credit_accounts AS account WHERE account.id = touched AND (
                account.balance <> (SELECT coalesce(sum(amount), 0) FROM credit_movements
                    WHERE account_id = account.id)
                OR account.balance <> (SELECT coalesce(-sum(amount), 0) FROM ledger_entries
                    WHERE credit_account_id = account.id)
                OR account.held <> (SELECT coalesce(sum(amount), 0) FROM credit_holds
                    WHERE account_id = account.id)))
        THEN
            RAISE EXCEPTION 'the balance of credit account % is not what moved it', touched
                USING ERRCODE = 'check_violation', CONSTRAINT = 'credit_balances';
        END IF;
        RETURN NULL;
    END $$
"""
TRIGGERS = (
    ("credit_accounts", "INSERT OR UPDATE OF balance, held"),
    ("credit_movements", "INSERT"),
    ("credit_holds", "INSERT OR DELETE"),
)
KEPT = """
    CREATE TRIGGER ledger_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON credit_movements
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_kept()
"""


def upgrade() -> None:
    _widen(ACCOUNTS + NEW_ACCOUNTS, KINDS + NEW_KINDS)
    _accounts()
    _movements()
    _links()
    op.execute(BALANCES)
    for table, when in TRIGGERS:
        op.execute(f"""
            CREATE CONSTRAINT TRIGGER credit_balances AFTER {when} ON {table}
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION credit_balances()
        """)
    op.execute(KEPT)
    _unpaid("IN ('pending', 'partially_paid')")


def downgrade() -> None:
    _unpaid("= 'pending'")
    for table, column in (
        ("orders", "credits"),
        ("channels", "gift_card_months"),
        ("carts", "has_gift_cards"),
        ("carts", "uses_store_credit"),
        ("refunds", "destination"),
        ("refund_transfers", "credit_account_id"),
        ("payment_attempts", "credit_account_id"),
        ("ledger_entries", "credit_account_id"),
    ):
        op.drop_column(table, column)
    for table in ("cart_gift_cards", "credit_holds", "credit_movements", "credit_accounts"):
        op.drop_table(table)
    op.execute("DROP FUNCTION credit_balances")
    _widen(ACCOUNTS, KINDS)


def _known(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def _widen(accounts: tuple[str, ...], kinds: tuple[str, ...]) -> None:
    for table, column, name, words in (
        ("ledger_entries", "account", "account", accounts),
        ("ledger_transactions", "kind", "transactionkind", kinds),
    ):
        constraint = op.f(f"ck_{table}_{name}")
        op.drop_constraint(constraint, table)
        listed = ", ".join(repr(word) for word in words)
        op.execute(
            f"ALTER TABLE {table} ADD CONSTRAINT {constraint} CHECK ({column} IN ({listed}))"
            " NOT VALID"
        )
        op.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {constraint}")


def _accounts() -> None:
    op.create_table(
        "credit_accounts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", _known("creditkind", CREDIT_KINDS), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("balance", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("held", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("code_digest", sa.LargeBinary(), nullable=True),
        sa.Column("last_characters", sa.String(length=4), nullable=True),
        sa.Column("initial_amount", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("recipient_email", sa.String(), nullable=True),
        sa.Column("recipient_key", sa.String(), nullable=True),
        sa.Column("sends", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("held BETWEEN 0 AND balance", name=op.f("ck_credit_accounts_held")),
        sa.CheckConstraint("version > 0", name=op.f("ck_credit_accounts_version")),
        sa.CheckConstraint("initial_amount > 0", name=op.f("ck_credit_accounts_initial_amount")),
        sa.CheckConstraint(
            "(kind = 'gift_card') = (initial_amount IS NOT NULL)",
            name=op.f("ck_credit_accounts_gift_card"),
        ),
        sa.CheckConstraint(
            "(code_digest IS NULL) = (last_characters IS NULL)",
            name=op.f("ck_credit_accounts_code"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["users.id"],
            name=op.f("fk_credit_accounts_customer_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_accounts")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_credit_accounts_code_digest")),
    )
    table = "credit_accounts"
    op.create_index(
        "uq_credit_accounts_customer",
        table,
        ["customer_id", "currency"],
        unique=True,
        postgresql_where=sa.text("customer_id IS NOT NULL"),
    )
    op.create_index("ix_credit_accounts_kind", table, ["kind", "id"])
    for column in ("last_characters", "recipient_key"):
        op.create_index(
            op.f(f"ix_credit_accounts_{column}_id"),
            table,
            [column, "id"],
            postgresql_where=sa.text(f"{column} IS NOT NULL"),
        )
    op.create_index(
        op.f("ix_credit_accounts_expires_at"),
        table,
        ["expires_at"],
        postgresql_where=sa.text("balance > held"),
    )


def _movements() -> None:
    op.create_table(
        "credit_movements",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _known("movementkind", MOVEMENTS), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("payment_id", sa.Uuid(), nullable=True),
        sa.Column("refund_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_credit_movements_amount")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["credit_accounts.id"], name=op.f("fk_credit_movements_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_credit_movements_order_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_movements")),
    )
    op.create_index(
        op.f("ix_credit_movements_account_id_id"), "credit_movements", ["account_id", "id"]
    )
    op.create_index(
        op.f("ix_credit_movements_order_id"),
        "credit_movements",
        ["order_id"],
        postgresql_where=sa.text("order_id IS NOT NULL"),
    )
    op.create_table(
        "credit_holds",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_credit_holds_amount")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["credit_accounts.id"], name=op.f("fk_credit_holds_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_holds")),
    )
    op.create_index(
        "uq_credit_holds_source", "credit_holds", ["source_id", "account_id"], unique=True
    )
    op.create_index(op.f("ix_credit_holds_account_id"), "credit_holds", ["account_id"])
    op.create_table(
        "cart_gift_cards",
        sa.Column("cart_id", sa.String(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["credit_accounts.id"], name=op.f("fk_cart_gift_cards_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["cart_id"], ["carts.id"], name=op.f("fk_cart_gift_cards_cart_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("cart_id", "account_id", name=op.f("pk_cart_gift_cards")),
    )
    op.create_index(op.f("ix_cart_gift_cards_account_id"), "cart_gift_cards", ["account_id"])


def _links() -> None:
    """Say in the rows that were there which gift card or store credit they are about."""
    for table in ("payment_attempts", "refund_transfers"):
        op.add_column(
            table,
            sa.Column(
                "credit_account_id",
                sa.Uuid(),
                sa.ForeignKey("credit_accounts.id", name=op.f(f"fk_{table}_credit_account_id")),
                nullable=True,
            ),
        )
    op.add_column("ledger_entries", sa.Column("credit_account_id", sa.Uuid(), nullable=True))
    op.create_index(
        op.f("ix_ledger_entries_credit_account_id"),
        "ledger_entries",
        ["credit_account_id"],
        postgresql_where=sa.text("credit_account_id IS NOT NULL"),
    )
    op.add_column(
        "refunds",
        sa.Column(
            "destination",
            _known("refunddestination", DESTINATIONS),
            server_default="payment",
            nullable=False,
        ),
    )
    for name in ("has_gift_cards", "uses_store_credit"):
        op.add_column(
            "carts", sa.Column(name, sa.Boolean(), server_default="false", nullable=False)
        )
    op.add_column("orders", sa.Column("credits", postgresql.JSONB(), nullable=True))
    op.add_column(
        "channels",
        sa.Column("gift_card_months", postgresql.JSONB(), server_default="{}", nullable=False),
    )


def _unpaid(paid: str) -> None:
    name = op.f("ix_orders_payment_due_at")
    op.drop_index(name, "orders")
    where = sa.text(UNPAID.format(paid=paid))
    op.create_index(name, "orders", ["payment_due_at"], postgresql_where=where)
