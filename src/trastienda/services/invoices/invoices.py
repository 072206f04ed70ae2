"""Invoices and credit notes on record: listed and read."""

from functools import cache
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

import msgspec
from msgspec import UNSET

from trastienda.database.db import Prepared, Reading, prepared
from trastienda.database.models.invoices.invoice import (
    InvoiceKind,
    InvoiceNotFound,
    InvoiceNotReady,
)
from trastienda.schemas.invoices.document import Document, TaxCategory
from trastienda.schemas.invoices.invoice import (
    InvoicePage,
    InvoicesWanted,
    InvoiceTold,
    InvoiceView,
)
from trastienda.services.shared import cursors

_VIEW_SQL = """
    'id', invoices.id, 'kind', invoices.kind, 'number', invoices.number,
    'order_id', invoices.order_id, 'order_number', invoices.document -> 'order_number',
    'currency', invoices.currency, 'net', invoices.document #> '{sums,net}',
    'tax', invoices.document #> '{sums,tax}', 'total', invoices.total,
    'issued_at', invoices.issued_at, 'issued_on', invoices.issued_on,
    'corrects', invoices.corrects_id, 'cancelled_at', invoice_cancellations.cancelled_at,
    'pdf_sha256', encode(invoice_files.pdf_sha256, 'hex'),
    'xml_sha256', encode(invoice_files.xml_sha256, 'hex')
"""
_FROM_SQL = """
    FROM invoices
    LEFT JOIN invoice_files ON invoice_files.invoice_id = invoices.id
    LEFT JOIN invoice_cancellations ON invoice_cancellations.invoice_id = invoices.id
"""
_FILTERS = {
    "kind": "invoices.kind = %(kind)s",
    "number": "invoices.number = %(number)s",
    "order_id": "invoices.order_id = %(order_id)s",
}
_BY_ID = prepared(f"""
    SELECT json_build_object({_VIEW_SQL})::text {_FROM_SQL} WHERE invoices.id = %(invoice)s
""")
_TOLD = prepared(f"""
    SELECT json_build_object({_VIEW_SQL}, 'email', orders.email,
        'locale', invoices.document -> 'locale')::text
    {_FROM_SQL} JOIN orders ON orders.id = invoices.order_id WHERE invoices.id = %(invoice)s
""")
_OF_ORDER = prepared(f"""
    SELECT coalesce(json_agg(json_build_object({_VIEW_SQL}) ORDER BY invoices.id), '[]')::text
    {_FROM_SQL} WHERE invoices.order_id = %(order)s
""")
_DOCUMENT = prepared("SELECT document::text FROM invoices WHERE id = %(invoice)s")
_FILE = prepared("""
    SELECT invoices.number, invoice_files.pdf, invoice_files.pdf_sha256, invoice_files.xml,
        invoice_files.xml_sha256, invoices.order_id
    FROM invoices LEFT JOIN invoice_files ON invoice_files.invoice_id = invoices.id
    WHERE invoices.id = %(invoice)s
""")
_OPEN = prepared(f"""
    SELECT id FROM invoices WHERE order_id = %(order)s AND kind = '{InvoiceKind.INVOICE}'
        AND %(vouchers)s = (
            coalesce(document #>> '{{taxes,0,category}}', '') = '{TaxCategory.OUTSIDE}')
        AND NOT EXISTS (SELECT FROM invoice_cancellations WHERE invoice_id = invoices.id)
        AND NOT EXISTS (SELECT FROM invoices AS newer WHERE newer.replaces_id = invoices.id)
""")
_CREDIT_NOTES = prepared("""
    SELECT coalesce(json_agg(document ORDER BY id), '[]')::text FROM invoices
    WHERE corrects_id = %(invoice)s
        AND NOT EXISTS (SELECT FROM invoice_cancellations WHERE invoice_id = invoices.id)
""")
_CORRECTED = prepared(f"""
    SELECT EXISTS (SELECT FROM invoices
        WHERE order_id = %(order)s AND kind = '{InvoiceKind.CREDIT_NOTE}')
""")
_OF_SOURCE = prepared("SELECT id FROM invoices WHERE source_id = %(source)s")
V = TypeVar("V", bound=InvoiceView)
_CREDITED = prepared("""
    SELECT coalesce(sum(total), 0)::bigint FROM invoices WHERE corrects_id = %(invoice)s
        AND NOT EXISTS (SELECT FROM invoice_cancellations WHERE invoice_id = invoices.id)
""")
_views = msgspec.json.Decoder(InvoiceView)
_lists = msgspec.json.Decoder(list[InvoiceView])
_told = msgspec.json.Decoder(InvoiceTold)
_documents = msgspec.json.Decoder(Document)
_document_lists = msgspec.json.Decoder(list[Document])


class StoredFile(NamedTuple):
    """A file of an invoice, as it was written."""

    name: str
    """What it is called when it is saved."""
    content: bytes
    sha256: bytes


async def page(session: Reading, wanted: InvoicesWanted) -> InvoicePage:
    """Return a page of invoices, the newest first. Raise CursorUnusable."""
    values: dict[str, Any] = {name: getattr(wanted, name) for name in _FILTERS}
    used = tuple(name for name, value in values.items() if value is not None)
    shape = ["invoices", *(f"{name}={values[name]}" for name in used)]
    values |= {"limit": wanted.limit}
    if wanted.cursor is not None:
        _, values["before"] = cursors.read(wanted.cursor, shape, str)
    statement = _statement(used, after=wanted.cursor is not None)
    items = _lists.decode(await statement.document(session, **values) or b"[]")
    more, items = len(items) > wanted.limit, [_shown(it) for it in items[: wanted.limit]]
    return InvoicePage(items, cursors.after(shape, "", items[-1].id) if more else None)


@cache
def _statement(filters: tuple[str, ...], *, after: bool) -> Prepared:
    conditions = ["true", *(_FILTERS[name] for name in filters)]
    if after:
        conditions.append("invoices.id < %(before)s")
    return Prepared(f"""
        SELECT coalesce(json_agg(json_build_object({_VIEW_SQL}) ORDER BY invoices.id DESC),
            '[]')::text
        FROM (SELECT * FROM invoices WHERE {" AND ".join(conditions)}
            ORDER BY invoices.id DESC LIMIT %(limit)s + 1) AS invoices
        LEFT JOIN invoice_files ON invoice_files.invoice_id = invoices.id
        LEFT JOIN invoice_cancellations ON invoice_cancellations.invoice_id = invoices.id
    """)


async def by_id(session: Reading, invoice_id: UUID) -> InvoiceView:
    """Return an invoice. Raise InvoiceNotFound."""
    document = await _BY_ID.document(session, invoice=invoice_id)
    if document is None:
        raise InvoiceNotFound
    return _shown(_views.decode(document))


async def of_order(session: Reading, order_id: UUID) -> list[InvoiceView]:
    """List the invoices and credit notes of an order, the oldest first."""
    found = await _OF_ORDER.document(session, order=order_id)
    return [_shown(it) for it in _lists.decode(found or b"[]")]


async def open_of_order(session: Reading, order_id: UUID, *, vouchers: bool = False) -> UUID | None:
    """Return the invoice of an order that was not cancelled, nor replaced by a newer one.

    With `vouchers`, that of its gift cards.
    """
    row = await _OPEN.row(session, order=order_id, vouchers=vouchers)
    return row[0] if row else None


async def of_source(session: Reading, source_id: UUID) -> UUID | None:
    """Return the credit note that was written about a refund, say."""
    row = await _OF_SOURCE.row(session, source=source_id)
    return row[0] if row else None


async def credited(session: Reading, invoice_id: UUID) -> int:
    """Return what credit notes give back of an invoice so far."""
    row = await _CREDITED.row(session, invoice=invoice_id)
    return int(row[0]) if row else 0


async def credit_notes(session: Reading, invoice_id: UUID) -> list[Document]:
    """Return what the credit notes about an invoice say, the oldest first."""
    found = await _CREDIT_NOTES.document(session, invoice=invoice_id)
    return _document_lists.decode(found or b"[]")


async def corrected(session: Reading, order_id: UUID) -> bool:
    """Say whether an order has credit notes."""
    row = await _CORRECTED.row(session, order=order_id)
    return bool(row and row[0])


async def told(session: Reading, invoice_id: UUID) -> InvoiceTold:
    """Return what events tell of an invoice. Raise InvoiceNotFound."""
    document = await _TOLD.document(session, invoice=invoice_id)
    if document is None:
        raise InvoiceNotFound
    return _shown(_told.decode(document))


async def document(session: Reading, invoice_id: UUID) -> Document:
    """Return what an invoice says. Raise InvoiceNotFound."""
    found = await _DOCUMENT.document(session, invoice=invoice_id)
    if found is None:
        raise InvoiceNotFound
    return _documents.decode(found)


async def pdf(session: Reading, invoice_id: UUID, order_id: UUID | None = None) -> StoredFile:
    """Return the PDF of an invoice, of that order if one is named.

    Raise InvoiceNotFound, or InvoiceNotReady while it is being written.
    """
    number, content, digest, _, _ = await _file(session, invoice_id, order_id)
    return StoredFile(f"{number}.pdf", content, digest)


async def xml(session: Reading, invoice_id: UUID, order_id: UUID | None = None) -> StoredFile:
    """Return the XML of an invoice, as `pdf` does. Raise InvoiceNotFound where there is none."""
    number, _, _, content, digest = await _file(session, invoice_id, order_id)
    if content is None:
        raise InvoiceNotFound
    return StoredFile(f"{number}.xml", content, digest)


async def _file(session: Reading, invoice_id: UUID, order_id: UUID | None) -> tuple[Any, ...]:
    row = await _FILE.row(session, invoice=invoice_id)
    if row is None or order_id not in {None, row[5]}:
        raise InvoiceNotFound
    if row[1] is None:
        raise InvoiceNotReady(retry_after=1)
    return (row[0].replace("/", "-"), *row[1:5])


def _shown(view: V) -> V:
    """Leave out what there is none of."""
    view.corrects, view.cancelled_at = view.corrects or UNSET, view.cancelled_at or UNSET
    view.pdf_sha256, view.xml_sha256 = view.pdf_sha256 or UNSET, view.xml_sha256 or UNSET
    return view
