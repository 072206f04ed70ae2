"""Every error says its title in every language."""

from inspect import cleandoc

import pytest
from support.analysis.catalogues import entries, written
from support.analysis.descriptions import ERRORS

from trastienda.database.models.shared.text import Locale
from trastienda.errors import ShopError
from trastienda.middlewares.answers.errors import STATUS, Unexpected, status_of
from trastienda.titles import kind, title

SPANISH = {name: it for name, it in entries(written()).items() if " " not in name}


@pytest.mark.parametrize("error", ERRORS, ids=lambda it: it.__name__)
def test_every_error_has_its_title_in_both_languages(error: type[ShopError]) -> None:
    assert "__doc__" in vars(error)
    assert cleandoc(error.__doc__ or "")
    assert title(error, Locale.ENGLISH).endswith(".")
    assert title(error, Locale.SPANISH) == SPANISH[error.__name__].translation
    assert SPANISH[error.__name__].translation.endswith(".")


@pytest.mark.parametrize("error", ERRORS, ids=lambda it: it.__name__)
def test_every_error_but_our_own_bugs_has_a_status(error: type[ShopError]) -> None:
    unexpected = STATUS[Unexpected]

    assert status_of(error) != unexpected or error in {Unexpected, ShopError}


def test_no_translation_is_left_over() -> None:
    assert SPANISH.keys() - {it.__name__ for it in ERRORS} == set()


def test_names_are_unique_for_they_are_the_problems_types() -> None:
    types = [kind(it) for it in ERRORS]

    assert len(types) == len(set(types))
