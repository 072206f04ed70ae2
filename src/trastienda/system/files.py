"""Files that are written completely or not at all, and survive a power cut."""

import errno
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

SECRET = 0o600
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
"""The error codes of a full disk."""


@contextmanager
def drafted(path: Path, mode: int = SECRET) -> Iterator[Path]:
    """Open a temporary file beside `path`, and delete it if it is still there at the end."""
    draft = path.with_name(f".{path.name}.{token_hex(8)}")
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))
    try:
        draft.chmod(mode)  # whatever the umask
        yield draft
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def replacing(path: Path, mode: int = SECRET) -> Iterator[Path]:
    """Open a file that replaces `path` at the end, in one step, or not at all."""
    with drafted(path, mode) as draft:
        yield draft
        sync(draft)
        draft.replace(path)
        sync(path.parent)


def sync(path: Path) -> None:
    """Make sure that a file's content, or a folder's list of names, survives a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write(path: Path, content: bytes | str, mode: int = SECRET, owner: int | None = None) -> None:
    """Replace the file in one step, so that no reader or crash meets half of it."""
    with replacing(path, mode) as draft:
        draft.write_bytes(content.encode() if isinstance(content, str) else content)
        if owner is not None:
            os.chown(draft, owner, -1)


def once(path: Path, make: Callable[[], str]) -> str:
    """Read a secret, creating it the first time; concurrent callers get the same one."""
    if not path.exists():
        with drafted(path) as draft:
            draft.write_text(make(), "utf-8")
            sync(draft)
            with suppress(FileExistsError):
                os.link(draft, path)
        sync(path.parent)
    return path.read_text("utf-8")


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock at `path`, exclusively; it is released even if its holder dies."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, SECRET)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
