"""The tree of categories: one is chosen and moved by buttons, or dragged."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post

from trastienda.controllers.catalogue import categories
from trastienda.database.db import reading
from trastienda.errors import Invalid
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
STEPS = frozenset({"up", "down", "into", "out"})


class NoCategoryChosen(Invalid):
    """Choose a category first."""


class NoStepThere(Invalid):
    """The category cannot move any further that way."""


@get()
async def show_tree(request: AnyRequest, visitor: Asking) -> Page:
    """Show all categories."""
    return await _page(request, visitor, Form())


@post(status_code=200)
async def move_category_by_form(request: AnyRequest, visitor: Asking) -> Page:
    """Move a category by a `step`, or to where `move` says."""
    form = forms.sent(request)
    try:
        async with reading() as session:
            found = await staff_categories.every(session, frames.locale(request))
        category_id, version, to = (
            _read(form.get("move")) if form.get("move") else _step(form, found)
        )
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
    return frames.done_with_undo(request, f"{HERE}?at={moved.slug}", told, (HERE, {"move": back}))


Move = tuple[UUID, str, CategoryMove]


def _step(form: Form, found: list[StaffCategoryView]) -> Move:
    """Return the move that a button means for the category that is chosen, as it was seen.

    Raise NoCategoryChosen or NoStepThere.
    """
    slug, _, version = form.get("node").partition("/")
    node = category_nodes.find(category_nodes.tree(found), slug)
    if node is None:
        raise NoCategoryChosen(pointer="/node")
    to = getattr(node, form.get("step")) if form.get("step") in STEPS else None
    if to is None:
        raise NoStepThere(pointer="/node")
    return node.category.id, version, to


def _read(text: str) -> Move:
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
        chosen=form.get("node").partition("/")[0] or frames.asked(request, "at"),
    )
