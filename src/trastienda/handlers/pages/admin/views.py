"""Saving a list with its filters, and forgetting it again."""

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.params import FromPath

from trastienda.controllers.pages import saved_views
from trastienda.database.db import utcnow
from trastienda.handlers.pages import forms
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.words import marked
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.pages.saved_view import SavedViewDraft

Page = Response[Any]


@post(status_code=200)
async def save_view_by_form(request: AnyRequest, visitor: Asking) -> Page:
    """Save the filters of a list under a name."""
    assert visitor.user_id is not None  # noqa: S101 - the guard admits people only
    form = forms.sent(request)
    kept = Form([it for it in form.pairs if it[0] in {"list", "name", "query"}])
    try:
        draft = kept.to(SavedViewDraft)
        await saved_views.save(visitor.user_id, draft, utcnow())
    except forms.Refusal as error:
        refused = frames.refused(request, form, error)
        return frames.shown(request, visitor, "refused.html", refused, back="/admin/orders")
    address = f"/admin/{draft.list}?{draft.query}"
    return frames.done(request, address, marked("The view was saved."))


@post(status_code=200)
async def drop_view_by_form(request: AnyRequest, visitor: Asking, view_id: FromPath[UUID]) -> Page:
    """Forget a saved view; what takes that back saves it anew."""
    assert visitor.user_id is not None  # noqa: S101 - the guard admits people only
    form = forms.sent(request)
    await saved_views.drop(visitor.user_id, view_id)
    undo = {it: form.get(it) for it in ("list", "name", "query")}
    return frames.done_with_undo(
        request, "/admin/orders", marked("The view was deleted."), ("/admin/views", undo)
    )
