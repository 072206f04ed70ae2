"""Colours that can be read on each other: contrast and tones (WCAG 2.2, criterion 1.4.3)."""

from functools import lru_cache

from trastienda.schemas.storefront.settings import Palette, Shades

READABLE = 4.5
"""The least contrast of text."""
WHITE, BLACK = "#ffffff", "#000000"
LIGHT_GROUND, DARK_GROUND = "#f5f4f0", "#1f1e17"
"""`--wash` of `base.css`: of the two grounds of pages, the one with less contrast."""
STEPS = 50


@lru_cache(64)
def palette(brand: str | None, dark_brand: str | None, accent: str | None) -> Palette:
    """Return the colours of a shop, with those of the texts on them."""
    in_the_dark = dark_brand or (brand and _towards(brand, WHITE, DARK_GROUND))
    return Palette(
        light=_shades(brand, BLACK, LIGHT_GROUND) if brand else None,
        dark=_shades(in_the_dark, WHITE, DARK_GROUND) if in_the_dark else None,
        accent=accent,
        on_accent=text_on(accent) if accent else None,
    )


def text_on(ground: str) -> str:
    """Return white or black, whichever reads better: at least 4.58 to 1 on any colour."""
    return max(WHITE, BLACK, key=lambda it: contrast(it, ground))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _shades(brand: str, end: str, ground: str) -> Shades:
    return Shades(brand=brand, on_brand=text_on(brand), link=_towards(brand, end, ground))


def _towards(colour: str, end: str, ground: str) -> str:
    """Return the tone between a colour and an end that is nearest to it and readable."""
    tones = (_mixed(colour, end, step / STEPS) for step in range(STEPS))
    return next((it for it in tones if contrast(it, ground) >= READABLE), end)


def _mixed(colour: str, end: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(end), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _luminance(colour: str) -> float:
    """Return the relative luminance (WCAG 2.2)."""
    red, green, blue = (_linear(it / 255) for it in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return float(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004
