"""A backup is one file: a tar of a manifest, PostgreSQL's own dump, and the sums of both.

`tar` and `sha256sum` read it without us, and `pg_restore` reads the dump.
"""

import hashlib
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import FileIO
from pathlib import Path

import msgspec

MANIFEST, DUMP, SUMS = PARTS = ("manifest.json", "database.dump", "SHA256SUMS")
FORMAT = 1
BLOCK = tarfile.BLOCKSIZE
END = bytes(2 * BLOCK)
FOREIGN = "is no backup of a shop"
DAMAGED = "is cut short or damaged"


class BackupUnusable(Exception):
    """A backup cannot be made or restored; the text is one line."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What is in the backup, to be held against what a restored database has."""

    trastienda: str
    revision: str
    postgresql: int
    """As the server counts: 180006 is 18.6."""
    taken_at: datetime
    tables: dict[str, tuple[int, str]]
    """How many rows, and the sum of their hashes, whatever their order."""
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(count for count, _ in self.tables.values())


@dataclass(frozen=True)
class Archive:
    """A backup that is whole: `file` stands where the dump begins."""

    manifest: Manifest
    file: FileIO
    begin: int
    size: int


def pack(draft: Path, manifest: Manifest, dump: Callable[[FileIO], None]) -> None:
    """Fill the file; `dump` writes into it, and its length is put down afterwards."""
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"
    with FileIO(draft, "r+") as file:
        _add(file, MANIFEST, text, manifest.taken_at)
        header = file.tell()
        begin = file.seek(header + BLOCK)
        dump(file)
        size = file.seek(0, os.SEEK_END) - begin
        os.pwrite(file.fileno(), _header(DUMP, size, manifest.taken_at), header)
        write(file, bytes(-size % BLOCK))
        file.seek(begin)
        sums = {MANIFEST: hashlib.sha256(text).hexdigest(), DUMP: _digest(file, size)}
        file.seek(0, os.SEEK_END)
        listed = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
        _add(file, SUMS, listed.encode(), manifest.taken_at)
        write(file, END)


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Lend a backup that was found whole; raise BackupUnusable for any other file."""
    try:
        with FileIO(path) as file:
            yield _examined(file)
    except _Wrong as error:
        raise BackupUnusable(f"{path} {error}: nothing was changed") from None
    except FileNotFoundError:
        raise BackupUnusable(f"{path}: there is no such file") from None


class _Wrong(Exception):
    pass


def _examined(file: FileIO) -> Archive:
    try:
        with tarfile.open(fileobj=file, mode="r:") as tar:
            parts = {it.name: it for it in tar}
    except (tarfile.TarError, OSError):
        file.seek(0)
        raise _Wrong(DAMAGED if MANIFEST.encode() in file.read(BLOCK) else FOREIGN) from None
    if MANIFEST not in parts:
        raise _Wrong(FOREIGN)
    if tuple(parts) != PARTS:
        raise _Wrong(DAMAGED)
    texts = {}
    for name in (MANIFEST, SUMS):
        file.seek(parts[name].offset_data)
        texts[name] = file.read(parts[name].size)
    dump = parts[DUMP]
    file.seek(dump.offset_data)
    sums = {MANIFEST: hashlib.sha256(texts[MANIFEST]).hexdigest(), DUMP: _digest(file, dump.size)}
    if "".join(f"{sum_}  {name}\n" for name, sum_ in sums.items()).encode() != texts[SUMS]:
        raise _Wrong(DAMAGED)
    file.seek(dump.offset_data)
    return Archive(_manifest(texts[MANIFEST]), file, dump.offset_data, dump.size)


def _manifest(text: bytes) -> Manifest:
    try:
        manifest = msgspec.json.decode(text, type=Manifest)
    except msgspec.MsgspecError:
        raise _Wrong("was made by another version of trastienda") from None
    if manifest.format != FORMAT:
        raise _Wrong("was made by a newer version of trastienda")
    return manifest


def _header(name: str, size: int, moment: datetime) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o600, int(moment.timestamp())
    return info.tobuf(tarfile.GNU_FORMAT)  # the one whose header is one block at any size


def _add(file: FileIO, name: str, content: bytes, moment: datetime) -> None:
    padding = bytes(-len(content) % BLOCK)
    write(file, _header(name, len(content), moment) + content + padding)


def write(file: FileIO, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[file.write(view) :]


def _digest(file: FileIO, size: int) -> str:
    digest = hashlib.sha256()
    while size:
        piece = file.read(min(size, 1 << 20))
        if not piece:
            raise _Wrong(DAMAGED)
        digest.update(piece)
        size -= len(piece)
    return digest.hexdigest()
