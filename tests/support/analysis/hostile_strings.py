"""Makes strings on which a backtracking engine may take long, out of an expression's own parts.

Each is a beginning that leads to one of its repetitions, a piece that is repeated, and an end that
may not fit. Characters are taken from as many classes as the expression can tell apart.
"""

import re
from collections.abc import Iterator
from importlib import import_module
from itertools import product
from typing import Any

READER: Any = import_module("re._parser")
COMPILER: Any = import_module("re._compiler")
ONE_CHARACTER = frozenset({"LITERAL", "NOT_LITERAL", "IN", "ANY"})
REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
ASCII, MORE = range(128), (*range(128, 256), 0x2028, 0x4E00)
MOST = 12  # characters of an alphabet

Node = tuple[Any, Any]
Parts = tuple[str, str, str]
"""A beginning, what is repeated, and an end."""


class Hostile:
    """Hostile strings for one expression."""

    def __init__(self, pattern: re.Pattern[Any]) -> None:
        """Read the expression's parts."""
        self._tree = READER.parse(pattern.pattern, pattern.flags)
        self._flags = pattern.flags
        self._text = isinstance(pattern.pattern, str)
        self._characters = [chr(it) for it in (*ASCII, *MORE * self._text)]
        self.alphabet = self._told_apart()

    def all(self) -> Iterator[Parts]:
        """Combine every beginning with every repeated piece and every end."""
        pieces = [*self.alphabet, *map("".join, product(self.alphabet, repeat=2))]
        beginnings = dict.fromkeys(["", *(before for before, _ in self._repeats(self._tree, ""))])
        bodies = dict.fromkeys(self._sample(it) for _, it in self._repeats(self._tree, ""))
        yield from product(beginnings, [*pieces, *filter(None, bodies)], ["", *self.alphabet])

    def _told_apart(self) -> list[str]:
        """Choose a character for each set of the expression's classes that one can belong to."""
        found: dict[tuple[bool, ...], str] = {}
        classes = {repr(it): it for it in _single(self._tree)}.values()
        for each in self._characters:
            found.setdefault(tuple(self._fits(it, each) for it in classes), each)
        return list(found.values())[:MOST]

    def _fits(self, node: Node, character: str) -> bool:
        part = COMPILER.compile(READER.SubPattern(self._tree.state, [node]), self._flags)
        return part.fullmatch(character if self._text else character.encode()) is not None

    def _sample(self, nodes: Any) -> str:  # noqa: ANN401 - of a private module
        """Return a short text that fits, as far as single characters can tell."""
        return "".join(map(self._one, nodes))

    def _one(self, node: Node) -> str:
        operation, argument = str(node[0]), node[1]
        if operation in ONE_CHARACTER:
            return next((it for it in self.alphabet if self._fits(node, it)), "")
        if operation in REPEATS:
            times: int = max(argument[0], 1)
            return self._sample(argument[2]) * times
        return self._sample(next(iter(_inner(node)), [])) if "ASSERT" not in operation else ""

    def _repeats(self, nodes: Any, before: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
        """Return each repetition's body, with a text that leads to it."""
        for node in nodes:
            if str(node[0]) in REPEATS:
                yield before, node[1][2]
            for inner in _inner(node):
                yield from self._repeats(inner, before)
            before += self._one(node)


def _inner(node: Node) -> list[Any]:
    """Return the sequences that stand inside of a part."""
    operation, argument = str(node[0]), node[1]
    if operation in REPEATS:
        return [argument[2]]
    if operation in {"SUBPATTERN", "ASSERT", "ASSERT_NOT"}:
        return [argument[-1]]
    if operation == "BRANCH":
        return list(argument[1])
    return [argument] if operation == "ATOMIC_GROUP" else []


def _single(nodes: Any) -> Iterator[Node]:  # noqa: ANN401 - of a private module
    for node in nodes:
        if str(node[0]) in ONE_CHARACTER:
            yield node
        for inner in _inner(node):
            yield from _single(inner)
