"""The public catalogue. It needs no login, and one SQL statement makes each answer."""

from functools import partial
from typing import Annotated, Any

from litestar import Request, get
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.types import ASGIApp, Scope
from msgspec import Meta

from trastienda.database.db import reading, utcnow
from trastienda.database.models.catalogue.price import LARGEST_AMOUNT
from trastienda.handlers.shared.answers import Document
from trastienda.handlers.shared.express import learned
from trastienda.handlers.shared.lists import Cursor, Limit, next_link
from trastienda.middlewares.requests import locale
from trastienda.schemas.catalogue.category import CategoryTree
from trastienda.schemas.catalogue.filters import ListFilters
from trastienda.schemas.catalogue.product import ProductPage, ProductQuery, ProductView, Sort
from trastienda.services.catalogue import categories, product_list, products
from trastienda.services.catalogue.listing import counts
from trastienda.services.channels import channels

AnyRequest = Request[Any, Any, Any]
Currency = Annotated[str | None, QueryParameter(pattern=r"^[A-Z]{3}$")]
Search = Annotated[str | None, QueryParameter(min_length=1, max_length=200)]
Slug = Annotated[str | None, QueryParameter(min_length=1, max_length=120)]
Price = Annotated[int | None, QueryParameter(ge=0, le=LARGEST_AMOUNT)]
InStock = Annotated[bool | None, QueryParameter(description="true: only what can be bought now.")]
Filters = Annotated[
    list[Annotated[str, Meta(min_length=3, max_length=120)]] | None,
    QueryParameter(
        name="filter",
        max_items=20,
        description="An option or attribute and its value, in your language: `Colour=Blue`. Of one"
        " name any of the values, and of each name one.",
    ),
]


@get(responses={200: ResponseSpec(ProductPage, generate_examples=False)})
async def list_products(  # noqa: PLR0913 - each is a parameter of the address
    request: AnyRequest,
    *,
    limit: Limit = 24,
    cursor: Cursor = None,
    q: Search = None,
    category: Slug = None,
    sort: FromQuery[Sort | None] = None,
    min_price: Price = None,
    max_price: Price = None,
    in_stock: InStock = None,
    filters: Filters = None,
    currency: Currency = None,
) -> ASGIApp:
    """Search, filter and sort the products for sale, and list them page by page."""
    query = ProductQuery(
        limit=limit,
        cursor=cursor,
        q=q,
        category=category,
        sort=sort,
        min_price=min_price,
        max_price=max_price,
        in_stock=in_stock,
        filters=tuple(filters or ()),
    )
    return await learned(request.scope, partial(_list, query, currency))


@get()
async def count_filters(  # noqa: PLR0913 - each is a parameter of the address
    request: AnyRequest,
    *,
    q: Search = None,
    category: Slug = None,
    min_price: Price = None,
    max_price: Price = None,
    in_stock: InStock = None,
    filters: Filters = None,
    currency: Currency = None,
) -> ListFilters:
    """List what a product list can be narrowed by, and how many products each value leaves."""
    query = ProductQuery(
        q=q,
        category=category,
        min_price=min_price,
        max_price=max_price,
        in_stock=in_stock,
        filters=tuple(filters or ()),
    )
    async with reading() as session:
        language, money = locale.of(request.scope), channels.currency(currency)
        return await counts.count(session, query, language, money)


@get(responses={200: ResponseSpec(ProductView, generate_examples=False)})
async def get_product(
    request: AnyRequest, slug: FromPath[str], currency: Currency = None
) -> ASGIApp:
    """Show one product with its variants, pictures and stock."""
    return await learned(request.scope, partial(_page, slug, currency))


@get(responses={200: ResponseSpec(CategoryTree, generate_examples=False)})
async def list_categories(request: AnyRequest) -> ASGIApp:
    """Show all categories as a tree."""
    return await learned(request.scope, _tree)


async def _list(query: ProductQuery, currency: str | None, scope: Scope) -> Document:
    money = channels.currency(currency)
    async with reading() as session:
        items, following = await product_list.page(session, query, locale.of(scope), money)
    cursor = f'"{following}"' if following else "null"
    end = f'],"currency":"{money}","next_cursor":{cursor}}}'
    links = next_link(scope, following).items()
    headers = [(name.lower().encode(), value.encode()) for name, value in links]
    return Document(b'{"items":[' + items + end.encode(), headers)


async def _page(slug: str, currency: str | None, scope: Scope) -> Document:
    money = channels.currency(currency)
    async with reading() as session:
        return Document(await products.page(session, slug, locale.of(scope), money, utcnow()))


async def _tree(scope: Scope) -> Document:
    async with reading() as session:
        return Document(await categories.tree(session, locale.of(scope)))
