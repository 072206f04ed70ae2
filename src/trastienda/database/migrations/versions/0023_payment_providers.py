"""Payment providers are rows with encrypted credentials; refunds are read back when told of."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    texts = postgresql.ARRAY(sa.Text())
    op.create_table(
        "payment_providers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "live",
                "test",
                name="providermode",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("credentials", sa.LargeBinary(), nullable=False),
        sa.Column("hints", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("options", postgresql.JSONB(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("channels", texts, nullable=False),
        sa.Column("countries", texts, nullable=False),
        sa.Column("currencies", texts, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_payment_providers_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_providers")),
        sa.UniqueConstraint("name", name=op.f("uq_payment_providers_name")),
    )
    op.add_column("payment_attempts", sa.Column("provider_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_payment_attempts_provider_id"),
        "payment_attempts",
        "payment_providers",
        ["provider_id"],
        ["id"],
    )
    op.add_column("payment_notices", sa.Column("refund", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("payment_notices", "refund")
    op.drop_constraint("fk_payment_attempts_provider_id", "payment_attempts")
    op.drop_column("payment_attempts", "provider_id")
    op.drop_table("payment_providers")
