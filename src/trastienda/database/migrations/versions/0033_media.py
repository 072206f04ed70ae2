"""Pictures that staff upload, and which products and variants show them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0033"
down_revision = "0032"
# Older code links pictures by their addresses, and leaves `media_id` null, which this allows.
widened = ("uq_product_media_media_id on product_media",)

STATES = ("processing", "ready", "failed")
FAILURES = ("unreadable", "too_many_pixels", "animated", "too_complex", "lost")
READY = (
    "(state = 'ready') = (num_nonnulls(url, thumbnail, width, height, sources) = 5)"
    " AND (state = 'ready') = (url IS NOT NULL)"
)
# Only pictures of the demonstration are there, each variant's thumbnail that of a product's picture.
PICTURES_OF_VARIANTS = """
    UPDATE variants SET picture_id = product_media.id FROM product_media
    WHERE product_media.product_id = variants.product_id
        AND product_media.thumbnail_url = variants.thumbnail
"""
PICTURES_OF_CARDS = """
    UPDATE cards SET document = left(document, -1) || ',"picture":' || (
        SELECT row_to_json(picture)::text FROM (
            SELECT product_media.id, url, coalesce(alt ->> cards.locale, '') AS alt, width, height,
                '[]'::jsonb AS sources
            FROM product_media WHERE product_media.product_id = cards.product_id
            ORDER BY position, product_media.id LIMIT 1) AS picture) || '}'
    WHERE EXISTS (SELECT FROM product_media WHERE product_media.product_id = cards.product_id)
"""


def upgrade() -> None:
    _media()
    for column in ("url", "thumbnail_url", "width", "height"):
        op.alter_column("product_media", column, nullable=True)
    op.add_column("product_media", sa.Column("media_id", sa.Uuid(), nullable=True))
    op.add_column(
        "product_media",
        sa.Column("sources", postgresql.JSONB(none_as_null=True), nullable=True),
    )
    op.create_foreign_key(
        op.f("fk_product_media_media_id"), "product_media", "media", ["media_id"], ["id"]
    )
    op.create_index(op.f("ix_product_media_media_id"), "product_media", ["media_id"])
    op.create_index(
        "uq_product_media_media_id", "product_media", ["product_id", "media_id"], unique=True
    )
    op.add_column("variants", sa.Column("picture_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_variants_picture_id"),
        "variants",
        "product_media",
        ["picture_id"],
        ["id"],
        ondelete="SET NULL",
    )
    op.create_index(op.f("ix_variants_picture_id"), "variants", ["picture_id"])
    op.execute(PICTURES_OF_VARIANTS)
    op.execute(PICTURES_OF_CARDS)


def downgrade() -> None:
    op.execute(
        "UPDATE cards SET document = (document::jsonb - 'picture')::text"
        " WHERE document::jsonb ? 'picture'"
    )
    op.drop_column("variants", "picture_id")
    op.execute("DELETE FROM product_media WHERE media_id IS NOT NULL")
    for column in ("media_id", "sources"):
        op.drop_column("product_media", column)
    for column in ("url", "thumbnail_url", "width", "height"):
        op.alter_column("product_media", column, nullable=False)
    for table in ("media_removals", "media"):
        op.drop_table(table)


def _media() -> None:
    op.create_table(
        "media",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("alt", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("failure", sa.String(32), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("thumbnail", sa.String(), nullable=True),
        sa.Column("width", sa.BigInteger(), nullable=True),
        sa.Column("height", sa.BigInteger(), nullable=True),
        sa.Column("sources", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("octet_length(sha256) = 32", name=op.f("ck_media_sha256")),
        sa.CheckConstraint("bytes > 0", name=op.f("ck_media_bytes")),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("ck_media_size")),
        sa.CheckConstraint("version > 0", name=op.f("ck_media_version")),
        sa.CheckConstraint(READY, name=op.f("ck_media_ready")),
        sa.CheckConstraint(
            "(state = 'failed') = (failure IS NOT NULL)", name=op.f("ck_media_failed")
        ),
        sa.CheckConstraint(_one_of("state", STATES), name=op.f("ck_media_mediastate")),
        sa.CheckConstraint(_one_of("failure", FAILURES), name=op.f("ck_media_mediafailure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media")),
    )
    op.create_index(
        "uq_media_sha256",
        "media",
        ["sha256"],
        unique=True,
        postgresql_where=sa.text("state <> 'failed'"),
    )
    op.create_index(op.f("ix_media_state_id"), "media", ["state", "id"])
    op.create_table(
        "media_removals",
        sa.Column("media_id", sa.Uuid(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("media_id", name=op.f("pk_media_removals")),
    )
    op.create_index(op.f("ix_media_removals_removed_at"), "media_removals", ["removed_at"])


def _one_of(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(map(repr, words))})"
