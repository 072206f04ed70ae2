"""The legal pages of the shop."""

from litestar import Response, get
from litestar.params import FromPath

from trastienda.database.db import reading
from trastienda.handlers.pages import answers, prose
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.storefront.frames import framed
from trastienda.services.channels import channels
from trastienda.services.storefront import legal_pages


@get()
async def show_legal_page(request: AnyRequest, kind: FromPath[str]) -> Response[str]:
    """Show a legal page."""
    frame = await framed(request)
    async with reading() as session:
        found = await legal_pages.in_language(
            session, channels.current().id, legal_pages.kind_of(kind), frame.locale
        )
    blocks = prose.blocks(found.text)
    return answers.page(frame, "storefront/legal.html", legal=found, blocks=blocks)
