"""The catalogue. Nobody is asked who they are here; every answer is made by one statement."""

from functools import partial
from typing import Annotated, Any

from litestar import Request, get
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.types import ASGIApp, Scope

from trastienda.database.db import reading, utcnow
from trastienda.database.models.price import LARGEST_AMOUNT
from trastienda.handlers.answers import Document
from trastienda.handlers.express import learned
from trastienda.handlers.lists import Cursor, Limit, next_link
from trastienda.middlewares import locale
from trastienda.schemas.category import CategoryTree
from trastienda.schemas.product import ProductPage, ProductView, Sort, Wanted
from trastienda.services import categories, channels, product_list, products

Asked = Request[Any, Any, Any]
Currency = Annotated[str | None, QueryParameter(pattern=r"^[A-Z]{3}$")]
Search = Annotated[str | None, QueryParameter(min_length=1, max_length=200)]
Slug = Annotated[str | None, QueryParameter(min_length=1, max_length=120)]
Price = Annotated[int | None, QueryParameter(ge=0, le=LARGEST_AMOUNT)]


@get(responses={200: ResponseSpec(ProductPage, generate_examples=False)})
async def list_products(  # noqa: PLR0913 - each is a parameter of the address
    request: Asked,
    *,
    limit: Limit = 24,
    cursor: Cursor = None,
    q: Search = None,
    category: Slug = None,
    sort: FromQuery[Sort | None] = None,
    min_price: Price = None,
    max_price: Price = None,
    currency: Currency = None,
) -> ASGIApp:
    """List what is for sale: searched, filtered, sorted, a page at a time."""
    wanted = Wanted(
        limit=limit,
        cursor=cursor,
        q=q,
        category=category,
        sort=sort,
        min_price=min_price,
        max_price=max_price,
    )
    return await learned(request.scope, partial(_list, wanted, currency))


@get(responses={200: ResponseSpec(ProductView, generate_examples=False)})
async def get_product(request: Asked, slug: FromPath[str], currency: Currency = None) -> ASGIApp:
    """Show one product with its variants, pictures and what is in stock."""
    return await learned(request.scope, partial(_page, slug, currency))


@get(responses={200: ResponseSpec(CategoryTree, generate_examples=False)})
async def list_categories(request: Asked) -> ASGIApp:
    """Show all categories, those inside others below them."""
    return await learned(request.scope, _tree)


async def _list(wanted: Wanted, currency: str | None, scope: Scope) -> Document:
    money = channels.currency(currency)
    async with reading() as session:
        items, following = await product_list.page(session, wanted, locale.of(scope), money)
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
