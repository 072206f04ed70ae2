"""Reads SQL as it stands in the source: its quoted texts, but for the keys of JSON objects."""

import ast
import re
from collections.abc import Iterator

from support.analysis.source import Nodes

_TOKEN = re.compile(r"'(?:[^']|'')*'|\w+|\S")
_OBJECTS = {"json_build_object", "jsonb_build_object"}


def texts(nodes: Nodes) -> Iterator[tuple[int, str]]:
    """Yield each string of a module with its line, `?` for what is put into it."""
    parts = {id(it) for joined in nodes.of(ast.JoinedStr) for it in joined.values}
    for joined in nodes.of(ast.JoinedStr):
        yield joined.lineno, "".join(_constant(it) or "?" for it in joined.values)
    for constant in nodes.of(ast.Constant):
        if id(constant) not in parts:
            yield constant.lineno, _constant(constant)


def quoted(text: str) -> Iterator[str]:
    """Yield what stands in single quotes, unless it is the name of a field in a JSON object."""
    tokens = _TOKEN.findall(text)
    is_part_of_object = len(tokens) > 1 and tokens[0][0] == "'" and tokens[1] == ","
    calls = [(is_part_of_object, 0)]  # within which brackets, and after how many commas
    before = ""
    for token in tokens:
        is_object, commas = calls[-1]
        if token == "(":
            calls.append((before in _OBJECTS, 0))
        elif token == ")" and len(calls) > 1:
            calls.pop()
        elif token == ",":
            calls[-1] = is_object, commas + 1
        elif token[0] == "'" and not (is_object and commas % 2 == 0):
            yield token.strip("'")
        before = token


def _constant(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
