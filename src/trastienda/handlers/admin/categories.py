"""Categories, as staff see and write them."""

from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from trastienda.controllers import categories
from trastienda.database.db import reading
from trastienda.database.models.text import Locale
from trastienda.handlers.answers import versioned
from trastienda.handlers.terms import Asked
from trastienda.schemas.category_draft import (
    CategoryDraft,
    CategoryPatch,
    StaffCategories,
    StaffCategoryView,
)
from trastienda.services import staff_categories


@get()
async def list_all_categories(locale: NamedDependency[Locale]) -> StaffCategories:
    """List all categories, each with the one it stands in and its names in every language."""
    async with reading() as session:
        return StaffCategories(await staff_categories.every(session, locale))


@post()
async def create_category(
    terms: Asked, data: JSONBody[CategoryDraft]
) -> Response[StaffCategoryView]:
    """Put up a category, at the top or inside another, at most 10 levels deep."""
    return versioned(await categories.create(data, terms), 201)


@get()
async def get_category(category_id: FromPath[UUID]) -> Response[StaffCategoryView]:
    """Read a category."""
    async with reading() as session:
        return versioned(await staff_categories.view(session, category_id))


@patch()
async def change_category(
    terms: Asked, category_id: FromPath[UUID], data: JSONBody[CategoryPatch]
) -> Response[StaffCategoryView]:
    """Rename, sort or move a category; all inside it moves along, and lists follow at once."""
    return versioned(await categories.change(category_id, data, terms))


@delete()
async def delete_category(terms: Asked, category_id: FromPath[UUID]) -> None:
    """Take down a category that holds no others; its products stay in the shop."""
    await categories.remove(category_id, terms)
