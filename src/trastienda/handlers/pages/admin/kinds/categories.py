"""Categories: a tree, whose branches are moved up, down and into others."""

from trastienda.controllers.catalogue import categories
from trastienda.database.db import Reading
from trastienda.handlers.pages.admin.kinds.listing import category_choices
from trastienda.handlers.pages.admin.kinds.shipping import first_name, names
from trastienda.handlers.pages.admin.records.fields import Choices, Field, Section
from trastienda.handlers.pages.admin.records.record import Record
from trastienda.handlers.pages.words import marked
from trastienda.schemas.catalogue.category_draft import CategoryDraft, CategoryPatch
from trastienda.schemas.shared.context import Context
from trastienda.services.catalogue import staff_categories


async def _choices(session: Reading, context: Context) -> dict[str, Choices]:
    return {"categories": await category_choices(session, context)}


CATEGORIES = Record(
    path="categories",
    title=marked("Categories"),
    one=marked("Category"),
    new=marked("New category"),
    empty=marked("Buyers find products by their categories."),
    write="catalogue.write",
    sections=(
        Section(
            marked("Category"),
            (
                Field("name", marked("Name"), of=first_name),
                Field("translations", marked("Name in other languages"), of=names),
                Field("slug", marked("Address"), hint=marked("Empty: made from the name.")),
                Field("parent", marked("In"), choices="categories"),
                Field("position", marked("Position"), hint=marked("The lowest comes first.")),
            ),
        ),
    ),
    read=lambda session, category_id, _: staff_categories.view(session, category_id),
    called=lambda view: str(first_name(view)),
    draft=CategoryDraft,
    patch=CategoryPatch,
    create=lambda _, draft, context: categories.create(draft, context),
    change=lambda _, category_id, patch, context: categories.change(category_id, patch, context),
    remove=lambda _, category_id, context: categories.remove(category_id, context),
    choices=_choices,
)
