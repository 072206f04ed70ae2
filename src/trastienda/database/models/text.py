"""What is written in a language: one row for each locale, always all of them.

Whoever writes a text fills the locales without a translation from the first one, so that a read
is one join and never a fall-back.
"""

from enum import StrEnum


class Locale(StrEnum):
    ENGLISH = "en"
    SPANISH = "es"
