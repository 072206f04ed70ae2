"""What changes the balance of a gift card or of store credit, and what holds a part of it."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, event, text
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Model, Numbered
from trastienda.database.models.credit.account import CreditAccount
from trastienda.database.models.ledger.ledger import KEPT_TRIGGER


class MovementKind(StrEnum):
    """Why a balance has changed."""

    ISSUED = "issued"
    ADJUSTED = "adjusted"
    """Staff gave or took, with a reason."""
    SPENT = "spent"
    REFUNDED = "refunded"
    EXPIRED = "expired"
    REINSTATED = "reinstated"
    """Its time was extended: what had expired is there again."""
    TAKEN_BACK = "taken_back"
    """The gift card was sold, and its buyer got the money back."""


class CreditMovement(Numbered, Model):
    """One change of a balance. Rows are never changed or deleted."""

    __tablename__ = "credit_movements"
    __table_args__ = (
        CheckConstraint("amount <> 0", name="amount"),
        Index(None, "account_id", "id"),
        Index(None, "order_id", postgresql_where=text("order_id IS NOT NULL")),
    )
    account_id: Mapped[UUID] = mapped_column(ForeignKey("credit_accounts.id"))
    kind: Mapped[MovementKind]
    amount: Mapped[int]
    """In minor units; negative where the balance has become less."""
    at: Mapped[datetime]
    actor: Mapped[str]
    actor_id: Mapped[UUID | None]
    order_id: Mapped[UUID | None] = mapped_column(ForeignKey("orders.id"), default=None)
    payment_id: Mapped[UUID | None] = mapped_column(default=None)
    refund_id: Mapped[UUID | None] = mapped_column(default=None)
    reason: Mapped[str | None] = mapped_column(default=None)
    """In staff's words."""


class CreditHold(Numbered, Model):
    """A part of a balance that is promised to a checkout, until it is paid or has come to nothing.

    `source_id` is the id of the order that it will be, as for the stock that is held for it.
    """

    __tablename__ = "credit_holds"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        Index("uq_credit_holds_source", "source_id", "account_id", unique=True),
        Index(None, "account_id"),
    )
    account_id: Mapped[UUID] = mapped_column(ForeignKey("credit_accounts.id"))
    source_id: Mapped[UUID]
    amount: Mapped[int]
    created_at: Mapped[datetime]


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
            RAISE EXCEPTION 'the balance of credit account %% is not what moved it', touched
                USING ERRCODE = 'check_violation', CONSTRAINT = 'credit_balances';
        END IF;
        RETURN NULL;
    END $$
"""
BALANCES_TRIGGER = """
    CREATE CONSTRAINT TRIGGER credit_balances AFTER {when} ON {table}
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION credit_balances()
"""
WATCHED = {
    CreditAccount.__tablename__: "INSERT OR UPDATE OF balance, held",
    CreditMovement.__tablename__: "INSERT",
    CreditHold.__tablename__: "INSERT OR DELETE",
}
"""What is checked at the commit."""
event.listen(CreditAccount.__table__, "after_create", DDL(BALANCES))  # type: ignore[no-untyped-call]
for _model in (CreditAccount, CreditMovement, CreditHold):
    _table = _model.__tablename__
    _trigger = BALANCES_TRIGGER.format(when=WATCHED[_table], table=_table)
    event.listen(_model.__table__, "after_create", DDL(_trigger))  # type: ignore[no-untyped-call]
event.listen(
    CreditMovement.__table__,
    "after_create",
    DDL(KEPT_TRIGGER.format(table=CreditMovement.__tablename__)),  # type: ignore[no-untyped-call]
)
