"""Stock: what is where, what moved it, and counting it with a scanner."""

from typing import Any
from urllib.parse import quote

from litestar import Response, get, post
from litestar.params import FromPath
from msgspec import structs

from trastienda.controllers.stock import stock
from trastienda.database.db import reading
from trastienda.handlers.pages import forms
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.admin.records import fields
from trastienda.handlers.pages.admin.records.fields import Field
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.words import marked
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.shared.visitor import Visitor
from trastienda.schemas.stock.listing import (
    CountDraft,
    CountView,
    StockMovementsWanted,
    StockWanted,
)
from trastienda.schemas.stock.stock import Level, MovementDraft
from trastienda.services.pages.catalogue import movements
from trastienda.services.stock import listing, locations
from trastienda.services.stock.stock import levels

Page = Response[Any]
LONGEST_SKU = 64
COUNT = "/admin/stock/count"
REASON = Field("reason", marked("Reason"))


@get()
async def show_stock(request: AnyRequest, visitor: Asking) -> Page:
    """List the stock of all variants at all locations."""
    sku, location = frames.asked(request, "sku", LONGEST_SKU), frames.asked(request, "location", 64)
    below = frames.asked(request, "available_below", 9)
    wanted = StockWanted(
        limit=frames.SHOWN,
        cursor=frames.cursor(request),
        sku=sku,
        location=location,
        available_below=int(below) if below and below.isdecimal() and int(below) else None,
        reserved=True if request.query_params.get("reserved") else None,
    )
    async with reading() as session:
        found = await listing.page(session, wanted, frames.locale(request))
        places = await locations.every(session)
    return frames.shown(
        request,
        visitor,
        "catalogue/stock.html",
        items=found.items,
        wanted=wanted,
        locations=places,
        following=frames.next_page(request, found.next_cursor),
        first=frames.first_page(request),
    )


@get()
async def show_sku(request: AnyRequest, visitor: Asking, sku: FromPath[str]) -> Page:
    """Show the stock of a SKU, and what moved it."""
    return await _sku(request, visitor, sku, Form())


@post(status_code=200)
async def move_by_form(request: AnyRequest, visitor: Asking, sku: FromPath[str]) -> Page:
    """Add units to a SKU or remove them, with a reason."""
    form = forms.sent(request)
    try:
        draft = form.to(MovementDraft)
        await forms.once(stock.move(sku, draft, forms.context(request, visitor, form)), Level)
    except forms.Refusal as error:
        return await _sku(request, visitor, sku, frames.refused(request, form, error))
    here, told = f"/admin/stock/sku/{quote(sku, safe='')}", marked("The stock was changed.")
    back = movements.opposite(draft)
    undo = (here, dict(Form(**structs.asdict(back)).pairs)) if back else None
    return frames.done_with_undo(request, frames.back(request, here), told, undo)


@get()
async def show_count(request: AnyRequest, visitor: Asking) -> Page:
    """Show the field that takes SKU after SKU."""
    return await _count(request, visitor, Form(), None)


@post(status_code=200)
async def count_by_form(request: AnyRequest, visitor: Asking) -> Page:
    """Take one count, and ask for the next SKU."""
    form, counted = forms.sent(request), None
    sku = form.get("sku").strip()
    kept = Form([it for it in form.pairs if it[0] not in {"sku", "scanned"}])
    try:
        if not sku:
            raise forms.FormIncomplete(pointer="/sku")
        draft = kept.to(CountDraft)
        work = stock.count(sku, draft, forms.context(request, visitor, form))
        counted = (sku, await forms.once(work, CountView))
    except forms.Refusal as error:
        return await _count(request, visitor, frames.refused(request, form, error), None)
    after = Form([("location", form.get("location"))])
    return await _count(request, visitor, after, counted, _told(form, *counted))


def _told(form: Form, sku: str, counted: CountView) -> frames.Told | None:
    """Say what was counted, with the way back: a count of what was there, unless that moves too."""
    if form.get("expected"):
        return frames.Told(marked("It is as it was before."))
    if not counted.difference:
        return None
    fields = {
        "sku": sku,
        "location": form.get("location"),
        "counted": str(counted.on_hand - counted.difference),
        "expected": str(counted.on_hand),
    }
    undo = COUNT, {name: text for name, text in fields.items() if text}
    return frames.Told(marked("The count is noted."), undo)


async def _count(
    request: AnyRequest,
    visitor: Visitor,
    form: Form,
    counted: tuple[str, CountView] | None,
    told: frames.Told | None = None,
) -> Page:
    async with reading() as session:
        places = await locations.every(session)
    return frames.shown(
        request, visitor, "catalogue/count.html", form, told=told, locations=places, counted=counted
    )


async def _sku(request: AnyRequest, visitor: Visitor, sku: str, form: Form) -> Page:
    wanted = StockMovementsWanted(limit=frames.SHOWN, cursor=frames.cursor(request))
    sku = sku[:LONGEST_SKU]
    async with reading() as session:
        found = await levels(session, sku)
        moved = await listing.movements(session, sku, wanted)
        places = await locations.every(session)
    reasons = fields.options(REASON, fields.specs(MovementDraft)["reason"], frames.room(request))
    return frames.shown(
        request,
        visitor,
        "catalogue/sku.html",
        form,
        sku=sku,
        levels=found,
        movements=moved.items,
        locations=places,
        reasons=reasons,
        following=frames.next_page(request, moved.next_cursor),
        first=frames.first_page(request),
    )
