"""The shop: every table but the queue's, the default channel, and the main location."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from uuid_utils.compat import uuid7

revision = "0001"
down_revision = "0000"


def upgrade() -> None:
    op.execute(sa.schema.CreateSequence(sa.Sequence("order_numbers", start=100_001)))
    _create_tables()
    _refuse_change()
    _open_shop()


def _refuse_change() -> None:
    """Forbid changes of ledger entries: they can only be added."""
    op.execute("""
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME
                USING ERRCODE = 'restrict_violation';
        END $$
    """)
    op.execute("""
        CREATE TRIGGER stock_movements_append_only BEFORE UPDATE ON stock_movements
            FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """)


def _open_shop() -> None:
    """Add the channel and the stock location that every shop needs."""
    channels = sa.table("channels", sa.column("id"), *map(sa.column, CHANNEL))
    op.bulk_insert(channels, [{"id": uuid7(), **CHANNEL}])
    locations = sa.table("locations", sa.column("id"), *map(sa.column, LOCATION))
    op.bulk_insert(locations, [{"id": uuid7(), **LOCATION}])


CHANNEL = {
    "slug": "default",
    "name": "Shop",
    "default_currency": "EUR",
    "currencies": ["EUR"],
    "locale": "en",
    "tax_rate": 21,
    "hosts": [],
    "origins": [],
    "countries": [],
    "version": 1,
}
LOCATION = {"code": "main", "name": "Main", "position": 0, "version": 1}


def downgrade() -> None:
    raise NotImplementedError("there is nothing before the first shop")


def _create_tables() -> None:
    op.create_table(
        "api_keys",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "owner",
                "manager",
                "editor",
                "warehouse",
                "support",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("scopes", sa.ARRAY(sa.String()), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "char_length(name) BETWEEN 1 AND 200", name=op.f("ck_api_keys_name_length")
        ),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_api_keys_expires_after_start")),
        sa.CheckConstraint("octet_length(key_hash) = 32", name=op.f("ck_api_keys_key_hash_length")),
        sa.CheckConstraint(
            "role IS NOT NULL OR cardinality(scopes) > 0", name=op.f("ck_api_keys_allows_something")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("prefix", name=op.f("uq_api_keys_prefix")),
    )
    op.create_table(
        "categories",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_categories_not_its_own_parent")),
        sa.CheckConstraint("version > 0", name=op.f("ck_categories_version")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["categories.id"], name=op.f("fk_categories_parent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_categories")),
        sa.UniqueConstraint("slug", name=op.f("uq_categories_slug")),
    )
    op.create_index(op.f("ix_categories_parent_id"), "categories", ["parent_id"], unique=False)
    op.create_table(
        "channels",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("default_currency", sa.String(), nullable=False),
        sa.Column("currencies", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("tax_rate", sa.Numeric(precision=7, scale=4), nullable=False),
        sa.Column("hosts", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("origins", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("countries", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "default_currency = ANY (currencies)", name=op.f("ck_channels_default_currency")
        ),
        sa.CheckConstraint("tax_rate BETWEEN 0 AND 100", name=op.f("ck_channels_tax_rate")),
        sa.CheckConstraint("version > 0", name=op.f("ck_channels_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channels")),
        sa.UniqueConstraint("slug", name=op.f("uq_channels_slug")),
    )
    op.create_table(
        "events",
        sa.Column("aggregate", sa.String(), nullable=False),
        sa.Column("aggregate_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("data", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("relayed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("sequence > 0", name=op.f("ck_events_sequence")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint(
            "aggregate_id", "sequence", name=op.f("uq_events_aggregate_id_sequence")
        ),
    )
    op.create_index(
        "ix_events_waiting",
        "events",
        ["id"],
        unique=False,
        postgresql_where=sa.text("relayed_at IS NULL"),
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.BigInteger(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("scope", "key", name=op.f("pk_idempotency_keys")),
    )
    op.create_index(
        op.f("ix_idempotency_keys_created_at"), "idempotency_keys", ["created_at"], unique=False
    )
    op.create_table(
        "locations",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_locations_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locations")),
        sa.UniqueConstraint("code", name=op.f("uq_locations_code")),
    )
    op.create_table(
        "login_failures",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("failures", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("blocked_until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("failures > 0", name=op.f("ck_login_failures_failures_positive")),
        sa.CheckConstraint("octet_length(key) = 32", name=op.f("ck_login_failures_key_length")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_login_failures")),
    )
    op.create_index(op.f("ix_login_failures_last_at"), "login_failures", ["last_at"], unique=False)
    op.create_table(
        "products",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("thumbnail", sa.String(), nullable=True),
        sa.Column("attributes", postgresql.JSONB(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_products_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_products")),
        sa.UniqueConstraint("slug", name=op.f("uq_products_slug")),
    )
    op.create_index(
        op.f("ix_products_created_at_id"), "products", ["created_at", "id"], unique=False
    )
    op.create_table(
        "users",
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "owner",
                "manager",
                "editor",
                "warehouse",
                "support",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "char_length(email) BETWEEN 3 AND 254", name=op.f("ck_users_email_length")
        ),
        sa.CheckConstraint(
            "char_length(name) BETWEEN 1 AND 200", name=op.f("ck_users_name_length")
        ),
        sa.CheckConstraint(
            "password_hash IS NULL OR verified_at IS NOT NULL",
            name=op.f("ck_users_password_after_verification"),
        ),
        sa.CheckConstraint(
            "role IS NULL OR verified_at IS NOT NULL", name=op.f("ck_users_role_after_verification")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    op.create_table(
        "cards",
        sa.Column(
            "locale",
            sa.Enum(
                "en", "es", name="locale", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sort_key", sa.String(collation="C"), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("in_stock", sa.Boolean(), nullable=False),
        sa.Column("category_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("search", postgresql.TSVECTOR(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_cards_product_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("locale", "currency", "product_id", name=op.f("pk_cards")),
    )
    op.create_index(
        "ix_cards_categories", "cards", ["category_ids"], unique=False, postgresql_using="gin"
    )
    op.create_index(
        "ix_cards_name", "cards", ["locale", "currency", "sort_key", "product_id"], unique=False
    )
    op.create_index(
        "ix_cards_newest", "cards", ["locale", "currency", "listed_at", "product_id"], unique=False
    )
    op.create_index(
        "ix_cards_price", "cards", ["locale", "currency", "price", "product_id"], unique=False
    )
    op.create_index("ix_cards_product", "cards", ["product_id"], unique=False)
    op.create_index("ix_cards_search", "cards", ["search"], unique=False, postgresql_using="gin")
    op.create_table(
        "category_texts",
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column(
            "locale",
            sa.Enum(
                "en", "es", name="locale", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sort_key", sa.String(collation="C"), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["categories.id"],
            name=op.f("fk_category_texts_category_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("category_id", "locale", name=op.f("pk_category_texts")),
    )
    op.create_table(
        "orders",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("cart_id", sa.String(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("shipping_address", postgresql.JSONB(), nullable=False),
        sa.Column("billing_address", postgresql.JSONB(), nullable=False),
        sa.Column("shipping_option", postgresql.JSONB(), nullable=False),
        sa.Column("payment_provider", sa.String(), nullable=False),
        sa.Column("subtotal", sa.BigInteger(), nullable=False),
        sa.Column("discount", sa.BigInteger(), nullable=False),
        sa.Column("shipping", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("tax_included", sa.BigInteger(), nullable=False),
        sa.Column("tax_added", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "payment_status",
            sa.Enum(
                "pending",
                "paid",
                "cancelled",
                name="paymentstatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "cancelled",
                name="orderstatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "fulfilment_status",
            sa.Enum(
                "unfulfilled",
                "partially_fulfilled",
                "fulfilled",
                name="fulfilmentstatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("discount <= subtotal", name=op.f("ck_orders_discount")),
        sa.CheckConstraint(
            "subtotal >= 0 AND discount >= 0 AND shipping >= 0 AND tax_included >= 0 AND tax_added >= 0 AND total >= 0",
            name=op.f("ck_orders_amounts"),
        ),
        sa.CheckConstraint("tax = tax_included + tax_added", name=op.f("ck_orders_tax")),
        sa.CheckConstraint(
            "total = subtotal - discount + shipping + tax_added", name=op.f("ck_orders_total")
        ),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name=op.f("fk_orders_channel_id")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["users.id"], name=op.f("fk_orders_customer_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        sa.UniqueConstraint("cart_id", name=op.f("uq_orders_cart_id")),
        sa.UniqueConstraint("number", name=op.f("uq_orders_number")),
    )
    op.create_index(
        op.f("ix_orders_customer_id_placed_at"),
        "orders",
        ["customer_id", "placed_at"],
        unique=False,
    )
    op.create_index(op.f("ix_orders_placed_at_id"), "orders", ["placed_at", "id"], unique=False)
    op.create_table(
        "product_categories",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["categories.id"],
            name=op.f("fk_product_categories_category_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["products.id"],
            name=op.f("fk_product_categories_product_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("product_id", "category_id", name=op.f("pk_product_categories")),
    )
    op.create_index(
        op.f("ix_product_categories_category_id"),
        "product_categories",
        ["category_id"],
        unique=False,
    )
    op.create_table(
        "product_media",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("thumbnail_url", sa.String(), nullable=False),
        sa.Column("width", sa.BigInteger(), nullable=False),
        sa.Column("height", sa.BigInteger(), nullable=False),
        sa.Column("alt", postgresql.JSONB(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("ck_product_media_size")),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["products.id"],
            name=op.f("fk_product_media_product_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_media")),
    )
    op.create_index(
        op.f("ix_product_media_product_id"), "product_media", ["product_id"], unique=False
    )
    op.create_table(
        "product_texts",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column(
            "locale",
            sa.Enum(
                "en", "es", name="locale", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("options", postgresql.JSONB(), nullable=False),
        sa.Column("sort_key", sa.String(collation="C"), nullable=False),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["products.id"],
            name=op.f("fk_product_texts_product_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("product_id", "locale", name=op.f("pk_product_texts")),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("user_agent", sa.String(), nullable=False),
        sa.Column("idle_seconds", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_sessions_expires_after_start")),
        sa.CheckConstraint("idle_seconds > 0", name=op.f("ck_sessions_idle_positive")),
        sa.CheckConstraint(
            "octet_length(token_hash) = 32", name=op.f("ck_sessions_token_hash_length")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_sessions_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sessions_token_hash")),
    )
    op.create_index(op.f("ix_sessions_expires_at"), "sessions", ["expires_at"], unique=False)
    op.create_index(
        op.f("ix_sessions_user_id_created_at"), "sessions", ["user_id", "created_at"], unique=False
    )
    op.create_table(
        "shipping_options",
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("names", postgresql.JSONB(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("countries", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_shipping_options_version")),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channels.id"], name=op.f("fk_shipping_options_channel_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipping_options")),
    )
    op.create_table(
        "variants",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("options", postgresql.JSONB(), nullable=False),
        sa.Column("weight_grams", sa.BigInteger(), nullable=True),
        sa.Column("thumbnail", sa.String(), nullable=True),
        sa.Column("tax_class", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("weight_grams >= 0", name=op.f("ck_variants_weight_grams")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_variants_product_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_variants")),
        sa.UniqueConstraint("product_id", "options", name=op.f("uq_variants_product_id_options")),
        sa.UniqueConstraint("sku", name=op.f("uq_variants_sku")),
    )
    op.create_table(
        "verifications",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "expires_at > created_at", name=op.f("ck_verifications_expires_after_start")
        ),
        sa.CheckConstraint(
            "octet_length(token_hash) = 32", name=op.f("ck_verifications_token_hash_length")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_verifications_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verifications")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_verifications_token_hash")),
    )
    op.create_index(
        op.f("ix_verifications_expires_at"), "verifications", ["expires_at"], unique=False
    )
    op.create_index(op.f("ix_verifications_user_id"), "verifications", ["user_id"], unique=False)
    op.create_table(
        "carts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "paying",
                "ordered",
                name="cartstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("shipping_address", postgresql.JSONB(), nullable=True),
        sa.Column("billing_address", postgresql.JSONB(), nullable=True),
        sa.Column("shipping_option_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("version > 0", name=op.f("ck_carts_version")),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name=op.f("fk_carts_channel_id")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["users.id"], name=op.f("fk_carts_customer_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["shipping_option_id"],
            ["shipping_options.id"],
            name=op.f("fk_carts_shipping_option_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carts")),
    )
    op.create_index(op.f("ix_carts_customer_id"), "carts", ["customer_id"], unique=False)
    op.create_index(
        "ix_carts_untouched",
        "carts",
        ["updated_at"],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "order_lines",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=True),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("options", postgresql.JSONB(), nullable=False),
        sa.Column("thumbnail", sa.String(), nullable=True),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("subtotal", sa.BigInteger(), nullable=False),
        sa.Column("discount", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("tax_rate", sa.Numeric(precision=7, scale=4), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("fulfilled_quantity", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("discount BETWEEN 0 AND subtotal", name=op.f("ck_order_lines_discount")),
        sa.CheckConstraint(
            "fulfilled_quantity BETWEEN 0 AND quantity",
            name=op.f("ck_order_lines_fulfilled_quantity"),
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_order_lines_quantity")),
        sa.CheckConstraint(
            "subtotal = unit_price * quantity", name=op.f("ck_order_lines_subtotal")
        ),
        sa.CheckConstraint("tax >= 0 AND total >= 0", name=op.f("ck_order_lines_amounts")),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_order_lines_order_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"],
            ["variants.id"],
            name=op.f("fk_order_lines_variant_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_lines")),
    )
    op.create_index(op.f("ix_order_lines_order_id"), "order_lines", ["order_id"], unique=False)
    op.create_index(op.f("ix_order_lines_variant_id"), "order_lines", ["variant_id"], unique=False)
    op.create_table(
        "prices",
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("compare_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("amount BETWEEN 0 AND 1000000000000", name=op.f("ck_prices_amount")),
        sa.CheckConstraint(
            "compare_at > amount AND compare_at <= 1000000000000", name=op.f("ck_prices_compare_at")
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variants.id"], name=op.f("fk_prices_variant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("variant_id", "currency", name=op.f("pk_prices")),
    )
    op.create_table(
        "shipping_prices",
        sa.Column("shipping_option_id", sa.Uuid(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "amount BETWEEN 0 AND 1000000000000", name=op.f("ck_shipping_prices_amount")
        ),
        sa.ForeignKeyConstraint(
            ["shipping_option_id"],
            ["shipping_options.id"],
            name=op.f("fk_shipping_prices_shipping_option_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("shipping_option_id", "currency", name=op.f("pk_shipping_prices")),
    )
    op.create_table(
        "stock",
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("location_id", sa.Uuid(), nullable=False),
        sa.Column("on_hand", sa.BigInteger(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("on_hand - reserved >= 0", name=op.f("ck_stock_available")),
        sa.CheckConstraint("reserved >= 0", name=op.f("ck_stock_reserved")),
        sa.ForeignKeyConstraint(
            ["location_id"], ["locations.id"], name=op.f("fk_stock_location_id")
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variants.id"], name=op.f("fk_stock_variant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock")),
        sa.UniqueConstraint(
            "variant_id", "location_id", name=op.f("uq_stock_variant_id_location_id")
        ),
    )
    op.create_table(
        "variant_texts",
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column(
            "locale",
            sa.Enum(
                "en", "es", name="locale", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("options", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["variant_id"],
            ["variants.id"],
            name=op.f("fk_variant_texts_variant_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("variant_id", "locale", name=op.f("pk_variant_texts")),
    )
    op.create_table(
        "cart_lines",
        sa.Column("cart_id", sa.String(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("quantity BETWEEN 1 AND 9999", name=op.f("ck_cart_lines_quantity")),
        sa.ForeignKeyConstraint(
            ["cart_id"], ["carts.id"], name=op.f("fk_cart_lines_cart_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"],
            ["variants.id"],
            name=op.f("fk_cart_lines_variant_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cart_lines")),
        sa.UniqueConstraint("cart_id", "variant_id", name=op.f("uq_cart_lines_cart_id_variant_id")),
    )
    op.create_index(op.f("ix_cart_lines_variant_id"), "cart_lines", ["variant_id"], unique=False)
    op.create_table(
        "payment_attempts",
        sa.Column("cart_id", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=True),
        sa.Column("once", sa.String(), nullable=True),
        sa.Column("once_digest", sa.LargeBinary(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("snapshot", postgresql.JSONB(), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "succeeded",
                "declined",
                name="attemptstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_payment_attempts_amount")),
        sa.ForeignKeyConstraint(
            ["cart_id"], ["carts.id"], name=op.f("fk_payment_attempts_cart_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_attempts")),
    )
    op.create_index(
        op.f("ix_payment_attempts_cart_id"), "payment_attempts", ["cart_id"], unique=False
    )
    op.create_index(
        "uq_payment_attempts_pending",
        "payment_attempts",
        ["cart_id"],
        unique=True,
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_table(
        "reservations",
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("stock_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_reservations_quantity")),
        sa.ForeignKeyConstraint(["stock_id"], ["stock.id"], name=op.f("fk_reservations_stock_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservations")),
    )
    op.create_index(op.f("ix_reservations_source_id"), "reservations", ["source_id"], unique=False)
    op.create_table(
        "stock_movements",
        sa.Column("stock_id", sa.Uuid(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "received",
                "returned",
                "damaged",
                "lost",
                "recount",
                "correction",
                "reserved",
                "released",
                "fulfilled",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on_hand", sa.BigInteger(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.CheckConstraint(
            "on_hand <> 0 OR reserved <> 0", name=op.f("ck_stock_movements_moves_something")
        ),
        sa.ForeignKeyConstraint(
            ["stock_id"], ["stock.id"], name=op.f("fk_stock_movements_stock_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_movements")),
    )
    op.create_index(
        op.f("ix_stock_movements_stock_id"), "stock_movements", ["stock_id"], unique=False
    )
