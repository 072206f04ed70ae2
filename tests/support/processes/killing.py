"""Processes that a test kills again and again, and starts again."""

import asyncio
import os
import signal
from pathlib import Path
from typing import Self

from support.processes.nodes import environment
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
