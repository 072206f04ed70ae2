"""Why an import was cancelled: somebody asked for it, or whoever started it lost the right to it."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    op.add_column("product_imports", sa.Column("cancel_reason", sa.String(32)))
    op.create_check_constraint(
        op.f("ck_product_imports_importcancelreason"),
        "product_imports",
        "cancel_reason IN ('requested', 'not_allowed')",
    )


def downgrade() -> None:
    op.drop_column("product_imports", "cancel_reason")
