"""Products, as staff see and write them."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, delete, get, patch, post
from litestar.params import FromPath, JSONBody, PathParameter, QueryParameter

from trastienda.controllers.catalogue import products
from trastienda.database.db import reading
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.handlers.shared.lists import Cursor, Limit, next_link
from trastienda.schemas.catalogue.product_draft import (
    ProductDraft,
    ProductPatch,
    StaffProductPage,
    StaffProductView,
)
from trastienda.services.catalogue import staff_product_view, staff_products

Search = Annotated[str | None, QueryParameter(min_length=1, max_length=200)]
Sku = Annotated[str, PathParameter(max_length=64)]


@post()
async def create_product(
    context: RequestContext, data: JSONBody[ProductDraft]
) -> Response[StaffProductView]:
    """Create a product with its variants, prices and first stock."""
    return versioned(await products.create(data, context), 201)


@get()
async def list_all_products(
    request: Request[Any, Any, Any],
    context: RequestContext,
    limit: Limit = 24,
    cursor: Cursor = None,
    q: Search = None,
) -> Response[StaffProductPage]:
    """List all products, newest first, unpublished ones too; `q` matches part of a name or SKU."""
    async with reading() as session:
        page = await staff_product_view.page(session, context.locale, limit, cursor, q)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@get()
async def get_product_for_staff(product_id: FromPath[UUID]) -> Response[StaffProductView]:
    """Read a product with every language, currency and stock level."""
    async with reading() as session:
        product = await staff_products.by_id(session, product_id)
        return versioned(await staff_product_view.view(session, product))


@patch()
async def change_product(
    context: RequestContext, product_id: FromPath[UUID], data: JSONBody[ProductPatch]
) -> Response[StaffProductView]:
    """Change only the fields that you send; variants are matched by SKU."""
    return versioned(await products.change(product_id, data, context))


@delete()
async def delete_product(context: RequestContext, product_id: FromPath[UUID]) -> None:
    """Delete a product permanently; orders keep their copy of its data."""
    await products.remove(product_id, context)


@delete(status_code=200)
async def delete_variant(
    context: RequestContext, product_id: FromPath[UUID], sku: Sku
) -> Response[StaffProductView]:
    """Delete a variant with its stock, and answer with the product; orders keep their copy.

    A product keeps at least one variant.
    """
    return versioned(await products.remove_variant(product_id, sku, context))
