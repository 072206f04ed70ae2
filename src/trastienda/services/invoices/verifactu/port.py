"""Where records of VERI*FACTU go: to whoever sends them to the tax agency. Files by default."""

import asyncio
from pathlib import Path
from typing import Protocol

import msgspec

from trastienda.schemas.invoices.record import RecordView
from trastienda.system import files


class Registry(Protocol):
    """Takes records, each at least once and in their order."""

    async def take(self, record: RecordView) -> None:
        """Take a record; the same again is no second one. Raise Unavailable to be asked later."""


class Folder:
    """Keeps each record as a file: `B58378431-00000001.json`, in a folder that is made for it."""

    def __init__(self, folder: Path) -> None:
        """Make nothing before the first record."""
        self._folder = folder

    async def take(self, record: RecordView) -> None:
        """Write the file whole or not at all; written again, it is the same file."""
        await asyncio.to_thread(self._write, record)

    def _write(self, record: RecordView) -> None:
        self._folder.mkdir(mode=0o700, exist_ok=True)
        name = f"{record.issuer}-{record.sequence:08}.json"
        files.write(self._folder / name, msgspec.json.encode(record) + b"\n")
