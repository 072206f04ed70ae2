"""An upload on its way in: counted, hashed, and written to a file that has no name."""

import asyncio
import re
from hashlib import sha256
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Self

from trastienda.services.media import formats
from trastienda.services.media.formats import FIRST, LARGEST, PictureTooLarge

PIECE = 256 * 1024
"""Bytes that are collected before they are written, in a thread."""
LONGEST_NAME = 200
UNNAMED = "picture"
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f]")


class Intake:
    """Takes the bytes of one upload. Its file is gone with the process, however that ends."""

    def __init__(self, name: str = "") -> None:
        """Take nothing yet; `name` is what the sender calls the file."""
        self.name = printable(name)
        self.file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed in __exit__
        self.first = b""
        self.size = 0
        self._digest = sha256()
        self._waiting = bytearray()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.file.close()

    @property
    def sha256(self) -> bytes:
        return self._digest.digest()

    async def take(self, piece: bytes) -> None:
        """Take the next bytes. Raise PictureTooLarge, or what `formats.check` raises."""
        self.size += len(piece)
        if self.size > LARGEST:
            raise PictureTooLarge(limit=LARGEST)
        if len(self.first) < FIRST:
            self.first += piece[: FIRST - len(self.first)]
            if len(self.first) == FIRST:
                formats.check(self.first)
        self._digest.update(piece)
        self._waiting += piece
        if len(self._waiting) >= PIECE:
            await self._write()

    async def end(self) -> None:
        """Write what is left, and go to the start. Raise what `formats.check` raises."""
        formats.check(self.first)
        await self._write()
        self.file.seek(0)

    async def _write(self) -> None:
        waiting, self._waiting = self._waiting, bytearray()
        await asyncio.to_thread(self.file.write, waiting)


def printable(name: str) -> str:
    """Return the last part of a file's name, as staff may read it."""
    last = re.split(r"[/\\]", name)[-1]
    return _UNPRINTED.sub("", last).strip()[-LONGEST_NAME:] or UNNAMED
