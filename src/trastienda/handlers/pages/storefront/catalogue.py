"""Home, the list of products, and the page of one."""

from typing import Annotated, Any, NamedTuple
from urllib.parse import urlencode

import msgspec
from litestar import Response, get
from litestar.params import FromPath, PathParameter

from trastienda.database.db import reading, utcnow
from trastienda.errors import Malformed, NotFound
from trastienda.handlers.pages import answers, forms
from trastienda.handlers.pages.answers import AnyRequest, Frame
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.storefront import linked_data
from trastienda.handlers.pages.storefront.frames import framed, path_to
from trastienda.handlers.pages.storefront.variants import Chosen, choose
from trastienda.handlers.pages.words import marked
from trastienda.schemas.catalogue.filters import ListFilters
from trastienda.schemas.catalogue.product import (
    MediaView,
    ProductCard,
    ProductQuery,
    ProductView,
    Sort,
    VariantView,
)
from trastienda.services.catalogue import product_list, products
from trastienda.services.catalogue.listing import counts
from trastienda.services.catalogue.listing.narrowing import BETWEEN, FilterUnusable, narrowing
from trastienda.services.catalogue.products import ProductNotFound
from trastienda.services.channels import channels

SHOWN = 24
PICKS = 8
LONGEST_SEARCH = 200
FILTER, IN_STOCK = "filter", "in_stock"
FILTERS = ("q", "min_price", "max_price", IN_STOCK, FILTER, "sort")
MOST_FILTERS = 20
IN_WORDS = {
    "q": marked("“%(text)s”"),
    "min_price": marked("from %(text)s"),
    "max_price": marked("up to %(text)s"),
    IN_STOCK: marked("In stock"),
    FILTER: "%(text)s",
}
"""The filters that a chip shows."""
Slug = Annotated[str, PathParameter(max_length=120)]


class NoSuchCategory(NotFound):
    """There is no such category."""


class Listing(NamedTuple):
    """A page of products, and the addresses around it."""

    items: list[ProductCard]
    following: str | None
    """The address of the next page."""
    first: str | None
    """The address of the first page, if this is another one."""
    chips: list[tuple[str, str]]
    """The filters in use: in words, and the address without each."""


@get()
async def show_home(request: AnyRequest) -> Response[Any]:
    """Show the categories, and what is new."""
    frame = await framed(request)
    newest = await _products(frame, ProductQuery(limit=PICKS))
    return answers.page_of(
        frame, "storefront/home.html", newest, lambda: {"newest": _cards(newest)}
    )


@get()
async def show_products(request: AnyRequest) -> Response[Any]:
    """Show the products for sale: all, or those that a search finds."""
    frame = await framed(request)
    return await _list(request, frame, None)


@get()
async def show_category(request: AnyRequest, slug: Slug) -> Response[Any]:
    """Show the products of a category and those below it."""
    frame = await framed(request)
    if not path_to(slug, list(frame.categories)):
        raise NoSuchCategory
    return await _list(request, frame, slug)


@get()
async def show_product(request: AnyRequest, slug: FromPath[str]) -> Response[Any]:
    """Show a product; `?option-0=…` chooses among its variants."""
    frame = await framed(request)
    product = await product_of(frame, slug)
    return product_page(frame, product, Form(list(request.query_params.multi_items())))


async def product_of(frame: Frame, slug: str) -> ProductView:
    """Read a product as its page shows it. Raise ProductNotFound."""
    async with reading() as session:
        now = utcnow()
        try:
            found = await products.page(session, slug, frame.locale, frame.currency, now)
        except ProductNotFound:  # it may have a price in the shop's first currency alone
            if frame.currency == channels.currency(None):
                raise
            found = await products.page(session, slug, frame.locale, channels.currency(None), now)
    return msgspec.json.decode(found, type=ProductView)


def product_page(frame: Frame, product: ProductView, form: Form) -> Response[Any]:
    """Render the page of a product, with what was chosen and what was refused."""
    chosen: Chosen = choose(product, form)
    here = frame.path if frame.is_preview else f"/products/{product.slug}"
    above = [path_to(it.slug, list(frame.categories)) for it in product.categories]
    return answers.page(
        frame,
        "storefront/product.html",
        status=form.status,
        product=product,
        here=here,
        chosen=chosen,
        pictures=_pictures(product, chosen.variant),
        form=form,
        crumbs=max(above, key=len, default=[]),
        linked_data=linked_data.of_product(product, frame),
    )


def _pictures(product: ProductView, variant: VariantView | None) -> list[MediaView]:
    """Return the pictures of a product, first the one that is the chosen variant's own."""
    own = variant.media if variant else None
    return sorted(product.media, key=lambda it: it.id != own)


async def _list(request: AnyRequest, frame: Frame, category: str | None) -> Response[Any]:
    asked = [(name, text) for name, text in request.query_params.multi_items() if text.strip()]
    form = Form(list(asked))
    query = _query(frame, form, category)
    try:
        found = await _products(frame, query)
    except Malformed:  # a cursor of another list, or one that somebody has changed
        asked = [it for it in asked if it[0] != "cursor"]
        found = await _products(frame, msgspec.structs.replace(query, cursor=None))
    filters = await _counts(frame, query)
    path = path_to(category, list(frame.categories)) if category else []

    def facts() -> dict[str, Any]:
        return {
            "listing": _listing(frame, form, asked, found),
            "form": form,
            "filters": filters,
            "category": path[-1] if path else None,
            "above": path[:-1],
            "sorts": [it for it in Sort if it is not Sort.RELEVANCE or query.q],
            "sort": query.sort or (Sort.RELEVANCE if query.q else Sort.NEWEST),
        }

    source = *found, msgspec.json.encode(filters)
    return answers.page_of(frame, "storefront/list.html", source, facts)


async def _products(frame: Frame, query: ProductQuery) -> tuple[bytes, str | None]:
    """Return the JSON of a page of products, and the cursor of the next one."""
    async with reading() as session:
        return await product_list.page(session, query, frame.locale, frame.currency)


def _cards(found: tuple[bytes, str | None]) -> list[ProductCard]:
    return msgspec.json.decode(b"[" + found[0] + b"]", type=list[ProductCard])


async def _counts(frame: Frame, query: ProductQuery) -> ListFilters:
    """Return the counts of a list; they may be some seconds old, and its products never are."""
    narrowed = msgspec.structs.replace(query, cursor=None, sort=None)

    async def count() -> ListFilters:
        async with reading() as session:
            return await counts.count(session, narrowed, frame.locale, frame.currency)

    return await frame.views.filters.get((narrowed, frame.locale, frame.currency), count)


def _query(frame: Frame, form: Form, category: str | None) -> ProductQuery:
    """Read the filters; what cannot be meant is not used, and said beside its field."""
    bounds: dict[str, int | None] = {}
    for name in ("min_price", "max_price"):
        bounds[name] = None
        if form.get(name):
            try:
                bounds[name] = max(0, form.amount(name, frame.currency, frame.locale))
            except forms.AmountUnreadable as error:
                form.refuse(error, frame.locale)
    q = form.get("q").strip()[:LONGEST_SEARCH] or None
    known = {it.value: it for it in Sort if it is not Sort.RELEVANCE or q}
    return ProductQuery(
        limit=SHOWN,
        cursor=form.get("cursor") or None,
        q=q,
        category=category,
        sort=known.get(form.get("sort")),
        in_stock=form.get(IN_STOCK) == "true",
        filters=_filters(form),
        **bounds,
    )


def _filters(form: Form) -> tuple[str, ...]:
    """Return the options and attributes that are asked for; what cannot be meant is not used."""
    asked = tuple(dict.fromkeys(form.all(FILTER)))[:MOST_FILTERS]
    try:
        narrowing(asked)
    except FilterUnusable:
        return ()
    return asked


def _listing(
    frame: Frame, form: Form, asked: list[tuple[str, str]], found: tuple[bytes, str | None]
) -> Listing:
    items, cursor = _cards(found), found[1]
    kept = [(name, text) for name, text in asked if name in FILTERS]

    def address(pairs: list[tuple[str, str]]) -> str:
        return f"{frame.path}?{urlencode(pairs)}" if pairs else frame.path

    chips = [
        (frame.text(IN_WORDS[name]) % {"text": text.replace(BETWEEN, ": ", 1)}, address(others))
        for at, (name, text) in enumerate(kept)
        if name in IN_WORDS and not form.error(name)
        for others in [kept[:at] + kept[at + 1 :]]
    ]
    return Listing(
        items,
        address([*kept, ("cursor", cursor)]) if cursor else None,
        address(kept) if "cursor" in dict(asked) else None,
        chips,
    )
