"""Calls, described but not made yet: `Shop.send` and `AsyncShop.send` make them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar
from urllib.parse import quote

T_co = TypeVar("T_co", covariant=True)
Values = Mapping[str, object]
DOTS = {"", ".", ".."}
"""As a segment of a path, these would lead to another address."""


class Form(NamedTuple):
    """A file that is sent with further fields, as `multipart/form-data`."""

    file: bytes
    filename: str
    fields: Mapping[str, str] = {}


@dataclass(frozen=True, kw_only=True)
class Call(Generic[T_co]):
    """A call that answers with `T_co`: a type for each status that is no refusal.

    It is repeatable if it has one effect however often it is sent, by its nature or because it
    takes an Idempotency-Key.
    """

    method: str
    path: str
    answers: Mapping[int, Any]
    is_repeatable: bool
    query: Values = field(default_factory=dict)
    header: Values = field(default_factory=dict)
    body: object = None


def read(template: str, answers: Mapping[int, Any], **given: Any) -> Call[Any]:  # noqa: ANN401
    """Describe a call that changes nothing."""
    return _call("GET", template, answers, is_repeatable=True, **given)


def write(method: str, template: str, answers: Mapping[int, Any], **given: Any) -> Call[Any]:  # noqa: ANN401
    """Describe a call that takes an Idempotency-Key."""
    return _call(method, template, answers, is_repeatable=True, **given)


def write_once(
    method: str,
    template: str,
    answers: Mapping[int, Any],
    **given: Any,  # noqa: ANN401
) -> Call[Any]:
    """Describe a call that takes none, such as logging in: it is never sent twice."""
    return _call(method, template, answers, is_repeatable=False, **given)


def _call(
    method: str,
    template: str,
    answers: Mapping[int, Any],
    path: Values | None = None,
    **more: Any,  # noqa: ANN401 - the other fields of Call
) -> Call[Any]:
    """Fill in the path. Raise ValueError for what cannot be part of one."""

    def segment(found: re.Match[str]) -> str:
        text = str((path or {})[found[1]])
        if text in DOTS:
            raise ValueError(f"{found[1]} cannot be {text!r}")
        return quote(text, safe="")

    filled = re.sub(r"\{(\w+)\}", segment, template)
    return Call(method=method, path=filled, answers=answers, **more)
