"""The list of products: prices and stock are changed where they stand."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from trastienda.controllers.catalogue import products
from trastienda.controllers.stock import stock
from trastienda.database.db import reading
from trastienda.errors import Invalid
from trastienda.handlers.pages import forms
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.admin.records import writing
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.words import marked
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.catalogue.product_draft import (
    ProductPatch,
    StaffProductView,
    StaffVariantView,
    VariantPatch,
)
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.schemas.stock.listing import CountDraft, CountView
from trastienda.services.catalogue import staff_product_view, staff_products
from trastienda.services.channels import channels
from trastienda.services.pages import product_rows

Page = Response[Any]


class SeveralVariants(Invalid):
    """This product has several variants: change them on its own page."""


class MayNotCount(Invalid):
    """Your role does not allow you to change stock."""


@get()
async def show_products(request: AnyRequest, visitor: Asking) -> Page:
    """List products with their prices and stock."""
    return await _page(request, visitor, Form())


@post(status_code=200)
async def change_in_list(request: AnyRequest, visitor: Asking, product_id: FromPath[UUID]) -> Page:
    """Change the price or the stock of a product's only variant, or publish or hide it."""
    form = forms.sent(request)
    try:
        before = await _change(request, visitor, product_id, form)
    except forms.Refusal as error:
        return await _page(request, visitor, frames.refused(request, form, error), product_id)
    back, address = frames.back(request, "/admin/products"), request.scope["path"]
    undo = (address, {**before, "back": back})
    return frames.done_with_undo(request, back, marked("Saved."), undo)


async def _change(
    request: AnyRequest, visitor: Visitor, product_id: UUID, form: Form
) -> dict[str, str]:
    """Change what the form names; return the fields that would take it back."""
    async with reading() as session:
        product = await staff_products.by_id(session, product_id)
        before = await staff_product_view.view(session, product)
    context = forms.context(request, visitor, form)
    if form.get("published"):
        patch = ProductPatch(published=form.get("published") == "true")
        await forms.once(products.change(product_id, patch, context), StaffProductView)
        return {"published": str(before.published).lower()}
    if len(before.variants) != 1:
        raise SeveralVariants
    variant = before.variants[0]
    if form.get("counted").strip():
        return await _count(visitor, variant, form, context)
    currency, locale = channels.current().default_currency, frames.locale(request)
    prices = {**variant.prices, currency: form.amount("price", currency, locale)}
    patch = ProductPatch(variants=[VariantPatch(sku=variant.sku, prices=prices)])
    await forms.once(products.change(product_id, patch, context), StaffProductView)
    was = variant.prices.get(currency)
    return {} if was is None else {"price": writing.amount(was, currency, locale)}


async def _count(
    visitor: Visitor, variant: StaffVariantView, form: Form, context: Context
) -> dict[str, str]:
    if "stock.write" not in visitor.scopes:
        raise MayNotCount(pointer="/counted")
    counted = Form(counted=form.get("counted"), expected=form.get("on_hand") or None)
    await forms.once(stock.count(variant.sku, counted.to(CountDraft), context), CountView)
    return {"counted": str(variant.on_hand), "on_hand": form.get("counted")}


async def _page(
    request: AnyRequest, visitor: Visitor, form: Form, changed: UUID | None = None
) -> Page:
    q, locale = frames.asked(request, "q", 200), frames.locale(request)
    cursor, currency = frames.cursor(request), channels.current().default_currency
    async with reading() as session:
        found = await staff_product_view.page(session, locale, frames.SHOWN, cursor, q)
        rows = await product_rows.of(session, [it.id for it in found.items], currency)
    typed = {
        it: writing.amount(row.price, currency, locale)
        for it, row in rows.items()
        if row.price is not None
    }
    return frames.shown(
        request,
        visitor,
        "catalogue/products.html",
        form,
        items=[it for it in found.items if it.id in rows],  # one may have been deleted meanwhile
        rows=rows,
        typed=typed,
        currency=currency,
        changed=changed,
        q=q,
        following=frames.next_page(request, found.next_cursor),
        first=frames.first_page(request),
    )
