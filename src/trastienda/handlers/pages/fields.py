"""The fields of a form as the struct that a controller takes.

A field is named as a problem's pointer names it, without the first slash: `email`,
`shipping_address/city`, `lines/0/quantity`. So what is refused is shown beside the field.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

import msgspec
from msgspec import UnsetType, structs

from trastienda.middlewares.answers.faults import fault, translated
from trastienda.schemas.shared.problem import Fault

S = TypeVar("S", bound=msgspec.Struct)
Node = dict[str, Any]
"""The fields below a name; at the ends, lists of what was sent."""
_LEFT_OUT: Any = object()


def tree(pairs: list[tuple[str, str]]) -> Node:
    """Sort fields into a tree by the parts of their names."""
    root: Node = {}
    for name, text in pairs:
        node = root
        *above, last = name.split("/")
        for part in above:
            inner = node.setdefault(part, {})
            node = inner if isinstance(inner, dict) else {}
        ends = node.setdefault(last, [])
        if isinstance(ends, list):
            ends.append(text)
    return root


def struct(kind: type[S], node: Node) -> tuple[S | None, list[Fault]]:
    """Return the struct that these fields make, or what is wrong with all of them."""
    given = _value(kind, node)
    return checked(kind, {} if given is _LEFT_OUT else given)


def checked(kind: type[S], given: Any) -> tuple[S | None, list[Fault]]:  # noqa: ANN401 - plain data
    """Return the struct that plain data make, or what is wrong with all of it."""
    found = _faults(kind, given, "")
    return (None, found) if found else (msgspec.convert(given, kind, strict=False), [])


def _value(kind: Any, node: Any) -> Any:  # noqa: ANN401 - any type, any value
    """Return plain data for a type: what is empty is left out, or null where that may stand."""
    inner, may_be_null = _inside(kind)
    if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
        return _of_struct(inner, node, may_be_null=may_be_null)
    if get_origin(inner) is list:
        return _of_list(get_args(inner)[0], node)
    if get_origin(inner) is dict and isinstance(node, dict):
        values = {name: _value(get_args(inner)[1], it) for name, it in node.items()}
        return {name: it for name, it in values.items() if it is not _LEFT_OUT}
    if not isinstance(node, list):
        return _LEFT_OUT
    text = node[-1]
    if text.strip():
        return text
    return None if may_be_null else _LEFT_OUT


def _of_struct(kind: type[msgspec.Struct], node: Any, *, may_be_null: bool) -> Any:  # noqa: ANN401
    if not isinstance(node, dict):
        return _LEFT_OUT
    known = [it for it in structs.fields(kind) if it.encode_name in node]
    values = {it.encode_name: _value(it.type, node[it.encode_name]) for it in known}
    values = {name: it for name, it in values.items() if it is not _LEFT_OUT}
    if any(it is not None for it in values.values()) or not may_be_null:
        return values
    return None


def _of_list(kind: Any, node: Any) -> Any:  # noqa: ANN401
    if isinstance(node, dict):  # lines/0/…, lines/1/…
        numbers = sorted((it for it in node if it.isascii() and it.isdecimal()), key=int)
        values = [_value(kind, node[it]) for it in numbers]
        return [it for it in values if it is not _LEFT_OUT]
    return [text for text in node if text.strip()]


def _inside(kind: Any) -> tuple[Any, bool]:  # noqa: ANN401
    """Unwrap annotations and unions: the type, and whether it may be null."""
    if get_origin(kind) is Annotated:
        return _inside(get_args(kind)[0])
    members = get_args(kind) if get_origin(kind) not in {list, dict, Literal, None} else ()
    if type(None) in members or UnsetType in members or len(members) > 1:
        others = [it for it in members if it not in {type(None), UnsetType}]
        inner, null = _inside(others[0])
        return inner, null or type(None) in members
    return kind, False


def _faults(kind: Any, value: Any, pointer: str) -> list[Fault]:  # noqa: ANN401
    """Check field by field: msgspec itself stops at the first fault."""
    inner, _ = _inside(kind)
    if isinstance(inner, type) and issubclass(inner, msgspec.Struct) and isinstance(value, Mapping):
        found: list[Fault] = []
        for field in structs.fields(inner):
            at, name = f"{pointer}/{field.encode_name}", field.encode_name
            if name in value:
                found += _faults(field.type, value[name], at)
            elif field.required:
                found.append(fault(at, "missing"))
        return found
    try:
        msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError as error:
        return [translated(str(error), kind, pointer)]
    return []
