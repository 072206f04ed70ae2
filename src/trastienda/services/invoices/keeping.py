"""The files of an invoice, kept once: whoever is second finds them there."""

from datetime import datetime
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from trastienda.database.db import Reading, Session, prepared

_KEEP = prepared("""
    INSERT INTO invoice_files (invoice_id, pdf, pdf_sha256, xml, xml_sha256, made_at)
    VALUES (%(invoice)s, %(pdf)s, %(pdf_sha256)s, %(xml)s, %(xml_sha256)s, %(now)s)
    ON CONFLICT (invoice_id) DO NOTHING
""")
_KEPT = prepared("SELECT 1 FROM invoice_files WHERE invoice_id = %(invoice)s")


class Files(NamedTuple):
    """The bytes of an invoice."""

    pdf: bytes
    xml: bytes | None
    """None in a currency that EN 16931 has too few decimals for."""

    @property
    def pdf_sha256(self) -> bytes:
        return sha256(self.pdf).digest()

    @property
    def xml_sha256(self) -> bytes | None:
        return None if self.xml is None else sha256(self.xml).digest()


async def keep(session: Session, invoice_id: UUID, files: Files, now: datetime) -> bool:
    """Keep the files of an invoice; say whether there were none."""
    return bool(
        await _KEEP(
            session,
            invoice=invoice_id,
            pdf=files.pdf,
            pdf_sha256=files.pdf_sha256,
            xml=files.xml,
            xml_sha256=files.xml_sha256,
            now=now,
        )
    )


async def kept(session: Reading, invoice_id: UUID) -> bool:
    """Say whether the files of an invoice are there."""
    return await _KEPT.row(session, invoice=invoice_id) is not None
