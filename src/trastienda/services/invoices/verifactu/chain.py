"""The chain of an issuer's records, one after the other: its end is locked until the commit."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb
from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.invoices.record import RecordKind
from trastienda.schemas.invoices.record import CancelledFields, IssuedFields, RecordView
from trastienda.services.invoices.verifactu import records as verifactu
from trastienda.services.jobs import queue as job_queue
from trastienda.services.jobs.queue import Job

TASK = "invoice_records"
Fields = IssuedFields | CancelledFields
_BEGIN = prepared("""
    INSERT INTO invoice_chains (issuer, last, last_hash, last_at)
    VALUES (%(issuer)s, 0, '', %(now)s) ON CONFLICT (issuer) DO NOTHING
""")
_LOCK = prepared("""
    SELECT last, last_hash, greatest(last_at, %(now)s::timestamptz) FROM invoice_chains
    WHERE issuer = %(issuer)s FOR UPDATE
""")
_APPEND = prepared("""
    WITH record AS (
        INSERT INTO invoice_records
            (id, issuer, sequence, kind, invoice_id, fields, hash, recorded_at)
        VALUES (%(id)s, %(issuer)s, %(sequence)s, %(kind)s, %(invoice)s, %(fields)s, %(hash)s,
            %(at)s)
    )
    UPDATE invoice_chains SET last = %(sequence)s, last_hash = %(hash)s, last_at = %(at)s
    WHERE issuer = %(issuer)s
""")
_READ = prepared("""
    SELECT json_build_object('id', id, 'issuer', issuer, 'sequence', sequence, 'kind', kind,
        'fields', fields, 'hash', hash, 'recorded_at', recorded_at)::text
    FROM invoice_records WHERE id = %(id)s
""")
_ISSUER = prepared(f"""
    SELECT issuer FROM invoice_records
    WHERE invoice_id = %(invoice)s AND kind = '{RecordKind.ISSUED}'
""")
_records = msgspec.json.Decoder(RecordView)


async def append(
    session: Session,
    issuer: str,
    invoice_id: UUID,
    make: Callable[[str, datetime], Fields],
    now: datetime,
) -> None:
    """Put a record at the end of an issuer's chain, and queue the job that hands it over.

    `make` gets the hash of the record before and the time, and says what the record says.
    """
    await _BEGIN(session, issuer=issuer, now=now)
    row = await _LOCK.row(session, issuer=issuer, now=now)
    if row is None:
        raise RuntimeError(issuer)  # never: nobody deletes chains
    last, previous, at = row
    fields = make(previous, at.astimezone(now.tzinfo))
    if isinstance(fields, IssuedFields):
        kind, digest = RecordKind.ISSUED, verifactu.hash_of_issued(fields)
    else:
        kind, digest = RecordKind.CANCELLED, verifactu.hash_of_cancelled(fields)
    record_id = uuid7()
    await _APPEND(
        session,
        id=record_id,
        issuer=issuer,
        sequence=last + 1,
        kind=kind.value,
        invoice=invoice_id,
        fields=Jsonb(fields),
        hash=digest,
        at=at,
    )
    await job_queue.defer(session, [Job(TASK, record_id, lock=f"{TASK} {issuer}")])


async def issuer_of(session: Reading, invoice_id: UUID) -> str | None:
    """Return in whose chain an invoice is; None of one in no chain."""
    row = await _ISSUER.row(session, invoice=invoice_id)
    return row[0] if row else None


async def by_id(session: Reading, record_id: UUID) -> RecordView | None:
    document = await _READ.document(session, id=record_id)
    return None if document is None else _records.decode(document)
