"""Products, as staff see and write them."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, delete, get, patch, post
from litestar.params import FromPath, JSONBody, QueryParameter

from trastienda.controllers import products
from trastienda.database.db import reading
from trastienda.handlers.answers import versioned
from trastienda.handlers.lists import Cursor, Limit, next_link
from trastienda.handlers.terms import Asked
from trastienda.schemas.product_draft import (
    ProductDraft,
    ProductPatch,
    StaffProductPage,
    StaffProductView,
)
from trastienda.services import staff_product_view, staff_products

Search = Annotated[str | None, QueryParameter(min_length=1, max_length=200)]


@post()
async def create_product(terms: Asked, data: JSONBody[ProductDraft]) -> Response[StaffProductView]:
    """Put a product on sale, with its variants, prices and first stock."""
    return versioned(await products.create(data, terms), 201)


@get()
async def list_all_products(
    request: Request[Any, Any, Any],
    terms: Asked,
    limit: Limit = 24,
    cursor: Cursor = None,
    q: Search = None,
) -> Response[StaffProductPage]:
    """List all products, unpublished ones too, the newest first; `q` is part of a name or SKU."""
    async with reading() as session:
        page = await staff_product_view.page(session, terms.locale, limit, cursor, q)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@get()
async def get_product_for_staff(product_id: FromPath[UUID]) -> Response[StaffProductView]:
    """Read a product with every language, currency and stock level."""
    async with reading() as session:
        product = await staff_products.by_id(session, product_id)
        return versioned(await staff_product_view.view(session, product))


@patch()
async def change_product(
    terms: Asked, product_id: FromPath[UUID], data: JSONBody[ProductPatch]
) -> Response[StaffProductView]:
    """Change what you name, and nothing else; variants are found by their SKU."""
    return versioned(await products.change(product_id, data, terms))


@delete()
async def delete_product(terms: Asked, product_id: FromPath[UUID]) -> None:
    """Take a product out of the shop for good; orders keep what they say."""
    await products.remove(product_id, terms)
