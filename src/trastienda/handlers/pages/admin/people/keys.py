"""API keys: making one, which is shown once, and taking one back."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from trastienda.controllers.accounts import keys
from trastienda.database.db import Reading, reading
from trastienda.handlers.pages import forms
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.admin.records import fields, writing
from trastienda.handlers.pages.admin.records import shown as drawing
from trastienda.handlers.pages.admin.records.fields import Choices, Field, Section
from trastienda.handlers.pages.admin.records.pages import NameDiffers
from trastienda.handlers.pages.admin.records.reading import beside_fields, read
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.words import marked
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.accounts.api_key import ApiKeyDraft, ApiKeyMade
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.accounts import keys as keys_on_record
from trastienda.services.accounts import staff as staff_on_record

Page = Response[Any]
HERE = "/admin/keys"
FIELDS = (
    Field("name", marked("Name"), hint=marked("What it is for")),
    Field("role", marked("Role"), hint=marked("It may do all that this role may.")),
    Field("expires_at", marked("Until"), hint=marked("Empty: until it is revoked.")),
    Field(
        "staff",
        marked("Whose it is"),
        choices="staff",
        hint=marked("It ends when they leave."),
    ),
    Field(
        "scopes",
        marked("Only these rights"),
        choices="scopes",
        hint=marked("With none, it has all of its role."),
    ),
)


@get()
async def show_keys(request: AnyRequest, visitor: Asking) -> Page:
    """List the keys, with the form that makes another one."""
    return await _page(request, visitor, None)


@post(status_code=200)
async def make_key_by_form(request: AnyRequest, visitor: Asking) -> Page:
    """Make a key, and show it this once."""
    form = forms.sent(request)
    try:
        draft = read(form, ApiKeyDraft, FIELDS, frames.room(request), changes=False)
        work = keys.make(draft, visitor, forms.context(request, visitor, form))
        made = await forms.once(work, ApiKeyMade)
    except forms.Refusal as error:
        frames.refused(request, form, error)
        beside_fields(form, FIELDS)
        return await _page(request, visitor, form)
    return frames.shown(request, visitor, "people/key.html", made=made)


@post(status_code=200)
async def revoke_key_by_form(request: AnyRequest, visitor: Asking, key_id: FromPath[UUID]) -> Page:
    """Take a key back, once its name was typed."""
    form, told = forms.sent(request), marked("The key was revoked.")
    context = forms.context(request, visitor, form)
    if await forms.done_before(context.once):
        return frames.done(request, HERE, told)
    try:
        async with reading() as session:
            found = await keys_on_record.view(session, key_id)
        if form.get("name_again").strip() != found.name:
            raise NameDiffers(pointer="/name_again")
        await forms.once(keys.take_back(key_id, visitor, context), Any)
    except forms.Refusal as error:
        refused = frames.refused(request, Form(), error, str(key_id))
        return await _page(request, visitor, refused)
    return frames.done(request, HERE, told)


async def _page(request: AnyRequest, visitor: Visitor, form: Form | None) -> Page:
    async with reading() as session:
        found = await keys_on_record.unrevoked(session)
        choices = await _choices(session, visitor)
    room, known = frames.room(request, **choices), fields.specs(ApiKeyDraft)
    started = Form(writing.texts(fields.defaults(ApiKeyDraft), known, FIELDS, room))
    if form is not None and not form.pairs:  # a refusal that is about another form
        started.errors, started.refusal, started.status = form.errors, form.refusal, form.status
        form = started
    form = form or started
    panels = drawing.panels((Section(marked("New key"), FIELDS),), (ApiKeyDraft,), form, room)
    return frames.shown(request, visitor, "people/keys.html", form, items=found, panels=panels)


async def _choices(session: Reading, visitor: Visitor) -> dict[str, Choices]:
    members = await staff_on_record.everybody(session)
    return {
        "scopes": [(it, it) for it in sorted(visitor.scopes)],
        "staff": [("", "—"), *((str(it.id), f"{it.name} ({it.email})") for it in members)],
    }
