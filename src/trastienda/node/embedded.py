"""The embedded PostgreSQL for the shop, with errors that name the shop's settings."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trastienda.postgres import embedded
from trastienda.postgres.cluster import DatabaseDoesNotStart
from trastienda.postgres.embedded import Embedded
from trastienda.postgres.errors import About, CannotRunHere
from trastienda.settings import WrongSetting

WORDINGS = {
    About.FOLDER: "TRASTIENDA_DATA: {}",
    About.USER: "DATABASE_URL: {} (add it to /etc/passwd, or point DATABASE_URL at a database)",
    About.CLUSTER: "{}: put a backup into another TRASTIENDA_DATA with `trastienda restore`",
    About.PROGRAMS: "DATABASE_URL: not set, and {}",
}


@contextmanager
def running(data: Path) -> Iterator[Embedded]:
    """Run the server in `data` until the block ends. Raise WrongSetting, DatabaseDoesNotStart."""
    try:
        with embedded.running(data, wording=worded) as server:
            yield server
    except CannotRunHere as error:
        kind = DatabaseDoesNotStart if error.about is About.CLUSTER else WrongSetting
        raise kind(worded(error)) from None


def worded(error: CannotRunHere) -> str:
    """Return what the user can do: which setting to correct, or which command to run."""
    return WORDINGS[error.about].format(error)
