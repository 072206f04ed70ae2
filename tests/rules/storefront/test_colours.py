"""Whatever colour a merchant chooses, texts can be read (WCAG 2.2, 1.4.3)."""

from hypothesis import given
from hypothesis import strategies as st

from trastienda.services.storefront.colours import (
    DARK_GROUND,
    LIGHT_GROUND,
    READABLE,
    contrast,
    palette,
)

colours = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@given(brand=colours, dark=st.none() | colours, accent=colours)
def test_texts_are_readable_on_any_colour(brand: str, dark: str | None, accent: str) -> None:
    found = palette(brand, dark, accent)

    assert found.light
    assert found.dark
    assert contrast(found.light.link, LIGHT_GROUND) >= READABLE
    assert contrast(found.dark.link, DARK_GROUND) >= READABLE
    for shades in (found.light, found.dark):
        assert contrast(shades.on_brand, shades.brand) >= READABLE
    assert contrast(str(found.on_accent), accent) >= READABLE
    assert found.light.brand == brand


def test_a_colour_that_can_be_read_is_the_link_as_it_is() -> None:
    found = palette("#0b5d57", None, None)

    assert found.light
    assert found.light.link == "#0b5d57"
    assert found.accent is None
