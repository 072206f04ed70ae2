"""Exchange rates, outside quotes and what else decides a price."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _coupons()


def downgrade() -> None:
    _coupons_as_before()


def _coupons() -> None:
    version = sa.Column("version", sa.BigInteger(), nullable=False, server_default="1")
    op.add_column("coupons", version)
    op.alter_column("coupons", "version", server_default=None)
    op.create_check_constraint(op.f("ck_coupons_version"), "coupons", "version > 0")


def _coupons_as_before() -> None:
    op.drop_column("coupons", "version")
