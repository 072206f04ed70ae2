"""Reads the catalogue of translations as its translators write it."""

from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from trastienda.translation import FOLDER

SPANISH = FOLDER / "es" / "LC_MESSAGES" / "trastienda.po"


class Entry(NamedTuple):
    english: str
    translation: str


def written() -> Catalog:
    with SPANISH.open("rb") as file:
        return read_po(file, locale="es", abort_invalid=True)


def compiled() -> Catalog:
    with SPANISH.with_suffix(".mo").open("rb") as file:
        return read_mo(file)


def entries(catalogue: Catalog) -> dict[str, Entry]:
    """Return all by their contexts, which Babel reads from a .mo as bytes."""
    return {_text(it.context): Entry(_text(it.id), _text(it.string)) for it in catalogue if it.id}


def _text(read: object) -> str:
    return read.decode() if isinstance(read, bytes) else str(read)
