"""Child processes that are kept running, and end with their parent."""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from runpy import run_module
from types import FrameType
from typing import Never, TypeAlias

log = logging.getLogger(__name__)  # the standard one: the small processes import little
PR_SET_PDEATHSIG = 1
GRACE = 20.0  # seconds that a child has to finish its work
RESPAWN_PAUSE = 1.0
AT_ONCE = 30.0  # seconds: a process that dies sooner has hardly worked
DEATHS = 5  # early deaths in a row after which it is not started again


def die_with(parent: int, how: signal.Signals = signal.SIGKILL) -> None:
    """End this process at once when its parent dies, however that happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, how)
        if os.getppid() != parent:  # the parent died before we registered
            os._exit(1)
    else:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def trim() -> None:
    """Give memory that nothing uses back to the system, where the C library can (glibc).

    Compiling and loading modules leaves a seventh of the memory free, which forked processes would
    share and then copy.
    """
    with suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _watch(parent: int) -> Never:
    while os.getppid() == parent:
        time.sleep(0.2)
    os._exit(1)


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """End the block, without an error, on Ctrl-C or SIGTERM.

    Only the first signal counts: what the block has opened is then closed in order.
    """

    def stop(*_: int | FrameType | None) -> Never:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        raise Stopped

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    with suppress(Stopped):
        yield


class Stopped(BaseException):
    """We were asked to stop."""


Process: TypeAlias = "subprocess.Popen[bytes]"


class KeepsDying(Exception):
    """A process that this one needs keeps dying; the text is one line."""


@dataclass(frozen=True)
class Kept:
    """How a process is started and ended, and why it has died."""

    name: str
    start: Callable[[], Process]
    end: Callable[[Process], None]
    reason: Callable[[Process], str]


@contextmanager
def child(name: str, *arguments: str) -> Iterator[None]:
    """Keep `python -m trastienda…` running until the block ends, restarting it if it dies.

    It dies with us, and has a process group of its own, so that Ctrl-C reaches only us, and we stop
    it in turn.
    """
    ourselves = [sys.executable, "-P", "-m", "trastienda.system.processes", str(os.getpid())]
    command = [*ourselves, *arguments]

    def start() -> Process:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, process_group=0)  # noqa: S603 - ours

    with kept(Kept(name, start, _end, how_it_ended)):
        yield


@contextmanager
def kept(needed: Kept) -> Iterator[Process]:
    """Keep a process running until the block ends, restarting it if it dies.

    If it dies within seconds of its start, time after time, we stop as if asked to, and raise
    KeepsDying.
    """
    leaving, turn = threading.Event(), threading.Lock()
    running = [needed.start()]
    failures: list[KeepsDying] = []

    def look_after() -> None:
        deaths = 0
        while not leaving.is_set():
            began = time.monotonic()
            running[-1].wait()
            deaths = deaths + 1 if time.monotonic() - began < AT_ONCE else 1
            leaving.wait(RESPAWN_PAUSE)
            with turn:
                if leaving.is_set():
                    return
                why = needed.reason(running[-1])
                if deaths >= DEATHS:
                    text = f"The {needed.name} has died {deaths} times in a row: {why}"
                    failures.append(KeepsDying(text))
                    _stop_ourselves()
                    return
                log.error("the %s has died (%s) and is started again", needed.name, why)
                running.append(needed.start())

    watcher = threading.Thread(target=look_after, name=f"looks after {needed.name}")
    watcher.start()
    try:
        yield running[0]
    finally:
        with turn:
            leaving.set()
        needed.end(running[-1])
        watcher.join()
        if failures:
            raise failures[0]


def _stop_ourselves() -> None:
    """Ask this process to stop, if it handles the signal."""
    if signal.getsignal(signal.SIGTERM) not in {signal.SIG_DFL, signal.SIG_IGN, None}:
        os.kill(os.getpid(), signal.SIGTERM)


def how_it_ended(process: Process) -> str:
    """Return in words how a process has ended."""
    if process.returncode is None or process.returncode >= 0:
        return f"exit status {process.returncode}"
    return f"killed by {signal.Signals(-process.returncode).name}"


def _end(process: Process) -> None:
    process.terminate()
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


if __name__ == "__main__":  # in the child, before it imports anything slow
    parent, module, *rest = sys.argv[1:]
    die_with(int(parent))
    sys.argv[1:] = rest
    run_module(module, run_name="__main__", alter_sys=True)
