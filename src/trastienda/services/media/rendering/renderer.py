"""Starts the process that makes the files of a picture, and reads what it made."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process

import msgspec
import structlog

from trastienda.database.models.media.media import MediaFailure
from trastienda.services.media.rendering.made import EXIT_MEMORY, Fault, RenderedPicture

log = structlog.get_logger()
CHILD = "trastienda.services.media.rendering.child"
PATIENCE = 300.0
"""Seconds, on a machine that is busy: the process itself gets 60 of its processor."""
LARGEST = 100_000_000
"""Bytes that a picture's files may have together."""
_answer = msgspec.msgpack.Decoder(RenderedPicture | Fault)


async def render(upload: bytes, patience: float = PATIENCE) -> RenderedPicture | MediaFailure:
    """Make the files of a picture, or say why there are none. The process ends with this one."""
    command = [sys.executable, "-P", "-m", "trastienda.system.processes", str(os.getpid()), CHILD]
    process = await asyncio.create_subprocess_exec(
        *command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={}
    )
    try:
        async with asyncio.timeout(patience):
            _, made = await asyncio.gather(_give(process, upload), _read(process))
            status = await process.wait()
    except TimeoutError:
        return MediaFailure.TOO_COMPLEX
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if status == 0 and len(made) <= LARGEST:
        answer = _answer.decode(made)
        return MediaFailure(answer) if isinstance(answer, Fault) else answer
    log.info("a picture could not be made", status=status)
    died = status < 0 or status == EXIT_MEMORY
    return MediaFailure.TOO_COMPLEX if died else MediaFailure.UNREADABLE


async def _give(process: Process, upload: bytes) -> None:
    assert process.stdin is not None  # noqa: S101 - it is a pipe
    try:
        process.stdin.write(upload)
        await process.stdin.drain()
        process.stdin.close()
    except ConnectionError:
        return  # it has died, and its status says how


async def _read(process: Process) -> bytes:
    """Read what it writes, but no more than a picture can be."""
    assert process.stdout is not None  # noqa: S101 - as above
    parts, size = [], 0
    while size <= LARGEST and (part := await process.stdout.read(1 << 16)):
        parts.append(part)
        size += len(part)
    if size > LARGEST:
        process.kill()
    return b"".join(parts)
