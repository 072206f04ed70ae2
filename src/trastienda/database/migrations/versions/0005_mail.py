"""Mail: what was sent to whom, suppressed addresses, and the merchant's own wording."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("channels", sa.Column("notify_email", sa.String(), nullable=True))
    _log()
    _addresses()
    _wordings()


def downgrade() -> None:
    raise NotImplementedError("letters would be sent twice, and to who wants none")


def _log() -> None:
    op.create_table(
        "letters_sent",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "sent",
                "delayed",
                "refused",
                "bounced",
                "suppressed",
                name="letterstate",
                native_enum=False,
                length=32,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("resends", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("attempts >= 0 AND resends >= 0", name=op.f("ck_letters_sent_counts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters_sent")),
        sa.UniqueConstraint(
            "event_id",
            "letter",
            "recipient",
            name=op.f("uq_letters_sent_event_id_letter_recipient"),
        ),
        sa.UniqueConstraint("message_id", name=op.f("uq_letters_sent_message_id")),
    )
    for column in ("state", "recipient"):
        op.create_index(op.f(f"ix_letters_sent_{column}_id"), "letters_sent", [column, "id"])
    op.create_index(op.f("ix_letters_sent_created_at"), "letters_sent", ["created_at"])


def _addresses() -> None:
    op.create_table(
        "mail_suppressions",
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_suppressions")),
        sa.UniqueConstraint("email", name=op.f("uq_mail_suppressions_email")),
    )
    op.create_table(
        "mail_consents",
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("email", name=op.f("pk_mail_consents")),
    )


def _wordings() -> None:
    op.create_table(
        "letter_wordings",
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("texts", sa.dialects.postgresql.JSONB(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_letter_wordings_version")),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channels.id"], name=op.f("fk_letter_wordings_channel_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_wordings")),
        sa.UniqueConstraint(
            "channel_id",
            "letter",
            "locale",
            name=op.f("uq_letter_wordings_channel_id_letter_locale"),
        ),
    )
