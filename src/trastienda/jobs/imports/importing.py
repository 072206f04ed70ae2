"""Checking files of products and importing them, batch by batch."""

from time import monotonic
from uuid import UUID

from trastienda.controllers.imports import imports
from trastienda.jobs.retries import Backoff
from trastienda.services.imports import imports as imports_on_record

TASK = imports_on_record.TASK
RETRIES = Backoff(retries=10, first=3.0)
"""3 s, 9 s, 27 s … 16 h: about a day in all."""
SPELL = 5.0
"""Seconds after which a job queues another one for the rest, so that a worker stops soon."""


async def work(event: str) -> None:
    """Do an import, named by its id, for a while. A batch that was done is never done again."""
    until = monotonic() + SPELL
    while await imports.advance(UUID(event), hand_on=monotonic() > until):
        pass
