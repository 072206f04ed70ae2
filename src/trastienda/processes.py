"""Processes that live and die together."""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from runpy import run_module
from types import FrameType
from typing import Never

log = logging.getLogger(__name__)  # the plain one: the small processes stay small
PR_SET_PDEATHSIG = 1
GRACE = 20.0  # seconds that a child has to finish what it does
RESPAWN_PAUSE = 1.0


def die_with(parent: int) -> None:
    """End this process, at once, when its parent has died, however that happened."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)
    else:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> Never:
    while os.getppid() == parent:
        time.sleep(0.2)
    os._exit(1)


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """End the block when somebody presses Ctrl-C or terminates us; that is no error.

    Only the first request counts: what the block has opened is then closed in order, in peace.
    """

    def stop(*_: int | FrameType | None) -> Never:
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, stop)
    with suppress(Stopped):
        yield


class Stopped(BaseException):
    """We were asked to stop."""


@contextmanager
def child(name: str, *arguments: str) -> Iterator[None]:
    """Keep `python -m trastienda…` running until the block ends; start it again if it dies.

    It dies with us, and has a process group of its own, so that Ctrl-C reaches us alone and we
    stop it in its turn.
    """
    ourselves = [sys.executable, "-P", "-m", "trastienda.processes", str(os.getpid())]
    command = [*ourselves, *arguments]
    leaving, turn = threading.Event(), threading.Lock()

    def start() -> "subprocess.Popen[bytes]":
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, process_group=0)  # noqa: S603 - ours

    running = [start()]

    def look_after() -> None:
        while not leaving.is_set():
            status = running[-1].wait()
            leaving.wait(RESPAWN_PAUSE)
            with turn:
                if not leaving.is_set():
                    log.error("the %s has died (%s) and is started again", name, status)
                    running.append(start())

    watcher = threading.Thread(target=look_after, name=f"looks after {name}")
    watcher.start()
    try:
        yield
    finally:
        with turn:
            leaving.set()
        _end(running[-1])
        watcher.join()


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


if __name__ == "__main__":  # in the child, before it loads anything that takes long
    parent, module, *rest = sys.argv[1:]
    die_with(int(parent))
    sys.argv[1:] = rest
    run_module(module, run_name="__main__", alter_sys=True)
