"""Texts in several languages: always one row for each locale.

A text without a translation is written with the base text in that locale's row, so that a read is
one join and never falls back.
"""

from enum import StrEnum


class Locale(StrEnum):
    ENGLISH = "en"
    SPANISH = "es"
