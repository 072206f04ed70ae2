"""Processes that a test kills again and again, and starts again."""

import asyncio
import os
import signal
from functools import partial
from pathlib import Path
from typing import Self

import psutil
from support.processes.nodes import environment, eventually
from support.processes.preloaded import Command


class Wounded:
    """A command of ours in a process group of its own, so that nothing of it outlives a kill."""

    def __init__(self, log: Path, *command: str, **settings: object) -> None:
        self.log, self.command, self.settings = log, command, settings
        self.process: Command | None = None
        self.kills = 0

    def start(self) -> Self:
        given = environment(**self.settings)
        self.process = Command(self.command, given, self.log, own_group=True)
        return self

    async def kill(self) -> None:
        """End it as a power cut would, with all its children, and start it anew."""
        self.end(signal.SIGKILL)
        self.kills += 1
        await asyncio.to_thread(self.start)

    def end(self, how: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, how)
            self.process.wait(60)
            # Until the last of its children is gone, the port of a web process is taken.
            eventually(partial(_is_gone, self.process.pid), f"{self.command} is gone")


def _is_gone(group: int) -> bool:
    """Say whether nothing of a process group runs any more."""
    return not any(_group_of(it) == group for it in psutil.process_iter())


def _group_of(process: psutil.Process) -> int | None:
    try:
        return None if process.status() == psutil.STATUS_ZOMBIE else os.getpgid(process.pid)
    except (psutil.NoSuchProcess, ProcessLookupError):
        return None
