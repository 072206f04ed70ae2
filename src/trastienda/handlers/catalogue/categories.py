"""Categories, as staff see and write them."""

from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from trastienda.controllers.catalogue import categories
from trastienda.database.db import reading
from trastienda.database.models.shared.text import Locale
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.schemas.catalogue.category_draft import (
    CategoryDraft,
    CategoryMove,
    CategoryPatch,
    StaffCategories,
    StaffCategoryView,
)
from trastienda.services.catalogue import staff_categories


@get()
async def list_all_categories(locale: NamedDependency[Locale]) -> StaffCategories:
    """List all categories, each with its parent and its names in every language."""
    async with reading() as session:
        return StaffCategories(await staff_categories.every(session, locale))


@post()
async def create_category(
    context: RequestContext, data: JSONBody[CategoryDraft]
) -> Response[StaffCategoryView]:
    """Create a category, at the top level or inside another, at most 10 levels deep."""
    return versioned(await categories.create(data, context), 201)


@get()
async def get_category(category_id: FromPath[UUID]) -> Response[StaffCategoryView]:
    """Read a category."""
    async with reading() as session:
        return versioned(await staff_categories.view(session, category_id))


@patch()
async def change_category(
    context: RequestContext, category_id: FromPath[UUID], data: JSONBody[CategoryPatch]
) -> Response[StaffCategoryView]:
    """Rename, reorder or move a category with its subcategories; product lists change at once."""
    return versioned(await categories.change(category_id, data, context))


@post(status_code=200)
async def move_category(
    context: RequestContext, category_id: FromPath[UUID], data: JSONBody[CategoryMove]
) -> Response[StaffCategoryView]:
    """Put a category before another one, or at the end of a parent, with its subcategories.

    Siblings get new positions, and events of their own, where there is no room between them.
    """
    return versioned(await categories.move(category_id, data, context))


@delete()
async def delete_category(context: RequestContext, category_id: FromPath[UUID]) -> None:
    """Delete a category without subcategories; its products stay in the shop."""
    await categories.remove(category_id, context)
