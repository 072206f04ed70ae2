"""Consents get an id, which events refer to; the sweep of events records its progress."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("mail_consents", sa.Column("id", sa.Uuid(), nullable=True))
    op.execute("UPDATE mail_consents SET id = gen_random_uuid()")
    op.alter_column("mail_consents", "id", nullable=False)
    op.drop_constraint(op.f("pk_mail_consents"), "mail_consents")
    op.create_primary_key(op.f("pk_mail_consents"), "mail_consents", ["id"])
    op.create_unique_constraint(op.f("uq_mail_consents_email"), "mail_consents", ["email"])
    op.add_column(
        "cart_reminders", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.create_table(
        "event_sweep",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("upto", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_event_sweep_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_sweep")),
    )
    op.drop_index(op.f("ix_events_relayed_at"), "events")
    op.create_index(
        op.f("ix_events_relayed_at"),
        "events",
        ["relayed_at", "position"],
        postgresql_where=sa.text("position IS NOT NULL"),
    )
    op.execute("INSERT INTO event_sweep (id, upto) VALUES (1, 0)")


def downgrade() -> None:
    raise NotImplementedError("events name consents by their id")
