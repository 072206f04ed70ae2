"""How the lists of records are read."""

from collections.abc import Awaitable, Sequence
from typing import Any

from trastienda.database.db import Reading
from trastienda.handlers.pages.admin.records.fields import Choices
from trastienda.handlers.pages.admin.records.record import Listed
from trastienda.schemas.shared.context import Context
from trastienda.services.catalogue import staff_categories
from trastienda.services.taxes import classes

STANDARD = "standard"


async def everything(found: Awaitable[Sequence[Any]]) -> Listed:
    """Return a list that has no pages."""
    return Listed(await found)


async def page(found: Awaitable[Any]) -> Listed:
    """Return a page of a list: the views have their items and the cursor of the next page."""
    view = await found
    return Listed(view.items, view.next_cursor)


async def category_choices(session: Reading, context: Context) -> Choices:
    """Return the categories by their slugs, each after the one that it is in."""
    found = await staff_categories.every(session, context.locale)
    return [
        (it.slug, it.names.get(context.locale) or next(iter(it.names.values()))) for it in found
    ]


async def tax_class_choices(session: Reading) -> Choices:
    """Return the tax classes by their codes: first the one that counts unless somebody chooses."""
    known = await classes.every(session)
    return [(it.code, it.name) for it in sorted(known, key=lambda it: it.code != STANDARD)]
