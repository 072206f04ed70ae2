"""What may stand in a letter: nothing that starts a line, turns the order of writing, or is code.

Names of people and goods are typed by strangers. What they hold is shown, never obeyed.
"""

import unicodedata
from enum import Enum
from typing import Any

from msgspec import structs

CONTROL = {"Cc", "Cs", "Zl", "Zp"}
DROPPED = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff")
"""What turns the order of writing (UAX 9), and what no page may hold (XML 1.0, 2.2)."""
CODED = "=?"
"""Begins an encoded word (RFC 2047). Python puts what such a word means into headers, line breaks
as well: `=?utf-8?q?=0d=0a…?=` in a name would be a header of its own, or all that follows them."""


def on_one_line(value: Any) -> Any:  # noqa: ANN401 - JSON, and views made of it
    """Drop from all texts in `value` what could start a line or turn the order of writing."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        harmless = ("" if it in DROPPED else " " if _controls(it) else it for it in value)
        return " ".join("".join(harmless).split())
    if isinstance(value, dict):
        return {on_one_line(key): on_one_line(each) for key, each in value.items()}
    if fields := getattr(value, "__struct_fields__", ()):
        # Made anew, not read: what was long enough may be empty now.
        return structs.replace(value, **{it: on_one_line(getattr(value, it)) for it in fields})
    return [on_one_line(each) for each in value] if isinstance(value, list) else value


def in_header(text: str) -> str:
    """Spell a text so that it means in a header what it says, and nothing else."""
    return text.replace(CODED, "= ?")


def _controls(character: str) -> bool:
    return unicodedata.category(character) in CONTROL
