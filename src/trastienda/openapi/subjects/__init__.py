"""The examples of single subjects."""

from typing import Any

from trastienda.openapi.subjects import imports, media
from trastienda.openapi.subjects.draft_orders import DRAFT_ORDERS
from trastienda.openapi.subjects.people import PEOPLE
from trastienda.openapi.subjects.returns import RETURNS
from trastienda.openapi.subjects.storefront import STOREFRONT

SUBJECTS: dict[str, Any] = {
    **DRAFT_ORDERS,
    **PEOPLE,
    **media.MEDIA,
    **imports.IMPORTS,
    **RETURNS,
    **STOREFRONT,
}
FORMS: dict[str, Any] = {**imports.FORMS, **media.FORMS}
"""The schemas of bodies that are no JSON."""
BODIES: dict[str, Any] = {**imports.BODIES, **media.BODIES}
"""The bodies of operations whose handlers read them themselves."""
