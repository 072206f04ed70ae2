"""The files beside the database in a backup: a tar in the tar."""

import shutil
import tarfile
from collections.abc import Iterator
from contextlib import suppress
from io import BufferedWriter, FileIO
from pathlib import Path, PurePosixPath

from trastienda.system.files import drafted

UNFINISHED = "#"
"""In the names of files that are still being written."""
MODE, ONLY_US = 0o644, 0o700


def pack(folder: Path, file: FileIO) -> None:
    """Write the files of a folder, which may come and go meanwhile, as a tar into `file`."""
    written = BufferedWriter(file)
    with tarfile.open(fileobj=written, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for path in _files(folder):
            with suppress(FileNotFoundError):  # deleted since it was listed
                tar.add(path, path.relative_to(folder).as_posix(), filter=_plain)
    written.detach()


def unpack(file: FileIO, folder: Path) -> None:
    """Write the files of a tar that begins here into a folder; those that are there stay.

    Files never change under their names, so it may be interrupted, and done again.
    """
    folder.mkdir(mode=ONLY_US, parents=True, exist_ok=True)
    with tarfile.open(fileobj=file, mode="r:") as tar:
        for member in tar:
            target = _within(folder, member)
            content = tar.extractfile(member) if target else None
            if target is None or content is None or _is_there(target, member.size):
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            with drafted(target, MODE) as draft:
                with draft.open("wb") as copy:
                    shutil.copyfileobj(content, copy)
                draft.replace(target)


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and not path.is_symlink() and UNFINISHED not in path.name:
            yield path


def _plain(info: tarfile.TarInfo) -> tarfile.TarInfo:
    info.mode, info.uid, info.gid, info.uname, info.gname = MODE, 0, 0, "", ""
    return info


def _within(folder: Path, member: tarfile.TarInfo) -> Path | None:
    """Return where a file of a tar goes; None for what is no file, or leads out of the folder."""
    name = PurePosixPath(member.name)
    safe = member.isreg() and not name.is_absolute() and ".." not in name.parts
    return folder / name if safe else None


def _is_there(target: Path, size: int) -> bool:
    return target.is_file() and target.stat().st_size == size
