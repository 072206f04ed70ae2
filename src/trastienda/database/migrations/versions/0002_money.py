"""Promotions, taxes, shipping by zone, price lists, the price history."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from uuid_utils.compat import uuid7

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _create_tables()
    _classify()
    _change_tables()
    _constrain()
    for statement in ADDS_UP:
        op.execute(statement)


def _classify() -> None:
    """Add a tax class for every class that variants name so far, and the two usual ones."""
    known = op.get_bind().execute(sa.text("SELECT DISTINCT tax_class FROM variants"))
    names = {code: code.capitalize() for (code,) in known} | {
        "standard": "Standard",
        "reduced": "Reduced",
    }
    classes = sa.table("tax_classes", *map(sa.column, ("id", "code", "name", "version")))
    op.bulk_insert(
        classes,
        [{"id": uuid7(), "code": code, "name": name, "version": 1} for code, name in names.items()],
    )


def downgrade() -> None:
    raise NotImplementedError("orders would lose what they were computed from")


ADDS_UP = (
    """
    CREATE FUNCTION order_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        of_order uuid;
        whole bigint;
        parts bigint;
    BEGIN
        IF TG_TABLE_NAME = 'orders' THEN
            of_order := NEW.id;
        ELSIF TG_OP = 'DELETE' THEN
            of_order := OLD.order_id;
        ELSE
            of_order := NEW.order_id;
        END IF;
        SELECT total, shipping + shipping_tax_added INTO whole, parts
        FROM orders WHERE id = of_order;
        IF whole <> parts + (SELECT coalesce(sum(total), 0) FROM order_lines
                             WHERE order_id = of_order) THEN
            RAISE EXCEPTION 'lines and shipping of order % do not add up to its total', of_order
                USING ERRCODE = 'check_violation', CONSTRAINT = 'order_adds_up';
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE CONSTRAINT TRIGGER order_adds_up
        AFTER INSERT OR UPDATE OF total, shipping, shipping_tax_added ON orders
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION order_adds_up()
    """,
    """
    CREATE CONSTRAINT TRIGGER order_adds_up
        AFTER INSERT OR DELETE OR UPDATE OF total, order_id ON order_lines
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION order_adds_up()
    """,
)


def _constrain() -> None:
    op.create_check_constraint(op.f("ck_prices_cost"), "prices", "cost BETWEEN 0 AND 1000000000000")
    op.create_check_constraint(
        op.f("ck_prices_listed_compare_at"), "prices", "listed_compare_at > listed"
    )
    op.create_check_constraint(
        op.f("ck_prices_listed"), "prices", "listed BETWEEN 0 AND 1000000000000"
    )
    op.create_check_constraint(
        op.f("ck_shipping_options_days"),
        "shipping_options",
        "min_days >= 0 AND max_days >= min_days",
    )
    op.create_check_constraint(
        op.f("ck_shipping_options_max_length"), "shipping_options", "max_length > 0"
    )
    op.create_check_constraint(
        op.f("ck_shipping_options_courier"),
        "shipping_options",
        "(tariff = 'courier') = (courier IS NOT NULL)",
    )
    op.create_check_constraint(
        op.f("ck_shipping_options_weights"),
        "shipping_options",
        "min_weight >= 0 AND max_weight >= min_weight",
    )
    op.create_check_constraint(
        op.f("ck_shipping_prices_free_from"),
        "shipping_prices",
        "free_from BETWEEN 0 AND 1000000000000",
    )
    op.create_check_constraint(
        op.f("ck_shipping_prices_additional"),
        "shipping_prices",
        "additional BETWEEN 0 AND 1000000000000",
    )
    op.create_check_constraint(
        op.f("ck_variants_size"), "variants", "length_mm > 0 AND width_mm > 0 AND height_mm > 0"
    )
    op.create_check_constraint(
        op.f("ck_orders_shipping_tax_added"), "orders", "shipping_tax_added BETWEEN 0 AND tax_added"
    )


def _change_tables() -> None:
    op.add_column("carts", sa.Column("region_key", sa.String(), nullable=True))
    op.add_column("carts", sa.Column("vat_number", sa.String(), nullable=True))
    op.add_column(
        "channels",
        sa.Column(
            "tax_source",
            sa.Enum(
                "flat",
                "zones",
                "service",
                name="taxsource",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            server_default=sa.text("'flat'"),
        ),
    )
    op.add_column(
        "channels",
        sa.Column(
            "prices_include_tax", sa.Boolean(), nullable=False, server_default=sa.text("true")
        ),
    )
    op.add_column(
        "channels",
        sa.Column(
            "rounding",
            sa.Enum(
                "line",
                "unit",
                "document",
                name="rounding",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            server_default=sa.text("'line'"),
        ),
    )
    op.add_column("channels", sa.Column("tax_country", sa.String(length=2), nullable=True))
    op.add_column(
        "channels",
        sa.Column(
            "tax_outside",
            sa.Enum(
                "flat",
                "export",
                name="taxoutside",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            server_default=sa.text("'flat'"),
        ),
    )
    op.add_column(
        "channels",
        sa.Column(
            "cross_border",
            sa.Enum(
                "same_gross",
                "same_net",
                name="crossborder",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            server_default=sa.text("'same_gross'"),
        ),
    )
    op.add_column(
        "channels",
        sa.Column(
            "shipping_tax",
            sa.Enum(
                "class",
                "shared",
                name="shippingtax",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            server_default=sa.text("'class'"),
        ),
    )
    op.add_column(
        "channels",
        sa.Column(
            "shipping_tax_class", sa.String(), nullable=False, server_default=sa.text("'standard'")
        ),
    )
    op.add_column(
        "channels",
        sa.Column(
            "exempts_businesses", sa.Boolean(), nullable=False, server_default=sa.text("false")
        ),
    )
    op.add_column(
        "channels",
        sa.Column("time_zone", sa.String(), nullable=False, server_default=sa.text("'UTC'")),
    )
    op.create_foreign_key(
        op.f("fk_channels_shipping_tax_class"),
        "channels",
        "tax_classes",
        ["shipping_tax_class"],
        ["code"],
    )
    op.alter_column(
        "order_lines",
        "tax_rate",
        existing_type=sa.NUMERIC(precision=7, scale=4),
        type_=sa.Numeric(precision=11, scale=8),
        existing_nullable=False,
    )
    op.add_column(
        "orders",
        sa.Column(
            "shipping_tax_added", sa.BigInteger(), nullable=False, server_default=sa.text("0")
        ),
    )
    op.add_column(
        "orders", sa.Column("pricing", postgresql.JSONB(astext_type=sa.Text()), nullable=True)
    )
    op.add_column("orders", sa.Column("vat_number", sa.String(), nullable=True))
    op.add_column(
        "orders",
        sa.Column(
            "coupons", postgresql.ARRAY(sa.Text()), nullable=False, server_default=sa.text("'{}'")
        ),
    )
    op.add_column("prices", sa.Column("cost", sa.BigInteger(), nullable=True))
    op.add_column(
        "prices",
        sa.Column("converted", sa.Boolean(), nullable=False, server_default=sa.text("false")),
    )
    op.add_column("prices", sa.Column("listed", sa.BigInteger(), nullable=True))
    op.add_column("prices", sa.Column("listed_compare_at", sa.BigInteger(), nullable=True))
    op.add_column("prices", sa.Column("reduced_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "shipping_options",
        sa.Column(
            "zone_ids", postgresql.ARRAY(sa.Uuid()), nullable=False, server_default=sa.text("'{}'")
        ),
    )
    op.add_column(
        "shipping_options",
        sa.Column(
            "tariff",
            sa.Enum(
                "flat",
                "weight",
                "subtotal",
                "per_item",
                "first_additional",
                "courier",
                name="tariff",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
            server_default=sa.text("'flat'"),
        ),
    )
    op.add_column("shipping_options", sa.Column("courier", sa.String(), nullable=True))
    op.add_column(
        "shipping_options",
        sa.Column("min_weight", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
    )
    op.add_column("shipping_options", sa.Column("max_weight", sa.BigInteger(), nullable=True))
    op.add_column("shipping_options", sa.Column("max_length", sa.BigInteger(), nullable=True))
    op.add_column(
        "shipping_options",
        sa.Column(
            "excluded_category_ids",
            postgresql.ARRAY(sa.Uuid()),
            nullable=False,
            server_default=sa.text("'{}'"),
        ),
    )
    op.add_column("shipping_options", sa.Column("min_days", sa.BigInteger(), nullable=True))
    op.add_column("shipping_options", sa.Column("max_days", sa.BigInteger(), nullable=True))
    op.add_column(
        "shipping_options",
        sa.Column("pickup_address", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    )
    op.add_column(
        "shipping_prices",
        sa.Column("additional", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
    )
    op.add_column("shipping_prices", sa.Column("free_from", sa.BigInteger(), nullable=True))
    op.add_column("variants", sa.Column("length_mm", sa.BigInteger(), nullable=True))
    op.add_column("variants", sa.Column("width_mm", sa.BigInteger(), nullable=True))
    op.add_column("variants", sa.Column("height_mm", sa.BigInteger(), nullable=True))
    op.alter_column(
        "variants", "tax_class", existing_type=sa.TEXT(), type_=sa.String(), existing_nullable=False
    )
    op.create_foreign_key(
        op.f("fk_variants_tax_class"), "variants", "tax_classes", ["tax_class"], ["code"]
    )
    op.alter_column("channels", "tax_source", server_default=None)
    op.alter_column("channels", "prices_include_tax", server_default=None)
    op.alter_column("channels", "rounding", server_default=None)
    op.alter_column("channels", "tax_outside", server_default=None)
    op.alter_column("channels", "cross_border", server_default=None)
    op.alter_column("channels", "shipping_tax", server_default=None)
    op.alter_column("channels", "shipping_tax_class", server_default=None)
    op.alter_column("channels", "exempts_businesses", server_default=None)
    op.alter_column("channels", "time_zone", server_default=None)
    op.alter_column("orders", "shipping_tax_added", server_default=None)
    op.alter_column("orders", "coupons", server_default=None)
    op.create_index("ix_orders_email", "orders", [sa.text("lower(email)")], unique=False)
    op.alter_column("prices", "converted", server_default=None)
    op.alter_column("shipping_options", "zone_ids", server_default=None)
    op.alter_column("shipping_options", "tariff", server_default=None)
    op.alter_column("shipping_options", "min_weight", server_default=None)
    op.alter_column("shipping_options", "excluded_category_ids", server_default=None)
    op.alter_column("shipping_prices", "additional", server_default=None)


def _create_tables() -> None:
    op.create_table(
        "customer_groups",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_customer_groups_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_groups")),
        sa.UniqueConstraint("code", name=op.f("uq_customer_groups_code")),
    )
    op.create_table(
        "exchange_rates",
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("base_currency", sa.String(length=3), nullable=False),
        sa.Column("rate", sa.Numeric(precision=20, scale=10), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ending", sa.String(length=4), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("ending ~ '^[0-9]{1,4}$'", name=op.f("ck_exchange_rates_ending")),
        sa.CheckConstraint(
            "base_currency <> currency", name=op.f("ck_exchange_rates_two_currencies")
        ),
        sa.CheckConstraint("rate > 0", name=op.f("ck_exchange_rates_rate")),
        sa.CheckConstraint("version > 0", name=op.f("ck_exchange_rates_version")),
        sa.PrimaryKeyConstraint("currency", name=op.f("pk_exchange_rates")),
    )
    op.create_table(
        "outside_quotes",
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("answer", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("quoted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fresh_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "fresh_until <= expires_at", name=op.f("ck_outside_quotes_fresh_before_expiry")
        ),
        sa.CheckConstraint("octet_length(key) = 32", name=op.f("ck_outside_quotes_key_length")),
        sa.PrimaryKeyConstraint("service", "key", name=op.f("pk_outside_quotes")),
    )
    op.create_index(
        op.f("ix_outside_quotes_expires_at"), "outside_quotes", ["expires_at"], unique=False
    )
    op.create_table(
        "tax_classes",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_tax_classes_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_classes")),
        sa.UniqueConstraint("code", name=op.f("uq_tax_classes_code")),
    )
    op.create_table(
        "zones",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_zones_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zones")),
        sa.UniqueConstraint("name", name=op.f("uq_zones_name")),
    )
    op.create_table(
        "customer_group_members",
        sa.Column("customer_group_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_group_id"],
            ["customer_groups.id"],
            name=op.f("fk_customer_group_members_customer_group_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_customer_group_members_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "customer_group_id", "user_id", name=op.f("pk_customer_group_members")
        ),
    )
    op.create_index(
        op.f("ix_customer_group_members_user_id"),
        "customer_group_members",
        ["user_id"],
        unique=False,
    )
    op.create_table(
        "tax_rates",
        sa.Column("zone_id", sa.Uuid(), nullable=False),
        sa.Column("tax_class", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("percent", sa.Numeric(precision=7, scale=4), nullable=False),
        sa.Column("compound", sa.Boolean(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_tax_rates_ends_after_start")),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_tax_rates_percent")),
        sa.CheckConstraint("version > 0", name=op.f("ck_tax_rates_version")),
        sa.ForeignKeyConstraint(
            ["tax_class"], ["tax_classes.code"], name=op.f("fk_tax_rates_tax_class")
        ),
        sa.ForeignKeyConstraint(["zone_id"], ["zones.id"], name=op.f("fk_tax_rates_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_rates")),
    )
    op.create_index(
        op.f("ix_tax_rates_zone_id_tax_class"), "tax_rates", ["zone_id", "tax_class"], unique=False
    )
    op.create_table(
        "zone_areas",
        sa.Column("zone_id", sa.Uuid(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("region_key", sa.String(), nullable=True),
        sa.Column("postal_code", sa.String(), nullable=True),
        sa.Column("postal_from", sa.String(collation="C"), nullable=True),
        sa.Column("postal_to", sa.String(collation="C"), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.CheckConstraint(
            "(postal_code IS NULL) = (postal_from IS NULL) AND (postal_from IS NULL) = (postal_to IS NULL)",
            name=op.f("ck_zone_areas_postal_whole"),
        ),
        sa.CheckConstraint(
            "(region IS NULL) = (region_key IS NULL)", name=op.f("ck_zone_areas_region_whole")
        ),
        sa.CheckConstraint("postal_from <= postal_to", name=op.f("ck_zone_areas_postal_order")),
        sa.ForeignKeyConstraint(
            ["zone_id"], ["zones.id"], name=op.f("fk_zone_areas_zone_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone_areas")),
    )
    op.create_index(
        op.f("ix_zone_areas_country_region_key_postal_from"),
        "zone_areas",
        ["country", "region_key", "postal_from"],
        unique=False,
    )
    op.create_index(op.f("ix_zone_areas_zone_id"), "zone_areas", ["zone_id"], unique=False)
    op.create_table(
        "past_prices",
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["variant_id"],
            ["variants.id"],
            name=op.f("fk_past_prices_variant_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_prices")),
    )
    op.create_index(
        op.f("ix_past_prices_variant_id_currency_ended_at"),
        "past_prices",
        ["variant_id", "currency", "ended_at"],
        unique=False,
    )
    op.create_table(
        "price_lists",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=True),
        sa.Column("customer_group_id", sa.Uuid(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("priority", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_price_lists_ends_after_start")),
        sa.CheckConstraint("version > 0", name=op.f("ck_price_lists_version")),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channels.id"], name=op.f("fk_price_lists_channel_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_group_id"],
            ["customer_groups.id"],
            name=op.f("fk_price_lists_customer_group_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_lists")),
    )
    op.create_index(
        op.f("ix_price_lists_customer_group_id"), "price_lists", ["customer_group_id"], unique=False
    )
    op.create_table(
        "promotions",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "order_fixed",
                "order_percent",
                "order_tiered",
                "item_fixed",
                "item_percent",
                "fixed_price",
                "cheapest_unit",
                "buy_x_get_y",
                "free_gift",
                "shipping_percent",
                "shipping_fixed",
                name="promotionkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "trigger",
            sa.Enum(
                "automatic",
                "coupon",
                "catalogue",
                name="trigger",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("percent", sa.Numeric(precision=7, scale=4), nullable=True),
        sa.Column("amounts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("buy", sa.BigInteger(), nullable=True),
        sa.Column("get", sa.BigInteger(), nullable=True),
        sa.Column("max_quantity", sa.BigInteger(), nullable=True),
        sa.Column("tiers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("gift_variant_id", sa.Uuid(), nullable=True),
        sa.Column("gift_quantity", sa.BigInteger(), nullable=False),
        sa.Column("product_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("category_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("variant_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("channel_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("customer_group_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("first_order", sa.Boolean(), nullable=False),
        sa.Column("weekdays", postgresql.ARRAY(sa.SmallInteger()), nullable=False),
        sa.Column("time_from", sa.Time(), nullable=True),
        sa.Column("time_to", sa.Time(), nullable=True),
        sa.Column("min_subtotals", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("min_quantity", sa.BigInteger(), nullable=False),
        sa.Column("max_discounts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("priority", sa.BigInteger(), nullable=False),
        sa.Column("exclusive", sa.Boolean(), nullable=False),
        sa.Column("stack_group", sa.String(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("usage_limit", sa.BigInteger(), nullable=True),
        sa.Column("usage_limit_per_customer", sa.BigInteger(), nullable=True),
        sa.Column("uses", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("buy > 0 AND get > 0", name=op.f("ck_promotions_sets")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_promotions_ends_after_start")),
        sa.CheckConstraint("gift_quantity > 0", name=op.f("ck_promotions_gift_quantity")),
        sa.CheckConstraint("max_quantity > 0", name=op.f("ck_promotions_max_quantity")),
        sa.CheckConstraint("min_quantity >= 0", name=op.f("ck_promotions_min_quantity")),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_promotions_percent")),
        sa.CheckConstraint("usage_limit >= 0", name=op.f("ck_promotions_usage_limit")),
        sa.CheckConstraint(
            "usage_limit_per_customer > 0", name=op.f("ck_promotions_usage_limit_per_customer")
        ),
        sa.CheckConstraint("uses >= 0 AND uses <= usage_limit", name=op.f("ck_promotions_uses")),
        sa.CheckConstraint("version > 0", name=op.f("ck_promotions_version")),
        sa.ForeignKeyConstraint(
            ["gift_variant_id"],
            ["variants.id"],
            name=op.f("fk_promotions_gift_variant_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promotions")),
    )
    op.create_index(
        "ix_promotions_automatic",
        "promotions",
        ["id"],
        unique=False,
        postgresql_where=sa.text("active AND trigger = 'automatic'"),
    )
    op.create_index(
        "ix_promotions_sales",
        "promotions",
        ["id"],
        unique=False,
        postgresql_where=sa.text("trigger = 'catalogue'"),
    )
    op.create_table(
        "coupons",
        sa.Column("promotion_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("usage_limit", sa.BigInteger(), nullable=True),
        sa.Column("uses", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "code = upper(code) AND char_length(code) BETWEEN 1 AND 64",
            name=op.f("ck_coupons_code"),
        ),
        sa.CheckConstraint("usage_limit > 0", name=op.f("ck_coupons_usage_limit")),
        sa.CheckConstraint("uses >= 0 AND uses <= usage_limit", name=op.f("ck_coupons_uses")),
        sa.ForeignKeyConstraint(
            ["promotion_id"],
            ["promotions.id"],
            name=op.f("fk_coupons_promotion_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coupons")),
        sa.UniqueConstraint("code", name=op.f("uq_coupons_code")),
    )
    op.create_index(
        op.f("ix_coupons_promotion_id_id"), "coupons", ["promotion_id", "id"], unique=False
    )
    op.create_table(
        "price_list_prices",
        sa.Column("price_list_id", sa.Uuid(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("min_quantity", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "amount BETWEEN 0 AND 1000000000000", name=op.f("ck_price_list_prices_amount")
        ),
        sa.CheckConstraint(
            "min_quantity BETWEEN 1 AND 9999", name=op.f("ck_price_list_prices_min_quantity")
        ),
        sa.ForeignKeyConstraint(
            ["price_list_id"],
            ["price_lists.id"],
            name=op.f("fk_price_list_prices_price_list_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"],
            ["variants.id"],
            name=op.f("fk_price_list_prices_variant_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "price_list_id", "variant_id", "min_quantity", name=op.f("pk_price_list_prices")
        ),
    )
    op.create_index(
        op.f("ix_price_list_prices_variant_id"), "price_list_prices", ["variant_id"], unique=False
    )
    op.create_table(
        "price_periods",
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("compare_at", sa.BigInteger(), nullable=True),
        sa.Column("price_list_id", sa.Uuid(), nullable=True),
        sa.Column("promotion_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "amount BETWEEN 0 AND 1000000000000", name=op.f("ck_price_periods_amount")
        ),
        sa.CheckConstraint("compare_at > amount", name=op.f("ck_price_periods_compare_at")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_price_periods_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["price_list_id"],
            ["price_lists.id"],
            name=op.f("fk_price_periods_price_list_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["promotion_id"],
            ["promotions.id"],
            name=op.f("fk_price_periods_promotion_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"],
            ["variants.id"],
            name=op.f("fk_price_periods_variant_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "variant_id", "currency", "starts_at", name=op.f("pk_price_periods")
        ),
    )
    op.create_index(op.f("ix_price_periods_ends_at"), "price_periods", ["ends_at"], unique=False)
    op.create_index(
        op.f("ix_price_periods_starts_at"), "price_periods", ["starts_at"], unique=False
    )
    op.create_table(
        "promotion_customers",
        sa.Column("promotion_id", sa.Uuid(), nullable=False),
        sa.Column("customer", sa.String(), nullable=False),
        sa.Column("uses", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("uses >= 0", name=op.f("ck_promotion_customers_uses")),
        sa.ForeignKeyConstraint(
            ["promotion_id"],
            ["promotions.id"],
            name=op.f("fk_promotion_customers_promotion_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("promotion_id", "customer", name=op.f("pk_promotion_customers")),
    )
    op.create_table(
        "shipping_tiers",
        sa.Column("shipping_option_id", sa.Uuid(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("threshold", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "amount BETWEEN 0 AND 1000000000000", name=op.f("ck_shipping_tiers_amount")
        ),
        sa.CheckConstraint(
            "threshold BETWEEN 0 AND 1000000000000", name=op.f("ck_shipping_tiers_threshold")
        ),
        sa.ForeignKeyConstraint(
            ["shipping_option_id"],
            ["shipping_options.id"],
            name=op.f("fk_shipping_tiers_shipping_option_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "shipping_option_id", "currency", "threshold", name=op.f("pk_shipping_tiers")
        ),
    )
    op.create_table(
        "cart_coupons",
        sa.Column("cart_id", sa.String(), nullable=False),
        sa.Column("coupon_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["cart_id"], ["carts.id"], name=op.f("fk_cart_coupons_cart_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["coupon_id"],
            ["coupons.id"],
            name=op.f("fk_cart_coupons_coupon_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("cart_id", "coupon_id", name=op.f("pk_cart_coupons")),
    )
    op.create_index(op.f("ix_cart_coupons_coupon_id"), "cart_coupons", ["coupon_id"], unique=False)
    op.create_table(
        "promotion_uses",
        sa.Column("promotion_id", sa.Uuid(), nullable=False),
        sa.Column("coupon_id", sa.Uuid(), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("customers", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["coupon_id"],
            ["coupons.id"],
            name=op.f("fk_promotion_uses_coupon_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["promotion_id"],
            ["promotions.id"],
            name=op.f("fk_promotion_uses_promotion_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promotion_uses")),
    )
    op.create_index(
        op.f("ix_promotion_uses_coupon_id"), "promotion_uses", ["coupon_id"], unique=False
    )
    op.create_index(
        op.f("ix_promotion_uses_promotion_id"), "promotion_uses", ["promotion_id"], unique=False
    )
    op.create_index(
        op.f("ix_promotion_uses_source_id"), "promotion_uses", ["source_id"], unique=False
    )
    op.create_index(op.f("ix_variants_tax_class"), "variants", ["tax_class"], unique=False)
