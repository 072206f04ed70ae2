"""The storefront's logo, colours and texts, as staff write them and everybody reads them."""

from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.database.models.shared.text import Locale
from trastienda.database.models.storefront.legal_page import LegalKind
from trastienda.schemas.media.media import PictureSource
from trastienda.schemas.shared.money import Currency

_COLOUR = r"\A#[0-9a-fA-F]{6}\Z"
Colour = Annotated[str, Meta(pattern=_COLOUR, examples=["#0b5d57"])]
OwnColour = Annotated[
    Colour | None,
    Meta(description="`#rrggbb`; null: the default. The colour of the text on it is worked out."),
]
Line = Annotated[str, Meta(max_length=200)] | None
Paragraph = Annotated[str, Meta(max_length=500)] | None
Logo = Annotated[
    UUID | None,
    Meta(description="The id of a picture that is ready; null: the shop's name is written."),
]


class StorefrontTexts(Struct, forbid_unknown_fields=True, kw_only=True):
    """Plain texts of the storefront in one language; null or empty: the default."""

    announcement: Line = None
    """One line above every page; without it, there is none."""
    welcome: Line = None
    """The heading of the home page."""
    introduction: Paragraph = None
    """Below that heading, and for search engines."""
    footer: Paragraph = None
    """At the foot of every page."""


TextsByLanguage = Annotated[
    dict[Locale, StorefrontTexts],
    Meta(
        description="Where a text is missing in a language, the one of the shop's first language"
        " is shown."
    ),
]


class StorefrontPatch(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays; `texts` is replaced as a whole."""

    logo: Logo | UnsetType = UNSET
    brand_colour: OwnColour | UnsetType = UNSET
    """Of buttons and links."""
    dark_brand_colour: OwnColour | UnsetType = UNSET
    """The same for visitors whose screens are dark; null: a lighter tone of the other one."""
    accent_colour: OwnColour | UnsetType = UNSET
    """Behind the announcement and the welcome."""
    texts: TextsByLanguage | UnsetType = UNSET


class StorefrontSettingsView(Struct, kw_only=True):
    """The storefront's settings, as staff see them."""

    logo: Logo
    brand_colour: OwnColour
    dark_brand_colour: OwnColour
    accent_colour: OwnColour
    texts: TextsByLanguage
    version: int


class LogoView(Struct, kw_only=True):
    """The logo: what an `<img>` and the `<source>`s of a `<picture>` need."""

    url: str
    width: int
    height: int
    sources: list[PictureSource]


class Shades(Struct, frozen=True, kw_only=True):
    """The brand's colours on a ground, with the texts that can be read on them (WCAG 2.2, AA)."""

    brand: Colour
    on_brand: Colour
    """Of text on `brand`."""
    link: Colour
    """Of links on the page: `brand`, or a tone of it that can be read there."""


class Palette(Struct, frozen=True, kw_only=True):
    """The shop's own colours; null where it has none."""

    light: Shades | None
    dark: Shades | None
    accent: Colour | None
    on_accent: Colour | None


class LegalPageName(Struct):
    """A legal page, as the foot of a page names it."""

    kind: LegalKind
    title: str


class StorefrontView(Struct, kw_only=True):
    """What a front-end shows around its pages."""

    name: str
    logo: LogoView | None
    palette: Palette
    texts: StorefrontTexts
    legal_pages: list[LegalPageName]
    currencies: list[Currency]
    """The default comes first."""
    locales: list[Locale]
