"""Making variants of options: the combinations are shown first, then the chosen ones are made."""

from typing import Any, NamedTuple
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from trastienda.controllers.catalogue import products
from trastienda.database.db import reading
from trastienda.database.models.shared.text import Locale
from trastienda.handlers.pages import forms
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.admin.catalogue.editor import OPTION
from trastienda.handlers.pages.admin.records import shown as drawing
from trastienda.handlers.pages.admin.records import writing
from trastienda.handlers.pages.admin.records.fields import Field, Section, specs
from trastienda.handlers.pages.admin.records.reading import filled_rows, read
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.words import marked
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.catalogue.product_draft import ProductDraft, StaffProductView
from trastienda.schemas.pages.variant_matrix import MatrixLine, VariantMatrix
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.catalogue import product_writing, staff_product_view, staff_products
from trastienda.services.channels import channels
from trastienda.services.pages.catalogue import variant_matrix

Page = Response[Any]
COMBINED = (
    Field("options", marked("Options"), columns=OPTION),
    Field(
        "pattern",
        marked("SKU"),
        hint=marked("{Colour} stands for the value, {Colour:3} for its first three letters."),
    ),
)
NEW = (
    Field("prices", marked("Price")),
    Field("stock", marked("First stock"), hint=marked("Of each new variant")),
)
LINE = (Field("values", "", columns=()), Field("sku", marked("SKU")), Field("chosen", ""))
SECTIONS = (
    Section(marked("Options and their values"), COMBINED),
    Section(marked("What new variants begin with"), NEW),
)
FIELDS = (*COMBINED, *NEW, Field("variants", marked("Variants"), columns=LINE))


class _Product(NamedTuple):
    """The product that variants are made for, as it is now."""

    id: UUID
    version: int
    draft: ProductDraft
    taken: frozenset[str] = frozenset()
    """The SKUs of the page that other products have."""


@get()
async def show_matrix(request: AnyRequest, visitor: Asking, product_id: FromPath[UUID]) -> Page:
    """Show the form that makes variants, with the options that a product has."""
    product = await _product(product_id)
    started = {
        "options": product.draft.options,
        "pattern": variant_matrix.pattern_of(product.draft),
        "prices": product.draft.variants[0].prices,
    }
    pairs = writing.texts(started, specs(VariantMatrix), (*COMBINED, *NEW), frames.room(request))
    return _page(request, visitor, product, Form(pairs), [])


@post(status_code=200)
async def make_variants_by_form(
    request: AnyRequest, visitor: Asking, product_id: FromPath[UUID]
) -> Page:
    """Show all combinations, or make the chosen ones variants of the product."""
    form, product, room = forms.sent(request), await _product(product_id), frames.room(request)
    found = _typed(form)
    try:
        wanted = read(form, VariantMatrix, (*COMBINED, *NEW), room, changes=False)
        wanted.variants = found
        found = variant_matrix.lines(product.draft, wanted)
        if form.get("do") == "make":
            read(form, VariantMatrix, FIELDS, room, changes=False)  # the SKUs are ones
            patch = variant_matrix.patch_of(product.draft, wanted, found)
            work = products.change(product_id, patch, forms.context(request, visitor, form))
            await forms.once(work, StaffProductView)
            address = f"/admin/products/{product_id}"
            return frames.done(request, address, marked("The variants were made."))
    except forms.Refusal as error:
        form = frames.refused(request, form, error)
        product = await _product(product_id, [it.sku for it in found if not it.known])
    return _page(request, visitor, product, form, found)


def _typed(form: Form) -> list[MatrixLine]:
    """Return the combinations of the form with what was typed for them, right or wrong."""
    return [
        MatrixLine(
            values=form.get(f"variants/{number}/values").splitlines(),
            sku=form.get(f"variants/{number}/sku").strip(),
            chosen=form.get(f"variants/{number}/chosen") == "true",
        )
        for number in range(filled_rows(form, "variants"))
    ]


def _numbered(found: list[MatrixLine]) -> list[tuple[int, MatrixLine]]:
    """Return combinations with the numbers under which the form has them: of new ones alone."""
    return [(sum(not it.known for it in found[:index]), it) for index, it in enumerate(found)]


async def _product(product_id: UUID, skus: list[str] | None = None) -> _Product:
    async with reading() as session:
        product = await staff_products.by_id(session, product_id)
        slugs = await staff_product_view.category_slugs(session, product)
        taken = await staff_products.taken(session, skus, product_id) if skus else frozenset()
    draft = product_writing.draft_of(product, slugs, Locale(channels.current().locale))
    return _Product(product_id, product.version, draft, taken)


def _page(
    request: AnyRequest, visitor: Visitor, product: _Product, form: Form, found: list[MatrixLine]
) -> Page:
    room = frames.room(request)
    return frames.shown(
        request,
        visitor,
        "catalogue/matrix.html",
        form,
        product=product,
        here=f"/admin/products/{product.id}",
        panels=drawing.panels(SECTIONS, (VariantMatrix,), form, room),
        rows=_numbered(found),
    )
