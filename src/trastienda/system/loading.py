"""How a process loads its code."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


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
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
