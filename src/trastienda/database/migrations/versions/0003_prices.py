"""Exchange rates, outside quotes and what else decides a price."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
