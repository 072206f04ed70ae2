"""Categories as staff write and read them."""

from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.database.models.shared.text import Locale
from trastienda.schemas.catalogue.product_draft import Slug
from trastienda.schemas.shared.naming import Label, Position

CategorySlug = Annotated[Slug, Meta(examples=["mugs"])]
ParentSlug = Annotated[
    Slug, Meta(description="The slug of the parent category.", examples=["tableware"])
]
CategoryName = Annotated[Label, Meta(examples=["Mugs"])]
_IN_SPANISH = Meta(examples=[{"es": "Tazas"}])


class CategoryDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    """Without a slug, one is made from the name; without a parent, it is at the top level."""

    name: CategoryName
    slug: CategorySlug | None = None
    parent: ParentSlug | None = None
    position: Position = 0
    translations: Annotated[dict[Locale, CategoryName], _IN_SPANISH] = {}
    """Its name in other languages; `name` is used for the rest."""


class CategoryPatch(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays. A null parent means the top level; null removes a translation."""

    name: CategoryName | UnsetType = UNSET
    slug: CategorySlug | UnsetType = UNSET
    parent: ParentSlug | UnsetType | None = UNSET
    position: Position | UnsetType = UNSET
    translations: Annotated[dict[Locale, CategoryName | None], _IN_SPANISH] | UnsetType = UNSET


class CategoryMove(Struct, forbid_unknown_fields=True, kw_only=True):
    """Where a category goes, with its subcategories."""

    parent: ParentSlug | None = None
    """Null: to the top level."""
    before: Annotated[CategorySlug | None, Meta(examples=["plates"])] = None
    """The slug of the category in that parent that it stands before; null: it is the last."""


class StaffCategoryView(Struct, kw_only=True):
    """A category as staff see it: its name in every language."""

    id: UUID
    slug: CategorySlug
    parent: ParentSlug | None
    names: Annotated[dict[Locale, str], Meta(examples=[{"en": "Mugs", "es": "Tazas"}])]
    position: Position
    version: int


class StaffCategories(Struct):
    """All categories; siblings are in the order in which the shop shows them."""

    items: list[StaffCategoryView]
    next_cursor: None = None
