"""Products from a file: the imports, and the rows of their files."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0041"
down_revision = "0040"

STATES = ("checking", "checked", "running", "finished", "cancelled")
OUTCOMES = ("new", "changed", "unchanged", "failed")


def upgrade() -> None:
    op.create_table(
        "product_imports",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("columns", postgresql.JSONB(), nullable=False),
        sa.Column("ignored_columns", postgresql.JSONB(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        *(
            sa.Column(name, sa.BigInteger(), nullable=False)
            for name in ("position", "new", "changed", "unchanged", "failed")
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("rows > 0", name=op.f("ck_product_imports_rows")),
        sa.CheckConstraint(
            "least(new, changed, unchanged, failed) >= 0"
            " AND new + changed + unchanged + failed <= rows",
            name=op.f("ck_product_imports_done"),
        ),
        sa.CheckConstraint("version > 0", name=op.f("ck_product_imports_version")),
        sa.CheckConstraint(_one_of("state", STATES), name=op.f("ck_product_imports_importstate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_imports")),
    )
    op.create_index(op.f("ix_product_imports_updated_at"), "product_imports", ["updated_at"])
    op.create_table(
        "product_import_rows",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("product", sa.BigInteger(), nullable=False),
        sa.Column("repeated", sa.Boolean(), nullable=False),
        sa.Column("cells", postgresql.JSONB(), nullable=False),
        sa.Column("outcome", sa.String(32), nullable=True),
        sa.Column("problems", postgresql.JSONB(), nullable=False),
        sa.CheckConstraint(
            _one_of("outcome", OUTCOMES), name=op.f("ck_product_import_rows_rowoutcome")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["product_imports.id"],
            name=op.f("fk_product_import_rows_import_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("import_id", "number", name=op.f("pk_product_import_rows")),
    )
    op.create_index(
        op.f("ix_product_import_rows_import_id_product_number"),
        "product_import_rows",
        ["import_id", "product", "number"],
    )


def downgrade() -> None:
    op.drop_table("product_import_rows")
    op.drop_table("product_imports")


def _one_of(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(map(repr, words))})"
