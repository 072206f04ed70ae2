"""A buyer's own invoices, opened as their order is."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get
from litestar.params import FromPath

from trastienda.database.db import reading
from trastienda.handlers.invoices.files import PDF, XML, sent
from trastienda.handlers.orders.orders import LinkToken, OrderToken
from trastienda.handlers.orders.readable import expect_readable
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.invoices.invoice import InvoiceList
from trastienda.services.invoices import invoices


@get()
async def list_invoices_of_order(
    visitor: Asking,
    order_id: FromPath[UUID],
    token: OrderToken = None,
    access_token: LinkToken = None,
) -> InvoiceList:
    """List the invoices and credit notes of an order that you may read."""
    async with reading() as session:
        await expect_readable(session, visitor, order_id, token or access_token)
        return InvoiceList(await invoices.of_order(session, order_id))


@get(media_type=PDF)
async def get_pdf_of_order(  # noqa: PLR0913 - each is a parameter of the address
    request: Request[Any, Any, Any],
    visitor: Asking,
    *,
    order_id: FromPath[UUID],
    invoice_id: FromPath[UUID],
    token: OrderToken = None,
    access_token: LinkToken = None,
) -> Response[bytes]:
    """Fetch an invoice of an order that you may read, as PDF."""
    async with reading() as session:
        await expect_readable(session, visitor, order_id, token or access_token)
        return sent(await invoices.pdf(session, invoice_id, order_id), PDF, request)


@get(media_type=XML)
async def get_xml_of_order(  # noqa: PLR0913 - each is a parameter of the address
    request: Request[Any, Any, Any],
    visitor: Asking,
    *,
    order_id: FromPath[UUID],
    invoice_id: FromPath[UUID],
    token: OrderToken = None,
    access_token: LinkToken = None,
) -> Response[bytes]:
    """Fetch an invoice of an order that you may read, as XML (EN 16931)."""
    async with reading() as session:
        await expect_readable(session, visitor, order_id, token or access_token)
        return sent(await invoices.xml(session, invoice_id, order_id), XML, request)
