"""JSON that comes from outside: it is of the expected shape, or nonsense."""

from typing import TypeVar

import msgspec

T = TypeVar("T")


def decoded(body: bytes | str, type_: type[T]) -> T:
    """Read JSON. Raise Nonsense, also for what is nested so deeply that it cannot be read."""
    try:
        return msgspec.json.decode(body, type=type_)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise Nonsense from error


class Nonsense(Exception):
    """This is not what it should be."""
