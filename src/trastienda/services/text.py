"""Folding: what makes `Árbol` and `arbol` the same word to a search and a sort."""

import unicodedata


def fold(text: str) -> str:
    """Drop accents and case (Unicode NFKD, combining marks removed, case-folded)."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


_AFTER_N = "n\uffff"


def sort_key(text: str, locale: str) -> str:
    """Return what to sort a name by, to be compared byte by byte (`COLLATE "C"`).

    In Spanish ñ is a letter of its own after n (Real Academia Española); accents do not count.
    """
    if locale == "es":
        text = unicodedata.normalize("NFC", text.casefold()).replace("ñ", _AFTER_N)
    return fold(text)
