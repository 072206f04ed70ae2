"""The job worker as a child of a node: `trastienda worker` without what only a command needs."""

import asyncio

from trastienda import logs
from trastienda import settings as environment
from trastienda.jobs import worker

if __name__ == "__main__":
    settings = environment.read()
    logs.configure(settings)
    asyncio.run(worker.run(settings))
