"""Exchange rates, outside quotes, and other parts of prices."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _coupons()
    _quotes()


def downgrade() -> None:
    _quotes_as_before()
    _coupons_as_before()


def _coupons() -> None:
    version = sa.Column("version", sa.BigInteger(), nullable=False, server_default="1")
    op.add_column("coupons", version)
    op.alter_column("coupons", "version", server_default=None)
    op.create_check_constraint(op.f("ck_coupons_version"), "coupons", "version > 0")


def _coupons_as_before() -> None:
    op.drop_column("coupons", "version")


def _quotes() -> None:
    for table in ("carts", "orders"):
        check = sa.Column("vat_check", postgresql.JSONB(astext_type=sa.Text()), nullable=True)
        op.add_column(table, check)


def _quotes_as_before() -> None:
    for table in ("orders", "carts"):
        op.drop_column(table, "vat_check")
