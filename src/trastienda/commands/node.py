"""`up`, `serve` and `worker`: the commands that stay, without the libraries of all the others.

Web workers are forked from the process of the command, and keep what it has loaded.
"""

import sys

from trastienda import index, settings
from trastienda.commands.failures import in_one_line, say


def up(*, demo: bool) -> None:
    """Run everything: the database, its migrations, certificates, web and job workers."""
    index.up(settings.read(), say, demo=demo)


def serve() -> None:
    """Run the web workers alone."""
    index.serve(settings.read(), say)


def worker() -> None:
    """Run the job worker alone."""
    index.work(settings.read(), say)


def main() -> None:
    """Run the command that `trastienda.__main__` has recognised."""
    command, *options = sys.argv[1:]
    with in_one_line():
        if command == "up":
            up(demo=bool(options))
        else:
            {"serve": serve, "worker": worker}[command]()
