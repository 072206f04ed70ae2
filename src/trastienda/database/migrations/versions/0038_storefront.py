"""What staff change of the storefront, its legal pages, and what lists are narrowed by."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0038"
down_revision = "0037"

COLOURS = ("brand_colour", "dark_brand_colour", "accent_colour")
FILTERS = """
    UPDATE cards SET filters = found.filters
    FROM (
        SELECT product_id, locale, array_agg(DISTINCT filter) AS filters
        FROM (
            SELECT variants.product_id, texts.locale, given.key AS name,
                given.key || '=' || given.value AS filter
            FROM variants JOIN variant_texts AS texts ON texts.variant_id = variants.id,
                jsonb_each_text(texts.options) AS given
            UNION ALL
            SELECT products.id, texts.locale, given.key, given.key || '=' || given.value
            FROM products JOIN product_texts AS texts ON texts.product_id = products.id,
                jsonb_each_text(products.attributes -> texts.locale) AS given
        ) AS every
        WHERE strpos(name, '=') = 0 AND length(filter) <= 120
        GROUP BY product_id, locale
    ) AS found
    WHERE cards.product_id = found.product_id AND cards.locale = found.locale
"""
KINDS = ("terms", "privacy", "withdrawal", "shipping", "imprint")


def upgrade() -> None:
    op.create_table(
        "storefront_settings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("logo_id", sa.Uuid(), nullable=True),
        *(sa.Column(it, sa.String(), nullable=True) for it in COLOURS),
        sa.Column("texts", postgresql.JSONB(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_storefront_settings_version")),
        *(
            sa.CheckConstraint(
                f"{it} ~ '^#[0-9a-f]{{6}}$'", name=op.f(f"ck_storefront_settings_{it}")
            )
            for it in COLOURS
        ),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channels.id"], name=op.f("fk_storefront_settings_channel_id")
        ),
        sa.ForeignKeyConstraint(
            ["logo_id"], ["media.id"], name=op.f("fk_storefront_settings_logo_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_storefront_settings")),
        sa.UniqueConstraint("channel_id", name=op.f("uq_storefront_settings_channel_id")),
    )
    op.create_table(
        "legal_pages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="legalkind", native_enum=False, length=32, create_constraint=True),
            nullable=False,
        ),
        sa.Column("texts", postgresql.JSONB(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_legal_pages_version")),
        sa.CheckConstraint("texts <> '{}'", name=op.f("ck_legal_pages_texts")),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channels.id"], name=op.f("fk_legal_pages_channel_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_pages")),
        sa.UniqueConstraint("channel_id", "kind", name=op.f("uq_legal_pages_channel_id_kind")),
    )

    op.add_column("cards", sa.Column("filters", postgresql.ARRAY(sa.Text()), nullable=True))
    op.execute(sa.text(FILTERS))


def downgrade() -> None:
    op.drop_column("cards", "filters")
    op.drop_table("legal_pages")
    op.drop_table("storefront_settings")
