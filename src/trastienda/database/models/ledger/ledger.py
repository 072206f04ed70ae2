"""The ledger of money: double entry, append-only, and balanced by the database itself."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, Numeric, String, event, text
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model, Numbered


class Account(StrEnum):
    """What an amount is; debits are positive, credits negative."""

    RECEIVABLE = "receivable"
    """What buyers owe for their orders."""
    CASH = "cash"
    """What a payment provider holds for the merchant, by provider."""
    REVENUE = "revenue"
    """Goods at their prices without tax, before discounts."""
    DISCOUNTS = "discounts"
    """What promotions took from goods, without tax."""
    SHIPPING = "shipping"
    """What was charged for shipping, without tax."""
    TAX = "tax"
    """What is owed to the tax office, by country and rate."""
    REFUNDS = "refunds"
    """Goods and shipping that were paid back, without tax."""
    REFUNDS_PAYABLE = "refunds_payable"
    """Refunds that were granted, and have not reached the provider yet."""
    SUSPENSE = "suspense"
    """Money that came without an order, until it is one or is paid back, by provider."""
    GIFT_CARDS_OWED = "gift_cards_owed"
    """What can still be paid with gift cards, by card; of those that are sold and not issued yet,
    by the line of their order."""
    STORE_CREDIT = "store_credit"
    """What can still be paid with customers' store credit, by customer."""
    CREDIT_GRANTED = "credit_granted"
    """What staff gave away as gift cards and store credit, and what they took back of it."""
    BREAKAGE = "breakage"
    """What was left on gift cards that have expired."""
    DISPUTED = "disputed"
    """What providers have taken back of payments until a dispute is decided."""
    CHARGEBACKS = "chargebacks"
    """What was lost by disputes."""


OWED = {"gift_card": Account.GIFT_CARDS_OWED, "store_credit": Account.STORE_CREDIT}
"""Where the money of a payment is booked that no provider takes; any other is cash."""


class TransactionKind(StrEnum):
    """Why entries were written."""

    SALE = "sale"
    CANCELLATION = "cancellation"
    CAPTURE = "capture"
    REFUND = "refund"
    REFUND_PAID = "refund_paid"
    REFUND_RETURNED = "refund_returned"
    REFUND_WITHDRAWN = "refund_withdrawn"
    LATE_MONEY = "late_money"
    LATE_MONEY_RETURNED = "late_money_returned"
    EDIT = "edit"
    CREDIT_ISSUED = "credit_issued"
    CREDIT_ADJUSTED = "credit_adjusted"
    CREDIT_EXPIRED = "credit_expired"
    CREDIT_REINSTATED = "credit_reinstated"
    GIFT_CARDS_SOLD = "gift_cards_sold"
    GIFT_CARDS_TAKEN_BACK = "gift_cards_taken_back"
    DISPUTE = "dispute"


class LedgerTransaction(Identified, Model):
    """Entries that belong together: two at least, and they add up to zero in each currency."""

    __tablename__ = "ledger_transactions"
    __table_args__ = (
        Index(None, "order_id"),
        Index(None, "at"),
    )
    kind: Mapped[TransactionKind]
    key: Mapped[str] = mapped_column(unique=True)
    """What was booked, so that it is booked once: `sale:` and the order's id, and so on."""
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"))
    at: Mapped[datetime]
    xid: Mapped[int] = mapped_column(
        init=False, server_default=text("pg_current_xact_id()::text::bigint")
    )
    """PostgreSQL's transaction that wrote it: entries can be added in that one alone."""


class LedgerEntry(Numbered, Model):
    """One amount in one account."""

    __tablename__ = "ledger_entries"
    __table_args__ = (
        CheckConstraint("amount <> 0", name="amount"),
        Index(None, "transaction_id"),
        Index(None, "credit_account_id", postgresql_where=text("credit_account_id IS NOT NULL")),
    )
    transaction_id: Mapped[UUID]
    """`ledger_sealed` refuses entries of none; a foreign key would look once more for each."""
    account: Mapped[Account]
    amount: Mapped[int]
    """In minor units of the currency; a debit is positive."""
    currency: Mapped[str] = mapped_column(String(3))
    provider: Mapped[str | None] = mapped_column(default=None)
    """Of cash and suspense."""
    country: Mapped[str | None] = mapped_column(String(2), default=None)
    """Where it is taxed (ISO 3166-1 alpha-2); None where the channel has not said."""
    rate: Mapped[Decimal | None] = mapped_column(Numeric(11, 8), default=None)
    """Per cent: the rate that tax was computed at, also on the amount that was taxed."""
    line_id: Mapped[UUID | None] = mapped_column(default=None)
    """The line of the order; None for shipping and for money."""
    credit_account_id: Mapped[UUID | None] = mapped_column(default=None)
    """The gift card, or the store credit, whose balance it changes."""


BALANCED = (
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
            RAISE EXCEPTION 'the entries of ledger transaction %% do not add up to zero', NEW.key
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_balances';
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE CONSTRAINT TRIGGER ledger_balances AFTER INSERT ON ledger_transactions
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_balances()
    """,
)
SEALED = (
    """
    CREATE FUNCTION ledger_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT FROM written LEFT JOIN ledger_transactions AS header
                   ON header.id = written.transaction_id
                   WHERE header.xid IS DISTINCT FROM pg_current_xact_id()::text::bigint) THEN
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
)
KEPT = """
    CREATE FUNCTION ledger_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'rows of %% are never changed or deleted', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'ledger_kept';
    END $$
"""
KEPT_TRIGGER = """
    CREATE TRIGGER ledger_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_kept()
"""
LedgerEntry.__table__.add_is_dependent_on(LedgerTransaction.__table__)  # type: ignore[attr-defined]
for _statement in (KEPT, *BALANCED, KEPT_TRIGGER.format(table="ledger_transactions")):
    event.listen(LedgerTransaction.__table__, "after_create", DDL(_statement))  # type: ignore[no-untyped-call]
for _statement in (*SEALED, KEPT_TRIGGER.format(table="ledger_entries")):
    event.listen(LedgerEntry.__table__, "after_create", DDL(_statement))  # type: ignore[no-untyped-call]
