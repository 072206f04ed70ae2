"""A product as buyers will see it, before they do: for staff alone."""

from uuid import UUID

import msgspec
from litestar import Response, get
from litestar.params import FromPath

from trastienda.database.db import reading, utcnow
from trastienda.handlers.pages import answers
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.storefront.catalogue.products import product_page
from trastienda.handlers.pages.storefront.frames import framed
from trastienda.schemas.catalogue.product import ProductView
from trastienda.services.catalogue import products


@get()
async def show_preview(request: AnyRequest, product_id: FromPath[UUID]) -> Response[str]:
    """Show the page of a product in the storefront, published or not."""
    frame = await framed(request)
    frame.is_preview = True
    async with reading() as session:
        found = await products.preview(session, product_id, frame.locale, frame.currency, utcnow())
    product = msgspec.json.decode(found, type=ProductView)
    shown = product_page(frame, product, Form(list(request.query_params.multi_items())))
    shown.headers["cache-control"] = answers.PERSONAL
    shown.headers["x-robots-tag"] = "noindex"
    return shown
