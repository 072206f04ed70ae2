"""The shop's own colours as a stylesheet: its address holds a hash of what is in it."""

from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from litestar import Response, get
from litestar.params import FromPath

from trastienda.handlers.pages.assets import FOR_GOOD
from trastienda.schemas.storefront.settings import Palette, Shades
from trastienda.services.storefront import shown


class Stylesheet(NamedTuple):
    text: str
    address: str


@lru_cache(64)
def stylesheet(palette: Palette) -> Stylesheet:
    """Return the stylesheet of a palette; an empty one for a shop without colours of its own."""
    rules = []
    if palette.light:
        rules.append(f":root {{ {_tokens(palette.light)} }}")
    if palette.dark:
        rules.append(
            f"@media (prefers-color-scheme: dark) {{ :root {{ {_tokens(palette.dark)} }} }}"
        )
    if palette.accent:
        rules.append(f":root {{ --accent: {palette.accent}; --on-accent: {palette.on_accent}; }}")
    text = "".join(f"{it}\n" for it in rules)
    return Stylesheet(text, f"/brand/{sha256(text.encode()).hexdigest()[:16]}.css")


def _tokens(shades: Shades) -> str:
    # Pressed or hovered, a ground moves away from its text, so that this stays readable.
    return (
        f"--brand: {shades.brand}; --on-brand: {shades.on_brand}; --link: {shades.link};"
        f" --hover: {'#000000' if shades.on_brand == '#ffffff' else '#ffffff'};"
    )


@get(sync_to_thread=False)
def read_brand(name: FromPath[str]) -> Response[str]:
    """Read the shop's colours. Another address than today's is answered, not kept."""
    sheet = stylesheet(shown.palette())
    keep = FOR_GOOD if sheet.address == f"/brand/{name}" else "no-cache"
    return Response(sheet.text, media_type="text/css", headers={"cache-control": keep})
