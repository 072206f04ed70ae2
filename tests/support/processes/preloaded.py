"""Commands of the shop in processes forked from one that has already loaded the code.

Loading takes two seconds of a processor, and a run of the tests starts such processes by the
hundred. tests/node/test_commands.py starts commands as a shell does.
"""

import atexit
import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from trastienda import __main__ as command_line

FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(
    ["trastienda.cli", "trastienda.application", "trastienda.database.migrations.steps"]
)


class Command:
    """A running `trastienda …`, with what tests use of a Popen."""

    def __init__(
        self,
        words: Sequence[str],
        environment: Mapping[str, str],
        out: Path,
        err: Path | None = None,
        *,
        own_group: bool = False,
    ) -> None:
        """Start it; what it writes is appended to `out`, and errors to `err` if it is given."""
        self._words = words
        self._process = FORKING.Process(
            target=_become,
            args=(words, dict(environment), out, err or out),
            kwargs={"own_group": own_group},
        )
        self._process.start()
        while own_group and self._process.is_alive() and os.getpgid(self.pid) != self.pid:
            time.sleep(0.001)

    @property
    def pid(self) -> int:
        assert self._process.pid
        return self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired(list(self._words), timeout)
        return self._process.exitcode

    def send_signal(self, how: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, how)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def _become(
    words: Sequence[str], environment: dict[str, str], out: Path, err: Path, *, own_group: bool
) -> None:
    if own_group:
        os.setpgid(0, 0)
    for number, path in ((1, out), (2, err)):
        opened = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.dup2(opened, number)
        os.close(opened)
    sys.argv = ["trastienda", *words]
    gc.freeze()  # as a node does that has loaded its code
    with surrounded_by(environment):
        command_line.main()


@contextmanager
def surrounded_by(environment: Mapping[str, str]) -> Iterator[None]:
    """Make a process that was forked like one that was started with this environment."""
    multiprocessing.set_start_method(None, force=True)  # the system's own, not that of FORKING
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    try:
        yield
    finally:
        atexit._run_exitfuncs()  # noqa: SLF001 - multiprocessing leaves them out
