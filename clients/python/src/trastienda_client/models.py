"""What all generated schemas have in common."""

from enum import StrEnum
from typing import Self

from msgspec import Struct


class Model(Struct, omit_defaults=True):
    """A document that is sent or received; fields that this client does not know are ignored."""


class Word(StrEnum):
    """One of several words. A shop newer than this client may have others: they are kept."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        word = str.__new__(cls, value)
        word._name_ = word._value_ = value
        return word
