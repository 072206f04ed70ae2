"""People: new passwords by mail, the addresses that customers keep, and customers for staff.

Triggers keep the terms by which customers are found, so that accounts which a node of the version
before writes have them too.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0032"
down_revision = "0031"
# Older code does not notice these triggers: they write a table of their own.
widened = (
    "trigger customer_terms_of_new on users",
    "trigger customer_terms_of_changed on users",
)
ROLE = sa.Enum(
    *("owner", "manager", "editor", "warehouse", "support"),
    name="role",
    native_enum=False,
    length=32,
    create_constraint=True,
)

FUNCTIONS = (
    # The words are those by which orders are found.
    """
    CREATE FUNCTION customer_terms(name text, email text) RETURNS SETOF text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT unnest(order_name_words(name))
        UNION SELECT unnest(order_name_words(split_part(email, '@', 1)))
        UNION SELECT '@' || split_part(email, '@', 2)
    $$
    """,
    """
    CREATE FUNCTION customer_terms_of_user() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            DELETE FROM customer_search WHERE user_id = OLD.id
                AND term IN (SELECT customer_terms(OLD.name, OLD.email));
        END IF;
        IF NEW.verified_at IS NOT NULL THEN
            INSERT INTO customer_search (term, user_id)
            SELECT customer_terms(NEW.name, NEW.email), NEW.id ON CONFLICT DO NOTHING;
        END IF;
        RETURN NULL;
    END $$
    """,
)
# Registering writes no terms, whether or not the address is known: it takes the same time.
TRIGGERS = (
    """
    CREATE TRIGGER customer_terms_of_new AFTER INSERT ON users
        FOR EACH ROW WHEN (NEW.verified_at IS NOT NULL) EXECUTE FUNCTION customer_terms_of_user()
    """,
    """
    CREATE TRIGGER customer_terms_of_changed AFTER UPDATE ON users
        FOR EACH ROW WHEN ((OLD.name, OLD.email, OLD.verified_at IS NULL)
            IS DISTINCT FROM (NEW.name, NEW.email, NEW.verified_at IS NULL))
        EXECUTE FUNCTION customer_terms_of_user()
    """,
)
FILL = """
    INSERT INTO customer_search (term, user_id)
    SELECT term, id FROM users CROSS JOIN LATERAL customer_terms(name, email) AS term
    WHERE verified_at IS NOT NULL
"""

LOCALE = sa.Enum("en", "es", name="locale", native_enum=False, length=32, create_constraint=True)


def upgrade() -> None:
    op.add_column("users", sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_users_verified", "users", ["id"], postgresql_where=sa.text("verified_at IS NOT NULL")
    )
    op.create_table(
        "password_resets",
        sa.Column("email_key", sa.String(), nullable=False),
        sa.Column("locale", LOCALE, nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("token_hash", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "octet_length(token_hash) = 32", name=op.f("ck_password_resets_token_hash_length")
        ),
        sa.CheckConstraint(
            "expires_at > requested_at", name=op.f("ck_password_resets_expires_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_password_resets_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_resets")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_password_resets_token_hash")),
    )
    op.create_index(
        op.f("ix_password_resets_new"),
        "password_resets",
        ["id"],
        postgresql_where=sa.text("user_id IS NULL"),
    )
    op.create_index(op.f("ix_password_resets_user_id"), "password_resets", ["user_id"])
    op.create_index(op.f("ix_password_resets_expires_at"), "password_resets", ["expires_at"])
    op.create_table(
        "user_addresses",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("address", postgresql.JSONB(), nullable=False),
        sa.Column("default_shipping", sa.Boolean(), nullable=False),
        sa.Column("default_billing", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_user_addresses_version")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_user_addresses_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_addresses")),
    )
    op.create_index(op.f("ix_user_addresses_user_id_id"), "user_addresses", ["user_id", "id"])
    for default in ("default_shipping", "default_billing"):
        op.create_index(
            f"uq_user_addresses_{default}",
            "user_addresses",
            ["user_id"],
            unique=True,
            postgresql_where=sa.text(default),
        )
    op.create_table(
        "customer_search",
        sa.Column("term", sa.String(collation="C"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("term", "user_id", name=op.f("pk_customer_search")),
    )
    op.create_table(
        "customer_notes",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_customer_notes_text")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_customer_notes_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_notes")),
    )
    op.create_index(op.f("ix_customer_notes_user_id_id"), "customer_notes", ["user_id", "id"])
    op.create_table(
        "staff_invitations",
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("role", ROLE, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=True),
        sa.Column("token_hash", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "octet_length(token_hash) = 32", name=op.f("ck_staff_invitations_token_hash_length")
        ),
        sa.CheckConstraint(
            "expires_at > created_at", name=op.f("ck_staff_invitations_expires_after_start")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_invitations")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_invitations_email")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_invitations_token_hash")),
    )
    for column in ("invited_by", "expires_at"):
        op.create_index(op.f(f"ix_staff_invitations_{column}"), "staff_invitations", [column])
    op.create_index(op.f("ix_stock_movements_stock_id_id"), "stock_movements", ["stock_id", "id"])
    op.drop_index(op.f("ix_stock_movements_stock_id"), "stock_movements")
    for statement in (*FUNCTIONS, *TRIGGERS, FILL):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TRIGGER customer_terms_of_new ON users")
    op.execute("DROP TRIGGER customer_terms_of_changed ON users")
    op.execute("DROP FUNCTION customer_terms_of_user()")
    op.execute("DROP FUNCTION customer_terms(text, text)")
    op.create_index(op.f("ix_stock_movements_stock_id"), "stock_movements", ["stock_id"])
    op.drop_index(op.f("ix_stock_movements_stock_id_id"), "stock_movements")
    op.drop_table("staff_invitations")
    op.drop_table("customer_notes")
    op.drop_table("customer_search")
    op.drop_table("user_addresses")
    op.drop_table("password_resets")
    op.drop_index("ix_users_verified", "users")
    op.drop_column("users", "suspended_at")
