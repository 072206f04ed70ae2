"""A folder of templates and files in place of ours."""

from pathlib import Path

import pytest
from litestar.types import ASGIApp

from trastienda.database.models.shared.text import Locale
from trastienda.handlers.pages.answers import Frame
from trastienda.handlers.pages.rendering import Views
from trastienda.settings import Settings, WrongSetting, read

EXAMPLE = Path(__file__).parents[2] / "examples" / "theme"
SCOPE = {"type": "http", "path": "/", "query_string": b"", "headers": []}


def rendered(theme: Path | None, template: str, **facts: object) -> str:
    views = Views(Settings(secret="s" * 32, theme=theme))
    frame = Frame(SCOPE, views)  # type: ignore[arg-type]
    return views.render(template, Locale.ENGLISH, {"page": frame, **facts})


@pytest.fixture
async def in_a_shop(shop: ASGIApp) -> ASGIApp:
    """Templates ask for the shop's name and currency, which a process holds."""
    return shop


async def test_the_example_replaces_the_start_page_and_the_colours(in_a_shop: ASGIApp) -> None:
    ours = rendered(None, "storefront/home.html", newest=[])
    theirs = rendered(EXAMPLE, "storefront/home.html", newest=[])

    assert "Made by hand in Talavera" not in ours
    assert "Made by hand in Talavera" in theirs
    assert "/theme.css" in theirs
    assert "/theme.css" not in ours


async def test_a_theme_replaces_nothing_but_the_storefront(
    tmp_path: Path, in_a_shop: ASGIApp
) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "problem.html").write_text("mine")
    facts = {"status": 404, "title": "None", "request_id": "1", "for_staff": False}

    assert rendered(tmp_path, "parts/problem.html", **facts) != "mine"


def test_a_theme_that_is_no_folder_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match="TRASTIENDA_THEME: is not a folder"):
        read({"TRASTIENDA_THEME": str(tmp_path / "nothing")})
