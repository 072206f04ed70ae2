"""The data folder: what this machine keeps, written whole or not at all."""

import fcntl
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from trastienda.settings import WrongSetting

SECRET = 0o600
OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH


def prepare(data: Path) -> Path:
    """Make the folder if it is missing, for us alone, and return where it really is.

    Somebody else's folder is never changed: one that was there before, with something in it, keeps
    its mode, and is refused when others could put files into it.
    """
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        data = data.resolve(strict=True)
        found = data.stat()
        if found.st_uid == os.geteuid() and not any(data.iterdir()):
            data.chmod(0o700)
            found = data.stat()
        with _draft(data / "probe"):
            pass
    except OSError as error:
        raise WrongSetting(f"TRASTIENDA_DATA: {data} cannot be used: {error.strerror}") from None
    if found.st_mode & OTHERS_MAY_WRITE:
        raise WrongSetting(f"TRASTIENDA_DATA: others may write to {data}: give the shop its own")
    return data


@contextmanager
def _draft(path: Path, mode: int = SECRET) -> Iterator[Path]:
    """Lend a file beside `path`, and remove it if it is still there at the end."""
    draft = path.with_name(f".{path.name}.{token_hex(8)}")
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))
    try:
        draft.chmod(mode)  # whatever the umask
        yield draft
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def replacing(path: Path, mode: int = SECRET) -> Iterator[Path]:
    """Lend a file that takes the place of `path` at the end, in one step, or not at all."""
    with _draft(path, mode) as draft:
        yield draft
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(path)


def write(path: Path, content: bytes | str, mode: int = SECRET, owner: int | None = None) -> None:
    """Replace the file in one step, so that a reader or a crash never meets half of it."""
    with replacing(path, mode) as draft:
        draft.write_bytes(content.encode() if isinstance(content, str) else content)
        if owner is not None:
            os.chown(draft, owner, -1)


def once(path: Path, make: Callable[[], str]) -> str:
    """Read a secret, made the first time; who comes at the same moment gets the same one."""
    if not path.exists():
        with _draft(path) as draft:
            draft.write_text(make(), "utf-8")
            with suppress(FileExistsError):
                os.link(draft, path)
    return path.read_text("utf-8")


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock at `path`: one process at a time, released also when its holder dies."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, SECRET)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
