"""What was made of something and would be made of it again: so much at most, the oldest leaves."""

from collections.abc import Hashable
from typing import Generic, TypeVar

V = TypeVar("V")


class Kept(Generic[V]):
    """Values by what they were made of, in the process of an application."""

    def __init__(self, most: int) -> None:
        """Start with nothing."""
        self._most = most
        self._made: dict[Hashable, V] = {}

    def get(self, source: Hashable) -> V | None:
        return self._made.get(source)

    def keep(self, source: Hashable, value: V) -> V:
        """Keep a value, and return it."""
        if len(self._made) >= self._most:
            self._made.pop(next(iter(self._made)))
        self._made[source] = value
        return value
