"""The page of a variant: all that it has of its own, and its end."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath
from msgspec import structs

from trastienda.controllers.catalogue import products
from trastienda.database.db import Reading, reading
from trastienda.database.models.shared.text import Locale
from trastienda.errors import ShopError
from trastienda.handlers.pages.admin.catalogue.editor import VARIANT, choices, completed
from trastienda.handlers.pages.admin.records.fields import Choices, Field, Section
from trastienda.handlers.pages.admin.records.pages import change_one, remove_one, show_one
from trastienda.handlers.pages.admin.records.record import Record
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.words import marked
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.catalogue.product_draft import (
    ProductPatch,
    StaffProductView,
    VariantChange,
    VariantPatch,
)
from trastienda.schemas.pages.product_row import VariantOnForm
from trastienda.schemas.shared.context import Context
from trastienda.services.catalogue import product_writing, staff_product_view, staff_products
from trastienda.services.catalogue.products import VariantNotFound
from trastienda.services.channels import channels
from trastienda.services.shared.records import given

Page = Response[Any]
IN_EDITOR = {it.name: it for it in VARIANT}


def _fields(*names: str) -> tuple[Field, ...]:
    """Return fields as the editor has them, none of them folded away."""
    return tuple(replace(IN_EDITOR[name], is_rare=False, among_chosen=False) for name in names)


SECTIONS = (
    Section(
        marked("Variant"),
        (
            *_fields("options", "name"),
            Field("translations", marked("Name in other languages")),
            *_fields("media"),
        ),
    ),
    Section(
        marked("Prices and tax"),
        _fields("prices", "compare_at_prices", "cost_prices", "tax_class"),
    ),
    Section(
        marked("Weight and size"), _fields("weight_grams", "length_mm", "width_mm", "height_mm")
    ),
)


@get()
async def show_variant(
    request: AnyRequest, visitor: Asking, product_id: FromPath[UUID], sku: FromPath[str]
) -> Page:
    """Show a variant with all that it has of its own."""
    return await show_one(_variants(product_id), request, visitor, sku)


@post(status_code=200)
async def change_variant(
    request: AnyRequest, visitor: Asking, product_id: FromPath[UUID], sku: FromPath[str]
) -> Page:
    """Change a variant."""
    return await change_one(_variants(product_id), request, visitor, sku)


@post(status_code=200)
async def remove_variant(
    request: AnyRequest, visitor: Asking, product_id: FromPath[UUID], sku: FromPath[str]
) -> Page:
    """Delete a variant, once its SKU was typed again."""
    return await remove_one(_variants(product_id), request, visitor, sku)


def _variants(product_id: UUID) -> Record:
    """Return how the variants of a product are shown and written: each by its SKU."""

    async def read(session: Reading, sku: str, _: Context) -> VariantOnForm:
        return await _read(session, product_id, sku)

    async def change(_: AnyRequest, sku: str, wanted: VariantChange, context: Context) -> Any:  # noqa: ANN401
        return await _change(product_id, sku, wanted, context)

    return Record(
        path=f"products/{product_id}/variants",
        back=f"/admin/products/{product_id}",
        title=marked("Product"),
        one=marked("Variant"),
        write="catalogue.write",
        sections=SECTIONS,
        read=read,
        draft=VariantChange,
        patch=VariantChange,
        change=change,
        remove=lambda _, sku, context: products.remove_variant(product_id, sku, context),
        goes=marked(
            "Its stock and prices go with it, and carts lose it. Orders keep their own copy."
        ),
        called=lambda view: str(view.sku),
        key=str,
        named="sku",
        choices=choices,
        completed=_completed,
        beside="admin/records/beside/variant.html",
    )


def _completed(view: VariantOnForm, known: dict[str, Choices]) -> dict[str, Choices]:
    """Return the choices, of pictures only those of the product."""
    own = {"", *(str(it.id) for it in view.product.media)}
    found = completed(view, known)
    return {**found, "pictures": [it for it in found["pictures"] if it[0] in own]}


async def _read(session: Reading, product_id: UUID, sku: str) -> VariantOnForm:
    """Return a variant as its form has it. Raise ProductNotFound or VariantNotFound."""
    product = await staff_products.by_id(session, product_id)
    draft = product_writing.draft_of(product, [], Locale(channels.current().locale))
    view = await staff_product_view.view(session, product)
    for variant, shown in zip(draft.variants, view.variants, strict=True):
        if variant.sku == sku:
            own = structs.asdict(variant)
            return VariantOnForm(**own, version=product.version, product=view, variant=shown)
    raise VariantNotFound


async def _change(
    product_id: UUID, sku: str, wanted: VariantChange, context: Context
) -> StaffProductView:
    """Change a variant that is there: the pointer of what is refused is that of its own form."""
    async with reading() as session:
        await _read(session, product_id, sku)
    patch = ProductPatch(variants=[VariantPatch(sku=sku, **given(wanted))])
    try:
        return await products.change(product_id, patch, context)
    except ShopError as refused:
        pointer = str(refused.facts.get("pointer") or "")
        if pointer.startswith("/variants/"):
            refused.facts["pointer"] = "/" + pointer.split("/", 3)[-1]
        raise
