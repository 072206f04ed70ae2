"""Invoices, as staff see and issue them."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from trastienda.controllers.invoices import issue as invoices
from trastienda.database.db import reading
from trastienda.database.models.invoices.invoice import InvoiceKind
from trastienda.handlers.invoices.files import PDF, XML, sent
from trastienda.handlers.shared.context import RequestContext
from trastienda.handlers.shared.lists import Cursor, Limit, next_link
from trastienda.schemas.invoices.invoice import (
    CancellationDraft,
    InvoicePage,
    InvoicesWanted,
    InvoiceView,
)
from trastienda.services.invoices import invoices as invoices_on_record

Number = Annotated[str | None, QueryParameter(max_length=60)]


@get()
async def list_invoices(  # noqa: PLR0913 - each is a parameter of the address
    request: Request[Any, Any, Any],
    *,
    limit: Limit = 24,
    cursor: Cursor = None,
    kind: FromQuery[InvoiceKind | None] = None,
    number: Number = None,
    order_id: FromQuery[UUID | None] = None,
) -> Response[InvoicePage]:
    """List invoices and credit notes, the newest first."""
    wanted = InvoicesWanted(limit=limit, cursor=cursor, kind=kind, number=number, order_id=order_id)
    async with reading() as session:
        page = await invoices_on_record.page(session, wanted)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@get()
async def get_invoice(invoice_id: FromPath[UUID]) -> InvoiceView:
    """Read what there is to know of an invoice beside its files."""
    async with reading() as session:
        return await invoices_on_record.by_id(session, invoice_id)


@get(media_type=PDF)
async def get_invoice_pdf(
    request: Request[Any, Any, Any], invoice_id: FromPath[UUID]
) -> Response[bytes]:
    """Fetch an invoice as PDF (PDF/A-3b, with its XML inside: Factur-X)."""
    async with reading() as session:
        return sent(await invoices_on_record.pdf(session, invoice_id), PDF, request)


@get(media_type=XML)
async def get_invoice_xml(
    request: Request[Any, Any, Any], invoice_id: FromPath[UUID]
) -> Response[bytes]:
    """Fetch an invoice as XML (EN 16931, in the syntax of UN/CEFACT)."""
    async with reading() as session:
        return sent(await invoices_on_record.xml(session, invoice_id), XML, request)


@post(
    status_code=201,
    responses={200: ResponseSpec(InvoiceView, generate_examples=False)},
)
async def issue_invoice(context: RequestContext, order_id: FromPath[UUID]) -> Response[InvoiceView]:
    """Issue the invoice of an order. Where it has one already, that one is answered, with 200.

    Its files are written a moment later: until then they answer 503.
    """
    issued = await invoices.issue(order_id, context)
    return Response(issued.invoice, status_code=200 if issued.again else 201)


@post(status_code=200)
async def cancel_invoice(
    context: RequestContext, invoice_id: FromPath[UUID], data: JSONBody[CancellationDraft]
) -> InvoiceView:
    """Say that an invoice was issued in error; its number stays taken.

    What was delivered is corrected by a credit note instead.
    """
    return await invoices.cancel(invoice_id, data, context)
