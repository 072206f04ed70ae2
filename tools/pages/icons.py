"""Make the sprite of the pages' icons from `lucide-static`: `python -m tools.pages.icons FOLDER`.

FOLDER is the package's `icons` folder, as `npm pack lucide-static` brings it. The sprite holds the
icons that the templates name, and no others.
"""

import re
import sys
from pathlib import Path

from trastienda.handlers.pages.admin import navigation

VIEWS = Path(__file__).parents[2] / "src" / "trastienda" / "views"
SPRITE = VIEWS / "vendor" / "icons.svg"
NAMED = re.compile(r"""\bicon(?:_name=|\()["']([a-z0-9-]+)["']""")
INSIDE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
SHARED = (
    'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
    'stroke-linecap="round" stroke-linejoin="round"'
)


def named() -> list[str]:
    """Return the icons that the templates and the navigation of the admin name, sorted."""
    texts = (it.read_text() for it in VIEWS.rglob("*") if it.suffix in {".html", ".jinja"})
    places = {it.icon for it in navigation.PLACES}
    return sorted(places | {name for text in texts for name in NAMED.findall(text)})


def sprite(folder: Path) -> str:
    symbols = [_symbol(folder / f"{name}.svg") for name in named()]
    return "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', *symbols, "</svg>", ""])


def _symbol(file: Path) -> str:
    found = INSIDE.search(file.read_text())
    if found is None:
        raise SystemExit(f"{file}: is no icon")
    inside = re.sub(r"\s+", " ", found[1]).replace("> <", "><").strip()
    return f'<symbol id="{file.stem}" {SHARED}>{inside}</symbol>'


if __name__ == "__main__":
    SPRITE.write_text(sprite(Path(sys.argv[1])))
