"""One run of wrk, and what it cost the processes behind the address."""

import json
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

from contestants import Contestant
from machine import processor_seconds

LUA = Path(__file__).parent / "lua"


@dataclass(frozen=True)
class Load:
    """How wrk asks. A script of `lua/` ends with one line of JSON."""

    script: str
    threads: int
    connections: int


READS = Load("requests.lua", 1, 16)
WRITES = Load("requests.lua", 1, 16)
CHECKOUTS = Load("checkout.lua", 8, 8)


@dataclass(frozen=True)
class Run:
    """What one run saw. An answer is a request answered well, or a whole checkout."""

    answers: int
    refused: int
    broken: int
    seconds: float
    p50_ms: float
    p99_ms: float
    server_us: float
    """Processor time of the web server's processes for one answer, in microseconds."""
    database_us: float

    @property
    def rate(self) -> float:
        return self.answers / self.seconds

    def told(self) -> dict[str, float]:
        return {**asdict(self), "rate": round(self.rate, 1)}


def run(one: Contestant, load: Load, plan: Path, seconds: int, postmaster: int) -> Run:
    """Load a server for some seconds with the requests of `plan`."""
    command = ["wrk", f"-t{load.threads}", f"-c{load.connections}", f"-d{seconds}s"]
    command += ["-s", str(LUA / load.script), one.url, "--", str(plan)]
    roots = (one.pid, postmaster)
    before = [processor_seconds(root) for root in roots]
    output = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    used = [processor_seconds(root) for root in roots]
    seen = json.loads(output.stdout.splitlines()[-1])
    server, database = (
        round((end - start) * 1e6 / max(1, seen["answers"]), 1)
        for start, end in zip(before, used, strict=True)
    )
    return Run(**seen, server_us=server, database_us=database)
