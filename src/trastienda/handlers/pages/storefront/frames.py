"""What all pages of the storefront show around their content."""

from trastienda.database.db import reading
from trastienda.handlers.pages import answers
from trastienda.handlers.pages.answers import AnyRequest, Frame
from trastienda.handlers.pages.storefront import carts_kept
from trastienda.middlewares.identity.access import asking
from trastienda.schemas.catalogue.category import CategoryView
from trastienda.services.catalogue import categories


async def framed(request: AnyRequest) -> Frame:
    """Return the frame of a page: the categories, the cart, and who is there."""
    frame = answers.framed(request, await asking(request))
    async with reading() as session:
        frame.categories = await categories.nested(session, frame.locale)
    kept = carts_kept.of(request.scope)
    frame.cart_units = kept.units if kept else 0
    return frame


def path_to(
    slug: str, categories_: list[CategoryView] | tuple[CategoryView, ...]
) -> list[CategoryView]:
    """Return a category with those above it, the topmost first; nothing if there is none."""
    for category in categories_:
        if category.slug == slug:
            return [category]
        if below := path_to(slug, category.children):
            return [category, *below]
    return []
