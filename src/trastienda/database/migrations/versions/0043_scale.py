"""Orders are found by three words of a name at once, and by a tag and their states at once.

Both read no further than a page, where two words or a tag alone are those of many orders.

Days of reports are summed once. What is booked later with a time of such a day deletes its sums.

API keys know who made them.
"""

from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0041"
# Older code does not notice: it looks for other terms, which are written as before.
widened = (
    "trigger order_terms_of_changed on orders",
    "trigger report_days_of_past on ledger_transactions",
)

FUNCTIONS = (
    """
    CREATE OR REPLACE FUNCTION order_terms(shipping jsonb, billing jsonb, tags text[])
    RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT 'name:' || one.word || coalesce(' ' || two.word, '') || coalesce(' ' || three.word, '')
        FROM (SELECT order_name_words(name) AS words FROM (
                SELECT shipping ->> 'name' UNION SELECT billing ->> 'name') AS typed (name)
                OFFSET 0) AS names
            CROSS JOIN LATERAL unnest(names.words) AS one (word)
            CROSS JOIN LATERAL (
                SELECT NULL::text UNION ALL SELECT unnest FROM unnest(names.words)
                WHERE unnest COLLATE "C" > one.word COLLATE "C") AS two (word)
            CROSS JOIN LATERAL (
                SELECT NULL::text UNION ALL SELECT unnest FROM unnest(names.words)
                WHERE unnest COLLATE "C" > two.word COLLATE "C") AS three (word)
        UNION SELECT 'tag:' || unnest(tags)
    $$
    """,
    """
    CREATE OR REPLACE FUNCTION order_name_term(name text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT 'name:' || words[1] || coalesce(' ' || words[2], '') || coalesce(' ' || words[3], '')
        FROM (SELECT order_name_words(name) AS words) AS split
    $$
    """,
    """
    CREATE OR REPLACE FUNCTION order_state_terms(tags text[], status text, payment text, fulfilment text)
    RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT status || '/' || payment || '/' || fulfilment || ':' || unnest(tags)
    $$
    """,
    """
    CREATE OR REPLACE FUNCTION order_terms_of_new() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO order_search (term, placed_at, order_id)
        SELECT term, written.placed_at, written.id FROM written CROSS JOIN LATERAL (
            SELECT order_terms(written.shipping_address, written.billing_address, written.tags)
            UNION ALL SELECT order_state_terms(written.tags, written.status, written.payment_status,
                written.fulfilment_status)) AS terms (term);
        RETURN NULL;
    END $$
    """,
    # Terms that stay are left alone: the states of an order change more often than its name.
    """
    CREATE OR REPLACE FUNCTION order_terms_of_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        before text[] := ARRAY(
            SELECT order_terms(OLD.shipping_address, OLD.billing_address, OLD.tags)
            UNION ALL SELECT order_state_terms(
                OLD.tags, OLD.status, OLD.payment_status, OLD.fulfilment_status));
        now text[] := ARRAY(
            SELECT order_terms(NEW.shipping_address, NEW.billing_address, NEW.tags)
            UNION ALL SELECT order_state_terms(
                NEW.tags, NEW.status, NEW.payment_status, NEW.fulfilment_status));
    BEGIN
        DELETE FROM order_search WHERE placed_at = OLD.placed_at AND order_id = OLD.id
            AND term = ANY (before)
            AND (term <> ALL (now) OR OLD.placed_at <> NEW.placed_at);
        INSERT INTO order_search (term, placed_at, order_id)
        SELECT term, NEW.placed_at, NEW.id FROM unnest(now) AS term
        WHERE term <> ALL (before) OR OLD.placed_at <> NEW.placed_at;
        RETURN NULL;
    END $$
    """,
    """
    CREATE OR REPLACE FUNCTION order_terms_of_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM order_search WHERE placed_at = OLD.placed_at AND order_id = OLD.id AND term IN (
            SELECT order_terms(OLD.shipping_address, OLD.billing_address, OLD.tags)
            UNION SELECT order_state_terms(
                OLD.tags, OLD.status, OLD.payment_status, OLD.fulfilment_status)
            UNION SELECT 'sku:' || sku FROM order_lines WHERE order_lines.order_id = OLD.id);
        DELETE FROM order_history WHERE order_id = OLD.id;
        RETURN OLD;
    END $$
    """,
)
# The number is that of the lock in `services/ledger/report_days.py`. Days differ by time zone, by
# one at most.
PAST = (
    """
    CREATE FUNCTION report_days_of_past() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_advisory_xact_lock_shared(8243118316935476017);
        DELETE FROM report_days
        WHERE abs(day - (NEW.at AT TIME ZONE 'UTC')::date) <= 1;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER report_days_of_past AFTER INSERT ON ledger_transactions
        FOR EACH ROW WHEN (NEW.at < now() - interval '12 hours')
        EXECUTE FUNCTION report_days_of_past()
    """,
)
WHAT = "shipping_address, billing_address, tags, placed_at"
STATES = "status, payment_status, fulfilment_status"


def _of(row: str, columns: str) -> str:
    return ", ".join(f"{row}.{column}" for column in columns.split(", "))


TRIGGER = f"""
    CREATE OR REPLACE TRIGGER order_terms_of_changed AFTER UPDATE OF {WHAT}, {STATES} ON orders
        FOR EACH ROW WHEN (
            ({_of("OLD", WHAT)}) IS DISTINCT FROM ({_of("NEW", WHAT)})
            OR NEW.tags <> '{{}}' AND ({_of("OLD", STATES)}) IS DISTINCT FROM ({_of("NEW", STATES)}))
        EXECUTE FUNCTION order_terms_of_changed()
"""
# A batch is locked, so that no address, tag or state changes between what is read and what is written.
FILL = """
    WITH batch AS (
        SELECT * FROM orders WHERE id > :after ORDER BY id LIMIT 10000 FOR NO KEY UPDATE
    ), filled AS (
        INSERT INTO order_search (term, placed_at, order_id)
        SELECT term, placed_at, id FROM batch CROSS JOIN LATERAL (
            SELECT * FROM order_terms(shipping_address, billing_address, tags) AS names (term)
            WHERE term LIKE 'name:% % %'
            UNION ALL SELECT order_state_terms(tags, status, payment_status, fulfilment_status)
        ) AS terms
        ON CONFLICT DO NOTHING
    )
    SELECT id FROM batch ORDER BY id DESC LIMIT 1
"""


def upgrade() -> None:
    # What is placed from the next commit on has the new terms, so orders are locked for a moment.
    with op.get_context().autocommit_block():
        for statement in FUNCTIONS:
            op.execute(statement)
        op.execute(TRIGGER)
        filled: UUID | None = UUID(int=0)
        while filled is not None:
            filled = op.get_bind().scalar(sa.text(FILL), {"after": filled})
    op.create_table(
        "report_days",
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("rows", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("report", "zone", "day", name=op.f("pk_report_days")),
    )
    for statement in PAST:
        op.execute(statement)
    op.add_column("api_keys", sa.Column("made_by", sa.Uuid(), nullable=True))
    made_by = op.f("fk_api_keys_made_by")
    op.create_foreign_key(made_by, "api_keys", "users", ["made_by"], ["id"], ondelete="SET NULL")
    op.create_index(op.f("ix_api_keys_made_by"), "api_keys", ["made_by"])


def downgrade() -> None:
    raise NotImplementedError("older code leaves terms behind that an order no longer has")
