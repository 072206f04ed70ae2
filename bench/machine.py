"""What the machine is, and what processes cost on it, as Linux tells under /proc."""

import os
import platform
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trastienda.database import migrations
from trastienda.postgres import embedded

TICKS = os.sysconf("SC_CLK_TCK")
OWN, REAPED = slice(11, 13), slice(13, 15)  # utime, stime; cutime, cstime of /proc/PID/stat


def said(*command: str) -> str:
    """Run a program and return the first line of what it says."""
    answer = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return (answer.stdout or answer.stderr).strip().partition("\n")[0]


def facts() -> dict[str, str]:
    """Tell what ratios may depend on."""
    model = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    return {
        "processor": f"{os.cpu_count()} x {model[0] if model else platform.machine()}",
        "system": f"Linux {platform.release()}",
        "load before": load,
        "Python": platform.python_version(),
        "wrk": said("wrk", "-v").removeprefix("wrk ").partition(" Copyright")[0],
    }


@contextmanager
def scratch(name: str) -> Iterator[str]:
    """Lend a migrated database, with `fsync` on, in a folder that goes with it; give its URL."""
    with tempfile.TemporaryDirectory(prefix=f"bench-{name}-") as folder:
        Path(folder).chmod(0o711)  # PostgreSQL's own user passes, where we are root
        data = Path(folder) / "data"
        data.mkdir(0o711)
        with embedded.running(data) as server:
            migrations.upgrade(server.url)
            print("; ".join(f"{fact}: {said}" for fact, said in facts().items()))
            yield server.url


def children(pid: int) -> list[int]:
    """Return the processes below `pid`, all the way down."""
    try:
        tasks = [each.read_text() for each in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:  # it has just ended
        return []
    below = [int(child) for text in tasks for child in text.split()]
    return below + [grandchild for child in below for grandchild in children(child)]


def processor_seconds(root: int) -> float:
    """Add up the processor time that a process and all below it have used, ended ones as well.

    Living threads are counted in nanoseconds, ended threads and processes in ticks of 10 ms.
    """
    total = 0.0
    for pid in (root, *children(root)):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            threads = [it.read_text() for it in Path(f"/proc/{pid}/task").glob("*/schedstat")]
        except OSError:
            continue
        ticks, reaped = (sum(int(it) for it in fields[part]) for part in (OWN, REAPED))
        living = sum(int(thread.split()[0]) for thread in threads) / 1e9
        total += max(living, ticks / TICKS) + reaped / TICKS
    return total


def resident_megabytes(pid: int) -> float:
    """Return the resident memory of a process."""
    return _megabytes(pid, "status", "VmRSS")


def shared_out_megabytes(pid: int) -> float:
    """Return the memory of a process, with each shared page divided by the number of its users."""
    return _megabytes(pid, "smaps_rollup", "Pss")


def _megabytes(pid: int, file: str, field: str) -> float:
    """Return what Linux says of a process; 0 if it says nothing."""
    lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    sizes = [int(line.split()[1]) for line in lines if line.startswith(f"{field}:")]
    return sizes[0] / 1024 if sizes else 0.0
