"""Where the files of pictures are: a folder on this machine, or a bucket of S3."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import IO, Any, NamedTuple
from uuid import UUID

import structlog
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from trastienda.errors import Unavailable

log = structlog.get_logger()
FOLDER = "media"
"""The folder in the data folder."""
ORIGINALS, PICTURES = "originals", "pictures"
PIECE = 256 * 1024
"""Bytes of a file in memory at once. Pieces this long are sent with a deadline for the client."""
AT_ONCE = 2
"""Parts of 5 MB that are sent to S3 at once, for one upload."""
LISTED = 1_000
ONLY_US = 0o700
LONG = 36
"""Characters of an id."""


class StoredPicture(NamedTuple):
    """A file of a picture: its size in bytes, and its content in pieces."""

    size: int
    pieces: AsyncIterator[bytes]


class MediaStore:
    """The files of pictures: uploads as they came, and what was made of them.

    Raise MediaStoreAway while the store does not answer.
    """

    def __init__(self, open_: Callable[[], ObjectStore]) -> None:
        """Open nothing yet: most processes never need a picture."""
        self._open = open_

    @cached_property
    def _store(self) -> ObjectStore:
        return self._open()

    async def keep_original(self, media_id: UUID, file: IO[bytes]) -> None:
        with _answering():
            await asyncio.to_thread(
                self._store.put, _original(media_id), file, max_concurrency=AT_ONCE
            )

    async def original(self, media_id: UUID) -> bytes | None:
        """Return an upload, or None if it is not there."""
        with _answering():
            try:
                found = await self._store.get_async(_original(media_id))
                return bytes(await found.bytes_async())
            except FileNotFoundError:
                return None

    async def keep(self, media_id: UUID, files: Iterable[tuple[str, bytes]]) -> None:
        """Keep the files of a picture, by name; those of the same names are replaced."""
        with _answering():
            for name, content in files:
                await self._store.put_async(_file(media_id, name), content)

    async def find(self, media_id: UUID, name: str) -> StoredPicture | None:
        """Return a file of a picture, or None. The caller has checked `name`."""
        with _answering():
            try:
                found = await self._store.get_async(_file(media_id, name))
            except FileNotFoundError:
                return None
        return StoredPicture(found.meta["size"], _pieces(found.stream(min_chunk_size=PIECE)))

    async def discard_original(self, media_id: UUID) -> None:
        await self.delete([_original(media_id)])

    async def older(self, before: datetime) -> AsyncIterator[dict[UUID, list[str]]]:
        """Yield the paths of files that were written before then, by the ids of their pictures."""
        with _answering():
            async for listed in self._store.list(chunk_size=LISTED):
                found: dict[UUID, list[str]] = {}
                for it in listed:
                    media_id = _owner(it["path"])
                    if media_id is not None and it["last_modified"] < before:
                        found.setdefault(media_id, []).append(it["path"])
                yield found

    async def delete(self, paths: list[str]) -> None:
        """Delete files by the paths that `older` gave; those that are gone are no error."""
        with _answering():
            for path in paths:
                try:
                    await self._store.delete_async(path)
                except FileNotFoundError:
                    continue


def opened(data: Path, url: str | None) -> MediaStore:
    """Return the store in a data folder, or at `url`: `s3://bucket/prefix`.

    The names, keys and addresses of S3 are read from the environment: AWS_REGION, AWS_ENDPOINT_URL,
    AWS_ACCESS_KEY_ID and so on.
    """
    if url is not None:
        return MediaStore(partial(from_url, url))
    return MediaStore(partial(_local, data / FOLDER))


def _local(folder: Path) -> LocalStore:
    folder.mkdir(mode=ONLY_US, parents=True, exist_ok=True)
    return LocalStore(folder)


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except (BaseError, OSError) as error:
        log.warning("the store of pictures does not answer", reason=type(error).__name__)
        raise MediaStoreAway from error


async def _pieces(stream: Any) -> AsyncIterator[bytes]:  # noqa: ANN401 - a type of a stub alone
    with _answering():
        async for piece in stream:
            yield bytes(piece)


def _original(media_id: UUID) -> str:
    return f"{ORIGINALS}/{media_id}"


def _file(media_id: UUID, name: str) -> str:
    """Spread the files over 256 folders: the last digits of an id are random."""
    return f"{PICTURES}/{str(media_id)[-2:]}/{media_id}-{name}"


def _owner(path: str) -> UUID | None:
    """Return the id of the picture that a file belongs to; None for a file that is not ours."""
    try:
        return UUID(path.rpartition("/")[2][:LONG])
    except ValueError:
        return None


class MediaStoreAway(Unavailable):
    """Pictures cannot be stored or read at the moment."""
