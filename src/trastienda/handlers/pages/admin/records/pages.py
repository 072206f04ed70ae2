"""The pages of a kind of record: its list, a new one, one of them, and its end."""

from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import quote

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from trastienda.database.db import reading
from trastienda.errors import Invalid, Stale
from trastienda.handlers.pages import forms
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.admin.records import fields, merging, undoing, writing
from trastienda.handlers.pages.admin.records import shown as drawing
from trastienda.handlers.pages.admin.records.fields import Room
from trastienda.handlers.pages.admin.records.reading import beside_fields, read
from trastienda.handlers.pages.admin.records.record import Record
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.words import marked
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor

Page = Response[Any]


class Pages(NamedTuple):
    """The handlers of a record's pages, for the route table."""

    path: str
    every: HTTPRouteHandler
    new: HTTPRouteHandler
    create: HTTPRouteHandler
    show: HTTPRouteHandler
    change: HTTPRouteHandler
    remove: HTTPRouteHandler


RIGHT = {"number": "number", "money": "number"}
"""The kinds of columns that stand to the right."""


class NameDiffers(Invalid):
    """This is not its name: it was not deleted."""


def pages(record: Record) -> Pages:
    """Return the pages of a kind of record."""

    @get()
    async def index(request: AnyRequest, visitor: Asking) -> Page:
        return await _index(record, request, visitor)

    @get()
    async def new(request: AnyRequest, visitor: Asking) -> Page:
        return await _new(record, request, visitor, None)

    @post(status_code=200)
    async def create(request: AnyRequest, visitor: Asking) -> Page:
        return await _create(record, request, visitor)

    @get()
    async def show(request: AnyRequest, visitor: Asking, record_id: FromPath[str]) -> Page:
        return await show_one(record, request, visitor, record_id)

    @post(status_code=200)
    async def change(request: AnyRequest, visitor: Asking, record_id: FromPath[str]) -> Page:
        return await change_one(record, request, visitor, record_id)

    @post(status_code=200)
    async def remove(request: AnyRequest, visitor: Asking, record_id: FromPath[str]) -> Page:
        return await remove_one(record, request, visitor, record_id)

    return Pages(f"/{record.path}", index, new, create, show, change, remove)


class Single(NamedTuple):
    """The handlers of something of which there is one."""

    path: str
    show: HTTPRouteHandler
    change: HTTPRouteHandler


def single(record: Record) -> Single:
    """Return the page of something of which there is one."""

    @get()
    async def show(request: AnyRequest, visitor: Asking) -> Page:
        return await show_one(record, request, visitor, "")

    @post(status_code=200)
    async def change(request: AnyRequest, visitor: Asking) -> Page:
        return await change_one(record, request, visitor, "")

    return Single(f"/{record.path}", show, change)


async def _index(record: Record, request: AnyRequest, visitor: Visitor) -> Page:
    context, cursor = forms.context(request, visitor), frames.cursor(request)
    assert record.listed is not None  # noqa: S101 - the route table asks
    async with reading() as session:
        found = await record.listed(session, cursor, context)
    following = f"{record.address}?cursor={found.next_cursor}" if found.next_cursor else None
    return frames.shown(
        request,
        visitor,
        "records/list.html",
        record=record,
        headings=[
            (frames.text(request, it.label), RIGHT.get(it.kind, "")) for it in record.columns
        ],
        items=found.items,
        following=following,
        first=record.address if cursor else None,
    )


async def _new(record: Record, request: AnyRequest, visitor: Visitor, form: Form | None) -> Page:
    room = await _room(record, request, visitor)
    if form is None:
        started = fields.defaults(record.draft)
        form = Form(writing.texts(started, fields.specs(record.draft), record.fields, room))
        form.pairs += [
            it for it in request.query_params.multi_items() if it[0] in fields.specs(record.draft)
        ]
    panels = drawing.panels(record.sections, (record.draft,), form, room)
    return frames.shown(request, visitor, "records/new.html", form, record=record, panels=panels)


async def _create(record: Record, request: AnyRequest, visitor: Visitor) -> Page:
    form, room = forms.sent(request), await _room(record, request, visitor)
    assert record.create is not None  # noqa: S101 - the route table asks
    try:
        draft = read(form, record.draft, record.fields, room, changes=False)
        made = await forms.once(
            record.create(request, draft, forms.context(request, visitor, form)), Any
        )
    except forms.Refusal as error:
        frames.refused(request, form, error)
        beside_fields(form, record.fields)
        return await _new(record, request, visitor, form)
    if record.once:
        return frames.shown(request, visitor, record.once, record=record, made=made)
    return frames.done(request, record.address_of(made), marked("Saved."))


async def show_one(
    record: Record, request: AnyRequest, visitor: Visitor, record_id: str, form: Form | None = None
) -> Page:
    """Show a record, or the form that was sent of it."""
    room, context = await _room(record, request, visitor), forms.context(request, visitor)
    async with reading() as session:
        view = await record.read(session, _key(record, record_id), context)
        more = await record.more(request, session, view, context) if record.more else {}
    if record.completed and view is not None:
        room = replace(room, choices=record.completed(view, room.choices))
    started = fields.defaults(record.draft) if view is None else view
    saved, merge = writing.texts(started, record.specs, record.fields, room), None
    if form is None:
        form = Form(list(saved))
    elif isinstance(form.problem, Stale):
        merge = merging.merge(form, saved)
    facts = {
        "record": record,
        "view": view,
        "name": _called(record, record_id, view, room),
        "action": _address(record, record_id),
        "panels": drawing.panels(record.sections, (record.draft, record.patch), form, room),
        "was": merging.remembered(saved),
        "version": getattr(view, "version", ""),
        "merge": merge,
        "labels": _labels(record),
    }
    return frames.shown(request, visitor, "records/one.html", form, **facts, **more)


async def change_one(record: Record, request: AnyRequest, visitor: Visitor, record_id: str) -> Page:
    """Change a record as a form says, and offer the way back."""
    form, room = forms.sent(request), await _room(record, request, visitor)
    context, key = forms.context(request, visitor, form), _key(record, record_id)
    address = _address(record, record_id)
    is_undo = bool(form.get(undoing.ONLY))
    before = await _before(record, key, context) if record.can_undo and not is_undo else None
    try:
        patch = read(form, record.patch, undoing.wanted(record, form), room, changes=True)
        after = await forms.once(record.change(request, key, patch, context), Any)
    except forms.Refusal as error:
        frames.refused(request, form, error)
        if is_undo:
            return frames.shown(request, visitor, "refused.html", form, back=address)
        beside_fields(form, record.fields)
        return await show_one(record, request, visitor, record_id, form)
    if is_undo:
        return frames.done(request, address, marked("It is as it was before."))
    undo = None
    if before is not None:
        texts = writing.texts(before, record.specs, record.fields, room)
        undo = undoing.way_back(record, address, form, texts, getattr(after, "version", None))
    return frames.done_with_undo(request, address, marked("Saved."), undo)


async def _before(record: Record, key: Any, context: Context) -> Any:  # noqa: ANN401 - its view
    """Return a record as it is before a change; None if the form has not seen it like this."""
    async with reading() as session:
        view = await record.read(session, key, context)
    version = getattr(view, "version", None)
    return view if version is not None and version == context.seen else None


async def remove_one(record: Record, request: AnyRequest, visitor: Visitor, record_id: str) -> Page:
    """Delete a record, once its name was typed again."""
    form = forms.sent(request)
    context, name = forms.context(request, visitor, form), form.get("name_again").strip()
    assert record.remove is not None  # noqa: S101 - the route table asks
    told = marked("%(name)s was deleted.")
    if await forms.done_before(context.once):
        return frames.done(request, record.above_it, told, name=name)
    async with reading() as session:
        view = await record.read(session, _key(record, record_id), context)
    try:
        if name != record.called(view):
            raise NameDiffers(pointer="/name_again")
        await forms.once(record.remove(request, _key(record, record_id), context), Any)
    except forms.Refusal as error:
        kept = await _kept(record, request, visitor, view)
        kept.pairs += form.pairs
        return await show_one(
            record, request, visitor, record_id, frames.refused(request, kept, error)
        )
    return frames.done(request, record.above_it, told, name=name)


async def _kept(record: Record, request: AnyRequest, visitor: Visitor, view: Any) -> Form:  # noqa: ANN401
    room = await _room(record, request, visitor)
    return Form(writing.texts(view, record.specs, record.fields, room))


async def _room(record: Record, request: AnyRequest, visitor: Visitor) -> Room:
    if record.choices is None:
        return frames.room(request)
    context: Context = forms.context(request, visitor)
    async with reading() as session:
        return frames.room(request, **await record.choices(session, context))


def _key(record: Record, text: str) -> Any:  # noqa: ANN401 - as the record is named
    return None if record.is_single else record.key(text)


def _called(record: Record, record_id: str, view: Any, room: Room) -> str:  # noqa: ANN401
    """Return the heading of a record: its name, also if it is not written yet."""
    if record.is_single:
        return room.text(record.one)
    if view:
        return record.called(view)
    return room.text(record.unwritten(_key(record, record_id)) if record.unwritten else record.one)


def _address(record: Record, record_id: str) -> str:
    return record.address if record.is_single else f"{record.address}/{quote(record_id, safe='')}"


def _labels(record: Record) -> dict[str, str]:
    return {it.name: it.label for it in record.fields}
