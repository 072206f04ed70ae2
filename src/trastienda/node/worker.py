"""The job worker as a child process of a node: `trastienda worker` without the command line."""

import asyncio

from trastienda import settings as environment
from trastienda.jobs import worker
from trastienda.node import logs

if __name__ == "__main__":
    settings = environment.read()
    logs.configure(settings)
    asyncio.run(worker.run(settings))
