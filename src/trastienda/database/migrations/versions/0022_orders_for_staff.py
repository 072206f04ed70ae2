"""Orders as staff look for them: search terms, tags, notes, and a history that outlives events.

Triggers keep the terms and the history, so that orders which a node of the version before writes
have them too.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"
# Older code does not notice these triggers: they read what it writes, and write tables of their own.
widened = (
    "trigger order_terms_of_new on orders",
    "trigger order_terms_of_changed on orders",
    "trigger order_terms_of_deleted on orders",
    "trigger order_terms_of_new on order_lines",
    "trigger order_terms_of_changed on order_lines",
    "trigger order_history_of_event on events",
    "trigger order_history_of_email on letters_sent",
)

UPPER = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯІЄҐ"
LOWER = "αβγδεζηθικλμνξοπρστυφχψωабвгдежзиклмнопрстуфхцчшщъыьэюяієґ"
FUNCTIONS = (
    # Case and accents do not count. In the locale C, lower() knows ASCII only: hence translate().
    r"""
    CREATE FUNCTION order_name_words(name text) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT coalesce(array_agg(DISTINCT (left(word, 40)) COLLATE "C"), '{}') FROM (
            SELECT word FROM regexp_split_to_table(
                translate(lower(regexp_replace(
                    normalize(name, NFKD), '[\u0300-\u036f''\u2019]', '', 'g')),
                    'UPPER', 'LOWER'),
                '[\s,.;()/_-]+') WITH ORDINALITY AS split (word, place)
            WHERE word <> '' ORDER BY place LIMIT 6) AS first
    $$
    """.replace("UPPER", UPPER).replace("LOWER", LOWER),
    # One word, or two: the first pair of a longer name finds it about as well as all of it.
    """
    CREATE FUNCTION order_name_key(name text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT 'name:' || words[1] || coalesce(' ' || words[2], '')
        FROM (SELECT order_name_words(name) AS words) AS split
    $$
    """,
    """
    CREATE FUNCTION order_has_name(shipping jsonb, billing jsonb, name text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT order_name_words(shipping ->> 'name') || order_name_words(billing ->> 'name')
            @> order_name_words(name)
    $$
    """,
    """
    CREATE FUNCTION order_terms(shipping jsonb, billing jsonb, tags text[]) RETURNS SETOF text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT 'name:' || one.word || coalesce(' ' || other.word, '')
        FROM (SELECT order_name_words(name) AS words FROM (
                SELECT shipping ->> 'name' UNION SELECT billing ->> 'name') AS typed (name)) AS names
            CROSS JOIN LATERAL unnest(names.words) AS one (word)
            CROSS JOIN LATERAL (
                SELECT NULL::text UNION ALL SELECT unnest FROM unnest(names.words)
                WHERE unnest COLLATE "C" > one.word COLLATE "C") AS other (word)
        UNION SELECT 'tag:' || unnest(tags)
    $$
    """,
    """
    CREATE FUNCTION order_terms_of_new() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO order_search (term, placed_at, order_id)
        SELECT term, written.placed_at, written.id FROM written CROSS JOIN LATERAL order_terms(
            written.shipping_address, written.billing_address, written.tags) AS term;
        RETURN NULL;
    END $$
    """,
    """
    CREATE FUNCTION order_terms_of_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM order_search WHERE placed_at = OLD.placed_at AND order_id = OLD.id
            AND term IN (SELECT order_terms(OLD.shipping_address, OLD.billing_address, OLD.tags));
        INSERT INTO order_search (term, placed_at, order_id)
        SELECT term, NEW.placed_at, NEW.id
        FROM order_terms(NEW.shipping_address, NEW.billing_address, NEW.tags) AS term;
        RETURN NULL;
    END $$
    """,
    """
    CREATE FUNCTION order_terms_of_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM order_search WHERE placed_at = OLD.placed_at AND order_id = OLD.id AND term IN (
            SELECT order_terms(OLD.shipping_address, OLD.billing_address, OLD.tags)
            UNION SELECT 'sku:' || sku FROM order_lines WHERE order_lines.order_id = OLD.id);
        DELETE FROM order_history WHERE order_id = OLD.id;
        RETURN OLD;
    END $$
    """,
    """
    CREATE FUNCTION order_terms_of_new_lines() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO order_search (term, placed_at, order_id)
        SELECT DISTINCT 'sku:' || written.sku, orders.placed_at, orders.id
        FROM written JOIN orders ON orders.id = written.order_id
        ON CONFLICT DO NOTHING;
        RETURN NULL;
    END $$
    """,
    """
    CREATE FUNCTION order_terms_of_changed_line() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM order_search USING orders
        WHERE orders.id = OLD.order_id AND order_search.order_id = orders.id
            AND order_search.placed_at = orders.placed_at AND term = 'sku:' || OLD.sku
            AND NOT EXISTS (SELECT FROM order_lines
                WHERE order_lines.order_id = OLD.order_id AND order_lines.sku = OLD.sku);
        IF TG_OP = 'UPDATE' THEN
            INSERT INTO order_search (term, placed_at, order_id)
            SELECT 'sku:' || NEW.sku, placed_at, id FROM orders WHERE id = NEW.order_id
            ON CONFLICT DO NOTHING;
        END IF;
        RETURN NULL;
    END $$
    """,
    # A note is told by its own row.
    """
    CREATE FUNCTION order_history_of_event() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO order_history (id, order_id, type, at, actor, actor_id, detail)
        SELECT NEW.id, told.order_id, NEW.type, NEW.created_at, NEW.actor, NEW.actor_id, told.detail
        FROM order_history_detail(NEW.aggregate, NEW.aggregate_id, NEW.type, NEW.data) AS told
        WHERE told.order_id IS NOT NULL ON CONFLICT DO NOTHING;
        RETURN NULL;
    END $$
    """,
    """
    CREATE FUNCTION order_history_detail(aggregate text, aggregate_id uuid, type text, data jsonb,
        OUT order_id uuid, OUT detail jsonb) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT CASE aggregate WHEN 'order' THEN aggregate_id ELSE (data ->> 'order_id')::uuid END,
            nullif(jsonb_strip_nulls(CASE
                WHEN aggregate = 'refund' THEN jsonb_build_object('refund_id', aggregate_id,
                    'amount', data -> 'amount', 'currency', data -> 'currency',
                    'reason', data -> 'reason')
                WHEN type = 'order.cancelled' THEN
                    jsonb_build_object('reason', data -> 'cancel_reason')
                WHEN type = 'order.tagged' THEN jsonb_build_object('tags', data -> 'tags')
                ELSE '{}' END), '{}')
    $$
    """,
    # Emails are forgotten before their order is.
    """
    CREATE FUNCTION order_history_of_email() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO order_history (id, order_id, type, at, actor, detail)
        SELECT OLD.id, order_id, 'email', OLD.created_at, 'system', jsonb_build_object(
            'email', OLD.letter, 'recipient', OLD.recipient, 'status', OLD.state)
        FROM order_history WHERE id = OLD.event_id ON CONFLICT DO NOTHING;
        RETURN NULL;
    END $$
    """,
)
TRIGGERS = (
    """
    CREATE TRIGGER order_terms_of_new AFTER INSERT ON orders REFERENCING NEW TABLE AS written
        FOR EACH STATEMENT EXECUTE FUNCTION order_terms_of_new()
    """,
    """
    CREATE TRIGGER order_terms_of_changed
        AFTER UPDATE OF shipping_address, billing_address, tags, placed_at ON orders FOR EACH ROW
        WHEN ((OLD.shipping_address, OLD.billing_address, OLD.tags, OLD.placed_at) IS DISTINCT FROM
            (NEW.shipping_address, NEW.billing_address, NEW.tags, NEW.placed_at))
        EXECUTE FUNCTION order_terms_of_changed()
    """,
    """
    CREATE TRIGGER order_terms_of_deleted BEFORE DELETE ON orders
        FOR EACH ROW EXECUTE FUNCTION order_terms_of_deleted()
    """,
    """
    CREATE TRIGGER order_terms_of_new AFTER INSERT ON order_lines REFERENCING NEW TABLE AS written
        FOR EACH STATEMENT EXECUTE FUNCTION order_terms_of_new_lines()
    """,
    """
    CREATE TRIGGER order_terms_of_changed AFTER UPDATE OF sku OR DELETE ON order_lines
        FOR EACH ROW EXECUTE FUNCTION order_terms_of_changed_line()
    """,
    """
    CREATE TRIGGER order_history_of_event AFTER INSERT ON events FOR EACH ROW
        WHEN (NEW.aggregate IN ('order', 'refund') AND NEW.type <> 'order.noted')
        EXECUTE FUNCTION order_history_of_event()
    """,
    """
    CREATE TRIGGER order_history_of_email AFTER DELETE ON letters_sent
        FOR EACH ROW EXECUTE FUNCTION order_history_of_email()
    """,
)
FILL = (
    """
    INSERT INTO order_search (term, placed_at, order_id)
    SELECT term, placed_at, id
    FROM orders CROSS JOIN LATERAL order_terms(shipping_address, billing_address, tags) AS term
    """,
    """
    INSERT INTO order_search (term, placed_at, order_id)
    SELECT DISTINCT 'sku:' || sku, placed_at, orders.id
    FROM order_lines JOIN orders ON orders.id = order_lines.order_id
    """,
    """
    INSERT INTO order_history (id, order_id, type, at, actor, actor_id, detail)
    SELECT id, told.order_id, type, created_at, actor, actor_id, told.detail
    FROM events CROSS JOIN LATERAL
        order_history_detail(aggregate, aggregate_id, type, data) AS told
    WHERE aggregate IN ('order', 'refund') AND told.order_id IS NOT NULL
    """,
)


def upgrade() -> None:
    op.add_column(
        "orders",
        sa.Column("tags", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
    )
    _indexes()
    _tables()
    for statement in (*FUNCTIONS, *TRIGGERS, *FILL):
        op.execute(statement)


def downgrade() -> None:
    for statement in TRIGGERS:
        words = statement.split()
        op.execute(f"DROP TRIGGER {words[2]} ON {words[words.index('ON') + 1]}")
    for statement in FUNCTIONS:
        op.execute(f"DROP FUNCTION {statement.split()[2].partition('(')[0]}")
    for table in ("order_notes", "order_history", "order_search"):
        op.drop_table(table)
    for name in ("states", "currency_total_id", "currency_placed_at_id", "email_key_placed_at_id"):
        op.drop_index(f"ix_orders_{name}", "orders")
    op.create_index("ix_orders_email_key", "orders", ["email_key"])
    op.drop_column("orders", "tags")


def _indexes() -> None:
    states = ["status", "payment_status", "fulfilment_status"]
    op.create_index("ix_orders_states", "orders", [*states, "placed_at", "id"])
    for columns in (
        ["currency", "total", "id"],
        ["currency", "placed_at", "id"],
        ["email_key", "placed_at", "id"],
    ):
        op.create_index(op.f(f"ix_orders_{'_'.join(columns)}"), "orders", columns)
    op.drop_index("ix_orders_email_key", "orders")


def _tables() -> None:
    op.create_table(
        "order_search",
        sa.Column("term", sa.String(collation="C"), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("term", "placed_at", "order_id", name=op.f("pk_order_search")),
    )
    op.create_table(
        "order_history",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("detail", postgresql.JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_history")),
    )
    op.create_index(
        op.f("ix_order_history_order_id_at_id"), "order_history", ["order_id", "at", "id"]
    )
    op.create_table(
        "order_notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("text <> ''", name=op.f("ck_order_notes_text")),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_order_notes_order_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_notes")),
    )
    op.create_index(
        op.f("ix_order_notes_order_id_created_at_id"),
        "order_notes",
        ["order_id", "created_at", "id"],
    )
