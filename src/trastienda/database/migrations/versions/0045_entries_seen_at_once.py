"""Entries of the ledger are held to their transaction for a whole statement at once.

That a transaction is being written implies that it is there, and transactions are never deleted: so
no foreign key looks for it again, entry by entry.
"""

from alembic import op

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    op.execute("""
        CREATE OR REPLACE FUNCTION ledger_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT FROM written LEFT JOIN ledger_transactions AS header
                       ON header.id = written.transaction_id
                       WHERE header.xid IS DISTINCT FROM pg_current_xact_id()::text::bigint) THEN
                RAISE EXCEPTION 'a ledger transaction takes entries only while it is being written'
                    USING ERRCODE = 'restrict_violation', CONSTRAINT = 'ledger_sealed';
            END IF;
            RETURN NULL;
        END $$
    """)
    op.drop_constraint(op.f("fk_ledger_entries_transaction_id"), "ledger_entries")


def downgrade() -> None:
    op.create_foreign_key(
        op.f("fk_ledger_entries_transaction_id"),
        "ledger_entries",
        "ledger_transactions",
        ["transaction_id"],
        ["id"],
    )
