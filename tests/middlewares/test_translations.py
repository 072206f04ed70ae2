"""The catalogue has all that the shop says itself, and nothing else; it is compiled as written."""

import re

import pytest
from support.analysis.catalogues import Entry, compiled, entries, written
from support.analysis.descriptions import ERRORS

from trastienda.database.models.shared.text import Locale
from trastienda.middlewares.answers.fault_texts import EMPTY, EXPECTED, NO_BODY, OR, SENTENCES
from trastienda.openapi.facts import FACTS
from trastienda.services.invoices.documents.wording import WORDS
from trastienda.titles import title
from trastienda.translation import translate

ENGLISH = (
    {it.__name__: title(it, Locale.ENGLISH) for it in ERRORS}
    | {f"fault {code}": words for code, words in SENTENCES.items()}
    | {"fault empty": EMPTY, "fault no_body": NO_BODY}
    | {f"expected {name}": words for name, words in EXPECTED.items()}
    | {"expected or": OR}
    | {f"fact {name}": words for name, (_, words) in FACTS.items()}
    | {f"invoice {name}": words for name, words in WORDS.items()}
)
ENTRIES = entries(written())


def test_each_text_is_translated_from_the_english_of_today_and_nothing_is_left_over() -> None:
    translated = {context: entry.english for context, entry in ENTRIES.items()}

    assert translated.items() ^ ENGLISH.items() == set()


def test_what_is_compiled_is_what_is_written() -> None:
    assert entries(compiled()) == ENTRIES, "`make locale` compiles what was written"


def test_no_translation_is_unfinished() -> None:
    catalogue = written()

    assert [it.context for it in catalogue if it.id and (it.fuzzy or not it.string)] == []
    assert list(catalogue.obsolete) == []


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_a_translation_has_the_same_places_for_facts(entry: Entry) -> None:
    places = re.compile(r"\{\w+\}")

    assert sorted(places.findall(entry.translation)) == sorted(places.findall(entry.english))


def test_what_has_no_translation_is_said_in_english() -> None:
    assert translate("OutOfStock", "An English of tomorrow.", Locale.SPANISH) == (
        "An English of tomorrow."
    )
    assert translate("fact nothing", "Nothing.", Locale.ENGLISH) == "Nothing."
