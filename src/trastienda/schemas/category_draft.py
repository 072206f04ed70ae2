"""What staff write about a category, and what they read back."""

from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.database.models.text import Locale
from trastienda.schemas.naming import Label, Position
from trastienda.schemas.product_draft import Slug

CategorySlug = Annotated[Slug, Meta(examples=["mugs"])]
ParentSlug = Annotated[
    Slug, Meta(description="The category that this one stands in.", examples=["tableware"])
]
CategoryName = Annotated[Label, Meta(examples=["Mugs"])]
_IN_SPANISH = Meta(examples=[{"es": "Tazas"}])


class CategoryDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    """Without a slug it gets one of its name; without a parent it stands at the top."""

    name: CategoryName
    slug: CategorySlug | None = None
    parent: ParentSlug | None = None
    position: Position = 0
    translations: Annotated[dict[Locale, CategoryName], _IN_SPANISH] = {}
    """Its name in other languages; where there is none, `name` stands for it."""


class CategoryPatch(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays. Parent null moves it to the top; translation null drops that one."""

    name: CategoryName | UnsetType = UNSET
    slug: CategorySlug | UnsetType = UNSET
    parent: ParentSlug | UnsetType | None = UNSET
    position: Position | UnsetType = UNSET
    translations: Annotated[dict[Locale, CategoryName | None], _IN_SPANISH] | UnsetType = UNSET


class StaffCategoryView(Struct, kw_only=True):
    """A category as staff see it: its name in every language."""

    id: UUID
    slug: CategorySlug
    parent: ParentSlug | None
    names: Annotated[dict[Locale, str], Meta(examples=[{"en": "Mugs", "es": "Tazas"}])]
    position: Position
    version: int


class StaffCategories(Struct):
    """All of them, siblings in the order in which the shop shows them."""

    items: list[StaffCategoryView]
    next_cursor: None = None
