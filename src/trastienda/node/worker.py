"""The job worker as a child process of a node: `trastienda worker` without the command line."""

import asyncio
from pkgutil import resolve_name
from typing import Any

from trastienda import settings as environment
from trastienda.system.loading import UNUSED, loading

if __name__ == "__main__":
    with loading(without=UNUSED):
        configure: Any = resolve_name("trastienda.node.logs:configure")
        run: Any = resolve_name("trastienda.jobs.worker:run")
    settings = environment.read()
    configure(settings)
    asyncio.run(run(settings))
