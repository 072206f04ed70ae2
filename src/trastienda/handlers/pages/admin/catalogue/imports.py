"""Products from a file: uploaded, looked through, started, and followed while they come."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from trastienda.controllers.imports import imports
from trastienda.database.db import reading
from trastienda.handlers.imports import uploads
from trastienda.handlers.pages import forms
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.words import marked
from trastienda.middlewares.identity.access import Asking
from trastienda.middlewares.requests.validation import JsonRequest
from trastienda.schemas.imports.product_import import ImportRowsWanted, ImportView
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.imports import imports as imports_on_record
from trastienda.services.imports.sheets import LARGEST, MOST_ROWS
from trastienda.services.pages.catalogue import import_moves

Page = Response[Any]
MOST_LOOKS = 900
"""How often a page looks by itself, every two seconds, how far an import is."""


@get()
async def show_imports(request: AnyRequest, visitor: Asking) -> Page:
    """List imports, below the form for a file."""
    return await _list(request, visitor, Form())


@post(status_code=200)
async def upload_import_by_form(request: JsonRequest, visitor: Asking) -> Page:
    """Take in a file, and lead to its page."""
    form = Form()
    try:
        upload = await uploads.read(request, visitor, from_page=True)
        form = Form(key=upload.texts.get("key"), sha256=upload.sha256.hex())
        context = forms.context(request, visitor, form)
        work = imports.upload(upload.sheet, upload.name, upload.size, context)
        made = await forms.once(work, ImportView)
    except forms.Refusal as error:
        return await _list(request, visitor, frames.refused(request, form, error))
    return frames.done(request, f"/admin/imports/{made.id}", marked("The file is being checked."))


@get()
async def show_import(request: AnyRequest, visitor: Asking, import_id: FromPath[UUID]) -> Page:
    """Show how far an import is, and the rows that are left out."""
    return await _page(request, visitor, import_id, Form())


@post(status_code=200)
async def start_import_by_form(
    request: AnyRequest, visitor: Asking, import_id: FromPath[UUID]
) -> Page:
    """Start an import that was checked."""
    form, address = forms.sent(request), f"/admin/imports/{import_id}"
    try:
        context = forms.context(request, visitor, form)
        may_count = imports_on_record.MAY_COUNT in visitor.scopes
        work = imports.start(import_id, context, may_count=may_count)
        await forms.once(work, ImportView)
    except forms.Refusal as error:
        return await _page(request, visitor, import_id, frames.refused(request, form, error))
    return frames.done(request, address, marked("The import has begun."))


@post(status_code=200)
async def cancel_import_by_form(
    request: AnyRequest, visitor: Asking, import_id: FromPath[UUID]
) -> Page:
    """Cancel an import; what it has done stays."""
    form, address = forms.sent(request), f"/admin/imports/{import_id}"
    try:
        context = forms.context(request, visitor, form)
        await forms.once(imports.cancel(import_id, context), ImportView)
    except forms.Refusal as error:
        return await _page(request, visitor, import_id, frames.refused(request, form, error))
    return frames.done(request, address, marked("The import was cancelled."))


async def _list(request: AnyRequest, visitor: Visitor, form: Form) -> Page:
    async with reading() as session:
        found = await imports_on_record.page(session, frames.SHOWN, frames.cursor(request), None)
    return frames.shown(
        request,
        visitor,
        "catalogue/imports.html",
        form,
        items=found.items,
        most_rows=MOST_ROWS,
        megabytes=LARGEST // 1_000_000,
        following=frames.next_page(request, found.next_cursor),
        first=frames.first_page(request),
    )


async def _page(request: AnyRequest, visitor: Visitor, import_id: UUID, form: Form) -> Page:
    wanted = ImportRowsWanted(
        limit=frames.SHOWN, cursor=frames.cursor(request), outcome=imports_on_record.LEFT_OUT
    )
    async with reading() as session:
        found = await imports_on_record.by_id(session, import_id)
        rows = await imports_on_record.rows(session, import_id, wanted, frames.locale(request))
    looked = frames.asked(request, "looked", 3)
    again = 1 + (int(looked) if looked and looked.isdecimal() else 0)
    waits = import_moves.is_under_way(found)
    return frames.shown(
        request,
        visitor,
        "catalogue/import.html",
        form,
        found=found,
        rows=rows.items,
        moves=import_moves.of(found),
        waits=waits,
        look=again if waits and again <= MOST_LOOKS else None,
        following=frames.next_page(request, rows.next_cursor),
        first=frames.first_page(request),
    )
