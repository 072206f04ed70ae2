"""PostgreSQL goes away and returns: what was queued is done, and nobody has to help."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psutil
import psycopg
import pytest
from psycopg.types.json import Jsonb
from support.applications import SECRET
from support.processes.killing import Wounded
from support.processes.nodes import a_folder, eventually, nodes, postgres, run

from trastienda.node import folder
from trastienda.postgres.cluster import Cluster
from trastienda.postgres.places import home, programs

pytestmark = pytest.mark.xdist_group("jobs go on")

JOBS = 40
WITHIN = 10.0  # seconds after the database has returned
SLOWNESS = 5.0
"""A busy machine has so many times longer than it takes for the same jobs when all is well."""
ENDS = [signal.SIGINT, signal.SIGQUIT, signal.SIGKILL]
"""A fast shutdown, an immediate one, and a crash."""
Return = Callable[[], None]


class Shop:
    """A job worker, its database, and how the database is brought back."""

    def __init__(self, url: str, data: Path, log: Path, worker: psutil.Process) -> None:
        self.url, self.data, self.log, self.worker = url, data, log, worker

    def queue(self) -> None:
        """Queue mails about events that there are not: each is done as soon as it is begun."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(
                "SELECT procrastinate_defer_jobs_v1(array_agg(ROW('mail', 'mail', 0, about, NULL,"
                " jsonb_build_object('event', about), NULL)::procrastinate_job_to_defer_v1))"
                " FROM jsonb_array_elements_text(%s) AS about",
                [Jsonb([str(uuid4()) for _ in range(JOBS)])],
            )

    def waiting(self) -> int:
        query = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'mail'"
        with psycopg.connect(self.url) as connection:
            return int((connection.execute(query).fetchone() or (-1,))[0])

    def done_after(self) -> float:
        began = time.monotonic()
        eventually(lambda: self.waiting() == 0, "all jobs done")
        return time.monotonic() - began

    def usual(self) -> float:
        """Say how long they take when all is well; at first the worker may yet be starting."""
        for _ in range(2):
            self.queue()
            took = self.done_after()
        return took

    def answers(self) -> bool:
        try:
            psycopg.connect(self.url).close()
        except psycopg.OperationalError:
            return False
        return True


@pytest.fixture(scope="module")
def embedded() -> Iterator[tuple[Shop, Return]]:
    """Lend a whole node, whose keeper brings the database back."""
    with nodes() as (node,):
        mine = psutil.Process(node.process.pid).children()
        (worker,) = [it for it in mine if "trastienda.node.worker" in " ".join(it.cmdline())]
        yield Shop(node.database_url, node.data, node.log, worker), lambda: None


@pytest.fixture(scope="module")
def outside() -> Iterator[tuple[Shop, Return]]:
    """Lend a job worker of its own, on a PostgreSQL that we start as an administrator would."""
    with a_folder() as place:
        data = folder.prepare(place / "data")
        real, who = home(data)
        cluster = Cluster(real, who, *programs(who), durable=False)
        cluster.create()

        def start() -> None:
            cluster.prepare()
            command = [cluster.programs / "pg_ctl", "start", "-w", "-D", ".", "-l", "../start.log"]
            assert who.run(*command, cwd=cluster.data).returncode == 0

        start()
        try:
            with a_worker(cluster.url(), place) as shop:
                yield shop, start
        finally:
            cluster.stop()


@contextmanager
def a_worker(url: str, place: Path) -> Iterator[Shop]:
    given = {"DATABASE_URL": url, "TRASTIENDA_DATA": place / "data", "TRASTIENDA_SECRET": SECRET}
    assert run("migrate", **given).returncode == 0
    worker = Wounded(place / "log", "worker", **given).start()
    assert worker.process
    try:
        yield Shop(url, place / "data", worker.log, psutil.Process(worker.process.pid))
    finally:
        worker.end(signal.SIGTERM)


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.name)
@pytest.mark.parametrize("where", ["embedded", "outside"])
def test_jobs_that_wait_are_done_soon_after_the_database_is_back(
    where: str, end: signal.Signals, request: pytest.FixtureRequest
) -> None:
    shop, bring_back = request.getfixturevalue(where)
    usual = shop.usual()

    shop.worker.suspend()  # so that the jobs do wait
    shop.queue()
    (server, *_) = postgres(shop.data)
    server.send_signal(end)
    shop.worker.resume()
    eventually(lambda: not server.is_running(), "PostgreSQL ended")
    bring_back()
    eventually(shop.answers, "PostgreSQL back")

    assert shop.done_after() < WITHIN + SLOWNESS * usual
    assert "Traceback" not in shop.log.read_text()
    assert shop.worker.is_running()
