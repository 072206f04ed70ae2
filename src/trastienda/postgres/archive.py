"""A backup is one file: a tar of a manifest, PostgreSQL's own dump, other files, and checksums.

`tar` and `sha256sum` can read it, and `pg_restore` reads the dump. Without other files to keep,
their part is missing, as in backups of versions that had none.
"""

import hashlib
import os
import tarfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from io import FileIO
from pathlib import Path
from typing import Any

import msgspec

from trastienda.postgres.application import Application

MANIFEST, DUMP, FILES, SUMS = WHOLE = ("manifest.json", "database.dump", "files.tar", "SHA256SUMS")
WITHOUT_FILES = (MANIFEST, DUMP, SUMS)
FORMAT = 1
BLOCK = tarfile.BLOCKSIZE
END = bytes(2 * BLOCK)
DAMAGED = "is cut short or damaged"
Writer = Callable[[FileIO], None]
"""Writes a part into a file, from where it stands."""


class BackupUnusable(Exception):
    """A backup cannot be made or restored; the text is one line."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """The contents of a backup, against which a restored database is checked."""

    application: str
    """The name of the application, under which the file stores its version."""
    version: str
    revision: str
    postgresql: int
    """The server's version number: 180006 is 18.6."""
    taken_at: datetime
    tables: dict[str, tuple[int, str]]
    """For each table the number of rows, and the sum of their hashes, which ignores their order."""
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(count for count, _ in self.tables.values())


@dataclass(frozen=True)
class Archive:
    """A backup that has been verified: `file` is positioned at the start of the dump."""

    manifest: Manifest
    file: FileIO
    begin: int
    size: int
    files_begin: int | None = None
    """Where the tar of other files begins, if there is one."""


def pack(draft: Path, manifest: Manifest, parts: Mapping[str, Writer]) -> None:
    """Fill the file; each of `parts` is written into it, and its length is added afterwards."""
    text = _written(manifest)
    with FileIO(draft, "r+") as file:
        _add(file, MANIFEST, text, manifest.taken_at)
        sums = {MANIFEST: hashlib.sha256(text).hexdigest()}
        for name, writer in parts.items():
            sums[name] = _write_part(file, name, writer, manifest.taken_at)
        listed = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
        _add(file, SUMS, listed.encode(), manifest.taken_at)
        write(file, END)


def _write_part(file: FileIO, name: str, writer: Writer, moment: datetime) -> str:
    """Write a part at the end of the file; return its checksum."""
    header = file.tell()
    begin = file.seek(header + BLOCK)
    writer(file)
    size = file.seek(0, os.SEEK_END) - begin
    os.pwrite(file.fileno(), _header(name, size, moment), header)
    write(file, bytes(-size % BLOCK))
    file.seek(begin)
    digest = _digest(file, size)
    file.seek(0, os.SEEK_END)
    return digest


def target(path: Path) -> Path:
    """Return the regular file, existing or not, that a backup will replace; follow symbolic links.

    Anything else is refused: replacing `/dev/null` with a file would break the machine.
    """
    if path.exists() and not path.is_file():
        kind = "folder" if path.is_dir() else "device or pipe"
        raise BackupUnusable(f"{path} is a {kind}: name a file, which may be a new one")
    return path.resolve()


@contextmanager
def opened(path: Path, application: Application) -> Iterator[Archive]:
    """Open a backup and verify it. Raise BackupUnusable."""
    if path.exists() and not path.is_file():
        kind = "folder" if path.is_dir() else "device or pipe"
        command = f"{application.name} backup"
        raise BackupUnusable(f"{path} is a {kind}: name the file that `{command}` wrote")
    try:
        file = FileIO(path)
    except FileNotFoundError:
        raise BackupUnusable(f"{path}: there is no such file") from None
    except OSError as error:
        raise BackupUnusable(f"{path} cannot be read: {error.strerror}") from None
    with file:
        try:
            backup = _examined(file, application)
        except _Wrong as error:
            raise BackupUnusable(f"{path} {error}: nothing was changed") from None
        yield backup


class _Wrong(Exception):
    pass


def _examined(file: FileIO, application: Application) -> Archive:
    foreign = f"is no backup of a {application.content}"
    try:
        with tarfile.open(fileobj=file, mode="r:") as tar:
            parts = {it.name: it for it in tar}
    except (tarfile.TarError, OSError):
        file.seek(0)
        raise _Wrong(DAMAGED if MANIFEST.encode() in file.read(BLOCK) else foreign) from None
    if MANIFEST not in parts:
        raise _Wrong(foreign)
    if tuple(parts) not in {WHOLE, WITHOUT_FILES}:
        raise _Wrong(DAMAGED)
    texts = {}
    for name in (MANIFEST, SUMS):
        file.seek(parts[name].offset_data)
        texts[name] = file.read(parts[name].size)
    sums = {MANIFEST: hashlib.sha256(texts[MANIFEST]).hexdigest()}
    for name in parts.keys() & {DUMP, FILES}:
        file.seek(parts[name].offset_data)
        sums[name] = _digest(file, parts[name].size)
    listed = "".join(f"{sums[name]}  {name}\n" for name in parts if name != SUMS)
    if listed.encode() != texts[SUMS]:
        raise _Wrong(DAMAGED)
    dump, others = parts[DUMP], parts.get(FILES)
    file.seek(dump.offset_data)
    manifest = _manifest(texts[MANIFEST], application.name)
    beside = others.offset_data if others else None
    return Archive(manifest, file, dump.offset_data, dump.size, beside)


def _written(manifest: Manifest) -> bytes:
    facts = asdict(manifest)
    named = {facts.pop("application"): facts.pop("version")}
    return msgspec.json.format(msgspec.json.encode(named | facts), indent=2) + b"\n"


def _manifest(text: bytes, application: str) -> Manifest:
    try:
        facts = msgspec.json.decode(text, type=dict[str, Any])
        named = {"application": application, "version": facts.pop(application, None)}
        manifest = msgspec.convert(facts | named, Manifest)
    except msgspec.MsgspecError:
        raise _Wrong(f"was made by another version of {application}") from None
    if manifest.format != FORMAT:
        raise _Wrong(f"was made by a newer version of {application}")
    return manifest


def _header(name: str, size: int, moment: datetime) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o600, int(moment.timestamp())
    return info.tobuf(tarfile.GNU_FORMAT)  # the format whose header is one block at any size


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
