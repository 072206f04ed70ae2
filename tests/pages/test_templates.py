"""What templates may say: no sums, no states, nothing unescaped, and all of it in Spanish."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest
from jinja2 import Environment, meta, nodes
from tools.pages import icons, texts

from trastienda.database.models.accounts.user import Role
from trastienda.database.models.media.media import MediaFailure, MediaState
from trastienda.database.models.shared.text import Locale
from trastienda.database.models.webhooks.webhook import Trouble
from trastienda.handlers.pages import words
from trastienda.handlers.pages.admin import happenings
from trastienda.handlers.pages.admin import words as admin_words
from trastienda.handlers.pages.assets import VIEWS
from trastienda.handlers.pages.rendering import catalogue
from trastienda.schemas.mail.mail import Audience
from trastienda.schemas.shared.actor import ActorKind
from trastienda.services.mail import table

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


def _from_outside(file: Path) -> set[str]:
    """Return the names that a template takes from its context, or from what all have."""
    parsed = tree(file)
    filters = dict.fromkeys((it.name for it in parsed.find_all(nodes.Filter)), str)
    parsed.set_environment(environment := Environment())  # noqa: S701 - nothing is rendered
    environment.filters.update(filters)
    own = {it.target.name for it in parsed.find_all(nodes.Assign) if hasattr(it.target, "name")}
    return meta.find_undeclared_variables(parsed) - own


def test_macros_know_their_arguments_and_the_page_alone() -> None:
    """They are made once, without the context of the page that calls them."""
    macros = [it for it in FILES if it.suffix == ".jinja"]

    used = set[str]().union(*(_from_outside(it) for it in macros))

    assert used <= {"_", "asset", "kept", "page", "ngettext"}


def test_what_is_kept_does_not_follow_from_the_page() -> None:
    macros = [it for file in FILES for it in tree(file).find_all(nodes.Macro)]
    uses = {macro.name: {it.name for it in macro.find_all(nodes.Name)} for macro in macros}
    calls = [it for file in FILES for it in tree(file).find_all(nodes.Call)]
    kept = {it.args[0].name for it in calls if getattr(it.node, "name", "") == "kept"}  # type: ignore[attr-defined]
    reached = set(kept)
    while more := {name for it in reached for name in uses.get(it, ())} - reached:
        reached |= more

    assert kept == {"card", "shop_nav"}
    assert "page" not in reached


def test_no_text_is_none_in_every_language() -> None:
    assert [catalogue(it).gettext("") for it in Locale] == [""] * len(Locale)


def test_every_text_of_pages_has_its_spanish() -> None:
    assert texts.missing(texts.collected(texts.kept())) == []


def test_the_catalogue_has_nothing_that_no_page_says() -> None:
    said = {it[0] if isinstance(it, tuple) else it for it in texts.said()}
    kept = {texts.english(it) for it in texts.kept() if it.id}

    assert kept - said == set()


def test_roles_senders_and_mails_have_words_of_their_own() -> None:
    kinds = (ActorKind, Audience, MediaFailure, MediaState, Role, Trouble)
    values = {it.value for kind in kinds for it in kind}

    assert values - admin_words.CHOICES.keys() == set()
    assert table.MAILS.keys() - happenings.HAPPENINGS.keys() == set()


def test_every_state_has_a_word() -> None:
    kinds: set[type[StrEnum]] = {type(state) for state, _ in words.WORDS}

    assert {(kind, it.value) for kind in kinds for it in kind} == {
        (type(state), state.value) for state, _ in words.WORDS
    }


def test_the_sprite_has_the_icons_that_templates_name_and_no_others() -> None:
    sprite = icons.SPRITE.read_text()

    assert [line.split('"')[1] for line in sprite.splitlines()[1:-1]] == icons.named()
