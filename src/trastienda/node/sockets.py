"""The sockets that this process has accepted, on Linux, because Granian does not expose them.

They are inspected without releasing Python's lock: releasing it for each of a thousand sockets
would mean waiting for it a thousand times.
"""

import ctypes
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

SO_COOKIE = 57  # of <asm-generic/socket.h>; an id that the kernel never uses for another socket
STATUS = Path("/proc/self/status")
INTERNET = frozenset({socket.AF_INET, socket.AF_INET6})


class Accepted(NamedTuple):
    """An accepted socket."""

    cookie: int
    number: int
    peer: tuple[str, int]


class Sockets:
    """The sockets accepted on a port; the peer of each is looked up once."""

    def __init__(self, port: int) -> None:
        """Start without sockets."""
        self._port = port
        self._known: dict[int, Accepted | None] = {}

    def open(self) -> list[Accepted]:
        """Return the sockets that are open now."""
        known, before = {}, self._known
        for number, cookie in _cookies():
            known[cookie] = before[cookie] if cookie in before else self._learn(number, cookie)
        self._known = known
        return [each for each in known.values() if each]

    def _learn(self, number: int, cookie: int) -> Accepted | None:
        with suppress(OSError), socket.socket(fileno=os.dup(number)) as copy:
            stream = copy.type is socket.SOCK_STREAM and copy.family in INTERNET
            if stream and copy.getsockname()[1] == self._port:
                host, port = copy.getpeername()[:2]
                return Accepted(cookie, number, (host.partition("%")[0], port))
        return None


def end(accepted: Accepted) -> None:
    """Close the connection, unless its descriptor belongs to another socket by now."""
    with suppress(OSError), socket.socket(fileno=os.dup(accepted.number)) as copy:
        if copy.getsockopt(socket.SOL_SOCKET, SO_COOKIE, 8) == accepted.cookie.to_bytes(
            8, sys.byteorder
        ):
            copy.shutdown(socket.SHUT_RDWR)


def _cookies() -> Iterator[tuple[int, int]]:
    """Return the descriptor and the cookie of each socket of this process."""
    ask = ctypes.PyDLL(None).getsockopt
    cookie, size = ctypes.c_uint64(), ctypes.c_uint32(8)
    out, length = ctypes.byref(cookie), ctypes.byref(size)
    for number in range(_highest()):
        if ask(number, socket.SOL_SOCKET, SO_COOKIE, out, length) == 0:
            yield number, cookie.value


def _highest() -> int:
    """Return the size of this process's table of descriptors."""
    [line] = [it for it in STATUS.read_text("ascii").splitlines() if it.startswith("FDSize:")]
    return int(line.split()[1])
