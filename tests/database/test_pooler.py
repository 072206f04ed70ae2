"""A pooler that forgets prepared statements is refused before the shop opens."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from support.processes.nodes import PATIENCE, a_folder, eventually, free_port, run

from trastienda.database import pooler
from trastienda.postgres.embedded import Embedded
from trastienda.settings import WrongSetting

PGBOUNCER = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin")
pytestmark = pytest.mark.xdist_group("pooler")
needs_pgbouncer = pytest.mark.skipif(
    PGBOUNCER is None, reason="PgBouncer is not installed (Debian: apt install pgbouncer)"
)


@contextmanager
def pgbouncer(server: Embedded, mode: str) -> Iterator[str]:
    """Run a pooler before the server, as a user that may enter, and return the URL through it."""
    told = psycopg.conninfo.conninfo_to_dict(server.url)
    port, socket_folder = free_port(), Path(str(told["host"]))
    owner = pwd.getpwuid(socket_folder.stat().st_uid)
    with a_folder() as place:
        config = place / "pgbouncer.ini"
        config.write_text(
            f"[databases]\ntrastienda = host={socket_folder} port={told['port']} user=trastienda\n"
            f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n"
            f"auth_type = any\npool_mode = {mode}\n"
        )
        config.chmod(0o644)
        who: dict[str, Any] = (
            {"user": owner.pw_uid, "group": owner.pw_gid} if os.geteuid() == 0 else {}
        )
        log = (place / "log").open("wb")
        process = subprocess.Popen(  # noqa: S603 - Debian's
            [str(PGBOUNCER), str(config)], stdout=log, stderr=log, **who
        )
        url = f"postgresql://trastienda@127.0.0.1:{port}/trastienda"

        def answers() -> bool:
            assert process.poll() is None, (place / "log").read_text()
            try:
                psycopg.connect(url).close()
            except psycopg.OperationalError:
                return False
            return True

        try:
            eventually(answers, "a pooler")
            yield url
        finally:
            process.terminate()
            process.wait(PATIENCE)
            log.close()


@pytest.fixture
def forgetful(server: Embedded) -> Iterator[str]:
    """Lend a pooler in transaction mode that knows nothing of prepared statements."""
    version = subprocess.run(  # noqa: S603 - Debian's
        [str(PGBOUNCER), "--version"], capture_output=True, text=True, check=True
    ).stdout.splitlines()[0]
    if not version.startswith("PgBouncer 1.1"):
        pytest.skip(f"this one may keep them: {version}")
    with pgbouncer(server, "transaction") as url:
        yield url


@needs_pgbouncer
def test_a_pooler_that_forgets_prepared_statements_is_one_line(
    server: Embedded, forgetful: str, tmp_path: Path
) -> None:
    given = {
        "DATABASE_URL": forgetful,
        "DATABASE_DIRECT_URL": server.url,
        "TRASTIENDA_DATA": tmp_path,
        "TRASTIENDA_PORT": free_port(),
        "TRASTIENDA_HTTP_PORT": 0,
    }

    refused, examined = run("serve", **given), run("doctor", **given)

    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == f"DATABASE_URL: {pooler.FORGETFUL}\n"
    assert examined.returncode == 1
    wrong = f"wrong  pooler: {pooler.FORGETFUL} -> correct DATABASE_URL\n"
    assert wrong in examined.stdout


@needs_pgbouncer
def test_a_pooler_by_session_will_do(server: Embedded) -> None:
    with pgbouncer(server, "session") as url:
        pooler.probe(url)


def test_postgresql_itself_will_do(server: Embedded) -> None:
    pooler.probe(server.url)


@needs_pgbouncer
def test_it_is_found_each_time(forgetful: str) -> None:
    for _ in range(10):
        with pytest.raises(WrongSetting, match=r"^DATABASE_URL: the connection pooler forgets"):
            pooler.probe(forgetful)
