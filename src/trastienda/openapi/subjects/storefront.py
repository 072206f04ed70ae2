"""The examples of the storefront: its logo and colours, and its terms."""

from typing import Any

_LOGO = "019ab3f2-5c1e-7d3a-9f00-2f6d1c0a7b11"
_TEXTS = {
    "announcement": "Free delivery from €50 on",
    "welcome": "Tiles for every wall",
    "introduction": "Made by hand in Seville since 1950.",
    "footer": "Azulejos SL, Calle Betis 7, Sevilla",
}
_TERMS = {
    "title": "Terms and conditions",
    "text": "## Who we are\n\nAzulejos SL sells tiles to people in the EU.",
}
_IN_SPANISH = {
    "title": "Términos y condiciones",
    "text": "## Quiénes somos\n\nAzulejos SL vende azulejos en la UE.",
}
_BOTH = {"en": _TERMS, "es": _IN_SPANISH}

STOREFRONT: dict[str, Any] = {
    "logo": _LOGO,
    "brand_colour": "#0b5d57",
    "dark_brand_colour": None,
    "accent_colour": "#f4d35e",
    "on_accent": "#000000",
    "StorefrontPatch.texts": {"en": _TEXTS},
    "StorefrontSettingsView.texts": {"en": _TEXTS},
    **{f"StorefrontTexts.{name}": text for name, text in _TEXTS.items()},
    "StorefrontView.name": "Azulejos",
    "StorefrontView.logo": {
        "url": f"/media/{_LOGO}/640.png",
        "width": 640,
        "height": 160,
        "sources": [{"type": "image/webp", "srcset": f"/media/{_LOGO}/640.webp 640w"}],
    },
    "StorefrontView.palette": {
        "light": {"brand": "#0b5d57", "on_brand": "#ffffff", "link": "#0b5d57"},
        "dark": {"brand": "#5b928f", "on_brand": "#000000", "link": "#5b928f"},
        "accent": "#f4d35e",
        "on_accent": "#000000",
    },
    "StorefrontView.legal_pages": [{"kind": "terms", "title": "Terms and conditions"}],
    "StorefrontView.currencies": ["EUR"],
    "StorefrontView.locales": ["en", "es"],
    "LegalPageDraft.texts": _BOTH,
    "StaffLegalPageView.texts": _BOTH,
    "path.kind": "terms",
    "query.filter": ["Colour=Blue"],
    "query.in_stock": True,
    "FilterGroup.name": "Colour",
    "ListFilters.in_stock": 31,
    "ListFilters.groups": [
        {
            "name": "Colour",
            "values": [
                {"value": "Blue", "filter": "Colour=Blue", "count": 12, "selected": True},
                {"value": "White", "filter": "Colour=White", "count": 19, "selected": False},
            ],
        }
    ],
    **{
        f"{owner}.{name}": value
        for owner in ("LegalPageView", "LegalPageName", "StaffLegalPageView")
        for name, value in {"kind": "terms", "locale": "en", **_TERMS}.items()
    },
    **{f"LegalText.{name}": text for name, text in _TERMS.items()},
}
