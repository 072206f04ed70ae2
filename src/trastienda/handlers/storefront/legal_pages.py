"""Legal pages: for staff, who write them, and for everybody."""

from litestar import Response, delete, get, put
from litestar.params import FromPath, JSONBody

from trastienda.controllers.storefront import legal_pages
from trastienda.database.db import reading
from trastienda.database.models.storefront.legal_page import LegalKind
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.middlewares.requests.locale import Wanted
from trastienda.schemas.storefront.legal_page import (
    LegalPageDraft,
    LegalPageView,
    StaffLegalPages,
    StaffLegalPageView,
)
from trastienda.services.channels import channels
from trastienda.services.storefront import legal_pages as pages_on_record


@get()
async def get_legal_page(kind: FromPath[LegalKind], locale: Wanted) -> LegalPageView:
    """Read a legal page in your language, or in the shop's."""
    async with reading() as session:
        return await pages_on_record.in_language(session, channels.current().id, kind, locale)


@get()
async def list_legal_pages() -> StaffLegalPages:
    """List the legal pages that are written, in all their languages."""
    async with reading() as session:
        return StaffLegalPages(await pages_on_record.every(session, channels.current().id))


@get()
async def get_legal_page_for_staff(kind: FromPath[LegalKind]) -> Response[StaffLegalPageView]:
    """Read a legal page in all its languages."""
    async with reading() as session:
        return versioned(await pages_on_record.read(session, channels.current().id, kind))


@put()
async def put_legal_page(
    context: RequestContext, kind: FromPath[LegalKind], data: JSONBody[LegalPageDraft]
) -> Response[StaffLegalPageView]:
    """Write a legal page, new or in place of the one that there is, in all its languages."""
    return versioned(await legal_pages.put(kind, data, context))


@delete()
async def delete_legal_page(context: RequestContext, kind: FromPath[LegalKind]) -> None:
    """Take a legal page off the shop."""
    await legal_pages.remove(kind, context)
