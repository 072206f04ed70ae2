"""Folding: it makes `Árbol` and `arbol` the same word for searching and sorting."""

import unicodedata
from collections.abc import Iterable


def fold(text: str) -> str:
    """Remove accents and case (Unicode NFKD, combining marks removed, case-folded)."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def context(words: Iterable[str]) -> str:
    """Fold words for a search: each one once, separated by single spaces."""
    return " ".join(dict.fromkeys(fold(" ".join(words)).split()))


_AFTER_N = "n\uffff"


def sort_key(text: str, locale: str) -> str:
    """Return the key by which a name is sorted, compared byte by byte (`COLLATE "C"`).

    In Spanish, ñ is a letter of its own after n (Real Academia Española); accents are ignored.
    """
    if locale == "es":
        text = unicodedata.normalize("NFC", text.casefold()).replace("ñ", _AFTER_N)
    return fold(text)
