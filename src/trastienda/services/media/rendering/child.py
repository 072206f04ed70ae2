"""Reads a picture from standard input and writes its files to standard output, for `renderer.py`.

A process of its own, started for one picture, because pictures come from strangers and decoders are
written in C: it has no secrets, may write no file, and gets little memory and time.
"""

import resource
import sys
from contextlib import suppress

import msgspec

from trastienda.services.media.rendering.made import EXIT_MEMORY, Unrenderable
from trastienda.services.media.rendering.pictures import render

LIMITS = {
    resource.RLIMIT_AS: 1_500_000_000,
    resource.RLIMIT_CPU: 60,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
}
"""Bytes and seconds."""


def main() -> int:
    for what, limit in LIMITS.items():
        with suppress(ValueError, OSError):  # not every system has every limit
            resource.setrlimit(what, (limit, limit))
    try:
        made = render(sys.stdin.buffer.read())
    except Unrenderable as error:
        sys.stdout.buffer.write(msgspec.msgpack.encode(error.fault))
        return 0
    except MemoryError:
        return EXIT_MEMORY
    sys.stdout.buffer.write(msgspec.msgpack.encode(made))
    return 0


if __name__ == "__main__":
    sys.exit(main())
