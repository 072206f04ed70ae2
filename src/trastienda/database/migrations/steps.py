"""Alembic, loaded only where there is something to upgrade: it takes 5 MB of a process."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def run(connection: Connection, revision: str) -> None:
    """Run the migrations that a database lacks, up to a revision."""
    command.upgrade(configuration(connection), revision)


def configuration(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration, in place of an `alembic.ini`."""
    config = Config()
    place = str(Path(__file__).parent)
    config.set_main_option("script_location", place.replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
