"""How commands speak to their user, and end when something is wrong that the user can mend."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from trastienda.database.migrations import DatabaseUnusable
from trastienda.database.naming import EMBEDDED
from trastienda.postgres.archive import BackupUnusable
from trastienda.postgres.cluster import DatabaseDoesNotStart
from trastienda.settings import WrongSetting
from trastienda.system import files
from trastienda.system.processes import KeepsDying

WRONG, FAILED = 2, 1


def say(line: str) -> None:
    """Print one line on standard error; standard output is for a command's answer."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


@contextmanager
def in_one_line() -> Iterator[None]:
    """End the process with one line, never a traceback, for what a user can mend."""
    try:
        yield
    except WrongSetting as error:
        say(str(error))
        sys.exit(WRONG)
    except DatabaseDoesNotStart as error:
        say(f"{EMBEDDED}: {error}")
        sys.exit(FAILED)
    except (BackupUnusable, DatabaseUnusable, KeepsDying) as error:
        say(str(error))
        sys.exit(FAILED)
    except OSError as error:
        if error.errno not in files.FULL:
            raise
        remedy = "make room where TRASTIENDA_DATA is, then start again"
        say(f"The disk is full ({error.strerror}): {remedy}")
        sys.exit(FAILED)
