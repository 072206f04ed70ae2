"""Text of strangers in mails: it must not start a line, change the text direction, or be code.

Names of people and products are typed by strangers. They are shown, but never interpreted.
"""

import re
import unicodedata
from collections.abc import Callable
from enum import Enum
from typing import Any

from msgspec import structs

CONTROL = {"Cc", "Cs", "Zl", "Zp"}
DROPPED = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff")
"""Characters that change the text direction (UAX 9), or that XML forbids (XML 1.0, 2.2)."""
BREAK = "\u200b"
"""ZERO WIDTH SPACE: invisible, and mail programs do not make a link of text that contains it."""
LINKING = re.compile(r"(?<=\S)(?:[.:@]|[\u3002\uff0e\uff61])(?=\S)")
"""What joins the parts of web and mail addresses, including the dots of IDNA (RFC 3490, 3.1)."""
CODED = "=?"
"""Starts an encoded word (RFC 2047). Python decodes it in headers, line breaks included:
`=?utf-8?q?=0d=0a…?=` in a name would start another header."""


def on_one_line(value: Any) -> Any:  # noqa: ANN401 - JSON, and views made of it
    """Remove from all texts in `value` what could start a line or change the text direction."""
    return _each_text(value, _harmless)


def _harmless(text: str) -> str:
    kept = ("" if it in DROPPED else " " if _controls(it) else it for it in text)
    return " ".join("".join(kept).split())


def _each_text(value: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {_each_text(it, change): _each_text(each, change) for it, each in value.items()}
    if fields := getattr(value, "__struct_fields__", ()):
        # Created anew, not validated: a text that was long enough may be empty now.
        changed = {it: _each_text(getattr(value, it), change) for it in fields}
        return structs.replace(value, **changed)
    return [_each_text(each, change) for each in value] if isinstance(value, list) else value


def unlinked(value: Any) -> Any:  # noqa: ANN401 - JSON, and views made of it
    """Break up all texts in `value` that mail programs would show as links."""
    return _each_text(on_one_line(value), lambda it: LINKING.sub(f"{BREAK}\\g<0>{BREAK}", it))


def in_header(text: str) -> str:
    """Return a text in a form that a header cannot misread."""
    return text.replace(CODED, "= ?")


def _controls(character: str) -> bool:
    return unicodedata.category(character) in CONTROL
