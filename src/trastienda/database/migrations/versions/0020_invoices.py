"""Invoices and credit notes: numbers without gaps, frozen documents and files, VERI*FACTU's chain."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"

FROZEN = ("invoices", "invoice_files", "invoice_cancellations", "invoice_records")


def upgrade() -> None:
    moments = sa.Enum(
        "placed",
        "paid",
        "fulfilled",
        "manual",
        name="invoicemoment",
        native_enum=False,
        create_constraint=True,
        length=32,
    )
    op.add_column(
        "channels",
        sa.Column("invoice_moment", moments, nullable=False, server_default="manual"),
    )
    op.create_table(
        "invoice_settings",
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", postgresql.JSONB(), nullable=False),
        sa.Column("vat_number", sa.String(), nullable=True),
        sa.Column("tax_number", sa.String(), nullable=True),
        sa.Column("registration", sa.String(), nullable=True),
        sa.Column("iban", sa.String(), nullable=True),
        sa.Column("invoice_series", sa.String(), nullable=False),
        sa.Column("credit_note_series", sa.String(), nullable=False),
        sa.Column(
            "locale",
            sa.Enum(
                "en", "es", name="locale", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column(
            "verifactu",
            sa.Enum(
                "disabled",
                "test",
                "enabled",
                name="verifactumode",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "vat_number IS NOT NULL OR tax_number IS NOT NULL",
            name=op.f("ck_invoice_settings_tax_number"),
        ),
        sa.CheckConstraint("version > 0", name=op.f("ck_invoice_settings_version")),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channels.id"], name=op.f("fk_invoice_settings_channel_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_settings")),
        sa.UniqueConstraint("channel_id", name=op.f("uq_invoice_settings_channel_id")),
    )
    op.create_table(
        "invoice_counters",
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("last > 0", name=op.f("ck_invoice_counters_last")),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channels.id"], name=op.f("fk_invoice_counters_channel_id")
        ),
        sa.PrimaryKeyConstraint("channel_id", "prefix", name=op.f("pk_invoice_counters")),
    )
    op.create_table(
        "invoices",
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "invoice",
                "credit_note",
                name="invoicekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("document", postgresql.JSONB(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'credit_note') = (corrects_id IS NOT NULL)", name=op.f("ck_invoices_corrects")
        ),
        sa.CheckConstraint("sequence > 0", name=op.f("ck_invoices_sequence")),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channels.id"], name=op.f("fk_invoices_channel_id")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["invoices.id"], name=op.f("fk_invoices_corrects_id")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_invoices_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoices")),
    )
    op.create_index(op.f("ix_invoices_corrects_id"), "invoices", ["corrects_id"], unique=False)
    op.create_index(op.f("ix_invoices_kind_id"), "invoices", ["kind", "id"], unique=False)
    op.create_index(op.f("ix_invoices_order_id"), "invoices", ["order_id"], unique=False)
    op.create_index("uq_invoices_number", "invoices", ["number", "channel_id"], unique=True)
    op.create_index(
        "uq_invoices_sequence", "invoices", ["channel_id", "prefix", "sequence"], unique=True
    )
    op.create_index("uq_invoices_source", "invoices", ["source_id"], unique=True)
    op.create_table(
        "invoice_files",
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("pdf_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("xml", sa.LargeBinary(), nullable=True),
        sa.Column("xml_sha256", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(xml IS NULL) = (xml_sha256 IS NULL)", name=op.f("ck_invoice_files_xml")
        ),
        sa.CheckConstraint("pdf_sha256 = sha256(pdf)", name=op.f("ck_invoice_files_pdf_sha256")),
        sa.CheckConstraint("xml_sha256 = sha256(xml)", name=op.f("ck_invoice_files_xml_sha256")),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoices.id"], name=op.f("fk_invoice_files_invoice_id")
        ),
        sa.PrimaryKeyConstraint("invoice_id", name=op.f("pk_invoice_files")),
    )
    op.create_table(
        "invoice_cancellations",
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoices.id"], name=op.f("fk_invoice_cancellations_invoice_id")
        ),
        sa.PrimaryKeyConstraint("invoice_id", name=op.f("pk_invoice_cancellations")),
    )
    op.create_table(
        "invoice_chains",
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("last_hash", sa.String(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("issuer", name=op.f("pk_invoice_chains")),
    )
    op.create_table(
        "invoice_records",
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "issued",
                "cancelled",
                name="recordkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("fields", postgresql.JSONB(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("hash ~ '^[0-9A-F]{64}$'", name=op.f("ck_invoice_records_hash")),
        sa.CheckConstraint("sequence > 0", name=op.f("ck_invoice_records_sequence")),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["invoices.id"], name=op.f("fk_invoice_records_invoice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_records")),
    )
    op.create_index(
        "uq_invoice_records_invoice", "invoice_records", ["invoice_id", "kind"], unique=True
    )
    op.create_index(
        "uq_invoice_records_sequence", "invoice_records", ["issuer", "sequence"], unique=True
    )
    op.execute("""
        CREATE FUNCTION invoices_are_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% of %: what has been issued stays as it is', TG_OP, TG_TABLE_NAME
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'invoices_are_frozen';
        END $$
    """)
    for table in FROZEN:
        op.execute(f"""
            CREATE TRIGGER invoices_are_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION invoices_are_frozen()
        """)


def downgrade() -> None:
    raise NotImplementedError("invoices are kept for as long as the law wants")
