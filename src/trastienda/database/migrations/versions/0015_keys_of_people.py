"""A key may belong to a staff user, and is revoked when they leave."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("api_keys", sa.Column("user_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_api_keys_user_id"), "api_keys", "users", ["user_id"], ["id"], ondelete="SET NULL"
    )
    op.create_index(op.f("ix_api_keys_user_id"), "api_keys", ["user_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_api_keys_user_id"), "api_keys")
    op.drop_constraint(op.f("fk_api_keys_user_id"), "api_keys", type_="foreignkey")
    op.drop_column("api_keys", "user_id")
