"""Legal pages, as staff write them and everybody reads them."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from trastienda.database.models.shared.text import Locale
from trastienda.database.models.storefront.legal_page import LegalKind

Title = Annotated[str, Meta(max_length=200)]
Text = Annotated[
    str,
    Meta(
        max_length=100_000,
        description="Paragraphs with empty lines between them. `## ` begins a heading, `- ` and"
        " `1. ` an item of a list; `**bold**` and `[a link](https://…)` may stand in a line.",
    ),
]


class LegalText(Struct, forbid_unknown_fields=True, kw_only=True):
    """A legal page in one language; without a text it is not written in it."""

    title: Title = ""
    text: Text = ""


LegalTexts = Annotated[
    dict[Locale, LegalText],
    Meta(description="Readers of other languages see that of the shop's first language."),
]


class LegalPageDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    """Replaces the page in all languages."""

    texts: LegalTexts


class StaffLegalPageView(Struct, kw_only=True):
    """A legal page in all its languages."""

    kind: LegalKind
    texts: LegalTexts
    changed_at: datetime
    version: int


class StaffLegalPages(Struct):
    items: list[StaffLegalPageView]


class LegalPageView(Struct, kw_only=True):
    """A legal page in one language."""

    kind: LegalKind
    locale: Locale
    """The language that the text is written in."""
    title: Title
    text: Text
    changed_at: datetime
