"""The database of a shop that has just been made: a copy takes a tenth of what making it takes."""

import atexit
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from trastienda.database import migrations
from trastienda.node import folder
from trastienda.postgres import embedded


@cache
def _made() -> Path:
    """Make a data folder with an empty, migrated database, once in a process of tests."""
    parent = Path(tempfile.mkdtemp(prefix="trastienda-test-"))
    atexit.register(shutil.rmtree, parent)
    parent.chmod(0o711)
    data = folder.prepare(parent / "data")
    with embedded.running(data, durable=False) as server:
        migrations.upgrade(server.url)
    return data


def lay_database(data: Path) -> None:
    """Put an empty, migrated database into a data folder that is not there yet."""
    made = _made() / "postgres"
    data.mkdir(mode=0o711)
    subprocess.run(  # noqa: S603 - keeps owner and mode, which PostgreSQL looks at
        ["cp", "-a", made, data / "postgres"],  # noqa: S607
        check=True,
    )
