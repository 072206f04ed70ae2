"""Temporary events are found by age, and the process that sends a mail has a lease on it.

Addresses of orders and carts are also stored normalised, as they are compared.
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_index(
        "ix_events_passing",
        "events",
        ["relayed_at"],
        postgresql_where=sa.text("aggregate IN ('cart', 'letter', 'payment')"),
    )
    op.add_column(
        "letters_sent", sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True)
    )
    for table in ("orders", "carts"):
        op.add_column(table, sa.Column("email_key", sa.String(), nullable=True))
    op.drop_index("ix_orders_email", "orders")
    op.create_index(op.f("ix_orders_email_key"), "orders", ["email_key"])
    for table in ("orders", "carts"):
        _spell(table)
    op.alter_column("orders", "email_key", nullable=False)


def _spell(table: str) -> None:
    """Normalise the existing addresses as `services.accounts.users.normalised` does."""
    connection = op.get_bind()
    connection.execute(
        sa.text(rf"UPDATE {table} SET email_key = lower(email) WHERE email !~ '[^\x01-\x7f]'")  # noqa: S608
    )
    rest = sa.text(f"SELECT DISTINCT email FROM {table} WHERE email_key IS NULL AND email <> ''")  # noqa: S608
    for (email,) in connection.execute(rest).all():
        key = unicodedata.normalize("NFC", email.strip().lower())
        statement = sa.text(f"UPDATE {table} SET email_key = :key WHERE email = :email")  # noqa: S608
        connection.execute(statement, {"key": key, "email": email})


def downgrade() -> None:
    op.drop_index(op.f("ix_orders_email_key"), "orders")
    op.create_index("ix_orders_email", "orders", [sa.text("lower(email)")])
    op.drop_column("carts", "email_key")
    op.drop_column("orders", "email_key")
    op.drop_column("letters_sent", "leased_until")
    op.drop_index("ix_events_passing", "events")
