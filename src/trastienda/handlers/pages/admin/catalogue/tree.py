"""The tree of categories, whose branches are moved by buttons and by dragging."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post

from trastienda.controllers.catalogue import categories
from trastienda.database.db import reading
from trastienda.handlers.pages import forms
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.admin.kinds.categories import CATEGORIES
from trastienda.handlers.pages.admin.records.record import by_uuid
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.words import marked
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.catalogue.category_draft import CategoryMove, StaffCategoryView
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.catalogue import staff_categories
from trastienda.services.pages.catalogue import category_nodes

Page = Response[Any]
HERE = "/admin/categories"


@get()
async def show_tree(request: AnyRequest, visitor: Asking) -> Page:
    """Show all categories, each with the steps that it can take."""
    return await _page(request, visitor, Form())


@post(status_code=200)
async def move_category_by_form(request: AnyRequest, visitor: Asking) -> Page:
    """Move a category: `move` says which, as it was seen, and where it goes."""
    form = forms.sent(request)
    try:
        category_id, version, to = _read(form.get("move"))
        async with reading() as session:
            found = await staff_categories.every(session, frames.locale(request))
        context = forms.context(request, visitor, Form([*form.pairs, ("version", version)]))
        moved = await forms.once(categories.move(category_id, to, context), StaffCategoryView)
    except forms.Refusal as error:
        return await _page(request, visitor, frames.refused(request, form, error))
    return _moved(request, found, moved)


def _moved(
    request: AnyRequest, before: list[StaffCategoryView], moved: StaffCategoryView
) -> Response[None]:
    """Lead back to the tree, and offer the way back to where the category stood."""
    told, known = (
        marked("The category was moved."),
        next((it for it in before if it.id == moved.id), moved),
    )
    siblings = [it.slug for it in before if it.parent == known.parent]
    index = siblings.index(known.slug) + 1 if known.slug in siblings else len(siblings)
    following = siblings[index] if index < len(siblings) else ""
    back = f"{moved.id}/{moved.version}/{known.parent or ''}/{following}"
    return frames.done_with_undo(request, HERE, told, (HERE, {"move": back}))


def _read(text: str) -> tuple[UUID, str, CategoryMove]:
    """Read `id/version/parent/before`, of which the last two may be empty: slugs have no slash."""
    category_id, _, rest = text.partition("/")
    version, _, rest = rest.partition("/")
    parent, _, before = rest.partition("/")
    return by_uuid(category_id), version, Form(parent=parent, before=before).to(CategoryMove)


async def _page(request: AnyRequest, visitor: Visitor, form: Form) -> Page:
    async with reading() as session:
        found = await staff_categories.every(session, frames.locale(request))
    return frames.shown(
        request,
        visitor,
        "catalogue/categories.html",
        form,
        record=CATEGORIES,
        nodes=category_nodes.tree(found),
    )
