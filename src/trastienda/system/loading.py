"""How a process loads its code."""

import gc
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

UNUSED = ("rich", "h2", "httpx._main")
"""What libraries load where it is installed, and no process that stays needs: columns in colours,
HTTP/2 to others, and the command line of the HTTP client."""
_TURN = threading.RLock()
"""Held while a thread loads, so that the end of one block is not the end of another's."""


@contextmanager
def loading(*, without: tuple[str, ...] = ()) -> Iterator[None]:
    """Look for no garbage in this block, in which code is loaded: it makes none to speak of.

    What it has loaded is not looked at later either. Each look takes longer than the one before,
    and all of them together took a quarter of the time. `without`: packages that this process does
    without, and that others would load because they are installed.
    """
    for name in without:
        if name not in sys.modules:
            sys.modules[name] = None  # type: ignore[assignment]  # as the import system wants it
    with _TURN:
        gc.disable()
        try:
            yield
        finally:
            gc.freeze()
            gc.enable()
