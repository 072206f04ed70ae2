"""What templates may say: no sums, no states, nothing unescaped, and all of it in Spanish."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest
from jinja2 import Environment, nodes
from tools.pages import icons, texts

from trastienda.handlers.pages import words
from trastienda.handlers.pages.assets import VIEWS

FILES = sorted(it for it in VIEWS.rglob("*") if it.suffix in {".html", ".jinja"})
SUMS = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow)
STATES = {state.value for state, _ in words.WORDS} - {"open"}
"""`open` is also an attribute of a `details` element."""
UNSAFE = {"safe", "mark_safe", "forceescape"}


def tree(file: Path) -> nodes.Template:
    return Environment(extensions=["jinja2.ext.i18n"]).parse(file.read_text())  # noqa: S701 - parsed only


def _literals(inside: nodes.Node) -> Iterator[str]:
    for compared in inside.find_all((nodes.Compare, nodes.Test)):
        yield from (it.value for it in compared.find_all(nodes.Const) if isinstance(it.value, str))


@pytest.mark.parametrize("file", FILES, ids=lambda it: str(it.relative_to(VIEWS)))
def test_templates_work_nothing_out(file: Path) -> None:
    parsed = tree(file)

    assert [type(it).__name__ for it in parsed.find_all(SUMS)] == []
    assert {it.name for it in parsed.find_all(nodes.Filter)} & UNSAFE == set()
    assert set(_literals(parsed)) & STATES == set()
    assert "style=" not in file.read_text()
    assert "hx-on" not in file.read_text()


def test_every_text_of_pages_has_its_spanish() -> None:
    assert texts.missing(texts.collected(texts.kept())) == []


def test_the_catalogue_has_nothing_that_no_page_says() -> None:
    said = {it[0] if isinstance(it, tuple) else it for it in texts.said()}
    kept = {texts.english(it) for it in texts.kept() if it.id}

    assert kept - said == set()


def test_every_state_has_a_word() -> None:
    kinds: set[type[StrEnum]] = {type(state) for state, _ in words.WORDS}

    assert {(kind, it.value) for kind in kinds for it in kind} == {
        (type(state), state.value) for state, _ in words.WORDS
    }


def test_the_sprite_has_the_icons_that_templates_name_and_no_others() -> None:
    sprite = icons.SPRITE.read_text()

    assert [line.split('"')[1] for line in sprite.splitlines()[1:-1]] == icons.named()
