"""Writing the ledger: bookings go in with the use-case that moves the money, or not at all."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from psycopg.types.json import Jsonb
from uuid_utils.compat import uuid7

from trastienda.database.db import Session, prepared
from trastienda.schemas.ledger.booking import Booking

_HEADER_COLUMNS = "id uuid, kind text, key text"
_ENTRY_COLUMNS = """
    transaction_id uuid, account text, amount bigint, provider text, country text, rate numeric,
    line_id uuid, credit_account_id uuid
"""
_ENTRY_NAMES = ", ".join(column.split()[0] for column in _ENTRY_COLUMNS.split(","))


def writing(source: str) -> str:
    """Return parts of a WITH that write `values`; `source` is a row of the WITH, or nothing.

    With a source, nothing is written where it has no row.
    """
    return f"""booked AS (
        INSERT INTO ledger_transactions (id, kind, key, order_id, at)
        SELECT header.id, header.kind, header.key, %(booked_order)s::uuid, %(booked_at)s
        FROM {source} jsonb_to_recordset(%(booked_headers)s) AS header ({_HEADER_COLUMNS})
    ), entered AS (
        INSERT INTO ledger_entries ({_ENTRY_NAMES}, currency)
        SELECT entry.*, %(booked_currency)s
        FROM {source} jsonb_to_recordset(%(booked_entries)s) AS entry ({_ENTRY_COLUMNS})
    )"""


_WRITE = prepared(f"WITH {writing('')} SELECT 1")


def values(
    bookings: Iterable[Booking], order_id: UUID | None, currency: str, now: datetime
) -> dict[str, object]:
    """Give the values of a statement that has `writing` in it. A booking of nothing is left out."""
    headers, entries = [], []
    for booking in bookings:
        if not booking.entries:
            continue
        id_ = uuid7()
        headers.append({"id": id_, "kind": booking.kind, "key": booking.key})
        entries += [{"transaction_id": id_, **entry._asdict()} for entry in booking.entries]
    return {
        "booked_order": order_id,
        "booked_currency": currency,
        "booked_at": now,
        "booked_headers": Jsonb(headers),
        "booked_entries": Jsonb(entries),
    }


async def write(
    session: Session,
    bookings: Iterable[Booking],
    order_id: UUID | None,
    currency: str,
    now: datetime,
) -> None:
    """Write bookings, in the transaction of what they tell. One statement.

    The database refuses, at the commit, entries that do not add up to zero.
    """
    await _WRITE(session, **values(bookings, order_id, currency, now))
