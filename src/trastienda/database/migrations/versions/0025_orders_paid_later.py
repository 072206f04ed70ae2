"""Orders that are paid after they were placed: one payment of each is under way at a time."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0022"
# In older code a payment has its order only when it has ended: no two rows of it ever collide here.
widened = ("uq_payment_attempts_of_order on payment_attempts",)


def upgrade() -> None:
    op.create_index(
        "uq_payment_attempts_of_order",
        "payment_attempts",
        ["order_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('pending', 'processing', 'requires_action')"),
    )


def downgrade() -> None:
    op.drop_index("uq_payment_attempts_of_order", "payment_attempts")
