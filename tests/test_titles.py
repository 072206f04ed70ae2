"""Every error says its title in every language."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from inspect import cleandoc

import pytest

import trastienda
from trastienda.database.models.text import Locale
from trastienda.errors import ShopError
from trastienda.middlewares.errors import STATUS, Unexpected, status_of
from trastienda.spanish import SPANISH
from trastienda.titles import kind, title

PASSED_OVER = ("trastienda.__main__", "trastienda.database.migrations")
MODULES = [
    import_module(module.name)
    for module in pkgutil.walk_packages(trastienda.__path__, "trastienda.")
    if not module.name.startswith(PASSED_OVER)
]


def family(of: type[ShopError]) -> Iterator[type[ShopError]]:
    yield of
    for heir in of.__subclasses__():
        yield from family(heir)


ERRORS = sorted(
    {it for it in family(ShopError) if it.__module__.startswith("trastienda.")},
    key=lambda it: it.__name__,
)


@pytest.mark.parametrize("error", ERRORS, ids=lambda it: it.__name__)
def test_every_error_has_its_title_in_both_languages(error: type[ShopError]) -> None:
    assert "__doc__" in vars(error)
    assert cleandoc(error.__doc__ or "")
    assert title(error, Locale.ENGLISH).endswith(".")
    assert SPANISH[error.__name__].endswith(".")


@pytest.mark.parametrize("error", ERRORS, ids=lambda it: it.__name__)
def test_every_error_but_our_own_bugs_has_a_status(error: type[ShopError]) -> None:
    unexpected = STATUS[Unexpected]

    assert status_of(error) != unexpected or error in {Unexpected, ShopError}


def test_no_translation_is_left_over() -> None:
    assert SPANISH.keys() - {it.__name__ for it in ERRORS} == set()


def test_names_are_unique_for_they_are_the_problems_types() -> None:
    types = [kind(it) for it in ERRORS]

    assert len(types) == len(set(types))
